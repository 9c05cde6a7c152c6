"""Claims of a story laid side by side: rows of cells, how they relate, and how many origins each has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from ..lang import readable
from ..text import fold
from ..types import Annotated, Arithmetic, Cell, Claim, Link, MaybeSame, Party, PartyId, Rate, ReportId
from .alignment import align, load_scorer
from .arithmetic import sums
from .cells import Row, Standing, cell_of, judged
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
    reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link], maybes: Sequence[MaybeSame], rates: Sequence[Rate] = ()
) -> tuple[tuple[Claim, ...], tuple[Arithmetic, ...]]:
    """All claims of a story, those that several reports carry first, and the sums they allow."""
    related = [r for r in reports if r.related and readable(r.article.language.value if r.article.language else None)]
    place = {r.id: i for i, r in enumerate(related)}
    by_name = sorted(related, key=lambda r: (r.article.path, r.article.outlet.value if r.article.outlet else "", r.article.text))
    twins = _twins(by_name, links)
    units = [u for r in by_name if r.id not in twins for u in units_of(r)]  # in an order that does not depend on how the reports were given, nor then do rows
    again = {r.id: units_of(r) for r in by_name if r.id in twins}
    aligned = align(units, load_scorer())
    rows = [judged([units[i] for i in row], sure) for row, sure in aligned]  # before copies stand in them: a copy makes nothing surer
    used = {i for (ids, _), row in zip(aligned, rows, strict=True) for i, x in zip(ids, row, strict=True) if not x.aside}
    rows += [[Standing(u, 1.0, doubtful=False, aside=False)] for i, u in enumerate(units) if i not in used and len(u.stems) > 2]
    rows = _as_given([[*row, *_copied(row, twins, again)] for row in rows], place)
    by_id, by_party = {r.id: r for r in related}, {p.id: p for p in parties}
    cells = [(tuple(cell_of(x.unit, by_id[x.unit.report], links, x.doubtful) for x in row), row) for row in rows]
    tied, perhaps = _by_pair(links), _by_first(maybes)
    claims = tuple(
        _claim(i, c, row, by_id, by_party, _among(c, tied), _of(c, perhaps)) for i, (c, row) in enumerate(cells, 1)
    )
    return claims, sums(related, claims, given=rates)


def _twins(reports: Sequence[Annotated], links: Sequence[Link]) -> dict[ReportId, ReportId]:
    """Each report that is another's text over again, with the first of that text: it adds no words of its own to weigh.

    First is one that does not stand under an outlet which its text never names: of "told the Ledger" in the Ledger and in a paper that copies it, the
    second cites the Ledger, so that rows made from it would not be those made without it.
    """
    order = {r.id: (_unnamed_in_itself(r), i) for i, r in enumerate(reports)}
    first = {r.id: r.id for r in reports}
    for link in links:
        if min(link.containment.from_in_to, link.containment.to_in_from) >= _TWIN:
            one, two = sorted((first[link.from_], first[link.to]), key=lambda r: order[r])
            first = {r: one if f == two else f for r, f in first.items()}
    return {r: f for r, f in first.items() if r != f}


def _unnamed_in_itself(report: Annotated) -> bool:
    outlet = report.article.outlet.value if report.article.outlet else ""
    return fold(outlet).removeprefix("the ") not in fold(report.article.text)


def _by_pair(links: Sequence[Link]) -> dict[tuple[ReportId, ReportId], list[Link]]:
    found: dict[tuple[ReportId, ReportId], list[Link]] = {}
    for x in links:
        found.setdefault((min(x.from_, x.to), max(x.from_, x.to)), []).append(x)
    return found


def _among(cells: Sequence[Cell], tied: Mapping[tuple[ReportId, ReportId], list[Link]]) -> list[Link]:
    """The links between the reports of a row: of a story of hundreds, each row looks at its own alone."""
    reports = sorted({c.report for c in cells})
    return [x for pair in combinations(reports, 2) for x in tied.get(pair, ())]


def _by_first(maybes: Sequence[MaybeSame]) -> dict[PartyId, list[MaybeSame]]:
    found: dict[PartyId, list[MaybeSame]] = {}
    for m in maybes:
        found.setdefault(m.a, []).append(m)
    return found


def _of(cells: Sequence[Cell], perhaps: Mapping[PartyId, list[MaybeSame]]) -> list[MaybeSame]:
    """The pairs that may be one among the last parties of a row."""
    ends = {c.chain[-1] for c in cells}
    return [m for p in sorted(ends) if len(ends) > 1 for m in perhaps.get(p, ()) if m.b in ends]


def _copied(row: Row, twins: Mapping[ReportId, ReportId], again: Mapping[ReportId, Sequence[Unit]]) -> Iterator[Standing]:
    """The same clauses in the reports whose text is that of one in the row."""
    for twin, first in twins.items():
        for x in row:
            if x.unit.report == first:
                yield from [x._replace(unit=u) for u in again[twin] if u.stems == x.unit.stems][:1]


def _as_given(rows: Sequence[Row], place: Mapping[ReportId, int]) -> list[Row]:
    """Rows of several cells first; rows in the order of the reports as given and of their texts, and their cells likewise."""
    ordered = [sorted(row, key=lambda x: (place[x.unit.report], x.unit.region)) for row in rows]
    return sorted(ordered, key=lambda row: (len(row) == 1, [(place[x.unit.report], x.unit.region) for x in row]))


def _claim(
    number: int,
    cells: tuple[Cell, ...],
    row: Row,
    reports: Mapping[str, Annotated],
    parties: Mapping[PartyId, Party],
    links: Sequence[Link],
    maybes: Sequence[MaybeSame],
) -> Claim:
    counted = [c for c in cells if not c.doubtful]
    firm = [x.sure for x in row if not x.aside]
    compared = [msgspec.structs.replace(c, doubtful=x.aside) for c, x in zip(cells, row, strict=True)]
    relation, why = relate(compared, reports, sum(firm) / len(firm))
    count = count_origins(provenance(counted, reports, parties, links, maybes))
    return Claim(
        id=f"c{number}", question=question(cells, reports, parties), cells=cells, relation=relation, why=why,
        origins=count.origins, witnesses=count.witnesses, weakest=count.weakest, confidence=round(sum(x.sure for x in row) / len(row), 3),
    )  # fmt: skip
