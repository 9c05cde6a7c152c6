"""Days as the pages of the press write them, to ISO 8601; what can be read in two ways is not read."""

from __future__ import annotations

import datetime

from .. import expressions as re

__all__ = ["DATE", "MONTH_YEAR", "TIME", "iso_date", "iso_month"]

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +)?"

DATE = (
    rf"{_DAY}(?:(?P<y1>\d{{4}})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})"
    rf"|(?P<m2>{_MONTH})[ .]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[,. ] *(?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<m3>{_MONTH}),?[ -](?P<y3>\d{{4}})"
    r"|(?P<a4>\d{1,2})(?P<by4>[-/.])(?P<b4>\d{1,2})(?P=by4)(?P<y4>\d{4}))(?!\d)"
)
"""A day with its year; the groups are what ``iso_date`` reads."""

MONTH_YEAR = rf"(?P<month>{_MONTH}),? (?P<year>\d{{4}})(?!\d)"
"""A month with its year; the groups are what ``iso_month`` takes."""

TIME = (
    r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?)"
    r"(?: ?\(?(?:e[sd]?t|c[sd]?t|m[sd]?t|p[sd]?t|gmt|utc|bst|ist|cet|cest|msk|z)\b\)?)?"
)

_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
_ANY = re.compile(DATE, re.I)


def iso_date(words: str) -> str | None:
    """The first date in the words as ISO 8601, with its time where it is a full stamp; None where there is none or it is unclear.

    "07/16/2018" is the sixteenth of July, "05/06/2018" is unclear; with stops between, as in "05.06.2018", the day stands first wherever it is written.
    """
    if (stamp := _STAMP.match(words.strip())) and _real(*map(int, stamp[0][:10].split("-"))):
        return stamp[0].replace(" ", "T", 1) if len(stamp[0]) > 10 else stamp[0]
    found = _ANY.search(words)
    return None if found is None else _from(found)


def _from(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    if part["y1"]:
        return _real(int(part["y1"]), int(part["m1"]), int(part["d1"]))
    if part["y2"]:
        return _real(int(part["y2"]), _month(part["m2"]), int(part["d2"]))
    if part["y3"]:
        return _real(int(part["y3"]), _month(part["m3"]), int(part["d3"]))
    first, second, year = int(part["a4"]), int(part["b4"]), int(part["y4"])
    if part["by4"] == ".":
        return _real(year, second, first)
    if first == second or second > 12:
        return _real(year, first, second)
    return _real(year, second, first) if first > 12 else None


def iso_month(name: str, year: str) -> str:
    """ "2018-07" of a month's name, whole or cut short, and a year."""
    return f"{int(year):04}-{_month(name):02}"


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _real(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if 1600 <= year <= 2200 else None
    except ValueError:
        return None
