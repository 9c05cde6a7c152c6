"""Which clauses of different reports answer the same question: a learned score of pairs, then rows for the whole story at once."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import combinations

import numpy as np

from ..types import Value
from .likeness import CONTEXT, FEATURES, candidates, context_features, pair_features
from .units import Unit

__all__ = ["Logistic", "Scorer", "align", "chances", "load_scorer", "rows_of"]

_LINKAGE = 1.2  # how probable all pairs of two rows must be on average, as a share of the threshold
_SECOND = 0.5  # how probable a pair must be for a second row of its own
_COMPLETE = 0.6  # how probable a clause must be on average for a row that has none of its report yet

Known = Mapping[tuple[int, int], float]


class Logistic(Value):
    """A logistic regression."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """The probability of each row of features."""
        return np.asarray(1 / (1 + np.exp(-(features @ np.array(self.weights) + self.bias))))


class Scorer(Value):
    """A score of pairs by themselves, a second that knows how the first went for all others, and the chance from which a pair may share a row."""

    first: Logistic
    second: Logistic
    threshold: float


@functools.cache
def load_scorer() -> Scorer:
    """The shipped weights; how they were had stands in their card."""
    raw = json.loads(resources.files("whence.models").joinpath("alignment.json").read_text(encoding="utf-8"))
    first = Logistic(weights=tuple(raw["first"][f] for f in FEATURES), bias=raw["first"]["bias"])
    second = Logistic(weights=tuple(raw["second"][f] for f in (*FEATURES, *CONTEXT)), bias=raw["second"]["bias"])
    return Scorer(first=first, second=second, threshold=raw["threshold"])


def align(units: Sequence[Unit], scorer: Scorer) -> list[tuple[tuple[int, ...], float]]:
    """Rows of unit indices, each with at most one unit a report, in order of their first unit; with the mean probability of their pairs."""
    pairs = candidates(units)
    if not len(pairs):
        return []
    chance = chances(units, pairs, pair_features(units, pairs), scorer)
    known = {(int(a), int(b)): float(p) for (a, b), p in zip(pairs, chance, strict=True)}
    return [(row, float(np.mean([known.get(pair, 0.0) for pair in combinations(row, 2)]))) for row in rows_of(units, known, scorer.threshold)]


def chances(units: Sequence[Unit], pairs: np.ndarray, features: np.ndarray, scorer: Scorer) -> np.ndarray:
    """How probable it is of each pair that it answers one question (float, n)."""
    return scorer.second(np.column_stack([features, context_features(units, pairs, scorer.first(features))]))


def rows_of(units: Sequence[Unit], known: Known, threshold: float) -> list[tuple[int, ...]]:
    """Rows from the chances of all pairs.

    Pairs are joined from the most to the least probable, as long as two rows hold no report in common and all their pairs together stay probable:
    so the whole story is solved at once, and one chance likeness cannot pull two questions into one row. A likely pair that this leaves apart, because
    a clause of one report answers two of another's, gets a row of its own; a row that has no clause of a report takes that report's likeliest.
    """
    rows, apart = _joined(units, known, threshold)
    rows += _second_rows(units, apart, rows)
    return sorted({_completed(units, known, row) for row in rows})


def _joined(units: Sequence[Unit], known: Known, threshold: float) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
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


def _completed(units: Sequence[Unit], known: Known, row: tuple[int, ...]) -> tuple[int, ...]:
    """The row with the likeliest unit of each report that it has none of, where that is likely enough of all its units together."""
    members = list(row)
    while True:
        have = {units[i].report for i in members}
        likely = [
            (float(np.mean([known.get((min(i, j), max(i, j)), 0.0) for j in members])), -i) for i in range(len(units)) if units[i].report not in have
        ]  # fmt: skip
        chance, unit = max(likely, default=(0.0, 0))
        if chance < _COMPLETE:
            return tuple(sorted(members))
        members.append(-unit)
