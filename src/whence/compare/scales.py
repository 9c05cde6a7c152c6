"""Intervals in one unit: conversion through pint, loaded only where two units really differ."""

from __future__ import annotations

import functools
import re
from typing import Any

from ..types import Quantity

__all__ = ["factor", "in_unit"]

_MONEY = re.compile(r"[A-Z]{3}\Z")


def in_unit(q: Quantity, unit: str) -> tuple[float | None, float | None] | None:
    """The quantity's interval in another unit; None where one cannot be had from the other."""
    if q.unit == unit:
        return q.low, q.high
    size = factor(q.unit, unit)
    if size is None:
        return None
    return (None if q.low is None else q.low * size, None if q.high is None else q.high * size)


@functools.cache
def factor(source: str, target: str) -> float | None:
    """What one ``source`` is in ``target``; None for money, counts, temperatures and units of another dimension."""
    if source == target:
        return 1.0
    if any(not u or u in {"1", "person"} or _MONEY.match(u) for u in (source, target)) or not (_measured(source) and _measured(target)):
        return None
    registry = _registry()
    try:
        return float(registry.Quantity(1.0, source).to(target).magnitude)
    except registry.errors:
        return None


@functools.cache
def _measured(unit: str) -> bool:
    from ..lang import load

    return unit in load("en", "quantities")["units"] and "degree" not in unit


class _Registry:
    def __init__(self) -> None:
        import pint

        self._units = pint.UnitRegistry()
        self.errors: tuple[type[Exception], ...] = (pint.DimensionalityError, pint.UndefinedUnitError, pint.OffsetUnitCalculusError)

    def Quantity(self, value: float, unit: str) -> Any:  # noqa: N802 (pint's name)
        return self._units.Quantity(value, unit)


@functools.cache
def _registry() -> _Registry:
    return _Registry()
