"""A sum as it is found, and the arithmetic of intervals that all sums share."""

from __future__ import annotations

import bisect
import functools
from collections import Counter
from collections.abc import Sequence

from .. import expressions as re
from ..lang import load
from ..text import overlap
from ..types import Annotated, Claim, Quantity, Region, Value, Verdict

__all__ = [
    "Interval",
    "Sum",
    "added",
    "claim_of",
    "closed",
    "countable",
    "cue",
    "is_money",
    "near",
    "ratio",
    "rounded",
    "taken",
    "verdict",
]

Interval = tuple[float, float]
_MONEY = re.compile(r"[A-Z]{3}\Z")
_BESIDE = 0.05
_TABLE = 40


class Sum(Value, frozen=True, kw_only=True):
    """One sum of one report: ``about`` is the figure at which it stands, ``stated`` the one it is held against."""

    report: Annotated
    about: Quantity | None
    reading: str
    working: str
    low: float | None
    high: float | None
    stated: Quantity | None
    verdict: Verdict

    def same(self, other: Sum) -> bool:
        """True for a sum of the same kind that comes out the same in another place."""
        return self.reading == other.reading and _equal(self.low, other.low) and _equal(self.high, other.high)


def _equal(a: float | None, b: float | None) -> bool:
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-6 * max(abs(a), abs(b)))


def is_money(q: Quantity) -> bool:
    return bool(_MONEY.match(q.unit))


def countable(q: Quantity) -> bool:
    """True for people and things counted, and for bare numbers."""
    return q.unit != "1" and not is_money(q) and not _is_measure(q.unit)


@functools.cache
def _is_measure(unit: str) -> bool:
    return unit in load("en", "quantities")["units"] or " / " in unit


def closed(q: Quantity) -> Interval | None:
    """Both ends of a positive figure, None where one is open."""
    return (q.low, q.high) if q.low is not None and q.high is not None and q.low > 0 else None


def rounded(q: Quantity) -> Interval | None:
    """The interval of the number itself, where a hedge has opened it."""
    return closed(q) or ((q.value, q.value) if q.value else None)


def ratio(a: Interval, b: Interval) -> Interval:
    return a[0] / b[1], a[1] / b[0]


def added(parts: Sequence[Quantity], total: Quantity | None = None) -> Interval | None:
    """The sum of some figures; where a total states it exactly and finer than a part, the part's noughts are taken as stated."""
    finest = None
    if total is not None and total.value is not None and total.value == sum(q.value or 0.0 for q in parts):
        widths = [_half(q) for q in [*parts, total]]
        finest = min(w for w in widths if w is not None) if any(w is not None for w in widths) else None
    low = high = 0.0
    for q in parts:
        ends = rounded(q)
        if ends is None:
            return None
        if finest is not None and q.value is not None and ends[1] - q.value > finest:
            ends = (q.value - finest, q.value + finest)
        low, high = low + ends[0], high + ends[1]
    return low, high


def _half(q: Quantity) -> float | None:
    return q.high - q.value if q.value is not None and q.high is not None and q.high > q.value else None


def verdict(got: Interval, stated: Quantity) -> Verdict:
    """Within the stated interval, beside it on the hedge's wrong side, or away from it."""
    slack = 1e-9 * max(abs(got[0]), abs(got[1]))
    if (stated.low is None or got[1] + slack >= stated.low) and (stated.high is None or got[0] - slack <= stated.high):
        return "consistent"
    if stated.hedge and stated.value and min(abs(got[0] - stated.value), abs(got[1] - stated.value)) <= _BESIDE * stated.value:
        return "hedge-side"
    return "inconsistent"


def claim_of(report: Annotated, q: Quantity | None, claims: Sequence[Claim]) -> str | None:
    """The claim that a figure stands in: one that several reports carry before one of its own."""
    if q is None:
        return None
    at = [
        (c.relation == "only-in", i, c.id)
        for i, c in enumerate(claims)
        for x in c.cells
        if x.report == report.id and overlap((x.start, x.end), (q.start, q.end))
    ]
    return min(at)[2] if at else None


def taken(report: Annotated) -> list[tuple[int, Quantity]]:
    """The report's figures with the numbers of their sentences, in the order of the text.

    Left out: those of page furniture, of no sentence, and of a sentence with more than forty (a table, no prose: its sums are not the reader's).
    """
    away = [(f.start, f.end) for f in report.article.furniture]
    starts = [s[0] for s in report.marks.sentences]
    found = []
    for q in report.marks.quantities:
        i = bisect.bisect_right(starts, q.start) - 1
        if i >= 0 and overlap(report.marks.sentences[i], (q.start, q.end)) and not any(overlap(a, (q.start, q.end)) for a in away):
            found.append((i, q))
    crowd = Counter(i for i, _ in found)
    return [(i, q) for i, q in found if crowd[i] <= _TABLE]


def near(found: Sequence[tuple[int, Quantity]], place: int, reach: int) -> list[Quantity]:
    return [q for i, q in found if abs(i - place) <= reach]


@functools.cache
def _cues(section: str, name: str, language: str) -> re.Pattern[str]:
    words = load(language, "arithmetic").get(section, {}).get(name, [])
    hedge = (r"(?<!\bor )", r"(?!\s+than\b)") if section == "parts" else ("", "")  # "four or more", "more than ten" add nothing
    return re.compile(rf"\b{hedge[0]}(?:{'|'.join(re.escape(w) for w in words)})\b{hedge[1]}" if words else r"(?!)", re.IGNORECASE)


def cue(text: str, region: Region, section: str, name: str, language: str) -> bool:
    """True where one of the language's words for a kind of sum stands in a region."""
    return bool(_cues(section, name, language).search(text, *region))


def number(x: float) -> str:
    """A figure as a reader would write it: whole where it is whole, else four digits."""
    return f"{x:,.0f}" if abs(x) >= 10_000 or x == int(x) else f"{x:.4g}"


def interval(low: float, high: float) -> str:
    a, b = number(low), number(high)
    return a if a == b else f"{a}–{b}"
