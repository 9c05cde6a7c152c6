"""To whom a speaker spoke, as the network hears it."""

import pytest

from whence.annotate import annotate, hearing
from whence.errors import ModelError
from whence.types import Article, Fact

MEMOIRS = "The pier will shut in May, a former curator writes in his memoirs, extracts of which appeared on Sunday in the Tarn Courier."


def chains(text: str) -> list[list[str]]:
    got = annotate(Article(path="report.txt", text=text, outlet=Fact(value="The Harbour Post", basis="given")), "r1")
    names = {p.id: p.name for p in got.parties}
    return [[names[p] for p in a.chain] for a in got.attributions]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (MEMOIRS, ["The Harbour Post", "Tarn Courier", "a former curator"]),
        (
            "Dana Okon, in a diary that the Tarn Courier began to print on Monday, said that the pier had moved.",
            ["The Harbour Post", "Tarn Courier", "Dana Okon"],
        ),
    ],
)
def test_words_that_no_pattern_has_make_a_link(text: str, chain: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert chains(text) == [chain]
    monkeypatch.setattr(hearing, "judge", lambda: None)
    assert chains(text) == [[chain[0], chain[2]]]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor bought the Tarn Courier in May and said that the pier had moved.",
        "Hans Lund, who owns the Tarn Courier, said that the pier had moved.",
        "The mayor banned the Tarn Courier from the hall and said that the pier had moved.",
    ],
)
def test_an_outlet_that_is_only_spoken_of_is_no_link(text: str) -> None:
    assert all("Tarn Courier" not in chain for chain in chains(text))


def test_of_an_affiliate_and_of_a_nationality_nothing_is_made() -> None:
    told = chains("A ranger told CBS affiliate WTKV that the pier had moved.") + chains(
        "A ranger told Norwegian broadcaster TV 2 that the pier had moved."
    )
    assert not {"CBS", "Norwegian"} & {name for chain in told for name in chain}


def test_a_text_without_names_offers_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(hearing, "probabilities", asked)
    assert chains("A diver said that the pier had moved.") == [["The Harbour Post", "A diver"]]


def test_without_weights_the_patterns_are_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> None:
        raise ModelError("the weights are absent")

    monkeypatch.setattr(hearing, "read_weights", absent)
    hearing.judge.cache_clear()
    try:
        assert hearing.judge() is None
        assert chains(MEMOIRS) == [["The Harbour Post", "a former curator"]]
    finally:
        hearing.judge.cache_clear()


def test_the_network_reads_what_is_described() -> None:
    network = hearing.judge()
    assert network is not None
    assert network.hidden.shape[0] == hearing.WIDTH
    assert 0.5 <= network.least < 1
