"""Which articles of a corpus to compare, and how likely each pair is of one story."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .background import frequencies, model, rarity
from .signature import NO_DAY, Signatures
from .terms import KIND, NAME, NUMBERED, times

__all__ = ["LEAST_CHANCE", "Corpus", "Pairs", "corpus_of", "features", "pairs_of"]

KEYS = 24
"""An article is looked for by so many of its most telling terms."""

CAP = 200
"""In the posting of a term an article meets at most so many on either side."""

LIMIT = 100
"""An article is compared with at most so many others."""

LEAST = 20.0
"""… that share at least so much with it: the squared weights of two fairly rare words."""

WINDOW = 90
"""Articles whose dates lie more days apart are not compared."""

LEAST_CHANCE = 0.02
"""Pairs less likely than this are as if never compared."""

_AT_ONCE = 1 << 18


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
    sums(signed.starts, signed.marks, rare, weights, own)
    return Corpus(signed, rare, weights, own)


def pairs_of(corpus: Corpus, rows: NDArray[np.int64] | None = None, progress: Callable[[int, int], None] = lambda done, of: None) -> Pairs:
    """The likely pairs in which an article of ``rows`` (all, if None) stands."""
    from .kernels import score

    rows = np.arange(len(corpus.signed.days)) if rows is None else rows
    first, second, passed, full = candidates_of(corpus, rows)
    trees = model()
    chance = np.empty(len(first), np.float32)
    progress(0, len(first))
    crowds = _Crowds(corpus, first, second)
    for at in range(0, len(first), _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        known = crowds.completed(part)
        score(known, trees["roots"], trees["places"], trees["splits"], trees["left"], trees["right"], float(trees["base"]), chance[part])
        progress(min(len(first), at + _AT_ONCE), len(first))
    likely = chance >= LEAST_CHANCE
    return Pairs(first[likely], second[likely], chance[likely], passed, full)


def features(corpus: Corpus, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float32]:
    """What is known of each pair (pairs × features). The pairs are to be all candidates: some features are relative to an article's other pairs."""
    return _Crowds(corpus, first, second).completed(slice(0, len(first)))


def candidates_of(corpus: Corpus, rows: NDArray[np.int64]) -> tuple[Any, Any, int, NDArray[np.bool_]]:
    """Pairs worth comparing in which an article of ``rows`` stands; how many were passed over; which articles had more than the limit."""
    from .kernels import nearest

    key_starts, keys, worth, post_starts, posts = _postings(corpus)
    days = np.where(corpus.signed.days == NO_DAY, -1, corpus.signed.days).astype(np.int64)
    full = np.zeros(len(days), bool)
    found, passed = [np.zeros(0, np.int64)], 0
    for at in range(0, len(rows), 1 << 14):
        some = rows[at : at + (1 << 14)]
        out, near = np.empty((len(some), LIMIT), np.int64), np.empty((len(some), LIMIT), np.float32)
        passed += nearest(some, key_starts, keys, worth, post_starts, posts, days, WINDOW, CAP, LIMIT, LEAST, out, near)
        full[some] = out[:, -1] >= 0
        a, b = np.repeat(some, LIMIT), out.ravel()
        a, b = a[b >= 0], b[b >= 0]
        found.append(np.unique(np.minimum(a, b) * len(days) + np.maximum(a, b)))
    both = np.unique(np.concatenate(found))
    return both // max(1, len(days)), both % max(1, len(days)), passed, full


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
    return key_starts, keys.astype(np.int64), worth, post_starts, of[order].astype(np.int64)


def _heaviest(starts: NDArray[np.int64], weight: NDArray[np.float32]) -> NDArray[np.int64]:
    """Places of the ``KEYS`` heaviest terms of each article, article by article."""
    from .kernels import heaviest

    out = np.full((len(starts) - 1) * KEYS, -1, np.int64)
    heaviest(starts, weight, KEYS, out)
    return out[out >= 0]


class _Crowds:
    """How near the nearest of each article are: what stands in a crowd of likes must be more alike than what stands alone."""

    def __init__(self, corpus: Corpus, first: NDArray[np.int64], second: NDArray[np.int64]) -> None:
        from .kernels import crowds

        self.corpus, self.first, self.second = corpus, first, second
        n = len(corpus.signed.days)
        self.near = np.zeros((n, 10), np.float32)
        for at in range(0, len(first), _AT_ONCE):
            part = slice(at, at + _AT_ONCE)
            crowds(first[part], second[part], self._plain(part)[:, 0].copy(), self.near)

    def _plain(self, part: slice) -> NDArray[np.float32]:
        from .kernels import FEATURES, compared

        s, c = self.corpus.signed, self.corpus
        first, second = self.first[part], self.second[part]
        out = np.zeros((len(first), len(FEATURES)), np.float32)
        days = np.where(s.days == NO_DAY, -1, s.days).astype(np.int64)
        compared(first, second, s.starts, s.hashes, s.marks, c.rare, c.weights, c.own, days, s.words, s.vectors, out)
        return out

    def completed(self, part: slice) -> NDArray[np.float32]:
        """All features of some pairs."""
        out = self._plain(part)
        a, b = self.near[self.first[part]], self.near[self.second[part]]
        cosine = out[:, 0]
        to_a, to_b = cosine / np.maximum(a[:, 0], 1e-6), cosine / np.maximum(b[:, 0], 1e-6)
        out[:, -4], out[:, -3] = np.minimum(to_a, to_b), np.maximum(to_a, to_b)
        out[:, -2] = cosine / np.maximum((a[:, :3].mean(1) + b[:, :3].mean(1)) / 2, 1e-6)
        out[:, -1] = (a[:, -1] + b[:, -1]) / 2
        return out
