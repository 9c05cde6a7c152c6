"""How like two clauses of different reports are: the features from which a learned score says whether they answer one question."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..types import Quantity
from ..vectors import word_vectors
from .units import Unit

__all__ = ["CONTEXT", "FEATURES", "candidates", "context_features", "pair_features"]

FEATURES = (
    "cosine", "containment", "rarest", "names", "figures", "figures_near", "unlike_figures", "quoted", "sentence", "order", "speaker", "short", "shared",
    "soft_low", "soft_high", "soft_sentence", "meaning", "counts",
)  # fmt: skip
CONTEXT = ("first", "share_left", "share_right", "share_least", "lead_left", "lead_right", "neighbours", "same_step", "third", "best_left", "best_right")
_LEAST_COSINE = 0.06
_LEAST_MEANING = 0.35


def candidates(units: Sequence[Unit]) -> np.ndarray:
    """Pairs of units of different reports that share anything (int, n × 2, i < j)."""
    if not units:
        return np.zeros((0, 2), dtype=int)
    cosine = _cosine(_matrix([u.stems for u in units]))
    number = {r: i for i, r in enumerate(dict.fromkeys(u.report for u in units))}
    report = np.array([number[u.report] for u in units])
    meaning = _meaning(units)
    likely = ((cosine > _LEAST_COSINE) | (meaning @ meaning.T > _LEAST_MEANING)) & (report[:, None] != report[None, :])
    for i, j in _same_figures(units):
        likely[i, j] = True
    return np.argwhere(np.triu(likely, 1))


def pair_features(units: Sequence[Unit], pairs: np.ndarray) -> np.ndarray:
    """The features of each pair (float, n × len(FEATURES)), all about 0 to 1."""
    own, names = _matrix([u.stems for u in units]), _matrix([tuple(sorted(u.names)) for u in units])
    context = _context(units)
    meaning = _meaning(units)
    a, b = pairs[:, 0], pairs[:, 1]
    shared = np.minimum(own[a], own[b])
    weight = np.maximum(1e-9, np.minimum(own[a].sum(1), own[b].sum(1)))
    top = max(1e-9, float(own.max())) if own.size else 1.0
    length = np.array([len(u.stems) for u in units])
    order = np.array([u.order for u in units])
    figures = np.array([_figures(units[i], units[j]) for i, j in pairs], dtype=float).reshape(-1, 3)
    quoted = np.array([_quoted(units[i].quoted, units[j].quoted) for i, j in pairs], dtype=float)
    speaker = np.array([_speaker(units[i], units[j]) for i, j in pairs], dtype=float)
    columns = {
        "cosine": _rowwise(own, a, b),
        "containment": shared.sum(1) / weight,
        "rarest": shared.max(1) / top,
        "names": np.minimum(names[a], names[b]).sum(1) / max(1e-9, float(names.max()) if names.size else 1.0),
        "figures": figures[:, 0],
        "figures_near": figures[:, 1],
        "unlike_figures": figures[:, 2],
        "quoted": quoted,
        "sentence": _rowwise(context, a, b),
        "order": np.abs(order[a] - order[b]),
        "speaker": speaker,
        "short": 1 / np.sqrt(np.maximum(1, np.minimum(length[a], length[b]))),
        "shared": np.log1p((shared > 0).sum(1)) / 2,
        **_soft(units, pairs),
        "meaning": (meaning[a] * meaning[b]).sum(1),
        "counts": np.array([_counts(units[i], units[j]) for i, j in pairs], dtype=float),
    }
    return np.column_stack([columns[f] for f in FEATURES])


def _matrix(keys: Sequence[Sequence[str]]) -> np.ndarray:
    """Units by words, weighted by rarity within the story (float, n × words)."""
    column: dict[str, int] = {}
    for unit in keys:
        for k in unit:
            column.setdefault(k, len(column))
    df = Counter(k for unit in keys for k in set(unit))
    out = np.zeros((len(keys), max(1, len(column))), dtype=np.float32)
    for i, unit in enumerate(keys):
        for k in unit:
            out[i, column[k]] = math.log((len(keys) + 1) / df[k]) + 0.1
    return out


def _cosine(m: np.ndarray) -> np.ndarray:
    unit = m / np.maximum(1e-9, np.linalg.norm(m, axis=1))[:, None]
    return np.asarray(unit @ unit.T)


def _rowwise(m: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    norm = np.maximum(1e-9, np.linalg.norm(m, axis=1))
    return np.asarray((m[a] * m[b]).sum(1) / (norm[a] * norm[b]))


def _meaning(units: Sequence[Unit]) -> np.ndarray:
    """The mean of each clause's word vectors, weighted by rarity within the story (unit length, n × SIZE)."""
    df = Counter(w for u in units for w in set(u.words))
    words = sorted(df)
    column = {w: i for i, w in enumerate(words)}
    vectors = word_vectors(words)
    out = np.zeros((len(units), vectors.shape[1] if len(words) else 1), dtype=np.float32)
    for n, u in enumerate(units):
        for w in u.words:
            out[n] += vectors[column[w]] * (math.log((len(units) + 1) / df[w]) + 0.1)
    return np.asarray(out / np.maximum(1e-9, np.linalg.norm(out, axis=1))[:, None])


def _counts(u: Unit, v: Unit) -> float:
    """1 where both count people, or both count the same things, whatever the figures."""
    return float(bool({q.unit for q in u.quantities if q.unit} & {q.unit for q in v.quantities if q.unit}))


def _soft(units: Sequence[Unit], pairs: np.ndarray) -> dict[str, np.ndarray]:
    """How well the words of one clause are answered by the likeliest words of the other, each weighted by its rarity (after BERTScore)."""
    words = sorted({w for u in units for w in u.words})
    column = {w: i for i, w in enumerate(words)}
    vectors = word_vectors(words)
    like = np.clip(vectors @ vectors.T, 0, 1)
    np.fill_diagonal(like, 1.0)
    df = Counter(w for u in units for w in set(u.words))
    weight = np.array([math.log((len(units) + 1) / df[w]) + 0.1 for w in words])
    bags = [np.array(sorted({column[w] for w in u.words}), dtype=int) for u in units]
    whole: dict[tuple[str, int], set[int]] = defaultdict(set)
    for u, bag in zip(units, bags, strict=True):
        whole[u.report, u.sentence[0]] |= set(bag.tolist())
    sentence = [np.array(sorted(whole[u.report, u.sentence[0]]), dtype=int) for u in units]
    ways = [(_answered(bags[i], bags[j], like, weight), _answered(bags[j], bags[i], like, weight)) for i, j in pairs]
    wide = [(_answered(sentence[i], sentence[j], like, weight) + _answered(sentence[j], sentence[i], like, weight)) / 2 for i, j in pairs]
    both = np.array(ways, dtype=float).reshape(-1, 2)
    return {"soft_low": both.min(1, initial=1.0), "soft_high": both.max(1, initial=0.0), "soft_sentence": np.array(wide, dtype=float)}


def _answered(a: np.ndarray, b: np.ndarray, like: np.ndarray, weight: np.ndarray) -> float:
    if not len(a) or not len(b):
        return 0.0
    return float((like[np.ix_(a, b)].max(1) * weight[a]).sum() / weight[a].sum())


def _context(units: Sequence[Unit]) -> np.ndarray:
    """The words of the whole sentence each unit stands in."""
    whole: dict[tuple[str, int], list[str]] = defaultdict(list)
    for u in units:
        whole[u.report, u.sentence[0]].extend(u.stems)
    return _matrix([tuple(whole[u.report, u.sentence[0]]) for u in units])


def _same_figures(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs that share a figure of weight: the same unit and value, and not a small count."""
    at: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, u in enumerate(units):
        for q in u.quantities:
            if q.value is not None and (abs(q.value) >= 20 or q.value != int(q.value)):
                at[q.unit, f"{q.value:.3g}"].append(i)
    return [(i, j) for group in at.values() if len(group) < 40 for i in group for j in group if units[i].report != units[j].report]


def _figures(u: Unit, v: Unit) -> tuple[float, float, float]:
    """Figures that agree; figures of one unit that do not; both have figures and no unit in common."""
    if not u.quantities or not v.quantities:
        return 0.0, 0.0, 0.0
    agree = near = 0
    for a in u.quantities:
        for b in v.quantities:
            if a.unit == b.unit and _meet(a, b):
                agree += 1
            elif a.unit == b.unit and a.unit:
                near += 1
    return min(agree, 2) / 2, float(bool(near and not agree)), float(not agree and not near)


def _meet(a: Quantity, b: Quantity) -> bool:
    low = [x for x in (a.low, b.low) if x is not None]
    high = [x for x in (a.high, b.high) if x is not None]
    return not low or not high or max(low) <= min(high)


def _quoted(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the shorter quotation's word pairs that the other has."""
    if len(a) < 3 or len(b) < 3:
        return 0.0
    one, two = set(pairwise(a)), set(pairwise(b))
    return len(one & two) / min(len(one), len(two))


def _speaker(u: Unit, v: Unit) -> float:
    """1 where both are said by one party, -1 where by two that are named, else 0."""
    if u.attribution is None or v.attribution is None or not u.attribution.chain or not v.attribution.chain:
        return 0.0
    return 1.0 if u.attribution.chain[-1] == v.attribution.chain[-1] else -0.5


def context_features(units: Sequence[Unit], pairs: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """What the first score of all other pairs says of each pair (float, n × len(CONTEXT)).

    How the pair stands to the best each of its clauses finds in the other's report, whether the clauses around them are alike in step, and whether a
    clause of a third report is like both.
    """
    report = np.unique([u.report for u in units], return_inverse=True)[1]
    a, b = pairs[:, 0], pairs[:, 1]
    grid = np.zeros((len(units), len(units)))
    grid[a, b] = grid[b, a] = chance
    best, second = _best_by_report(grid, report)
    logit = _logit(chance)
    left, right = best[a, report[b]], best[b, report[a]]
    rival_left = np.where(chance >= left, second[a, report[b]], left)
    rival_right = np.where(chance >= right, second[b, report[a]], right)
    share_left, share_right = chance / np.maximum(1e-6, left), chance / np.maximum(1e-6, right)
    near = {(i, j): _beside(grid, report, a + i, b + j, a, b) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j}
    return np.column_stack([
        logit, share_left, share_right, np.minimum(share_left, share_right), logit - _logit(rival_left), logit - _logit(rival_right),
        np.max(list(near.values()), axis=0), np.maximum(near[-1, -1], near[1, 1]), _third(grid, report, pairs), left, right,
    ])  # fmt: skip


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log((p + 1e-3) / (1 - p + 1e-3))


def _best_by_report(grid: np.ndarray, report: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each unit and report: the best and the second best chance among that report's units (n × reports)."""
    top = [np.sort(grid[:, report == r], axis=1) for r in range(int(report.max()) + 1)]
    best = np.column_stack([t[:, -1] for t in top])
    return best, np.column_stack([t[:, -2] if t.shape[1] > 1 else np.zeros(len(t)) for t in top])


def _beside(grid: np.ndarray, report: np.ndarray, i: np.ndarray, j: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The chance of the pair (i, j) where both stand in the reports of (a, b), else nought."""
    last = len(grid) - 1
    x, y = np.clip(i, 0, last), np.clip(j, 0, last)
    inside = (i == x) & (j == y) & (report[x] == report[a]) & (report[y] == report[b])
    return np.where(inside, grid[x, y], 0.0)


def _third(grid: np.ndarray, report: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """The best that a unit of a third report is like both."""
    found = np.zeros(len(pairs))
    for n, (i, j) in enumerate(pairs):
        others = (report != report[i]) & (report != report[j])
        if others.any():
            found[n] = np.minimum(grid[i], grid[j])[others].max()
    return found
