"""How like two clauses of different reports are: the features from which a learned score says whether they answer one question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ..vectors import word_vectors
from .bags import joint, overlaps, rarity, vectors_of
from .likeness_figures import FIGURES, figure_features, same_figures
from .units import Unit

__all__ = ["FEATURES", "candidates", "pair_features"]

FEATURES = (
    "cosine", "containment", "rarest", "quoted", "sentence", "order", "short", "soft_low", "soft_high", "soft_sentence", "meaning",
    "notions", "notion_rarest", "notion_share", "wider", "notions_wider", "before", "after", "cross", "subject", *FIGURES,
)  # fmt: skip
_LEAST_COSINE = 0.06
_LEAST_MEANING = 0.35
_FEW = 600  # units up to which every likely pair is weighed
_MOST = 40  # pairs weighed for a unit of a larger story, the likeliest by its words alone


def candidates(units: Sequence[Unit]) -> np.ndarray:
    """Pairs of units of different reports that share anything (int, n × 2, i < j); of a large story the likeliest for each unit."""
    if not units:
        return np.zeros((0, 2), dtype=int)
    report = np.unique([u.report for u in units], return_inverse=True)[1]
    cosine = joint([u.stems for u in units])
    meaning = vectors_of([u.words for u in units], rarity([u.words for u in units]))
    near = meaning @ meaning.T
    likely = ((cosine > _LEAST_COSINE) | (near > _LEAST_MEANING)) & (report[:, None] != report[None, :])
    for i, j in same_figures(units):
        likely[i, j] = True
    if len(units) > _FEW:
        rank = np.where(likely, cosine + near / 2, -1.0)
        least = np.partition(rank, -_MOST, axis=1)[:, -_MOST]
        best = rank >= np.maximum(least, 0)[:, None]
        likely &= best | best.T
    return np.argwhere(np.triu(likely, 1))


def pair_features(units: Sequence[Unit], pairs: np.ndarray) -> np.ndarray:
    """The features of each pair (float, n × len(FEATURES)), all about 0 to 1."""
    a, b = pairs[:, 0], pairs[:, 1]
    stems, notions = [u.stems for u in units], [u.notions for u in units]
    own, told = overlaps(stems, pairs), overlaps(notions, pairs)
    length, order = np.array([len(s) for s in stems]), np.array([u.order for u in units])
    columns = {
        "cosine": own[:, 0],
        "containment": own[:, 1],
        "rarest": own[:, 2] / max([1e-9, *rarity(stems).values()]),
        "notions": told[:, 0],
        "notion_share": told[:, 1],
        "notion_rarest": told[:, 2] / max([1e-9, *rarity(notions).values()]),
        "order": np.abs(order[a] - order[b]),
        "short": 1 / np.sqrt(np.maximum(1, np.minimum(length[a], length[b]))),
        "quoted": np.array([_quoted(units[i].quoted, units[j].quoted) for i, j in pairs.tolist()]),
        **_surroundings(units, pairs),
        **_soft(units, pairs),
        **figure_features(units, pairs),
    }
    return np.column_stack([columns[f] for f in FEATURES])


def _sentences(units: Sequence[Unit]) -> list[tuple[list[int], list[int], list[int]]]:
    """For each unit, the units of its sentence, of the sentence before and of the one after."""
    inside: dict[tuple[str, int], list[int]] = {}
    for i, u in enumerate(units):
        inside.setdefault((u.report, u.sentence[0]), []).append(i)
    keys = sorted(inside)
    before = {k: inside[j] if j[0] == k[0] else [] for j, k in pairwise(keys)}
    after = {j: inside[k] if j[0] == k[0] else [] for j, k in pairwise(keys)}
    return [(inside[k], before.get(k, []), after.get(k, [])) for k in ((u.report, u.sentence[0]) for u in units)]


def _surroundings(units: Sequence[Unit], pairs: np.ndarray) -> dict[str, np.ndarray]:
    """How like the sentences are, those before and after them, and who or what the clauses are about."""
    a, b = pairs[:, 0], pairs[:, 1]
    around = _sentences(units)
    whole = [[s for i in here for s in units[i].stems] for here, _, _ in around]
    wide = [[s for part in parts for i in part for s in units[i].stems] for parts in around]
    notions = [{n for part in parts for i in part for n in units[i].notions} for parts in around]
    weight = rarity([u.words for u in units])
    here = vectors_of([u.words for u in units], weight)
    before, after = (vectors_of([[w for i in parts[k] for w in units[i].words] for parts in around], weight) for k in (1, 2))
    subject = vectors_of(_subjects(units), weight)
    return {
        "sentence": overlaps(whole, pairs)[:, 0],
        "wider": overlaps(wide, pairs)[:, 0],
        "notions_wider": overlaps(notions, pairs)[:, 0],
        "meaning": (here[a] * here[b]).sum(1),
        "before": (before[a] * before[b]).sum(1),
        "after": (after[a] * after[b]).sum(1),
        "cross": np.maximum((before[a] * here[b]).sum(1), (here[a] * before[b]).sum(1)),
        "subject": (subject[a] * subject[b]).sum(1),
    }


def _subjects(units: Sequence[Unit]) -> list[tuple[str, ...]]:
    """Each clause's subject; that of the clause before where it has none of its own ("It was the third")."""
    found: list[tuple[str, ...]] = []
    for i, u in enumerate(units):
        carried = found[i - 1] if i and units[i - 1].report == u.report else ()
        found.append(u.subject or carried)
    return found


def _soft(units: Sequence[Unit], pairs: np.ndarray) -> dict[str, np.ndarray]:
    """How well the words of one clause are answered by the likeliest words of the other, each weighted by its rarity (after BERTScore)."""
    weights = rarity([u.words for u in units])
    words = sorted(weights)
    column = {w: i for i, w in enumerate(words)}
    vectors = word_vectors(words)
    weight = np.array([weights[w] for w in words])
    bags = [np.array(sorted({column[w] for w in u.words}), dtype=int) for u in units]
    whole = [np.array(sorted({x for i in here for x in bags[i].tolist()}), dtype=int) for here, _, _ in _sentences(units)]
    narrow = np.array([_answered(bags[i], bags[j], vectors, weight) for i, j in pairs.tolist()]).reshape(-1, 2)
    wide = np.array([_answered(whole[i], whole[j], vectors, weight) for i, j in pairs.tolist()]).reshape(-1, 2)
    return {"soft_low": narrow.min(1, initial=1.0), "soft_high": narrow.max(1, initial=0.0), "soft_sentence": wide.mean(1)}


def _answered(a: np.ndarray, b: np.ndarray, vectors: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """The share of either bag's weight that the other answers."""
    if not len(a) or not len(b):
        return 0.0, 0.0
    like = np.clip(vectors[a] @ vectors[b].T, 0, 1)
    like[a[:, None] == b[None, :]] = 1.0
    return float((like.max(1) * weight[a]).sum() / weight[a].sum()), float((like.max(0) * weight[b]).sum() / weight[b].sum())


def _quoted(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the shorter quotation's word pairs that the other has."""
    if len(a) < 3 or len(b) < 3:
        return 0.0
    one, two = set(pairwise(a)), set(pairwise(b))
    return len(one & two) / min(len(one), len(two))

