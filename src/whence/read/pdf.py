"""PDF with a text layer: the lines of its layout joined into paragraphs again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from ..types import Page, Refused
from .reader import Reader
from .source import Reading, Source, whole

__all__ = ["PDF", "paragraphs_of"]

_PAGES = 2_000
_FULL = 0.75  # of the width of a page's longest lines: a line shorter than that ends its paragraph
_SPLIT_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad]$")


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = whole(given, reading.limit)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise given.refuse("is encrypted: open it with its password and save it without one")
        count = len(document.pages)
        if count > _PAGES:
            raise given.refuse(f"has {count:,} pages, more than the {_PAGES:,} of a report: give the pages of the report alone")
        texts, size = [], 0
        for page in document.pages:
            texts.append(page.extract_text())
            size += len(texts[-1])
            if size > reading.limit:
                raise given.refuse("unpacks to more text than a report has")
    except (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError, ZeroDivisionError) as error:
        raise given.refuse(f"is a damaged PDF ({type(error).__name__}: {str(error)[:120]}); get it again, or save its text as .txt") from None
    if not any(text.strip() for text in texts):
        raise given.refuse(f"has no text layer: its {count} pages are pictures; have the text recognised first (ocrmypdf, for one)")
    text = "\n\n".join(filter(None, map(paragraphs_of, texts)))
    empty = sum(not text.strip() for text in texts)
    notes: tuple[str, ...] = ("the lines of the PDF's layout were joined into paragraphs",)
    if empty:
        notes = (*notes, f"{empty} of its {count} pages have no text layer and were not read")
    yield Page(path=given.path, text=text, media="text", outlet=given.outlet, url=given.url, notes=notes)


def paragraphs_of(layout: str) -> str:
    """A page's lines as paragraphs: a line goes on in the next where it is as long as lines are here; words split at a line's end are joined."""
    lines = [" ".join(line.split()) for line in layout.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    full = _FULL * widths[int(0.9 * (len(widths) - 1))]
    done: list[str] = []
    open_ended = False
    for line in lines:
        if not line:
            open_ended = False
            continue
        if open_ended and _SPLIT_WORD.search(done[-1]) and line[0].islower():
            done[-1] = done[-1][:-1] + line
        elif open_ended:
            done[-1] += " " + line
        else:
            done.append(line)
        open_ended = len(line) >= full
    return "\n\n".join(done)


PDF = Reader("PDF", (".pdf",), lambda head, reading: head.lstrip()[:5] == b"%PDF-", _read, signed=True)
