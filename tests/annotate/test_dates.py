"""Dates: cases as data, and what must hold of any text."""

from __future__ import annotations

import pathlib
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.annotate.dates import find_dates
from whence.annotate.dates_story import date_by_story
from whence.types import Annotated, Article, Fact, Marks

CASES = tomllib.loads((pathlib.Path(__file__).parent / "cases" / "dates.toml").read_text(encoding="utf-8"))["case"]
VOCABULARY = """on in May March 2014 4 31 , - . Sunday Mon. Feb. last next year week ago three 30 February 2022-02-31 to and from
between the until yesterday 99 0 9999 1990s century’s “ ”"""
WORDS = st.sampled_from(VOCABULARY.split())
PUBLISHED = st.sampled_from([None, "", "2024-02-29", "0001-01-01", "9999-12-31", "2024", "soon"])
EDTF = re.compile(r"\d{3}X|\d{4}(?:-\d\d){0,2}~?(?:/\d{4}(?:-\d\d){0,2})?~?")


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] + "|" + c.get("published", "") for c in CASES])
def test_dates_are_found_as_the_case_says(case: dict[str, str]) -> None:
    text = case["text"]
    assert case["dates"] == [d.date for d in find_dates(text, [(0, len(text))], case.get("published"), "r1")]


@given(text=st.one_of(st.text(), st.lists(WORDS).map(" ".join)), published=PUBLISHED)
def test_any_text_gives_edtf_whose_spans_slice_to_their_words(text: str, published: str | None) -> None:
    for d in find_dates(text, [(0, len(text))], published, "r1"):
        assert text[d.start : d.end] == d.text
        assert EDTF.fullmatch(d.date)


@given(text=st.lists(WORDS).map(" ".join))
def test_nothing_is_resolved_without_a_date_to_count_from(text: str) -> None:
    assert all(d.basis == "stated" for d in find_dates(text, [(0, len(text))], None, "r1"))


def test_a_year_of_the_weekday_is_taken_from_a_dated_caption_only_where_the_weekday_agrees() -> None:
    caption, body = "Tanks outside the hall, December 6, 2012. ", "Four tanks were deployed on Thursday and left on Friday."
    text = caption + body
    assert [d.date for d in find_dates(text, [(len(caption), len(text))], None, "r1")] == ["2012-12-06"]


def test_a_report_of_the_same_story_lends_its_year_but_no_weekday() -> None:
    text = "Rumours were heard on July 26. Unrest broke out in January. Troops left on Monday."
    assert [d.date for d in find_dates(text, [(0, 30), (31, 59), (60, len(text))], None, "r1", near="2022-07-25")] == ["2022-07-26", "2022-01"]


def told(text: str, name: str, published: str | None) -> Annotated:
    article = Article(path=name, text=text, published=Fact(value=published, basis="given") if published else None)
    return Annotated(id=name, article=article, marks=Marks(sentences=((0, len(text)),), timeline=find_dates(text, [(0, len(text))], published, name)))


class TestDatesByStory:
    def test_an_undated_report_takes_the_year_of_the_dated_ones(self) -> None:
        reports = date_by_story([told("Rumours were heard on July 26.", "r1", None), told("Troops left.", "r2", "2022-07-25")])
        assert [d.date for d in reports[0].marks.timeline] == ["2022-07-26"]

    def test_nothing_is_lent_by_reports_that_lie_far_apart(self) -> None:
        reports = [
            told("Rumours were heard on July 26.", "r1", None),
            told("Troops left.", "r2", "2022-07-25"),
            told("Troops left.", "r3", "2021-07-25"),
        ]
        assert date_by_story(reports) == tuple(reports)

    def test_a_dated_report_is_left_as_it_is(self) -> None:
        reports = [told("It fell on Monday.", "r1", "2022-07-26"), told("Troops left.", "r2", "2022-07-25")]
        assert date_by_story(reports) == tuple(reports)


def test_letters_that_count_as_others_where_case_is_ignored_are_read_as_these() -> None:
    text = "The bridge fell yeſterday; it opens tonıght."
    assert [d.date for d in find_dates(text, [(0, len(text))], "2020-05-05", "r1")] == ["2020-05-04", "2020-05-05"]
