"""Two versions of one quotation: what kind of difference it is."""

from __future__ import annotations

import pytest

from whence.compare.quotes import compare_quotes, quotation, same_utterance

CASES = [
    ("We have seen nothing like it", "We have seen nothing like it in years", "shortened"),
    ("We will pay for the harbour", "We will not pay for the harbour", "material"),
    ("The pumps failed at nine", "The pumps failed at eight", "material"),
    ("The pumps failed at dusk", "The pumps failed at sunset", "cleaned"),
    ("It is a disaster for the whole valley", "It's a catastrophe for the entire valley", "translated"),
    ("The colour of the river changed", "The color of the river changed", "spelling"),
    ("We counted 14 boats in the bay", "We counted 40 boats in the bay", "material"),
    ("They have left us alone", "They [the ministry] have left us alone", "cleaned"),
]


class TestVariants:
    @pytest.mark.parametrize(("left", "right", "kind"), CASES)
    def test_the_kind_of_difference_is_named(self, left: str, right: str, kind: str) -> None:
        variant = compare_quotes(left, right)
        assert variant is not None
        assert kind == variant.kind

    def test_the_same_words_do_not_differ(self) -> None:
        assert compare_quotes("We will stay", "We will stay") is None

    def test_other_utterances_are_not_compared(self) -> None:
        assert compare_quotes("We will stay until the water falls", "Nobody told us about the bridge") is None

    def test_function_words_in_common_make_no_one_utterance(self) -> None:
        long = (
            "If my brother had asked it of me then, I would have played on that night until the hall was empty, as he did for a friend who left the band "
            "in the spring before last, because everyone knew what his songs had meant, and there is no other way in which to say farewell"
        )
        assert compare_quotes("I wish it was a dream. Everyone is in tears.", long) is None

    def test_words_that_differ_are_given_on_both_sides(self) -> None:
        variant = compare_quotes("Will we be next when it ends", "Are we going to be next when it ends")
        assert variant is not None
        assert (("Will", "Are"), ("", "going to")) == variant.changes


class TestReading:
    def test_only_what_stands_between_marks_is_quoted(self) -> None:
        assert "It was dark and cold" == quotation("“It was dark,” she said, “and cold”").replace(",", "")

    def test_a_part_of_an_utterance_is_the_same_utterance(self) -> None:
        assert same_utterance("We counted the boats twice before we left the bay", "We counted the boats twice")

    def test_two_utterances_are_two(self) -> None:
        assert not same_utterance("We counted the boats twice before we left", "The harbour was empty when the pilots came")
