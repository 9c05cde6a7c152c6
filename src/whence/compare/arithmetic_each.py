"""So much each: a number of things, what each has, and what all have together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import expressions as re
from ..types import Annotated, Quantity
from .arithmetic_sum import Interval, Sum, closed, countable, cue, interval, near, ratio, verdict
from .scales import factor

__all__ = ["each"]

_EACH = re.compile(r"\s+(?:each\b|apiece\b|(?:a|an|per|to\s+a|to\s+each|for\s+each|for\s+every)\s+([a-z]+))")
_AT = re.compile(r"(?i)\bat\s+(?:\w+\s)?\Z")
_NEAR = 0.25  # how far, as a share, a product may lie from the total that it is held against

Place = tuple[int, Quantity]


def each(report: Annotated, found: Sequence[Place], language: str) -> Iterator[Sum]:
    """ "1,260 shelters, at five persons a shelter", "90 tonnes to 6,000 people, 15 kilograms each": held against the figure that states it."""
    text = report.article.text
    for place, rate in found:
        m = _EACH.match(text, rate.end)
        a = closed(rate)
        if a is None or rate.unit in {"", "1"}:
            continue
        beside = near(found, place, 1)
        told = _told_before(text, rate, beside, language)
        if m is None and told is None:
            continue
        things = [told] if told is not None else [q for q in near(found, place, 2) if q is not rate and _counts(q, rate, m[1] if m else None)]
        for q in things:
            b = closed(q)
            if b is None:
                continue
            got = (a[0] * b[0], a[1] * b[1])
            totals = [(x, size) for x in near(found, place, 2) if x is not rate and x is not q and x.value and (size := _size(x, rate)) is not None]
            close = [(x, size) for x, size in totals if verdict(_scaled(got, size), x) == "consistent" or _near(x, size, rate, q)]
            if close:
                total, size = close[0]
                yield from _both(report, total, size, rate, q, got, b)
                return
            if m is not None and _AT.search(text[max(0, rate.start - 12) : rate.start]):
                yield _made(report, q, "so many each", f"{q.text} × {rate.text}", got, None)
                return


def _told_before(text: str, rate: Quantity, beside: Sequence[Quantity], language: str) -> Quantity | None:
    """The things of "each of the 1,200 families will get $500"."""
    for q in beside:
        before = q.end <= rate.start and not any(q.end <= x.start < rate.start for x in beside)
        if before and countable(q) and q.unit != rate.unit and cue(text, (max(0, q.start - 16), q.start), "each", "before", language):
            return q
    return None


def _counts(q: Quantity, rate: Quantity, noun: str | None) -> bool:
    """The figure counts what the rate is for each of: things of that noun or, after "each", any things but the rate's own."""
    if not countable(q) or q.unit == rate.unit:
        return False
    return q.unit == noun if noun is not None else q.unit != ""


def _size(total: Quantity, rate: Quantity) -> float | None:
    """What one unit of the rate is in the total's; None where they are not of one kind."""
    return 1.0 if total.unit == rate.unit else factor(rate.unit, total.unit) if total.unit and rate.unit else None


def _scaled(got: Interval, size: float) -> Interval:
    return got[0] * size, got[1] * size


def _near(total: Quantity, size: float, rate: Quantity, things: Quantity) -> bool:
    product = (rate.value or 0.0) * (things.value or 0.0) * size
    return bool(total.value) and abs(product - (total.value or 0.0)) <= _NEAR * (total.value or 1.0)


def _both(
    report: Annotated, total: Quantity, size: float, rate: Quantity, q: Quantity, got: Interval, b: Interval
) -> Iterator[Sum]:
    """What all have together, where it stands after the rate; else what each has."""
    ends = closed(total)
    if total.start > rate.start or ends is None:
        yield _made(report, q, "so many each", f"{q.text} × {rate.text}", _scaled(got, size), total)
    else:
        yield _made(report, rate, "how much each has", f"{total.text} / {q.text}", _scaled(ratio(ends, b), 1 / size), rate)


def _made(report: Annotated, about: Quantity, reading: str, working: str, got: Interval, stated: Quantity | None) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1], stated=stated,
        verdict=verdict(got, stated) if stated is not None else "not-checkable",
    )  # fmt: skip
