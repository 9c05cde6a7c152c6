"""What shared passages say of a pair of reports: whether they are one text, of what kind, and which was first."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Sequence

import msgspec

from ..types import LinkKind
from .reuse_align import APART, MISMATCH, OTHER_NUMBER, SHIFT, Segment
from .reuse_words import CONTENT, NUMBER, Words

RUN = 20
"""Equal words running that no two reporters write apart; sixteen and more have been seen in texts of one source."""

ENOUGH = 16.0
"""Content words that shorter runs must share beyond chance, all together."""

SOME = 4.0
"""Content words beyond chance from which a pair is read again with shorter seeds."""

CHANCE = 4.0
"""Content words that a stretch shares by chance: a title with its name, a body's full style."""

AGAIN = 1.0
"""What a stretch that goes on where the last one ended may share by chance."""

OWN = 10.0
"""Content words beyond chance that must stand outside quotation marks, or what is shared is a quotation with its "he said"."""

WHOLE = 0.5
"""A report of which this share stands in the other is called a copy or an edit of it, not a rewrite."""

UNCHANGED = 0.97
"""Equal words in the shared passages, from which they are called copied word for word."""


JOIN = 10
"""Passages with no more words than this between them, in both reports, are shown as one."""

SHORT = 8
"""Words below which a passage on its own is no evidence worth showing beside longer ones."""


class Direction(msgspec.Struct, frozen=True, kw_only=True):
    """Which of a pair was ``first``: 0 or 1, None where it cannot be told; ``why`` says by what, ``certain`` is the chance that it is right."""

    first: int | None
    why: str
    certain: float = 0.5


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What two reports share: ``strength`` in content words beyond chance, ``run`` and ``matched`` in words.

    ``own_*`` count only words outside quotation marks: a quotation two reports have from one speaker makes neither a copy.
    """

    segments: tuple[Segment, ...]
    run: int
    strength: float
    own_run: int
    own_strength: float
    matched: int
    spanned: int
    share_a: float
    share_b: float


def promising(segments: Sequence[Segment], weights: Sequence[int]) -> bool:
    """False where the segments of a pair are too little for more than chance, whatever their words: they are not worth measuring.

    ``weights`` are those of the first text's words, summed up to each word.
    """
    most = int((AGAIN - CHANCE) * CONTENT)
    for s in segments:
        if s.length >= RUN:
            return True
        most += max(0, weights[s.a + s.length] - weights[s.a] - int(AGAIN * CONTENT))
    return most >= SOME * CONTENT


def share(a: Words, b: Words, segments: Sequence[Segment]) -> Shared:
    """Measure the shared segments of a pair. Dropped: what shares no more than chance, and what repeats words of a stronger segment."""
    valued = [(_strength(a, b, s, own=False)[0], n, s) for n, s in enumerate(segments)]
    kept: list[Segment] = []
    in_a, in_b = set[int](), set[int]()
    matched_a = matched_b = 0
    for value, _, s in sorted(valued, key=lambda v: (-v[0], v[1])):
        here, there = range(s.a, s.a + s.length), range(s.b, s.b + s.length)
        if value > AGAIN * CONTENT and 2 * len(in_a.intersection(here)) < s.length and 2 * len(in_b.intersection(there)) < s.length:
            kept.append(s)
            equal = [k for k in range(s.length) if a.ids[s.a + k] == b.ids[s.b + k]]
            matched_a += sum(s.a + k not in in_a for k in equal)
            matched_b += sum(s.b + k not in in_b for k in equal)
            in_a.update(here)
            in_b.update(there)
    kept.sort(key=lambda s: s.a)
    every = [_strength(a, b, s, own=False) for s in kept]
    own = [_strength(a, b, s, own=True) for s in kept]
    return Shared(
        segments=tuple(kept),
        run=max((run for _, run in every), default=0),
        strength=chained(kept, [value for value, _ in every]),
        own_run=max((run for _, run in own), default=0),
        own_strength=chained(kept, [value for value, _ in own]),
        matched=matched_a,
        spanned=len(in_a),
        share_a=matched_a / max(1, len(a.ids)),
        share_b=matched_b / max(1, len(b.ids)),
    )


def chained(segments: Sequence[Segment], values: Sequence[int]) -> float:
    """Content words shared beyond chance by segments in the order of their first text; those that go on from one another are one chain."""
    total = chain = end_a = end_b = 0
    for s, value in zip(segments, values, strict=True):
        if value > 0:
            gap_a, gap_b = s.a - end_a, s.b - end_b
            if chain > 0 and 0 <= gap_a <= APART and 0 <= gap_b <= APART and abs(gap_a - gap_b) <= SHIFT:
                chain += max(0, value - int(AGAIN * CONTENT))
            else:
                total += beyond(chain)
                chain = value
            end_a, end_b = s.a + s.length, s.b + s.length
    return (total + beyond(chain)) / CONTENT


def beyond(chain: int) -> int:
    """Weight of a chain less what chance gives."""
    return max(0, chain - int(CHANCE * CONTENT))


def _strength(a: Words, b: Words, segment: Segment, *, own: bool) -> tuple[int, int]:
    """Weight shared, in sixths of a content word, and the longest run of equal words (those of a set phrase not counted)."""
    score = run = longest = 0
    here, there = slice(segment.a, segment.a + segment.length), slice(segment.b, segment.b + segment.length)
    quoted = map(operator.or_, a.quoted[here], b.quoted[there]) if own else itertools.repeat(False, segment.length)
    for one, other, w, v, skip in zip(a.ids[here], b.ids[there], a.weights[here], b.weights[there], quoted, strict=True):
        if skip:
            run = 0
        elif one != other:
            score -= OTHER_NUMBER if w == v == NUMBER else MISMATCH
            run = 0
        else:
            weight = w if w < v else v
            score += weight
            if weight > 0:
                run += 1
                if run > longest:
                    longest = run
    return max(0, score), longest


def one_text(run: int, strength: float) -> bool:
    """True where what is shared is more than two reporters write apart."""
    return (run >= RUN and strength > 0) or strength >= ENOUGH


def kind(shared: Shared) -> LinkKind:
    """The kind of a pair that shares text: how much of either report it is, and whether its words were changed."""
    if shared.own_strength < OWN:
        return "quotes"
    if max(shared.share_a, shared.share_b) < WHOLE * (shared.matched / max(1, shared.spanned)):
        return "rewrites"
    return "copies" if shared.matched >= UNCHANGED * shared.spanned else "edits"


def placed(shared: Shared, way: Direction) -> tuple[LinkKind, str]:
    """The kind of a pair whose direction is known, or known to be open; and what is to be said where the link gets no direction."""
    what = kind(shared)
    if what == "quotes":
        return what, "what they share stands in quotation marks: both may have it from the speaker"
    if way.first is None and what == "rewrites":
        return "shares-origin", "each has words of its own and neither credits the other: one text lies under both, here or not"
    return what, way.why


def joined(segments: Sequence[Segment]) -> list[tuple[int, int, int, int]]:
    """Passages (first word and end in one text, first word and end in the other): neighbouring segments joined, scraps left out."""
    if len(segments) == 1:
        return [(s.a, s.a + s.length, s.b, s.b + s.length) for s in segments]
    passages: list[list[int]] = []
    for s in sorted(segments, key=lambda s: (s.a, s.b)):
        last = passages[-1] if passages else None
        if last and s.a <= last[1] + JOIN and last[2] <= s.b <= last[3] + JOIN:
            last[1], last[3] = max(last[1], s.a + s.length), max(last[3], s.b + s.length)
        else:
            passages.append([s.a, s.a + s.length, s.b, s.b + s.length])
    least = min(SHORT, max((p[1] - p[0] for p in passages), default=0))
    return [(p[0], p[1], p[2], p[3]) for p in passages if p[1] - p[0] >= least]


def confidence(run: int, strength: float) -> float:
    """How sure it is that the passages are one text: grows with what is shared and never reaches 1."""
    weight = max(strength, float(run))
    return round(min(0.99, weight / (weight + 6.0)), 2)
