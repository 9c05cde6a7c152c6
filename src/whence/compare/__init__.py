"""Claims of a story laid side by side: rows of cells, how they relate, and how many origins each has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..lang import readable
from ..text import span
from ..types import Annotated, Arithmetic, Basis, Cell, Claim, Link, MaybeSame, Party, PartyId, ReportId
from .alignment import align, load_scorer
from .arithmetic import sums
from .coverage import origins_of_coverage
from .origins import count_origins
from .provenance import provenance
from .question import question
from .relation import relate
from .remarks import remarks
from .units import Unit, units_of

__all__ = ["compare", "origins_of_coverage", "remarks"]

_TWIN = 0.95  # the share of either text that must stand in the other for the two to be one text


def compare(
    reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link], maybes: Sequence[MaybeSame]
) -> tuple[tuple[Claim, ...], tuple[Arithmetic, ...]]:
    """All claims of a story, those that several reports carry first, and the sums they allow."""
    related = [r for r in reports if r.related and readable(r.article.language.value if r.article.language else None)]
    place = {r.id: i for i, r in enumerate(related)}
    by_name = sorted(related, key=lambda r: (r.article.path, r.article.outlet.value if r.article.outlet else "", r.article.text))
    twins = _twins(by_name, links)
    units = [u for r in by_name if r.id not in twins for u in units_of(r)]  # in an order that does not depend on how the reports were given, nor then do rows
    again = {r.id: units_of(r) for r in by_name if r.id in twins}
    rows = [([units[i] for i in row], sure) for row, sure in align(units, load_scorer())]
    used = {u for row, _ in rows for u in row}
    rows += [([u], 1.0) for u in units if u not in used and len(u.stems) > 2]
    rows = _as_given([([*row, *_copied(row, twins, again)], sure) for row, sure in rows], place)
    by_id, by_party = {r.id: r for r in related}, {p.id: p for p in parties}
    cells = [(tuple(_cell(u, by_id[u.report], links) for u in row), sure) for row, sure in rows]
    claims = tuple(_claim(i, c, sure, by_id, by_party, links, maybes) for i, (c, sure) in enumerate(cells, 1))
    return claims, sums(related, claims)


def _twins(reports: Sequence[Annotated], links: Sequence[Link]) -> dict[ReportId, ReportId]:
    """Each report that is another's text over again, with the first of that text: it adds no words of its own to weigh."""
    order = {r.id: i for i, r in enumerate(reports)}
    first = {r.id: r.id for r in reports}
    for link in links:
        if link.kind == "copies" and min(link.containment.from_in_to, link.containment.to_in_from) >= _TWIN:
            one, two = sorted((first[link.from_], first[link.to]), key=lambda r: order[r])
            first = {r: one if f == two else f for r, f in first.items()}
    return {r: f for r, f in first.items() if r != f}


def _copied(row: Sequence[Unit], twins: Mapping[ReportId, ReportId], again: Mapping[ReportId, Sequence[Unit]]) -> Iterator[Unit]:
    """The same clauses in the reports whose text is that of one in the row."""
    for twin, first in twins.items():
        for unit in row:
            if unit.report == first:
                yield from [u for u in again[twin] if u.stems == unit.stems][:1]


def _as_given(rows: Sequence[tuple[list[Unit], float]], place: Mapping[ReportId, int]) -> list[tuple[list[Unit], float]]:
    """Rows of several cells first; rows in the order of the reports as given and of their texts, and their cells likewise."""
    ordered = [(sorted(row, key=lambda u: (place[u.report], u.region)), sure) for row, sure in rows]
    return sorted(ordered, key=lambda x: (len(x[0]) == 1, [(place[u.report], u.region) for u in x[0]]))


def _cell(unit: Unit, report: Annotated, links: Sequence[Link]) -> Cell:
    words = span(report.article.text, unit.region)
    own = report.marks.own or ""
    credit = tuple(c.party for c in report.marks.credits if c.party != own)[:1]
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
    sure: float,
    reports: Mapping[str, Annotated],
    parties: Mapping[PartyId, Party],
    links: Sequence[Link],
    maybes: Sequence[MaybeSame],
) -> Claim:
    relation, why = relate(cells, reports)
    count = count_origins(provenance(cells, reports, parties, links, maybes))
    return Claim(
        id=f"c{number}", question=question(cells, reports, parties), cells=cells, relation=relation, why=why,
        origins=count.origins, witnesses=count.witnesses, weakest=count.weakest, confidence=round(sure, 3),
    )  # fmt: skip
