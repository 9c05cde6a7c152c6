"""Patterns that are compiled late: they match what compiled ones match, all of them compile, and what is said to be needed is."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import whence
from whence import expressions
from whence.annotate import hops_patterns, introduced_patterns
from whence.clean import foot, furniture

# The parsed form of a pattern is no public part of Python; only this test reads it.
sre = importlib.import_module("re._parser")
BREAK = "\0"
ROOMS = tuple(f"whence.{room}" for room in ("annotate", "clean", "compare", "data", "group", "read", "report", "trace"))


def ends(parsed: Iterable, tails: frozenset[str], needs: tuple[str, ...]) -> frozenset[str]:
    """With what the ways to match a parsed pattern end that hold none of the needs, after what stood before."""
    longest = max(map(len, needs))

    def add(tails: frozenset[str], letters: Iterable[str]) -> frozenset[str]:
        grown = {t + x for t in tails for x in letters}
        return frozenset(g[-longest:] for g in grown if not any(n in g for n in needs))

    for kind, value in parsed:
        match str(kind):
            case "LITERAL":
                tails = add(tails, [expressions.plain(chr(value))])
            case "IN" if len(value) < 5 and all(str(k) == "LITERAL" for k, _ in value):
                tails = add(tails, [expressions.plain(chr(v)) for _, v in value])
            case "AT" | "ASSERT" | "ASSERT_NOT":
                pass
            case "SUBPATTERN":
                tails = ends(value[3], tails, needs)
            case "ATOMIC_GROUP":
                tails = ends(value, tails, needs)
            case "BRANCH":
                tails = frozenset[str]().union(*(ends(way, tails, needs) for way in value[1]))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, body = value
                once = ends(body, tails, needs)
                tails = once if least else tails | once
                tails = tails if most == 1 else tails | add(tails, [BREAK])
            case _:
                tails = add(tails, [BREAK])
    return tails


def package() -> list[expressions._Lazy]:
    """All late patterns of the package, those included that are made when they are first wanted."""
    for module in pkgutil.walk_packages(whence.__path__, "whence."):
        if module.name.startswith(ROOMS):
            importlib.import_module(module.name)
    made = hops_patterns.patterns(), introduced_patterns.patterns(), furniture._rules("en"), furniture._headings("en"), foot._table("en")
    assert all(made)
    return [x for x in gc.get_objects() if issubclass(type(x), expressions._Lazy)]  # isinstance would ask a proxy whose object is gone


class TestLate:
    def test_it_is_compiled_when_it_is_first_used(self) -> None:
        pattern = expressions.compile(r"(\w+) reported")
        assert "search" not in vars(pattern)
        assert "Reuters" == pattern.search("as Reuters reported")[1]
        assert re.compile(r"(\w+) reported").search == vars(pattern)["search"]

    def test_it_is_not_compiled_for_words_without_any_that_it_needs(self) -> None:
        pattern = expressions.compile(r"\b(?:citing|quoting) (\w+)", re.I, needs=("citing", "quoting"))
        assert (None, []) == (pattern.search("the toll rose"), list(pattern.finditer("the toll rose")))
        assert "search" not in vars(pattern)
        assert "AFP" == pattern.search("the toll rose, CITING AFP")[1]
        assert "search" in vars(pattern)

    def test_asked_often_it_is_compiled_after_all(self) -> None:
        pattern = expressions.compile("citing", needs=("citing",))
        assert not any(pattern.search("the toll rose") for _ in range(expressions._OFTEN + 1))
        assert "search" in vars(pattern)

    def test_another_attribute_is_an_error_as_of_any_value(self) -> None:
        with pytest.raises(AttributeError):
            expressions.compile("x").found  # noqa: B018

    @given(st.text("KkſSıİiI a", max_size=8), st.integers(0, 4), st.integers(0, 8))
    def test_it_finds_what_a_compiled_one_finds(self, text: str, start: int, end: int) -> None:
        expression = "(?:kis|sa|ii) ?"
        plain = re.compile(expression, re.I)
        for name in ("search", "match", "fullmatch"):
            late = expressions.compile(expression, re.I, needs=("kis", "sa", "ii"))
            expected, found = getattr(plain, name)(text, start, end), getattr(late, name)(text, start, end)
            assert (expected and expected.span()) == (found and found.span())
        late = expressions.compile(expression, re.I, needs=("kis", "sa", "ii"))
        assert [m.span() for m in plain.finditer(text)] == [m.span() for m in late.finditer(text)]

    def test_every_pattern_of_the_package_compiles(self) -> None:
        found = package()
        assert len(found) > 300
        for late in found:
            assert re.compile(*late._given).pattern == late.pattern


class TestNeeds:
    def test_whatever_a_pattern_matches_has_one_of_the_words_it_needs(self) -> None:
        found = [x for x in package() if isinstance(x, expressions._Needing)]
        assert len(found) > 30
        for late in found:
            assert frozenset() == ends(sre.parse(*late._given), frozenset([BREAK]), late._needs), late._given[0]

    def test_the_proof_fails_where_a_word_is_not_needed(self) -> None:
        assert frozenset() != ends(sre.parse("(?:citing|quoting) it"), frozenset([BREAK]), ("citing",))
        assert frozenset() != ends(sre.parse("(?:citing )?it"), frozenset([BREAK]), ("citing",))
        assert frozenset() == ends(sre.parse("(?:(?:citing|quoting) )+it"), frozenset([BREAK]), ("citing", "quoting"))
