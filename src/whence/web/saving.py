"""A story as a file, in every form that `whence export` writes."""

from __future__ import annotations

import threading

from starlette.requests import Request
from starlette.responses import Response

from ..errors import InputError
from ..report.exports import FILES, TABLES, export
from .pages import tagged
from .shelf import Shelf

__all__ = ["FIRST_FORMS", "MORE_FORMS", "saved"]

FIRST_FORMS = (("html", "page"), ("json", "JSON"), ("md", "Markdown"))
MORE_FORMS = (
    ("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel, a sheet a table"), ("csv", "CSV of the claims’ cells"), ("parquet", "Parquet of the same"),
    ("graphml", "graph (GraphML)"), ("schema.org", "schema.org"), ("prov", "PROV-O"), ("annotations", "Web Annotation"), ("ninjs", "ninjs"),
)  # fmt: skip
"""Forms as the page names them."""

_PRINTING = threading.Lock()  # a PDF is printed by a browser, which is started for it: one at a time


def saved(request: Request) -> Response:
    """The story as a file of the form in the address; ``?table=`` names the table that CSV and Parquet hold."""
    form, table = request.path_params["form"], request.query_params.get("table", "cells")
    if form not in FILES:
        raise InputError(form, f"is no form a story can be saved in: {', '.join(FILES)}")
    if table not in TABLES:
        raise InputError(table, f"is no table of a story: {', '.join(TABLES)}")
    shelf: Shelf = request.app.state.shelf
    told = shelf.told(request.path_params["story"])
    ending, media = FILES[form]

    def draw() -> bytes:
        if form != "pdf":
            return export(told.story, form, table=table)
        with _PRINTING:
            return export(told.story, form)

    name = "".join(c for c in told.row.id if c.isalnum() or c in "-_")[:60] or "story"
    of = f"-{table}" if form in ("csv", "parquet") else ""
    body = shelf.drawn(("file", form, of, told.row.id, told.row.revision), draw)
    return tagged(request, body, media, **{"content-disposition": f'attachment; filename="whence-{name}{of}.{ending}"'})
