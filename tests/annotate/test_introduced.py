"""Chains through outlets that a text introduces itself."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate import annotate
from whence.types import Article, Fact

CASES = tomllib.loads((Path(__file__).parent / "cases" / "introduced.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_chain(case: dict[str, Any]) -> None:
    got = annotate(Article(path="report.txt", text=case["text"], outlet=Fact(value="The Harbour Post", basis="given")), "r1")
    names = {p.id: p.name for p in got.parties}
    assert [names[k] for k in got.attributions[-1].chain[1:]] == case["chain"]


def test_a_credit_is_no_saying_of_its_own() -> None:
    text = "The weekly Fanal, citing two bankers with knowledge of the talks, put the price at four billion."
    got = annotate(Article(path="report.txt", text=text), "r1")
    assert len(got.attributions) == 1
    assert "bankers" not in got.attributions[0].content[0].text
    assert [p.name for p in got.parties if p.id in got.attributions[0].chain[1:]] == ["Fanal", "two bankers with knowledge of the talks"]
