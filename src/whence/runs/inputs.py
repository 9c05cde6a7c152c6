"""A corpus cut into parts, and what stands in a part: articles with the place each came from, or the reason why there is none."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from ..errors import InputError
from ..read import pages as read_stream
from ..types import Page, Refused, Value
from . import places

__all__ = ["GRAMS", "Input", "Line", "Part", "Read", "first_place", "halves", "inputs", "numbered", "pages", "parts"]

PLACES = 1 << 40
"""An article's number is its file's number times this and its place in the file: no engine has to count over the whole corpus."""

GRAMS = 1 << 62
"""Grams are numbers below this."""

Kind = Literal["jsonl", "lines", "parquet", "warc", "page", "block", "grams"]

ENDINGS: dict[str, Kind] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "lines", ".ndjson.gz": "lines", ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc",
    ".txt": "page", ".html": "page", ".htm": "page", ".xhtml": "page",
}  # fmt: skip


class Line(msgspec.Struct, frozen=True, gc=False):
    """An article as a corpus gives it: a line of JSON, a row of Parquet. Only the text must be there."""

    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


class Input(Value):
    """A file of the corpus. ``rows`` is known before it is read where the file says it, else None."""

    path: str
    kind: Kind
    bytes: int
    rows: int | None = None


class Part(Value):
    """What one task works on: places ``first`` to ``last`` (half-open) of a file, which are bytes of JSON lines and rows of Parquet.

    An archive, a file of one page, or a file of lines that is compressed, is one part. A ``block`` is one of a set of pairs, its places are pairs;
    of ``grams`` the places are grams, a range of them.
    """

    id: str
    kind: Kind
    path: str
    file: int
    first: int
    last: int


class Read(Value):
    """An article read, or refused, with its place in the file; ``rows`` are the articles lost with it where it stands for more than one."""

    place: int
    found: Page | Refused
    rows: int = 1


def inputs(given: Sequence[str]) -> list[Input]:
    """The files of a corpus in the order given, folders and patterns sorted. Raises InputError for what is not there or is no corpus."""
    return [_input(path) for place in given for path in places.expand(place)]


def _input(path: str) -> Input:
    kind = next((kind for ending, kind in ENDINGS.items() if path.lower().endswith(ending)), None)
    if kind is None:
        raise InputError(path, f"is no corpus by its name: one of {', '.join(ENDINGS)}")
    return Input(path=path, kind=kind, bytes=places.size(path), rows=_rows(path) if kind == "parquet" else None)


def _rows(path: str) -> int | None:
    """Rows that a Parquet file says it has; None where even that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with places.open_read(path) as file:
            return int(pq.read_metadata(file).num_rows)
    except (pa.ArrowException, OSError):
        return None


def parts(files: Sequence[Input], size: int) -> list[Part]:
    """The files cut into parts of about ``size`` bytes."""
    out: list[Part] = []
    for number, file in enumerate(files):
        for first, last in _cuts(file, size):
            out.append(Part(id=f"{len(out):06d}", kind=file.kind, path=file.path, file=number, first=first, last=last))
    return out


def _cuts(file: Input, size: int) -> list[tuple[int, int]]:
    count = max(1, round(file.bytes / size))
    if file.kind == "jsonl" or (file.kind == "parquet" and file.rows):
        whole = file.bytes if file.kind == "jsonl" else file.rows or 0
        edges = [whole * k // count for k in range(count + 1)]
        return [(a, b) for a, b in itertools.pairwise(edges) if a < b]
    return [(0, 0 if file.kind == "parquet" else file.bytes)]


def numbered(part: Part, place: int) -> int:
    """The number of the article at a place."""
    return part.file * PLACES + place


def halves(part: Part) -> tuple[Part, Part] | None:
    """A part in two, None where it cannot be cut: it is one article, or an archive."""
    if part.kind in ("warc", "lines", "page"):
        return None
    cut = msgspec.structs.replace
    if part.kind == "grams":
        middle = (part.first + part.last) // 2
        return cut(part, id=f"{part.id}.0", last=middle), cut(part, id=f"{part.id}.1", first=middle)
    starts = [at for at, _ in _json_lines(part)] if part.kind == "jsonl" else range(part.first, part.last)
    if len(starts) < 2:
        return None
    middle = starts[len(starts) // 2]
    return cut(part, id=f"{part.id}.0", last=middle), cut(part, id=f"{part.id}.1", first=middle)


def first_place(part: Part) -> int:
    """The place of the first article of a part."""
    return next((at for at, _ in _json_lines(part)), part.first) if part.kind == "jsonl" else part.first


def pages(part: Part) -> Iterator[Read]:
    """What stands in a part, in order. A file that cannot be read further ends with a refusal that says how many articles are lost with it."""
    if part.kind == "parquet":
        yield from _table_pages(part)
    elif part.kind == "warc":
        yield from _archive_pages(part)
    elif part.kind == "page":
        yield from _single_page(part)
    else:
        for place, raw in _json_lines(part):
            yield Read(place=place, found=_page(part, place, raw))


def _json_lines(part: Part) -> Iterator[tuple[int, bytes]]:
    """The lines that begin in a part, blank ones left out, with the byte at which each begins; where the file is compressed, with its number."""
    if part.kind == "lines":
        with places.open_read(part.path) as packed, gzip.open(packed) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
        return
    with places.open_read(part.path) as file:
        at = max(0, part.first - 1)
        file.seek(at)
        if part.first:
            at += len(file.readline())  # the end of a line that began before, were it only its line feed
        while at < part.last and (line := file.readline()):
            if line.strip():
                yield at, line
            at += len(line)


def _page(part: Part, place: int, raw: bytes) -> Page | Refused:
    try:
        line = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Refused(path=part.path, why=f'is no article as {{"text": …}}: {error}')
    return _from_line(part, place, line)


_decoder = msgspec.json.Decoder(Line)


def _from_line(part: Part, place: int, line: Line) -> Page | Refused:
    name = None if line.id is None else str(line.id)
    try:
        line.text.encode()
    except UnicodeEncodeError:
        return Refused(path=part.path, id=name, why="its text is no valid Unicode: it holds half of a surrogate pair")
    if not line.text.strip():
        return Refused(path=part.path, id=name, why='its "text" is empty')
    return Page(
        path=part.path, text=line.text, media="text", id=name or f"{part.path}:{place}", url=line.url or None, outlet=line.outlet or None,
        title=line.title or None, published=line.published or None, language=line.language or None,
    )  # fmt: skip


def _table_pages(part: Part) -> Iterator[Read]:
    """Rows of Parquet, a row group at a time: a group that cannot be read is refused with its rows, the others are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with places.open_read(part.path) as opened, pq.ParquetFile(opened) as file:
            wanted = [n for n in Line.__struct_fields__ if n in file.schema_arrow.names]
            if "text" not in wanted:
                raise InputError(part.path, 'has no column "text"')
            begin = 0
            for group in range(file.num_row_groups):
                end = begin + file.metadata.row_group(group).num_rows
                first, last = max(begin, part.first), min(end, part.last)
                if first < last:
                    try:
                        rows = file.read_row_group(group, columns=wanted).slice(first - begin, last - first)
                        found = [_row(part, first + k, row) for k, row in enumerate(_rows_of(rows))]
                    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
                        found = [_lost(part, first, last - first, f"row group {group} cannot be read: {error}")]
                    yield from found
                begin = end
    except (pa.ArrowException, OSError, InputError) as error:
        why = error.why if isinstance(error, InputError) else f"cannot be read as Parquet, so how many articles it holds is not known: {error}"
        yield _lost(part, part.first, part.last - part.first, why)


def _lost(part: Part, place: int, rows: int, why: str) -> Read:
    return Read(place=place, found=Refused(path=part.path, why=why), rows=rows)


def _rows_of(table: Any) -> list[dict[str, Any]]:
    """The rows of a table with dates as ISO 8601."""
    import pyarrow as pa

    for n, field in enumerate(table.schema):
        if pa.types.is_temporal(field.type):
            values = [None if v is None else v.isoformat() for v in table.column(n).to_pylist()]
            table = table.set_column(n, field.name, pa.array(values, pa.string()))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _row(part: Part, place: int, row: dict[str, Any]) -> Read:
    try:
        found = _from_line(part, place, msgspec.convert(row, Line))
    except msgspec.ValidationError as error:
        name = row.get("id")
        found = Refused(path=part.path, id=None if name is None else str(name), why=f"is no article: {error}")
    return Read(place=place, found=found)


def _archive_pages(part: Part) -> Iterator[Read]:
    """Pages of an archive by their order. What is damaged costs what stands after it in this archive, whatever the damage sets off."""
    place = 0
    try:
        with places.at_hand(part.path) as path:
            _is_archive(path)
            for found in read_stream([path]):
                yield Read(place=place, found=found)
                place += 1
    except InputError as error:
        yield _lost(part, place, 1, error.why)
    except Exception as error:  # an archive is bytes of anybody's; the reason is kept
        yield _lost(part, place, 1, f"the archive cannot be read any further, so how many articles are lost is not known: {type(error).__name__}: {error}")


def _single_page(part: Part) -> Iterator[Read]:
    """The page of a file of text or HTML, called by its file where it has no name of its own."""
    try:
        with places.at_hand(part.path) as path:
            for found in read_stream([path]):
                named = {"path": part.path} if isinstance(found, Refused) else {"path": part.path, "id": found.id or part.path}
                yield Read(place=0, found=msgspec.structs.replace(found, **named))
    except Exception as error:  # a page is bytes of anybody's; the reason is kept
        yield _lost(part, 0, 1, error.why if isinstance(error, InputError) else f"{type(error).__name__}: {error}")


def _is_archive(path: str) -> None:
    """Raises InputError for what is called an archive and is none: another reader would take it for one page."""
    with open(path, "rb") as file:
        head = file.read(5)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(path) as packed:
            head = packed.read(5)
    if head != b"WARC/":
        raise InputError(path, "is no WARC archive: it does not begin as one")
