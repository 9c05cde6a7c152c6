"""From pairs to stories: average linkage of the chances that two articles are of one story, under what must and what must not stand together."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST", "Judge", "Linked", "linked"]

MOST = 1000
"""A story has at most so many articles; a merge that would make it greater is not made, and reported."""


class Judge(Protocol):
    """Whether two groups of articles are two stories, though they are alike: by their articles and the mean chances across and within."""

    def __call__(self, ours: Sequence[int], theirs: Sequence[int], across: float, within: tuple[float, float], /) -> bool: ...


class Linked(NamedTuple):
    """The story of each article, as the number of its first article; merges not made for size; pairs that must and must not stand together."""

    labels: NDArray[np.int64]
    capped: list[tuple[int, int]]
    contradicted: list[tuple[int, int]]


class _Forest:
    """Clusters by their first article, with what they have in common with others."""

    def __init__(self, count: int, full: NDArray[np.bool_]) -> None:
        self.parent = list(range(count))
        self.size = [1] * count
        self.full = full.astype(np.int64).tolist()
        self.common: list[dict[int, list[float]]] = [{} for _ in range(count)]  # other cluster: sum of chances, pairs of full articles compared
        self.apart: dict[int, set[int]] = {}
        self.members = [[i] for i in range(count)]
        self.inside = [[0.0, 0.0] for _ in range(count)]  # sum of chances, pairs of full articles compared

    def root(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def average(self, a: int, b: int) -> float:
        """The mean chance between two clusters. Pairs never compared count as nought, but for those of articles that had more likes than the limit."""
        total, compared = self.common[a][b]
        unknown: float = self.full[a] * self.full[b] - compared
        return total / (self.size[a] * self.size[b] - unknown)

    def within(self, a: int) -> float:
        """The mean chance of the pairs of a cluster, counted in the same way; nought for one article."""
        total, compared = self.inside[a]
        unknown: float = self.full[a] * (self.full[a] - 1) / 2 - compared
        return total / max(1.0, self.size[a] * (self.size[a] - 1) / 2 - unknown)

    def merge(self, a: int, b: int) -> int:
        """Join two clusters under the lesser of their numbers, which comes back."""
        a, b = min(a, b), max(a, b)
        self.parent[b] = a
        self.size[a] += self.size[b]
        self.full[a] += self.full[b]
        self.members[a] += self.members[b]
        self.members[b] = []
        ours, theirs = self.common[a], self.common[b]
        for k, known in enumerate(ours.get(b, (0.0, 0.0))):
            self.inside[a][k] += self.inside[b][k] + known
        ours.pop(b, None)
        theirs.pop(a, None)
        for c, (total, compared) in theirs.items():
            other = self.common[c]
            del other[b]
            both = ours.get(c)
            if both is None:
                ours[c] = other[a] = [total, compared]
            else:
                both[0] += total
                both[1] += compared
        self.common[b] = {}
        if b in self.apart:
            for c in self.apart.pop(b):
                self.apart[c].discard(b)
                self.apart[c].add(a)
                self.apart.setdefault(a, set()).add(c)
        return a


def linked(
    count: int, first: NDArray[np.int64], second: NDArray[np.int64], chance: NDArray[np.float32], full: NDArray[np.bool_], threshold: float,
    must: Iterable[Sequence[int]] = (), cannot: Iterable[Sequence[int]] = (), judge: Judge | None = None,
) -> Linked:  # fmt: skip
    """Merge the two likeliest clusters until no two are as likely as ``threshold`` to be one story.

    ``must`` goes before ``cannot``, both before chances. Two clusters that ``judge`` calls two stories are not merged as they are.
    """
    joined = [(i, j) for i, j in must]
    first, second, chance = _within(count, first, second, chance, threshold, joined)
    forest = _Forest(count, full)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        forest.common[a][b] = forest.common[b][a] = [0.0, 0.0]
    for a, b, p, two in zip(first.tolist(), second.tolist(), chance.tolist(), (full[first] & full[second]).tolist(), strict=True):
        forest.common[a][b][0] = p
        forest.common[a][b][1] = float(two)
    for i, j in joined:
        a, b = forest.root(i), forest.root(j)
        if a != b:
            forest.merge(a, b)
    contradicted = []
    for i, j in cannot:
        a, b = forest.root(i), forest.root(j)
        if a == b:
            contradicted.append((i, j))
        else:
            forest.apart.setdefault(a, set()).add(b)
            forest.apart.setdefault(b, set()).add(a)
    capped = _agglomerated(forest, threshold, judge)
    return Linked(np.array([forest.root(i) for i in range(count)], np.int64), sorted(capped), contradicted)


def _within(
    count: int, first: NDArray[np.int64], second: NDArray[np.int64], chance: NDArray[np.float32], threshold: float, must: Iterable[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The pairs whose articles a path of likely pairs joins: no mean is likely where no pair is, so that the others change nothing."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    likely = chance >= threshold
    for a, b in (*zip(first[likely].tolist(), second[likely].tolist(), strict=True), *must):
        a, b = root(a), root(b)
        if a != b:
            parent[max(a, b)] = min(a, b)
    tree = np.array([root(i) for i in range(count)], np.int64)
    inside = tree[first] == tree[second]
    return first[inside], second[inside], chance[inside]


def _agglomerated(forest: _Forest, threshold: float, judge: Judge | None) -> set[tuple[int, int]]:
    """Merge while anything is likely enough; the merges that were not made for size."""
    capped: set[tuple[int, int]] = set()
    heap = [(-p, a, b) for a, row in enumerate(forest.common) for b in row if a < b and (p := forest.average(a, b)) >= threshold]
    heapq.heapify(heap)
    while heap:
        p, a, b = heapq.heappop(heap)
        if forest.parent[a] != a or forest.parent[b] != b or -p != forest.average(a, b) or b in forest.apart.get(a, ()):
            continue
        if forest.size[a] + forest.size[b] > MOST:
            capped.add((a, b))
            continue
        if judge is not None and judge(forest.members[a], forest.members[b], -p, (forest.within(a), forest.within(b))):
            continue
        a = forest.merge(a, b)
        for c in forest.common[a]:
            if (again := forest.average(a, c)) >= threshold:
                heapq.heappush(heap, (-again, min(a, c), max(a, c)))
    return capped
