"""Small stories from end to end: how rows relate, and what is counted."""

from __future__ import annotations

import pytest

from whence.pipeline import tell
from whence.types import Article, Claim, Fact, Story


def story(**reports: str) -> Story:
    """A story of reports by outlet ("the_ledger" is The Ledger)."""
    english = Fact(value="en", basis="given")
    return tell([Article(path=f"{k}.txt", text=v, outlet=Fact(value=name(k), basis="given"), language=english) for k, v in reports.items()])


def name(key: str) -> str:
    return " ".join(w.capitalize() for w in key.split("_"))


def row(told: Story, words: str) -> Claim:
    """The row of several cells in which the words stand."""
    found = [c for c in told.claims if len(c.cells) > 1 and any(words in x.text for x in c.cells)]
    assert found, f"no shared row has {words!r}"
    return found[0]


def parties(told: Story, ids: tuple[str, ...]) -> list[str]:
    names = {p.id: p.name for p in told.parties}
    return [names[i] for i in ids]


RELATIONS = [
    (
        "evolving",
        "people died",
        "At least nine people died when the ferry Santa Rita sank off Porto Velho, the coastguard said.",
        "At least fourteen people died when the ferry Santa Rita sank off Porto Velho, the coastguard said.",
    ),
    (
        "attribution-dropped",
        "sank twice",
        "The Santa Rita sank twice in her first year at Porto Velho, according to harbour records.",
        "The ferry Santa Rita sank twice in her first year at Porto Velho.",
    ),
    (
        "conflicting",
        "6.5",
        "The ministry of transport said repairs to the Kallio bridge would cost 6.5 million euros.",
        "The ministry of transport said repairs to the Kallio bridge would cost 6.5 billion euros.",
    ),
    (
        "converted",
        "burned",
        "The fire has burned 1,000 hectares of pine forest above Almenara, the fire service said.",
        "The fire has burned 2,471 acres of pine forest above Almenara, the fire service said.",
    ),
    (
        "hedge-changed",
        "cable",
        "The fire service said the blaze at the Almenara sawmill was caused by a fallen cable.",
        "The fire service said the blaze at the Almenara sawmill may have been caused by a fallen cable.",
    ),
    (
        "same",
        "inspection",
        "The mayor of Almenara said the sawmill had passed its last inspection in October.",
        "Almenara's sawmill had passed its last inspection in October, the mayor of Almenara said.",
    ),
]


class TestRelations:
    @pytest.mark.parametrize(("relation", "words", "left", "right"), RELATIONS)
    def test_the_first_relation_that_holds_is_named(self, relation: str, words: str, left: str, right: str) -> None:
        told = story(the_ledger=left, harbour_post=right)
        assert relation == row(told, words).relation

    def test_a_figure_that_grew_is_no_contradiction(self) -> None:
        told = story(
            the_ledger="Police said 9 people had died in the Orra tunnel fire.",
            harbour_post="Police said 12 people had died in the Orra tunnel fire.",
        )
        assert "evolving" == row(told, "Orra").relation


class TestCounts:
    def test_two_reports_that_cite_one_paper_have_one_origin(self) -> None:
        told = story(
            north_news="Maravia will close its embassy in Casamba, The Wall Street Journal reported, citing a Maravian official.",
            south_news="Maravia is to close its embassy in Casamba this year, The Wall Street Journal reported, citing a Maravian official.",
        )
        claim = row(told, "embassy")
        assert (1, 1) == (claim.origins.low, claim.origins.high)
        assert ["The Wall Street Journal"] == parties(told, claim.weakest)

    def test_reports_that_name_no_source_leave_the_interval_open(self) -> None:
        told = story(
            north_news="The Kallio bridge was closed to lorries on Monday after cracks were found.",
            south_news="Cracks were found in the Kallio bridge and it was closed to lorries on Monday.",
        )
        claim = row(told, "Kallio bridge")
        assert (1, 1.0, 2) == (claim.origins.low, claim.origins.best, claim.origins.high)

    def test_unnamed_officials_of_two_reports_are_one_or_two_people(self) -> None:
        told = story(
            north_news="An official said the Kallio bridge would be closed to lorries from Monday.",
            south_news="The Kallio bridge will be closed to lorries from Monday, an official said.",
        )
        claim = row(told, "Kallio bridge")
        assert (1, 2) == (claim.origins.low, claim.origins.high)

    def test_one_quotation_given_to_two_speakers_is_one_utterance(self) -> None:
        told = story(
            north_news="“We counted the lorries twice and nobody came to help us,” said Ana Ruiz, a shopkeeper in Orra.",
            south_news="“We counted the lorries twice and nobody came to help us,” said Petra Lund, a teacher in Orra.",
        )
        assert 1 == row(told, "counted the lorries").origins.high


class TestStories:
    def test_a_sum_is_held_against_the_figure_of_its_own_report(self) -> None:
        told = story(
            the_ledger="Anna Reyes died at her home. Reyes was 54 years old, her office said.",
            the_herald="Twelve mourners wept. Anna Reyes died at her home on May 3, 2020. Reyes was 54 years old, born June 4, 1965, her office said.",
        )
        assert {"r1", "r2"} == {x.report for x in row(told, "54 years old").cells}
        stated = [q for q in told.quantities if q.id == told.arithmetic[0].stated]
        assert [("r2", "54 years old")] == [(q.report, q.text) for q in stated]

    def test_a_report_of_another_story_is_said_and_not_compared(self) -> None:
        told = story(
            a="The Kallio bridge in Orra was closed to lorries on Monday after engineers found cracks in its third pier.",
            b="Engineers found cracks in the third pier of the Kallio bridge in Orra, which was closed to lorries on Monday.",
            c="Violinist Hana Sato won the Meridian prize in Lisbon with a concerto that nobody had performed before.",
        )
        assert [True, True, False] == [r.related for r in told.reports]
        assert any(n.check == "related" and "c.txt" in n.why for n in told.not_checked)
        assert not any(x.report == "r3" for c in told.claims for x in c.cells)

    def test_one_report_alone_says_that_there_is_nothing_to_compare(self) -> None:
        told = story(the_ledger="Police said 9 people had died in the Orra tunnel fire.")
        assert any(n.check == "comparison" for n in told.not_checked)

    def test_a_report_that_cannot_be_read_is_said_and_shares_no_claim(self) -> None:
        french = Article(path="b.txt", text="Ilya Renn a quitté le tunnel Orra, Porto Velho.", language=Fact(value="fr", basis="given"))
        english = Article(path="a.txt", text="Ilya Renn left the Orra tunnel, Porto Velho, on Monday.", language=Fact(value="en", basis="given"))
        told = tell([english, french])
        assert "2 reports · 1 in a language not known here · nothing to compare with" == told.summary
        assert any(n.check == "comparison" for n in told.not_checked)

    def test_reports_of_quotes_numbers_or_furniture_alone_do_not_fail(self) -> None:
        told = story(
            a="“We left.” “They stayed.” “Who knows?”",
            b="12 14 1,500 3.4% 1999 $3 million 12",
            c="Read more\nSubscribe to our newsletter\nAdvertisement",
        )
        assert 3 == len(told.reports)

    def test_fifty_reports_are_told(self) -> None:
        told = story(
            **{f"paper_{i}": f"Police in Orra said {i} people were hurt when the tunnel closed. The mayor promised an inquiry." for i in range(2, 52)}
        )
        assert 50 == len(told.reports)
        assert all(c.origins.low <= c.origins.best <= c.origins.high for c in told.claims)


class TestWhoIsCited:
    def test_the_paper_that_another_cites_has_dropped_nothing(self) -> None:
        told = story(
            the_ledger="The ferry Santa Rita sank twice in her first year at Porto Velho.",
            the_herald="The Santa Rita sank twice in her first year at Porto Velho, The Ledger reported.",
        )
        assert "attribution-dropped" != row(told, "sank twice").relation

    def test_a_few_words_of_another_inside_a_quotation_do_not_make_it_his(self) -> None:
        quote = "“The body of the diver was found on Sunday near the wreck. The harbour office has said that he was alone. The search has ended for now.”"
        told = story(the_ledger=f"{quote} Ilya Renn said in Porto Velho.", the_herald=f"{quote} Ilya Renn told reporters in Porto Velho.")
        nested = [a for a in told.attributions if a.inside]
        assert nested
        assert ["Ilya Renn", "Ilya Renn"] == [parties(told, x.chain)[-1] for x in row(told, "The body of the diver").cells]
