"""How the figures and dates of two clauses stand to each other, and what their figures are of: features for the learned score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ..types import Quantity
from .notions import asked_about
from .scales import meet
from .units import Unit

__all__ = ["FIGURES", "figure_features", "same_figures"]

FIGURES = (
    "figures", "figures_near", "unlike_figures", "counts", "one_figure", "no_figure", "digits", "converted", "asked", "asked_not", "asked_counts",
    "asked_not_counts", "dates", "dates_not",
)  # fmt: skip
_CROWD = 40  # reports that have one figure, beyond which it says nothing


def figure_features(units: Sequence[Unit], pairs: np.ndarray, language: str = "en") -> dict[str, np.ndarray]:
    """The features named in FIGURES of each pair (float, n each)."""
    a, b = pairs[:, 0], pairs[:, 1]
    known = np.array([bool(u.quantities) for u in units])
    both = known[a] & known[b]
    figures = np.zeros((len(pairs), 6))
    for n in np.flatnonzero(both).tolist():
        figures[n] = _figures(units[int(a[n])].quantities, units[int(b[n])].quantities)
    counted = np.array([any(q.unit for q in u.quantities) for u in units])
    asked = _agreeing([u.notions & asked_about(language) for u in units], pairs)
    dates = _agreeing([u.dates for u in units], pairs)
    columns = [
        *figures.T[:3], figures[:, 3], (counted[a] ^ counted[b]).astype(float), (~counted[a] & ~counted[b]).astype(float), figures[:, 4], figures[:, 5],
        *asked.T, *(asked * figures[:, 3:4]).T, *dates.T,
    ]  # fmt: skip
    return dict(zip(FIGURES, columns, strict=True))


def _figures(one: Sequence[Quantity], two: Sequence[Quantity]) -> tuple[float, ...]:
    """Figures that agree; figures of one unit that do not; no unit in common; a unit in common; digits of an equal figure; one is the other in other units."""
    agree = near = digits = converted = 0
    for p in one:
        for q in two:
            if p.unit != q.unit:
                converted |= bool(p.unit and q.unit and meet(p, q))
            elif meet(p, q):
                agree += 1
                digits = max(digits, len(f"{abs(p.value):.6g}".replace(".", "").strip("0")) if p.value is not None and p.value == q.value else 0)
            else:
                near += bool(p.unit)
    shared = {p.unit for p in one} & {q.unit for q in two} - {""}
    return min(agree, 2) / 2, float(bool(near and not agree)), float(not agree and not near), float(bool(shared)), digits / 4, float(converted)


def _agreeing(sets: Sequence[frozenset[str]], pairs: np.ndarray) -> np.ndarray:
    """For each pair: both have something and share some of it; both have something and share nothing (float, n × 2)."""
    column = {x: i for i, x in enumerate(sorted({x for s in sets for x in s}))}
    has = np.zeros((len(sets), max(1, len(column))), dtype=bool)
    for i, s in enumerate(sets):
        has[i, [column[x] for x in sorted(s)]] = True
    a, b = pairs[:, 0], pairs[:, 1]
    any_of = np.array([bool(s) for s in sets])
    share = (has[a] & has[b]).any(1)
    return np.column_stack([share, any_of[a] & any_of[b] & ~share]).astype(float)


def same_figures(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs that share a figure of weight: the same unit and value, and not a small count."""
    at: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, u in enumerate(units):
        for q in u.quantities:
            if q.value is not None and (abs(q.value) >= 20 or q.value != int(q.value)):
                at[q.unit, f"{q.value:.3g}"].append(i)
    return [(i, j) for group in at.values() if len(group) < _CROWD for i in group for j in group if units[i].report != units[j].report]
