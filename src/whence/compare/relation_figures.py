"""Figures of two cells: another power of ten or another unit, counts that may grow, the same in other units or rounded, exact beside vague."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import msgspec

from .. import expressions as re
from ..lang import load
from ..types import Quantity
from .notions import asked_about
from .relation_sides import Found, Side
from .scales import factor, in_unit, meet, scale

__all__ = ["answering", "converted", "count_alike", "grown", "may_grow", "rounded", "slipped", "unlike", "vaguer"]

_CLOSE = 0.15  # the share of a figure by which another unit's may be off, rounded as its reporter did
_YEARS = range(1900, 2101)


def slipped(sides: Sequence[Side], language: str) -> Found:
    """The same digits at another power of ten, or the same number of another unit of the kind: they cannot both be true of one thing."""
    for a, b in combinations(sides, 2):
        how = next(((p, q, how) for p in a.figures for q in b.figures if (how := _slip(p, q)) is not None), None)
        if how is not None:
            return "conflicting", f"“{how[0].text}” in {a.who}, “{how[1].text}” in {b.who}: {how[2]}"
    return None


def _slip(p: Quantity, q: Quantity) -> str | None:
    """By what the one may have come from the other; None where it has not."""
    if not p.unit or not p.value or not q.value:
        return None
    if p.unit == q.unit and p.value != q.value and _digits(p.value) == _digits(q.value) != _digits(p.value)[:1]:
        return "the same digits at another scale"
    if p.unit != q.unit and p.value == q.value and len(_digits(p.value)) > 1 and _far_apart(p.unit, q.unit):
        return "the same number of another unit"
    return None


def _digits(value: float) -> str:
    """The stated digits of a number, without its noughts at either end."""
    return f"{value:.12g}".split("e")[0].replace(".", "").strip("0-")


def _far_apart(unit: str, other: str) -> bool:
    """Units of one kind of which nobody would take one for the other, as he might tons for tonnes."""
    size = factor(unit, other)
    return size is not None and not 1 - _CLOSE <= size <= 1 + _CLOSE


def unlike(sides: Sequence[Side], language: str) -> tuple[Side, Quantity, Side, Quantity] | None:
    """Two cells whose figures of one unit exclude each other, where no other figures of theirs agree."""
    for a, b in combinations(sides, 2):
        pairs = [(p, q) for p in a.figures for q in b.figures if comparable(p, q, a, b, language)]
        apart = [(p, q) for p, q in pairs if not _agree(p, q) or _other_bound(p, q)]
        if apart and len(apart) == len(pairs):
            return a, apart[0][0], b, apart[0][1]
    return None


def comparable(p: Quantity, q: Quantity, a: Side, b: Side, language: str) -> bool:
    """Both of one unit or of units of one kind; other counts ("nine killed", "seven bodies", "rose to 11") where both cells tell of one thing that is counted.

    Figures of different years are of different things.
    """
    x, y = ({m.value for m in s.moments if m.kind == "year"} for s in (a, b))
    if x and y and not x & y:
        return False
    if p.unit and q.unit and in_unit(q, p.unit) is not None:
        return True
    return (p.unit or q.unit) != "" and _is_count(p) and _is_count(q) and bool(a.notions & b.notions & asked_about(language))


def count_alike(a: Side, b: Side, language: str) -> bool:
    """Both count one kind of thing."""
    return any(comparable(p, q, a, b, language) for p in a.figures if _is_count(p) for q in b.figures if _is_count(q))


def _is_count(q: Quantity) -> bool:
    """A whole number of things, or a bare one that is no year."""
    measured = q.unit == "1" or scale(q.unit) is not None or re.fullmatch(r"[A-Z]{3}", q.unit)
    return not measured and q.value is not None and q.value == int(q.value) and (q.unit != "" or int(q.value) not in _YEARS)


def answering(doubtful: Sequence[Side], firm: Sequence[Side], language: str) -> list[Side]:
    """Of the doubtful cells those that have one figure with a firm one, or a count of what both tell ("nine dead", "the toll rose to 14").

    Where the firm cells have figures of one kind, the row is of that kind, and others do not count.
    """
    figures = [(s, p) for s in firm for p in s.figures]
    asked = [(s, p) for s, p in figures if any(o is not s and comparable(p, q, s, o, language) for o, q in figures)] or figures
    return [d for d in doubtful if any(_answers(q, p, d, s, language) for s, p in asked for q in d.figures)]


def _answers(p: Quantity, q: Quantity, a: Side, b: Side, language: str) -> bool:
    if _slip(p, q) is not None:
        return True
    if not comparable(p, q, a, b, language):
        return False
    return bool(a.notions & b.notions & asked_about(language)) if {p.unit, q.unit} & {"", "person"} else _agree(p, q)


def _agree(p: Quantity, q: Quantity) -> bool:
    """They have a value in common, or the same number of units that are taken for each other (tons, tonnes)."""
    if p.unit != q.unit and p.value == q.value:
        return (_is_count(p) and _is_count(q)) or not _far_apart(p.unit, q.unit)
    return meet(p, q)


def _other_bound(p: Quantity, q: Quantity) -> bool:
    """Two open counts ("at least nine", "at least fourteen") that are not one."""
    open_ends = (p.low is None) == (q.low is None) and (p.high is None) == (q.high is None) and (p.low is None or p.high is None)
    return open_ends and p.unit == q.unit and p.value is not None and q.value is not None and abs(p.value - q.value) > 0.1 * max(p.value, q.value)


def grown(sides: Sequence[Side], language: str) -> Found:
    """Counts that differ and may grow."""
    found = unlike(sides, language)
    if found is None:
        return None
    a, p, b, q = found
    unit = p.unit or q.unit
    if not may_grow(sides, language) or unit in {"year", "1"} or re.fullmatch(r"[A-Z]{3}", unit):
        return None
    return "evolving", f"“{p.text}” in {a.who}, “{q.text}” in {b.who}: a later report may count more"


def may_grow(sides: Sequence[Side], language: str) -> bool:
    """They tell of what a later report may rightly count anew."""
    table = load(language, "compare")["evolving"]
    said = {w for s in sides for w in s.words}
    told = (a.notions & b.notions & set(table["notions"]) for a, b in combinations(sides, 2))
    return bool(said & set(table["words"])) or any(told)


def converted(sides: Sequence[Side], language: str) -> Found:
    """The same figure in another unit."""
    for a, b in combinations(sides, 2):
        for p in a.figures:
            for q in b.figures:
                if p.unit != q.unit and meet(p, q) and _near(p, q) and p.unit not in {x.unit for x in b.figures}:
                    return "converted", f"“{p.text}” and “{q.text}” are the same in other units"
    return None


def _near(p: Quantity, q: Quantity) -> bool:
    """The stated numbers are one but for rounding, though an end may be open."""
    point = in_unit(msgspec.structs.replace(q, low=q.value, high=q.value), p.unit)
    return point is not None and p.value is not None and point[0] is not None and abs(p.value - point[0]) <= _CLOSE * abs(p.value)


def rounded(sides: Sequence[Side], language: str) -> Found:
    """The same figure, rounded differently."""
    for a, b in combinations(sides, 2):
        for p in a.figures:
            for q in b.figures:
                if p.unit == q.unit and p.unit and p.value is not None and q.value is not None and p.value != q.value and meet(p, q):
                    return "rounding", f"“{p.text}” and “{q.text}” are the same figure, rounded differently"
    return None


def vaguer(sides: Sequence[Side], language: str) -> Found:
    """A figure in one cell where another, without any, has a word for how many or how far."""
    table = set(load(language, "compare")["vague"]["words"])
    for a, b in permutations(sides, 2):
        words = [w for w in b.words if w in table]
        if a.figures and words and not b.figures and (a.stems & b.stems or a.notions & b.notions):
            return "more-specific", f"{a.who} has “{a.figures[0].text}” where {b.who} has “{words[0]}”"
    return None
