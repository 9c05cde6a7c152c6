"""How each pair of clauses stands to all other pairs of the story, as the first score sees them: the features of the second score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .units import Unit

__all__ = ["CONTEXT", "context_features"]

CONTEXT = ("first", "share_left", "share_right", "share_least", "lead_left", "lead_right", "neighbours", "same_step", "third", "best_left", "best_right")


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
