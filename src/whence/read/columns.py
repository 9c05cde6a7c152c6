"""Which column of a table holds which field of a page: by its name, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..types import Page
from .source import Source

__all__ = ["FIELDS", "columns", "nested", "page_of_row"]

FIELDS = ("text", "id", "title", "outlet", "published", "url", "language")
"""The fields of a page that a table, a line of JSON or a mapping may give."""


def columns(given: Source, names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The column of each field that has one. Raises InputError where a mapped column or one for the text is missing."""
    shown = ", ".join(map(repr, names[:30])) + (" …" if len(names) > 30 else "")
    for field, column in mapping.items():
        if column not in names:
            raise given.refuse(f"has no column {column!r} for {field}; it has {shown}: map another, as in --map {field}=COLUMN")
    folded = {name.strip().lower(): name for name in reversed(names)}
    found = {field: mapping.get(field) or folded.get(field) for field in FIELDS}
    if found["text"] is None:
        raise given.refuse(f"has no column named text; it has {shown}: give the one that holds it this name, or whence add --map text=COLUMN")
    return {field: column for field, column in found.items() if column is not None}


def nested(row: Mapping[str, Any], place: str) -> Any:
    """What stands at a key, or at a path of keys joined by dots; None where nothing does."""
    if place in row:
        return row[place]
    value: Any = row
    for key in place.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def page_of_row(given: Source, row: Mapping[str, str | None], line: int, notes: tuple[str, ...] = ()) -> Page:
    """The page of one row, whose keys are fields; an outlet given goes before the row's own."""
    return Page(
        path=given.path,
        text=row["text"] or "",
        media="text",
        line=line,
        id=row.get("id") or None,
        url=row.get("url") or None,
        outlet=given.outlet or row.get("outlet") or None,
        title=row.get("title") or None,
        published=row.get("published") or None,
        language=row.get("language") or None,
        notes=notes,
    )
