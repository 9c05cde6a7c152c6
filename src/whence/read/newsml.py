"""NewsML-G2: the text of each news item, whole in the document; one item at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ..types import Page, Refused
from .reader import Reader
from .source import Reading, Source
from .xml_root import xml_root

__all__ = ["NEWSML"]

_ROOTS = ("newsitem", "newsmessage", "nitf")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    from lxml import etree

    number = 0
    try:
        for _, item in etree.iterparse(given.file, events=("end",), resolve_entities=False, no_network=True, huge_tree=False):
            name = _name(item)
            if name not in ("newsItem", "nitf") or (name == "nitf" and any(_name(a) == "newsItem" for a in item.iterancestors())):
                continue
            number += 1
            yield _page(given, item, number)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield Refused(path=given.path, line=error.lineno, why=f"is damaged here ({error.msg}): the {number} items before were read; get it again")
        return
    if not number:
        raise given.refuse("holds no news item with a text")


def _page(given: Source, item: Any, number: int) -> Page | Refused:
    identity = item.get("guid") or next((e.get("id-string") for e in _all(item, "doc-id")), None)
    media, text = _content(item)
    if not text.strip():
        remote = next((e.get("href") for e in _all(item, "remoteContent") if e.get("href")), None)
        why = f"item {number} holds no text" + (f": it stands elsewhere ({remote})" if remote else "")
        return Refused(path=given.path, line=item.sourceline, id=identity, why=why)
    address = next((e.get("href") for e in _all(item, "link") if (e.get("href") or "").startswith("http")), None)
    return Page(
        path=given.path,
        text=text,
        media=media,
        line=number,
        id=identity,
        url=address,
        outlet=given.outlet or _outlet(item),
        title=_first(item, "headline") or _first(item, "hl1") or None,
        published=_first(item, "contentCreated") or _first(item, "firstCreated") or _first(item, "versionCreated") or _issued(item),
        language=next((e.get("tag") for e in _all(item, "language") if e.get("tag")), None) or item.get(_LANG),
    )


def _content(item: Any) -> tuple[Literal["text", "html"], str]:
    """The words of an item: inline XML (NITF or XHTML), or plain inline data."""
    from lxml import etree

    for holder in _all(item, "inlineXML"):
        page = next((e for e in holder.iter() if _name(e) == "html"), None)
        if page is not None:
            return "html", etree.tostring(page, encoding="unicode", method="html", with_tail=False)
    body = next(_all(item, "body.content"), None)
    if body is not None:
        blocks = [e for e in body.iter() if _name(e) in ("p", "hl2", "li", "tr", "pre")]
        return "text", "\n\n".join(filter(None, (" ".join(" ".join(e.itertext()).split()) for e in blocks or [body])))
    data = next((e for e in _all(item, "inlineData") if (e.get("contenttype") or "text/plain").startswith("text/")), None)
    text = "".join(data.itertext()) if data is not None else ""
    return ("html", text) if data is not None and data.get("contenttype") == "text/html" else ("text", text)


def _outlet(item: Any) -> str | None:
    """Who sends the item, where it is named in words and not by a code alone."""
    for place in ("provider", "infoSource", "copyrightHolder"):
        for element in _all(item, place):
            name = _first(element, "name") or element.get("literal")
            if name:
                return str(name)
    return None


def _issued(item: Any) -> str | None:
    return next((e.get("norm") for e in _all(item, "date.issue") if e.get("norm")), None)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Any, name: str) -> Iterator[Any]:
    return (e for e in element.iter() if _name(e) == name)


def _first(element: Any, name: str) -> str | None:
    return next((words for e in _all(element, name) if (words := " ".join("".join(e.itertext()).split()))), None)


NEWSML = Reader("NewsML-G2", (), lambda head, reading: xml_root(head) in _ROOTS, _read)
