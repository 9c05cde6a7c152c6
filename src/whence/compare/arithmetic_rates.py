"""What two sums of money imply: a rate of exchange, or a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from .. import expressions as re
from ..text import overlap
from ..types import Annotated, Cell, Claim, Quantity
from .arithmetic_sum import Interval, Sum, closed, countable, interval, is_money, ratio, rounded, taken

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
            if not is_money(thing) and countable(thing) and thing.unit not in {"", "person"} and ("or" in between or "(" in between):
                yield from _price(report, p, q)
    beside: set[frozenset[str]] = set()
    for report, p, q, across in money_pairs(reports, claims):
        units = frozenset((p.unit, q.unit))
        if not across or units not in beside:
            yield from _rate(report, p, q, across=across)
        beside |= set() if across else {units}


def money_pairs(reports: Sequence[Annotated], claims: Sequence[Claim]) -> Iterator[tuple[Annotated, Quantity, Quantity, bool]]:
    """One sum of money in two currencies: side by side in a report, or (True) in the cells of a claim, where the report is that of the second."""
    for report in reports:
        for p, q in pairwise(x for _, x in taken(report)):
            between = report.article.text[p.end : q.start]
            if is_money(p) and is_money(q) and p.unit != q.unit and between.strip() and _EQUIVALENT.fullmatch(between):
                yield report, p, q, False
    yield from ((report, p, q, True) for report, p, q in _across(reports, claims))


def _across(reports: Sequence[Annotated], claims: Sequence[Claim]) -> Iterator[tuple[Annotated, Quantity, Quantity]]:
    """Two reports that answer one question in two currencies, with as many sums each that all imply one rate; a currency tied to another once."""
    by_id = {r.id: r for r in reports}
    tied: set[str] = set()  # currencies whose rates are told: a third rate of three currencies is no news
    for claim in claims:
        cells = [(by_id[c.report], _sums_of_money(by_id[c.report], c)) for c in claim.cells if not c.doubtful]
        alone = [(r, some) for r, some in cells if len({q.unit for q in some}) == 1]
        for (_, some), (report, others) in combinations(alone, 2):
            units = frozenset((some[0].unit, others[0].unit))
            if len(units) == 1 or units <= tied or len(some) != len(others) or not _one_rate(some, others):
                continue
            tied |= units
            yield report, some[0], others[0]


def _sums_of_money(report: Annotated, cell: Cell) -> list[Quantity]:
    """The sums of money of a cell, the smallest first."""
    found = [q for q in report.marks.quantities if is_money(q) and q.value and overlap((q.start, q.end), (cell.start, cell.end))]
    return sorted(found, key=lambda q: q.value or 0.0)


def _one_rate(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
    """True where all sums imply one rate, and it is not that of a currency mistaken for another."""
    pairs = [(a, b) for p, q in zip(some, others, strict=True) if (a := closed(p)) and (b := closed(q))]
    if len(pairs) < len(some) or any(p.value == q.value for p, q in zip(some, others, strict=True)):
        return False
    implied = [ratio(a, b) for a, b in pairs]
    return max(low for low, _ in implied) <= min(high for _, high in implied)


def _rate(report: Annotated, p: Quantity, q: Quantity, *, across: bool = False) -> Iterator[Sum]:
    a, b = (closed(p), closed(q)) if across else (rounded(p), rounded(q))
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
