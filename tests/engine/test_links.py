"""Links of a corpus: what was planted is found, what everybody has is told, and every engine gives the same rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq
import pytest
from made_corpus import corpus, write_lines, write_table

from whence.runs import Manifest, run


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, sorted."""
    found = [row for path in sorted((out / table).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=str)


def linked(corpus: Path, out: Path, engine: Literal["process", "duckdb", "spark"] = "process", **options: Any) -> Manifest:
    return run("links", [str(corpus)], str(out), engine=engine, workers=2, **options)


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return corpus(300, copies=30, viral=40)[0]


@pytest.fixture(scope="module")
def done(lines: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Manifest, Path]:
    """The links of the corpus in process, one part."""
    folder = tmp_path_factory.mktemp("links")
    return linked(write_lines(folder / "corpus.jsonl", lines), folder / "out"), folder / "out"


class TestFound:
    def test_what_was_planted_is_found_and_nothing_else(self, done: tuple[Manifest, Path]) -> None:
        _, planted = corpus(300, copies=30, viral=40)
        assert planted == {(r["from"], r["to"]) for r in rows(done[1], "links") if int(r["to"][1:]) < 300}

    def test_of_what_more_than_the_cap_have_each_is_linked_to_the_first(self, done: tuple[Manifest, Path]) -> None:
        viral = [r for r in rows(done[1], "links") if int(r["to"][1:]) >= 300]
        assert {("a300", f"a{n}") for n in range(301, 340)} == {(r["from"], r["to"]) for r in viral}
        assert {"copies"} == {r["kind"] for r in viral}

    def test_what_more_than_the_cap_have_is_told_by_kind(self, done: tuple[Manifest, Path]) -> None:
        kinds = {r["kind"] for r in rows(done[1], "common")}
        assert {"text", "formula", "boilerplate"} == kinds

    def test_passages_are_offsets_into_the_texts(self, done: tuple[Manifest, Path], lines: list[dict[str, Any]]) -> None:
        texts = {line["id"]: line["text"] for line in lines}
        for link in rows(done[1], "links"):
            for passage in link["evidence"]:
                here = texts[link["from"]][passage["from"]["start"] : passage["from"]["end"]]
                there = texts[link["to"]][passage["to"]["start"] : passage["to"]["end"]]
                same = [a == b for a, b in zip(here.split(), there.split(), strict=True)]
                assert sum(same) >= 0.95 * len(same) > 60  # an edge may hold a word that stands in both by chance

    def test_every_article_is_accounted_for(self, done: tuple[Manifest, Path]) -> None:
        manifest = done[0]
        assert {"in": 340, "out": 340, "rejected": 0} == manifest.articles
        assert manifest.tables["links"] == len(rows(done[1], "links"))


class TestNothing:
    @pytest.mark.parametrize("engine", ["process", "duckdb"])
    @pytest.mark.parametrize("text", ["A word.", None])
    def test_a_corpus_that_shares_nothing_has_no_links(self, tmp_path: Path, text: str | None, engine: Literal["process", "duckdb"]) -> None:
        lines = corpus(36, copies=0)[0][31:]  # what comes after the formula
        if text is not None:
            lines = [{**line, "text": text} for line in lines]
        manifest = linked(write_lines(tmp_path / "corpus.jsonl", lines), tmp_path / "out", engine, part=300)
        assert {"in": 5, "out": 5, "rejected": 0} == manifest.articles
        assert {"links": 0, "common": 0} == manifest.tables


class TestSameRows:
    def test_the_pool_in_many_parts_gives_what_one_process_gives_in_one(
        self, done: tuple[Manifest, Path], lines: list[dict[str, Any]], tmp_path: Path
    ) -> None:
        manifest = linked(write_lines(tmp_path / "corpus.jsonl", lines), tmp_path / "out", "duckdb", part=20_000)
        assert manifest.steps[0].parts > 5
        for table in ("links", "common"):
            assert rows(done[1], table) == rows(tmp_path / "out", table)

    def test_parquet_gives_the_same_links_as_lines(self, done: tuple[Manifest, Path], lines: list[dict[str, Any]], tmp_path: Path) -> None:
        linked(write_table(tmp_path / "corpus.parquet", lines), tmp_path / "out", part=20_000)
        bare = [[{k: v for k, v in r.items() if k not in "ab"} for r in rows(out, "links")] for out in (done[1], tmp_path / "out")]
        assert bare[0] == bare[1]
