"""Times of two cells: days that exclude each other, and one time told more exactly than another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

from ..lang import load
from ..text import overlap
from ..types import Relation
from .relation_figures import count_alike, may_grow, unlike
from .relation_sides import Found, Side
from .relation_times import Moment
from .scales import scale

__all__ = ["another_day", "exacter"]

_FINENESS = ("clock", "day", "month", "season", "year", "decade", "vague")
_SOON = 5  # characters between what says that somebody spoke and the day on which he did: "said on Monday"
_ALIKE = 0.4  # the share of the shorter cell's content that both must have for two days to be of one happening


def another_day(sides: Sequence[Side], language: str) -> Found:
    """Each cell names one day for one thing, and not the same; what is measured on two days and comes out otherwise has only changed."""
    if may_grow(sides, language) and any(count_alike(a, b, language) for a, b in combinations(sides, 2)):
        return None  # counts of several days
    for kind in ("day", "weekday"):
        named = [(s, day) for s in sides if (day := _only(s, kind, language)) is not None]
        for (a, x), (b, y) in combinations(named, 2):
            if x.value != y.value and _of_one_thing(a, b) and _bound(a, x, language) == _bound(b, y, language) != "open":
                measured = unlike((a, b), language)
                if measured is not None and scale(measured[1].unit) is not None:
                    return "evolving", f"“{measured[1].text}” in {a.who}, of “{x.text}”; “{measured[3].text}” in {b.who}, of “{y.text}”"
                relation: Relation = "differs" if _one_night(x, y, named, language) else "conflicting"
                return relation, f"“{x.text}” in {a.who}, “{y.text}” in {b.who}"
    return None


def _only(side: Side, kind: str, language: str) -> Moment | None:
    """The only day of the kind that a cell names, where it is not the day of saying so."""
    found = [m for m in side.moments if m.kind == kind and "not" not in side.cell.text[: m.start].lower().split()[-2:]]
    if len({m.value for m in found}) != 1:
        return None
    here = side.cell.start + found[0].start
    told = any(x.cue is not None and x.cue.end <= here <= x.cue.end + _SOON for x in side.report.marks.attributions)
    return None if told else found[0]


def _bound(side: Side, day: Moment, language: str) -> str:
    """The word before a day that makes it the beginning or the end of a time; "" where it is the day on which."""
    spanning = load(language, "compare")["times"]["spanning"]
    return next((spanning[w] for w in reversed(side.cell.text[: day.start].lower().split()[-2:]) if w in spanning), "")


def _one_night(x: Moment, y: Moment, named: Sequence[tuple[Side, Moment]], language: str) -> bool:
    """The night of one day and the next day's early hours, which two clocks may call one time."""
    late, early = (set(load(language, "compare")["times"][k]) for k in ("late", "early"))
    for day, other in ((x, y), (y, x)):
        parts = [
            {m.text.lower() for s, named_day in named if named_day.value == d.value for m in s.moments if m.kind == "part"} for d in (day, other)
        ]
        if _next(day, other) and parts[0] & late and parts[1] & early:
            return True
    return False


def _next(day: Moment, other: Moment) -> bool:
    if day.kind == "weekday":
        return (day.value[0] + 1) % 7 == other.value[0]
    return day.value[0] == other.value[0] and day.value[1] + 1 == other.value[1]


def _of_one_thing(a: Side, b: Side) -> bool:
    return bool(a.notions & b.notions) or len(a.stems & b.stems) >= _ALIKE * min(len(a.stems), len(b.stems))


def exacter(sides: Sequence[Side], language: str) -> Found:
    """One cell says the decade, the year, the month or only about when, another says when."""
    for a, b in permutations(sides, 2):
        for fine in a.moments:
            for coarse in b.moments:
                if _within(fine, coarse, language) and not any(m.kind == fine.kind for m in b.moments):
                    return "more-specific", f"{a.who} has “{fine.text}” where {b.who} has “{coarse.text}”"
    return _dated(sides)


def _within(fine: Moment, coarse: Moment, language: str) -> bool:
    """The coarser may be said of the finer one."""
    if fine.kind not in _FINENESS or coarse.kind not in _FINENESS or _FINENESS.index(fine.kind) >= _FINENESS.index(coarse.kind):
        return False
    if coarse.kind == "month":
        return fine.kind == "day" and fine.value[:1] == coarse.value
    if coarse.kind == "season":
        months = load(language, "compare")["times"]["seasons"][coarse.value[0] - 21] if coarse.value[0] < 25 else []
        return fine.kind in {"day", "month"} and fine.value[0] in months
    if coarse.kind == "decade":
        return fine.kind == "year" and coarse.value[0] <= fine.value[0] < coarse.value[0] + 10
    return coarse.kind == "vague"


def _dated(sides: Sequence[Side]) -> Found:
    """The same of dates as they were worked out: one cell's sentence has the year or the month, another's the day of it."""
    dates = [{d.date: d.text for d in s.report.marks.timeline if overlap((d.start, d.end), (s.cell.start, s.cell.end))} for s in sides]
    for (a, x), (b, y) in permutations(zip(sides, dates, strict=True), 2):
        for date, text in x.items() if a.moments and b.moments else ():
            exact = next((other for other in y if other.startswith(date + "-") and "/" not in other), None)
            if exact is not None and not any(other.startswith(date + "-") for other in x):
                return "more-specific", f"{b.who} has “{y[exact]}” where {a.who} has “{text}”"
    return None
