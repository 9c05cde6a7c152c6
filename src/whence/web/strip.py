"""When the reports of a story came out, as something small to draw: marks on a line of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from ..types import Value

__all__ = ["Mark", "Strip", "day", "moment", "strip_of"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d):(\d\d))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Mark(Value, frozen=True, kw_only=True):
    """Where a report stands on the line, and how many stand there before it."""

    x: float
    y: float
    title: str
    key: str


class Strip(Value, frozen=True, kw_only=True):
    """Marks in order of time, size in the drawing's own units, the ends in words, and how many reports give no date."""

    marks: tuple[Mark, ...]
    width: float
    height: float
    first: str
    last: str
    undated: int


def moment(date: str | None) -> float | None:
    """Seconds since 1970 of an ISO date or the start of an EDTF one; None where it names no year that a calendar has."""
    found = _DATE.match(date or "")
    if found is None:
        return None
    year, month, day_, hour, minute = (int(x) if x else None for x in found.groups())
    try:
        return datetime(year or 1, month or 1, day_ or 1, hour or 0, minute or 0, tzinfo=UTC).timestamp()
    except ValueError:
        return None


def day(date: str | None) -> str:
    """ "3 Mar 2026", "Mar 2026", "2026"; what is no date comes back empty."""
    found = _DATE.match(date or "")
    if found is None or moment(date) is None:
        return ""
    year, month, day_ = found.group(1), found.group(2), found.group(3)
    return " ".join(x for x in (str(int(day_)) if day_ else "", _MONTHS[int(month) - 1] if month else "", year) if x)


def strip_of(reports: Sequence[tuple[str | None, str, str]], width: float, *, step: float = 5.0, high: float = 26.0) -> Strip:
    """Date, words and key of each report on a line of ``width``; those of one place stand on each other, closer where there are many."""
    dated = sorted(((m, day(d), words, key) for d, words, key in reports if (m := moment(d)) is not None), key=lambda x: (x[0], x[2]))
    if not dated:
        return Strip(marks=(), width=width, height=high, first="", last="", undated=len(reports))
    low, top = dated[0][0], dated[-1][0]
    room, edge = width - 10.0, 5.0
    cell = max(step, 1.0)
    bins: dict[int, int] = {}
    placed = []
    for at, when, words, key in dated:
        x = room / 2 if top == low else (at - low) / (top - low) * room
        column = int(x // cell)
        placed.append((column, bins.get(column, 0), x if bins.get(column) is None else -1.0, when, words, key))
        bins[column] = bins.get(column, 0) + 1
    rise = min(step, (high - 8.0) / max(1, max(bins.values()) - 1)) if max(bins.values()) > 1 else step
    high = min(high, 8.0 + rise * (max(bins.values()) - 1) + 5.0)
    base: dict[int, float] = {c: x for c, k, x, *_ in placed if k == 0}
    marks = tuple(
        Mark(x=round(edge + base[c], 1), y=round(high - 4.0 - k * rise, 1), title=f"{words}, {when}", key=key) for c, k, _, when, words, key in placed
    )
    return Strip(marks=marks, width=width, height=high, first=dated[0][1], last=dated[-1][1], undated=len(reports) - len(dated))
