"""Shares, folds and changes that one clause states and two figures of other clauses make: "70 per cent of them", "more than twice", "14 percent higher"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from .. import expressions as re
from ..types import Annotated, Claim
from .arithmetic_figures import CROWD, Figure, figures, kin, tied, values_of
from .arithmetic_sum import Interval, Sum, countable, cue, interval, ratio, rounded, verdict
from .stems import stem

__all__ = ["shares"]

_NEVER = frozenset({"1", "percentage point", "basis point", "year", "month", "week", "day", "hour", "minute", "second", "time"})
_CLOSE = 3  # sentences between the stated share and a figure that stands with it
_APART = 3  # sentences between the two figures of one report
_BEFORE, _AFTER = 26, 12
_OPEN = 0.15  # how far beyond an open-ended share ("more than a third") the true one may lie
_SPREAD = 3.0  # the ratios of a story's figures spread over some powers of ten
_CHANCE = 0.1
_LOOSE = 0.1  # of a share so wide as this, the figures must be joined by their sentence
_FAR = 4.0  # how much likelier chance is where nothing ties the share to the figures
_JOIN = 0.3  # what a joint, in place or in words, is worth
_LEAST = 5
_OF = re.compile(r"(?i)\bof\s+(?:the\s|its\s|all\s|these\s|those\s|their\s|them\b|some\s|about\s)*\Z")
_OF_THESE = re.compile(r"(?i)\bof\s+(?:these|those|them|that|which|whom)\b")


class _Ratio(NamedTuple):
    chance: float
    share: Figure
    small: Figure
    large: Figure
    way: str


def shares(reports: Sequence[Annotated], claims: Sequence[Claim], language: str, known: Sequence[Sum] = ()) -> Iterator[Sum]:
    """The stated shares and changes that figures elsewhere make, where that is no chance; each pair of figures once, each share once a report."""
    found = figures(reports, claims, language)
    used = [values_of(s, found) for s in known]
    held = {(s.report.id, s.stated.id) for s in known if s.stated is not None}
    right = [r for f in found if f.q.unit == "1" and (f.report.id, f.q.id) not in held for r in _ratios(f, found, language)]
    pairs: set[frozenset[float]] = set()
    told: set[str] = set()
    for r in sorted(right, key=lambda r: (r.chance, r.share.order, r.share.q.start, r.small.order, r.small.q.start, r.large.order, r.large.q.start)):
        pair = frozenset((r.small.value, r.large.value))
        if r.chance <= _CHANCE and pair not in pairs and r.share.q.id not in told and not any(pair <= v for v in used):
            pairs.add(pair)
            told.add(r.share.q.id)
            yield _told(r)


def _ratios(s: Figure, found: Sequence[Figure], language: str) -> Iterator[_Ratio]:
    """The pairs of figures that make a share, with how many pairs would by chance."""
    want = _wanted(s)
    way = _way(s, language)
    if want is None or (way == "share" and not 0 < s.value < 1):
        return
    among = found if len(found) < CROWD else [f for f in found if f.order == s.order]
    some = [f for f in among if f.unit not in _NEVER and f.value >= (_LEAST if countable(f.q) else 0)]
    near = {id(f) for f in some if _stands_with(f, s)}
    tried: dict[bool, set[tuple[float, float]]] = {True: set(), False: set()}
    right = []
    for a, b in combinations(some, 2):
        with_share = id(a) in near or id(b) in near
        if a.value == b.value or not (with_share or (a.order == b.order and a.q.unit == b.q.unit != "" and a.order != s.order)) or not _pair(a, b):
            continue
        small, large = (a, b) if a.value < b.value else (b, a)
        tried[with_share].add((small.value, large.value))
        got = _made(small, large, way)
        if got[1] >= want[0] and got[0] <= want[1]:
            right.append((small, large, got, with_share))
    for small, large, got, with_share in right:
        width = (got[1] - got[0] + want[1] - want[0]) / want[1]
        loose = width > _LOOSE or _in_words(s)
        if loose and not ((_of(small, large) or small.at() == large.at()) and (small.order == s.order or _of_something(s))):
            continue
        count = len(tried[with_share]) * (1.0 if with_share else _FAR)
        yield _Ratio(count * max(width, 1e-3) / _SPREAD * _JOIN ** _joints(s, small, large), s, small, large, way)


def _wanted(s: Figure) -> Interval | None:
    """The interval of a stated share; where it is open, as far as such words go."""
    q = s.q
    if not q.hedge and "cent" in q.text and not any(c.isdigit() for c in q.text):
        return s.value, s.value  # "twenty per cent" in words is no rounded measure
    if q.low is not None and q.high is not None and q.low != q.high:
        return q.low, q.high
    half = s.grain / 2 if s.grain < 1 and "%" not in q.text else s.value * 0.02
    if q.high is None and q.low is not None:
        return s.value, s.value * (1 + _OPEN)
    if q.low is None and q.high is not None:
        return s.value * (1 - _OPEN), s.value
    return (s.value - half, s.value + half) if s.value else None


def _in_words(s: Figure) -> bool:
    """ "Half", "a third": so common that a pair of figures that makes them says little."""
    return "cent" not in s.q.text and not any(c.isdigit() for c in s.q.text)


def _of_something(s: Figure) -> bool:
    return re.match(r"\s+of\b", s.report.article.text[s.q.end : s.q.end + 6]) is not None


def _way(s: Figure, language: str) -> str:
    """Whether a figure says a share, how many times as much, or that something rose or fell by so much."""
    text, (start, end) = s.report.article.text, s.report.marks.sentences[s.place]
    if s.value > 1:
        return "times"
    others = [q for q in s.report.marks.quantities if q is not s.q]
    before = (max([start, s.q.start - _BEFORE, *(q.end for q in others if q.end <= s.q.start)]), s.q.start)
    after = (s.q.end, min([end, s.q.end + _AFTER, *(q.start for q in others if q.start >= s.q.end)]))
    up, down = ((cue(text, before, "moved", name, language) or cue(text, after, "moved", name, language)) for name in ("up", "down"))
    return "share" if up == down else "rise" if up else "fall"


def _stands_with(f: Figure, s: Figure) -> bool:
    return f.q is not s.q and ((f.order == s.order and abs(f.place - s.place) <= _CLOSE) or (f.order != s.order and tied(f, s)))


def _pair(a: Figure, b: Figure) -> bool:
    """Two figures that may be part and whole, or old and new: near each other, of one named thing, or told in two reports of one thing."""
    if not (a.unit == b.unit or (kin(a, b) and (_of(a, b) or _of(b, a)))):
        return False
    if a.order == b.order:
        return abs(a.place - b.place) <= _APART or a.q.unit == b.q.unit not in {"", "person"} or bool(a.rows & b.rows)
    return a.q.unit == b.q.unit != "" and tied(a, b)


def _range(f: Figure) -> Interval:
    return rounded(f.q) or (f.value, f.value)


def _made(small: Figure, large: Figure, way: str) -> Interval:
    low, high = ratio(_range(small), _range(large))
    if way == "share":
        return low, high
    if way == "fall":
        return 1 - high, 1 - low
    return (1 / high, 1 / low) if way == "times" else (1 / high - 1, 1 / low - 1)


def _joints(s: Figure, small: Figure, large: Figure) -> int:
    """How many things join a share with two figures: the same sentence, words for a part of a whole, the whole's name beside the share."""
    kinds = (
        small.at() == large.at(),
        s.at() in {small.at(), large.at()},
        _of(small, large),
        countable(large.q) and large.q.unit not in {"", "person"} and stem(large.q.unit) in s.said and s.at() != large.at(),
        any(f.rows & s.rows for f in (small, large)) and s.at() not in {small.at(), large.at()},
    )
    return sum(kinds)


def _of(small: Figure, large: Figure) -> bool:
    """ "Of 412 households", "412 households. Of these, 149"."""
    text = small.report.article.text
    if small.order != large.order:
        return False
    if small.place == large.place and _OF.search(text[: large.q.start][-24:]):
        return True
    sentence = small.report.marks.sentences[small.place]
    return 0 <= small.place - large.place <= 1 and _OF_THESE.search(text, max(sentence[0], small.q.start - 20), min(sentence[1], small.q.end + 12)) is not None


def _told(r: _Ratio) -> Sum:
    orders = {r.share.order, r.small.order, r.large.order}
    where = "" if len(orders) == 1 else ", as two reports have it" if len(orders) == 2 else ", as three reports have it"
    small, large = r.small.q.text.split(" of ")[0], r.large.q.text
    about = r.share.q
    if r.way == "share" and r.share.order == r.small.order != r.large.order and abs(r.share.place - r.small.place) <= 1:
        want, whole = _wanted(r.share) or (r.share.value, r.share.value), _range(r.large)
        low, high, about = want[0] * whole[0], want[1] * whole[1], r.small.q
        reading, working = "that share of the whole", f"{r.share.q.text} of {large}"
    else:
        low, high = _made(r.small, r.large, r.way)
        reading, working = {
            "share": ("the share that the figures make", f"{small} / {large}"),
            "fall": ("the fall as a share of the old value", f"1 − {small} / {large}"),
            "rise": ("the rise as a share of the old value", f"{large} / {small} − 1"),
            "times": ("how many times the smaller figure", f"{large} / {small}"),
        }[r.way]
    return Sum(
        report=r.share.report, about=about, reading=reading + where, working=f"{working} = {interval(low, high)}", low=low, high=high, stated=about,
        verdict=verdict((low, high), about),
    )  # fmt: skip
