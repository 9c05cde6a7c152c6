"""Sums and differences anywhere in a story: figures of which one is all the others together, and that this is no chance.

Small numbers agree by chance: of the many triples of a story's figures some always add up. So each sum is weighed by how many would be expected to come out
by chance among those as closely joined as it is (one sentence, neighbouring sentences, two reports that speak of one thing), which is the number of them tried
times the share of totals that one last digit is; words for a part, a rest or a total make it less. Large and odd figures need no such words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from .. import expressions as re
from ..types import Annotated, Claim
from .arithmetic_figures import CROWD, Figure, figures, kin, mixed, tied, values_of
from .arithmetic_sum import Sum, countable, cue, interval, verdict

__all__ = ["linked"]

_FEW = 14  # figures after one that may belong to a sum with it
_MOST = 4  # figures of one place that are tried with one from elsewhere
_APART = 3  # sentences of one report that a sum may be told over
_CHANCE = 0.2  # sums expected to come out by chance, above which one is not said
_CHANCE_APART = 0.1  # the same of figures that do not stand together
_CUE = 0.15  # what a word that joins the figures is worth
_TRIED = 10  # so many are taken as tried at least, of figures told over several sentences
_SMALL = 10
_LARGE = 1000
_FAR = 4.0  # how much likelier chance is where nothing ties the reports' figures
_GAP = 0.2  # a part of a total so small that it is the difference between the two others
_BEFORE, _AFTER = 26, 34
_REMAINING = re.compile(r"(?i)\bremaining\b")
_BY = re.compile(r"(?i)\bby\s+(?:about\s|some\s|another\s)?\Z")
_FRAME = re.compile(r"(?i)\bof\s+(?:the\s|its\s|all\s|these\s|those\s|some\s|about\s)*\Z")
_PAUSE = re.compile(r"[,:;(–—]")
_AND = re.compile(r"[^.;:\d]{0,32}(?:\band\b|,|\bplus\b|\bas well as\b)[^.;:,\d]{0,16}")
_SPELLS = frozenset({"year", "month", "week", "day"})
_NEVER = frozenset({"hour", "minute", "second", "time", "percentage point", "1"})

_Kind = tuple[str, int, int, str]


class _Equation(NamedTuple):
    """``kind``: how the figures are joined, with how many sentences the closer of them are told over, their number, and what they measure."""

    kind: _Kind
    total: Figure
    parts: tuple[Figure, ...]


def linked(reports: Sequence[Annotated], claims: Sequence[Claim], language: str, known: Sequence[Sum] = ()) -> Iterator[Sum]:
    """The sums of two to four figures that come out and are joined by words, by rows or by their own oddness, once each; ``known`` are not said again."""
    found = figures(reports, claims, language)
    tried: Counter[_Kind] = Counter()
    right = list(_equations(found, tried))
    used = [values_of(s, found) for s in known]
    best: dict[frozenset[float], tuple[bool, int, float, int]] = {}
    for i, e in enumerate(right):
        values = frozenset(f.value for f in (e.total, *e.parts))
        chance = _chance(e, tried[e.kind], language)
        if chance <= (_CHANCE if e.kind[0] == "here" else _CHANCE_APART) and not any(values <= other for other in used):
            best[values] = min(best.get(values, (True, _APART + 1, 1.0, i)), (e.kind[0] != "here", e.kind[1], chance, i))
    yield from (_told(right[i], language) for *_, i in sorted(best.values()))


def _equations(found: Sequence[Figure], tried: Counter[_Kind]) -> Iterator[_Equation]:
    """The groups of neighbouring figures that come out, alone or with one figure from elsewhere; ``tried`` counts all that were looked at, by kind."""
    found = [f for f in found if f.q.unit != "" or f.value == int(f.value)]  # "21.15" alone is an hour
    values: dict[float, list[Figure]] = {}
    for f in found:
        values.setdefault(round(f.value, 9), []).append(f)
    seen: set[tuple[object, ...]] = set()
    crowd = len(found) >= CROWD
    for group in _groups(found):
        spread = max(f.place for f in group) - min(f.place for f in group)
        key = (spread, *sorted(f.value for f in group))
        if key in seen:
            continue
        seen.add(key)
        *less, most = sorted(group, key=lambda f: f.value)
        of = next((f.unit for f in group if f.unit and not countable(f.q)), "")
        alike = all(kin(a, b) for a, b in combinations(group, 2))
        if len(group) > 2:
            tried["here", spread, len(group), of] += 1
            if _equal(sum(f.value for f in less), most.value):
                yield _Equation(("here", spread, len(group), of), most, tuple(less))
        if len(group) > _MOST or not alike or crowd:
            continue
        others = [f for f in found if f.order != group[0].order or abs(f.place - group[0].place) > _APART]
        tried["elsewhere", spread, len(group) + 1, of] += len({f.value for f in others if kin(f, most)})
        for value in (sum(f.value for f in group), most.value - sum(f.value for f in less)):
            for x in values.get(round(value, 9), ()):
                far = x.order != group[0].order or abs(x.place - group[0].place) > _APART
                if far and all(kin(x, f) for f in group) and x.value not in {f.value for f in group}:
                    total = max((*group, x), key=lambda f: f.value)
                    yield _Equation(("elsewhere", spread, len(group) + 1, of), total, tuple(f for f in (*less, most, x) if f is not total))


def _groups(found: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """Two to five figures of one report told over at most four sentences, of one thing or, in one sentence, under two nouns; five and four only closer."""
    for i, first in enumerate(found):
        if first.unit in _NEVER:
            continue
        after = [f for f in found[i + 1 : i + 1 + _FEW] if f.order == first.order and f.place - first.place <= _APART and f.unit not in _NEVER]
        for size in (1, 2, 3, 4):
            near = after if size < 3 else [f for f in after if f.place - first.place <= _APART - size + 3]
            for rest in combinations(near, size):
                group = (first, *rest)
                if len({f.value for f in group}) == len(group) and _together(group):
                    yield group


def _together(group: Sequence[Figure]) -> bool:
    """Figures of one thing, or counts of one sentence under two nouns."""
    return all(kin(a, b) or (a.place == b.place and mixed(a, b)) for a, b in combinations(group, 2))


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * b


def _inside(a: Figure, b: Figure) -> bool:
    """One figure stands in the other's words: "two of the four", which are no parts of one whole."""
    return a.order == b.order and a.q.start < b.q.end and b.q.start < a.q.end


def _chance(e: _Equation, tried: int, language: str) -> float:
    """How many such sums would come out by chance among those tried that are as closely joined; infinite where it cannot be meant."""
    every = (e.total, *e.parts)
    never = float("inf")
    finest = min(f.grain for f in every)
    cues = _cues(e, language)
    if any(f.q.hedge and f.grain > max(finest, 1.0) for f in every) or (e.total.value < _SMALL and e.kind[:2] != ("here", 0) and cues < 2):
        return never
    if any(f.value < _LARGE and (f.q.low is None or f.q.high is None) for f in every) or not _alone_fits(every):
        return never
    if any(_inside(a, b) for a, b in combinations(e.parts, 2)):
        return never
    if e.kind[0] != "here" and e.kind[1] and len(every) > 3 and e.total.value < _LARGE:
        return never
    odd = [p for p in e.parts if not kin(p, e.total)]
    alike = all(kin(a, b) for a, b in combinations(e.parts, 2))
    if odd and (not cues or not (alike if len(odd) == len(e.parts) else all(_joined(p, language) for p in odd))):
        return never
    if e.total.unit in _SPELLS and not any(_left(p, language) for p in e.parts):
        return never
    return float(max(tried, _TRIED if e.kind[1] else 0) * finest / e.total.value * _CUE**cues * (1.0 if _is_tied(every) else _FAR))


def _is_tied(every: Sequence[Figure]) -> bool:
    """All in one report, or words or a row tie the figure of the other report to one of these."""
    orders = Counter(f.order for f in every)
    alone = [f for f in every if len(orders) > 1 and orders[f.order] == 1]
    return all(any(tied(f, x) for x in every if x.order != f.order) for f in alone)


def _alone_fits(every: Sequence[Figure]) -> bool:
    """A small figure of another report is of the same sum only where a row of claims says that it is of the same thing."""
    orders = Counter(f.order for f in every)
    alone = [f for f in every if len(orders) > 1 and orders[f.order] == 1]
    return all(f.value >= _SMALL or any(f.rows & x.rows for x in every if x is not f) for f in alone)


def _joined(p: Figure, language: str) -> bool:
    text, region = _around(p)
    return any(cue(text, region, "parts", name, language) for name in ("partition", "part", "other")) or _left(p, language)


def _cues(e: _Equation, language: str) -> int:
    """How many kinds of words join the figures: a part, one more, a rest, a total."""
    said = [_around(f) for f in e.parts]
    return sum(
        (
            any(cue(t, r, "parts", name, language) for t, r in said for name in ("partition", "part")) or any(_of(p, e.total) for p in e.parts),
            any(cue(t, r, "parts", name, language) for t, r in said for name in ("other", "less")),
            any(_left(p, language) or cue(*_around(p), "parts", "ahead", language) for p in e.parts),
            cue(*_around(e.total), "parts", "total", language) or cue(*_around(e.total), "change", "bringing", language),
            _listed(e),
        )
    )


def _listed(e: _Equation) -> bool:
    """The parts stand side by side, joined by "and" or commas, with a pause between them and the total: "seven bodies, five men and two women"."""
    every = (e.total, *e.parts)
    if len({(f.order, f.place) for f in every}) > 1:
        return False
    text = e.total.report.article.text
    parts = sorted(e.parts, key=lambda f: f.q.start)
    first, last = parts[0].q, parts[-1].q
    if first.start < e.total.q.start < last.end:
        return False
    pause = text[e.total.q.end : first.start] if e.total.q.start < first.start else text[last.end : e.total.q.start]
    return bool(_PAUSE.search(pause)) and all(_AND.fullmatch(text[a.q.end : b.q.start]) for a, b in pairwise(parts))


def _left(p: Figure, language: str) -> bool:
    text, (start, end) = _around(p)
    before, after = (max(start, p.q.start - 12), p.q.end), (p.q.end, min(end, p.q.end + 20))
    return cue(text, before, "parts", "left", language) or cue(text, after, "parts", "left", language)


def _remains(p: Figure, e: _Equation, language: str) -> bool:
    """What is left is told as such; "the remaining 46" beside its total is but a part of it."""
    return _left(p, language) and not (p.place == e.total.place and _REMAINING.search(p.report.article.text[: p.q.end][-len(p.q.text) - 16 :]))


def _around(f: Figure) -> tuple[str, tuple[int, int]]:
    """The words near a figure in its sentence, up to the figures beside it."""
    text, (start, end) = f.report.article.text, f.report.marks.sentences[f.place]
    others = [q for q in f.report.marks.quantities if q is not f.q]
    start = max([start, f.q.start - _BEFORE, *(q.end for q in others if q.end <= f.q.start)])
    end = min([end, f.q.end + _AFTER, *(q.start for q in others if q.start >= f.q.end)])
    return text, (start, end)


def _result(e: _Equation, language: str) -> Figure:
    """The figure that the others make.

    What words call the rest or the lead; the one told last where the total came first; what is left where words say that a part is of the total or is to be
    taken from it; the total where words add to it; a small gap between two large figures; the one that another report tells; the one told last; else the total.
    """
    every = (e.total, *e.parts)
    orders = Counter(f.order for f in every)
    last = max(every, key=lambda f: f.q.start)
    first = len(orders) == 1 and all(e.total.place < p.place for p in e.parts)
    left = [p for p in e.parts if _remains(p, e, language) or cue(*_around(p), "parts", "ahead", language)]
    if left:
        return left[0]
    if first:
        return last
    if any(cue(*_around(p), "parts", "other", language) or _raised(p, language) for p in e.parts):
        return e.total
    if cue(*_around(e.total), "change", "bringing", language):
        return e.total
    if len(e.parts) == 2:
        within = [p for p in e.parts if _of(p, e.total)]
        if len(within) == 1:
            return next(p for p in e.parts if p is not within[0])
        away = [p for p in e.parts if cue(*_around(p), "parts", "less", language)]
        if len(away) == 1:
            return next(p for p in e.parts if p is not away[0])
        if len(orders) == 1 and min(p.value for p in e.parts) < _GAP * e.total.value:
            return min(e.parts, key=lambda p: p.value)
    if len(orders) > 1:
        return next(f for f in every if orders[f.order] == 1)
    return last if last.place > min(f.place for f in every) else e.total


def _of(part: Figure, total: Figure) -> bool:
    """ "Of 1,200 metres, 890 were never built", "five of the seven"."""
    return part.at() == total.at() and bool(_FRAME.search(part.report.article.text[: total.q.start][-20:]))


def _raised(p: Figure, language: str) -> bool:
    """ "Has risen by 17,000"."""
    text = p.report.article.text
    m = _BY.search(text, max(0, p.q.start - _BEFORE), p.q.start)
    return m is not None and cue(text, (max(0, m.start() - _BEFORE), m.start()), "moved", "up", language)


def _told(e: _Equation, language: str) -> Sum:
    """The sum with its result to the finest digit of its figures, counts as they stand: what comes out to that digit was not rounded more coarsely."""
    result = _result(e, language)
    rest = sorted((p for p in e.parts if p is not result), key=lambda p: (p.order, p.q.start))
    if result is e.total:
        working, reading = " + ".join(p.q.text for p in rest), "the parts make the total"
    else:
        working, reading = e.total.q.text + "".join(f" − {p.q.text}" for p in rest), "what is left of the total"
    finest = min(f.grain for f in (e.total, *e.parts)) / 2
    half = 0.0 if countable(result.q) and not any(f.q.hedge for f in (e.total, *e.parts)) else finest
    got = (result.value - half, result.value + half)
    where = "" if len({f.order for f in (e.total, *e.parts)}) == 1 else ", as two reports have it"
    return Sum(
        report=result.report, about=result.q, reading=reading + where, working=f"{working} = {interval(*got)}", low=got[0], high=got[1],
        stated=result.q, verdict=verdict(got, result.q),
    )  # fmt: skip
