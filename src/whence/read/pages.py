"""From what the user named to pages: one reader for files and standard input, one for lines of JSON."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from ..errors import InputError
from ..types import Page, Refused
from .binary import binary_kind
from .decode import decode
from .lines import looks_like_lines, read_lines

__all__ = ["LIMIT", "read_pages"]

LIMIT = 50_000_000
"""The largest input read, in bytes."""

_MEDIA: dict[str, Literal["text", "html", "jsonl"]] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|main)\b", re.I | re.S)


def read_pages(specs: Sequence[str]) -> tuple[list[Page], list[Refused]]:
    """The pages of all inputs in the order given, and the inputs refused, each with its reason. Never raises.

    A spec is a path, ``-`` for standard input, or ``outlet=path``. ``.jsonl`` holds a page a line: ``{"id", "text"}`` and optional
    ``title``, ``outlet``, ``published``, ``url``, ``language``. Other endings are judged by their content.
    """
    pages: list[Page] = []
    refused: list[Refused] = []
    seen: dict[str, tuple[str, str | None]] = {}
    for spec in specs:
        outlet, path = _parse(spec)
        try:
            for found in _read(path, outlet, seen):
                (pages if isinstance(found, Page) else refused).append(found)  # type: ignore[arg-type]
        except InputError as error:
            refused.append(Refused(path=_shown(error.path), why=_shown(error.why), line=error.line))
    return pages, refused


def _shown(name: str) -> str:
    """A name that can be written out: bytes of it that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _parse(spec: str) -> tuple[str | None, str]:
    """The outlet given, if any, and the path: "a=b" is a path where such a file exists."""
    outlet, equals, path = spec.partition("=")
    if spec == "-" or not equals or not outlet.strip() or not path or os.path.lexists(spec.replace("\0", "")):
        return None, spec
    return _shown(outlet.strip()), path


def _read(path: str, outlet: str | None, seen: dict[str, tuple[str, str | None]]) -> Iterator[Page | Refused]:
    place = "-" if path == "-" else _resolved(path)
    if place in seen:
        raise InputError(path, "is given twice: it is read once; leave the second out")
    data = _bytes(path)
    content = hashlib.sha256(data).hexdigest()
    twin, twin_outlet = seen.get(content, (None, None))
    if twin is not None and (outlet is None or twin_outlet is None or outlet == twin_outlet):
        raise InputError(path, f"is the same, byte for byte, as {twin}: a duplicate; leave it out, or name both outlets (outlet=path) if each ran it")
    seen[place] = seen[content] = (path, outlet)
    media = _media(path, data)
    if media == "jsonl":
        yield from read_lines(_shown(path), data, outlet)
        return
    decoded = decode(data, markup=media == "html")
    if not decoded.text.replace("\ufeff", "").strip():
        raise InputError(path, "is empty: there is no text in it")
    notes = decoded.notes
    if media == "text" and path != "-" and _MARKUP.match(decoded.text[:4096]):
        notes = (*notes, "looks like HTML but is named as text: read as text; rename it to .html to have the page read")
    yield Page(path=_shown(path), text=decoded.text, media=media, encoding=decoded.encoding, outlet=outlet, notes=notes)


def _resolved(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):
        return path


def _bytes(path: str) -> bytes:
    """All bytes of an input that is there, can be read, is not too large, and is text. Raises InputError."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(path).open("rb") as file:
                too_large = os.fstat(file.fileno()).st_size > LIMIT
                data = b"" if too_large else file.read(LIMIT + 1)
                if too_large:
                    raise InputError(path, _too_large(os.fstat(file.fileno()).st_size))
    except FileNotFoundError:
        if path.startswith(("http://", "https://")):
            raise InputError(path, "is a web address: nothing is fetched; save the page and give its file") from None
        raise InputError(path, "there is no such file; check the name") from None
    except IsADirectoryError:
        raise InputError(path, "is a directory: name the files in it, as in " + path.rstrip("/") + "/*.txt") from None
    except PermissionError:
        raise InputError(path, "may not be read: its permissions forbid it (chmod +r)") from None
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > LIMIT:
        raise InputError(path, _too_large(None))
    if not data.strip():
        raise InputError(path, "is empty: there is no text in it")
    if (kind := binary_kind(data)) is not None:
        raise InputError(path, f"looks like {kind[0]}, not text: {kind[1]}")
    return data


def _too_large(size: int | None) -> str:
    measured = "is" if size is None else f"is {size / 1e6:,.0f} MB,"
    return f"{measured} larger than the limit of {LIMIT // 1_000_000} MB: a report is far smaller; split it, or give the reports one by one"


def _media(path: str, data: bytes) -> Literal["text", "html", "jsonl"]:
    """What an input holds: by its ending, or by its first characters where the ending says nothing."""
    known = _MEDIA.get(Path(path).suffix.lower()) if path != "-" else None
    if known is not None:
        return known
    if looks_like_lines(data):
        return "jsonl"
    head = decode(data[:4096], markup=True).text
    return "html" if _MARKUP.match(head.lstrip("\ufeff")) else "text"
