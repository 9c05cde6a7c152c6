"""Comma-separated values, a row a page: the encoding is told from the head, a line of another encoding is noted or refused by its number."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from ..types import Page, Refused
from .columns import FIELDS, columns, page_of_row
from .decode import decode
from .reader import Reader
from .source import Reading, Source, lines_of

__all__ = ["CSV"]

_DELIMITERS = ",;\t|"


class _Lines:
    """The decoded lines of a table, with the number of the last one given and what was noted about it."""

    def __init__(self, given: Source, limit: int) -> None:
        self._given, self._limit = given, limit
        self._lines = lines_of(given.file, limit)
        decoded = decode(given.head, markup=False)
        self._encoding = decoded.encoding
        self.number = self._began = self._size = 0
        self.notes: list[str] = [note for note in decoded.notes if "no encoding" in note]

    def __iter__(self) -> Iterator[str]:
        for number, raw in self._lines:
            self.number = number
            if raw is None:
                raise self._given.refuse(f"is longer than the limit of {self._limit // 1_000_000} MB: a report is far shorter", line=number)
            self._size += len(raw)
            if self._size > self._limit:
                raise self._given.refuse("a quotation mark opens a value that does not end within the limit: close it", line=self._began)
            yield self._decoded(raw) + "\n"

    def begin(self) -> None:
        """A row begins with the next line."""
        self._began, self._size = self.number + 1, 0
        self.notes.clear()

    @property
    def began(self) -> int:
        return self._began

    def _decoded(self, raw: bytes) -> str:
        if self.number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            return raw.decode(self._encoding)
        except UnicodeDecodeError as error:
            other = decode(raw, markup=False)
            self.notes.append(f"line {self.number} is not {self._encoding} at byte {error.start} of it: read as {other.encoding}")
            return other.text


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    if given.head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in given.head:
        raise given.refuse("is a table in UTF-16 or no table: save it as CSV in UTF-8")
    csv.field_size_limit(max(csv.field_size_limit(), reading.limit))
    lines = _Lines(given, reading.limit)
    source = iter(lines)
    whole_file = list(lines.notes)
    lines.begin()
    header = next(source, "").strip("\r\n")
    delimiter = max(_DELIMITERS, key=lambda sign: (sum(_is_field(name, reading) for name in header.split(sign)), header.count(sign)))
    names = next(csv.reader([header], delimiter=delimiter, skipinitialspace=True), [])
    places = {field: names.index(column) for field, column in columns(given, names, reading.mapping).items()}
    rows = csv.reader(source, delimiter=delimiter)
    rows_read = 0
    while True:
        lines.begin()
        try:
            row = next(rows, None)
        except csv.Error as error:
            rows_read += 1
            yield Refused(path=given.path, line=lines.began, why=f"is no row of a table: {error}")
            continue
        if row is None:
            break
        if not any(row):
            continue
        rows_read += 1
        if len(row) < len(names):
            why = f"has {len(row)} values and the table {len(names)} columns: check the quotation marks and the line before"
            yield Refused(path=given.path, line=lines.began, why=why)
        elif not row[places["text"]].strip():
            yield Refused(path=given.path, line=lines.began, why="has no text")
        else:
            yield page_of_row(given, {field: row[at].strip() for field, at in places.items()}, lines.began, tuple(whole_file + lines.notes))
    if not rows_read:
        raise given.refuse("is a table without rows")


def _is_field(name: str, reading: Reading) -> bool:
    name = name.strip().strip('"')
    return name.lower() in FIELDS or name in reading.mapping.values()


def _knows(head: bytes, reading: Reading) -> bool:
    """True where a text column is named in the first line: nothing else in a table without a name tells it from prose."""
    first = decode(head.split(b"\n", 1)[0].strip(), markup=False).text.lstrip("\ufeff")
    try:
        found = [name.strip() for sign in _DELIMITERS for name in next(csv.reader([first], delimiter=sign), []) if sign in first]
    except csv.Error:
        return False
    return reading.mapping.get("text", "text") in found


CSV = Reader("CSV", (".csv", ".tsv"), _knows, _read)


