"""How like two clauses of different reports are: the features from which a learned score says whether they answer one question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from .bags import joint, overlaps, rarity
from .likeness_figures import FIGURES, figure_features, same_figures
from .units import Unit
from .wording import Floats, Level, Wording, answered

__all__ = ["FEATURES", "candidates", "pair_features"]

_TOP = ("meaning", "meaning_apart", "answered_low", "answered_high")
_HALFWAY = ("halfway", "halfway_apart", "halfway_low", "halfway_high")
FEATURES = (
    "cosine", "containment", "rarest", "quoted", "sentence", "order", "short", "notions", "notion_rarest", "notion_share", "wider", "notions_wider",
    *_TOP, *_HALFWAY, *FIGURES,
)  # fmt: skip
_LEAST_COSINE = 0.06
_LEAST_MEANING = 0.0
_FEW = 600  # units up to which every likely pair is weighed
_MOST = 40  # pairs weighed for a unit of a larger story, the likeliest by its words alone


def candidates(units: Sequence[Unit], wording: Wording) -> np.ndarray:
    """Pairs of units of different reports that share anything (int, n × 2, i < j); of a large story the likeliest for each unit."""
    if not units:
        return np.zeros((0, 2), dtype=int)
    report = np.unique([u.report for u in units], return_inverse=True)[1]
    cosine = joint([u.stems for u in units])
    near = wording.halfway.apart @ wording.halfway.apart.T
    likely = ((cosine > _LEAST_COSINE) | (near > _LEAST_MEANING)) & (report[:, None] != report[None, :])
    for i, j in same_figures(units):
        likely[i, j] = True
    if len(units) > _FEW:
        rank = np.where(likely, cosine + near / 2, -1.0)
        least = np.partition(rank, -_MOST, axis=1)[:, -_MOST]
        best = rank >= np.maximum(least, 0)[:, None]
        likely &= best | best.T
    return np.argwhere(np.triu(likely, 1))


def pair_features(units: Sequence[Unit], pairs: np.ndarray, wording: Wording) -> np.ndarray:
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
        **dict(zip(_TOP, _worded(wording.top, wording.weights, pairs), strict=True)),
        **dict(zip(_HALFWAY, _worded(wording.halfway, wording.weights, pairs), strict=True)),
        **_surroundings(units, pairs),
        **figure_features(units, pairs),
    }
    return np.column_stack([columns[f] for f in FEATURES])


def _worded(level: Level, weights: Sequence[Floats], pairs: np.ndarray) -> tuple[np.ndarray, ...]:
    """How like two clauses are as one layer has them: as wholes, apart from the story's mean, by the words the other answers (the lesser share first)."""
    a, b = pairs[:, 0], pairs[:, 1]
    shares = answered(level, weights, pairs)
    wholes = ((vectors[a] * vectors[b]).sum(1) for vectors in (level.meaning, level.apart))
    return (*wholes, shares.min(1, initial=1.0), shares.max(1, initial=0.0))


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
    """How like the sentences are, and those before and after them."""
    around = _sentences(units)
    whole = [[s for i in here for s in units[i].stems] for here, _, _ in around]
    wide = [[s for part in parts for i in part for s in units[i].stems] for parts in around]
    notions = [{n for part in parts for i in part for n in units[i].notions} for parts in around]
    return {"sentence": overlaps(whole, pairs)[:, 0], "wider": overlaps(wide, pairs)[:, 0], "notions_wider": overlaps(notions, pairs)[:, 0]}


def _quoted(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the shorter quotation's word pairs that the other has."""
    if len(a) < 3 or len(b) < 3:
        return 0.0
    one, two = set(pairwise(a)), set(pairwise(b))
    return len(one & two) / min(len(one), len(two))

