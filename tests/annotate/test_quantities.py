"""Quantities: cases as data, and what must hold of any text."""

from __future__ import annotations

import pathlib
import tomllib
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.annotate.quantities import find_quantities
from whence.types import Quantity

FILES = sorted((pathlib.Path(__file__).parent / "cases").glob("quantities-*.toml"))
CASES = [case for f in FILES for case in tomllib.loads(f.read_text(encoding="utf-8"))["cases"]]
FLOOR = 0.97
VOCABULARY = """about nearly at least up to or more between and from to - – 3 1.5 70,000 2019 million bn half a third of one in five % per cent $
Rs500 £1.2bn people km years old , . ( ) " ’ dozen minus degrees Celsius the Hamas sites times doubled aged barrels per day 5m -12°C ½ ٣ ² 00 1,2,3"""
ANYTHING = VOCABULARY.split()


def found(case: dict[str, Any]) -> tuple[Quantity, ...]:
    return find_quantities(case["text"], [(0, len(case["text"]))], "r1", country=case.get("country"))


def agrees(q: Quantity, want: dict[str, Any]) -> bool:
    for name in ("value", "low", "high"):
        if name in want:
            got = getattr(q, name)
            if want[name] == "open":
                if got is not None:
                    return False
            elif got is None or abs(got - want[name]) > 1e-6 * max(1.0, abs(want[name])):
                return False
    return all(want[name] == getattr(q, name) for name in ("unit", "hedge", "text") if name in want)


def right(case: dict[str, Any]) -> bool:
    got = found(case)
    return len(got) == len(case["out"]) and all(map(agrees, got, case["out"]))


def half(name: str) -> list[dict[str, Any]]:
    return [c for c in CASES if (zlib.crc32(c["text"].encode()) % 2 == 1) == (name == "test")]


def test_there_are_at_least_five_hundred_cases() -> None:
    assert len(CASES) >= 500


@pytest.mark.parametrize("name", ["work", "test"])
def test_cases_are_found_right(name: str) -> None:
    cases = half(name)
    share = sum(map(right, cases)) / len(cases)
    assert share >= FLOOR, f"{name}: {share:.1%} of {len(cases)}"


@given(st.one_of(st.text(), st.lists(st.sampled_from(ANYTHING)).map(" ".join), st.lists(st.sampled_from(ANYTHING)).map("".join)))
def test_any_text_gives_spans_of_its_words_and_bounds_in_order(text: str) -> None:
    for q in find_quantities(text, [(0, len(text))], "r1"):
        assert text[q.start : q.end] == q.text != ""
        assert q.low is not None or q.high is not None
        assert q.low is None or q.value is None or q.low <= q.value
        assert q.value is None or q.high is None or q.value <= q.high
        assert q.low is None or q.high is None or q.low <= q.high


@given(st.text(), st.integers(0, 40))
def test_nothing_is_found_outside_the_regions(text: str, start: int) -> None:
    region = (min(start, len(text)), len(text))
    assert all(region[0] <= q.start and q.end <= region[1] for q in find_quantities(text, [region], "r1"))


@pytest.mark.parametrize("text", ["1" * 5000, "R1 " + "000 " * 200, "1," * 5000, "one hundred and " * 500, "5" + " " * 5000 + "m", "0." + "1" * 5000])
def test_numbers_of_any_length_are_read_or_left(text: str) -> None:
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text, [(0, len(text))], "r1"))


@pytest.mark.parametrize(("text", "value"), [("One in ſix stayed.", 0.1666666667), ("One in fıve stayed.", 0.2), ("It cost 5 mıllion dollars.", 5e6)])
def test_letters_that_count_as_others_where_case_is_ignored_are_read_as_these(text: str, value: float) -> None:
    assert [q.value for q in find_quantities(text, [(0, len(text))], "r1")] == [value]


def test_a_language_without_a_table_has_no_quantities() -> None:
    assert find_quantities("70,000 people", [(0, 13)], "r1", language="xx") == ()
