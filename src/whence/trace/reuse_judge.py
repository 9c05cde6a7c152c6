"""What shared passages say of a pair of reports: whether they are one text, of what kind, and which was first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..types import LinkKind
from .reuse_align import MISMATCH, Segment, runs
from .reuse_words import CONTENT, Words

RUN = 20
"""Equal words running that no two reporters write apart; sixteen and more have been seen in texts of one source."""

ENOUGH = 12.0
"""Content words that shorter runs must share beyond chance, all together."""

CHANCE = 3.0
"""Content words that a stretch shares by chance: a title with its name, a body's full style."""

WHOLE = 0.5
"""A report of which this share stands in the other is called a copy or an edit of it, not a rewrite."""

UNCHANGED = 0.97
"""Equal words in the shared passages, from which they are called copied word for word."""


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


def share(a: Words, b: Words, segments: Sequence[Segment]) -> Shared:
    """Measure the shared segments of a pair; segments that share no more than chance are dropped."""
    kept = [s for s in segments if _strength(a, b, s, own=False)[0] > 0]
    run = own_run = 0
    strength = own_strength = 0.0
    in_a, in_b, spanned = set[int](), set[int](), set[int]()
    for s in kept:
        value, longest = _strength(a, b, s, own=False)
        strength, run = strength + value, max(run, longest)
        value, longest = _strength(a, b, s, own=True)
        own_strength, own_run = own_strength + value, max(own_run, longest)
        spanned.update(range(s.a, s.a + s.length))
        for begin, length in runs(a, b, s):
            in_a.update(range(s.a + begin, s.a + begin + length))
            in_b.update(range(s.b + begin, s.b + begin + length))
    return Shared(
        segments=tuple(kept),
        run=run,
        strength=strength,
        own_run=own_run,
        own_strength=own_strength,
        matched=len(in_a),
        spanned=len(spanned),
        share_a=len(in_a) / max(1, len(a.ids)),
        share_b=len(in_b) / max(1, len(b.ids)),
    )


def _strength(a: Words, b: Words, segment: Segment, *, own: bool) -> tuple[float, int]:
    """Content words shared beyond chance, and the longest run of equal words (those of a set phrase not counted)."""
    score = run = longest = 0
    for k in range(segment.length):
        i, j = segment.a + k, segment.b + k
        if own and (a.quoted[i] or b.quoted[j]):
            run = 0
        elif a.ids[i] != b.ids[j]:
            score, run = score - MISMATCH, 0
        else:
            score += a.weights[i]
            run += a.weights[i] > 0
            longest = max(longest, run)
    return max(0.0, score / CONTENT - CHANCE), longest


def one_text(run: int, strength: float) -> bool:
    """True where what is shared is more than two reporters write apart."""
    return (run >= RUN and strength >= CHANCE) or strength >= ENOUGH


def kind(shared: Shared) -> LinkKind:
    """The kind of a pair that shares text: how much of either report it is, and whether its words were changed."""
    if not one_text(shared.own_run, shared.own_strength):
        return "quotes"
    if max(shared.share_a, shared.share_b) < WHOLE * (shared.matched / max(1, shared.spanned)):
        return "rewrites"
    return "copies" if shared.matched >= UNCHANGED * shared.spanned else "edits"


def confidence(run: int, strength: float) -> float:
    """How sure it is that the passages are one text: grows with what is shared and never reaches 1."""
    weight = max(strength, float(run))
    return round(min(0.99, weight / (weight + 6.0)), 2)
