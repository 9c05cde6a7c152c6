"""A value that moved: the old and the new one told apart by the words before and after them, held against a stated share, ratio, difference or points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from .. import expressions as re
from ..types import Annotated, Quantity, Region
from .arithmetic_sum import Interval, Sum, closed, cue, interval, ratio, verdict

__all__ = ["moves"]

_BEFORE = 28  # characters before a figure in which a word says whether it is the old or the new value
_AFTER = 34
_APART = 110  # characters between two values of one thing
_LIKE = 50  # a bare number so many times another figure is no earlier value of it
_FEW = 5  # figures of a sentence up to which a share that does not fit is held against its values
_HEDGES = r"(?:about|around|some|nearly|almost|roughly|just|only|the|a|an|more than|over)"
_FROM_TO = re.compile(rf"\b(from|to)\s+(?:{_HEDGES}\s+)*\Z", re.IGNORECASE)
_BY = re.compile(rf"\bby\s+(?:{_HEDGES}\s+)*\Z", re.IGNORECASE)

Place = tuple[int, Quantity]


def moves(report: Annotated, place: int, found: Sequence[Place], language: str) -> Iterator[Sum]:
    """The changes told in one sentence: from A to B, B against A a year earlier, A then and B now."""
    inside = [q for i, q in found if i == place]
    around = [q for i, q in found if i in (place, place + 1)]
    yield from _risen_by(report, inside, language)
    for p, q in combinations(around, 2):
        if q not in inside and not _now(report, q, language):
            continue
        told = _told(report, place, p, q, around, language)
        if told is None:
            continue
        old, new, plain = told
        a, b = closed(old), closed(new)
        if a is None or b is None or old.value is None or new.value is None or old.value == new.value:
            continue
        yield from _held(report, place, (old, a), (new, b), [x for x in around if x is not p and x is not q], found, plain, language)


def _risen_by(report: Annotated, inside: Sequence[Quantity], language: str) -> Iterator[Sum]:
    """ "By 14,000 to 154,000": the change as a share of what was there before, held against a stated share."""
    text = report.article.text
    for p, q in combinations(inside, 2):
        words = [text[max(0, x.start - _BEFORE) : x.start] for x in (p, q)]
        change, new = (p, q) if _BY.search(words[0]) else (q, p)
        if p.unit != q.unit or p.unit in {"", "1"} or not any(map(_BY.search, words)) or not any((m := _FROM_TO.search(w)) and m[1] == "to" for w in words):
            continue
        a, b = closed(change), closed(new)
        shares = [x for x in inside if x.unit == "1" and x.value is not None and x.value < 1]
        if a is None or b is None or a[1] >= b[0] or not shares:
            continue
        down = _change(report, change, inside, language) < 0 or _change(report, shares[0], inside, language) < 0
        got = (a[0] / (b[1] + a[0]), a[1] / (b[0] + a[1])) if down else (a[0] / (b[1] - a[0]), a[1] / (b[0] - a[1]))
        base = f"({new.text} {'+' if down else '−'} {change.text})"
        reading = "the fall as a share of the old value" if down else "the rise as a share of the old value"
        yield _made(report, shares[0], reading, f"{change.text} / {base}", got, shares[0])


def _now(report: Annotated, q: Quantity, language: str) -> bool:
    """A figure of the next sentence that is said to be today's, or a change that stands alone there."""
    return cue(report.article.text, (max(0, q.start - _AFTER), q.start), "moved", "now", language)


def _told(
    report: Annotated, place: int, p: Quantity, q: Quantity, around: Sequence[Quantity], language: str
) -> tuple[Quantity, Quantity, bool] | None:
    """The old value and the new one of one thing, and whether "from" and "to" say so; None where no word tells them apart."""
    text = report.article.text
    if len({p.unit, q.unit} - {""}) > 1 or q.start - p.end > _APART or any(_BY.search(text, max(0, x.start - _BEFORE), x.start) for x in (p, q)):
        return None
    if {p.unit, q.unit} == {"1", ""}:
        return None  # "to 4 per cent from 1.5": a bare number is no share
    ways = [m[1].lower() if (m := _FROM_TO.search(text, max(0, x.start - _BEFORE), x.start)) else "" for x in (p, q)]
    if sorted(ways) == ["from", "to"] and q.start - p.end <= 40:
        return (p, q, True) if ways[0] == "from" else (q, p, True)
    if p.unit == q.unit == "" or (p.unit != q.unit and max(p.value or 1, q.value or 1) > _LIKE * min(p.value or 1, q.value or 1)):
        return None
    old, now, once = ([_said(report, x, around, name, language) for x in (p, q)] for name in ("old", "now", "once"))
    if not any(_directed(text, x, report.marks.sentences[place], language) for x in (p, q)) and not any(
        _change(report, x, around, language) for x in around if x is not p and x is not q
    ):
        return None
    for first, second, swapped in ((*old, False), (*now, True), (*once, False)):
        if first != second:
            return (p, q, False) if first != swapped else (q, p, False)
    return None


def _said(report: Annotated, q: Quantity, around: Sequence[Quantity], name: str, language: str) -> bool:
    """A word for the old or the new value stands right before the figure, or after it before the next."""
    text = report.article.text
    start = max([q.start - _BEFORE, *(x.end for x in around if x.end <= q.start)])
    end = min([q.end + _AFTER, *(x.start for x in around if x.start >= q.end)])
    return cue(text, (start, q.start), "moved", name, language) or cue(text, (q.end, end), "moved", f"{name}_after", language)


def _directed(text: str, q: Quantity, sentence: Region, language: str) -> bool:
    return _direction(text, (max(sentence[0], q.start - _BEFORE), q.start), language) != 0


def _direction(text: str, region: Region, language: str) -> int:
    """1 where the words say that something rose, -1 fell, 0 neither or both."""
    up, down = (cue(text, region, "moved", side, language) for side in ("up", "down"))
    return int(up) - int(down)


def _change(report: Annotated, q: Quantity, around: Sequence[Quantity], language: str) -> int:
    """Which way a figure says that something moved: 1 up, -1 down, 0 where it says no change."""
    text = report.article.text
    start = max([q.start - _BEFORE, *(x.end for x in around if x.end <= q.start)])
    end = min([q.end + 16, *(x.start for x in around if x.start >= q.end)])
    return _direction(text, (start, q.start), language) or _direction(text, (q.end, end), language)


def _held(
    report: Annotated,
    place: int,
    old: tuple[Quantity, Interval],
    new: tuple[Quantity, Interval],
    rest: Sequence[Quantity],
    found: Sequence[Place],
    plain: bool,
    language: str,
) -> Iterator[Sum]:
    """What the two values make, against each figure that says it."""
    (p, a), (q, b) = old, new
    unit = p.unit or q.unit
    up = (q.value or 0.0) > (p.value or 0.0)
    ways = {x.id: _change(report, x, [p, q, *rest], language) for x in rest}
    gap = (b[0] - a[1], b[1] - a[0]) if up else (a[0] - b[1], a[1] - b[0])
    size = abs((q.value or 0.0) - (p.value or 0.0))
    larger, smaller = (q, p) if up else (p, q)
    less = f"{larger.text} − {smaller.text}"
    few = len(rest) <= _FEW - 2
    stated = False
    for x in rest:
        if x.value is None or ways[x.id] == (-1 if up else 1):
            continue
        if x.unit == "1" and unit != "1" and x.value < 1 and (ways[x.id] or plain):
            got = (b[0] / a[1] - 1, b[1] / a[0] - 1) if up else (1 - b[1] / a[0], 1 - b[0] / a[1])
            working = f"{q.text} / {p.text} − 1" if up else f"1 − {q.text} / {p.text}"
            reading = "the rise as a share of the old value" if up else "the fall as a share of the old value"
            said = bool(ways[x.id]) and abs(x.start - q.start) <= _APART  # the figure itself says a rise or a fall: only then can it be a wrong one
            if got[0] > 0 and ((few and said) or verdict(got, x) == "consistent"):
                stated = True
                yield _made(report, x, reading, working, got, x)
        elif x.unit == "1" and unit != "1" and x.value > 1 and up:
            times = ratio(b, a)
            if verdict(times, x) == "consistent":
                stated = True
                yield _made(report, x, "how many times the old value", f"{q.text} / {p.text}", times, x)
        elif x.unit == "percentage point" and unit == "1":
            stated = True
            yield _made(report, p, "how many points it changed by", f"({less}) × 100", (gap[0] * 100, gap[1] * 100), x)
        elif x.unit == unit and unit != "1" and (ways[x.id] or plain) and (abs(x.value - size) <= 0.1 * size or (plain and few)):
            stated = True
            yield _made(report, p, "how much it changed by", less, gap, x)
    if stated or not plain:
        return
    far = [x for i, x in found if x not in (p, q) and abs(i - place) <= 6 and size >= 20 and x.unit != "1" and _close(x.value, size)]
    if far and unit != "1":
        yield _made(report, p, "how much it changed by", less, gap, far[0])
    elif unit == "1":
        yield _made(report, p, "how many points it changed by, as a share", less, gap, None)
    else:
        got = (b[0] / a[1] - 1, b[1] / a[0] - 1) if up else (1 - b[1] / a[0], 1 - b[0] / a[1])
        if got[0] > 0:
            working = f"{q.text} / {p.text} − 1" if up else f"1 − {q.text} / {p.text}"
            yield _made(report, p, f"the {'rise' if up else 'fall'} as a share of the old value", working, got, None)


def _close(x: float | None, y: float) -> bool:
    return x is not None and abs(x - y) < 1e-9 * y


def _made(report: Annotated, about: Quantity, reading: str, working: str, got: Interval, stated: Quantity | None) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1], stated=stated,
        verdict=verdict(got, stated) if stated is not None else "not-checkable",
    )  # fmt: skip
