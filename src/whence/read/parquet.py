"""Parquet, a row a page, a batch of rows at a time."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, Any, cast

from ..types import Page, Refused
from .columns import columns, page_of_row
from .reader import Reader
from .source import Reading, Source

__all__ = ["PARQUET"]

_ROWS = 64
_KEPT = 16_000_000  # bytes of a table without a place on disk that are kept in memory


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    import pyarrow
    from pyarrow import parquet

    with tempfile.SpooledTemporaryFile(_KEPT) as copy:  # a Parquet table is read from its end
        shutil.copyfileobj(given.file, cast(IO[bytes], copy))
        copy.seek(0)
        try:
            table = parquet.ParquetFile(copy, pre_buffer=False)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise given.refuse(f"is a damaged Parquet table ({_first_line(error)}); get it again") from None
        places = columns(given, table.schema_arrow.names, reading.mapping)
        number = 0
        try:
            for batch in table.iter_batches(_ROWS, columns=sorted(set(places.values()))):
                for row in batch.to_pylist():
                    number += 1
                    values = {field: _text(row[column]) for field, column in places.items()}
                    if not (values["text"] or "").strip():
                        yield Refused(path=given.path, line=number, why="has no text")
                    else:
                        yield page_of_row(given, values, number)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise given.refuse(f"is damaged after row {number} ({_first_line(error)}); get it again") from None
        if not number:
            raise given.refuse("is a table without rows")


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


PARQUET = Reader("Parquet", (".parquet", ".pq"), lambda head, reading: head.startswith(b"PAR1"), _read, signed=True)
