"""By whom it was heard, from the report's own outlet outwards."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from whence.annotate import annotate
from whence.types import Article, Fact, Marks

CASES = tomllib.loads((Path(__file__).parent / "cases" / "chains.toml").read_text(encoding="utf-8"))["case"]


def marks(text: str, outlet: str) -> Marks:
    return annotate(Article(path="report.txt", text=text, outlet=Fact(value=outlet, basis="given")), "r1")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_chain(case: dict[str, Any]) -> None:
    got = marks(case["text"], case["outlet"])
    names = {p.id: p.name for p in got.parties}
    holding = [a for a in got.attributions if any(case["content"] in c.text for c in a.content)]
    innermost = max(holding, key=lambda a: len(a.chain))
    assert case["chain"] == [names[p] for p in innermost.chain]


def test_the_own_outlet_has_the_report_and_stands_first() -> None:
    got = marks("A diver said the pier had moved.", "The Harbour Post")
    first = got.parties[0]
    assert (first.id, first.name, first.report) == ("p1", "The Harbour Post", "r1")
    assert got.attributions[0].chain[0] == got.own == "p1"


def test_an_unknown_outlet_goes_by_the_file_name() -> None:
    got = annotate(Article(path="in/pier.txt", text="A diver said the pier had moved."), "r1")
    assert got.parties[0].name == "pier.txt"


def test_quotation_marks_make_the_kind() -> None:
    text = "“It moved,” Lund said. Lund said it “moved a metre”. Lund said it had moved."
    assert [a.kind for a in marks(text, "The Harbour Post").attributions] == ["direct", "mixed", "indirect"]
