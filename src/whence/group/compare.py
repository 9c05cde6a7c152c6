"""Which articles of a corpus to compare, and how likely each pair is of one story."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .background import frequencies, model, rarity
from .signature import NO_DAY, Signatures
from .terms import KIND, NAME, NUMBERED, times

__all__ = ["LEAST_CHANCE", "LINKED", "Corpus", "Pairs", "corpus_of", "features", "in_view", "pairs_of"]

KEYS = 32
"""An article is looked for by so many of its most telling terms."""

CAP = 100
"""In the posting of a term an article meets at most so many on either side."""

LIMIT = 100
"""An article is compared with at most so many others."""

LEAST = 0.04
"""… if the cosine of their keys is at least this: 94 % of the pairs of one story of the stories measured are found, with 37 candidates an article."""

LEAST_ALIKE = 0.05
"""Candidates with a lesser cosine over all their words are not looked at: 2 of 5,227 pairs of one story have less, and a third of all candidates."""

WINDOW = 90
"""Articles whose dates lie more days apart are not compared."""

LEAST_CHANCE = 0.003
"""Pairs less likely than this by themselves are as if never compared."""

LINKED = 0.02
"""… and those less likely than this in view of all others."""

_PAIRS, _ROWS = 1 << 17, 1 << 13

T = TypeVar("T")


class Corpus(NamedTuple):
    """Signatures with what their terms weigh among each other."""

    signed: Signatures
    rare: NDArray[np.float32]
    weights: NDArray[np.float32]
    own: NDArray[np.float32]


class Pairs(NamedTuple):
    """Pairs of articles, the first less than the second, ascending, with the chance that each is of one story.

    ``passed`` is how many comparisons were left out because a term's posting is too long, ``full`` marks articles compared with all that the limit allows.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    chance: NDArray[np.float32]
    passed: int
    full: NDArray[np.bool_]


def corpus_of(signed: Signatures) -> Corpus:
    """Weigh the terms of a corpus."""
    from .kernels import SUMS, sums

    rare = rarity(signed.hashes, signed.marks, frequencies(signed.hashes), len(signed.days))
    weights = rare * (1 + np.log(times(signed.marks)))
    own = np.zeros((len(signed.days), SUMS), np.float32)
    sums(signed.starts, signed.hashes, signed.marks, rare, weights, own)
    return Corpus(signed, rare, weights, own)


def pairs_of(corpus: Corpus, rows: NDArray[np.int64] | None = None, progress: Callable[[int, int], None] = lambda done, of: None) -> Pairs:
    """The likely pairs in which an article of ``rows`` (all, if None) stands, each judged by itself."""
    from .kernels import score

    rows = np.arange(len(corpus.signed.days)) if rows is None else rows
    first, second, cosine, passed, full = candidates_of(corpus, rows)
    m = model()
    crowds = _Crowds(corpus, first, second, cosine)
    chance = np.empty(len(first), np.float32)
    done = 0

    def judge(part: slice) -> int:
        known = crowds.completed(part)
        score(known, m["roots"], m["places"], m["splits"], m["left"], m["right"], float(m["base"]), m["line"], chance[part])
        return len(known)

    progress(0, len(first))
    for judged in _at_once(judge, len(first), _PAIRS):
        done += judged
        progress(done, len(first))
    likely = chance >= LEAST_CHANCE
    return Pairs(first[likely], second[likely], chance[likely], passed, full)


def in_view(pairs: Pairs, count: int, line: NDArray[np.float64], contexts: NDArray[np.float64] | None = None) -> Pairs:
    """The pairs of a corpus of ``count`` articles, each judged in view of all others that its two articles stand in."""
    from .kernels import likes, settled

    first, second, chance = pairs.first, pairs.second, pairs.chance
    starts = np.concatenate([[0], np.cumsum(np.bincount(first, minlength=count) + np.bincount(second, minlength=count))])
    others, chances = np.empty(2 * len(first), np.int64), np.empty(2 * len(first), np.float32)
    degree, square = np.zeros(count), np.zeros(count)
    likes(first, second, chance, starts, others, chances, degree, square)
    out = np.empty(len(first), np.float32)

    def settle(part: slice) -> None:
        seen = np.zeros((0, 10)) if contexts is None else contexts[part]
        settled(first[part], second[part], chance[part], starts, others, chances, degree, square, line, seen, out[part])

    for _ in _at_once(settle, len(first), _PAIRS):
        pass
    likely = out >= LINKED
    return pairs._replace(first=pairs.first[likely], second=pairs.second[likely], chance=out[likely])


def features(corpus: Corpus, first: NDArray[np.int64], second: NDArray[np.int64], cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is known of each pair (pairs × features). The pairs are to be all candidates: some features are relative to an article's other pairs."""
    return _Crowds(corpus, first, second, cosine).completed(slice(0, len(first)))


def candidates_of(corpus: Corpus, rows: NDArray[np.int64]) -> tuple[Any, Any, Any, int, NDArray[np.bool_]]:
    """Pairs worth comparing in which an article of ``rows`` stands, with their cosine; how many were passed over; which articles had more than the limit."""
    from .kernels import cosines
    from .kernels_candidates import nearest

    key_starts, keys, worth, post_starts, posts, where = _postings(corpus)
    days = np.where(corpus.signed.days == NO_DAY, -1, corpus.signed.days).astype(np.int64)
    full = np.zeros(len(days), bool)

    def found(part: slice) -> tuple[int, Any]:
        some = rows[part]
        out = np.empty((len(some), LIMIT), np.int64)
        passed = nearest(some, key_starts, keys, worth, post_starts, posts, where, days, WINDOW, CAP, LIMIT, LEAST, out)
        full[some] = out[:, -1] >= 0
        a, b = np.repeat(some, LIMIT), out.ravel()
        a, b = a[b >= 0], b[b >= 0]
        return passed, np.minimum(a, b) * len(days) + np.maximum(a, b)

    parts = list(_at_once(found, len(rows), _ROWS))
    both = _distinct(np.concatenate([np.zeros(0, np.int64), *(pairs for _, pairs in parts)]))
    first, second, cosine = both // max(1, len(days)), both % max(1, len(days)), np.empty(len(both), np.float32)
    s = corpus.signed

    def liken(part: slice) -> None:
        cosines(first[part], second[part], s.starts, s.hashes, s.marks, corpus.weights, corpus.own, cosine[part])

    for _ in _at_once(liken, len(both), _PAIRS):
        pass
    alike = cosine >= LEAST_ALIKE
    return first[alike], second[alike], cosine[alike], sum(passed for passed, _ in parts), full


def _at_once(work: Callable[[slice], T], count: int, size: int) -> Iterator[T]:
    """What ``work`` gives for each part of so many, in order; compiled code lets two parts be worked on at once."""
    parts = [slice(at, min(count, at + size)) for at in range(0, count, size)]
    if len(parts) < 2:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        yield from pool.map(work, parts)


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values in order, each once; sorting takes a tenth of the time of ``numpy.unique``, which hashes."""
    values.sort()
    return values[np.concatenate([[True], values[1:] != values[:-1]])] if len(values) else values


def _postings(corpus: Corpus) -> tuple[Any, ...]:
    """The keys of each article and the articles of each key; a key's articles stand by date, then by their rarest term, so that neighbours are alike."""
    s = corpus.signed
    n = len(s.days)
    of = np.repeat(np.arange(n), np.diff(s.starts))
    kind = s.marks & KIND
    weight = corpus.weights * np.where((kind == NAME) | (kind == NUMBERED), np.float32(1.5), np.float32(1)) * (kind <= NUMBERED)
    chosen = _heaviest(s.starts, weight)
    h, of = s.hashes[chosen], of[chosen]
    ids, keys = np.unique(h, return_inverse=True)
    worth = corpus.weights[chosen]
    key_starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=n))])
    rarest = np.zeros(n, np.uint32)
    first = np.flatnonzero(np.diff(key_starts) > 0)
    rarest[first] = np.minimum.reduceat(h, key_starts[first]) if len(first) else 0
    order = np.lexsort((of, rarest[of], s.days[of], keys))
    post_starts = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=len(ids)))])
    where = np.empty(len(order), np.int64)
    where[order] = np.arange(len(order))
    return key_starts, keys.astype(np.int64), worth, post_starts, of[order].astype(np.int64), where


def _heaviest(starts: NDArray[np.int64], weight: NDArray[np.float32]) -> NDArray[np.int64]:
    """Places of the ``KEYS`` heaviest terms of each article, article by article."""
    from .kernels_candidates import heaviest

    out = np.full((len(starts) - 1) * KEYS, -1, np.int64)
    heaviest(starts, weight, KEYS, out)
    return out[out >= 0]


class _Crowds:
    """How near the nearest of each article are: what stands in a crowd of likes must be more alike than what stands alone."""

    def __init__(self, corpus: Corpus, first: NDArray[np.int64], second: NDArray[np.int64], cosine: NDArray[np.float32]) -> None:
        from .kernels import crowds

        self.corpus, self.first, self.second = corpus, first, second
        self.near = np.zeros((len(corpus.signed.days), 10), np.float32)
        self.days = np.where(corpus.signed.days == NO_DAY, -1, corpus.signed.days).astype(np.int64)
        crowds(first, second, cosine, self.near)

    def completed(self, part: slice) -> NDArray[np.float32]:
        """All features of some pairs."""
        from .kernels import FEATURES, compared

        s, c = self.corpus.signed, self.corpus
        first, second = self.first[part], self.second[part]
        out = np.zeros((len(first), len(FEATURES)), np.float32)
        compared(first, second, s.starts, s.hashes, s.marks, c.rare, c.weights, c.own, self.days, s.words, s.vectors, out)
        a, b = self.near[self.first[part]], self.near[self.second[part]]
        cosine = out[:, 0]
        to_a, to_b = cosine / np.maximum(a[:, 0], 1e-6), cosine / np.maximum(b[:, 0], 1e-6)
        out[:, -4], out[:, -3] = np.minimum(to_a, to_b), np.maximum(to_a, to_b)
        out[:, -2] = cosine / np.maximum((a[:, :3].mean(1) + b[:, :3].mean(1)) / 2, 1e-6)
        out[:, -1] = (a[:, -1] + b[:, -1]) / 2
        return out
