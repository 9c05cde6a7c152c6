"""Claims of a story laid side by side: rows of cells, how they relate, and how many origins each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..text import span
from ..types import Annotated, Arithmetic, Basis, Cell, Claim, Link, MaybeSame, Party, PartyId
from .alignment import align, load_scorer
from .arithmetic import sums
from .origins import Count, count_origins
from .provenance import provenance
from .question import question
from .relation import relate
from .units import Unit, units_of

__all__ = ["compare", "count_story"]


def compare(
    reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link], maybes: Sequence[MaybeSame]
) -> tuple[tuple[Claim, ...], tuple[Arithmetic, ...]]:
    """All claims of a story, those that several reports carry first, and the sums they allow."""
    related = [r for r in reports if r.related]
    units = [u for r in related for u in units_of(r)]
    rows = align(units, load_scorer())
    used = {i for row in rows for i in row}
    alone = _alone([u for i, u in enumerate(units) if i not in used])
    by_id, by_party = {r.id: r for r in related}, {p.id: p for p in parties}
    cells = [tuple(_cell(units[i], by_id[units[i].report], links) for i in row) for row in rows]
    cells += [(_cell(u, by_id[u.report], links),) for u in alone]
    claims = tuple(_claim(i, c, by_id, by_party, links, maybes) for i, c in enumerate(cells, 1))
    return claims, sums(related, claims)


def count_story(
    claims: Sequence[Claim], reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link], maybes: Sequence[MaybeSame]
) -> Count:
    """The origins of what the reports share: the cells of all rows that several reports carry, counted as one; of all rows where none is shared."""
    shared = [c for c in claims if len(c.cells) > 1] or list(claims)
    by_party = {p.id: p for p in parties}
    return count_origins(provenance([x for c in shared for x in c.cells], {r.id: r for r in reports}, by_party, links, maybes))


def _alone(units: Sequence[Unit]) -> list[Unit]:
    return [u for u in units if len(u.stems) > 2]


def _cell(unit: Unit, report: Annotated, links: Sequence[Link]) -> Cell:
    words = span(report.article.text, unit.region)
    own = report.marks.own or ""
    credit = tuple(c.party for c in report.marks.credits[:1] if c.party != own)
    said = unit.attribution
    chain = said.chain if said is not None and said.chain else (own, *credit)
    copied = any(
        x.directed and x.to == report.id and any(e.to.start <= unit.region[0] and unit.region[1] <= e.to.end for e in x.evidence) for x in links
    )
    basis: Basis = "cited" if len(chain) > 1 else "copied" if copied else "unattributed"
    return Cell(report=report.id, start=words.start, end=words.end, text=words.text, chain=chain, basis=basis)


def _claim(
    number: int,
    cells: tuple[Cell, ...],
    reports: Mapping[str, Annotated],
    parties: Mapping[PartyId, Party],
    links: Sequence[Link],
    maybes: Sequence[MaybeSame],
) -> Claim:
    relation, why = relate(cells, reports)
    count = count_origins(provenance(cells, reports, parties, links, maybes))
    return Claim(
        id=f"c{number}", question=question(cells, reports, parties), cells=cells, relation=relation, why=why,
        origins=count.origins, witnesses=count.witnesses, weakest=count.weakest,
    )  # fmt: skip
