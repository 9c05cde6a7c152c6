"""Sums told over several sentences or reports: what joins the figures, and what is left unsaid because chance would make it too."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from short_reports import comes, done

from whence.compare.arithmetic_figures import grain
from whence.types import Arithmetic


def readings(found: Sequence[Arithmetic]) -> list[str]:
    return [a.reading for a in found]


@pytest.mark.parametrize(("value", "size"), [(231_000, 1000), (41, 1), (650_000, 10_000), (27.3, 0.1), (0.125, 0.001), (2.47e10, 1e8)])
def test_the_size_of_the_last_digit(value: float, size: float) -> None:
    assert grain(value) == pytest.approx(size)


class TestPartsOverSentences:
    def test_what_is_left_is_told_in_another_sentence(self) -> None:
        found = done("The abbey has 212 hives. It lost 87 hives to the flood. Mites killed 41 more hives. The monks now tend 84 hives.")
        assert comes(found, 84, 84, "consistent")

    def test_a_small_gap_between_two_large_figures_is_the_result(self) -> None:
        assert comes(done("Ms Aldane received 8,317 votes to 8,298 for Mr Petrick. She is 19 votes in front."), 19, 19, "consistent")

    def test_parts_under_two_nouns_are_joined_by_the_remaining(self) -> None:
        assert comes(done("Of the 214 posts affected, 141 will go through retirement and the remaining 73 employees will be retrained."), 214, 214)

    def test_another_noun_is_no_part(self) -> None:
        assert done("The group flies 52 planes, 35 of them jets, to 17 countries.") == done("The group flies 52 planes, 35 of them jets, to 16 countries.")

    def test_a_list_after_a_pause_makes_its_total(self) -> None:
        assert comes(done("The hospital took in seven bodies, five men and two women."), 7, 7, "consistent")

    def test_small_numbers_that_agree_are_no_sum(self) -> None:
        text = "Five people work in the mill. It has three floors. The owner keeps two dogs. Nine people live in the lane. Four people came to see it."
        assert done(text) == ()

    def test_the_price_of_one_less_what_is_added_to_it(self) -> None:
        text = "Unit cost: EUR 650,000. He put the service at EUR 118,000, the cards at EUR 96,000 and the cases at EUR 41,000. "
        assert comes(done(text + "The bare device comes to EUR 395,000."), 394_500, 395_500, "consistent")


class TestBetweenReports:
    def test_one_has_the_whole_and_another_the_parts(self) -> None:
        found = done("The works will shed 1,180 jobs, a union official said.", "The company will cut 730 jobs at the smelter and 450 jobs at the rolling mill.")
        assert comes(found, 1180, 1180, "consistent")
        assert any(r.endswith("as two reports have it") for r in readings(found))

    def test_what_was_never_built_leaves_what_another_report_measured(self) -> None:
        found = done("Of 1,200 metres of wall, 890 were never built, the court found.", "The wall runs for 310 metres, a reporter found.")
        assert comes(found, 305, 315, "consistent")

    def test_those_added_make_the_new_total(self) -> None:
        found = done("Letters went to 214,000 customers.", "The number of customers whose letters were stolen has risen by 17,000, to 231,000.")
        assert comes(found, 231_000, 231_000, "consistent")

    def test_figures_of_other_things_are_not_taken_together(self) -> None:
        assert done("Four people drowned in Lesk. A bus overturned and hurt nine people.", "In the hills 13 people are cut off.") == ()


class TestSoMuchEach:
    def test_an_average_in_another_report(self) -> None:
        found = done("It handled 1,140 transfers worth $312 million.", "The average payment came to some $274,000, well under what banks look for.")
        assert comes(found, 311.5e6 / 1145, 312.5e6 / 1135, "consistent")

    def test_each_goes_on_from_the_number_of_things(self) -> None:
        assert comes(done("Nine villages are to get a pump. Each is priced at 4,500 dollars."), 9 * 4450, 9 * 4550, "not-checkable")

    def test_each_of_other_things_is_left(self) -> None:
        assert done("Families on the three islands would receive 6,600 euros each. Two planes flew over them.") == ()

    def test_so_much_a_day_and_so_much_a_week(self) -> None:
        found = done("Goods worth 14 million euros a day are held up.", "Weekly exports of 98 million euros are at stake.")
        assert comes(found, 7 * 13.5e6, 7 * 14.5e6, "consistent")

    def test_one_in_every_so_many(self) -> None:
        found = done("The bank will be writing to 231,000 people. That is one in every 23 people, going by the estimate of 5.31 million people.")
        assert comes(found, 5.305e6 / 231_500, 5.315e6 / 230_500, "consistent")


class TestShares:
    def test_a_share_that_is_told_in_another_clause(self) -> None:
        found = done("The valley has 530 orchards. In 371 orchards the blossom froze. The league had never seen 70 per cent of orchards go in one night.")
        assert comes(found, 0.693458, 0.706667, "consistent")

    def test_so_much_dearer_than_the_old_price(self) -> None:
        found = done("At $4.7 billion apiece the ships cost 38 percent more than similar ones bought in 2021 for $3.4 billion.")
        assert comes(found, 4.65 / 3.45 - 1, 4.75 / 3.35 - 1, "consistent")

    def test_a_share_of_the_sum_that_another_report_has(self) -> None:
        found = done("The club's president kept twenty per cent: 1.7 million euros.", "The club's president says the buyer pays 8.5 million euros.")
        assert comes(found, 1.69e6, 1.71e6, "consistent")


class TestFrames:
    def test_a_lead_is_held_against_the_two_counts(self) -> None:
        assert comes(done("Ms Orme received 6,412 votes to 6,381 for Mr Quill, a lead of 31 votes."), 31, 31, "consistent")
        assert comes(done("Ms Orme received 6,412 votes to 6,381 for Mr Quill, a lead of 41 votes."), 31, 31, "inconsistent")

    def test_the_other_part_is_held_against_the_whole_less_the_one_before(self) -> None:
        text = "There were 38 singers on the coach. Eleven are in hospital. The other {} went home."
        assert comes(done(text.format(27)), 27, 27, "consistent")
        assert comes(done(text.format(24)), 27, 27, "inconsistent")

    def test_others_of_another_kind_are_no_part(self) -> None:
        found = done("Of the 30 players who came to the camp, five were sent home. The other eight clubs of the league had not been asked.")
        assert all(a.verdict != "inconsistent" for a in found)

    def test_a_further_sum_is_added(self) -> None:
        found = done("The train was damaged for 61 million kronor. Repairs to the track will come to a further 9 million.")
        assert comes(found, 69e6, 71e6, "not-checkable")


class TestTwoUnits:
    def test_a_measure_in_feet_and_in_metres(self) -> None:
        found = done("The grass strip at Mabira is 790 metres long.", "It struck trees beyond the end of the 2,600-foot grass strip at Mabira.")
        assert comes(found, 2550 * 0.3048, 2650 * 0.3048, "consistent")

    def test_measures_of_other_things_are_not_one(self) -> None:
        assert done("The grass strip at Mabira is 790 metres long.", "Snow lies above 2,600 feet in the hills of the north.") == ()

    def test_a_thing_and_its_worth_in_brackets(self) -> None:
        assert comes(done("The gang wants 30 bitcoin ($4.9m) by Friday."), 4.85e6 / 30, 4.95e6 / 30, "not-checkable")


class TestMonths:
    TEXT = "The deck gave way in July 2023. A warning had come 16 months {}."

    def test_so_many_months_before_find_the_month_that_another_report_names(self) -> None:
        found = done(self.TEXT.format("before"), "An engineer had asked for its closure in March 2022.", published="2024-03-18")
        assert comes(found, 16, 16, "consistent")

    def test_a_month_on_the_other_side_is_not_meant(self) -> None:
        assert done(self.TEXT.format("before"), "State elections are due in November 2024.", published="2024-03-18") == ()


def test_a_bare_number_far_from_a_price_is_no_earlier_price() -> None:
    assert done("Huenao lost 22,000 smolt in 2022. Its shares fell 2.1 per cent to NOK 88.40.") == ()
