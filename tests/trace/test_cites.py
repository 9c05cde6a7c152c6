"""Reports that name another report's outlet as their source, and oddities that reports share."""

from __future__ import annotations

import pytest

from whence.trace import find_links
from whence.types import Article, Attribution, Credit, Fact, Link, Marks, Party, PartyKind, Region, Span

SCOOP = "Divers in Oldmere recovered forty brass propellers from the sunken ferry on Tuesday. The harbour trust will auction them for the orphanage."
RELAY = "The propellers came up after a storm. The Oldmere Herald reported that forty brass propellers were recovered from the ferry by divers."
BARE = "Nobody on the quay would say a word. The Oldmere Herald reported that the mayor of another town has resigned for reasons of health."


def span(text: str, words: str) -> Span:
    begin = text.index(words)
    return Span(start=begin, end=begin + len(words), text=words)


def article(name: str, text: str, published: str | None = None) -> Article:
    dated = Fact(value=published, basis="given") if published else None
    return Article(path=name, text=text, outlet=Fact(value=name, basis="given"), published=dated)


def sentences(text: str) -> tuple[Region, ...]:
    ends = [i + 1 for i, char in enumerate(text) if char == "."]
    return tuple((begin + (begin > 0), end) for begin, end in zip([0, *ends], ends, strict=False))


def marks(name: str, text: str, cited: str | None = None, content: str = "", *, kind: PartyKind = "outlet") -> Marks:
    own = Party(id="p1", name=name, kind="outlet")
    if cited is None:
        return Marks(parties=(own,), own="p1", sentences=sentences(text))
    said = Attribution(
        id="a1", report="r2", kind="indirect", chain=("p1", "p2"), source=span(text, f"The {cited}"), cue=span(text, "reported"),
        content=(span(text, content),), confidence=1.0,
    )  # fmt: skip
    return Marks(parties=(own, Party(id="p2", name=cited, kind=kind)), own="p1", attributions=(said,), sentences=sentences(text))


def links(*reports: tuple[Article, Marks]) -> tuple[Link, ...]:
    return find_links([a for a, _ in reports], [m for _, m in reports], [f"r{n + 1}" for n in range(len(reports))])


SOURCE = article("Oldmere Herald", SCOOP), marks("Oldmere Herald", SCOOP)
CITING = article("Gazette", RELAY), marks("Gazette", RELAY, "Oldmere Herald", "forty brass propellers were recovered from the ferry by divers")


class TestCites:
    @pytest.mark.parametrize("turned", [False, True])
    def test_who_names_the_outlet_of_another_report_cites_it(self, turned: bool) -> None:
        (link,) = links(CITING, SOURCE) if turned else links(SOURCE, CITING)
        assert (link.kind, link.from_, link.to, link.directed) == ("cites", *(("r2", "r1") if turned else ("r1", "r2")), True)

    def test_the_evidence_is_the_naming_words_and_the_sentence_that_answers_to_them(self) -> None:
        (link,) = links(SOURCE, CITING)
        (shown,) = link.evidence
        assert "The Oldmere Herald reported" == RELAY[shown.to.start : shown.to.end]
        assert SCOOP[: SCOOP.index(".") + 1] == SCOOP[shown.from_.start : shown.from_.end]
        assert "The Oldmere Herald reported" in link.why

    def test_where_nothing_answers_the_whole_report_is_shown_and_less_is_claimed(self) -> None:
        (sure,) = links(SOURCE, CITING)
        (link,) = links(SOURCE, (article("Gazette", BARE), marks("Gazette", BARE, "Oldmere Herald", "the mayor of another town has resigned")))
        assert (0, len(SCOOP)) == (link.evidence[0].from_.start, link.evidence[0].from_.end)
        assert "no sentence of r1 answers" in link.why
        assert link.confidence < sure.confidence

    def test_of_two_reports_of_the_outlet_the_one_that_answers_is_meant(self) -> None:
        other = "The lighthouse keeper retired on Monday. His lamp goes to the museum in the capital."
        found = links((article("Oldmere Herald", other), marks("Oldmere Herald", other)), SOURCE, CITING)
        assert [("r2", "r3", "cites")] == [(x.from_, x.to, x.kind) for x in found]

    def test_of_two_reports_that_do_not_answer_none_is_said_to_be_meant(self) -> None:
        bare = article("Gazette", BARE), marks("Gazette", BARE, "Oldmere Herald", "the mayor of another town has resigned")
        other = "The lighthouse keeper retired on Monday. His lamp goes to the museum in the capital."
        assert () == links((article("Oldmere Herald", other), marks("Oldmere Herald", other)), SOURCE, bare)

    def test_a_report_dated_later_is_not_what_was_cited(self) -> None:
        late = article("Oldmere Herald", SCOOP, "2031-05-09"), SOURCE[1]
        assert () == links(late, (article("Gazette", RELAY, "2031-05-02"), CITING[1]))

    def test_a_credit_line_is_a_citation(self) -> None:
        text = "A storm closed the bridge at Oldmere. First reported by the Oldmere Herald."
        credit = span(text, "First reported by the Oldmere Herald")
        parties = (Party(id="p1", name="Gazette", kind="outlet"), Party(id="p2", name="Oldmere Herald", kind="outlet"))
        credited = Marks(parties=parties, own="p1", credits=(Credit(party="p2", start=credit.start, end=credit.end, text=credit.text),))
        (link,) = links(SOURCE, (article("Gazette", text), credited))
        assert ("cites", credit.text) == (link.kind, text[link.evidence[0].to.start : link.evidence[0].to.end])

    def test_shared_text_says_more_than_a_citation(self) -> None:
        text = f"{RELAY} {SCOOP}"
        relay = marks("Gazette", text, "Oldmere Herald", "forty brass propellers were recovered from the ferry by divers")
        found = links(SOURCE, (article("Gazette", text), relay))
        assert ["copies"] == [x.kind for x in found]
        assert found[0].directed

    def test_two_reports_of_one_outlet_do_not_cite_each_other(self) -> None:
        again = article("Oldmere Herald", RELAY), marks("Oldmere Herald", RELAY, "Oldmere Herald", "forty brass propellers were recovered")
        assert () == links(SOURCE, again)


STORY = (
    "Wardens at the Pellam reservoir found 34 stolen sluice keys under the boathouse floor, the district engineer told a meeting of irrigators, and "
    "the lower gates will stay shut until every lock between the weir and the old tannery has been changed."
)
OTHERS = (
    "Rowing clubs lost their regatta over it. At the reservoir found 34 stolen sluice keys had lain under planks since June, irrigators were told.",
    "Anglers were glad. Divers at the reservoir found 34 stolen sluice handles and a chain, and the gates had to be turned by hand for a week.",
    "In its yearly survey the basin board notes what wardens of the reservoir found: 34 stolen sluice keys, a boat and two pumps.",
)


def untold(*texts: str) -> tuple[Link, ...]:
    return links(*((article(f"Paper {n}", text), Marks()) for n, text in enumerate(texts)))


class TestSharedErrors:
    def test_a_figure_that_others_give_otherwise_is_told_with_its_rarity(self) -> None:
        wrong = STORY.replace("34", "43")
        link = next(x for x in untold(wrong, wrong, *OTHERS) if (x.from_, x.to) == ("r1", "r2"))
        assert "both give “43” in “reservoir found … stolen sluice”, as 2 of 5 reports do where the others have “34”" in link.why

    def test_a_figure_that_as_many_give_is_no_oddity(self) -> None:
        wrong = STORY.replace("34", "43")
        assert not any("both give" in x.why for x in untold(wrong, wrong, OTHERS[0]))

    def test_a_comma_left_out_at_one_place_is_told_with_its_rarity(self) -> None:
        bare = STORY.replace("irrigators, and", "irrigators and")
        found = {(x.from_, x.to): x for x in untold(bare, bare, STORY, STORY, STORY)}
        assert "both have no comma in “irrigators and”, as 2 of 5 reports do" in found["r1", "r2"].why
        assert not any("comma" in x.why for pair, x in found.items() if pair != ("r1", "r2"))

    def test_oddities_leave_less_doubt(self) -> None:
        bare = STORY.replace("irrigators, and", "irrigators and").replace("engineer", "enginere")
        plain, odd = (next(x for x in untold(t, t, STORY, STORY, STORY) if (x.from_, x.to) == ("r1", "r2")) for t in (STORY, bare))
        assert odd.confidence > plain.confidence

    def test_nothing_is_odd_in_two_reports(self) -> None:
        (link,) = untold(STORY, STORY.replace("34", "43"))
        assert "reports do" not in link.why
