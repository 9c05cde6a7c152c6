"""Runs: nothing is lost. Bad articles, damaged files, parts that kill their process, runs that are cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from made_corpus import POISON, corpus, killed, killed_once, raising, write_lines, write_table

from whence.engine import open_engine
from whence.errors import InputError, WhenceError
from whence.runs import run
from whence.runs.articles import articles
from whence.runs.inputs import halves, inputs, pages, parts
from whence.runs.parts import Receipt, Step, each


def rejects(out: Path) -> list[dict[str, Any]]:
    found = [row for path in sorted((out / "rejects").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=str)


def stepped(folder: Path, given: Path, engine: Any, work: Any = articles, size: int = 5_000, settings: Any = None) -> list[Receipt]:
    """One step over a corpus."""
    tables = {name: str(folder / name) for name in ("articles", "shingles", "rejects")}
    step = Step(name="read", work=work, settings=settings, receipts=str(folder / "receipts"), tables=tables)
    return each(engine, step, parts(inputs([str(given)]), size))


def ids(folder: Path) -> list[str]:
    return sorted(i for path in (folder / "articles").glob("*.parquet") for i in pq.read_table(path, columns=["id"]).column("id").to_pylist())


def poisoned(tmp_path: Path, at: int = 17, count: int = 40) -> Path:
    lines, _ = corpus(count, copies=0)
    lines[at]["text"] += f" {POISON}"
    return write_lines(tmp_path / "corpus.jsonl", lines)


class TestParts:
    @pytest.mark.parametrize("size", [1_000, 7_777, 10_000_000])
    @pytest.mark.parametrize("write", [write_lines, write_table])
    def test_every_article_is_in_one_part_whatever_its_size(self, tmp_path: Path, size: int, write: Any) -> None:
        lines, _ = corpus(60, copies=0)
        given = write(tmp_path / ("corpus.jsonl" if write is write_lines else "corpus.parquet"), lines)
        found = [getattr(read.found, "id", None) for part in parts(inputs([str(given)]), size) for read in pages(part)]
        assert [line["id"] for line in lines] == found

    def test_halves_hold_what_the_whole_held_down_to_one_article(self, tmp_path: Path) -> None:
        lines, _ = corpus(9, copies=0)
        waiting, single = parts(inputs([str(write_lines(tmp_path / "c.jsonl", lines))]), 1 << 30), []
        while waiting:
            two = halves(part := waiting.pop(0))
            single += [] if two else [part]
            waiting = [*(two or ()), *waiting]
        assert [line["id"] for line in lines] == [getattr(read.found, "id", None) for part in single for read in pages(part)]
        assert len(single) == 9


class TestRejects:
    def test_a_line_that_is_no_article_is_named_by_its_byte_and_the_others_are_kept(self, tmp_path: Path) -> None:
        lines, _ = corpus(20, copies=0)
        given = write_lines(tmp_path / "corpus.jsonl", lines)
        at = given.stat().st_size
        with given.open("ab") as file:
            file.write(b'{"id": 1}\nnot json\n{"id": 2, "text": " "}\n{"text": "\xff"}\n{"text": "\\ud800"}\n')
        manifest = run("links", [str(given)], str(tmp_path / "out"), engine="process", part=5_000)
        assert {"in": 25, "out": 20, "rejected": 5} == manifest.articles
        assert 5 == sum(manifest.rejects.values())
        assert at == min(r["place"] for r in rejects(tmp_path / "out"))

    def test_a_damaged_row_group_costs_its_rows(self, tmp_path: Path) -> None:
        given = write_table(tmp_path / "corpus.parquet", corpus(100, copies=0)[0], group=25)
        column = pq.read_metadata(given).row_group(1).column(3)
        data = bytearray(given.read_bytes())
        start = column.dictionary_page_offset or column.data_page_offset
        data[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
        given.write_bytes(data)
        manifest = run("links", [str(given)], str(tmp_path / "out"), engine="process", part=3_000)
        assert {"in": 100, "out": 75, "rejected": 25} == manifest.articles

    def test_a_file_that_cannot_be_read_costs_itself(self, tmp_path: Path) -> None:
        write_table(tmp_path / "a.parquet", corpus(20, copies=0)[0])
        (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
        manifest = run("links", [str(tmp_path)], str(tmp_path / "out"), engine="process")
        assert 20 == manifest.articles["out"]
        assert ["b.parquet"] == [Path(r["path"]).name for r in rejects(tmp_path / "out")]

    def test_a_place_that_is_no_corpus_is_refused_before_anything_is_done(self, tmp_path: Path) -> None:
        (tmp_path / "corpus.docx").write_bytes(b"x")
        for given in (tmp_path / "corpus.docx", tmp_path / "absent.jsonl", tmp_path / "*.parquet"):
            with pytest.raises(InputError, match=given.name.replace("*", ".")):
                run("links", [str(given)], str(tmp_path / "out"))
        assert not (tmp_path / "out").exists()


class TestFaults:
    def test_an_article_that_raises_is_alone_among_the_rejects(self, tmp_path: Path) -> None:
        with open_engine("process") as engine:
            receipts = stepped(tmp_path, poisoned(tmp_path), engine, raising)
        assert 40 == sum(r.counts["in"] for r in receipts)
        assert [f"a{n}" for n in range(40) if n != 17] == sorted(ids(tmp_path), key=lambda i: int(i[1:]))
        assert ["ValueError: this article cannot be borne"] == [r["why"] for r in rejects(tmp_path)]

    def test_an_article_that_kills_its_process_is_alone_among_the_rejects(self, tmp_path: Path) -> None:
        with open_engine("duckdb", workers=2) as engine:
            receipts = stepped(tmp_path, poisoned(tmp_path, count=6, at=3), engine, killed, size=1_000)
        assert 6 == sum(r.counts["in"] for r in receipts)
        assert 5 == len(ids(tmp_path))
        assert "died each time" in rejects(tmp_path)[0]["why"]

    def test_a_worker_killed_in_mid_run_loses_nothing(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(40, copies=0)[0])
        with open_engine("duckdb", workers=2) as engine:
            stepped(tmp_path, given, engine, killed_once, settings=str(tmp_path / "died"))
        assert (tmp_path / "died").exists()
        assert 40 == len(set(ids(tmp_path)))
        assert not (tmp_path / "rejects").exists()

    def test_a_fault_of_every_part_is_no_fault_of_the_articles(self, tmp_path: Path) -> None:
        lines = [{**line, "text": line["text"] + POISON} for line in corpus(40, copies=0)[0]]
        with open_engine("process") as engine, pytest.raises(WhenceError, match=r"none is done.*cannot be borne"):
            stepped(tmp_path, write_lines(tmp_path / "corpus.jsonl", lines), engine, raising)


class TestResumed:
    def test_a_run_that_was_cut_off_does_only_what_is_left(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(40, copies=0)[0])
        with open_engine("process") as engine:
            stepped(tmp_path, given, engine)
            kept = sorted((tmp_path / "receipts/read").glob("*.done"))
            written = {path: path.stat().st_mtime_ns for path in (tmp_path / "articles").iterdir()}
            kept[2].unlink()
            receipts = stepped(tmp_path, given, engine)
        again = {path for path in written if path.stat().st_mtime_ns != written[path]}
        assert [tmp_path / f"articles/part-{kept[2].stem}.parquet"] == list(again)
        assert 40 == sum(r.counts["in"] for r in receipts)

    def test_a_finished_run_done_again_does_nothing(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(20, copies=4)[0])
        first = run("links", [str(given)], str(tmp_path / "out"), engine="process")
        before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*")}
        assert first == run("links", [str(given)], str(tmp_path / "out"), engine="process")
        assert before == {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*")}

    def test_a_folder_with_another_run_is_refused(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(20, copies=4)[0])
        run("links", [str(given)], str(tmp_path / "out"), engine="process")
        with pytest.raises(InputError, match="holds another run"):
            run("annotate", [str(given)], str(tmp_path / "out"), engine="process")
