"""Days, months and years as EDTF strings (ISO 8601-2), and the steps between them."""

from __future__ import annotations

import calendar
import datetime

from ..types import Value

__all__ = ["Part", "day", "edtf", "nearest_year", "shift_month", "shifted", "weekday_on"]


class Part(Value, frozen=True, kw_only=True):
    """A date as far as the words give it: any of year, month and day may be missing; ``weekday`` counts from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def edtf(part: Part) -> str | None:
    """The date to the precision stated: 2022, 2022-07 or 2022-07-26; None without a year or where no calendar has such a day."""
    if part.year is None or not 1 <= part.year <= 9999:
        return None
    if part.month is None:
        return f"{part.year:04d}"
    if part.day is None:
        return f"{part.year:04d}-{part.month:02d}"
    if part.day > calendar.monthrange(part.year, part.month)[1]:
        return None
    return f"{part.year:04d}-{part.month:02d}-{part.day:02d}"


def day(published: str | None) -> datetime.date | None:
    """The day of an ISO date or time; None where it is given less exactly or not at all."""
    try:
        return datetime.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def nearest_year(part: Part, anchor: datetime.date, future: bool) -> int | None:
    """The year of a month or day of a month: the last one not after the anchor, or the next not before it.

    With a weekday it is the nearest year in which the day falls on it; None where there is none.
    """
    years = [anchor.year, anchor.year + 1] if future else [anchor.year, anchor.year - 1]
    if part.weekday is not None and part.day is not None:
        years = sorted(range(anchor.year - 1, anchor.year + 2), key=lambda y: abs(((_date(y, part) or datetime.date(1, 1, 1)) - anchor).days))
        return next((y for y in years if (d := _date(y, part)) is not None and d.weekday() == part.weekday), None)
    for year in years:
        here = (year, part.month or 1, part.day or 0)
        there = (anchor.year, anchor.month, anchor.day if part.day else 0)
        if (here >= there if future else here <= there) and _date(year, part) is not None:
            return year
    return None


def _date(year: int, part: Part) -> datetime.date | None:
    try:
        return datetime.date(year, part.month or 1, part.day or 1)
    except ValueError:
        return None


def weekday_on(weekday: int, anchor: datetime.date, future: bool) -> datetime.date | None:
    """The last such weekday up to the anchor, or the first from it on; None past the calendar's ends."""
    away = (weekday - anchor.weekday()) % 7 if future else -((anchor.weekday() - weekday) % 7)
    return shifted(anchor, away)


def shifted(anchor: datetime.date, days: int) -> datetime.date | None:
    """So many days on; None past the calendar's ends."""
    try:
        return anchor + datetime.timedelta(days=days)
    except OverflowError:
        return None


def shift_month(anchor: datetime.date, months: int) -> str | None:
    """The month so many months on, as EDTF."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return edtf(Part(year=year, month=month + 1))
