"""Signs of one text under two reports that share few words running: rare words kept in company.

Weaker than shared text, and said to be. Measured on stories marked by hand: reports that one rewrote from the other, or both from a third, keep
fifteen rare pairs or more a hundred words; reports of one happening that owe each other nothing kept nine at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from .reuse_align import Segment
from .reuse_words import CONTENT, Words

COMPANY = 3
"""Content words after a word that count as its company."""

RARE_PAIRS = 0.15
"""Pairs a word of the shorter report, one word of each pair standing in no third report, from which two reports are one text rewritten."""

ANY_PAIRS = 0.25
"""The same where there is no third report to tell what is rare."""

LEAST = 20
"""Pairs below which nothing is said."""


class Company(msgspec.Struct, frozen=True):
    """Pairs of words that two reports keep in company: how many, how many a word of the shorter report, and where (as segments).

    ``share_a`` and ``share_b`` are the shares of either report's words that stand in such a pair.
    """

    pairs: int
    rate: float
    share_a: float
    share_b: float
    segments: tuple[Segment, ...]


def company(texts: Sequence[Words]) -> dict[tuple[int, int], Company]:
    """The pairs of reports that keep enough rare words in company to be one text rewritten."""
    places: dict[int, list[int]] = {}
    for n, text in enumerate(texts):
        for word in dict.fromkeys(text.ids):
            places.setdefault(word, []).append(n)
    rare = {word: (where[0], where[1]) for word, where in places.items() if len(where) == 2}
    kept = [_pairs(text, rare) for text in texts]
    common: dict[tuple[int, int], dict[tuple[int, int], None]] = {}
    for n, pairs in enumerate(kept):
        for p in pairs:
            for where in dict.fromkeys(rare[word] for word in p if word in rare):
                if where[0] == n and p in kept[where[1]]:
                    common.setdefault(where, {})[p] = None
    found = {}
    for n, m in sorted(common):
        shared = list(common[n, m])
        rate = len(shared) / max(1, min(len(texts[n].ids), len(texts[m].ids)))
        if len(shared) >= LEAST and rate >= (ANY_PAIRS if len(texts) == 2 else RARE_PAIRS):
            both = [(kept[n][p], kept[m][p]) for p in shared]
            in_n, in_m = {word for here, _ in both for word in here}, {word for _, there in both for word in there}
            shares = len(in_n) / len(texts[n].ids), len(in_m) / len(texts[m].ids)
            found[n, m] = Company(len(shared), rate, *shares, _windows(both))
    return found


def _pairs(text: Words, rare: Mapping[int, tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Every content word outside quotations with those that follow it, one of them ``rare``, and the words at which the pair first stands."""
    content = [k for k, weight in enumerate(text.weights) if weight == CONTENT and not text.quoted[k]]
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for at, first in enumerate(content):
        odd = text.ids[first] in rare
        for second in content[at + 1 : at + 1 + COMPANY]:
            if odd or text.ids[second] in rare:
                out.setdefault((text.ids[first], text.ids[second]), (first, second))
    return out


def _windows(pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Segment, ...]:
    """The stretches in which the pairs stand, as long in both texts as the longer needs; only those of two pairs and more."""
    runs: list[list[int]] = []
    for (a, end_a), (b, end_b) in sorted(pairs):
        last = runs[-1] if runs else None
        if last and a <= last[1] + COMPANY and last[2] - COMPANY <= b <= last[3] + COMPANY:
            last[1], last[2], last[3], last[4] = max(last[1], end_a + 1), min(last[2], b), max(last[3], end_b + 1), last[4] + 1
        else:
            runs.append([a, end_a + 1, b, end_b + 1, 1])
    return tuple(Segment(a, b, min(end_a - a, end_b - b)) for a, end_a, b, end_b, count in runs if count > 1)
