"""Sums: what is worked out from one or two short reports, and what must hold of any."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from short_reports import comes, done, report

from whence.compare.arithmetic import sums
from whence.types import Cell, Claim, Origins, Witnesses


class TestBaseAndChange:
    TEXT = "The city will spend an extra $918 million on trams, a nearly 1.5-fold increase over last year's budget of $1.7 billion."

    def test_an_increase_of_so_many_times_is_read_both_ways(self) -> None:
        found = done(self.TEXT)
        assert comes(found, 1 + 0.9175 / 1.75, 1 + 0.9185 / 1.65, "hedge-side")
        assert comes(found, 1 / (1 - 0.9175 / 1.75), 1 / (1 - 0.9185 / 1.65), "inconsistent")

    def test_a_fall_from_one_figure_to_another_is_held_against_its_stated_share(self) -> None:
        found = done("Profit was cut to Rs 248 crore from Rs 612 crore, a fall of 59.5 per cent.")
        assert comes(found, 1 - 248.5 / 611.5, 1 - 247.5 / 612.5, "consistent")

    def test_a_wrong_share_is_inconsistent(self) -> None:
        assert [a.verdict for a in done("Output fell from 412 tonnes to 311 tonnes, a drop of 42 per cent.")] == ["inconsistent"]

    def test_a_rise_has_its_difference(self) -> None:
        assert comes(done("The survey lifted its count from 246 to 961. That makes 715 new wells."), 715, 715, "consistent")

    def test_points_are_not_per_cent(self) -> None:
        assert comes(done("The bank raised its rate from 4.25% to 4.75%, by half a percentage point."), 0.49, 0.51, "consistent")


class TestParts:
    def test_parts_make_the_total_that_they_are_of(self) -> None:
        assert comes(done("The group will fly 87 aircraft, of which 52 are Norwing's and 35 are Tallair's."), 87, 87, "consistent")

    def test_what_is_left_is_the_total_less_the_parts(self) -> None:
        found = done("Forty-one men went down. Four climbed out. Seven have been carried out dead. For the other 30 there is no word.")
        assert comes(found, 30, 30, "consistent")

    def test_those_added_meet_the_earlier_figure_of_another_report(self) -> None:
        found = done("Some 1,900 people were told to leave.", "Another 700 people were told to go, bringing the total to 2,600.")
        assert comes(found, 2500, 2700, "consistent")

    def test_without_an_earlier_report_it_is_what_it_was_before(self) -> None:
        assert comes(done("Two more people died, bringing the death toll to five."), 3, 3, "not-checkable")

    def test_the_rest_are_counted(self) -> None:
        assert comes(done("Of a total of 28 patients 12 patients were treated for shock, while the rest were sent home."), 16, 16)

    def test_numbers_that_only_happen_to_add_up_are_no_sum(self) -> None:
        assert done("The town has 12 schools. It has 31 schools in the county. It closed 43 schools in ten years.") == ()

    def test_five_of_seventeen_is_a_share(self) -> None:
        assert comes(done("Five of the mayor's 17 advisers quit."), 5 / 17, 5 / 17, "not-checkable")

    def test_a_stated_share_is_worked_out(self) -> None:
        assert comes(done("It caught 1,141 grains. Of these, 137, or 12 per cent, carry clay."), 137 / 1141, 137 / 1141, "consistent")
        assert comes(done("The firm employs 4,213 people. About 613 jobs, about one in seven, will go."), 612.5 / 4213, 613.5 / 4213, "consistent")

    def test_two_shares_make_the_share_that_is_stated_of_both(self) -> None:
        found = done("The deal joins nearly a third of the passengers. Norwing and Tallair carried 19% and 12%, respectively, last year.")
        assert comes(found, 0.30, 0.32, "consistent")

    def test_those_of_today_are_taken_from_all(self) -> None:
        assert comes(done("The shelling has killed 72 villagers — 26 just today — since Monday."), 46, 46, "not-checkable")

    def test_so_many_each_make_the_stated_total(self) -> None:
        assert comes(done("We counted 1,263 shelters. At five persons a shelter, this leaves 6,315 people outside."), 6315, 6315, "consistent")

    def test_a_mark_below_a_level(self) -> None:
        assert comes(
            done("The river stood at 7.4 metres, 1.9 metres above the danger mark.", "The danger mark is at 5.5 metres."), 5.4, 5.6, "consistent"
        )


class TestMoneyAndDates:
    def test_one_sum_in_two_currencies_implies_a_rate(self) -> None:
        assert comes(done("It will add 441 billion tenge ($918 million) to its budget."), 440.5e9 / 918.5e6, 441.5e9 / 917.5e6, "not-checkable")

    def test_a_rate_across_two_reports_needs_one_claim(self) -> None:
        texts = ["The levy brings 52.6 billion pula.", "The levy brings $3.98 billion."]
        reports = [report(t, f"r{i}") for i, t in enumerate(texts, 1)]
        cells = tuple(Cell(report=r.id, start=0, end=len(r.article.text), text=r.article.text, chain=("p1",), basis="own") for r in reports)
        origins = Origins(low=1, best=1.0, high=2, parties=("p1",))
        claim = Claim(
            id="c1", question="?", cells=cells, relation="converted", why="", origins=origins, witnesses=Witnesses(low=1, high=2), weakest=("p1",)
        )  # fmt: skip
        assert sums(reports, []) == ()
        found = sums(reports, [claim])
        assert comes(found, 52.55e9 / 3.985e9, 52.65e9 / 3.975e9)
        assert found[0].claim == "c1"

    def test_an_age_is_held_against_the_day_of_birth(self) -> None:
        text = "The singer died on Sunday 23 March 2014. He was {} years old, born August 30, 1963."
        assert comes(done(text.format(50)), 50, 50, "consistent")
        assert comes(done(text.format(51)), 50, 50, "inconsistent")

    def test_a_span_of_days_finds_its_dates(self) -> None:
        found = done("They were seized on November 9, 2021.", "They were freed on 15 May 2022, after 187 days.")
        assert comes(found, 187, 187, "consistent")

    def test_a_weekday_that_is_not_its_date_s_is_said(self) -> None:
        assert [(a.verdict, a.reading) for a in done("The hall burned down on Monday, 23 March 2014.")] == [
            ("inconsistent", "2014-03-23 was a Sunday, not a Monday")
        ]
        assert done("The hall burned down on Sunday, 23 March 2014.") == ()


VOCABULARY = """of the and from to , . ( ) — more another other plus total rest each a bringing 30 seven half 60% above respectively"""
PHRASES = [
    "$5 million",
    "€4m",
    "12 people",
    "28 patients",
    "about one in seven",
    "born May 3, 1990",
    "aged 33",
    "1.5 times",
    "40 days",
    "Monday, 4 May 2020",
    "2 metres",
]
TOKENS = st.sampled_from([*VOCABULARY.split(), *PHRASES])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TOKENS, max_size=24).map(lambda x: " ".join(x) + "."), max_size=3))
def test_any_reports_give_few_sums_with_bounds_in_order_and_the_same_twice(texts: list[str]) -> None:
    found = done(*texts)
    assert len(found) <= 4 * len(texts)
    assert all(a.low is None or a.high is None or a.low <= a.high for a in found)
    assert found == done(*texts)
