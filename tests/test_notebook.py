"""The story in Python: its page, its data frames, its graph, and the example notebook run from top to bottom."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import whence
from whence.errors import InputError
from whence.notebook import StoryView
from whence.report.exports import TABLES

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def story() -> StoryView:
    folder = EXAMPLES / "laundered-memo/reports"
    return whence.read([f"The Harbour Ledger={folder}/ledger.txt", f"Skyline Business={folder}/skyline.txt"])


class TestStory:
    def test_shows_itself_as_a_page(self, story: StoryView) -> None:
        assert story._repr_html_().startswith("<!doctype html>")

    @pytest.mark.parametrize("table", TABLES)
    def test_each_table_is_a_data_frame(self, story: StoryView, table: str) -> None:
        frame = story.to_frame(table)
        assert list(frame.columns)
        if "start" in frame and "words" in frame:
            texts = {r.id: r.text for r in story.reports}
            assert all(texts[row.report][row.start : row.end] == row.words for row in frame.itertuples())

    def test_a_table_that_is_not_known_is_an_error_that_names_those_that_are(self, story: StoryView) -> None:
        with pytest.raises(InputError, match="quantities"):
            story.to_frame("chairs")

    def test_the_graph_has_the_steps_of_every_chain(self, story: StoryView) -> None:
        graph = story.graph.to_networkx()
        steps = sum(max(0, len(x.chain) - 1) for c in story.claims for x in c.cells)
        assert steps == graph.number_of_edges()
        assert "The Harbour Ledger" in {d["name"] for _, d in graph.nodes(data=True)}


def test_the_example_notebook_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(EXAMPLES)
    cells = json.loads((EXAMPLES / "four-reports.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    shown = []
    for cell in cells:
        if cell["cell_type"] == "code":
            code = ast.parse("".join(cell["source"]))
            last = code.body.pop() if isinstance(code.body[-1], ast.Expr) else None
            exec(compile(code, "cell", "exec"), names)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    assert capsys.readouterr().out.startswith("4 reports")
    claims, first, ends = (x for x in shown if x is not None)
    assert len(claims) > 0
    assert len(first) > 1
    assert ends
