"""Accuracy is tested like behaviour: nothing falls below the figures reached."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("check_floors", Path(__file__).parents[1] / "bench/check_floors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bench = _load()


@pytest.mark.parametrize("floor", bench.floors(), ids=lambda f: f.name)
def test_nothing_fell(floor: Any) -> None:
    if bench.scorer() is None or not floor.stories:
        pytest.skip("the marked stories and their scorer (../shared) are not beside this repository")
    assert [] == bench.below(floor, bench.score(floor))


def test_a_fall_is_seen() -> None:
    floor = bench.Floor("made", (), "", 0.9, 0, 0)
    assert [] == bench.below(floor, bench.Reached(0.9, 0, 0, 0))
    assert 4 == len(bench.below(floor, bench.Reached(0.89, 1, 2, 3)))
