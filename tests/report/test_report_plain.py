"""Words measured, cut and made harmless."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from whence.report.plain import clip, columns, cut, one_line, shown, wrap

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.text(alphabet="ab \n漢é\u202e\x1b\u0301", max_size=300)


class TestColumns:
    def test_wide_characters_take_two_and_marks_none(self) -> None:
        assert 4 == columns("漢字")
        assert 1 == columns("e\u0301")
        assert 3 == columns("abc")

    def test_an_emoji_asked_for_in_colour_takes_two(self) -> None:
        assert 2 == columns("❤️")


class TestCut:
    @given(TEXT, st.integers(min_value=1, max_value=40))
    def test_the_two_parts_are_the_whole(self, text: str, limit: int) -> None:
        start, rest = cut(text, limit)
        assert text == start + rest
        assert columns(start) <= limit or len(start) == 1

    @given(TEXT, st.integers(min_value=3, max_value=40))
    def test_clipped_text_fits(self, text: str, limit: int) -> None:
        assert columns(clip(text, limit)) <= limit

    def test_what_fits_is_left_alone(self) -> None:
        assert "a few words" == clip("a few words", 11)

    def test_what_is_cut_ends_in_an_ellipsis(self) -> None:
        assert "a few…" == clip("a few words", 8)


class TestWrap:
    @given(TEXT, st.integers(min_value=8, max_value=60))
    def test_no_line_is_too_long_and_no_letter_is_lost(self, text: str, limit: int) -> None:
        lines = wrap(text, limit, "· ", "  ")
        assert all(columns(x) <= limit for x in lines)
        assert "".join(one_line(text).split(" ")) == "".join("".join(x[2:].split(" ")) for x in lines)

    @given(TEXT, st.integers(min_value=8, max_value=60), st.integers(min_value=1, max_value=3))
    def test_no_more_lines_than_asked_for(self, text: str, limit: int, most: int) -> None:
        lines = wrap(text, limit, most=most)
        assert len(lines) <= most
        assert all(columns(x) <= limit for x in lines)

    def test_a_word_longer_than_the_line_is_split(self) -> None:
        assert ["xxxx", "xxxx", "xx"] == wrap("x" * 10, 4)

    def test_a_cut_text_says_so(self) -> None:
        assert ["one", "two…"] == wrap("one two three", 4, most=2)


class TestHarmless:
    @given(TEXT)
    def test_no_control_character_and_no_override_is_left(self, text: str) -> None:
        left = one_line(text)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in left)
        assert not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in left)

    @given(TEXT)
    def test_shown_text_keeps_its_length(self, text: str) -> None:
        assert len(text) == len(shown(text))

    def test_an_escape_for_the_terminal_is_replaced(self) -> None:
        assert "\ufffd[31mred" == one_line("\x1b[31mred")
