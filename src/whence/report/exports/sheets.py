"""One table of a story as CSV (RFC 4180) or Parquet."""

from __future__ import annotations

import csv
import io

from ...types import Story
from .tables import Cell, Kind, tables_of

__all__ = ["safe", "to_bytes"]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_bytes(story: Story, form: str, table: str) -> bytes:
    """The table as ``csv`` (UTF-8 with a byte order mark, which spreadsheets need to read it as such) or as ``parquet``."""
    return _parquet(story, table) if form == "parquet" else _csv(story, table)


def safe(value: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula, with an apostrophe before them: a report's text is nobody's program (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA) else value


def _csv(story: Story, name: str) -> bytes:
    table = tables_of(story)[name]
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerow([c.name for c in table.columns])
    write.writerows([[safe(v) for v in row] for row in table.rows])
    return out.getvalue().encode("utf-8-sig", "replace")


def _parquet(story: Story, name: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[Kind, pa.DataType] = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}
    table = tables_of(story)[name]
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = [pa.array([_encodable(v) for v in values], type=kinds[c.kind]) for c, values in zip(table.columns, columns, strict=True)]
    about = {"whence.table": name, "whence.about": table.about, "whence.version": story.version}
    schema = pa.schema([(c.name, kinds[c.kind]) for c in table.columns], metadata=about)
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def _encodable(value: Cell) -> Cell:
    """Words without lone surrogates, which UTF-8 has no form for."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
