"""The HTML file: whole, safe, small, and with every word of every report in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import made_stories
import pytest
from lxml import etree, html

from whence.report import to_html
from whence.report.naming import CLOSING
from whence.report.plain import shown
from whence.text import paragraphs
from whence.types import Story

ATTRIBUTES_THAT_FETCH = {"src", "srcset", "action", "formaction", "poster", "data", "background", "ping", "manifest", "xlink:href", "style"}


def parse(page: str) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True))


def elements(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (e for e in root.iter() if isinstance(e.tag, str))


def text_of(element: html.HtmlElement) -> str:
    return "".join(element.itertext())


@pytest.fixture(scope="module", params=list(made_stories.ALL))
def case(request: pytest.FixtureRequest) -> tuple[Story, str, html.HtmlElement]:
    story = made_stories.ALL[request.param]()
    page = to_html(story)
    return story, page, parse(page)


class TestEveryPage:
    def test_nothing_can_run_or_be_fetched(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        for e in elements(case[2]):
            assert e.tag not in {"script", "iframe", "object", "embed", "link", "base", "form", "img", "foreignobject", "use", "image"}
            assert not ATTRIBUTES_THAT_FETCH & {*e.attrib}
            assert not [a for a in e.attrib if a.lower().startswith("on")]

    def test_links_lead_into_the_page_or_to_the_web(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        for e in elements(case[2]):
            assert re.match(r"#|https?://", e.get("href", "#")), e.get("href")

    def test_every_link_into_the_page_has_its_end_there(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        ids = {e.get("id") for e in elements(case[2])}
        assert not [h for e in elements(case[2]) if (h := e.get("href", "")).startswith("#") and h[1:] not in ids]

    def test_no_id_is_given_twice(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        assert not [i for i, n in Counter(e.get("id") for e in elements(case[2]) if e.get("id")).items() if n > 1]

    def test_names_of_parts_exist(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        ids = {e.get("id") for e in elements(case[2])}
        named = [i for e in elements(case[2]) for a in ("aria-labelledby", "for") for i in e.get(a, "").split()]
        assert named
        assert not [i for i in named if i not in ids]

    def test_every_word_of_every_report_is_there(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        story, _, root = case
        for r in story.reports:
            lines = [_paragraph(p) for p in root.xpath(f"//article[@id='{r.id}']//div[contains(@class, 'p')]/p")]
            assert [shown(r.text[a:b]) for a, b in paragraphs(r.text)] == lines

    def test_headings_go_down_one_step_at_a_time(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        levels = [int(e.tag[1]) for e in elements(case[2]) if re.fullmatch(r"h[1-6]", e.tag)]
        assert 1 == levels[0] == levels.count(1)
        assert all(b - a <= 1 for a, b in pairwise(levels))

    def test_the_last_line_says_what_this_is_not(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        assert CLOSING == text_of(case[2].xpath("//footer")[0]).strip()

    def test_the_picture_has_a_title_and_a_description(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        pictures = case[2].xpath("//figure//div//svg")
        assert pictures
        for svg in pictures:
            assert svg.xpath("./title")
            assert svg.xpath("./desc")

    def test_the_policy_admits_the_pages_own_style_and_nothing_else(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        policy = case[2].xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        style = re.search(r"<style>(.*?)</style>", case[1], re.S)
        assert style is not None
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" == policy
        assert "url(" not in style[1]
        assert "@import" not in style[1]

    def test_twice_gives_the_same_bytes(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        assert case[1] == to_html(case[0])

    def test_it_can_be_written(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        assert case[1].encode("utf-8")
        assert "\x00" not in case[1]

    def test_the_same_questions_stand_in_rows(self, case: tuple[Story, str, html.HtmlElement]) -> None:
        ids = {e.get("id") for e in elements(case[2])}
        assert {c.id for c in case[0].claims} <= ids


class TestParts:
    def test_words_that_differ_in_a_quote_are_marked(self) -> None:
        root = parse(to_html(made_stories.two_reports()))
        marked = [text_of(m) for m in root.xpath("//tr[@id='c2']//mark")]
        assert ["Will", "Are", "going to"] == marked

    def test_what_only_one_report_has_is_folded(self) -> None:
        root = parse(to_html(made_stories.two_reports()))
        assert root.xpath("//details[.//li[@id='c3']]/summary")

    def test_rows_are_told_apart_for_the_switch(self) -> None:
        root = parse(to_html(made_stories.two_reports()))
        assert root.xpath("//tr[@id='c2' and contains(@class, 'differs')]")
        assert root.xpath("//tr[@id='c1' and contains(@class, 'same')]")
        assert root.xpath("//input[@id='only' and @type='checkbox']")

    def test_layers_are_marked_with_their_chain(self) -> None:
        root = parse(to_html(made_stories.two_reports()))
        source = root.xpath("//article[@id='r1']//span[@class='s']")[0]
        assert "The Harbour Ledger" == text_of(source)
        assert "source: The Coast Post ← The Harbour Ledger ← a port official, unnamed" == source.get("title")
        assert "Support our paper!" == text_of(root.xpath("//article[@id='r1']//span[@class='f']")[0])
        assert "nearly 1.5 times" == text_of(root.xpath("//span[contains(@class, 'q') and @id]")[0])

    def test_a_party_that_was_not_given_is_hollow(self) -> None:
        root = parse(to_html(made_stories.two_reports()))
        kinds = {text_of(g.xpath("./title")[0]).split(":")[0]: g.xpath("./rect/@class")[0] for g in root.xpath("//svg[@class='page']//*[rect]")}
        assert "box cited weakest" == kinds["The Harbour Ledger"]
        assert "box given" == kinds["Inland Times"]

    def test_an_address_is_a_link_only_where_it_leads_to_the_web(self) -> None:
        a = made_stories.report("r1", "t", "A", url="https://example.org/x")
        b = made_stories.report("r2", "t", "B", url="JavaScript:alert(1)")
        c = made_stories.report("r3", "t", "C", url="https://example.org/\u202eevil")
        links = parse(to_html(made_stories.story([a, b, c], []))).xpath("//p[@class='about']/a/@href")
        assert ["https://example.org/x"] == links


class TestSize:
    def test_two_reports_stay_under_400_kb(self) -> None:
        assert len(to_html(made_stories.many(2, 40)).encode()) < 400_000

    def test_fifty_reports_stay_under_5_mb(self) -> None:
        assert len(to_html(made_stories.many(50)).encode()) < 5_000_000

    def test_a_word_of_a_megabyte_is_shown_once_and_cut_elsewhere(self) -> None:
        story = made_stories.hostile()
        assert len(to_html(story)) < sum(len(r.text) for r in story.reports) + 200_000


def _paragraph(p: html.HtmlElement) -> str:
    """The words of a paragraph without the little numbers that lead to the table."""
    for ref in p.xpath(".//a[@class='ref']"):
        ref.text = ""
    return etree.tostring(p, method="text", encoding="unicode", with_tail=False)
