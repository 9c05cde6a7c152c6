"""Bags of words weighted by how rare each word is in the story, and how two of them overlap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

__all__ = ["joint", "overlaps", "rarity"]


def rarity(bags: Sequence[Collection[str]]) -> dict[str, float]:
    """How rare each word is among the bags: log((n + 1) / bags that have it) + 0.1."""
    df = Counter(w for bag in bags for w in set(bag))
    return {w: math.log((len(bags) + 1) / n) + 0.1 for w, n in df.items()}


def overlaps(bags: Sequence[Collection[str]], pairs: np.ndarray) -> np.ndarray:
    """For each pair of bags (float, n × 3): their cosine, the share of the lighter bag that they have in common, and the weight of the rarest common word."""
    weight = rarity(bags)
    sets = [frozenset(bag) for bag in bags]
    norm = [math.sqrt(sum(weight[w] ** 2 for w in s)) for s in sets]
    total = [sum(weight[w] for w in s) for s in sets]
    out = np.zeros((len(pairs), 3))
    for n, (i, j) in enumerate(pairs.tolist()):
        common = sets[i] & sets[j]
        if common:
            found = sorted(weight[w] for w in common)
            out[n] = sum(x * x for x in found) / (norm[i] * norm[j]), sum(found) / min(total[i], total[j]), found[-1]
    return out


def joint(bags: Sequence[Collection[str]]) -> np.ndarray:
    """The cosine of every pair of bags (float32, n × n), by the lists of bags that have each word."""
    weight = rarity(bags)
    where: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        for w in sorted(set(bag)):
            where.setdefault(w, []).append(i)
    out = np.zeros((len(bags), len(bags)), dtype=np.float32)
    for w, at in where.items():
        if len(at) > 1:
            out[np.ix_(at, at)] += weight[w] ** 2
    norm = np.array([max(1e-9, math.sqrt(sum(weight[w] ** 2 for w in sorted(set(bag))))) for bag in bags], dtype=np.float32)
    return np.asarray(out / norm[:, None] / norm[None, :])

