"""What is kept of what rules and model found, case by case; and what holds of every text."""

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.annotate import fronts, rules, tagger_words
from whence.annotate.fronts_confidence import Found, confidence
from whence.annotate.tagger import Read, available, load, read
from whence.errors import ModelError
from whence.text import paragraphs
from whence.types import Heard, Region

CASES = tomllib.loads((Path(__file__).parent / "cases" / "fronts.toml").read_text(encoding="utf-8"))["case"]
NEWS = (
    "Harbour director Ilse Maran said on Friday that the crane had been checked in May.\n\n"
    "“Nobody saw it fall,” she told reporters. The divers had warned that the pier would move, the Baltic Herald reported, citing a clerk.\n\n"
    "According to the office, two cranes fell; a port worker said the foreman had told him to wait."
)


def place(text: str, words: str) -> Region | None:
    return (text.index(words), text.index(words) + len(words)) if words else None


def places(text: str, words: list[str]) -> list[Region]:
    return [p for w in words if (p := place(text, w)) is not None]


def heard(text: str, rows: list[list[Any]]) -> list[Heard]:
    return [
        Heard(
            source=place(text, source),
            cue=place(text, cue),
            content=tuple(places(text, content.split("|"))),
            confidence=sure,
            inside=None if inside < 0 else inside,
        )
        for source, cue, content, sure, inside in rows
    ]


def as_read(text: str, learned: list[Heard], cues: list[Region], likely: list[Region]) -> Read:
    """A text that the model reads as the case says: certain of what it found, halfway so of the rest that is named."""
    tokens = tagger_words.tokenize(text, [(0, len(text))])
    n = len(tokens.words)
    marginals = np.zeros((n, 7), np.float32)
    marginals[:, 0] = 1
    tags = np.zeros(n, np.int64)

    def mark(regions: list[Region], tag: int, p: float) -> None:
        for i in range(n):
            if any(tokens.starts[i] < b and a < tokens.ends[i] for a, b in regions):
                marginals[i], marginals[i, tag], marginals[i, 0] = 0, p, 1 - p
                tags[i] = tag if p > 0.5 else 0

    mark([c for h in learned for c in h.content], 6, 1.0)
    mark([h.cue for h in learned if h.cue], 4, 1.0)
    mark([h.source for h in learned if h.source], 2, 1.0)
    mark(likely, 6, 0.4)
    mark(cues, 4, 0.8)
    return Read(tokens, tags, marginals, np.zeros((n, 16), np.float32))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_what_is_kept(case: dict[str, Any]) -> None:
    text = case["text"]
    learned = heard(text, case["learned"])
    seen = as_read(text, learned, places(text, case.get("cues", [])), places(text, case.get("likely", [])))
    kept = fronts.join(text, seen, heard(text, case["found"]), learned)
    got = [
        [
            text[slice(*f.heard.source)] if f.heard.source else "",
            text[slice(*f.heard.cue)] if f.heard.cue else "",
            "|".join(text[a:b] for a, b in f.heard.content),
            f.how,
            -1 if f.heard.inside is None else f.heard.inside,
        ]
        for f in kept
    ]
    assert case["out"] == got


needs_weights = pytest.mark.skipif(not available(), reason="weights are not installed")


def test_without_a_model_the_rules_stand_and_the_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise ModelError("no weights")

    monkeypatch.setattr("whence.annotate.tagger.load", absent)
    regions = list(paragraphs(NEWS))
    assert (rules.find_heard(NEWS, regions), "no weights") == fronts.find_heard(NEWS, regions)


@needs_weights
def test_both_are_surer_than_one() -> None:
    text = "The crane fell, Maran said."
    seen = read(load(), text, [(0, len(text))])
    h = Heard(source=place(text, "Maran"), cue=place(text, "said"), content=((0, 14),), confidence=0.8)
    assert confidence(Found(h, "both", 0.8, h), seen) > max(
        confidence(Found(h, "model", 0.8, None), seen), confidence(Found(h, "rule", 0.8, h), seen)
    )


def holds(text: str) -> None:
    found, why = fronts.find_heard(text, list(paragraphs(text)))
    assert why is None
    for i, h in enumerate(found):
        assert 0 <= h.confidence <= 1
        assert h.content
        assert all(0 <= a < b <= len(text) for a, b in [*h.content, *([h.source] if h.source else []), *([h.cue] if h.cue else [])])
        assert all(a[1] <= b[0] for a, b in pairwise(h.content))
        above, seen = h.inside, {i}
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = found[above].inside


@needs_weights
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*NEWS.split(" "), "“", "”", '"', ",", "\n\n", "said", "citing", "who"]), max_size=60))
def test_every_text_gives_regions_of_its_own_and_no_circle(words: list[str]) -> None:
    holds(" ".join(words))


@needs_weights
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_characters(text: str) -> None:
    holds(text)
