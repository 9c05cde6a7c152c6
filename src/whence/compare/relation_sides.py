"""What one cell of a row says, as the tests of a relation see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from ..text import folded_words, overlap
from ..types import Annotated, Cell, Quantity, Relation
from .notions import notions_in
from .quotes import quotation_in
from .relation_times import Moment, moments
from .stems import stem, stopwords

__all__ = ["Found", "Side", "quantities_in", "side_of"]

Found = tuple[Relation, str] | None
"""The relation a test finds and why, in a plain sentence that quotes the words; None where it does not hold."""


class Side(NamedTuple):
    """A cell with its report and what is known of its words: ``stems`` of those that say something, what stands in quotation marks, and times named."""

    cell: Cell
    report: Annotated
    who: str
    words: Sequence[str]
    stems: frozenset[str]
    figures: tuple[Quantity, ...]
    notions: frozenset[str]
    quotation: str
    moments: tuple[Moment, ...]


def side_of(cell: Cell, reports: Mapping[str, Annotated], language: str) -> Side:
    """The cell as one side of a comparison."""
    report, stop = reports[cell.report], stopwords(language)
    article, words = report.article, folded_words(cell.text)
    return Side(
        cell=cell,
        report=report,
        who=article.outlet.value if article.outlet else PurePath(article.path).name,
        words=words,
        stems=frozenset(stem(w) for w in words if w not in stop),
        figures=quantities_in(cell, reports),
        notions=notions_in(words, language),
        quotation=quotation_in(article.text, (cell.start, cell.end)),
        moments=moments(cell.text, language),
    )


def quantities_in(cell: Cell, reports: Mapping[str, Annotated]) -> tuple[Quantity, ...]:
    """The quantities of a cell's words."""
    return tuple(q for q in reports[cell.report].marks.quantities if overlap((q.start, q.end), (cell.start, cell.end)))
