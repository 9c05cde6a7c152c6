"""Dated happenings: every date of a text as EDTF (ISO 8601-2), with the clause that tells what happened."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from ..text import trim
from ..types import Dated, Region
from .dates_calendar import Part, day, edtf, nearest_year, shift_month, shifted, weekday_on
from .dates_grammar import Date, find
from .quotes import find_quotes

__all__ = ["find_dates"]

_JOIN = re.compile(r"\s*(?:-|–|—|\b(?:to|until|till|through|and)\b)\s*(?:the\s+(?:end|start|beginning|middle)\s+of\s+)?\Z")
_BORDER = re.compile(
    r"[;:]\s|\s[–—-]\s|,\s(?=(?:and|but|which|who|where|while|when|after|before|as|although|though|so|because)\b)"
    r"|\s(?=(?:while|although|whereas|because|but)\s)"
)
_MIDDLE = r"(?:the\s+(?:end|start|beginning|middle)\s+of\s+|early\s+|late\s+|mid-|next\s+)?"
_REACH = 500  # characters on either side of a date that its clause may take
_SAME_STORY = 7  # days by which one report of a story may be later than another
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class _Known(NamedTuple):
    """What a date may be counted from: the report's day, the one stamp beside it, and the best of all there is for a year."""

    anchor: datetime.date | None
    stamp: datetime.date | None
    hint: datetime.date | None


def find_dates(
    text: str, regions: Sequence[Region], published: str | None, report: str, *, language: str = "en", near: str | None = None
) -> tuple[Dated, ...]:
    """The dated happenings of the given regions, in order of their place.

    ``date`` is EDTF to the precision that the words give: "2022-07-26", "2022-06", "2022", "2009-05/2011-03" (a span), "2022-21" (spring), "2022-33"
    (first quarter), "199X", "1900~" ("around 1900", "five years ago"). "Early 2022" is 2022 and "the end of August" that August: EDTF has no word for
    either, and the wider date is certain. ``basis`` is "stated" where the words give the year, else "resolved": a month or day without its year, a
    weekday, "yesterday", "last month" are counted from ``published`` (ISO), forwards where the clause looks ahead. Without ``published``
    a year comes only from the one date of a stamp or caption beside the body, or from ``near`` (the date of another report of the same story:
    years only). "Yesterday" and "last week" inside a quotation are left out: when it was said is not known. The report's own date in its dateline is
    no happening. ``start`` and ``end`` span the date's clause. Never raises on any text.
    """
    anchor = day(published)
    stamp = None if anchor else _stamp(text, regions, language)
    lent = day(near)
    known = _Known(anchor, stamp, anchor or stamp or (shifted(lent, _SAME_STORY) if lent else None))
    found: list[Dated] = []
    seen: set[tuple[str, int, int]] = set()
    for region in regions:
        dates = list(find(text, *region, language))
        quoted = [(q.start, q.end) for q in find_quotes(text, region)] if dates else []
        i = 0
        while i < len(dates):
            one, pair = dates[i], dates[i + 1] if i + 1 < len(dates) else None
            i += 1
            if one.kind in {"days", "weeks"} and any(a < one.region[0] < b for a, b in quoted):
                continue
            if anchor is not None and _heads(text, region, one, anchor):
                continue
            window = _window(text, region, one.region)
            resolved, taken = _resolve(text, window, one, pair, known, language)
            i += taken
            if resolved is not None:
                date, stated = resolved
                start, end = _clause(text, window, (one.region[0], dates[i - 1].region[1]))
                if (date, start, end) not in seen:
                    seen.add((date, start, end))
                    found.append(
                        Dated(date=date, report=report, start=start, end=end, text=text[start:end], basis="stated" if stated else "resolved")
                    )
    return tuple(found)


def _window(text: str, region: Region, date: Region) -> Region:
    """The region cut to what can be the date's clause, at blanks: a list of a thousand dates is no sentence."""
    start, end = max(region[0], date[0] - _REACH), min(region[1], date[1] + _REACH)
    while region[0] < start < date[0] and not text[start - 1].isspace():
        start += 1
    while date[1] < end < region[1] and not text[end].isspace():
        end -= 1
    return start, end


def _heads(text: str, region: Region, one: Date, anchor: datetime.date) -> bool:
    """True for the report's own date in its dateline or stamp: nothing happens in it."""
    if (one.first.year or anchor.year, one.first.month, one.first.day) != (anchor.year, anchor.month, anchor.day):
        return False
    before, after = text[region[0] : one.region[0]], text[one.region[1] : region[1]]
    prose = re.search(r"(?<![\w'’])(?!by\b)[a-z]{2,}|\b(?i:on|in|since|from|by|until)\s+\Z", before)
    return not prose and bool(re.match(r"\W*(?:\Z|\(|[-–—:|,/.]\s)", after))


def _stamp(text: str, regions: Sequence[Region], language: str) -> datetime.date | None:
    """The one full date that stands beside the body (a caption, a stamp), where it is the only one there and no other year is."""
    edges = sorted(regions)
    gaps = list(zip([0, *(e for _, e in edges)], [*(s for s, _ in edges), len(text)], strict=True))
    dates = {d.first for a, b in gaps if b > a for d in find(text, a, b, language) if d.kind == "calendar" and d.first.year}
    whole = {(d.year, d.month, d.day) for d in dates if d.day}
    if len(whole) != 1 or len({d.year for d in dates}) != 1:
        return None
    y, m, d = whole.pop()
    return day(edtf(Part(year=y, month=m, day=d)))


def _resolve(text: str, region: Region, one: Date, pair: Date | None, known: _Known, language: str) -> tuple[tuple[str, bool] | None, int]:
    """The date as EDTF and whether its year is stated, and how many of the following dates it takes with it (the end of a span)."""
    if pair is not None and one.last is None and pair.last is None and one.kind == pair.kind == "calendar" and _spans(text, region, one, pair):
        last = pair.first
        first = one.first
        last_year = last.year or _year_of(text, region, pair, known.hint, language)
        if first.year is None and last.year is not None and one.shift is None:
            first_year: int | None = last.year - _later(first, last)
        else:
            first_year = first.year or _year_of(text, region, one, known.hint, language)
        ends = edtf(_with(first, first_year)), edtf(_with(last, last_year))
        if ends[0] and ends[1] and ends[0] <= ends[1]:
            return (f"{ends[0]}/{ends[1]}", last.year is not None), 1
    return _single(text, region, one, known, language), 0


def _later(first: Part, last: Part) -> int:
    return int((first.month or 0, first.day or 0) > (last.month or 99, last.day or 99))


def _with(part: Part, year: int | None) -> Part:
    return Part(year=year, month=part.month, day=part.day)


def _spans(text: str, region: Region, one: Date, pair: Date) -> bool:
    between = text[one.region[1] : pair.region[0]]
    if not _JOIN.match(between):
        return False
    before = text[max(region[0], one.region[0] - 34) : one.region[0]]
    opener = rf"(?i)\b(?:from|between)\s+{_MIDDLE}\Z"
    if re.search(r"\band\b", between):
        return bool(re.search(opener.replace("from|", ""), before))
    return bool(re.search(opener, before)) or (one.first.month is not None and pair.first.month is not None and not re.search(r"\bfor\s*\Z", before))


def _single(text: str, region: Region, one: Date, known: _Known, language: str) -> tuple[str, bool] | None:
    anchor, stamp = known.anchor, known.stamp
    if one.kind == "exact":
        return (one.fixed, True) if one.fixed else None
    if one.kind == "calendar":
        year = one.first.year or _year_of(text, region, one, known.hint, language)
        date = edtf(_with(one.first, year))
        if one.last is not None and date is not None:
            last = edtf(_with(one.last, one.last.year or year))
            date = f"{date}/{last}" if last is not None and date < last else date if last is None else None
        return (date + "~" * one.approximate, one.first.year is not None) if date else None
    if one.kind == "bare" and one.first.weekday is not None:
        if anchor is None:
            same = stamp is not None and stamp.weekday() == one.first.weekday and not one.side and not _ahead(text, region, one, language)
            return (stamp.isoformat(), False) if same and stamp else None
        ahead = one.side == "next" or (one.side != "last" and _ahead(text, region, one, language))
        found = weekday_on(one.first.weekday, shifted(anchor, {"last": -1, "next": 1}.get(one.side or "", 0)) or anchor, ahead)
        return (found.isoformat(), False) if found else None
    date = None if anchor is None else _counted(one, anchor)
    return (date + "~" * one.approximate, False) if date else None


def _counted(one: Date, anchor: datetime.date) -> str | None:
    """The day, week, month or year so many away from the report's own."""
    if one.kind == "days":
        found = shifted(anchor, one.count)
        return found.isoformat() if found else None
    if one.kind == "weeks":
        if one.approximate:
            found = shifted(anchor, 7 * one.count)
            return found.isoformat() if found else None
        monday = shifted(anchor, 7 * one.count - anchor.weekday())
        sunday = shifted(monday, 6) if monday else None
        return f"{monday.isoformat()}/{sunday.isoformat()}" if monday and sunday else None
    if one.kind == "months":
        return shift_month(anchor, one.count)
    return edtf(Part(year=anchor.year + one.count))


def _year_of(text: str, region: Region, one: Date, hint: datetime.date | None, language: str) -> int | None:
    """The year that a month or day is of, counted from the hint: the last such, or the next where the clause looks ahead."""
    if hint is None or one.first.month is None:
        return None
    if one.shift is not None:
        return hint.year + one.shift
    if one.side == "this":
        return hint.year
    ahead = one.side == "next" or (one.side != "last" and _ahead(text, region, one, language))
    if one.side in {"last", "next"} and one.first.month == hint.month:
        return hint.year + (1 if one.side == "next" else -1)
    return nearest_year(one.first, hint, ahead) or (nearest_year(one.first, hint, not ahead) if one.first.day else None)


@functools.cache
def _tense(language: str) -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    table = load(language, "dates")["tense"]
    strong = "|".join(table["future_before"])
    return frozenset(table["future"]), frozenset(table["past"]), re.compile(rf"\b(?:{strong})\s+{_MIDDLE}\Z", re.IGNORECASE)


def _ahead(text: str, region: Region, one: Date, language: str) -> bool:
    """True where the clause speaks of what is to come: by the nearest finite verb before the date, else the first after it."""
    strong = _tense(language)[2]
    start, end = _clause(text, region, one.region)
    before = text[start : one.region[0]]
    if strong.search(before):
        return not re.search(r"(?:\bnot|n['’]t)\s+(?:\w+\s+){0,2}(?:until|till)\s+\Z", before)
    words = [w[0].lower().replace("’", "'") for w in _WORD.finditer(before)]
    for i in range(len(words) - 1, -1, -1):
        found = _mood(words, i, language)
        if found is not None:
            return found
    words = [w[0].lower().replace("’", "'") for w in _WORD.finditer(text, one.region[1], end)]
    for i in range(len(words)):
        found = _mood(words, i, language)
        if found is not None:
            return found
    return bool(re.search(r"\b(?:is|are)\s\Z", before))


def _mood(words: Sequence[str], i: int, language: str) -> bool | None:
    """True for a word that looks ahead, False for one that looks back, None for any other."""
    future, past, _ = _tense(language)
    word, before, after = words[i], words[max(0, i - 2) : i], words[i + 1 : i + 2]
    if word in future:
        if word == "to":
            return True if before and before[-1] in load(language, "dates")["tense"]["to_after"] else None
        return after != ["have"]
    if word in past or (word.endswith("ed") and len(word) > 4):
        return None if (after == ["to"] and word in {"was", "were"}) or any(w in {"be", "to", "will", "would"} for w in before) else False
    return None


def _clause(text: str, region: Region, date: Region) -> Region:
    """The clause round a date, within its sentence: up to the nearest borders that leave it at least three other words."""
    cuts = [m.end() for m in _BORDER.finditer(text, *region)]
    starts = [region[0], *(c for c in cuts if c <= date[0])]
    ends = [*(c for c in cuts if c >= date[1]), region[1]]
    for start in reversed(starts):
        for end in ends:
            if len(_WORD.findall(text[start : date[0]] + " " + text[date[1] : end])) >= 3 or (start, end) == (starts[0], ends[-1]):
                return trim(text, (start, end), " ,;:–—-")
    return region
