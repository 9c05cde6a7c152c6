"""Signatures made by compiled code are those made by plain Python."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.group import Item, signatures
from whence.group import signing as signing_of
from whence.group.signing import signed

REPORTS = sorted((Path(__file__).parents[2] / "examples").glob("*/reports/*"))

SNIPPETS = [
    "On 4 March 2026", "4 dead", "March 4th", "3,400 people", "1.5 tonnes", "m² 2² ² ½", "U.S. and St. Orra", "Mr. Quill said.", "naïve Zoë", "東京タワー・3",
    "a_b x_1", "http://orra.example/1?x=2\n", "  www.orra.example\n", "Wait: what? Yes!", "Orra. Orra orra ORRA", "٣٤ people",
    "2026 1999 1949", "\ud800", "😀 smile", "e\u0301te", ".5 ,7 7,", "ß STRASSE İ",
]  # fmt: skip

TEXTS = st.one_of(st.lists(st.sampled_from(SNIPPETS), max_size=12).map(" ".join), st.text(max_size=80))


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.tuples(TEXTS, st.one_of(st.none(), TEXTS)), min_size=1, max_size=4))
def test_of_any_text(given: list[tuple[str, str | None]]) -> None:
    items = [Item(text=text, title=title) for text, title in given]
    assert signatures(items) == signed(items)


def test_of_the_example_reports() -> None:
    items = [Item(text=p.read_text("utf-8", "replace"), title=p.stem, published="2026-03-01") for p in REPORTS if p.is_file()]
    assert len(items) > 10
    assert signatures(items) == signed(items)


def test_of_an_article_with_more_terms_than_are_kept() -> None:
    item = Item(text=" ".join(f"w{a}{b}{c}" for a, b, c in itertools.product("abcdefghijkl", repeat=3)))
    assert signatures([item]) == signed([item])


def test_whatever_was_met_before(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [Item(text=f"Ferry {n} of Orra sank with {n} people of the Tessaly rowing club {n}x{n}.") for n in range(60)]
    before = signed(items)
    monkeypatch.setattr(signing_of, "FORMS_AT_MOST", 10)
    assert before == [signed([i])[0] for i in items]


def test_a_corpus_is_signed_by_several_threads_in_its_order() -> None:
    items = [Item(text=f"In Orra {n} people danced with {n % 7} bears, the mayor said.") for n in range(5200)]
    assert signatures(items, threads=3) == signatures(items[:2600]) + signatures(items[2600:])
