"""The question of a row: what its cells have in common, in their own words."""

from __future__ import annotations

import msgspec
import pytest

from whence.compare.question import question
from whence.compare.relation import relate
from whence.types import Annotated, Article, Attribution, Cell, Fact, Marks, Party, Span

PARTIES = {
    "p1": Party(id="p1", name="The Ledger", kind="outlet", report="r1"),
    "p2": Party(id="p2", name="The Herald", kind="outlet", report="r2"),
    "p3": Party(id="p3", name="Ilya Renn", kind="person"),
}

CASES = [
    ("shared words, no verb", "Divers found the wreck off Sela", "The wreck off Sela was found by divers", "What is said of divers and wreck off Sela?"),
    ("words that belong to a shared one", "Two harbour guards fell ill", "Both guards were treated", "What is said of harbour guards?"),
    ("no verb before it", "The mayor wants to close Sela’s old harbour", "Sela has a harbour", "What is said of Sela’s old harbour?"),
    ("a name once", "Ilya Renn met divers; Ilya Renn left", "Renn and his divers came; Ilya Renn left", "What is said of Ilya Renn and divers?"),
    ("a word that only says when", "He fell ill a year ago in Sela", "A year ago Sela lost its mayor", "What is said of Sela?"),
    ("nothing shared", "He was 71.", "She had been ill", "What is said of “He was 71”?"),
    ("no possessive", "The harbour’s pumps burned", "The harbour was closed", "What is said of harbour?"),
    ("no day of the week", "The harbour reopened on Monday", "On Monday the harbour was still dark", "What is said of harbour?"),
    ("the day where nothing else is shared", "They met on Monday", "She left Monday evening", "What is said of Monday?"),
    ("no run across a comma", "Renn, Porto Velho mayor, resigned", "Renn, Porto Velho mayor, went", "What is said of Renn and Porto Velho mayor?"),
]


def cells(left: str, right: str, chains: tuple[tuple[str, ...], tuple[str, ...]] = (("p1",), ("p2",))) -> tuple[Cell, Cell]:
    return (
        Cell(report="r1", start=0, end=len(left), text=left, chain=chains[0], basis="unattributed"),
        Cell(report="r2", start=0, end=len(right), text=right, chain=chains[1], basis="unattributed"),
    )


def reports(left: str, right: str) -> dict[str, Annotated]:
    return {
        r: Annotated(
            id=r, article=Article(path=r, text=t, outlet=Fact(value=PARTIES[own].name, basis="given")), marks=Marks(sentences=((0, len(t)),), own=own)
        )
        for r, own, t in (("r1", "p1", left), ("r2", "p2", right))
    }


class TestQuestion:
    @pytest.mark.parametrize(("left", "right", "asked"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
    def test_it_names_what_is_shared(self, left: str, right: str, asked: str) -> None:
        assert asked == question(cells(left, right), reports(left, right), PARTIES)

    def test_who_told_it_is_no_topic(self) -> None:
        left, right = "The clerk said the harbour was closed", "The harbour was closed, the clerk said"
        told = reports(left, right)
        credit = Attribution(
            id="a1", report="r1", kind="indirect", chain=("p1", "p3"), source=Span(start=0, end=9, text=left[:9]), cue=Span(start=10, end=14, text="said"),
            content=(Span(start=15, end=len(left), text=left[15:]),), confidence=0.9,
        )  # fmt: skip
        told["r1"] = msgspec.structs.replace(told["r1"], marks=msgspec.structs.replace(told["r1"].marks, attributions=(credit,)))
        assert "What is said of clerk and harbour?" == question(cells(left, right), reports(left, right), PARTIES)
        assert "What is said of harbour?" == question(cells(left, right), told, PARTIES)

    def test_an_outlet_that_heard_it_is_no_topic(self) -> None:
        left, right = "The harbour was closed, divers told The Ledger", "The Ledger says the harbour was closed to divers"
        assert "What is said of harbour and divers?" == question(cells(left, right, (("p2", "p1"), ("p1",))), reports(left, right), PARTIES)

    def test_a_speaker_is_named_where_all_quote_him(self) -> None:
        left, right = "“We will stay”", "“We will stay here”"
        assert "What did Ilya Renn say?" == question(cells(left, right, (("p1", "p3"), ("p2", "p3"))), reports(left, right), PARTIES)

    def test_a_speaker_is_not_named_for_words_of_another(self) -> None:
        left, right = "“We will stay at sea”", "“They will stay at sea”"
        assert "What is said of stay at sea?" == question(cells(left, right, (("p1", "p3"), ("p2",))), reports(left, right), PARTIES)


class TestNegation:
    def test_a_negation_of_the_same_thing_differs(self) -> None:
        left, right = "The harbour has not reopened to ferries", "The harbour has reopened to ferries"
        assert "differs" == relate(cells(left, right), reports(left, right))[0]

    def test_a_negation_of_something_else_does_not(self) -> None:
        left, right = "Neighbours without water queued at the harbour", "Ferries returned to the harbour after the storm passed"
        assert "negation" not in relate(cells(left, right), reports(left, right))[1]


    def test_not_only_denies_nothing(self) -> None:
        left, right = "The storm not only closed the harbour but sank two ferries", "The storm closed the harbour and sank two ferries"
        assert "negation" not in relate(cells(left, right), reports(left, right))[1]


class TestReason:
    def test_a_report_whose_outlet_is_not_known_is_called_by_its_file(self) -> None:
        left, right = "Ferries may return to the harbour", "Ferries return to the harbour"
        told = {r: msgspec.structs.replace(a, article=Article(path=f"folder/{r}.txt", text=a.article.text)) for r, a in reports(left, right).items()}
        assert ("hedge-changed", "r1.txt says “may”; r2.txt does not") == relate(cells(left, right), told)
