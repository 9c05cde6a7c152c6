"""The terminal views: 100 columns, nothing that steers a terminal, and what a desk wants first."""

from __future__ import annotations

import made_stories
import pytest
from msgspec.structs import replace

from whence.report import to_terminal
from whence.report.naming import CLOSING
from whence.report.plain import columns
from whence.types import Claim, Story

VIEWS = ["summary", "trace", "compare", "check"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", list(made_stories.ALL))
class TestEveryView:
    def test_no_line_is_longer_than_100_columns(self, name: str, view: str) -> None:
        text = to_terminal(made_stories.ALL[name](), view)
        assert max(columns(x) for x in text.split("\n")) <= 100

    def test_no_control_character_is_left(self, name: str, view: str) -> None:
        text = to_terminal(made_stories.ALL[name](), view)
        assert not [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069")]

    def test_the_first_and_the_last_line_are_always_there(self, name: str, view: str) -> None:
        story = made_stories.ALL[name]()
        lines = to_terminal(story, view).split("\n")
        assert lines[0].startswith(story.summary[:6])
        assert CLOSING == lines[-1]

    def test_what_was_not_checked_is_there(self, name: str, view: str) -> None:
        story = made_stories.ALL[name]()
        assert bool(story.not_checked) == ("NOT CHECKED" in to_terminal(story, view))


class TestSummary:
    def test_the_parts_come_in_the_order_of_their_weight(self) -> None:
        text = to_terminal(made_stories.two_reports())
        parts = ["2 reports", "LEAD CLAIM", "weakest point  The Harbour Ledger", "DIFFERENCES", "SUMS", "NOT CHECKED", CLOSING]
        places = [text.index(x) for x in parts]
        assert sorted(places) == places

    def test_words_that_differ_in_a_quote_are_marked(self) -> None:
        text = to_terminal(made_stories.two_reports())
        assert "‹Will› we cope?" in text
        assert "‹Are› we ‹going to› cope?" in text

    def test_a_long_list_is_cut_and_says_where_the_rest_is(self) -> None:
        text = to_terminal(_with_differences(9))
        assert "… 3 more (whence compare --only differences …)" in text

    def test_a_clause_that_stands_in_two_rows_differs_once(self) -> None:
        story = _with_differences(2)
        again = replace(story.claims[0], id="c9", question="Again?", confidence=0.6)
        text = to_terminal(replace(story, claims=(*story.claims, again)))
        assert "Again?" not in text
        assert "DIFFERENCES 2, in 3 of 3 rows" in text

    def test_a_conflict_comes_before_a_changed_hedge(self) -> None:
        story = _with_differences(2)
        changed = replace(story.claims[0], relation="hedge-changed", question="First?")
        conflict = replace(story.claims[1], relation="conflicting", question="Second?")
        part = to_terminal(replace(story, claims=(changed, conflict))).split("DIFFERENCES")[1]
        assert part.index("Second?") < part.index("First?")


class TestCompare:
    def test_all_rows_or_only_those_that_differ(self) -> None:
        story = made_stories.two_reports()
        assert "How much will the port spend?" in to_terminal(story, "compare")
        only = to_terminal(story, "compare", only_differences=True)
        assert "How much will the port spend?" not in only
        assert "What did the official say?" in only

    def test_what_only_one_report_says_is_listed(self) -> None:
        assert "ONLY IN THE COAST POST" in to_terminal(made_stories.two_reports(), "compare")

    def test_many_reports_that_say_the_same_are_one_line_with_all_their_names(self) -> None:
        text = to_terminal(made_stories.many(12, 6), "compare")
        assert "12 reports                The river rose and 22 people died" in text
        assert all(f"Town Number {i}" in " ".join(text.split()) for i in range(1, 13))


class TestCheck:
    def test_numbers_are_intervals_with_their_hedge(self) -> None:
        assert "1.45–1.5 (“nearly”)" in to_terminal(made_stories.two_reports(), "check")

    def test_each_reading_of_a_sum_has_its_working_and_verdict(self) -> None:
        text = to_terminal(made_stories.two_reports(), "check")
        assert "(20 + 11) / 20 = 1.54–1.56: on the wrong side of its hedge" in text
        assert "20 / (20 − 11) = 2.2–2.3: does not fit" in text


class TestTrace:
    def test_every_report_has_its_chain(self) -> None:
        text = to_terminal(made_stories.laundered(), "trace")
        assert "Skyline Business          ← The Harbour Ledger" in text
        assert "Foothill Radio            names no source" in text


def test_a_view_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="choose one of summary, trace, compare, check"):
        to_terminal(made_stories.two_reports(), "brief")


def _with_differences(n: int) -> Story:
    story = made_stories.two_reports()
    quote = story.claims[1]

    def again(i: int) -> Claim:
        cells = tuple(replace(c, start=c.start + i, end=c.end + i) for c in quote.cells)
        return replace(quote, id=f"c{i}", question=f"Question {i}?", cells=cells)

    return replace(story, claims=tuple(again(i) for i in range(n)))
