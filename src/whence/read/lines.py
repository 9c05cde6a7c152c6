"""Lines of JSON, a page each: a bad line is refused by its number, and the others are read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ..types import Page, Refused
from .binary import BOMS, wide_encoding
from .columns import FIELDS, nested, page_of_row
from .reader import Reader
from .source import Reading, Source, lines_of

__all__ = ["LINES"]


class _Line(msgspec.Struct, frozen=True):
    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


def _knows(head: bytes, reading: Reading) -> bool:
    """True where the first line is a JSON object with a text."""
    first = head.lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        _parsed(first, reading.mapping)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def _parsed(raw: bytes, mapping: Mapping[str, str]) -> _Line:
    if not mapping:
        return msgspec.json.decode(raw, type=_Line)
    row = msgspec.json.decode(raw, type=dict[str, Any])
    fields = {field: nested(row, mapping.get(field, field)) for field in FIELDS}
    return msgspec.convert({field: value for field, value in fields.items() if value is not None}, _Line)


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    file, encoding = given.file, next((name for bom, name in BOMS if given.head.startswith(bom)), None) or wide_encoding(given.head)
    if encoding is not None and encoding != "utf-8":
        file = _Recoded(io.TextIOWrapper(given.file, encoding, "replace", newline="\n"))  # type: ignore[assignment]
    for number, raw in lines_of(file, reading.limit):
        if raw is None:
            yield Refused(path=given.path, line=number, why=f"is longer than the limit of {reading.limit // 1_000_000} MB: a report is far shorter")
            continue
        raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not raw.strip():
            continue
        try:
            line = _parsed(raw, reading.mapping)
            line.text.encode("utf-8")
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            yield Refused(path=given.path, line=number, why=_why(raw, error, reading.mapping))
            continue
        name = None if line.id is None else str(line.id)
        if not line.text.strip():
            yield Refused(path=given.path, line=number, id=name, why='its "text" is empty')
        else:
            yield page_of_row(given, {**msgspec.structs.asdict(line), "id": name}, number)


class _Recoded:
    """Lines of another encoding as lines of UTF-8."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file

    def readline(self, limit: int) -> bytes:
        return self._file.readline(limit).encode("utf-8", "replace")


def _why(raw: bytes, error: Exception, mapping: Mapping[str, str]) -> str:
    if not raw.strip().startswith(b"{"):
        return 'is not a JSON object: a line holds one page as {"id": "…", "text": "…"}'
    if isinstance(error, msgspec.ValidationError):
        form = f'has its text at {mapping["text"]!r} as --map says' if "text" in mapping else 'is {"text": "…"}'
        return f'{error}: a page {form}, with "id", "title", "outlet", "published", "url", "language" where known'
    if isinstance(error, RecursionError):
        return "is nested too deeply to be a page"
    return f"is not valid JSON ({error}): a line holds one whole object"


LINES = Reader("JSON lines", (".jsonl", ".ndjson"), _knows, _read)
