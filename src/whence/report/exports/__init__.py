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

__all__ = ["FILES", "FORMS", "TABLES", "Edge", "Graph", "Table", "Vertex", "export", "graph_of", "tables_of"]

_IN_FILES = {
    "csv": "sheets", "parquet": "sheets", "xlsx": "workbook", "docx": "document", "pdf": "printed", "graphml": "graphml",
    "schema.org": "schema_org", "prov": "prov", "annotations": "web_annotation", "ninjs": "ninjs",
}  # fmt: skip
_BY_TABLE = ("csv", "parquet")
FORMS: tuple[str, ...] = ("json", "html", "md", *_IN_FILES)
"""Names of the forms, as ``whence export --to`` takes them."""


FILES: dict[str, tuple[str, str]] = {
    "json": ("json", "application/json"),
    "html": ("html", "text/html; charset=utf-8"),
    "md": ("md", "text/markdown; charset=utf-8"),
    "csv": ("csv", "text/csv; charset=utf-8; header=present"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("pdf", "application/pdf"),
    "graphml": ("graphml", "application/graphml+xml"),
    "schema.org": ("schema.jsonld", "application/ld+json"),
    "prov": ("prov.jsonld", "application/ld+json"),
    "annotations": ("annotations.jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
    "ninjs": ("ninjs.json", "application/json"),
}
"""How the file of each form is called at its end, and its media type (IANA's registry; GraphML has none of its own there)."""


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
        return to_markdown(story).encode("utf-8", "replace")
    if form == "html":
        return to_html(story).encode("utf-8", "replace")
    write = importlib.import_module(f".{_IN_FILES[form]}", __name__)
    made = write.to_bytes(story, form, table) if form in _BY_TABLE else write.to_bytes(story)
    return made if isinstance(made, bytes) else bytes(made)
