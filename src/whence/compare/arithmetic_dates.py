"""Dates against one another: an age against a birth date, a span of days against its ends, a weekday against its date."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence

from .. import expressions as re
from ..lang import load
from ..types import Annotated, Claim, Dated, Quantity
from .arithmetic_sum import Sum, cue, taken, verdict

__all__ = ["dated", "weekday_check"]

_LEAST_DAYS = 14  # fewer lie between two dates of a story by chance
_DATE = 24  # characters that a date takes at most
_LEAST_MONTHS = 3
_FEW_MONTHS = 12  # months that a story names, above which one lies so far from another by chance
_AWAY = re.compile(r"\s+(?:(?P<before>before|earlier)|(?P<after>later|after))\b|\s*[.,;]")
_LIVES = (0, 120)


def dated(reports: Sequence[Annotated], _: Sequence[Claim], language: str) -> Iterator[Sum]:
    for report in reports:
        yield from _ages(report, language)
        yield from _weekdays(report, language)
        yield from _days(report, reports)
        yield from _months(report, reports)


def _day(date: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None


def _ages(report: Annotated, language: str) -> Iterator[Sum]:
    """Born on one day, dead (or written of) on another: full years between, against an age stated in the sentence of the birth."""
    text = report.article.text
    for birth in report.marks.timeline:
        born = _day(birth.date)
        if born is None or not cue(text, (birth.start, birth.end), "life", "born", language):
            continue
        ends = [
            (cue(text, (d.start, d.end), "life", "died", language), day, d.date)
            for d in report.marks.timeline
            if (day := _day(d.date)) is not None and day > born
        ]
        published = _day((report.article.published.value if report.article.published else "")[:10])
        last = max(ends, default=None)
        end = last[1] if last is not None and last[0] else published or (last[1] if last else None)
        sentence = next((s for s in report.marks.sentences if s[0] <= birth.start < s[1]), None)
        ages = [
            q
            for _, q in taken(report)
            if sentence and sentence[0] <= q.start < sentence[1] and q.unit == "year" and q.low == q.high and q.value is not None
        ]
        if end is None or not ages:
            continue
        years = end.year - born.year - ((end.month, end.day) < (born.month, born.day))
        if _LIVES[0] <= years <= _LIVES[1]:
            got, span = (float(years), float(years)), f"{birth.date} to {end.isoformat()}"
            yield Sum(
                report=report, about=ages[0], reading=f"full years from {span}", working=f"{span} = {years}",
                low=got[0], high=got[1], stated=ages[0], verdict=verdict(got, ages[0]),
            )  # fmt: skip


def _days(report: Annotated, reports: Sequence[Annotated]) -> Iterator[Sum]:
    """ "After 187 days": two dates of the story that lie so far apart."""
    days = sorted({day for r in reports for d in r.marks.timeline if (day := _day(d.date)) is not None})
    for _, q in taken(report):
        if q.unit != "day" or q.value is None or q.value < _LEAST_DAYS or q.hedge:
            continue
        pairs = [(a, b) for a in days for b in days if (b - a).days == q.value]
        if len(pairs) == 1:
            yield _span(report, q, *pairs[0])


def _months(report: Annotated, reports: Sequence[Annotated]) -> Iterator[Sum]:
    """ "16 months before": a month named near by and the only one of the story that lies so many months from it."""
    text, sentences = report.article.text, report.marks.sentences
    for place, q in taken(report):
        way = _AWAY.match(text, q.end)
        if q.unit != "month" or q.value is None or q.value < _LEAST_MONTHS or q.hedge or way is None:
            continue
        near = {m for d in report.marks.timeline if (m := _month(d.date)) and _near(d, sentences, place)}
        far = {m for r in reports for d in r.marks.timeline if (m := _month(d.date))}
        steps = [q.value] if way["after"] else [-q.value] if way["before"] else [q.value, -q.value]
        pairs = {(min(a, b), max(a, b)) for a in near for b in far if b - a in steps} if len(far) <= _FEW_MONTHS else set()
        if len(pairs) == 1:
            a, b = (f"{m // 12}-{m % 12 + 1:02d}" for m in next(iter(pairs)))
            yield Sum(
                report=report, about=q, reading=f"months from {a} to {b}", working=f"{a} to {b} = {q.value:.0f}", low=q.value, high=q.value, stated=q,
                verdict="consistent",
            )  # fmt: skip


def _month(date: str) -> int | None:
    """Months since the year nought of a date that has its month."""
    return int(date[:4]) * 12 + int(date[5:7]) - 1 if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", date) else None


def _near(d: Dated, sentences: Sequence[tuple[int, int]], place: int) -> bool:
    first, last = sentences[max(0, place - 1)], sentences[place]
    return first[0] <= d.start < last[1]


def _span(report: Annotated, q: Quantity, a: datetime.date, b: datetime.date) -> Sum:
    n = float((b - a).days)
    return Sum(
        report=report, about=q, reading=f"days from {a.isoformat()} to {b.isoformat()}", working=f"{a.isoformat()} to {b.isoformat()} = {n:.0f}",
        low=n, high=n, stated=q, verdict="consistent",
    )  # fmt: skip


@functools.cache
def _weekday_pattern(language: str) -> tuple[re.Pattern[str], list[str]]:
    names: list[str] = load(language, "dates").get("weekdays", {}).get("names", [])
    months: list[str] = load(language, "dates").get("months", {}).get("names", [])
    date = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{'|'.join(months)})|(?:{'|'.join(months)})\s+\d{{1,2}}(?:st|nd|rd|th)?),?\s+\d{{4}}"
    before = rf"\b(?P<before>{'|'.join(names)}),?\s+(?:the\s+)?(?={date})"
    after = rf"(?<=\d{{4}})(?:,\s+(?:which\s+(?:was|fell\s+on)\s+)?|\s+\(|\s+[–—-]\s+|\s+was\s+)an?\s+(?P<after>{'|'.join(names)})\b"
    return re.compile(f"{before}|{after}" if names else r"(?!)"), names


def weekday_check(text: str, d: Dated, language: str = "en") -> tuple[str, str] | None:
    """The weekday that a dated clause states and the one that its date has, where they differ; only for dates with their year stated."""
    when = _day(d.date)
    pattern, names = _weekday_pattern(language)
    m = pattern.search(text, d.start, d.end)
    if m is None or when is None or d.basis != "stated":
        return None
    around = text[m.end() : m.end() + _DATE] if m["before"] else text[max(0, m.start() - _DATE) : m.start()]
    said, true = m["before"] or m["after"], names[when.weekday()]
    return (said, true) if said != true and re.search(rf"\b{when.day}(?:st|nd|rd|th)?\b", around) else None


def _weekdays(report: Annotated, language: str) -> Iterator[Sum]:
    for d in report.marks.timeline:
        wrong = weekday_check(report.article.text, d, language)
        if wrong is not None:
            yield Sum(
                report=report, about=None, reading=f"{d.date} was a {wrong[1]}, not a {wrong[0]}", working=f"{d.date} = {wrong[1]}", low=None, high=None,
                stated=None, verdict="inconsistent",
            )  # fmt: skip
