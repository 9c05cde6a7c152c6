"""Where a corpus lies: archives whole and damaged, and places that are no files of this machine."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_corpus import corpus, write_lines

from whence.errors import InputError, MissingExtra
from whence.runs import places, run


def archive(numbers: range, lines: list[dict[str, str]]) -> bytes:
    """Pages packed record by record, as CC-NEWS has them."""
    records = []
    for n in numbers:
        paragraphs = "".join(f"<p>{s}.</p>" for s in lines[n]["text"].split(". ") if s)
        body = f"<html><head><title>Page {n}</title></head><body><article>{paragraphs}</article></body></html>".encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Target-URI: https://tarn.example/{n}\r\n"
        head += f"WARC-Date: 2026-03-03T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


class TestArchives:
    def test_a_damaged_archive_costs_itself_and_not_the_run(self, tmp_path: Path) -> None:
        lines, _ = corpus(30, copies=6)
        whole, cut = archive(range(20), lines), archive(range(20, 30), lines)
        (tmp_path / "a.warc.gz").write_bytes(whole)
        (tmp_path / "b.warc.gz").write_bytes(cut[: len(cut) // 2])
        (tmp_path / "c.warc.gz").write_bytes(b"no archive at all")
        manifest = run("links", [str(tmp_path / "*.warc.gz")], str(tmp_path / "out"), engine="process")
        rejects = [r for p in (tmp_path / "out/rejects").glob("*.parquet") for r in pq.read_table(p).to_pylist()]
        assert {"b.warc.gz", "c.warc.gz"} == {Path(r["path"]).name for r in rejects}
        assert manifest.articles["in"] == manifest.articles["out"] + manifest.articles["rejected"]
        assert manifest.articles["out"] >= 20 + 3
        assert 3 == manifest.steps[0].parts

    def test_pages_of_an_archive_are_linked_as_their_texts_are(self, tmp_path: Path) -> None:
        lines, planted = corpus(30, copies=6)
        (tmp_path / "a.warc.gz").write_bytes(archive(range(30), lines))
        run("links", [str(tmp_path / "a.warc.gz")], str(tmp_path / "out"), engine="process")
        found = [r for p in (tmp_path / "out/links").glob("*.parquet") for r in pq.read_table(p).to_pylist()]
        numbers = {frozenset(int(r[end].rpartition("/")[2]) for end in ("from", "to")) for r in found}
        assert {frozenset(int(name[1:]) for name in pair) for pair in planted} <= numbers


class TestPages:
    def test_a_folder_of_text_and_html_is_a_corpus(self, tmp_path: Path) -> None:
        lines, planted = corpus(12, copies=3)
        given = tmp_path / "given"
        given.mkdir()
        for n, line in enumerate(lines):
            paragraphs = "".join(f"<p>{s}.</p>" for s in line["text"].split(". ") if s)
            page = f"<html><head><title>Page {n}</title></head><body><article>{paragraphs}</article></body></html>"
            (given / f"{n:02d}.{'html' if n % 2 else 'txt'}").write_text(page if n % 2 else line["text"], encoding="utf-8")
        (given / "99.txt").write_text(" ")
        manifest = run("links", [str(given)], str(tmp_path / "out"), engine="process")
        assert {"in": 13, "out": 12, "rejected": 1} == manifest.articles
        found = [r for p in (tmp_path / "out/links").glob("*.parquet") for r in pq.read_table(p).to_pylist()]
        assert {frozenset(int(name[1:]) for name in pair) for pair in planted} <= {frozenset(int(Path(r[e]).stem) for e in ("from", "to")) for r in found}


class TestUrls:
    def test_a_run_from_and_to_places_that_are_no_files(self, tmp_path: Path) -> None:
        fsspec = pytest.importorskip("fsspec", reason="pip install 'whence[remote]'")
        lines, _ = corpus(40, copies=8)
        memory = fsspec.filesystem("memory")
        memory.pipe("/given/corpus.jsonl", "".join(json.dumps(line) + "\n" for line in lines).encode())
        there = run("links", ["memory://given/*.jsonl"], "memory://out", engine="process", work=str(tmp_path / "work"), part=5_000)
        here = run("links", [str(write_lines(tmp_path / "corpus.jsonl", lines))], str(tmp_path / "out"), engine="process")
        assert there.tables == here.tables
        assert there.articles == here.articles
        assert there.tables["links"] > 0
        assert there == run("links", ["memory://given/*.jsonl"], "memory://out", engine="process", work=str(tmp_path / "work"))

    def test_sql_on_one_machine_needs_a_folder_there(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(3, copies=0)[0])
        with pytest.raises(InputError, match="--work"):
            run("links", [str(given)], "memory://elsewhere", engine="process")

    def test_a_scheme_that_nothing_opens_is_named(self) -> None:
        with pytest.raises((InputError, MissingExtra), match="nowhere"):
            places.exists("nowhere://x")
