"""Shared passages of two word sequences: seeds of five words, extended along their diagonal.

``extend`` is written so that the same source runs interpreted on lists and compiled on arrays; a test holds both to the same answers.
The extension is BLAST's (Altschul et al. 1990): a match adds its weight, a mismatch costs, and the walk stops ``DROP`` below its best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from .reuse_words import Words

SEED = 5
"""Words of a seed: two words in five replaced still leave one seed in thirteen words."""

WORTH = 16
"""Weight of a seed, in sixths of a content word: two content words among the five."""

MISMATCH = 3
DROP = 24

OTHER_NUMBER = 15
"""What it costs where both texts have a number and not the same: one sentence with other figures is a form filled in twice, no copy."""


APART, SHIFT = 60, 12
"""A segment goes on where the last one ended if no more words lie between, and not many more in one text than in the other."""

NEARBY, NEARBY_WORTH = 3, 10
"""Words and weight of the shorter seeds that are looked for round a segment, where a pair has some evidence and not enough."""

MOST = 256
"""Shorter seeds that are kept for a pair."""


WITNESSES = 3
"""One of so many texts must have words between quotation marks for them to be a quotation everywhere; a mark left open now and then is not enough."""


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Words ``a`` to ``a + length`` of one text against ``b`` to ``b + length`` of the other, most of them equal."""

    a: int
    b: int
    length: int


def extend(a: Any, b: Any, weights: Any, i: int, j: int, seed: int, bounds: Any) -> tuple[int, int, int]:
    """How far words ``i`` and ``j`` can be followed: words to the left of them, words to the right (the seed's included), and the weight shared.

    ``bounds``: first word and end of the text in ``a``, first word and end of the text in ``b``.
    """
    first_a, end_a, first_b, end_b = bounds
    best = score = 0
    left = 0
    step = 1
    while step <= i - first_a and step <= j - first_b:
        if a[i - step] == b[j - step]:
            score += weights[i - step]
            if score > best:
                best = score
                left = step
        else:
            score -= 3
            if score < best - 24:
                break
        step += 1
    total = best
    best = score = 0
    for step in range(seed):
        total += weights[i + step]
    right = step = seed
    while i + step < end_a and j + step < end_b:
        if a[i + step] == b[j + step]:
            score += weights[i + step]
            if score > best:
                best = score
                right = step + 1
        else:
            score -= 3
            if score < best - 24:
                break
        step += 1
    return left, right, total + best


def spread_quotations(texts: Sequence[Words]) -> None:
    """Mark five words running as quoted wherever they stand if one place in ``WITNESSES`` has them between quotation marks.

    Some outlets print a speech or a post without the marks; that two reports share it makes neither a copy.
    """
    counts: dict[tuple[int, ...], int] = {}
    for text in texts:
        for at, gram in enumerate(zip(*(text.ids[k:] for k in range(SEED)), strict=False)):
            counts[gram] = counts.get(gram, 0) + (WITNESSES - 1 if all(text.quoted[at : at + SEED]) else -1)
    spread = {gram for gram, count in counts.items() if count >= 0}
    for text in texts if spread else ():
        for at, gram in enumerate(zip(*(text.ids[k:] for k in range(SEED)), strict=False)):
            if gram in spread:
                text.quoted[at : at + SEED] = [True] * SEED


def nearby(a: Any, b: Any, weights: Any, at_a: int, at_b: int, length: int, out: Any, count: int) -> int:
    """Write shorter seeds before and after a segment and near its diagonal to ``out[count]`` and on; how many there are now.

    Two words in five replaced leave few seeds of five words; once one is found, its neighbourhood can be read more closely.
    """
    for i in range(max(0, at_a - APART), min(len(a) - NEARBY + 1, at_a + length + APART)):
        if at_a <= i < at_a + length:
            continue
        for j in range(max(0, i + at_b - at_a - SHIFT), min(len(b) - NEARBY + 1, i + at_b - at_a + SHIFT + 1)):
            if a[i] != b[j] or a[i + 1] != b[j + 1] or a[i + 2] != b[j + 2] or count >= len(out):
                continue
            if weights[i] + weights[i + 1] + weights[i + 2] >= NEARBY_WORTH:
                out[count][0] = i
                out[count][1] = j
                count += 1
    return count


def closer(a: Words, b: Words, found: Sequence[Segment], short: Mapping[tuple[int, ...], Sequence[int]] | None = None) -> list[Segment]:
    """The segments of a pair and those that shorter seeds near them give; ``short``, where given, is ``shorter(b)``."""
    short = shorter(b) if short is None else short
    seeds: list[tuple[int, int]] = []
    for s in found:
        _nearby(a, s, short, seeds)
    out = list(found)
    known: dict[int, list[tuple[int, int]]] = {}
    for s in found:
        known.setdefault(s.b - s.a, []).append((s.a, s.a + s.length))
    for i, j in seeds[:MOST]:
        if not any(begin <= i < end for begin, end in known.get(j - i, ())):
            left, right, _ = extend(a.ids, b.ids, a.weights, i, j, NEARBY, (0, len(a.ids), 0, len(b.ids)))
            out.append(Segment(i - left, j - left, left + right))
            known.setdefault(j - i, []).append((i - left, i + right))
    return out


def shorter(text: Words) -> dict[tuple[int, ...], list[int]]:
    """Where in a text every ``NEARBY`` words running stand."""
    table: dict[tuple[int, ...], list[int]] = {}
    for at, gram in enumerate(zip(*(text.ids[k:] for k in range(NEARBY)), strict=False)):
        table.setdefault(gram, []).append(at)
    return table


def _nearby(a: Words, s: Segment, short: Mapping[tuple[int, ...], Sequence[int]], seeds: list[tuple[int, int]]) -> None:
    """The seeds that ``nearby`` finds, by a table of the other text's words: compared with every word near the diagonal it takes eight times as long."""
    ids, weights = a.ids, a.weights
    for begin, end in ((max(0, s.a - APART), s.a), (s.a + s.length, min(len(ids) - NEARBY + 1, s.a + s.length + APART))):
        for i in range(begin, min(end, len(ids) - NEARBY + 1)):
            places = short.get(tuple(ids[i : i + NEARBY]))
            if places is not None and sum(weights[i : i + NEARBY]) >= NEARBY_WORTH:
                near = i + s.b - s.a
                seeds += [(i, j) for j in places if near - SHIFT <= j <= near + SHIFT]


def postings(texts: Sequence[Words]) -> dict[tuple[int, ...], list[tuple[int, int]]]:
    """Where every five words running stand: (text, position), only those that stand in two texts or more."""
    table: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for n, text in enumerate(texts):
        ids, weights = text.ids, text.weights
        for at, gram in enumerate(zip(*(ids[k:] for k in range(SEED)), strict=False)):
            if sum(weights[at : at + SEED]) >= WORTH:
                table.setdefault(gram, []).append((n, at))
    return {gram: places for gram, places in table.items() if places[0][0] != places[-1][0]}


def hits(texts: Sequence[Words], often: int = 64) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Seeds of every pair of texts (first < second), as word positions in the order of the first.

    A seed that stands more than ``often`` times within the two texts of a pair is left out: the passage shows by its other seeds. So is one that goes on
    where another begins a word before: extended, that one holds it. Two hundred copies of a text have a few seeds a pair, not one a word.
    """
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    ids = [text.ids for text in texts]
    sums = [[0, *accumulate(text.weights)] for text in texts]
    for places in postings(texts).values():
        for k, (n, at) in enumerate(places):
            seen = 0
            before = ids[n][at - 1] if at and sums[n][at - 1 + SEED] - sums[n][at - 1] >= WORTH else None
            for m, to in places[k + 1 :]:
                if m != n:
                    if to == 0 or ids[m][to - 1] != before:
                        found.setdefault((n, m), []).append((at, to))
                    seen += 1
                    if seen > often * len(texts):
                        break
    for seeds in found.values():
        seeds.sort()
    return found


def segments(a: Words, b: Words, seeds: Sequence[tuple[int, int]]) -> list[Segment]:
    """The seeds of a pair extended, each stretch of a diagonal once, in the order of the first text."""
    reached: dict[int, int] = {}
    out: list[Segment] = []
    for i, j in seeds:
        if reached.get(j - i, -1) >= i + SEED:
            continue
        left, right, _ = extend(a.ids, b.ids, a.weights, i, j, SEED, (0, len(a.ids), 0, len(b.ids)))
        left = min(left, i - reached.get(j - i, 0))
        reached[j - i] = i + right
        out.append(Segment(i - left, j - left, left + right))
    return sorted(out, key=lambda s: (s.a, s.b, s.length))
