"""Cleaning: cases as data for furniture and facts, and what must hold of every page."""

from __future__ import annotations

import tomllib
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.clean import clean
from whence.clean.furniture import find_furniture
from whence.errors import InputError
from whence.types import Article, Fact, Page

HERE = Path(__file__).parent


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["case"]  # type: ignore[no-any-return]


def page(text: str, **given: Any) -> Page:
    return Page(path="a.txt", text=text, media="text", **given)


def shown(fact: Fact | None) -> list[str]:
    return [] if fact is None else [fact.value, fact.basis]


@pytest.mark.parametrize("case", cases("furniture"), ids=lambda case: case["text"].strip()[-40:])
def test_furniture(case: dict[str, Any]) -> None:
    text = case["text"].strip()
    assert [text[mark.start : mark.end] for mark in find_furniture(text)] == case["furniture"]


@pytest.mark.parametrize("case", cases("facts"), ids=lambda case: case["text"].strip()[-40:])
def test_facts(case: dict[str, Any]) -> None:
    article = clean(page(case["text"].strip()))
    if "outlet" in case:
        assert shown(article.outlet) == case["outlet"]
    if "title" in case:
        assert article.title is not None
        assert article.title.value == case["title"]
    if "published" in case:
        assert shown(article.published) == case["published"]


FLOOR, FALSE = 0.9, 0.05  # of each half of the cases of heads and feet: the least right, the most found where nothing is; the test half is held back
BOTH = ("work", "test")


def half(name: str, key: str, which: str) -> list[dict[str, Any]]:
    return [c for c in cases(f"cases/{name}") if (zlib.crc32(c[key].encode()) % 2 == 1) == (which == "test")]


@pytest.mark.parametrize("which", BOTH)
def test_the_day_of_publication_is_read_from_lines_of_many_forms(which: str) -> None:
    right, wrong = 0, 0
    given = half("dated", "text", which)
    for case in given:
        found = clean(page(case["text"].strip())).published
        value = found.value if found else ""
        right += value == case["published"]
        wrong += value not in ("", case["published"])
    assert right >= FLOOR * len(given), f"{which}: {right} of {len(given)}"
    assert wrong <= FALSE * len(given), f"{which}: {wrong} of {len(given)} wrong"


@pytest.mark.parametrize("which", BOTH)
def test_lines_at_the_foot_that_do_not_go_on_with_the_report_are_furniture(which: str) -> None:
    body = tomllib.loads((HERE / "cases/foot.toml").read_text(encoding="utf-8"))["body"].strip()
    right, false = 0, 0
    given = half("foot", "lines", which)
    for case in given:
        text = f"{body}\n\n{case['lines']}"
        found = [text[mark.start : mark.end] for mark in find_furniture(text)]
        right += found == case["furniture"]
        false += bool(found) and not case["furniture"]
    assert right >= FLOOR * len(given), f"{which}: {right} of {len(given)}"
    assert false <= FALSE * len(given), f"{which}: {false} of {len(given)} of the report"


def test_what_is_given_goes_first() -> None:
    article = clean(page("Reuters – A ferry runs aground\n\nMarch 3, 2014", outlet="WSJ", published="2015-01-02", title="A ferry", language="EN-gb"))
    assert shown(article.outlet) == ["The Wall Street Journal", "given"]
    assert shown(article.published) == ["2015-01-02", "given"]
    assert shown(article.title) == ["A ferry", "given"]
    assert shown(article.language) == ["en", "given"]


def test_the_address_names_the_outlet() -> None:
    assert shown(clean(page("A ferry ran aground.", url="https://edition.cnn.com/x")).outlet) == ["CNN", "domain"]


def test_a_date_given_that_is_none_is_noted_and_not_used() -> None:
    article = clean(page("A ferry ran aground.", published="last Tuesday"))
    assert article.published is None
    assert any("last Tuesday" in note for note in article.notes)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Monday that the dues would go up in May, and that the harbour would have to be dredged after that.", "en"),
        ("Le ministre a déclaré lundi que les droits de port augmenteraient en mai et que le port devrait être dragué ensuite.", "fr"),
        ("قال الوزير يوم الاثنين إن رسوم الميناء سترتفع في مايو وإن الميناء سيحتاج إلى التعميق بعد ذلك بوقت قصير", "ar"),
        ("Too short.", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    found = clean(page(text)).language
    assert (found.value if found else None) == language


def check(article: Article) -> None:
    length = len(article.text)
    end = 0
    for mark in article.furniture:
        assert end <= mark.start < mark.end <= length
        end = mark.end
    for fact in (article.outlet, article.title, article.published, article.language):
        if fact is not None and fact.region is not None:
            assert 0 <= fact.region[0] < fact.region[1] <= length
    if article.title is not None and article.title.region is not None:
        assert article.text[slice(*article.title.region)] == article.title.value


LINES = st.sampled_from(
    [
        "Read more",
        "Related stories",
        "Support A!",
        "TARN (Reuters) - ",
        "« VOA",
        " – WSJ",
        "Published: ",
        "March 3, 2014",
        "Photo: A",
        "told The Post",
        "@",
        "© ",
    ]
)
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=30), st.sampled_from(["\n", "\n\n", "\r\n", " ", "“", '"'])), max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_text_of_a_text_page_is_never_changed(text: str) -> None:
    try:
        article = clean(page(text))
    except InputError:
        assert not text.strip()
    else:
        assert article.text == text
        check(article)


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='related'>",
        "</div>",
        "<nav>",
        "<h1>",
        "</h1>",
        "<br>",
        "<script>",
        "</script>",
        "<!--",
        "<a href=x>",
        "&amp;",
        "<table><tr><td>",
    ]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=20)), max_size=25).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_page_of_html_raises_anything_else(html: str) -> None:
    try:
        article = clean(Page(path="a.html", text=html, media="html"))
    except InputError:
        return
    check(article)
