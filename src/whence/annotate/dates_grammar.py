"""Where dates stand in a text and what their words give: no date is resolved here."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from .. import expressions as re
from ..lang import load
from ..types import Region, Value
from .dates_calendar import Part
from .searching import plain

__all__ = ["Date", "find"]


class Date(Value, frozen=True, kw_only=True):
    """One date's words. ``last`` is the end of a span of days or years; ``kind`` says how ``parts`` are to be read.

    kind: calendar (``first``), exact (``fixed`` is EDTF already), days, weeks, months or years (``count`` of them from the anchor),
    bare (a weekday alone).
    ``shift`` is −1, 0 or 1 for "May 1 last year", "this year", "next year"; ``side`` is "last" or "next" where so written.
    """

    region: Region
    kind: str
    first: Part = Part()
    last: Part | None = None
    fixed: str | None = None
    count: int = 0
    shift: int | None = None
    side: str | None = None
    approximate: bool = False


@functools.cache
def _tables(language: str) -> tuple[dict[str, int], dict[str, int]]:
    t = load(language, "dates")
    months = {n: i + 1 for i, n in enumerate(t["months"]["names"])} | t["months"]["short"]
    weekdays = {n: i for i, n in enumerate(t["weekdays"]["names"])} | t["weekdays"]["short"]
    return months, weekdays


_FIGURES = r"(?:1[5-9]|20)\d\d"
_YEAR = _FIGURES + r"(?![\d%]|[.,/]\d|-\d)"
_ORDINAL = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY = _ORDINAL + r"(?![\w%]|[.,:]\d)"
_TO = r"\s?(?:[-–—]|\s(?:to|through|until|till)\s)\s?"


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    t = load(language, "dates")
    month, weekday = (
        "|".join([*t[k]["names"], *(rf"{s}\b\.?" for s in sorted(t[k]["short"], key=len, reverse=True))]) for k in ("months", "weekdays")
    )
    full, whole_month = "|".join(t["weekdays"]["names"]), "|".join(t["months"]["names"])
    again = [rf"(?:\s+(?:of\s+)?(?P<a{n}>last|this|next|the\s+previous)\s+year\b)?" for n in "124"]
    season = "|".join(t["seasons"])
    part = "|".join(r"\s+".join(p.split()) for p in t["parts"])
    deictic = "|".join(r"\s+".join(d.split()) for d in sorted(t["deictic"], key=len, reverse=True))
    number = "|".join(["an?", *load(language, "quantities")["number_words"], r"\d{1,2}"])
    return re.compile(
        rf"""(?<![\w$€£#./:+]) (?:
          (?P<iso>{_FIGURES}-\d\d-\d\d(?!\d)) |
          (?:(?P<wd>{weekday})(?:,\s*|\s+|\s*\()(?:(?:the|on)\s+)?)?(?:
              (?P<m1>{month})\s+(?P<d1>{_DAY})(?:{_TO}(?P<e1>{_DAY})(?!\s+(?:{month})))?(?:,?\s+(?:in\s+)?(?P<y1>{_YEAR}))?{again[0]}
            | (?P<d2>{_ORDINAL})(?:{_TO}(?P<e2>{_DAY}))?(?:\s+of)?\s+(?P<m2>{month})(?!\w)(?:,?\s+(?P<y2>{_YEAR}))?{again[1]})
        | (?P<m3>{month}),?\s+(?:of\s+)?(?P<y3>{_YEAR})
        | (?P<mx>(?:{whole_month})(?:\s+(?:to|through|[-–])\s+(?:{whole_month})(?!\s+\d))?\b){again[2]}
        | (?P<season>{season})(?:\s+of)?\s+(?P<y5>{_YEAR})
        | (?P<part>{part})\s+of\s+(?P<y6>{_YEAR})
        | (?P<dec>(?:1[5-9]|20)\d0)['’]?s\b
        | (?P<ya>(?:1[5-9]|20)\d\d)(?:\s?[-–/]\s?|\s+(?P<yto>to|through|until)\s+)(?P<yb>(?:1[5-9]|20)\d\d|\d\d)(?![\d%,:.]\d|\d|-|[–/]\d)
        | (?P<y>{_YEAR})
        | (?P<side>(?i:last|next|this(?:\s+coming)?|this\s+past))\s+(?P<unit>week|weekend|month|year|{full}|{whole_month})\b
        | (?P<w>{full})(?!\w)
        | (?P<deictic>(?i:{deictic}))\b
        | (?P<n>(?i:{number}))\s+(?P<nu>days?|weeks?|months?|years?)\s+ago\b
        )""",
        re.VERBOSE,
    )


_FIGURE = re.compile(r"\d")


@functools.cache
def _needed(language: str) -> tuple[str, ...]:
    """Words one of which stands in every date that is written without a figure."""
    t = load(language, "dates")
    deictic = [max(d.lower().split(), key=len) for d in t["deictic"]]
    words = {"week", "month", "year", "ago", *(w.lower() for k in ("months", "weekdays") for w in t[k]["names"]), *deictic}
    return tuple(sorted(w for w in words if not any(x != w and x in w for x in words)))


def _may_hold(text: str, start: int, end: int, language: str) -> bool:
    if _FIGURE.search(text, start, end) is not None:
        return True
    low = plain(text, start, end)
    return any(w in low for w in _needed(language))


def find(text: str, start: int, end: int, language: str) -> Iterator[Date]:
    """Every date's words between two offsets, from left to right."""
    if not load(language, "dates") or not _may_hold(text, start, end, language):
        return
    for m in _pattern(language).finditer(text, start, end):
        found = _read(text, m, (start, end), language)
        if found is not None:
            yield found


def _read(text: str, m: re.Match[str], region: Region, language: str) -> Date | None:
    months = _tables(language)[0]
    g = m.groupdict()
    here = m.span()
    shift = {"last": -1, "the previous": -1, "this": 0, "next": 1}.get(" ".join((g["a1"] or g["a2"] or g["a4"] or "").split()))
    if g["iso"]:
        y, mo, d = (int(x) for x in g["iso"].split("-"))
        return Date(region=here, kind="calendar", first=Part(year=y, month=mo, day=d)) if 1 <= mo <= 12 and 1 <= d <= 31 else None
    for n in "12":
        if g[f"m{n}"]:
            return _day_of_month(g, n, here, shift, language)
    if g["m3"]:
        return Date(region=here, kind="calendar", first=Part(year=int(g["y3"]), month=_look(months, g["m3"])))
    if g["mx"]:
        return _month(text, m, region, shift, months, language)
    if g["season"]:
        return Date(region=here, kind="exact", fixed=f"{g['y5']}-{load(language, 'dates')['seasons'][g['season']]}")
    if g["part"]:
        return Date(region=here, kind="exact", fixed=f"{g['y6']}-{load(language, 'dates')['parts'][' '.join(g['part'].split())]}")
    if g["dec"]:
        return Date(region=here, kind="exact", fixed=g["dec"][:3] + "X")
    if g["ya"]:
        return _years(text, m, region, language)
    if g["y"]:
        return _year(text, m, region, language)
    return _relative(text, m, region, language)


def _look(table: dict[str, int], word: str) -> int:
    return table[word.rstrip(".")]


def _day_of_month(g: dict[str, Any], n: str, here: Region, shift: int | None, language: str) -> Date:
    months, weekdays = _tables(language)
    month, first = _look(months, g[f"m{n}"]), int(re.sub(r"\D", "", g[f"d{n}"]))
    year = int(g[f"y{n}"]) if g[f"y{n}"] else None
    weekday = _look(weekdays, g["wd"]) if g["wd"] else None
    last = Part(year=year, month=month, day=int(re.sub(r"\D", "", g[f"e{n}"]))) if g[f"e{n}"] else None
    return Date(region=here, kind="calendar", first=Part(year=year, month=month, day=first, weekday=weekday), last=last, shift=shift)


def _before(text: str, start: int, region: Region) -> str:
    return text[max(region[0], start - 24) : start]


def _month(text: str, m: re.Match[str], region: Region, shift: int | None, months: dict[str, int], language: str) -> Date | None:
    """A month without day or year, where a word before it (or a possessive) shows that no person, verb or modal is meant."""
    names = re.split(r"\s+(?:to|through|[-–])\s+", m["mx"])
    table = load(language, "dates")["month_before"]
    before = _before(text, m.start(), region)
    doubtful = names[0] in table["doubtful"]
    words = table["firm"] if doubtful else [*table["firm"], *table["loose"]]
    shown = re.search(rf"\b(?i:{'|'.join(words)})[\s-]\Z", before) or shift is not None or len(names) > 1
    owns = re.match(r"['’]s\s+[^\W\d_]", text[m.end("mx") : m.end("mx") + 4]) and names[0] not in table["names_of_people"]
    listed = re.search(rf"(?:{'|'.join(load(language, 'dates')['months']['names'])})\s+(?:and|or|to)\s\Z", before)
    if not (shown or owns or listed) or re.search(r"\bevery\s\Z", before):
        return None
    if doubtful and re.match(r"\s+[A-Z][a-z]", text[m.end() : m.end() + 3]) and not re.search(r"(?i)\b(?:in|since|last)\s\Z", before):
        return None
    side = re.search(r"\b(last|next|this)\s\Z", before)
    last = Part(month=months[names[1]]) if len(names) > 1 else None
    return Date(region=m.span(), kind="calendar", first=Part(month=months[names[0]]), last=last, shift=shift, side=side[1] if side else None)


def _years(text: str, m: re.Match[str], region: Region, language: str) -> Date | None:
    first, second = m["ya"], m["yb"]
    last = int(second) if len(second) == 4 else int(first[:2] + second)
    length = 1 if "/" in m[0] else 150 if len(second) == 4 else 30
    if not 0 < last - int(first) <= length or (m["yto"] and not re.search(r"(?i)\b(?:from|of|in|between)\s\Z", _before(text, m.start(), region))):
        return None
    return Date(region=m.span(), kind="calendar", first=Part(year=int(first)), last=Part(year=last))


def _year(text: str, m: re.Match[str], region: Region, language: str) -> Date | None:
    """A year alone: four figures after a word that years follow, and before nothing that would make them a count or a time."""
    table = load(language, "dates")["year_before"]
    before, after = _before(text, m.start(), region), text[m.end() : min(region[1], m.end() + 24)]
    if re.match(rf"[-–]?\w|\s*(?:{'|'.join(table['never_followed_by'])})\b|\s?%", after):
        return None
    firm = re.search(rf"(?<!\w)(?i:{'|'.join(table['firm'])})\s\Z|\(\Z|['’]s\s\Z|mid-\Z|[-–,]\s\Z", before)
    loose = re.search(rf"(?<!\w)(?i:{'|'.join(table['loose'])})\s\Z|[^\W\d_]\s\Z", before)
    next_word = re.match(r"\s+([a-z][a-z\-]+)", after)
    plural = next_word is not None and re.search(r"[^sui]s\Z", next_word[1]) and next_word[1] not in load(language, "dates")["tense"]["past"]
    people = next_word is not None and next_word[1] in _people(language)
    if people or (plural and not re.search(r"(?i:\b(?:in|since|the|during))\s\Z|['’]s\s\Z", before)):
        return None
    if not firm and not loose:
        return None
    if not firm and plural and int(m["y"]) < 1900:
        return None
    approximate = bool(re.search(r"(?i)\b(?:around|about|circa|c\.|roughly)\s\Z", before))
    return Date(region=m.span(), kind="calendar", first=Part(year=int(m["y"])), approximate=approximate)


@functools.cache
def _people(language: str) -> frozenset[str]:
    return frozenset(load(language, "quantities")["people"]["nouns"])


def _relative(text: str, m: re.Match[str], region: Region, language: str) -> Date | None:
    months, weekdays = _tables(language)
    table = load(language, "dates")
    before, after = _before(text, m.start(), region), text[m.end() : m.end() + 24]
    if m["deictic"]:
        return Date(region=m.span(), kind="days", count=table["deictic"][" ".join(plain(m["deictic"]).split())])
    if m["n"]:
        number, unit = plain(m["n"]), m["nu"].rstrip("s") + "s"
        count = 1 if number in {"a", "an"} else int(number) if number.isdigit() else load(language, "quantities")["number_words"][number]
        if re.search(r"(?i)\b(?:than|over|nearly|almost|least|under|or|to)\s\Z|[-–.,]\Z", before):
            return None
        return Date(region=m.span(), kind=unit, count=-int(count), approximate=unit != "days")
    if m["side"]:
        side, unit = plain(m["side"]).split()[0], m["unit"]
        if re.search(r"(?i)\b(?:the|these|those|of)\s\Z", before) and side == "last":
            return None
        if unit in months:
            return Date(region=m.span(), kind="calendar", first=Part(month=months[unit]), side=side)
        if unit in weekdays:
            return Date(region=m.span(), kind="bare", first=Part(weekday=weekdays[unit]), side="last" if "past" in plain(m["side"]) else side)
        if unit == "weekend" or (unit == "week" and side == "this"):
            return None
        return Date(region=m.span(), kind=unit + "s", count={"last": -1, "next": 1}.get(side, 0))
    weekday = table["weekday_names"]
    word = re.search(r"([^\W\d_]+)\s\Z", before)
    following = re.match(r"\s+([^\W\d_]+)", after)
    if (word and word[1] in weekday["before"]) or re.match(r"s\b", after) or (following and following[1] in weekday["after"]):
        return None
    if following and following[1].istitle() and following[1] not in months and not re.search(r"\b(?:on|late|early)\s\Z", before):
        return None
    return Date(region=m.span(), kind="bare", first=Part(weekday=weekdays[m["w"]]))
