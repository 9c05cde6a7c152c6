"""Word documents (DOCX): the paragraphs and tables of the body, in order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from ..types import Page, Refused
from .reader import Reader
from .source import Reading, Source, whole

__all__ = ["DOCX"]


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    data = io.BytesIO(whole(given, reading.limit))
    try:
        with zipfile.ZipFile(data) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            words = sum(entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels")))
            names = archive.namelist()
        if unpacked > 4 * reading.limit or words > reading.limit:  # pictures may be large, words are not
            raise given.refuse(f"unpacks to {unpacked / 1e6:,.0f} MB: no report does; it is not unpacked")
        if "word/document.xml" not in names:
            raise given.refuse("is a zip archive or another kind of office document: unpack it, or save its text as .docx or .txt")
        lines = list(_lines(docx.Document(data)))
    except (zipfile.BadZipFile, OpcError, etree.LxmlError, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError) as error:
        raise given.refuse(f"is a damaged Word document ({str(error)[:120]}); get it again, or save its text as .txt") from None
    text = "\n\n".join(line for line in lines if line.strip())
    if not text:
        raise given.refuse("is empty: there is no text in it")
    yield Page(path=given.path, text=text, media="text", outlet=given.outlet, url=given.url)


def _lines(document: object) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(row.cells)  # a merged cell comes once for each column
                yield " · ".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip())
        else:
            yield block.text


def _knows(head: bytes, reading: Reading) -> bool:
    return head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"word/" in head)


DOCX = Reader("DOCX", (".docx",), _knows, _read, signed=True)
