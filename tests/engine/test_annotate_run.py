"""Annotating a corpus: side by side as one by one, and an article that sets something off costs itself alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from made_corpus import told, write_lines

from whence import pipeline
from whence.runs import annotate, run


def annotations(out: Path) -> list[dict[str, Any]]:
    """The rows of a run's table, in order."""
    rows: list[dict[str, Any]] = pq.read_table(out / "annotations").to_pylist()
    return sorted(rows, key=lambda row: row["n"])


class TestAnnotated:
    def test_side_by_side_gives_what_one_by_one_gives(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", told(40))
        run("annotate", [str(given)], str(tmp_path / "side"), engine="process")
        monkeypatch.setattr(annotate, "_TOGETHER", 1)
        run("annotate", [str(given)], str(tmp_path / "single"), engine="process")
        assert len(annotations(tmp_path / "side")) >= 40
        assert annotations(tmp_path / "single") == annotations(tmp_path / "side")

    def test_an_article_that_sets_something_off_is_rejected_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def annotate_pages(given: Sequence[Any], refused: Sequence[Any]) -> Iterator[Any]:
            if any("sets it off" in page.text for page in given):
                raise ArithmeticError("at this one")
            return pipeline.annotate_pages(given, refused)

        monkeypatch.setattr(annotate, "annotate_pages", annotate_pages)
        lines = [*told(20), {"id": "bad", "text": "A word that sets it off, said the mayor on Friday to the council of the town."}, *told(3)]
        result = run("annotate", [str(write_lines(tmp_path / "corpus.jsonl", lines))], str(tmp_path / "out"), engine="process")
        rows = annotations(tmp_path / "out")
        assert "bad" not in {row["id"] for row in rows}
        step = next(s for s in result.steps if s.step == "annotate")
        assert {"in": len(lines), "out": len(lines) - 1, "rejected": 1} == step.counts
        assert len(lines) - 1 == len(rows)
