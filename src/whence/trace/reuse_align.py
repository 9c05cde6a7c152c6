"""Shared passages of two word sequences: seeds of five words, extended along their diagonal.

``extend`` is written so that the same source runs interpreted on lists and compiled on arrays; a test holds both to the same answers.
The extension is BLAST's (Altschul et al. 1990): a match adds its weight, a mismatch costs, and the walk stops ``DROP`` below its best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from .reuse_words import Words

SEED = 5
"""Words of a seed: two words in five replaced still leave one seed in thirteen words."""

MISMATCH = 3
DROP = 24


class Segment(msgspec.Struct, frozen=True):
    """Words ``a`` to ``a + length`` of one text against ``b`` to ``b + length`` of the other, most of them equal."""

    a: int
    b: int
    length: int


def extend(a: Any, b: Any, weights: Any, i: int, j: int, seed: int) -> tuple[int, int]:
    """How far words ``i`` and ``j`` can be followed: words to the left of them, words to the right (the seed's included)."""
    best = score = 0
    left = 0
    step = 1
    while step <= i and step <= j:
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
    best = score = 0
    right = seed
    step = seed
    while i + step < len(a) and j + step < len(b):
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
    return left, right


def postings(texts: Sequence[Words]) -> dict[tuple[int, ...], list[tuple[int, int]]]:
    """Where every five words running stand: (text, position), only those that stand in two texts or more."""
    table: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for n, text in enumerate(texts):
        ids = text.ids
        for at, gram in enumerate(zip(*(ids[k:] for k in range(SEED)), strict=False)):
            table.setdefault(gram, []).append((n, at))
    return {gram: places for gram, places in table.items() if places[0][0] != places[-1][0]}


def hits(texts: Sequence[Words], often: int = 64) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Seeds of every pair of texts (first < second), as word positions in the order of the first.

    A seed that stands more than ``often`` times within the two texts of a pair is left out: the passage shows by its other seeds.
    """
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for places in postings(texts).values():
        for k, (n, at) in enumerate(places):
            seen = 0
            for m, to in places[k + 1 :]:
                if m != n:
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
        left, right = extend(a.ids, b.ids, a.weights, i, j, SEED)
        left = min(left, i - reached.get(j - i, 0))
        reached[j - i] = i + right
        out.append(Segment(i - left, j - left, left + right))
    return sorted(out, key=lambda s: (s.a, s.b, s.length))


def runs(a: Words, b: Words, segment: Segment) -> Iterator[tuple[int, int]]:
    """The stretches of a segment in which every word is equal: first word (counted from the segment's) and number of words."""
    begun = -1
    for k in range(segment.length):
        if a.ids[segment.a + k] == b.ids[segment.b + k]:
            if begun < 0:
                begun = k
        elif begun >= 0:
            yield begun, k - begun
            begun = -1
    if begun >= 0:
        yield begun, segment.length - begun
