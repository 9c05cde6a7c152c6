"""What credits a whole report, and whether it is an agency's copy."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate import annotate
from whence.clean import clean
from whence.types import Article, Fact, Page

CASES = tomllib.loads((Path(__file__).parent / "cases" / "credits.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:50])
def test_credits(case: dict[str, Any]) -> None:
    plain = Article(path="report.txt", text=case["text"], outlet=Fact(value=case["outlet"], basis="given"))
    cleaned = clean(Page(path="report.txt", text=case["text"], media="text", outlet=case["outlet"]))
    for article in (plain, cleaned):
        got = annotate(article, "r1")
        names = {p.id: p.name for p in got.parties}
        assert case["out"] == [names[c.party] for c in got.credits]
        assert case["wire"] == got.wire
