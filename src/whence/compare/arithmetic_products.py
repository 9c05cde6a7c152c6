"""So many at so much each make so much, wherever the story tells the three: a number of things, what one has or costs, and what all have together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .. import expressions as re
from ..types import Annotated, Claim
from .arithmetic_figures import CROWD, Figure, figures, tied, values_of
from .arithmetic_sum import Interval, Sum, countable, interval, is_money, ratio, rounded, verdict
from .scales import factor
from .stems import stem

__all__ = ["products"]

_AFTER = re.compile(r"\s*(?:(each\b|apiece\b)|(?:per|for\s+(?:one|a|an|each|every)|to\s+each|an?)\s+([a-z]+)|/([a-z]+))")
_BEFORE = re.compile(r"(?i)\b(?:(?:each|every|average)\s+(?:of\s+(?:them|these|those)\s+)?([a-z]+)?|unit\s+(?:cost|price))[^.;]{0,40}\Z")
_ONE_IN = re.compile(r"(?i)\bone\s+(?:\w+\s)?(?:in|for)\s+(?:every\s|each\s)?\Z")
_EACH = re.compile(r"Each\s+(?:of\s+(?:them|these|those)\s+)?(?:is|was|has|had|will|would|cost|costs|gets|got|needs|holds|carries|carried|weighs)\b")
_SPELLS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_CALENDAR = {("day", "week"): 7.0, ("month", "year"): 12.0, ("week", "year"): 52.0}
_A_SPELL = re.compile(r"(?i)\b(?:a|an|per|each|every)\s+(day|week|month|year)\b|\b(daily|weekly|monthly|yearly|annual)\b")
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_CHANCE = 0.12
_SPREAD = 10.0  # products of a story's figures spread over some five powers of ten: this many natural units
_LEAST_THINGS = 3  # two of something stand in every story
_CLOSE = 2  # sentences within which a number of things belongs to a price without being named with it


class _Rate(NamedTuple):
    """What each has: of which noun, "" where it is said of each without one."""

    figure: Figure
    noun: str


class _Product(NamedTuple):
    chance: float
    rate: Figure
    things: Figure | None
    times: float
    total: Figure
    size: float


def products(reports: Sequence[Annotated], claims: Sequence[Claim], language: str, known: Sequence[Sum] = ()) -> Iterator[Sum]:
    """The products that come out and are no chance, each once; then those of which no total is told, where "Each" goes on from the number of things."""
    found = figures(reports, claims, language)
    used = [values_of(s, found) for s in known]
    best: dict[frozenset[float], tuple[int, float, int]] = {}
    rates = [r for f in found if (r := _rate(f)) is not None]
    right = [p for r in rates for p in _products(r, found if len(found) < CROWD else [f for f in found if f.order == r.figure.order])]
    for i, p in enumerate(right):
        values = frozenset(f.value for f in (p.rate, p.total, p.things) if f is not None)
        if p.chance <= _CHANCE and not any(values <= other for other in used):
            apart = len({f.order for f in (p.rate, p.things, p.total) if f is not None})
            best[values] = min(best.get(values, (9, 1.0, i)), (apart, p.chance, i))
    best = {v: x for v, x in best.items() if x == min(y for w, y in best.items() if len(v & w) > 1)}
    held = [right[i] for *_, i in sorted(best.values(), key=lambda x: x[2])]
    yield from map(_told, held)
    told = {v for values in used for v in values} | {p.rate.value for p in held}
    yield from (s for r in rates if r.figure.value not in told for s in _open(r, found))


def _rate(f: Figure) -> _Rate | None:
    """A figure of which words say that each thing has it."""
    if f.q.unit in {"1", "percentage point", "basis point", "time"} or f.q.unit in _SPELLS:
        return None
    text, (start, end) = f.report.article.text, f.report.marks.sentences[f.place]
    after = _AFTER.match(text, f.q.end, end)
    if after is not None and not (after[2] or after[3] or "").endswith("s"):
        return _Rate(f, stem(after[2] or after[3] or "") if after[1] is None else "")
    before = _BEFORE.search(text, max(start, f.q.start - 60), f.q.start)
    others = [q for q in f.report.marks.quantities if before is not None and before.start() < q.start < f.q.start]
    if before is None or others:
        return None
    noun = before[1] or ""
    return _Rate(f, stem(noun) if len(noun) > 3 and not _VERBS.fullmatch(noun) else "")


_VERBS = re.compile(r"(?i)was|were|cost|costs|thus|gets|will|would|came|comes|worth|has|have|price|priced|cent")


def _products(rate: _Rate, found: Sequence[Figure]) -> Iterator[_Product]:
    r = rate.figure
    a = _range(r)
    totals = [(f, size) for f in found if f.q is not r.q and (size := _size(r, f)) is not None and f.value * size > r.value * 1.5 and not _is_rate(f, rate)]
    named = [f for f in found if rate.noun and countable(f.q) and f.unit != "" and stem(f.unit) == rate.noun]
    some = [f for f in found if f.q is not r.q and _is_number_of_things(f) and (f.unit != r.unit or _one_in(r))]
    for among, weight in ((named, 0.5), ([] if rate.noun in _SPELLS or (rate.noun and countable(r.q) and not _one_in(r)) else some, 2.0 if named else 1.0)):
        tried: set[tuple[float, float]] = set()
        right: list[tuple[float, Figure, Figure, float]] = []
        for things in among:
            b = _range(things)
            for total, size in totals:
                if total.q is things.q or not _joined(r, things, total):
                    continue
                tried.add((things.value, total.value))
                c = _range(total)
                got, want = (a[0] * b[0], a[1] * b[1]), (c[0] * size, c[1] * size)
                if got[1] >= want[0] * (1 - 1e-9) and got[0] <= want[1] * (1 + 1e-9):
                    exact = _equal(r.value * things.value, total.value * size)
                    width = total.grain / total.value if exact else (got[1] - got[0] + want[1] - want[0]) / want[1]
                    beside = 0.5 if things.at() == r.at() else 1.0
                    right.append((max(width, 1e-3) * beside, things, total, size))
        for width, things, total, size in right:
            yield _Product(weight * len(tried) * width / _SPREAD, r, things, things.value, total, size)
    yield from _spelled(rate, totals, a)


def _is_number_of_things(f: Figure) -> bool:
    return countable(f.q) and f.unit not in {"1", "time", *_SPELLS} and f.value >= _LEAST_THINGS


def _spelled(rate: _Rate, totals: Sequence[tuple[Figure, float]], a: Interval) -> Iterator[_Product]:
    """So much a day and so much a week."""
    r = rate.figure
    short = _spell(r)
    for total, size in totals:
        times = _CALENDAR.get((short, _spell(total)))
        if times is None:
            continue
        c = _range(total)
        if a[1] * times >= c[0] * size and a[0] * times <= c[1] * size:
            yield _Product(0.05, r, None, times, total, size)


def _spell(f: Figure) -> str:
    text, (start, end) = f.report.article.text, f.report.marks.sentences[f.place]
    m = _A_SPELL.search(text, max(start, f.q.start - 30), f.q.start) or _A_SPELL.search(text, f.q.end, min(end, f.q.end + 45))
    if m is None:
        m2 = re.search(r"(?i)\ban?\s+average\s+(day|week|month|year)\b", text[start:end])
        return m2[1].lower() if m2 else ""
    return (m[1] or _ADVERBS[m[2].lower()]).lower()


def _is_rate(f: Figure, rate: _Rate) -> bool:
    other = _rate(f)
    return other is not None and other.noun == rate.noun


def _range(f: Figure) -> Interval:
    return rounded(f.q) or (f.value, f.value)


def _size(rate: Figure, total: Figure) -> float | None:
    """What one unit of the total is in the rate's; a bare number may be money that a unit was named for."""
    if rate.unit == total.unit:
        return 1.0
    money = [is_money(f.q) for f in (rate, total)]
    if any(money) and any(f.q.unit == "" and f.value >= 1000 for f in (rate, total)):
        return 1.0
    return factor(total.unit, rate.unit) if total.unit and rate.unit else None


def _joined(rate: Figure, things: Figure, total: Figure) -> bool:
    """The number of things stands with the price or with the total, or is of what the other report speaks of."""
    return any(things.order == f.order and abs(things.place - f.place) <= _CLOSE for f in (rate, total)) or tied(things, rate) or tied(things, total)


def _told(p: _Product) -> Sum:
    a, c = _range(p.rate), _range(p.total)
    b = _range(p.things) if p.things is not None else (p.times, p.times)
    count = p.things.q.text if p.things is not None else f"{p.times:.0f}"
    every = [f for f in (p.rate, p.things, p.total) if f is not None]
    orders = [f.order for f in every]
    alone = [f for f in every if orders.count(f.order) == 1 and len(set(orders)) == 2]
    last = max(every, key=lambda f: (f.order, f.q.start))
    result = p.rate if _one_in(p.rate) else alone[0] if alone and p.things is not None else last if len(set(orders)) == 1 and last is not p.things else p.total
    where = "" if len(set(orders)) == 1 else ", as two reports have it" if len(set(orders)) == 2 else ", as three reports have it"
    if result is p.rate:
        low, high = ratio((c[0] * p.size, c[1] * p.size), b)
        reading, working = "how much each has", f"{p.total.q.text} / {count}"
    else:
        result = p.total
        low, high = a[0] * b[0] / p.size, a[1] * b[1] / p.size
        reading, working = "so many each", f"{count} × {p.rate.q.text}"
    if p.things is not None and _equal(p.rate.value * p.things.value, p.total.value * p.size):
        half = min(result.grain / 2, (high - low) / 2)  # told to that digit, and so not rounded more coarsely
        low, high = result.value - half, result.value + half
    return _sum(result, reading + where, working, (low, high), held=True)


def _one_in(rate: Figure) -> bool:
    """ "One in every 23 people": a part of so many, of the same things."""
    return _ONE_IN.search(rate.report.article.text, max(0, rate.q.start - 20), rate.q.start) is not None


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * b


def _open(rate: _Rate, found: Sequence[Figure]) -> Iterator[Sum]:
    """ "Nine villages get a pump. Each is priced at 4,500 dollars": all together, where nothing says how much that is."""
    r = rate.figure
    text, (start, _) = r.report.article.text, r.report.marks.sentences[r.place]
    if not is_money(r.q) or _EACH.match(text, start) is None:
        return
    here = [f for f in found if f.order == r.order and f.place in (r.place - 1, r.place) and f is not r]
    before = [f for f in here if f.place < r.place and f.unit != "" and _is_number_of_things(f)]
    if len(before) == 1 and all(f.place < r.place for f in here):
        a, b = _range(r), _range(before[0])
        yield _sum(r, "so many each", f"{before[0].q.text} × {r.q.text}", (a[0] * b[0], a[1] * b[1]), held=False)


def _sum(about: Figure, reading: str, working: str, got: Interval, *, held: bool) -> Sum:
    return Sum(
        report=about.report, about=about.q, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1],
        stated=about.q if held else None, verdict=verdict(got, about.q) if held else "not-checkable",
    )  # fmt: skip
