"""When two inputs are the same article, and when they are the same altogether."""

from __future__ import annotations

import hashlib
import os
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import msgspec

from ..types import Page, Value

__all__ = ["Identity", "address", "identity", "place", "sound"]

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ocid|smid|ref_src", re.I)


class Identity(Value):
    """``key`` says which article an input is, ``given`` what was given of it, ``id`` how it is called where the key is new."""

    id: str
    key: str
    given: bytes


def identity(page: Page) -> Identity:
    """An article is the same by its address; else by the file it stands in and its id there; else by the file; a line without an id by its content."""
    said = [page.media, page.text, page.outlet, page.title, page.published, page.language, page.url, page.id]
    given = _hash(msgspec.msgpack.encode(said), 16)
    if page.url:
        key = "url " + address(page.url)
        return Identity(id=_hash(key.encode("utf-8", "replace"), 8).hex(), key=key, given=given)
    if page.id is not None:
        key = f"id {_absolute(page.path)} {page.id}"
    elif page.line is None and page.path != "-":
        key = f"path {_absolute(page.path)}"
    else:
        key = f"given {given.hex()}"
    return Identity(id=given[:8].hex(), key=key, given=given)


def sound(page: Page) -> Page:
    """The page without characters that cannot be kept everywhere (NUL, halves of surrogate pairs): each becomes U+FFFD, and a note says so."""
    given = {f: v for f in page.__struct_fields__ if isinstance(v := getattr(page, f), str)}
    mended = {f: m for f, v in given.items() if (m := _mended(v)) != v}
    if not mended:
        return page
    note = "characters that cannot be kept (NUL, halves of surrogate pairs) were replaced by U+FFFD"
    return msgspec.structs.replace(page, notes=(*page.notes, note), **mended)


def _mended(value: str) -> str:
    if value.isascii():
        return value.replace("\0", "\ufffd")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def place(path: str, line: int | None) -> bytes:
    """Where an input stands, as one key: what was refused there is no longer so when something is read there."""
    return _hash(f"{_absolute(path)}\0{'' if line is None else line}".encode("utf-8", "replace"), 16)


def address(url: str) -> str:
    """A web address as a key: scheme, "www.", fragment and marks of tracking left out, the host in lower case."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    asked = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    return urlunsplit(("", host + port, parts.path.rstrip("/"), asked, ""))


def _absolute(path: str) -> str:
    return path if path == "-" or "://" in path else os.path.abspath(path)


def _hash(data: bytes, size: int) -> bytes:
    return hashlib.blake2b(data, digest_size=size).digest()
