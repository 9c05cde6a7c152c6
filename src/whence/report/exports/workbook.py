"""A story as an Excel workbook (Office Open XML): a sheet a table, the first to be read, with links from a claim to its words and to their report."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ... import expressions as re
from ...types import Story
from ..naming import CLOSING
from .archive import NO_CLOCK, without_clock
from .sheets import safe
from .tables import Cell, Table, tables_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["to_bytes"]

_LONGEST = 32_000  # Excel's own limit is 32,767 characters a cell
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDE = {"question": 46, "words": 70, "content": 70, "why": 60, "chain": 50, "origins": 40, "weakest": 40, "working": 50, "reading": 50, "title": 50}
_TARGETS = {"claim": "claims", "report": "reports", "from_report": "reports", "to_report": "reports", "attribution": "attributions"}


def to_bytes(story: Story) -> bytes:
    """The workbook; ids are links to the row that they name, addresses links to the page (http and https alone)."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "summary"
    for line in (story.summary, CLOSING):
        first.append([_fit(line)])
    first.append([])
    tables = tables_of(story)
    rows = {name: {str(r[0]): i for i, r in enumerate(t.rows, 2)} for name, t in tables.items()}
    for name, table in tables.items():
        first.append([name, len(table.rows), table.about])
        _link(first, first.max_row, 1, f"#'{name}'!A1")
        _sheet(book.create_sheet(name), table, rows)
    first.column_dimensions["A"].width = 24
    book.properties.creator = "whence"
    book.properties.created = book.properties.modified = NO_CLOCK
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _sheet(sheet: Worksheet, table: Table, rows: Mapping[str, Mapping[str, int]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.append([c.name for c in table.columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, row in enumerate(table.rows, 2):
        sheet.append([_fit(v) for v in row])
        for i, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            target = rows.get(_TARGETS.get(column.name, ""), {}).get(str(value))
            if target is not None and _TARGETS[column.name] != table.name:
                _link(sheet, at, i, f"#'{_TARGETS[column.name]}'!A{target}")
            elif column.name == "url" and isinstance(value, str) and urlsplit(value).scheme in ("http", "https"):
                _link(sheet, at, i, value)
    for i, column in enumerate(table.columns, 1):
        letter = get_column_letter(i)
        sheet.column_dimensions[letter].width = _WIDE.get(column.name, 16)
        for cell in sheet[letter] if column.name in _WIDE else ():
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _link(sheet: Worksheet, row: int, column: int, place: str) -> None:
    cell = sheet.cell(row=row, column=column)
    if place.startswith("#"):
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place[1:])
    else:
        cell.hyperlink = place
    cell.style = "Hyperlink"


def _fit(value: Cell) -> Cell:
    """A value as a sheet can hold it: no control characters, no formula, cut with "…" where it is longer than a cell may be."""
    if not isinstance(value, str):
        return value
    text = str(safe(_FORBIDDEN.sub("\ufffd", value)))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

