"""What one report leaves out of, or makes more of, what stands in the report it draws on."""

from __future__ import annotations

from whence.pipeline import tell
from whence.types import Article, Fact, Remark


def said(**reports: tuple[str, str]) -> list[Remark]:
    """Remarks on reports given as outlet, date and text."""
    english = Fact(value="en", basis="given")
    return list(
        tell(
            [
                Article(
                    path=f"{k}.txt",
                    text=text,
                    outlet=Fact(value=f"The {k.capitalize()}", basis="given"),
                    published=Fact(value=date, basis="given"),
                    language=english,
                )
                for k, (date, text) in reports.items()
            ]
        ).remarks
    )


BRIDGE = "The Kallio bridge in Orra will be closed to lorries from Monday,"
TRADE = "The crossing carries half of the town's trade."
ONE = ("2025-03-01", f"{BRIDGE} a city official told The Ledger. Nobody at city hall would speak on record.")
SEVERAL = ("2025-03-02", f"{BRIDGE} city officials told The Ledger. {TRADE}")
MOVED = ("2025-03-02", f"{BRIDGE} The Ledger reported. {TRADE}")


class TestRemarks:
    def test_one_official_who_became_officials_is_said(self) -> None:
        assert ["plural-inflation"] == [m.kind for m in said(ledger=ONE, post=SEVERAL)]

    def test_an_unnamed_source_moved_up_to_the_outlet_is_said(self) -> None:
        remark = said(ledger=ONE, post=MOVED)[0]
        assert "unnamed-left-out" == remark.kind
        assert "The Post" in remark.why
        assert "The Ledger" in remark.why

    def test_the_words_of_both_reports_stand_beside_it(self) -> None:
        remark = said(ledger=ONE, post=MOVED)[0]
        assert ["r1", "r2"] == [s.report for s in remark.spots]

    def test_nothing_is_said_of_a_report_that_came_first(self) -> None:
        assert [] == said(ledger=("2025-03-09", ONE[1]), post=MOVED)

    def test_nothing_is_said_where_neither_draws_on_the_other(self) -> None:
        alone = ("2025-03-02", "The Kallio bridge in Orra will be closed to lorries from Monday, city officials said.")
        assert [] == said(ledger=ONE, post=alone)


RAIL = "The line to Orra carries half of the valley's timber."
HEDGED = ("2025-03-01", f"The railway may close 14 village stations on 31 October 2025, a city official told The Ledger. {RAIL}")
BARE = ("2025-03-02", f"The railway will close 14 village stations, The Ledger reported. {RAIL}")
KEPT = ("2025-03-02", f"The railway might close 14 village stations on 31 October 2025, The Ledger reported. {RAIL}")


class TestLost:
    def test_a_hedge_left_out_is_said_with_its_word(self) -> None:
        told = [m.why for m in said(ledger=HEDGED, post=BARE) if m.kind == "hedge-left-out"]
        assert ["The Ledger says “may”; The Post, which draws on it, says it without"] == told

    def test_a_date_left_out_is_said(self) -> None:
        assert "date-left-out" in [m.kind for m in said(ledger=HEDGED, post=BARE)]

    def test_what_is_kept_in_other_words_is_not_left_out(self) -> None:
        assert not {"hedge-left-out", "date-left-out"} & {m.kind for m in said(ledger=HEDGED, post=KEPT)}

    def test_an_earlier_report_leaves_nothing_out(self) -> None:
        assert not {"hedge-left-out", "date-left-out"} & {m.kind for m in said(ledger=HEDGED, post=("2025-02-28", BARE[1]))}
