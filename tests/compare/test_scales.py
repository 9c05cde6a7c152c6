"""Scales: the factors kept as data against pint, and what cannot be turned into what."""

from __future__ import annotations

import subprocess
import sys

import pint
import pytest

from whence.compare.scales import factor, in_unit, scale
from whence.lang import load
from whence.types import Quantity

NOT_MEASURES = {"percent", "percentage point", "fold", "basis point", "ppm", "decibel"}
MEASURES = [u for u in load("en", "quantities")["units"] if u not in NOT_MEASURES]
COMPOUNDS = [
    "metric_ton / hectare",
    "nanogram / milliliter",
    "kilometer / second",
    "meter ** 3 / second",
    "oil_barrel / day",
    "liter / hour",
    "milligram / liter",
]
OURS = {"decade": ("year", 10.0)}  # pint's decade is a ratio of frequencies


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


@pytest.mark.parametrize("unit", [*MEASURES, *COMPOUNDS])
def test_every_unit_of_the_language_has_a_scale_and_pint_agrees(unit: str, registry: pint.UnitRegistry) -> None:
    mine = scale(unit)
    assert mine is not None
    if unit in OURS:
        assert factor(unit, OURS[unit][0]) == pytest.approx(OURS[unit][1])
        return
    for other in [*MEASURES, *COMPOUNDS]:
        theirs = scale(other)
        if other in OURS or theirs is None or theirs.dimensions != mine.dimensions:
            continue
        if unit.startswith("degree"):
            got = in_unit(quantity(unit, 20.0, 25.0), other)
            assert got == pytest.approx([registry.Quantity(x, unit).to(other).magnitude for x in (20.0, 25.0)], rel=1e-9)
        else:
            assert factor(unit, other) == pytest.approx(registry.Quantity(1.0, unit).to(other).magnitude, rel=1e-9)


@pytest.mark.parametrize("unit", [u for u in MEASURES if u not in OURS])
def test_what_pint_cannot_turn_is_none(unit: str, registry: pint.UnitRegistry) -> None:
    for other in MEASURES:
        if other not in OURS and not registry.Quantity(1.0, unit).is_compatible_with(other):
            assert in_unit(quantity(unit, 1.0, 2.0), other) is None


def quantity(unit: str, low: float | None, high: float | None) -> Quantity:
    return Quantity(id="q1", report="r1", start=0, end=1, text="x", low=low, high=high, value=None, unit=unit)


@pytest.mark.parametrize(
    ("source", "target"), [("USD", "EUR"), ("person", "house"), ("meter", "kilogram"), ("meter", ""), ("1", "meter"), ("becquerel", "gigahertz")]
)
def test_money_counts_and_other_dimensions_are_none(source: str, target: str) -> None:
    assert factor(source, target) is None
    assert in_unit(quantity(source, 1.0, 2.0), target) is None


def test_temperatures_go_by_their_offset_and_have_no_factor() -> None:
    assert in_unit(quantity("degree_Celsius", 0.0, 100.0), "degree_Fahrenheit") == pytest.approx((32.0, 212.0))
    assert factor("degree_Celsius", "degree_Fahrenheit") is None


def test_an_open_end_stays_open() -> None:
    assert in_unit(quantity("kilometer", 2.0, None), "meter") == (2000.0, None)


def test_no_registry_of_units_is_loaded() -> None:
    code = "import sys; from whence.compare.scales import factor; factor('mile', 'kilometer'); sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
