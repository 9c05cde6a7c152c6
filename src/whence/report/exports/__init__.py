"""The story in other programs' forms: one file a form, all made of the same tables, graph and names."""

from __future__ import annotations

import importlib

from ...codec import encode
from ...errors import InputError
from ...types import Story
from ..markdown import to_markdown
from ..page import to_html
from .graph import Edge, Graph, Vertex, graph_of
from .tables import TABLES, Table, tables_of

__all__ = ["FORMS", "TABLES", "Edge", "Graph", "Table", "Vertex", "export", "graph_of", "tables_of"]

_IN_FILES = {
    "csv": "sheets", "parquet": "sheets", "xlsx": "workbook", "docx": "document", "pdf": "printed", "graphml": "graphml",
    "schema.org": "schema_org", "prov": "prov", "annotations": "web_annotation", "ninjs": "ninjs",
}  # fmt: skip
_BY_TABLE = ("csv", "parquet")
FORMS: tuple[str, ...] = ("json", "html", "md", *_IN_FILES)
"""Names of the forms, as ``whence export --to`` takes them."""


def export(story: Story, form: str, *, table: str = "cells") -> bytes:
    """The story as one file's bytes in a form of ``FORMS``; ``table`` (of ``TABLES``) says which one CSV and Parquet hold.

    The same story gives the same bytes (a PDF, which a browser prints, apart). Raises InputError for a form or table that is not known, and for a PDF
    where no browser is found.
    """
    if form not in FORMS:
        raise InputError(form, f"no such form: one of {', '.join(FORMS)}")
    if table not in TABLES:
        raise InputError(table, f"no such table: one of {', '.join(TABLES)}")
    if form == "json":
        return encode(story, indent=True)
    if form == "md":
        return to_markdown(story).encode()
    if form == "html":
        return to_html(story).encode()
    write = importlib.import_module(f".{_IN_FILES[form]}", __name__)
    made = write.to_bytes(story, form, table) if form in _BY_TABLE else write.to_bytes(story)
    return made if isinstance(made, bytes) else bytes(made)
