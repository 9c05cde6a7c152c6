"""WARC archives, packed record by record, packed whole or not packed: the pages in them, in the shape of CC-NEWS.

Records are cut out here, not by the library that reads each of them, because it says nothing of an archive that ends too early and goes no further
after damage. After damage the next whole record is looked for, and what lies between is said with its offset.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, cast

import msgspec

from ..errors import InputError
from ..types import Page, Refused
from .gunzip import GZIP, Gunzip
from .pdf import PDF
from .plain import HTML, TEXT
from .reader import Reader
from .source import Reading, Source, source

__all__ = ["WARC"]

_KINDS = {"text/html": HTML, "application/xhtml+xml": HTML, "text/plain": TEXT, "application/pdf": PDF}
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_TYPE = re.compile(rb"^warc-type:[ \t]*(\w+)", re.I | re.M)
_TARGET = re.compile(rb"^warc-target-uri:[ \t]*<?([^\s>]+)", re.I | re.M)
_WITH_PAGES = (b"response", b"resource", b"conversion")
_MOST_HEADER = 262_144
_STEP = 65_536
_START = b"WARC/"


class _Record(NamedTuple):
    """``data`` is a whole record, or None where there is none to be read; ``why`` says what is wrong with it."""

    number: int
    at: int
    data: bytes | None
    header: bytes = b""
    why: str = ""


class _Archive:
    """The records of an archive; offsets are those of the file, of the gzip member where it is packed."""

    def __init__(self, given: Source, reading: Reading) -> None:
        self._given, self._limit = given, reading.limit
        packed = given.head.startswith(GZIP)
        self._members = Gunzip(given, given.file) if packed else None
        self._file: IO[bytes] = cast(IO[bytes], io.BufferedReader(self._members, _STEP)) if self._members else given.file
        self._at = self._number = 0
        self._back = b""

    def records(self) -> Iterator[_Record]:
        while True:
            at = self._members.start if self._members else self._at
            try:
                found = self._next(at)
            except InputError as error:
                yield _Record(self._number, at, None, why=error.why)
                if self._members is None or not self._members.skip():
                    return
                cast(io.BufferedReader, self._file).detach()
                self._back, self._file = b"", cast(IO[bytes], io.BufferedReader(self._members, _STEP))
                continue
            if found is None:
                return
            yield found

    def _next(self, at: int) -> _Record | None:
        line = self._line()
        while line in (b"\r\n", b"\n"):
            at, line = self._at if self._members is None else at, self._line()
        if not line:
            return None
        if self._members is not None:
            at = self._members.start
        self._number += 1
        if not line.startswith(_START):
            gone = self._to_the_next()
            why = f"is no record at byte {at}: it is damaged there, and {gone + len(line):,} bytes up to the next record were left out"
            return _Record(self._number, at, None, why=why)
        header, more = line, b""
        while more not in (b"\r\n", b"\n"):
            more = self._line()
            header += more
            if not more or len(header) > _MOST_HEADER:
                return _Record(self._number, at, None, header, f"ends inside the head of the record at byte {at}: it is cut short; get it again")
        length = _LENGTH.search(header)
        if length is None:
            self._to_the_next()
            return _Record(self._number, at, None, header, f"has a record without a length at byte {at}: it was left out")
        return self._block(at, header, int(length[1]))

    def _block(self, at: int, header: bytes, size: int) -> _Record:
        kind = _TYPE.search(header)
        if kind is None or kind[1].lower() not in _WITH_PAGES or size > self._limit:
            short = size - self._pass(size)
            if short:
                return _Record(self._number, at, None, header, f"ends {short:,} bytes before the end of the record at byte {at}: it is cut short")
            too_large = f"has a record of {size / 1e6:,.0f} MB at byte {at}, more than a report has: it was left out"
            return _Record(self._number, at, None, header, too_large if size > self._limit else "")
        block = self._take(size + 4)
        if len(block) < size:
            return _Record(self._number, at, None, header, f"ends {size - len(block):,} bytes before the end of the record at byte {at}: it is cut short")
        if len(block) < size + 4 and not block[size:].strip(b"\r\n"):
            return _Record(self._number, at, header + block, header, f"ends before the lines that close the record at byte {at}: it may be cut short")
        if block[size:].strip(b"\r\n"):
            self._back = block + self._back
            self._at -= len(block)
            if (gone := self._to_the_next()) < size:
                return _Record(self._number, at, None, header, f"has a record at byte {at} that is shorter than it says: it was left out")
            return _Record(self._number, at, None, header, f"has {gone - size:,} bytes too many after the record at byte {at}: it was left out")
        return _Record(self._number, at, header + block, header)

    def _to_the_next(self) -> int:
        """Goes to where a record seems to begin; how many bytes were passed."""
        passed = 0
        window = b""
        while True:
            found = re.search(rb"\n(?=WARC/\d\.\d\r?\n)", window)
            if found:
                self._back = window[found.end() :] + self._back
                self._at -= len(window) - found.end()
                return passed + found.end()
            more = self._take(_STEP)
            if not more:
                return passed + len(window)
            passed += max(0, len(window) - 16)
            window = window[-16:] + more

    def _line(self) -> bytes:
        if self._back:
            end = self._back.find(b"\n") + 1
            line, self._back = (self._back[:end], self._back[end:]) if end else (self._back, b"")
            if not end:
                line += self._file.readline(_MOST_HEADER)
        else:
            line = self._file.readline(_MOST_HEADER)
        self._at += len(line)
        return line

    def _take(self, size: int) -> bytes:
        block, self._back = self._back[:size], self._back[size:]
        if len(block) < size:
            block += self._file.read(size - len(block))
        self._at += len(block)
        return block

    def _pass(self, size: int) -> int:
        left = size
        while left and (block := self._take(min(left, _STEP))):
            left -= len(block)
        return size - left


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    pages = records = 0
    for record in _Archive(given, reading).records():
        records += 1
        whys = [record.why] if record.why else []
        try:
            for item in _of_record(given, record, reading) if record.data is not None else ():
                pages += 1
                yield item
        except InputError as error:
            whys.append(f"the record at byte {record.at} {error.why}")
        for why in whys:
            pages += 1
            target = _TARGET.search(record.header)
            yield Refused(path=given.path, id=target[1].decode("utf-8", "replace") if target else None, why=why)
    if not pages:
        raise given.refuse(f"holds no page: none of its {records:,} records is a response with HTML, text or a PDF in it")


def _of_record(given: Source, record: _Record, reading: Reading) -> Iterator[Page | Refused]:
    """The page of a record, if it holds one that was got: status 200, and a kind that is read."""
    from fastwarc.warc import ArchiveIterator

    try:
        found: Any = next(iter(ArchiveIterator(io.BytesIO(record.data or b""), parse_http=True, auto_decode="all")), None)
        if found is None:
            raise given.refuse("cannot be read")
        http = found.http_headers
        if http is not None and http.status_code != 200:
            return
        kind = (found.http_content_type if http is not None else found.headers.get("Content-Type")) or ""
        reader = _KINDS.get(kind.partition(";")[0].strip().lower())
        if reader is None:
            return
        payload = found.reader.read(reading.limit + 1)
        charset = found.http_charset
    except OSError as error:
        raise given.refuse(f"is damaged ({error})") from None
    if len(payload) > reading.limit:
        raise given.refuse("unpacks to more than a report has: it was left out")
    url = found.headers.get("WARC-Target-URI", "").strip("<>") or None
    inner = source(given.path, "", io.BytesIO(payload), outlet=given.outlet, url=url, charset=charset)
    for item in reader.read(inner, reading):
        yield msgspec.structs.replace(item, line=record.number) if isinstance(item, Page) else item


def _knows(head: bytes, reading: Reading) -> bool:
    if head.startswith(GZIP):
        try:
            head = _first_bytes(head)
        except InputError:
            return False
    return head.startswith(_START)


def _first_bytes(head: bytes) -> bytes:
    inside = source("", "", io.BytesIO(head))
    return Gunzip(inside, inside.file).some(16)


WARC = Reader("WARC", (".warc",), _knows, _read, signed=True)
