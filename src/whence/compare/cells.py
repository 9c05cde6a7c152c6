"""The clauses of a row as cells: which of them may well answer another question, and the chain each came by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..text import span
from ..types import Annotated, Basis, Cell, Link
from .quotes import compare_quotes
from .units import Unit

__all__ = ["Row", "Standing", "cell_of", "judged"]

_SURE = 0.8  # how probable a cell must be to belong to its row before a count or a relation rests on it
_QUOTED = 5  # words a quotation needs to be known again


class Standing(NamedTuple):
    """A clause in a row: how probable it is to belong there, and whether it may well answer another question."""

    unit: Unit
    sure: float
    doubtful: bool


Row = list[Standing]


def judged(units: Sequence[Unit], sure: Sequence[float]) -> Row:
    """The row, with what may well answer another question marked, but for the two surest: the unlikely, and other words beside one utterance."""
    said = [" ".join(u.quoted) if len(u.quoted) >= _QUOTED else "" for u in units]
    echoed = [bool(a) and any(b and (a == b or compare_quotes(a, b) is not None) for j, b in enumerate(said) if i != j) for i, a in enumerate(said)]
    doubtful = [not again and (p < _SURE or (bool(a) and any(echoed))) for p, a, again in zip(sure, said, echoed, strict=True)]
    surest = sorted(range(len(units)), key=lambda i: (doubtful[i], -sure[i], i))[:2]
    return [Standing(u, p, d and i not in surest) for i, (u, p, d) in enumerate(zip(units, sure, doubtful, strict=True))]


def cell_of(unit: Unit, report: Annotated, links: Sequence[Link], doubtful: bool = False) -> Cell:
    words = span(report.article.text, unit.region)
    own = report.marks.own or ""
    credit = tuple(c.party for c in report.marks.credits if c.party != own)[:1]
    said = unit.attribution
    chain = said.chain if said is not None and said.chain else (own, *credit)
    copied = any(
        x.directed and x.to == report.id and any(e.to.start <= unit.region[0] and unit.region[1] <= e.to.end for e in x.evidence) for x in links
    )
    basis: Basis = "cited" if len(chain) > 1 else "copied" if copied else "unattributed"
    return Cell(report=report.id, start=words.start, end=words.end, text=words.text, chain=chain, basis=basis, doubtful=doubtful)
