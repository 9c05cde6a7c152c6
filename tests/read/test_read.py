"""Reading: every input is read or refused by name with what to do, and the others are read all the same."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.read import read_pages
from whence.read import stream as stream_module
from whence.read.decode import decode
from whence.types import Page, Refused

TEXT = "A ferry ran aground off Tarn on Sunday, the coast guard said.\n"


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def refused_one(tmp_path: Path, spec: str) -> Refused:
    """The refusal of one input that stands between two good ones, which are read."""
    first, last = write(tmp_path, "first.txt", "First. " + TEXT), write(tmp_path, "last.txt", "Last. " + TEXT)
    pages, refused = read_pages([first, spec, last])
    assert [page.path for page in pages] == [first, last]
    assert len(refused) == 1
    return refused[0]


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


class TestWhatIsRefused:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        refusal = refused_one(tmp_path, str(tmp_path / "none.txt"))
        assert refusal.path.endswith("none.txt")
        assert "no such file" in refusal.why

    def test_a_folder_without_files(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert "is a folder without files" in refused_one(tmp_path, str(tmp_path / "empty")).why

    @pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\ufeff".encode(), "\u00a0\u2003\n".encode()])
    def test_an_empty_file(self, tmp_path: Path, content: bytes) -> None:
        assert "is empty" in refused_one(tmp_path, write(tmp_path, "a.txt", content)).why

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
            (b"PK\x03\x04\x14\0", "a zip archive"),
            (b"some text\0and more\0", "binary data"),
            (bytes(range(1, 32)) * 20, "binary data"),
        ],
    )
    def test_what_is_no_text(self, tmp_path: Path, content: bytes, kind: str) -> None:
        assert f"looks like {kind}" in refused_one(tmp_path, write(tmp_path, "a.txt", content)).why

    def test_a_file_of_200_mb_is_not_read_into_memory(self, tmp_path: Path) -> None:
        path = tmp_path / "large.txt"
        with path.open("wb") as file:
            file.write(TEXT.encode() * 2_000)
            file.truncate(200_000_000)
        assert "200 MB, larger than the limit of 50 MB" in refused_one(tmp_path, str(path)).why

    def test_standard_input_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream_module, "LIMIT", 1000)
        standard_input(monkeypatch, b"word " * 1000)
        pages, refused = read_pages(["-"])
        assert pages == []
        assert "larger than the limit" in refused[0].why

    def test_a_file_without_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        spec, opened = write(tmp_path, "shut.txt", TEXT), Path.open

        def shut(path: Path, mode: str = "r", buffering: int = -1) -> object:
            if path.name == "shut.txt":
                raise PermissionError(13, "Permission denied")
            return opened(path, mode, buffering)

        monkeypatch.setattr(Path, "open", shut)
        assert "permissions" in refused_one(tmp_path, spec).why

    def test_the_same_path_twice(self, tmp_path: Path) -> None:
        spec = write(tmp_path, "a.txt", TEXT)
        pages, refused = read_pages([spec, str(tmp_path / "." / "a.txt")])
        assert len(pages) == 1
        assert "given twice" in refused[0].why

    def test_the_same_bytes_twice(self, tmp_path: Path) -> None:
        first, second = write(tmp_path, "a.txt", TEXT), write(tmp_path, "b.txt", TEXT)
        pages, refused = read_pages([first, second])
        assert len(pages) == 1
        assert refused[0].path == second
        assert first in refused[0].why

    def test_a_name_that_is_no_path(self, tmp_path: Path) -> None:
        assert "cannot be read" in refused_one(tmp_path, "a\0b").why


class TestOutlets:
    def test_an_outlet_can_be_given(self, tmp_path: Path) -> None:
        spec = write(tmp_path, "a.txt", TEXT)
        (page,), refused = read_pages([f"The Tarn Post={spec}"])
        assert (page.outlet, page.path, refused) == ("The Tarn Post", spec, [])

    def test_a_file_whose_name_has_an_equals_sign_is_a_file(self, tmp_path: Path) -> None:
        spec = write(tmp_path, "a=b.txt", TEXT)
        (page,), _ = read_pages([spec])
        assert (page.outlet, page.path) == (None, spec)

    def test_two_outlets_may_have_run_the_same_text(self, tmp_path: Path) -> None:
        first, second = write(tmp_path, "a.txt", TEXT), write(tmp_path, "b.txt", TEXT)
        pages, refused = read_pages([f"A={first}", f"B={second}"])
        assert [page.outlet for page in pages] == ["A", "B"]
        assert refused == []


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
    def test_unicode_with_or_without_a_mark(self, encoding: str) -> None:
        text = "A ferry ran aground off “Tårn”.\n" * 3
        assert decode(text.encode(encoding), markup=False).text == text

    def test_a_declared_charset(self) -> None:
        html = '<html><head><meta charset="windows-1251"></head><body>Паром сел на мель</body></html>'
        found = decode(html.encode("cp1251"), markup=True)
        assert (found.text, found.encoding, found.notes) == (html, "cp1251", ())

    def test_latin_1_is_read_as_browsers_do(self) -> None:
        html = '<meta charset="iso-8859-1"><p>“Tarn”</p>'
        assert decode(html.encode("cp1252"), markup=True).text == html

    def test_windows_1252_without_a_declaration_is_noted(self) -> None:
        text = "The “ferry” ran aground, the café’s owner said, and the harbour was shut for a day. " * 3
        found = decode(text.encode("cp1252"), markup=False)
        assert found.text == text
        assert any("no encoding declared" in note for note in found.notes)

    def test_cyrillic_is_detected_and_noted(self) -> None:
        text = "Паром сел на мель у острова в воскресенье, сообщила береговая охрана, пассажиров сняли рыбаки. " * 5
        found = decode(text.encode("cp1251"), markup=False)
        assert found.text == text
        assert any("detected" in note for note in found.notes)

    def test_invalid_utf_8_is_replaced_and_noted(self, tmp_path: Path) -> None:
        data = ("“Tårn” și “Värld”. " * 5).encode() + b"\xff\xfe bad" + ("“Tårn” " * 5).encode()
        (page,), refused = read_pages([write(tmp_path, "a.txt", data)])
        assert refused == []
        assert "\ufffd" in page.text
        assert any(f"byte {data.index(0xFF)}" in note for note in page.notes)

    @given(st.binary(min_size=1, max_size=300), st.booleans())
    @settings(max_examples=100, deadline=None)
    def test_no_bytes_raise(self, data: bytes, markup: bool) -> None:
        assert isinstance(decode(data, markup=markup).text, str)


class TestLines:
    def test_a_page_a_line_with_what_is_known(self, tmp_path: Path) -> None:
        line = {
            "id": 7,
            "text": TEXT,
            "title": "T",
            "outlet": "O",
            "published": "2024-03-03",
            "url": "https://x.example",
            "language": "en",
            "more": 1,
        }
        (page,), refused = read_pages([write(tmp_path, "a.jsonl", json.dumps(line) + "\n\n")])
        assert refused == []
        assert page == Page(
            path=page.path,
            text=TEXT,
            media="text",
            line=1,
            id="7",
            title="T",
            outlet="O",
            published="2024-03-03",
            url="https://x.example",
            language="en",
        )

    @pytest.mark.parametrize(
        ("bad", "why"),
        [
            (b"{", "not valid JSON"),
            (b"[1]", "not a JSON object"),
            (b'{"id": "a"}', "missing required field"),
            (b'{"text": 5}', "Expected `str`"),
            (b'{"text": " "}', "is empty"),
            (b'{"text": "\xff"}', "not valid JSON"),
            (b'{"text": "a", "more": ' + b"[" * 100_000, "nested too deeply"),
            (json.dumps({"text": TEXT}).encode(), "the same as line 1"),
        ],
    )
    def test_a_bad_line_is_refused_by_its_number(self, tmp_path: Path, bad: bytes, why: str) -> None:
        data = json.dumps({"text": TEXT}).encode() + b"\n" + bad + b"\n" + json.dumps({"text": "Other. " + TEXT}).encode()
        pages, refused = read_pages([write(tmp_path, "a.jsonl", data)])
        assert len(pages) == 2
        assert [refusal.line for refusal in refused] == [2]
        assert why in refused[0].why


class TestStandardInput:
    @pytest.mark.parametrize(
        ("data", "media"),
        [(TEXT, "text"), ("<!DOCTYPE html><p>x</p>", "html"), ("\n<html><p>x</p>", "html"), ("{ no JSON", "text"), ("< 5 people", "text")],
    )
    def test_text_is_told_from_html(self, monkeypatch: pytest.MonkeyPatch, data: str, media: str) -> None:
        standard_input(monkeypatch, data.encode())
        (page,), refused = read_pages(["-"])
        assert (page.path, page.media, page.text, refused) == ("-", media, data, [])

    def test_lines_of_json_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        standard_input(monkeypatch, b'{"id": "a", "text": "A"}\n{"id": "b", "text": "B"}\n')
        pages, _ = read_pages(["-"])
        assert [page.id for page in pages] == ["a", "b"]


@given(st.lists(st.binary(max_size=80), max_size=4), st.sampled_from([".txt", ".html", ".jsonl", ""]))
@settings(max_examples=60, deadline=None)
def test_nothing_raises_and_every_input_is_answered(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], ending: str) -> None:
    folder = tmp_path_factory.mktemp("pages")
    specs = [write(folder, f"{number}{ending}", content) for number, content in enumerate(contents)]
    pages, refused = read_pages(specs)
    answered = {page.path for page in pages} | {refusal.path for refusal in refused}
    if ending != ".jsonl":
        assert answered == set(specs)
    assert answered <= set(specs)


def test_right_to_left_text_and_odd_quotes_are_read_as_they_are(tmp_path: Path) -> None:
    text = "قال الوزير: \"إن الميناء\n“odd 'quotes\r\n"
    (page,), refused = read_pages([write(tmp_path, "a.txt", text)])
    assert (page.text, refused) == (text, [])
