"""Numbers, sums and dates as they are shown."""

from __future__ import annotations

import made_stories
import pytest
from msgspec.structs import replace

from whence.report.figures import number, range_text, sums_of
from whence.report.naming import cast_of
from whence.report.timeline import timeline_of
from whence.types import Dated


@pytest.mark.parametrize(
    ("shown", "value"), [("1,500", 1500.0), ("0.83", 0.83), ("441 billion", 441e9), ("1.7 million", 1.7e6), ("-2", -2.0), ("1,234.5", 1234.5)]
)
def test_a_number(shown: str, value: float) -> None:
    assert shown == number(value)


@pytest.mark.parametrize(
    ("shown", "low", "high", "unit"),
    [
        ("440.5–441.5 billion KZT", 440.5e9, 441.5e9, "KZT"),
        ("at least 22 people", 22, None, "person"),
        ("at most 0.5", None, 0.5, "1"),
        ("7 soldier", 7, 7, "soldier"),
        ("900,000–1.1 million USD", 9e5, 1.1e6, "USD"),
        ("open at both ends · USD", None, None, "USD"),
    ],
)
def test_an_interval(shown: str, low: float | None, high: float | None, unit: str) -> None:
    assert shown == range_text(low, high, unit)


class TestSums:
    def test_readings_of_one_number_stand_together(self) -> None:
        story = made_stories.two_reports()
        (only,) = sums_of(story, cast_of(story))
        assert ("nearly 1.5 times", "The Coast Post", "depends on the reading") == (only.stated, only.stated_in, only.verdict)
        assert ["on the wrong side of its hedge", "does not fit"] == [r.verdict for r in only.readings]

    def test_a_working_without_its_result_gets_it(self) -> None:
        story = made_stories.two_reports()
        bare = replace(story.arithmetic[0], working="31 / 20")
        (only,) = sums_of(replace(story, arithmetic=(bare,)), cast_of(story))
        assert "31 / 20 = 1.54–1.56" == only.readings[0].working


class TestTimeline:
    def test_in_order_of_time_whatever_the_precision(self) -> None:
        story = made_stories.two_reports()
        dates = ["2022-07-26", "2014", "XXXX", "-0044", "2022-06/2022-07", "../1999", "2022"]
        marks = tuple(Dated(date=d, report="r2", start=i, end=i + 1, text="x", basis="stated") for i, d in enumerate(dates))
        moments = [m.date for m in timeline_of(replace(story, timeline=marks), cast_of(story)) if not m.published]
        assert ["-0044", "../1999", "2014", "2022", "2022-06/2022-07", "2022-07-26", "XXXX"] == moments

    def test_one_date_in_the_same_words_is_one_moment_of_both_reports(self) -> None:
        story = made_stories.two_reports()
        marks = tuple(Dated(date="2022", report=r, start=0, end=4, text="then", basis="stated") for r in ("r1", "r2"))
        (moment,) = (m for m in timeline_of(replace(story, timeline=marks), cast_of(story)) if not m.published)
        assert ("The Coast Post", "Inland Times") == moment.outlets

    def test_reports_come_out_on_their_own_dates(self) -> None:
        story = made_stories.two_reports()
        assert [("2026-07-02", "The Coast Post")] == [(m.date, m.outlets[0]) for m in timeline_of(story, cast_of(story)) if m.published]
