"""One measure that two reports tell in two units: the one converted, held against the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..types import Annotated, Claim
from .arithmetic_figures import CROWD, Figure, figures, tied
from .arithmetic_sum import Interval, Sum, closed, interval, verdict
from .scales import factor

__all__ = ["converted"]

_SPELLS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
_SPREAD = 5.0  # measures of one kind in a story spread over some two powers of ten
_CHANCE = 0.1


def converted(reports: Sequence[Annotated], claims: Sequence[Claim], language: str, _: Sequence[Sum] = ()) -> Iterator[Sum]:
    """The measures of two reports in two units that are one by their size and by the words or the row they stand in, each once; not those of every unit."""
    found = [f for f in figures(reports, claims, language) if f.q.unit not in _SPELLS and (ends := closed(f.q)) is not None and ends[0] < ends[1]]
    told = {(f.report.id, f.q.unit, f.value) for f in found}
    right: list[tuple[float, Figure, Figure, Interval]] = []
    tried: set[tuple[float, float]] = set()
    for a, b in combinations(found if len(found) < CROWD else [], 2):
        size = factor(b.q.unit, a.q.unit) if a.order != b.order and a.q.unit != b.q.unit and a.q.unit and b.q.unit else None
        ends, want = closed(b.q), closed(a.q)
        if size is None or ends is None or want is None or not tied(a, b) or (b.report.id, a.q.unit, a.value) in told:
            continue
        tried.add((a.value, b.value))
        got = (ends[0] * size, ends[1] * size)
        if got[0] <= want[1] and want[0] <= got[1]:
            right.append(((got[1] - got[0] + want[1] - want[0]) / want[1], a, b, got))
    seen: set[tuple[float, str]] = set()
    for width, a, b, got in sorted(right, key=lambda x: x[0]):
        if len(tried) * width / _SPREAD <= _CHANCE and not {(a.value, a.q.unit), (b.value, b.q.unit)} & seen:
            seen |= {(a.value, a.q.unit), (b.value, b.q.unit)}
            yield Sum(
                report=a.report, about=a.q, reading=f"{b.q.unit} in {a.q.unit}, as two reports have it", working=f"{b.q.text} = {interval(*got)} {a.q.unit}",
                low=got[0], high=got[1], stated=a.q, verdict=verdict(got, a.q),
            )  # fmt: skip
