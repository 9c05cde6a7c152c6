"""Which clauses of different reports answer the same question: a learned score of pairs, then rows for the whole story at once."""

from __future__ import annotations

import functools
import json
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib import resources

import numpy as np

from ..types import Quantity, Value
from ..vectors import word_vectors
from .units import Unit

__all__ = ["FEATURES", "Scorer", "align", "candidates", "load_scorer", "pair_features"]

FEATURES = (
    "cosine", "containment", "rarest", "names", "figures", "figures_near", "unlike_figures", "quoted", "sentence", "order", "speaker", "short", "shared",
    "soft_low", "soft_high", "soft_sentence",
)  # fmt: skip
_LEAST_COSINE = 0.06
_LINKAGE = 0.6  # how probable all pairs of two rows must be on average, as a share of the threshold
_SECOND = 0.45  # how probable a pair must be for a second row of its own


class Scorer(Value):
    """A logistic regression over ``FEATURES`` and the probability from which a pair may stand in one row."""

    weights: tuple[float, ...]
    bias: float
    threshold: float


@functools.cache
def load_scorer() -> Scorer:
    """The shipped weights; how they were had stands in their card."""
    raw = json.loads(resources.files("whence.models").joinpath("alignment.json").read_text(encoding="utf-8"))
    return Scorer(weights=tuple(raw["weights"].get(f, 0.0) for f in FEATURES), bias=raw["bias"], threshold=raw["threshold"])


def align(units: Sequence[Unit], scorer: Scorer) -> list[tuple[int, ...]]:
    """Rows of unit indices, each with at most one unit a report, in order of their first unit.

    Pairs are joined from the most to the least probable, as long as two rows hold no report in common and all their pairs together stay probable:
    so the whole story is solved at once, and one chance likeness cannot pull two questions into one row. A likely pair that this leaves apart, because
    a clause of one report answers two of another's, gets a row of its own.
    """
    pairs = candidates(units)
    if not len(pairs):
        return []
    logit = pair_features(units, pairs) @ np.array(scorer.weights) + scorer.bias
    chance = 1 / (1 + np.exp(-logit))
    known = {(int(a), int(b)): float(p) for (a, b), p in zip(pairs, chance, strict=True)}
    rows, apart = _joined(units, known, scorer.threshold)
    return sorted({*rows, *_second_rows(units, apart, rows)})


def _joined(units: Sequence[Unit], known: dict[tuple[int, int], float], threshold: float) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
    """Rows by joining the most probable pairs first, and the probable pairs that were left apart."""
    row_of = {i: i for i in range(len(units))}
    rows: dict[int, list[int]] = {i: [i] for i in range(len(units))}
    apart = []
    for (a, b), p in sorted(known.items(), key=lambda x: (-x[1], x[0])):
        if p < threshold:
            break
        one, two = row_of[a], row_of[b]
        if one == two:
            continue
        mean = np.mean([known.get((min(i, j), max(i, j)), 0.0) for i in rows[one] for j in rows[two]])
        if {units[i].report for i in rows[one]} & {units[j].report for j in rows[two]} or mean < threshold * _LINKAGE:
            if p >= _SECOND:
                apart.append((a, b))
            continue
        keep, gone = min(one, two), max(one, two)
        rows[keep] = sorted(rows[keep] + rows.pop(gone))
        row_of.update(dict.fromkeys(rows[keep], keep))
    return [tuple(r) for r in rows.values() if len(r) > 1], apart


def _second_rows(units: Sequence[Unit], apart: Sequence[tuple[int, int]], rows: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Rows for pairs that the first rows left apart, most probable first; one more report may join where it is paired with a member."""
    found: list[list[int]] = []
    for a, b in apart:
        for row in found:
            have = {units[i].report for i in row}
            new = b if a in row and units[b].report not in have else a if b in row and units[a].report not in have else None
            if new is not None:
                row.append(new)
                break
        else:
            found.append([a, b])
    return [tuple(sorted(r)) for r in found if not any(set(r) <= set(other) for other in rows)]


def candidates(units: Sequence[Unit]) -> np.ndarray:
    """Pairs of units of different reports that share anything (int, n × 2, i < j)."""
    if not units:
        return np.zeros((0, 2), dtype=int)
    cosine = _cosine(_matrix([u.stems for u in units]))
    number = {r: i for i, r in enumerate(dict.fromkeys(u.report for u in units))}
    report = np.array([number[u.report] for u in units])
    likely = (cosine > _LEAST_COSINE) & (report[:, None] != report[None, :])
    for i, j in _same_figures(units):
        likely[i, j] = True
    return np.argwhere(np.triu(likely, 1))


def pair_features(units: Sequence[Unit], pairs: np.ndarray) -> np.ndarray:
    """The features of each pair (float, n × len(FEATURES)), all about 0 to 1."""
    own, names = _matrix([u.stems for u in units]), _matrix([tuple(sorted(u.names)) for u in units])
    context = _context(units)
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
    one, two = set(zip(a, a[1:], strict=False)), set(zip(b, b[1:], strict=False))
    return len(one & two) / min(len(one), len(two))


def _speaker(u: Unit, v: Unit) -> float:
    """1 where both are said by one party, -1 where by two that are named, else 0."""
    if u.attribution is None or v.attribution is None or not u.attribution.chain or not v.attribution.chain:
        return 0.0
    return 1.0 if u.attribution.chain[-1] == v.attribution.chain[-1] else -0.5
