"""Which parties of one row are one."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from whence.compare.identity import identities
from whence.compare.origins import count_origins
from whence.compare.provenance import provenance
from whence.types import Annotated, Article, Attribution, Cell, Containment, Link, Marks, Party, PartyKind, Passage, Stretch, Unnamed


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


def told(**texts: str) -> Mapping[str, Annotated]:
    return {r: Annotated(id=r, article=Article(path=r, text=text), marks=Marks(sentences=(), own=None)) for r, text in texts.items()}


class TestBodies:
    """A body under other names."""

    def one(self, first: tuple[PartyKind, str], second: tuple[PartyKind, str]) -> bool:
        known = people(a=("outlet", "A"), b=("outlet", "B"), x=first, y=second)
        return 1 == len(identities([cell("r1", "a", "x"), cell("r2", "b", "y")], known, {}))

    def test_its_letters_are_its_name(self) -> None:
        assert self.one(("organisation", "the NRA"), ("organisation", "Norland Road Administration"))
        assert not self.one(("organisation", "the NRA"), ("organisation", "Norland Port Administration"))

    def test_a_body_that_all_know_has_several_names(self) -> None:
        assert self.one(("organisation", "UNHCR"), ("organisation", "the U.N. refugee agency"))
        assert not self.one(("organisation", "UNHCR"), ("organisation", "the U.N. food agency"))

    def test_a_description_says_what_the_name_says(self) -> None:
        assert self.one(("organisation", "Norland's statistics office"), ("organisation", "National Statistics Institute"))
        assert self.one(("document", "data from the statistics office"), ("organisation", "Statistics Norland"))
        assert not self.one(("organisation", "the weather office"), ("organisation", "Statistics Norland"))

    def test_what_a_firm_does_has_more_than_one_word(self) -> None:
        assert self.one(("organisation", "grid operator"), ("organisation", "grid company"))
        assert not self.one(("organisation", "Norland Bank"), ("organisation", "Norland Airline"))

    def test_data_are_the_bodys_that_stands_before_them(self) -> None:
        assert self.one(("document", "customs data"), ("organisation", "customs service"))
        assert not self.one(("document", "customs data"), ("organisation", "weather service"))

    def test_a_description_of_which_two_bodies_answer_is_neither(self) -> None:
        known = people(
            a=("outlet", "A"), x=("organisation", "the statistics office"), y=("organisation", "Statistics Norland"), z=("organisation", "Statistics Sudland")
        )
        assert {} == identities([cell("r1", "a", "x"), cell("r2", "a", "y"), cell("r3", "a", "z")], known, {})


class TestKindAlone:
    """A body that is called by its kind."""

    KNOWN = people(a=("outlet", "A"), b=("outlet", "B"), x=("organisation", "the company"), y=("organisation", "Corvel Midstream"))
    ROW = (cell("r1", "a", "x"), cell("r2", "b", "y"))

    def test_the_company_is_the_one_that_its_report_names(self) -> None:
        assert {"x": "y"} == identities(self.ROW, self.KNOWN, told(r1="Corvel shut the line, and the company said why.", r2="Corvel Midstream spoke."))

    def test_where_its_report_names_no_other_it_is_nobody_else(self) -> None:
        assert {} == identities(self.ROW, self.KNOWN, told(r1="A line was shut, and the company said why.", r2="Corvel Midstream spoke."))

    def test_a_ministry_is_no_company(self) -> None:
        known = {**self.KNOWN, "x": Party(id="x", name="the ministry", kind="organisation")}
        assert {} == identities(self.ROW, known, told(r1="Corvel shut the line, and the ministry said why.", r2="Corvel Midstream spoke."))

    def test_who_gave_out_a_statement_is_the_company_that_others_cite(self) -> None:
        known = people(a=("outlet", "Corvel Midstream Ltd"), b=("outlet", "B"), x=("organisation", "the operator"))
        row = (cell("r1", "a"), cell("r2", "b", "x"))
        assert {"x": "a"} == identities(row, known, told(r1="The line was shut.", r2="Corvel Midstream shut a line, the operator said."))

    def test_a_ministrys_own_statement_is_known_by_its_name_turned_about(self) -> None:
        known = people(a=("outlet", "Ministry of Public Works"), b=("outlet", "B"), x=("organisation", "the ministry"))
        row = (cell("r1", "a"), cell("r2", "b", "x"))
        assert {"x": "a"} == identities(row, known, told(r1="It stands.", r2="The public works ministry checked it. It stands, the ministry said."))
        assert {} == identities(row, known, told(r1="It stands.", r2="The health ministry checked it. It stands, the ministry said."))

    def test_a_newsroom_that_another_cites_is_not(self) -> None:
        known = people(a=("outlet", "Corvel Post"), b=("outlet", "B"), x=("organisation", "the operator"), y=("person", "Ann Lee"))
        texts = told(r1="The line was shut.", r2="Ann Lee told the Corvel Post so, the operator said.")
        relay = Attribution(id="a1", report="r2", kind="indirect", chain=("b", "a", "y"), source=None, cue=None, content=(), confidence=1.0)
        texts = {**texts, "r2": msgspec.structs.replace(texts["r2"], marks=msgspec.structs.replace(texts["r2"].marks, attributions=(relay,)))}
        assert {} == identities((cell("r1", "a"), cell("r2", "b", "x")), known, texts)

    def test_we_is_who_wrote_it_and_the_management_is_the_body(self) -> None:
        known = people(a=("outlet", "Corvel Ltd"), b=("outlet", "B"), x=("unnamed", "we (not resolved)"), y=("organisation", "Corvel's management"))
        row = (cell("r1", "a", "x"), cell("r2", "b", "y"))
        assert {"x": "a", "y": "a"} == identities(row, known, told(r1="We shut it.", r2="Corvel shut it, Corvel's management said."))


class TestRoles:
    """Somebody spoken of by what he does."""

    KNOWN = people(a=("outlet", "A"), b=("outlet", "B"), x=("unnamed", "the driver"), y=("person", "Nils Herz"))
    ROW = (cell("r1", "a", "x"), cell("r2", "b", "y"))

    def test_the_driver_is_whom_another_report_introduces_so(self) -> None:
        assert {"x": "y"} == identities(self.ROW, self.KNOWN, told(r1="", r2="The bus driver, Nils Herz, saw nobody."))
        assert {"x": "y"} == identities(self.ROW, self.KNOWN, told(r1="", r2="Nils Herz, who is 40 and the driver of the bus, saw nobody."))

    def test_a_spokesman_is_whom_another_report_introduces_as_speaking_for_the_same(self) -> None:
        known = {**self.KNOWN, "x": Party(id="x", name="a spokesman for the service", kind="unnamed")}
        assert {"x": "y"} == identities(self.ROW, known, told(r1="", r2="The fire service spokesperson Nils Herz saw nobody."))
        assert {} == identities(self.ROW, known, told(r1="", r2="The fire service spokeswoman Nils Herz saw nobody."))

    def test_he_is_nobody_of_another_role(self) -> None:
        assert {} == identities(self.ROW, self.KNOWN, told(r1="", r2="The bus conductor, Nils Herz, saw nobody."))

    def test_the_official_may_be_any_of_several(self) -> None:
        known = {**self.KNOWN, "x": Party(id="x", name="the official", kind="unnamed", unnamed=Unnamed(number="one"))}
        assert {} == identities(self.ROW, known, told(r1="", r2="The official, Nils Herz, saw nobody."))

    def test_who_asked_not_to_be_named_is_nobody_whom_another_names(self) -> None:
        known = {**self.KNOWN, "x": Party(id="x", name="the driver", kind="unnamed", unnamed=Unnamed(number="one", reason="who asked not to be named"))}
        assert {} == identities(self.ROW, known, told(r1="", r2="The bus driver, Nils Herz, saw nobody."))

    def test_two_drivers_are_two(self) -> None:
        known = {**self.KNOWN, "z": Party(id="z", name="Ole Brandt", kind="person")}
        texts = told(r1="", r2="The driver, Nils Herz, saw nobody.", r3="The driver, Ole Brandt, saw two.")
        assert {} == identities((*self.ROW, cell("r3", "b", "z")), known, texts)


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


class TestUtterances:
    """One remark that two reports quote."""

    HERE = "“I came with a broken heart, but my suitcase has stood ready since summer”"
    THERE = "“My heart is in pieces, but the suitcase was packed in the summer”"

    def count(self, second: tuple[PartyKind, str]) -> int:
        known = people(a=("outlet", "The Ledger"), b=("outlet", "The Post"), x=("person", "Bo Ray"), y=second)
        texts, chains = {"r1": self.HERE, "r2": self.THERE}, {"r1": ("a", "x"), "r2": ("b", "y")}
        cells = [Cell(report=r, start=0, end=len(t), text=t, chain=chains[r], basis="cited") for r, t in texts.items()]
        return count_origins(provenance(cells, told(**texts), known, [], [])).origins.high

    def test_in_two_translations_it_has_one_speaker_where_one_report_does_not_name_him(self) -> None:
        assert 1 == self.count(("unnamed", "the striker"))

    def test_two_who_are_named_may_have_said_much_the_same(self) -> None:
        assert 2 == self.count(("person", "Nils Herz"))
