"""Lines of JSON, a page each: a bad line is refused by its number, and the others are read."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..types import Page, Refused
from .binary import BOMS
from .decode import decode

__all__ = ["looks_like_lines", "read_lines"]


class _Line(msgspec.Struct, frozen=True):
    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


def looks_like_lines(data: bytes) -> bool:
    """True where the first line is a JSON object with a text."""
    first = data.lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        msgspec.json.decode(first, type=_Line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def read_lines(path: str, data: bytes, outlet: str | None) -> Iterator[Page | Refused]:
    """A page, or the reason why there is none, for each line that is not blank; an ``outlet`` given goes before the line's own."""
    if any(data.startswith(bom) for bom, _ in BOMS) or b"\0" in data:
        data = decode(data, markup=False).text.encode("utf-8", "replace")
    seen: dict[_Line, int] = {}
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            line = msgspec.json.decode(raw, type=_Line)
            line.text.encode("utf-8")
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            yield Refused(path=path, line=number, why=_why(raw, error))
            continue
        name = None if line.id is None else str(line.id)
        if not line.text.strip():
            yield Refused(path=path, line=number, id=name, why='its "text" is empty')
        elif line in seen:
            yield Refused(path=path, line=number, id=name, why=f"is the same as line {seen[line]}: a duplicate; leave it out")
        else:
            seen[line] = number
            yield _page(path, line, number, name, outlet)


def _page(path: str, line: _Line, number: int, name: str | None, outlet: str | None) -> Page:
    return Page(
        path=path,
        text=line.text,
        media="text",
        line=number,
        id=name,
        url=line.url or None,
        outlet=outlet or line.outlet or None,
        title=line.title or None,
        published=line.published or None,
        language=line.language or None,
    )


def _why(raw: bytes, error: Exception) -> str:
    if not raw.strip().startswith(b"{"):
        return 'is not a JSON object: a line holds one page as {"id": "…", "text": "…"}'
    if isinstance(error, msgspec.ValidationError):
        return f'{error}: a page is {{"text": "…"}}, with "id", "title", "outlet", "published", "url", "language" where known'
    if isinstance(error, RecursionError):
        return "is nested too deeply to be a page"
    return f"is not valid JSON: {error}"
