"""WARC archives: packed record by record, packed whole or not packed; what is whole in a damaged one is kept, and the damage is said."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from pathlib import Path

import pytest

from whence.read import pages
from whence.types import Page, Refused

HTML = "<html><head><title>Ferry {0}</title></head><body><p>Ferry {0} ran aground off Tarn on Sunday, the coast guard said.</p></body></html>"


def record(number: int, *, kind: str = "response", status: str = "200 OK", media: str = "text/html; charset=utf-8", more: str = "", body: bytes = b"") -> bytes:
    body = body or HTML.format(number).encode()
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://tarn.example/{number}\r\n"
    return (
        f"{head}WARC-Date: 2024-03-03T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode()
        + http
        + b"\r\n\r\n"
    )


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 14\r\n\r\nsoftware: x/1\n\r\n\r\n"
RECORDS = [INFO, *map(record, range(1, 7))]
PACKED = [gzip.compress(r) for r in RECORDS]


def read(folder: Path, data: bytes) -> list[Page | Refused]:
    (folder / "a.warc").write_bytes(data)
    return list(pages([str(folder / "a.warc")]))


def urls(found: list[Page | Refused]) -> list[str]:
    return [(item.url or "").rpartition("/")[2] if isinstance(item, Page) else "!" for item in found]


def whys(found: list[Page | Refused]) -> list[str]:
    return [item.why for item in found if isinstance(item, Refused)]


class TestWhole:
    @pytest.mark.parametrize("data", [b"".join(RECORDS), b"".join(PACKED), gzip.compress(b"".join(RECORDS))], ids=["plain", "by record", "packed whole"])
    def test_every_page_with_its_address(self, tmp_path: Path, data: bytes) -> None:
        found = read(tmp_path, data)
        assert [HTML.format(n) for n in range(1, 7)] == [item.text for item in found if isinstance(item, Page)]
        assert list("123456") == urls(found)
        assert [2, 3, 4, 5, 6, 7] == [item.line for item in found]

    def test_what_is_no_page_is_passed_over(self, tmp_path: Path) -> None:
        others = [record(1, kind="request"), record(2, status="404 Not Found"), record(3, media="image/png"), record(4, kind="revisit"), record(5)]
        assert ["5"] == urls(read(tmp_path, b"".join(map(gzip.compress, others))))
        assert ["holds no page: none of its 4 records is a response with HTML, text or a PDF in it"] == whys(read(tmp_path, b"".join(others[:4])))

    def test_bodies_in_chunks_packed_and_in_another_encoding(self, tmp_path: Path) -> None:
        text = HTML.format(1).replace("Ferry", "Färja")
        chunked = b"5\r\n" + text.encode()[:5] + b"\r\n%x\r\n" % (len(text.encode()) - 5) + text.encode()[5:] + b"\r\n0\r\n\r\n"
        data = [
            record(1, more="Transfer-Encoding: chunked\r\n", body=chunked),
            record(2, more="Content-Encoding: gzip\r\n", body=gzip.compress(text.encode())),
            record(3, media="text/html; charset=iso-8859-1", body=text.encode("latin-1")),
        ]
        assert [text] * 3 == [item.text for item in read(tmp_path, b"".join(data)) if isinstance(item, Page)]

    def test_standard_form_of_extracted_text(self, tmp_path: Path) -> None:
        head = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://tarn.example/1\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n"
        (page,) = read(tmp_path, head + b"Words here\r\n\r\n")
        assert isinstance(page, Page)
        assert ("text", "Words here") == (page.media, page.text)


class TestDamage:
    @pytest.mark.parametrize("cut", [2, 4, 8, 60, 150])
    def test_packed_and_cut_short(self, tmp_path: Path, cut: int) -> None:
        found = read(tmp_path, b"".join(PACKED)[:-cut])
        assert [*"12345", "!"] == [u for u in urls(found) if u != "6"]
        assert f"byte {sum(map(len, PACKED[:-1]))}: it is cut short" in whys(found)[0]

    @pytest.mark.parametrize("cut", [5, 30, 200, 330])
    def test_plain_and_cut_short(self, tmp_path: Path, cut: int) -> None:
        found = read(tmp_path, b"".join(RECORDS)[:-cut])
        assert [*"12345", "!"] == urls(found)
        assert f"the record at byte {sum(map(len, RECORDS[:-1]))}: it is cut short" in whys(found)[0]

    def test_a_packed_record_damaged_in_the_middle(self, tmp_path: Path) -> None:
        data = bytearray(b"".join(PACKED))
        at = sum(map(len, PACKED[:3]))
        data[at + 60 : at + 64] = b"\0\xff\0\xff"
        found = read(tmp_path, bytes(data))
        assert ["1", "2", "!", "4", "5", "6"] == urls(found)
        assert f"damaged in what begins at byte {at}" in whys(found)[0]

    def test_a_packed_record_whose_checksum_is_another(self, tmp_path: Path) -> None:
        data = bytearray(b"".join(PACKED))
        data[sum(map(len, PACKED[:4])) - 7] ^= 0xFF
        found = read(tmp_path, bytes(data))
        assert ["4", "5", "6"] == urls(found)[-3:]
        assert "its checksum is another" in whys(found)[0]

    def test_bytes_between_records(self, tmp_path: Path) -> None:
        found = read(tmp_path, b"".join([*RECORDS[:3], b"rubbish\n" * 20_000, *RECORDS[3:]]))
        assert ["1", "2", "!", "3", "4", "5", "6"] == urls(found)
        at = sum(map(len, RECORDS[:3]))
        assert [f"is no record at byte {at}: it is damaged there, and 160,000 bytes up to the next record were left out"] == whys(found)

    @pytest.mark.parametrize("length", [b"7", b"999", b"99999999999", b"x"])
    def test_a_length_that_is_not_true(self, tmp_path: Path, length: bytes) -> None:
        bad = RECORDS[3]
        at = bad.index(b"Content-Length: ") + 16
        bad = bad[:at] + length + bad[bad.index(b"\r\n", at) :]
        found = read(tmp_path, b"".join([*RECORDS[:3], bad, *RECORDS[4:]]))
        assert ["1", "2", "!"] == urls(found)[:3]
        if length in (b"7", b"x", b"999"):
            assert ["4", "5", "6"] == urls(found)[-3:]
        assert f"at byte {sum(map(len, RECORDS[:3]))}" in whys(found)[0]

    def test_a_bomb_in_a_member_and_in_a_body(self, tmp_path: Path) -> None:
        squeezer = zlib.compressobj(9, wbits=31)
        bomb = b"".join(squeezer.compress(b" " * 1_000_000) for _ in range(300)) + squeezer.flush()
        member = gzip.compress(RECORDS[2][:-4].replace(b"Content-Length: ", b"Content-Length: 300000000\r\nX: ", 1))[:-8] + bomb
        data = [PACKED[1], gzip.compress(record(2, more="Content-Encoding: gzip\r\n", body=bomb)), PACKED[3], member, PACKED[4]]
        tracemalloc.start()
        found = read(tmp_path, b"".join(data))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert ["1", "!", "3", "!"] == urls(found)[:4]
        assert "unpacks to more than a report has" in whys(found)[0]
        assert peak < 250_000_000

    def test_no_cut_raises_or_invents_a_page(self, tmp_path: Path) -> None:
        for data in (b"".join(RECORDS[:3]), b"".join(PACKED[:3])):
            for cut in range(len(data) - 1, 20, -37):
                found = read(tmp_path, data[:cut])
                assert {item.text for item in found if isinstance(item, Page)} <= {HTML.format(1), HTML.format(2)}
                assert whys(found) or cut in {len(b"".join(RECORDS[:n])) for n in (2, 3)}


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        with (tmp_path / "b.warc.gz").open("wb") as file:
            for number in range(count):
                file.write(gzip.compress(record(number), 1))
        tracemalloc.start()
        assert count == sum(1 for _ in pages([str(tmp_path / "b.warc.gz")]))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(8_000) < 1.2 * peak(2_000)


