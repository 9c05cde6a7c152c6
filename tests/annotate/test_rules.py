"""What the rules hear in a text, case by case."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate.rules import find_heard
from whence.text import paragraphs

CASES = tomllib.loads((Path(__file__).parent / "cases" / "heard.toml").read_text(encoding="utf-8"))["case"]


def heard(text: str) -> list[list[str]]:
    found = [h for h in find_heard(text, list(paragraphs(text))) if h.inside is None]
    out = []
    for h in sorted(found, key=lambda h: h.content[0]):
        out.append([text[slice(*h.source)] if h.source else "", text[slice(*h.cue)] if h.cue else "", "|".join(text[a:b] for a, b in h.content)])
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_outermost_attributions(case: dict[str, Any]) -> None:
    assert case["out"] == heard(case["text"])


def test_what_is_reported_inside_a_content_stands_inside_it() -> None:
    text = "The minister said the harbour office had warned that the pier would move."
    outer, inner = find_heard(text, [(0, len(text))])
    assert (outer.inside, inner.inside) == (None, 0)
    assert text[slice(*inner.source or (0, 0))] == "the harbour office"


def test_what_a_quoted_speaker_reports_stands_inside_his_quotation() -> None:
    text = "“The divers said that the pier had moved by more than a metre,” Lund said."
    outer, inner = find_heard(text, [(0, len(text))])
    assert (outer.inside, inner.inside) == (None, 0)


def test_cues_are_many() -> None:
    from whence.lang import load

    assert len(load("en", "cues")["verbs"]) >= 250


def test_a_cue_before_a_credit_takes_what_stands_behind_it() -> None:
    text = "The clerk had told Maran, the letter states, that the bolts were old."
    outer, inner = find_heard(text, [(0, len(text))])
    assert (outer.inside, inner.inside) == (None, 0)
    assert text[slice(*inner.source or (0, 0))] == "The clerk"
    assert [text[a:b] for a, b in inner.content] == ["that the bolts were old"]
