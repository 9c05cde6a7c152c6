"""JSON documents: IPTC ninjs items (versions 1 to 3), and objects with a text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from ..types import Page, Refused
from .columns import FIELDS, nested, page_of_row
from .decode import decode
from .reader import Reader
from .source import Reading, Source, whole

__all__ = ["NINJS"]

_OLDER = {
    "infoSources": "infosources", "copyrightHolder": "copyrightholder", "firstCreated": "firstcreated", "contentCreated": "contentcreated",
    "versionCreated": "versioncreated",
}  # fmt: skip
"""Names of version 3 and what versions 1 and 2 call the same."""

_SIGNS_OF_ITEM = {"uri", "associations", "bodies", "headlines", "headline"}
_SIGNS = re.compile(rb'"(?:body_text|body_xhtml|body_html|body_[a-z0-9]+|bodies|headlines?)"\s*:')


def _knows(head: bytes, reading: Reading) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"{", b"[")) and b'"uri"' in head and _SIGNS.search(head) is not None


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    text = decode(whole(given, reading.limit), markup=False).text.removeprefix("\ufeff")
    for number, item in enumerate(_items(given, text), 1):
        if not isinstance(item, Mapping):
            yield Refused(path=given.path, why=f"item {number} is not a JSON object")
            continue
        yield _ninjs(given, item, number) or _row(given, item, number, reading)


def _items(given: Source, text: str) -> list[Any]:
    """The objects of a document: one, a list of them, the items of a package, or one a line."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        try:
            return [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
        except (msgspec.DecodeError, RecursionError):
            raise given.refuse(f"is not valid JSON ({error}): save it again as a whole") from None
    if isinstance(found, Mapping) and isinstance(found.get("_items"), list):
        found = found["_items"]
    return [part for item in (found if isinstance(found, list) else [found]) for part in _parts(item)]


def _parts(item: Any) -> list[Any]:
    """The item itself, its names as versions 1 and 2 write them, or the items with a text that a composite holds."""
    if not isinstance(item, Mapping):
        return [item]
    if not _SIGNS_OF_ITEM & {k.lower() for k in item}:
        return [item]
    flat = {_OLDER.get(str(k), str(k)): v for k, v in item.items()}
    if _body(flat)[1]:
        return [flat]
    held = flat.get("associations")
    inner = list(held.values()) if isinstance(held, Mapping) else held if isinstance(held, list) else []
    texts = [part for x in inner if isinstance(x, Mapping) for part in [{_OLDER.get(str(k), str(k)): v for k, v in x.items()}] if _body(part)[1]]
    return texts or [flat]


def _ninjs(given: Source, item: Mapping[str, Any], number: int) -> Page | None:
    """The page of a ninjs item; None where the object is none or has no text."""
    media, text = _body(item)
    if not text:
        return None
    uri = _words(item.get("uri"))
    return Page(
        path=given.path,
        text=text,
        media=media,
        line=number,
        id=uri,
        url=uri if uri and uri.startswith(("http://", "https://")) else None,
        outlet=given.outlet or _named(item.get("infosource")) or _named(item.get("infosources")) or _words(item.get("copyrightholder")),
        title=_words(item.get("headline")) or _valued(item.get("headlines")),
        published=next((d for key in ("firstcreated", "contentcreated", "versioncreated") if (d := _words(item.get(key)))), None),
        language=_words(item.get("language")),
    )


def _body(item: Mapping[str, Any]) -> tuple[Literal["text", "html"], str]:
    """The whole text of an item, as HTML where there is that."""
    for key in ("body_xhtml", "body_html", "body_text"):
        if words := item.get(key):
            return ("text" if key == "body_text" else "html"), str(words)
    bodies = [b for b in item.get("bodies") or () if isinstance(b, Mapping) and isinstance(b.get("value"), str) and b["value"].strip()]
    if not bodies:
        return "text", ""
    chosen = max(bodies, key=lambda b: len(b["value"]))
    return ("html" if "html" in str(chosen.get("contenttype") or chosen.get("contentType") or "") else "text"), chosen["value"]


def _row(given: Source, item: Mapping[str, Any], number: int, reading: Reading) -> Page | Refused:
    fields = {field: nested(item, reading.mapping.get(field, field)) for field in FIELDS}
    row = {field: value if isinstance(value, str) else None if value is None else str(value) for field, value in fields.items()}
    if not (row["text"] or "").strip():
        why = f"item {number} holds no text: a page is a ninjs item with a body, or has its text under {reading.mapping.get('text', 'text')!r}"
        return Refused(path=given.path, id=_words(item.get("uri")), why=why)
    return page_of_row(given, row, number)


def _words(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _named(value: Any) -> str | None:
    several = value if isinstance(value, list) else [value]
    return next((name for one in several if isinstance(one, Mapping) and (name := _words(one.get("name")))), None)


def _valued(value: Any) -> str | None:
    several = value if isinstance(value, list) else []
    return next((words for one in several if isinstance(one, Mapping) and (words := _words(one.get("value")))), None)


NINJS = Reader("JSON", (".json",), _knows, _read)
