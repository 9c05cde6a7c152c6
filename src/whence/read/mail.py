"""Messages (EML) and web archives (MHTML), which are messages too: their HTML, else their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from ..types import Page, Refused
from .decode import decode
from .reader import Reader
from .source import Reading, Source, whole

__all__ = ["MAIL"]

_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.M)
_MIME = re.compile(rb"^mime-version:\s*1", re.I | re.M)


def _knows(head: bytes, reading: Reading) -> bool:
    block = _HEADERS.match(head)
    return block is not None and _MIME.search(block[0]) is not None


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    import email
    from email import errors, policy

    try:
        message = email.message_from_bytes(whole(given, reading.limit), policy=policy.default)
    except RecursionError:
        raise given.refuse("is a message in a message again and again: save its text as .txt or .html") from None
    archive = message.get_content_type() == "multipart/related" and "Snapshot-Content-Location" in message
    try:
        body = message.get_body(("html", "plain"))
        payload = body.get_payload(decode=True) if body is not None else None
    except (errors.MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise given.refuse(f"is a damaged message ({error}); save its text as .txt or .html") from None
    if body is None or not isinstance(payload, bytes) or not payload.strip():
        raise given.refuse("is a message without text or HTML in it")
    html = body.get_content_subtype() == "html"
    media: Literal["html", "text"] = "html" if html else "text"
    charset = body.get_content_charset()
    decoded = decode(payload, markup=html, charset=charset)
    place = _header(body, "Content-Location") or _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() and not archive and message.get_content_subtype() == "mixed" else 0
    notes = (*decoded.notes, f"{attached} attachments were not read") if attached else decoded.notes
    yield Page(
        path=given.path,
        text=decoded.text,
        media=media,
        encoding=decoded.encoding,
        outlet=given.outlet,
        url=str(place) if place and re.match(r"https?://", str(place)) else given.url,
        title=None if archive else _line(_header(message, "Subject")),
        published=None if archive else _day(_header(message, "Date")),
        notes=notes,
    )


def _header(message: Any, name: str) -> object:
    """A header's value; None where it is absent or broken."""
    try:
        return message.get(name)
    except (OverflowError, ValueError, LookupError, TypeError, AttributeError):  # what the standard library raises on dates and words out of range
        return None


def _line(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value is not None else None


def _day(value: object) -> str | None:
    """The moment of a Date header, as ISO 8601."""
    moment = getattr(value, "datetime", None)
    return moment.isoformat() if moment is not None else None


MAIL = Reader("message", (".eml", ".mht", ".mhtml"), _knows, _read)
