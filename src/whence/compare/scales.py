"""Intervals in one unit: conversion by factors kept as data, so that no registry of units is loaded."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from .. import expressions as re
from ..types import Quantity, Value

__all__ = ["factor", "in_unit", "meet"]

_PART = re.compile(r"\s*(?:(?P<sign>[*/])\s+)?(?P<name>[A-Za-z_]+)(?:\s*\*\*\s*(?P<power>\d))?\s*")


class Scale(Value, frozen=True, kw_only=True):
    """What one unit is in base units: its size, the powers of its dimensions in order of their names, and the offset of a temperature."""

    size: float
    dimensions: tuple[tuple[str, int], ...]
    offset: float = 0.0


def in_unit(q: Quantity, unit: str) -> tuple[float | None, float | None] | None:
    """The quantity's interval in another unit; None where one cannot be had from the other (another dimension, money, counts)."""
    if q.unit == unit:
        return q.low, q.high
    source, target = scale(q.unit), scale(unit)
    if source is None or target is None or source.dimensions != target.dimensions:
        return None
    low, high = (None if x is None else _rounded((x + source.offset) * source.size / target.size - target.offset) for x in (q.low, q.high))
    return low, high


def meet(p: Quantity, q: Quantity) -> bool:
    """True where one of the figures can be had in the other's unit and their intervals have a value in common."""
    interval = in_unit(q, p.unit)
    if interval is None:
        return False
    lows = [x for x in (p.low, interval[0]) if x is not None]
    highs = [x for x in (p.high, interval[1]) if x is not None]
    return not lows or not highs or max(lows) <= min(highs) * (1 + 1e-9)


def factor(source: str, target: str) -> float | None:
    """What one ``source`` is in ``target``; None for money, counts, temperatures and units of another dimension."""
    if source == target:
        return 1.0
    a, b = scale(source), scale(target)
    if a is None or b is None or a.dimensions != b.dimensions or a.offset or b.offset:
        return None
    return _rounded(a.size / b.size)


@functools.cache
def scale(unit: str) -> Scale | None:
    """The scale of a unit or of a compound such as "kilometer ** 2" or "metric_ton / hectare"; None for what is no measure."""
    size, powers, offset, position = 1.0, dict[str, int](), 0.0, 0
    while position < len(unit):
        m = _PART.match(unit, position)
        entry = _table().get(m["name"]) if m else None
        if m is None or entry is None or bool(position) != bool(m["sign"]):
            return None
        power = int(m["power"] or 1) * (-1 if m["sign"] == "/" else 1)
        size *= entry["size"] ** power
        offset = entry.get("offset", 0.0)
        for name, n in entry.items():
            if name not in {"size", "offset"}:
                powers[name] = powers.get(name, 0) + int(n) * power
        position = m.end()
    dimensions = tuple(sorted((name, n) for name, n in powers.items() if n))
    return Scale(size=size, dimensions=dimensions, offset=offset) if dimensions else None


@functools.cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = tomllib.loads(resources.files("whence.data").joinpath("scales.toml").read_text(encoding="utf-8"))
    return table


def _rounded(x: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{x:.12g}")
