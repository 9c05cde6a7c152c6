"""Which parties of one row are one."""

from __future__ import annotations

from collections.abc import Mapping

from whence.compare.identity import identities
from whence.compare.origins import count_origins
from whence.compare.provenance import provenance
from whence.types import Annotated, Article, Cell, Containment, Link, Marks, Party, PartyKind, Passage, Stretch, Unnamed


def cell(report: str, *chain: str) -> Cell:
    return Cell(report=report, start=0, end=1, text="x", chain=chain, basis="cited")


def people(**names: tuple[PartyKind, str]) -> Mapping[str, Party]:
    return {
        i: Party(id=i, name=name, kind=kind, unnamed=Unnamed(number="one") if kind == "unnamed" else None) for i, (kind, name) in names.items()
    }


class TestNames:
    def test_accents_do_not_tell_two_people_apart(self) -> None:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=("person", "Jana Koutna"), y=("person", "Jana Koutná"))
        assert 1 == len(identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {}))

    def test_a_firm_is_the_one_longer_name_that_begins_with_it(self) -> None:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=("person", "Corvel"), y=("organisation", "Corvel Midstream Ltd"))
        assert {"x": "y"} == identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {})

    def test_a_short_name_that_two_longer_ones_begin_with_is_neither(self) -> None:
        known = people(a=("outlet", "A"), x=("organisation", "Corvel"), y=("organisation", "Corvel Midstream"), z=("organisation", "Corvel Shipping"))
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "a", "y"), cell("r3", "a", "z")], known, {})

    def test_a_country_is_not_its_ministry(self) -> None:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=("organisation", "Benin"), y=("organisation", "Benin's interior ministry"))
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {})

    def test_the_ministry_of_two_countries_stays_two(self) -> None:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=("organisation", "ministry"), y=("organisation", "health ministry"))
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {})


class TestPapers:
    def test_figures_are_their_makers(self) -> None:
        known = people(
            a=("outlet", "A"), b=("outlet", "B"), x=("organisation", "Statistics Norland"), y=("document", "Figures by Statistics Norland")
        )
        assert {"y": "x"} == identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {})

    def test_two_wordings_of_one_makers_figures_are_one(self) -> None:
        known = people(
            a=("outlet", "A"), b=("outlet", "B"), x=("unnamed", "a tracker kept by Delmer University"), y=("unnamed", "the tracker at Delmer University")
        )
        assert 1 == len(identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {}))

    def test_people_of_one_house_stay_apart(self) -> None:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=("unnamed", "an official at Delmer University"), y=("unnamed", "a source in Delmer University"))
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {})


class TestHandedOn:
    def test_the_sources_that_a_relay_gives_are_those_of_the_report_it_relays(self) -> None:
        known = people(a=("outlet", "Ledger"), b=("outlet", "B"), x=("unnamed", "a person with knowledge"), y=("unnamed", "sources with knowledge"))
        assert 1 == len(identities([cell("r1", "a", "x"), cell("r2", "b", "a", "y")], known, {}))

    def test_a_named_speaker_by_way_of_an_outlet_is_not_its_unnamed_source(self) -> None:
        known = people(a=("outlet", "Ledger"), b=("outlet", "B"), x=("unnamed", "a person with knowledge"), y=("person", "Ines Valdarra"))
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "b", "a", "y")], known, {})


class TestSharedErrors:
    """Two who each say that they were there: an odd word that both have in the claim makes it doubtful that they are two."""

    TEXT = "Ann Lee told The Ledger that the quay sank by 4.57 metres"

    def count(self, *links: Link) -> tuple[int, float, int]:
        known = people(a=("outlet", "The Ledger"), b=("outlet", "The Post"), x=("person", "Ann Lee"), y=("person", "Bo Ray"))
        texts = {"r1": self.TEXT, "r2": self.TEXT.replace("Ann Lee", "Bo Ray").replace("Ledger", "Post").replace("told", "spoke to")}
        told = {
            r: Annotated(id=r, article=Article(path=r, text=f"{t}, seen by our correspondent"), marks=Marks(sentences=((0, len(t) + 30),), own=own))
            for (r, t), own in zip(texts.items(), "ab", strict=True)
        }
        chains = {"r1": ("a", "x"), "r2": ("b", "y")}
        cells = [Cell(report=r, start=0, end=len(t), text=t, chain=chains[r], basis="cited") for r, t in texts.items()]
        found = count_origins(provenance(cells, told, known, links, [])).origins
        return found.low, found.best, found.high

    def test_without_one_they_are_two(self) -> None:
        assert (2, 2.0, 2) == self.count()

    def test_with_one_they_may_be_one_and_the_best_count_falls(self) -> None:
        odd = Stretch(start=self.TEXT.index("4.57"), end=self.TEXT.index("4.57") + 4)
        evidence = (Passage(from_=odd, to=Stretch(start=odd.start, end=odd.end + 3)),)
        link = Link(
            from_="r1", to="r2", kind="shares-origin", directed=False, confidence=0.8, why="", containment=Containment(from_in_to=0.1, to_in_from=0.1),
            evidence=evidence,
        )  # fmt: skip
        low, best, high = self.count(link)
        assert (1, 2) == (low, high)
        assert 1 < best < 2
