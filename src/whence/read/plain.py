"""Plain text and HTML: a file is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ..types import Page, Refused
from .binary import binary_kind
from .decode import decode
from .reader import Reader
from .source import Reading, Source, whole

__all__ = ["HTML", "TEXT", "looks_like_html"]

_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|main)\b", re.I | re.S)


def looks_like_html(head: bytes) -> bool:
    """True where the first characters are those of a page of HTML."""
    return _MARKUP.match(decode(head[:4096], markup=True).text.lstrip("\ufeff")) is not None


def _read(given: Source, reading: Reading, media: Literal["text", "html"]) -> Iterator[Page | Refused]:
    data = whole(given, reading.limit)
    if (kind := binary_kind(data)) is not None:
        raise given.refuse(f"looks like {kind[0]}, not text: {kind[1]}")
    decoded = decode(data, markup=media == "html", charset=given.charset)
    if not decoded.text.replace("\ufeff", "").strip():
        raise given.refuse("is empty: there is no text in it")
    notes = decoded.notes
    if media == "text" and given.name and _MARKUP.match(decoded.text[:4096]):
        notes = (*notes, "looks like HTML but is named as text: read as text; rename it to .html to have the page read")
    yield Page(path=given.path, text=decoded.text, media=media, encoding=decoded.encoding, outlet=given.outlet, url=given.url, notes=notes)


TEXT = Reader("text", (".txt", ".text"), lambda head, reading: False, lambda given, reading: _read(given, reading, "text"))
HTML = Reader("HTML", (".html", ".htm", ".xhtml"), lambda head, reading: looks_like_html(head), lambda given, reading: _read(given, reading, "html"))
