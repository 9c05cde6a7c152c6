"""Signs of one text under two reports that share few words running: rare words kept in company, and spellings that nobody else has.

Weaker than shared text, and said to be. Measured on stories marked by hand: reports that one rewrote from the other, or both from a third, keep
fifteen rare pairs or more a hundred words; reports of one happening that owe each other nothing kept nine at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

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

SPELT = 7
"""Letters of a word whose odd spelling can be told from another word."""


STYLES = (("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("c", "s"))
"""Spellings that countries differ in."""


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
    kept = [_pairs(text) for text in texts]
    spread = Counter(word for text in texts for word in set(text.ids))
    found = {}
    for n, m in combinations(range(len(texts)), 2):
        shared = [p for p in kept[n] if p in kept[m] and (len(texts) == 2 or min(spread[p[0]], spread[p[1]]) == 2)]
        rate = len(shared) / max(1, min(len(texts[n].ids), len(texts[m].ids)))
        if len(shared) >= LEAST and rate >= (ANY_PAIRS if len(texts) == 2 else RARE_PAIRS):
            places = [(kept[n][p], kept[m][p]) for p in shared]
            in_n, in_m = {word for here, _ in places for word in here}, {word for _, there in places for word in there}
            shares = len(in_n) / len(texts[n].ids), len(in_m) / len(texts[m].ids)
            found[n, m] = Company(len(shared), rate, *shares, _windows(places))
    return found


def _pairs(text: Words) -> dict[tuple[int, int], tuple[int, int]]:
    """Every content word outside quotations with those that follow it, and the words at which the pair first stands."""
    content = [k for k, weight in enumerate(text.weights) if weight == CONTENT and not text.quoted[k]]
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for at, first in enumerate(content):
        for second in content[at + 1 : at + 1 + COMPANY]:
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


def odd_spellings(spellings: Sequence[Sequence[str]]) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """Words in small letters that two reports alone spell so, beside the spelling that two others or more have: (odd, usual) a pair of reports."""
    spread: dict[str, list[int]] = {}
    for n, words in enumerate(spellings):
        for word in dict.fromkeys(words):
            if len(word) >= SPELT and word.isalpha() and word.islower():
                spread.setdefault(word, []).append(n)
    shapes: dict[str, list[str]] = {}
    for word in spread:
        for shape in _shapes(word):
            shapes.setdefault(shape, []).append(word)
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for odd, places in spread.items():
        if len(places) == 2:
            near = {w for shape in _shapes(odd) for w in shapes[shape] if w != odd and _slip(odd, w)}
            usual = [w for w in sorted(near) if len(set(spread[w]) - set(places)) >= 2 and not set(spread[w]) & set(places)]
            if usual:
                found.setdefault((places[0], places[1]), []).append((odd, usual[0]))
    return found


def _shapes(word: str) -> set[str]:
    """A word and the word without each of its inner letters: two words one slip apart have one in common."""
    return {word, *(word[:k] + word[k + 1 :] for k in range(2, len(word) - 2))}


def _slip(odd: str, usual: str) -> bool:
    """True where two spellings differ by a slip of the pen and not by the house style of a country or by a name's transcription."""
    if any(odd.replace(a, b) == usual.replace(a, b) for a, b in STYLES):
        return False
    if len(odd) == len(usual):
        wrong = [k for k, (x, y) in enumerate(zip(odd, usual, strict=True)) if x != y]
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and odd[wrong[0]] == usual[wrong[1]] and odd[wrong[1]] == usual[wrong[0]]
    doubled = [w for w in (odd, usual) if any(x == y for x, y in pairwise(w))]
    return abs(len(odd) - len(usual)) == 1 and len(doubled) < 2
