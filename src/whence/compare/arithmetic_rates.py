"""What two sums of money imply: a rate of exchange, or a price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..text import overlap
from ..types import Annotated, Claim, Quantity
from .arithmetic_sum import Interval, Sum, closed, countable, interval, is_money, ratio, taken

__all__ = ["money_pairs", "rates"]

_EQUIVALENT = re.compile(r"\s*\(?,?\s*(?:or|about|around|equal to|equivalent to|worth|the equivalent of|i\.e\.)?\s*(?:about|around|some)?\s*")


def rates(reports: Sequence[Annotated], claims: Sequence[Claim], _: str) -> Iterator[Sum]:
    """One sum given in two currencies, in one report or in two cells of one claim; or a thing and its price."""
    for report in reports:
        text = report.article.text
        found = [q for _, q in taken(report)]
        for p, q in pairwise(found):
            between = text[p.end : q.start]
            if not (is_money(p) or is_money(q)) or p.unit == q.unit or not between.strip() or not _EQUIVALENT.fullmatch(between):
                continue
            thing = p if is_money(q) else q
            if not is_money(thing) and countable(thing) and thing.unit not in {"", "person"} and "or" in between:
                yield from _price(report, p, q)
    for report, p, q, across in money_pairs(reports, claims):
        yield from _rate(report, p, q, across=across)


def money_pairs(reports: Sequence[Annotated], claims: Sequence[Claim]) -> Iterator[tuple[Annotated, Quantity, Quantity, bool]]:
    """One sum of money in two currencies: side by side in a report, or (True) in the cells of a claim, where the report is that of the second."""
    for report in reports:
        for p, q in pairwise(x for _, x in taken(report)):
            between = report.article.text[p.end : q.start]
            if is_money(p) and is_money(q) and p.unit != q.unit and between.strip() and _EQUIVALENT.fullmatch(between):
                yield report, p, q, False
    yield from ((report, p, q, True) for report, p, q in _across(reports, claims))


def _across(reports: Sequence[Annotated], claims: Sequence[Claim]) -> Iterator[tuple[Annotated, Quantity, Quantity]]:
    """Two reports that answer one question in two currencies, one sum each."""
    by_id = {r.id: r for r in reports}
    for claim in claims:
        cells = [
            (by_id[c.report], [q for q in by_id[c.report].marks.quantities if is_money(q) and overlap((q.start, q.end), (c.start, c.end))])
            for c in claim.cells
        ]
        alone = [(r, some[0]) for r, some in cells if len(some) == 1]
        values: dict[str, set[float | None]] = {}
        for _, q in alone:
            values.setdefault(q.unit, set()).add(q.value)
        if len(values) == 2 and all(len(v) == 1 for v in values.values()):
            first = alone[0][1]
            report, other = next((r, q) for r, q in alone if q.unit != first.unit)
            yield report, first, other


def _rate(report: Annotated, p: Quantity, q: Quantity, *, across: bool = False) -> Iterator[Sum]:
    a, b = closed(p), closed(q)
    if a is None or b is None:
        return
    (many, high), (few, low) = ((p, a), (q, b)) if a[0] >= b[0] else ((q, b), (p, a))
    got = ratio(high, low)
    where = ", as two reports have it" if across else ""
    yield _made(report, q if across else p, f"implied exchange rate: {many.unit} for one {few.unit}{where}", many, few, got)


def _price(report: Annotated, p: Quantity, q: Quantity) -> Iterator[Sum]:
    money, thing = (p, q) if is_money(p) else (q, p)
    a, b = closed(money), closed(thing)
    if a is not None and b is not None:
        yield _made(report, p, f"implied price: {money.unit} for one {thing.unit}", money, thing, ratio(a, b))


def _made(report: Annotated, about: Quantity, reading: str, many: Quantity, few: Quantity, got: Interval) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{many.text} / {few.text} = {interval(*got)}", low=got[0], high=got[1],
        stated=None, verdict="not-checkable",
    )  # fmt: skip
