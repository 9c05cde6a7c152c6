"""Which clauses of a row are counted, which are only compared, and which are neither."""

from __future__ import annotations

from whence.compare.cells import cell_of, judged
from whence.compare.units import Unit, unit_at
from whence.text import span
from whence.types import Annotated, Article, Attribution, Marks

TEXT = "The quay sank. Ann Lee said that four people were hurt."
SAID = Attribution(
    id="a1", report="r1", kind="indirect", chain=("p1", "p2"), source=None, cue=None, content=(span(TEXT, (TEXT.index("four"), len(TEXT) - 1)),), confidence=1.0
)
REPORT = Annotated(id="r1", article=Article(path="r1", text=TEXT), marks=Marks(sentences=((0, 14), (15, len(TEXT))), own="p1", attributions=(SAID,)))


def clause(*quoted: str) -> Unit:
    return Unit(
        report="r1", region=(0, 4), sentence=(0, 4), order=0.0, text="x", stems=(), words=(), quantities=(), quoted=quoted, attribution=None,
        notions=frozenset(), dates=frozenset(),
    )  # fmt: skip


class TestJudged:
    def test_a_likely_clause_is_counted_a_less_likely_one_compared_and_an_unlikely_one_neither(self) -> None:
        row = judged([clause() for _ in range(5)], [0.99, 0.99, 0.85, 0.75, 0.6])
        assert [False, False, False, True, True] == [x.doubtful for x in row]
        assert [False, False, False, False, True] == [x.aside for x in row]

    def test_the_two_surest_are_counted_however_unsure(self) -> None:
        row = judged([clause(), clause(), clause()], [0.5, 0.4, 0.3])
        assert [False, False, True] == [x.doubtful for x in row]

    def test_another_quotation_beside_one_that_two_have_is_doubtful(self) -> None:
        remark, other = ["we", "will", "pay", "for", "every", "one", "of", "them"], ["nobody", "at", "the", "port", "has", "told", "us", "so"]
        row = judged([clause(*remark), clause(*remark), clause(*other)], [0.9, 0.9, 0.95])
        assert [False, False, True] == [x.doubtful for x in row]


class TestUnitAt:
    def test_a_region_of_any_borders_has_the_attribution_that_says_it(self) -> None:
        start = TEXT.index("people")
        unit = unit_at(REPORT, (start, start + len("people were hurt")))
        assert (15, len(TEXT)) == unit.sentence
        assert ("p1", "p2") == cell_of(unit, REPORT, ()).chain

    def test_what_nobody_is_said_to_have_said_is_the_outlets_own(self) -> None:
        cell = cell_of(unit_at(REPORT, (0, 13)), REPORT, ())
        assert ("p1",) == cell.chain
        assert "The quay sank" == cell.text
