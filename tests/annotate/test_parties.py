"""Who a source phrase means, and who it points back to."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate import annotate
from whence.types import Article, Fact, Party

CASES = tomllib.loads((Path(__file__).parent / "cases" / "parties.toml").read_text(encoding="utf-8"))["case"]


def last_party(text: str) -> Party:
    got = annotate(Article(path="report.txt", text=text, outlet=Fact(value="The Harbour Post", basis="given")), "r1")
    end = got.attributions[-1].chain[-1]
    return next(p for p in got.parties if p.id == end)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_party(case: dict[str, Any]) -> None:
    party = last_party(case["text"])
    assert (case["name"], case["kind"]) == (party.name, party.kind)
    for field in ("number", "seniority", "affiliation", "reason"):
        if field in case:
            assert case[field] == getattr(party.unnamed, field)


def test_two_unnamed_people_stay_two() -> None:
    text = "An official said the ice was thin. An official said the ferry was old."
    got = annotate(Article(path="report.txt", text=text), "r1")
    assert len({a.chain[-1] for a in got.attributions}) == 2


def test_a_reason_for_not_being_named_is_kept() -> None:
    party = last_party("An official, who was not authorised to speak, said the ice was thin.")
    assert party.unnamed is not None
    assert party.unnamed.reason == "who was not authorised"
