"""A report's text in pieces: nothing is lost, nothing is moved, and every mark covers its own words."""

from __future__ import annotations

import made_stories
from hypothesis import given
from hypothesis import strategies as st

from whence.report.marking import Piece, paragraphs_of
from whence.report.naming import cast_of
from whence.report.wording import different_words
from whence.text import paragraphs
from whence.types import Attribution, Cell, Furniture, Quantity, Span

TEXT = "One said two.\n\n  “Three,” four said, citing five. Six are 7 and eight.\n\nNine, ten.\n"
REGION = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(lambda x: (x[0], min(len(TEXT), x[0] + x[1])))


class TestPieces:
    @given(st.lists(REGION, max_size=6), st.lists(REGION, max_size=6), st.lists(REGION, max_size=4), st.lists(REGION, max_size=3))
    def test_whatever_overlaps_the_words_stay_whole(self, cells: list, contents: list, numbers: list, furniture: list) -> None:  # type: ignore[type-arg]
        r = made_stories.report("r1", TEXT, "A", furniture=tuple(Furniture(start=a, end=b, kind="promo") for a, b in furniture))
        said = [
            Attribution(id=f"a{i}", report="r1", kind="indirect", chain=("p1", "p2"), source=None, cue=None, content=(_span(x),), confidence=1.0)
            for i, x in enumerate(contents)
        ]
        found = [
            Quantity(id=f"q{i}", report="r1", start=a, end=b, text=TEXT[a:b], low=1, high=2, value=1, unit="1") for i, (a, b) in enumerate(numbers)
        ]
        claims = [
            made_stories.claim(f"c{i}", "?", [cell], made_stories.counted(1, 1, 1), ["p1"])
            for i, cell in enumerate(Cell(report="r1", start=a, end=b, text=TEXT[a:b], chain=("p1",), basis="own") for a, b in cells)
        ]
        story = made_stories.story([r], [made_stories.party("p1", "A"), made_stories.party("p2", "B")], claims, attributions=said, quantities=found)
        shown = paragraphs_of(story, r, cast_of(story))
        assert [TEXT[a:b] for a, b in paragraphs(TEXT)] == ["".join(x.text for x in _pieces([p])) for p in shown]
        assert len({p.anchor for x in shown for p in x.places if p.anchor}) == sum(bool(p.anchor) for x in shown for p in x.places)
        for name, regions in (("k", contents), ("q", numbers), ("f", furniture)):
            covered = "".join(x.text for x in _pieces(shown) if name in x.layers.split())
            inside = "".join(TEXT[i] for a, b in paragraphs(TEXT) for i in range(a, b) if any(s <= i < e for s, e in regions))
            assert inside == covered

    def test_a_cell_leads_back_to_its_row(self) -> None:
        story = made_stories.two_reports()
        places = [p for x in paragraphs_of(story, story.reports[0], cast_of(story)) for p in x.places if p.rows]
        assert [("c1", "How much will the port spend?"), ("c2", "What did the official say?")] == [p.rows[0] for p in places]

    def test_who_is_heard_stands_beside_the_paragraph(self) -> None:
        story = made_stories.two_reports()
        chains = [x.chains for x in paragraphs_of(story, story.reports[0], cast_of(story))]
        assert [(), ("The Harbour Ledger ← a port official, unnamed",), (), (), ()] == chains


class TestWording:
    def test_words_that_only_one_wording_has(self) -> None:
        a, b = "Will we be next?", "Are we going to be next?"
        assert [["Will"], ["Are", "going to"]] == _words([a, b])

    def test_the_wording_most_have_is_the_measure(self) -> None:
        texts = ["we will go now", "we will go now", "we shall go now"]
        assert [["will"], ["will"], ["shall"]] == _words(texts)

    def test_case_and_punctuation_are_no_difference(self) -> None:
        assert [[], []] == _words(["We will go.", "“We will go,”"])

    def test_wordings_with_little_in_common_are_left_alone(self) -> None:
        assert [[], []] == _words(["one two three", "four five six"])

    def test_unless_they_are_said_to_be_one_quote(self) -> None:
        assert [["one two three"], ["four five six"]] == _words(["one two three", "four five six"], always=True)

    @given(st.lists(st.text(alphabet="ab c,.漢", max_size=30), max_size=4), st.booleans())
    def test_marks_lie_in_the_text_in_order(self, texts: list[str], always: bool) -> None:
        for text, regions in zip(texts, different_words(texts, always=always), strict=True):
            flat = [x for r in regions for x in r]
            assert sorted(flat) == flat
            assert all(0 <= a < b <= len(text) for a, b in regions)


def _words(texts: list[str], *, always: bool = False) -> list[list[str]]:
    return [[t[a:b] for a, b in r] for t, r in zip(texts, different_words(texts, always=always), strict=True)]


def _span(region: tuple[int, int]) -> Span:
    return Span(start=region[0], end=region[1], text=TEXT[region[0] : region[1]])


def _pieces(shown: list) -> list[Piece]:  # type: ignore[type-arg]
    return [x for p in shown for place in p.places for x in place.pieces]
