"""What credits a whole report, and whether it is an agency's copy."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate import annotate
from whence.types import Article, Fact

CASES = tomllib.loads((Path(__file__).parent / "cases" / "credits.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_credits(case: dict[str, Any]) -> None:
    got = annotate(Article(path="report.txt", text=case["text"], outlet=Fact(value=case["outlet"], basis="given")), "r1")
    names = {p.id: p.name for p in got.parties}
    assert case["out"] == [names[c.party] for c in got.credits]
    assert case["wire"] == got.wire
