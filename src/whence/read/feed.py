"""RSS and Atom: each entry that holds its text is a page; what an entry only points to is read where the feed came from the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..data import gazetteer
from ..types import Page, Refused
from .reader import Reader
from .source import Reading, Source, whole
from .xml_root import xml_root

__all__ = ["FEED"]

_WHOLE = 120  # words from which on an entry's content is taken for the report and not for its beginning
_TAG = re.compile(r"<[^>]*>")
_HOST = re.compile(r"https?://([^/:?#]+)", re.I)


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    feed, fault = _parsed(given, whole(given, reading.limit))
    if not feed.entries and not reading.feeds:
        raise given.refuse("is a feed without entries")
    followed = 0
    for number, entry in enumerate(feed.entries, 1):
        html, words = _text(entry)
        link = entry.get("link") or None
        if link is not None and reading.known is not None and reading.known(link, _moment(entry)):
            continue
        if given.follow is not None and link is not None and words < _WHOLE:
            followed += 1
            if followed <= reading.followed:
                yield from given.follow(link)
        elif not words:
            where = f"it points to {link}: give that address to have it read" if link else "it has no link either"
            yield Refused(path=given.path, id=link, why=f"entry {number} holds no text; {where}")
        else:
            yield _page(given, feed, entry, number, html, words)
    if followed > reading.followed:
        why = f"lists {followed:,} addresses: the first {reading.followed:,} were read; the others are read when they come first, or are given by themselves"
        yield Refused(path=given.path, why=why)
    if fault is not None:
        yield Refused(path=given.path, line=fault[0], why=f"is damaged here ({fault[1]}): the {len(feed.entries)} entries that could be told were read")


def _parsed(given: Source, data: bytes) -> tuple[Any, tuple[int | None, str] | None]:
    """The feed, and the line and nature of what is wrong with its XML."""
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    fault = feed.get("bozo_exception") if feed.get("bozo") else None
    broken = fault is not None and hasattr(fault, "getLineNumber")
    if not feed.get("version") or (not feed.entries and broken):
        if xml_root(data[:8192]) in ("html", "body", "head") or re.search(rb"<!doctype html|<html", data[:8192], re.I):
            raise given.refuse("is a web page (HTML), not a feed: look on that page for the address of its feed")
        raise given.refuse("is no feed that can be read" + (f": {fault}" if fault else ""), line=fault.getLineNumber() if broken and fault else None)
    return feed, (fault.getLineNumber(), fault.getMessage()) if broken and fault else None


def _text(entry: Any) -> tuple[str, int]:
    """An entry's longest text, which may be HTML, and how many words it has."""
    values = [part.get("value") or "" for part in entry.get("content", [])] + [entry.get("summary") or ""]
    counted = [(len(_TAG.sub(" ", value).split()), value) for value in values]
    count, value = max(counted, key=lambda pair: pair[0])
    return value, count


def _page(given: Source, feed: Any, entry: Any, number: int, text: str, words: int) -> Page:
    html = bool(re.search(r"</?[a-zA-Z][^>]*>|&(?:#\d+|\w+);", text))
    link = entry.get("link") or None
    partly = (f"the feed gives {words} words of it, perhaps not the whole report",) if words < _WHOLE else ()
    return Page(
        path=given.path,
        text=text,
        media="html" if html else "text",
        line=number,
        id=entry.get("id") or link,
        url=link,
        outlet=given.outlet or _outlet(feed, entry, link),
        title=_line(entry.get("title")),
        published=_stamp(dict.get(entry, "published_parsed")) or _moment(entry),
        language=_line(entry.get("language") or feed.feed.get("language")),
        notes=partly,
    )


def _moment(entry: Any) -> str | None:
    """When an entry changed last."""
    return _stamp(dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed"))  # by its own keys: feedparser's get makes the one of the other


def _stamp(parts: Any) -> str | None:
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parts[:6]) if parts else None


def _outlet(feed: Any, entry: Any, link: str | None) -> str | None:
    """Who runs the entry: the source that an aggregator names, else its own address says so later, else the feed's title."""
    source = entry.get("source") or {}
    if source.get("title"):
        return _line(source["title"])
    host = _HOST.match(link or "")
    if host and gazetteer.by_domain(host[1]) is not None:
        return None
    title = _line(feed.feed.get("title")) or ""
    parts = [part.strip() for part in re.split(r"\s[-–—|:»>]+\s", title)]
    return next((part for part in reversed(parts) if gazetteer.by_name(part) is not None), title or None)


def _line(value: Any) -> str | None:
    import html

    return " ".join(html.unescape(_TAG.sub(" ", value)).split()) or None if isinstance(value, str) else None


FEED = Reader("feed", (".rss", ".atom", ".rdf"), lambda head, reading: xml_root(head) in ("rss", "rdf", "feed"), _read)
