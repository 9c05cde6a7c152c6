"""Words as the index keeps them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.store.postgres import _vector
from whence.store.search import WIDE, _size, _sizes
from whence.store.wording import folded, plain_words, stem, tokens


class TestWords:
    @pytest.mark.parametrize(
        ("word", "kept"),
        [("Routes", "route"), ("countries", "country"), ("gas", "gas"), ("buses", "buse"), ("crisis", "crisi"), ("news", "new"), ("glass", "glass"),
         ("virus", "virus"), ("Ärzte", "arzte"), ("ﬁnal", "final"), ("goes", "goes"), ("918", "918"), ("СССР", "ссср")],
    )  # fmt: skip
    def test_one_form_for_a_word_and_its_plural(self, word: str, kept: str) -> None:
        assert kept == stem(word)

    @given(st.text(max_size=80))
    def test_words_stand_where_they_are_said_to(self, text: str) -> None:
        for fold in (tokens, plain_words):
            for word, (start, end) in fold(text):
                assert [word] == [w for w, _ in fold(text[start:end])]

    @given(st.text(max_size=80))
    def test_no_kept_word_holds_a_blank_or_a_quotation_mark(self, text: str) -> None:
        assert all(w and not set(w) & set(" '\"\\\0") for w in folded(text).split(" ") if folded(text))


class TestVectors:
    def test_every_word_has_its_places(self) -> None:
        assert {"folded": "'a':1,3 'b':2", "far": False} == _vector(["a", "b", "a"])

    def test_what_cannot_be_placed_is_said(self) -> None:
        assert _vector(["a"] * 300)["far"]
        assert _vector([f"w{i}" for i in range(17_000)])["far"]


class TestSizes:
    @given(st.floats(-1e15, 1e15), st.floats(0, 1e15), st.floats(0, 1))
    def test_an_interval_is_looked_up_by_any_number_it_holds(self, low: float, wide: float, part: float) -> None:
        high = low + wide
        number = min(high, max(low, low + part * wide))
        assert _size(low, high) in _sizes(number)

    def test_few_intervals_fall_into_no_class(self) -> None:
        assert not [n for n in range(1, 10_000) if _size(n * 0.98, n * 1.02) == WIDE]
