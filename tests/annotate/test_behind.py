"""A credit in a sentence of its own."""

import pytest

from whence.annotate.behind import credited_behind
from whence.annotate.sentences import split
from whence.types import Heard

FIRST = "The pier has moved."


@pytest.mark.parametrize(
    ("then", "who", "cue"),
    [
        ("So says the harbour master.", "the harbour master", "says"),
        ("So a diver told the Courier on Tuesday.", "a diver", "told"),
        ("That is what the mayor has said.", "the mayor", "has said"),
        ("This is according to two divers.", "two divers", "according to"),
    ],
)
def test_it_goes_to_the_sentence_before(then: str, who: str, cue: str) -> None:
    text = f"{FIRST} {then}"
    (got,) = credited_behind(text, split(text, []), [])
    assert got.source is not None
    assert got.cue is not None
    assert (text[slice(*got.source)], text[slice(*got.cue)]) == (who, cue)
    assert [text[slice(*c)] for c in got.content] == ["The pier has moved"]


@pytest.mark.parametrize(
    "then", ["So he told staff to go home.", "So the mayor demanded a refund.", "That is what happened.", "So far nobody has said why."]
)
def test_what_has_a_content_of_its_own_is_left_alone(then: str) -> None:
    text = f"{FIRST} {then}"
    assert credited_behind(text, split(text, []), []) == []


def test_a_sentence_that_somebody_says_already_stays_his() -> None:
    text = "“The pier has moved,” she said. That is what the mayor had said."
    heard = [Heard(source=(23, 26), cue=(27, 31), content=((0, 22),), confidence=0.9)]
    assert credited_behind(text, split(text, []), heard) == heard


def test_another_paragraph_is_not_meant() -> None:
    text = f"{FIRST}\n\nSo says the harbour master."
    assert credited_behind(text, split(text, []), []) == []


def test_an_outlet_that_is_credited_behind_heard_whoever_speaks_before() -> None:
    text = "Kerr said that the pier had moved. So writes Reuters."
    heard = [Heard(source=(0, 4), cue=(5, 9), content=((10, 33),), confidence=0.9)]
    inner, outer = credited_behind(text, split(text, []), heard, [(45, 52)])
    assert (inner.inside, outer.source, outer.content) == (1, (45, 52), ((0, 33),))
