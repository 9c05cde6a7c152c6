"""HTML: the article is unmarked, what is round it is marked, and the head's facts are found."""

from __future__ import annotations

import pytest

from whence.clean import clean
from whence.errors import InputError
from whence.types import Article, Page

BODY = [
    "A ferry carrying 120 people ran aground off the island of Tarn on Sunday, the coast guard said, and all were taken off by fishing boats.",
    "“Nobody was hurt,” a spokesman told Reuters. The company that runs the ferry said it was looking into the cause and would say no more.",
    "The vessel, built in 1998, had been inspected in May, according to the harbour office of the island, and had been found fit for service.",
]
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry runs aground off Tarn | The Guardian</title>
<meta property="og:site_name" content="The Guardian">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Ferry runs aground off Tarn",
"datePublished": "2024-03-03T10:22:00Z", "publisher": {{"name": "The Guardian"}}}}]}}</script></head>
<body class="has-nav related"><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Ferry runs aground off Tarn</h1>
<div class="byline">By Ann Bell</div><figure><img src="x"><figcaption>A ferry on a bank</figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p><div class="share">Post it to your wall</div><p>{BODY[2]}</p>
<aside><h3>Elsewhere</h3><ul><li><a href="x">Harbour to be dredged</a></li></ul></aside></article>
<footer>Terms</footer></body></html>"""


def article(html: str) -> Article:
    return clean(Page(path="a.html", text=html, media="html"))


def marked(found: Article) -> str:
    return "\n".join(found.text[mark.start : mark.end] for mark in found.furniture)


@pytest.mark.parametrize("words", [*BODY, "Ferry runs aground off Tarn", "By Ann Bell"])
def test_the_article_is_there_and_unmarked(words: str) -> None:
    found = article(PAGE)
    assert words in found.text
    assert words not in marked(found)


@pytest.mark.parametrize("words", ["Home World", "A ferry on a bank", "Post it to your wall", "Harbour to be dredged", "Terms"])
def test_what_is_round_it_is_there_and_marked(words: str) -> None:
    found = article(PAGE)
    assert words in found.text
    assert words in marked(found)


def test_the_head_gives_the_facts() -> None:
    found = article(PAGE)
    assert found.outlet is not None
    assert (found.outlet.value, found.outlet.basis) == ("The Guardian", "json-ld")
    assert found.published is not None
    assert (found.published.value, found.published.basis) == ("2024-03-03T10:22:00Z", "json-ld")
    assert found.title is not None
    assert found.title.value == "Ferry runs aground off Tarn"


def test_meta_tags_do_where_there_is_no_json_ld() -> None:
    html = f'<html><head><meta name="pubdate" content="2024-03-03"><link rel="canonical" href="https://www.bbc.co.uk/x"></head><body><p>{BODY[0]}</p></body>'
    found = article(html)
    assert found.published is not None
    assert (found.published.value, found.published.basis) == ("2024-03-03", "html-meta")
    assert found.outlet is not None
    assert (found.outlet.value, found.outlet.basis) == ("BBC", "domain")
    assert found.url == "https://www.bbc.co.uk/x"


@pytest.mark.parametrize("html", ["<html><head><title>x</title></head><body></body></html>", "<script>let a = 1</script>", "<!-- nothing -->"])
def test_html_without_text_is_refused_by_name(html: str) -> None:
    with pytest.raises(InputError, match=r"a\.html.*no readable text"):
        article(html)


def test_a_page_nested_100000_deep_is_read() -> None:
    found = article("<div>" * 100_000 + "A ferry ran aground.")
    assert "A ferry ran aground." in found.text
    assert found.notes


def test_words_after_a_comment_are_kept() -> None:
    article = clean(Page(path="a.html", media="html", text=f"<html><body><p>{BODY[0]}<!-- ad --> And so it was.</p><p>{BODY[1]}</p></body></html>"))
    assert BODY[0] + " And so it was." in article.text
