"""A story's figures as the members that a sum may have: what each counts, how finely it is told, where it stands, and which words tie it to others."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .. import expressions as re
from ..text import overlap
from ..types import Annotated, Claim, Quantity
from .arithmetic_sum import Sum, countable, taken
from .stems import content_words, stem

__all__ = ["CROWD", "Figure", "figures", "grain", "kin", "mixed", "tied", "values_of"]

_AGE = re.compile(r"(?i)(?:\b(?:aged|age|age of|man of|woman of|boy of|girl of)\s|\w,\s)\Z")
_AFTER_AGE = re.compile(r"\s*(?:[,.)]|and\b)")
CROWD = 400
"""Figures of a story, above which only those of one report are tried together: in so many, too many agree by chance, and trying them takes minutes."""

_SPELLS = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "time"})
_LIST_OF = 10  # figures of a sentence, above which it is a list
_WORDS = 3
_LIST = re.compile(r"\s*\Z")


class Figure(NamedTuple):
    """A stated number: ``order`` is its report's place in the story, ``place`` its sentence's in the report.

    ``unit`` is its own or, of a bare number, that of the figure before it; ``grain`` the size of its last digit that is no nought.
    """

    order: int
    report: Annotated
    place: int
    q: Quantity
    unit: str
    value: float
    grain: float
    rows: frozenset[str]
    said: frozenset[str]

    def at(self) -> tuple[int, int]:
        return self.order, self.place


def figures(reports: Sequence[Annotated], claims: Sequence[Claim], language: str) -> list[Figure]:
    """All figures of a story that have one value, in the order of the reports and of their texts; ages and numbers of lists are left out."""
    cells: dict[str, list[tuple[int, int, str]]] = {}
    for claim in claims:
        for c in claim.cells if len({c.report for c in claim.cells}) > 1 else ():
            cells.setdefault(c.report, []).append((c.start, c.end, claim.id))
    found = []
    for order, report in enumerate(reports):
        text = report.article.text
        words = [_stems(text[a:b], language) for a, b in report.marks.sentences]
        before: tuple[int, str] = (-2, "")
        every = taken(report)
        crowd = Counter(place for place, _ in every)
        for place, q in every:
            if crowd[place] > _LIST_OF:
                continue
            if q.value is None or q.value <= 0 or _no_count(text, q, report.marks.sentences[place]):
                continue
            rows = frozenset(name for a, b, name in cells.get(report.id, ()) if overlap((a, b), (q.start, q.end)))
            unit = q.unit or (before[1] if place == before[0] else "")
            before = (place, unit) if unit not in {"", "1"} and unit not in _SPELLS else before
            found.append(Figure(order, report, place, q, unit, q.value, grain(q.value), rows, words[place]))
    return found


@functools.lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem(w) for w in content_words(text, language) if not w[0].isdigit())


def grain(value: float) -> float:
    """The size of the last digit that is no nought: 1,000 of 231,000, 0.1 of 27.3."""
    digits = f"{value:.12g}"
    if "e" in digits:
        digits = f"{value:.0f}"
    if "." in digits:
        return float(10.0 ** -len(digits.split(".")[1]))
    return float(10.0 ** (len(digits) - len(digits.rstrip("0"))))


def _no_count(text: str, q: Quantity, sentence: tuple[int, int]) -> bool:
    """An age, an hour, or the number of a paragraph."""
    if q.unit != "":
        return False
    before, after = text[max(sentence[0], q.start - 14) : q.start], text[q.end : q.end + 6]
    if not text[sentence[0] : q.start].strip() and _LIST.match(text[q.end + 1 : sentence[1]]):
        return True
    return bool(q.value and q.value < 110 and _AGE.search(before) and _AFTER_AGE.match(after))


def kin(a: Figure, b: Figure) -> bool:
    """Figures of one thing: of one unit, or of which one has none (of its own, where they stand in two sentences) and is as large as such a thing may be."""
    if a.unit == b.unit:
        return True
    units = (a.unit, b.unit) if a.at() == b.at() else (a.q.unit, b.q.unit)
    if "1" in units or all(units) or set(units) & _SPELLS:
        return False
    named, bare = (a, b) if units[0] else (b, a)
    return countable(named.q) or bare.value >= 1000


def mixed(a: Figure, b: Figure) -> bool:
    """Counts under two nouns, which may be of one thing all the same: 212 positions, 72 employees."""
    return all(countable(f.q) and f.unit not in _SPELLS and f.unit != "1" for f in (a, b))


def tied(a: Figure, b: Figure) -> bool:
    """Figures of two reports that one row of claims holds, or whose sentences have three telling words in common."""
    return bool(a.rows & b.rows) or len(a.said & b.said) >= _WORDS


def values_of(known: Sum, found: Sequence[Figure]) -> frozenset[float]:
    """The figures that a sum is made of."""
    words = [known.working, known.stated.text if known.stated else ""]
    return frozenset(f.value for f in found if any(f.q.text in w for w in words))
