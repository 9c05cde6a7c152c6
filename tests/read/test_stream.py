"""The stream of pages: folders, patterns, tables with a mapping and gzip, each report in its place and each fault by its own."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whence.errors import InputError
from whence.read import pages, stream
from whence.types import Page, Refused

TEXT = "A ferry ran aground off Tarn on Sunday, the coast guard said."


def texts(found: Iterator[Page | Refused]) -> list[str]:
    return [item.text if isinstance(item, Page) else f"! {item.line}: {item.why}" for item in found]


def line(number: int) -> bytes:
    return json.dumps({"id": number, "text": f"{number}. {TEXT}"}).encode() + b"\n"


class TestPlaces:
    def test_a_folder_is_read_in_the_order_of_its_names(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden.txt", ".git/x.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(name)
        assert ["b.txt", "a/c.txt", "a/z.txt"] == texts(pages([str(tmp_path)]))

    def test_a_pattern(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", "c.html"):
            (tmp_path / name).write_text(name)
        assert ["a.txt", "b.txt"] == texts(pages([str(tmp_path / "*.txt")]))
        assert ["! None: no file fits this pattern; check it"] == texts(pages([str(tmp_path / "*.doc")]))

    def test_a_fault_in_one_leaves_the_others(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
        (tmp_path / "b.txt").write_text(TEXT)
        refusal, page = pages([str(tmp_path)])
        assert isinstance(refusal, Refused)
        assert refusal.path == str(tmp_path / "a.png")
        assert isinstance(page, Page)


class TestTables:
    ROWS = (("One. " + TEXT, "First", "2024-03-03"), ('Two, with a "quote"\nand a second line.', "Second", ""))

    def table(self, folder: Path, delimiter: str = ",", encoding: str = "utf-8", names: tuple[str, ...] = ("body", "headline", "published")) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([names, *self.ROWS])
        (folder / "a.csv").write_bytes(out.getvalue().encode(encoding))
        return str(folder / "a.csv")

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_csv_with_mapped_columns(self, tmp_path: Path, delimiter: str) -> None:
        first, second = pages([self.table(tmp_path, delimiter)], {"text": "body", "title": "headline"})
        assert isinstance(first, Page)
        assert isinstance(second, Page)
        assert (self.ROWS[0][0], "First", "2024-03-03", 2) == (first.text, first.title, first.published, first.line)
        assert (self.ROWS[1][0], "Second", None, 3) == (second.text, second.title, second.published, second.line)

    def test_a_column_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        (refusal,) = pages([self.table(tmp_path)], {"text": "story"})
        assert isinstance(refusal, Refused)
        assert "no column 'story' for text; it has 'body', 'headline', 'published'" in refusal.why

    def test_a_field_that_pages_do_not_have(self) -> None:
        with pytest.raises(InputError, match="there is no such field"):
            pages(["a.csv"], {"body": "text"})

    def test_an_encoding_that_changes_is_noted_at_its_line(self, tmp_path: Path) -> None:
        rows = "text,id\n" + "".join(f"{n} {TEXT},{n}\n" for n in range(2_000))
        (tmp_path / "a.csv").write_bytes(rows.encode() + "The café owner’s son said that the harbour was shut for the whole day,last\n".encode("cp1252"))
        *_, last = pages([str(tmp_path / "a.csv")])
        assert isinstance(last, Page)
        assert "The café owner’s son said that the harbour was shut for the whole day" == last.text
        assert ("line 2002 is not utf-8 at byte 7 of it: read as cp1252",) == last.notes

    def test_windows_1252_throughout_is_detected(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes("text\nThe café owner’s son said the harbour was shut for the day\n".encode("cp1252"))
        (page,) = pages([str(tmp_path / "a.csv")])
        assert isinstance(page, Page)
        assert "café owner’s" in page.text
        assert any("no encoding declared" in note for note in page.notes)

    def test_a_quotation_mark_never_closed_is_said_at_its_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream, "LIMIT", 5_000)
        (tmp_path / "a.csv").write_text("text\ngood\n\"open\n" + "x" * 100 + "\n" + ("y" * 99 + "\n") * 100)
        assert "good" == texts(pages([str(tmp_path / "a.csv")]))[0]
        assert "! 3: a quotation mark opens a value that does not end" in texts(pages([str(tmp_path / "a.csv")]))[1]

    def test_a_row_too_short_is_refused_and_the_rest_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("id,text\n1,one\n2\n3,three\n")
        assert ["one", "! 3: has 1 values and the table 2 columns: check the quotation marks and the line before", "three"] == texts(
            pages([str(tmp_path / "a.csv")])
        )

    def test_parquet_with_mapped_columns(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"body": ["One.", None, "Three."], "n": [1, 2, 3]}), tmp_path / "a.bin")
        assert ["One.", "! 2: has no text", "Three."] == texts(pages([str(tmp_path / "a.bin")], {"text": "body", "id": "n"}))

    def test_parquet_without_the_mapped_column(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"body": ["One."]}), tmp_path / "a.parquet")
        assert ["! None: has no column named text; it has 'body': give the one that holds it this name, or whence add --map text=COLUMN"] == texts(
            pages([str(tmp_path / "a.parquet")])
        )

    def test_a_table_without_rows(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("id,text\n\n")
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "b.parquet")
        assert ["! None: is a table without rows"] * 2 == texts(pages([str(tmp_path)]))

    def test_a_fault_that_a_reader_does_not_know_leaves_the_others(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("of a library")

        (tmp_path / "a.pdf").write_text("%PDF-1.4\n")
        (tmp_path / "b.txt").write_text(TEXT)
        monkeypatch.setattr("pypdf.PdfReader", broken)
        first, second = texts(pages([str(tmp_path)]))
        assert "broken in a way that its reader does not know (RuntimeError: of a library)" in first
        assert TEXT == second

    def test_parquet_cut_short(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"text": ["One."] * 1000}), tmp_path / "a.parquet")
        data = (tmp_path / "a.parquet").read_bytes()
        (tmp_path / "a.parquet").write_bytes(data[:-9])
        assert "is a damaged Parquet table" in texts(pages([str(tmp_path / "a.parquet")]))[0]

    def test_lines_of_json_with_nested_keys(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text('{"article": {"body": "One."}}\n{"article": {}}\n')
        found = texts(pages([str(tmp_path / "a.jsonl")], {"text": "article.body"}))
        assert "One." == found[0]
        assert "'article.body' as --map says" in found[1]


class TestGzip:
    def test_any_input_may_be_packed(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line(1)) + gzip.compress(line(2)) + b"\0" * 512)
        (tmp_path / "b.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
        assert [f"1. {TEXT}", f"2. {TEXT}", TEXT] == texts(pages([str(tmp_path)]))

    def test_what_is_whole_of_a_truncated_file_is_kept(self, tmp_path: Path) -> None:
        data = gzip.compress(b"".join(map(line, range(3))))
        for cut in (4, 20):
            (tmp_path / "a.jsonl.gz").write_bytes(data[:-cut])
            found = texts(pages([str(tmp_path / "a.jsonl.gz")]))
            assert f"0. {TEXT}" == found[0]
            assert "ends inside what begins at byte 0: it is cut short" in found[-1]

    def test_damage_is_said_with_its_place(self, tmp_path: Path) -> None:
        first, second = gzip.compress(line(1)), bytearray(gzip.compress(line(2)))
        second[-6] ^= 0xFF
        (tmp_path / "a.jsonl.gz").write_bytes(first + second)
        found = texts(pages([str(tmp_path / "a.jsonl.gz")]))
        assert f"1. {TEXT}" == found[0]
        assert f"damaged in what begins at byte {len(first)} (its checksum is another)" in found[-1]

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line(1)) + gzip.compress(b" " * 300_000_000, 1))
        tracemalloc.start()
        found = texts(pages([str(tmp_path / "a.jsonl.gz")]))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [f"1. {TEXT}", "! None: unpacks to more than 200 times its size: no text does; it is not unpacked further"] == found
        assert peak < 250_000_000

    def test_gzip_in_gzip_in_gzip(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(gzip.compress(gzip.compress(gzip.compress(TEXT.encode()))))
        assert "again and again" in texts(pages([str(tmp_path / "a.txt")]))[0]


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        with gzip.open(tmp_path / "a.jsonl.gz", "wb", 1) as file:
            for number in range(rows):
                file.write(line(number))
        tracemalloc.start()
        count = sum(isinstance(item, Page) for item in pages([str(tmp_path / "a.jsonl.gz")]))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert rows == count
        return found

    peak(10)
    assert peak(40_000) < 1.2 * peak(10_000)
