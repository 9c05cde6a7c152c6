"""Which clauses of different reports answer the same question: a learned score of pairs, then a row for each clause that has an answer elsewhere."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from importlib import resources
from itertools import combinations

import numpy as np

from ..types import Value
from .likeness import FEATURES, candidates, pair_features
from .rivals import CONTEXT, context_features
from .units import Unit
from .wording import wording_of

__all__ = ["Logistic", "Scorer", "align", "chances", "load_scorer", "rows_of"]

_ROUNDS = 3  # in which a row may still change its cells
_OWN = 0.4  # what the clause itself has to say on its row, the rest is said by the likest of those in it

Row = tuple[int, ...]


class Logistic(Value):
    """A logistic regression."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """The probability of each row of features."""
        return np.asarray(1 / (1 + np.exp(-(features @ np.array(self.weights) + self.bias))))


class Scorer(Value):
    """A score of pairs by themselves, a second that knows how the first went for all others, and two chances: from which a clause may stand in a row
    (``threshold``), and from which it may be answered by one that stands in a surer row already (``again``)."""

    first: Logistic
    second: Logistic
    threshold: float
    again: float


@functools.cache
def load_scorer() -> Scorer:
    """The shipped weights; how they were had stands in their card."""
    raw = json.loads(resources.files("whence.models").joinpath("alignment.json").read_text(encoding="utf-8"))
    first = Logistic(weights=tuple(raw["first"][f] for f in FEATURES), bias=raw["first"]["bias"])
    second = Logistic(weights=tuple(raw["second"][f] for f in (*FEATURES, *CONTEXT)), bias=raw["second"]["bias"])
    return Scorer(first=first, second=second, threshold=raw["threshold"], again=raw["again"])


def align(units: Sequence[Unit], scorer: Scorer) -> list[tuple[Row, tuple[float, ...]]]:
    """Rows of unit indices, each with at most one unit a report, in order of their first unit; with how probable each unit is to belong there."""
    wording = wording_of([u.text for u in units])
    pairs = candidates(units, wording)
    if not len(pairs):
        return []
    return rows_of(units, pairs, chances(units, pairs, pair_features(units, pairs, wording), scorer), scorer.threshold, scorer.again)


def chances(units: Sequence[Unit], pairs: np.ndarray, features: np.ndarray, scorer: Scorer) -> np.ndarray:
    """How probable it is of each pair that it answers one question (float, n)."""
    return scorer.second(np.column_stack([features, context_features(units, pairs, scorer.first(features))]))


def rows_of(units: Sequence[Unit], pairs: np.ndarray, chance: np.ndarray, threshold: float, again: float) -> list[tuple[Row, tuple[float, ...]]]:
    """Rows from the chances of all pairs, with how probable each unit is to belong in its row.

    Each clause asks its question of every other report and gathers the likeliest answers. Of the rows so made, the surest come first, and one is kept where it
    has a clause that stands in no row yet: so a clause that answers two questions may stand in two rows, and one question makes one row. A row
    that has clauses of surer rows in it is kept only if its new clause is sure of one of its cells (``again``): else it would be a second answer to a
    question that has its row.
    """
    grid = np.zeros((len(units), len(units)), dtype=np.float32)
    grid[pairs[:, 0], pairs[:, 1]] = grid[pairs[:, 1], pairs[:, 0]] = chance
    report = np.unique([u.report for u in units], return_inverse=True)[1]
    made = {_gathered(i, grid, report, threshold) for i in range(len(units))}
    sure = {row: float(np.mean([grid[i, j] for i, j in combinations(row, 2)])) for row in made if len(row) > 1}
    kept, used = [], set[int]()
    for row in sorted(sure, key=lambda r: (-sure[r], r)):
        new = set(row) - used
        if new and (len(new) == len(row) or max(grid[i, j] for i in new for j in row if i != j) >= again):
            kept.append(row)
            used.update(row)
    return [(row, _sureness(row, grid)) for row in sorted(kept)]


def _sureness(row: Row, grid: np.ndarray) -> tuple[float, ...]:
    """How sure each clause of a row is: the likeliest pair stands first, and each further clause goes by the mean of its chances with those before it."""
    first = max(combinations(row, 2), key=lambda pair: (grid[pair], -pair[0], -pair[1]))
    sure, left = dict.fromkeys(first, float(grid[first])), [i for i in row if i not in first]
    while left:
        chance = {i: float(np.mean([grid[i, j] for j in sure])) for i in left}
        best = max(left, key=lambda i: (chance[i], -i))
        sure[best] = chance[best]
        left.remove(best)
    return tuple(sure[i] for i in row)


def _gathered(anchor: int, grid: np.ndarray, report: np.ndarray, threshold: float) -> Row:
    """The row of one clause: of each other report the likeliest, partly by the clause itself and partly by the one of the row so far that it is likest to."""
    row = _best_of_each(grid[anchor], anchor, report, threshold)
    for _ in range(_ROUNDS):
        nearest = np.max([np.where(report == report[i], 0.0, grid[i]) for i in row], axis=0)
        new = _best_of_each(_OWN * grid[anchor] + (1 - _OWN) * nearest, anchor, report, threshold)
        if new == row:
            break
        row = new
    return row


def _best_of_each(chance: np.ndarray, anchor: int, report: np.ndarray, threshold: float) -> Row:
    likely = np.flatnonzero((chance >= threshold) & (report != report[anchor]))
    best: dict[int, int] = {}
    for i in sorted(likely.tolist(), key=lambda i: (-chance[i], i)):
        best.setdefault(int(report[i]), i)
    return tuple(sorted((anchor, *best.values())))
