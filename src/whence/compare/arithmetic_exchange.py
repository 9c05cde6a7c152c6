"""Sums of money in two currencies against the exchange rates that the user gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..types import Annotated, Claim, Rate
from .arithmetic_rates import money_pairs
from .arithmetic_sum import Sum, closed, interval, verdict

__all__ = ["exchanged"]


def exchanged(reports: Sequence[Annotated], claims: Sequence[Claim], rates: Sequence[Rate]) -> Iterator[Sum]:
    """Each sum of money converted into the currency in which it is stated again, and held against that; the rate and its place stand in the reading."""
    for report, p, q, across in money_pairs(reports, claims):
        found = _rate(p.unit, q.unit, rates, report.article.published.value[:10] if report.article.published else None)
        ends = closed(p)
        if found is None or ends is None or closed(q) is None:
            continue
        rate, told = found
        got = (ends[0] * rate, ends[1] * rate)
        where = ", as two reports have it" if across else ""
        yield Sum(
            report=report, about=q, reading=f"{p.unit} into {q.unit} at the rate given{where}: {told}", working=f"{p.text} × {rate:.6g} = {interval(*got)}",
            low=got[0], high=got[1], stated=q, verdict=verdict(got, q),
        )  # fmt: skip


def _rate(source: str, target: str, rates: Sequence[Rate], published: str | None) -> tuple[float, str] | None:
    """The rate from one currency to another and, in words, what it was had from: one line, or two that have a currency in common."""
    one = _line(source, target, rates, published)
    if one is not None:
        return one
    for via in dict.fromkeys(c for r in rates if source in (r.from_, r.to) for c in (r.from_, r.to) if c != source):
        first, second = _line(source, via, rates, published), _line(via, target, rates, published)
        if first is not None and second is not None:
            return first[0] * second[0], f"{first[1]}; {second[1]}"
    return None


def _line(source: str, target: str, rates: Sequence[Rate], published: str | None) -> tuple[float, str] | None:
    """Of the lines for two currencies, either way: the last dated no later than the report, else one without a date, else the first dated."""
    lines = [r for r in rates if {r.from_, r.to} == {source, target}]
    if not lines:
        return None
    past = [r for r in lines if r.date is not None and published is not None and r.date <= published]
    open_ = [r for r in lines if r.date is None]
    dated = sorted(lines, key=lambda r: r.date or "")
    chosen = max(past, key=lambda r: r.date or "") if past else open_[0] if open_ else dated[0]
    on = f" on {chosen.date}" if chosen.date else ""
    told = f"1 {chosen.from_} = {chosen.rate:.6g} {chosen.to}{on} ({chosen.place})"
    return (chosen.rate if chosen.from_ == source else 1 / chosen.rate), told
