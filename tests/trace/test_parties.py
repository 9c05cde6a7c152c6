"""Who is who across the reports of a story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from whence.trace import merge_parties
from whence.trace.parties import _SURNAME, _may_be_spelled
from whence.types import Annotated, Article, Attribution, Marks, Party, PartyKind, Span, Unnamed


def report(number: int, *cited: Party, hop: Party | None = None) -> Annotated:
    """A report of an outlet of its own that cites each party, by way of ``hop`` where given."""
    own = Party(id="p1", name=f"Paper {number}", kind="outlet")
    parties = (own, *([hop] if hop else []), *cited)
    chains = [("p1", *([hop.id] if hop else []), p.id) for p in cited]
    words = Span(start=0, end=1, text="x")
    said = tuple(
        Attribution(id=f"a{i}", report=f"r{number}", kind="indirect", chain=c, source=words, cue=words, content=(words,), confidence=1.0)
        for i, c in enumerate(chains, 1)
    )
    return Annotated(id=f"r{number}", article=Article(path=f"{number}.txt", text="x"), marks=Marks(parties=parties, own="p1", attributions=said))


def party(name: str, kind: PartyKind = "person", *, id: str = "p9", aliases: tuple[str, ...] = (), unnamed: Unnamed | None = None) -> Party:
    return Party(id=id, name=name, kind=kind, aliases=aliases, unnamed=unnamed)


def names(*reports: Annotated) -> list[str]:
    return [p.name for p in merge_parties(reports)[0]]


class TestNamedParties:
    def test_a_surname_is_the_person_of_that_name(self) -> None:
        assert ["Paper 1", "Ana Ruiz", "Paper 2"] == names(report(1, party("Ana Ruiz")), report(2, party("Ruiz")))

    def test_spellings_of_a_given_name_are_one_person(self) -> None:
        assert 3 == len(names(report(1, party("Kassym-Jomart Tokayev")), report(2, party("Kassym-Zhomart Tokayev"))))

    def test_two_given_names_are_two_people(self) -> None:
        assert 4 == len(names(report(1, party("Ana Ruiz")), report(2, party("Tomás Ruiz"))))

    def test_a_body_is_one_whatever_places_it(self) -> None:
        a, b = party("the national water directorate", "organisation"), party("the country's water directorate", "organisation")
        assert 3 == len(names(report(1, a), report(2, b)))

    def test_a_body_known_by_its_role_is_one(self) -> None:
        assert 3 == len(names(report(1, party("Organisers", "unnamed")), report(2, party("the organizers", "organisation"))))

    def test_the_report_an_outlet_wrote_stands_on_its_party(self) -> None:
        cited = party("Paper 2", "outlet")
        found = merge_parties([report(1, cited), report(2)])[0]
        assert {"Paper 1": "r1", "Paper 2": "r2"} == {p.name: p.report for p in found}


class TestSpellings:
    @given(st.text("aeiostv", max_size=9), st.text("aeiostv", max_size=9))
    def test_what_the_letters_rule_out_is_not_spelled_alike(self, name: str, other: str) -> None:
        assert _may_be_spelled(name, other) or ratio(name, other) < _SURNAME

    def test_most_are_ruled_out(self) -> None:
        assert [True, False, False] == [_may_be_spelled(name, "tokayev") for name in ("tokaev", "nazarbayev", "toka")]


class TestUnnamedPeople:
    def test_they_are_kept_apart_and_said_to_be_perhaps_one(self) -> None:
        story, _, maybes = merge_parties([report(1, party("an official", "unnamed")), report(2, party("an official", "unnamed"))])
        assert 4 == len(story)
        assert [("p2", "p4")] == [(m.a, m.b) for m in maybes]
        assert maybes[0].why

    def test_one_outlets_source_described_alike_is_one(self) -> None:
        hop = party("The Wall Street Journal", "outlet", id="p8")
        a, b = party("a senior official", "unnamed"), party("the official", "unnamed")
        assert 4 == len(names(report(1, a, hop=hop), report(2, b, hop=hop)))

    def test_one_official_is_not_several(self) -> None:
        hop = party("The Wall Street Journal", "outlet", id="p8")
        one = party("an official", "unnamed", unnamed=Unnamed(number="one"))
        several = party("officials official", "unnamed", unnamed=Unnamed(number="several"))
        assert 5 == len(names(report(1, one, hop=hop), report(2, several, hop=hop)))

    def test_every_chain_names_a_party_of_the_story(self) -> None:
        story, moved, _ = merge_parties([report(1, party("Ana Ruiz")), report(2, party("Ruiz"))])
        known = {p.id for p in story}
        assert all(p in known for r in moved for a in r.marks.attributions for p in a.chain)
