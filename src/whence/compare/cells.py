"""The clauses of a row as cells: which of them may well answer another question, and the chain each came by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..text import span
from ..types import Annotated, Basis, Cell, Link
from .quotes import compare_quotes
from .units import Unit

__all__ = ["Row", "Standing", "cell_of", "judged"]

_COUNTED = 0.8  # how probable a cell must be to belong to its row before a count rests on it
_COMPARED = 0.7  # and before a relation does, which one cell too many harms less
_QUOTED = 5  # words a quotation needs to be known again


class Standing(NamedTuple):
    """A clause in a row: how probable it is to belong there, whether a count may rest on it, and whether it is too doubtful even to be compared."""

    unit: Unit
    sure: float
    doubtful: bool
    aside: bool


Row = list[Standing]


def judged(units: Sequence[Unit], sure: Sequence[float]) -> Row:
    """The row, with what may well answer another question marked, but for the two surest: the unlikely, and other words beside one utterance."""
    said = [" ".join(u.quoted) if len(u.quoted) >= _QUOTED else "" for u in units]
    echoed = [bool(a) and any(b and (a == b or compare_quotes(a, b) is not None) for j, b in enumerate(said) if i != j) for i, a in enumerate(said)]
    other = [bool(a) and any(echoed) for a in said]
    doubtful, aside = (_doubted(sure, echoed, other, least) for least in (_COUNTED, _COMPARED))
    return [Standing(*x) for x in zip(units, sure, doubtful, aside, strict=True)]


def _doubted(sure: Sequence[float], echoed: Sequence[bool], other: Sequence[bool], least: float) -> list[bool]:
    """Which cells are less sure than ``least`` or quote other words than an utterance that is quoted twice; the two surest are not."""
    doubted = [not again and (p < least or else_) for p, again, else_ in zip(sure, echoed, other, strict=True)]
    surest = sorted(range(len(sure)), key=lambda i: (doubted[i], -sure[i], i))[:2]
    return [d and i not in surest for i, d in enumerate(doubted)]


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
