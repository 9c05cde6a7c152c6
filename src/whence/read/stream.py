"""From what the user named to pages, as a stream of any length or as the few reports of one story."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..codec import encode
from ..errors import InputError
from ..types import Page, Refused
from .columns import FIELDS
from .feed import FEED
from .gunzip import unpacked
from .readers import reader_of
from .source import LIMIT, Reading, Source
from .sources import Fetch, is_address, named, opened, parsed, shown
from .warc import WARC

if TYPE_CHECKING:
    from .web import Web

__all__ = ["feed_pages", "pages", "read_pages"]

_FOLLOWED = 1_000
_DEEPEST = 2  # an index of sitemaps lists sitemaps, which list pages


def pages(specs: Iterable[str], mapping: Mapping[str, str] | None = None, allow: Iterable[str] = ()) -> Iterator[Page | Refused]:
    """Every report of the inputs, in the order given, one at a time: memory does not grow with the input. What cannot be read is a Refused.

    A spec is a file, a folder, a pattern, ``-`` for standard input, a web address, or ``outlet=path``. ``mapping`` says which column (or key, or
    keys joined by dots) of a table or of lines of JSON holds a field: ``{"text": "body", "title": "headline"}``. ``allow`` names the hosts of
    private addresses that may be fetched from all the same. Raises InputError where ``mapping`` names a field that pages do not have.
    """
    unknown = sorted(set(mapping or ()) - set(FIELDS))
    if unknown:
        raise InputError(f"--map {unknown[0]}", f"there is no such field; the fields are {', '.join(FIELDS)}")
    return _pages(specs, Reading(mapping=dict(mapping or {}), limit=LIMIT, followed=_FOLLOWED), list(allow))


def feed_pages(feeds: Iterable[str], known: Callable[[str, str | None], bool], allow: Iterable[str] = ()) -> Iterator[Page | Refused]:
    """What feeds (files or web addresses) list and is not ``known``, as ``pages`` reads it; what is no feed is refused.

    ``known`` is asked with the address of each entry and the moment (ISO 8601, UTC) at which it changed last, if the feed says.
    """
    return _pages(feeds, Reading(limit=LIMIT, followed=_FOLLOWED, feeds=True, known=known), list(allow))


class _Fetching:
    """Reads web addresses, with a client that is made for the first of them."""

    def __init__(self, allow: list[str]) -> None:
        self._allow = allow
        self._web: Web | None = None

    def __call__(self, url: str) -> Source:
        if self._web is None:
            from .web import Web, cache_place

            self._web = Web(self._allow, cache=cache_place())
        return self._web.fetch(url)

    def close(self) -> None:
        if self._web is not None:
            self._web.close()


def _pages(specs: Iterable[str], reading: Reading, allow: list[str]) -> Iterator[Page | Refused]:
    with contextlib.closing(_Fetching(allow)) as fetch:
        for spec in specs:
            outlet, path = parsed(spec)
            try:
                for name in named(path):
                    yield from _of_one(name, outlet, reading, fetch)
            except InputError as error:
                yield _refused(error)


def _of_one(path: str, outlet: str | None, reading: Reading, fetch: Fetch, depth: int = 0) -> Iterator[Page | Refused]:
    try:
        with contextlib.ExitStack() as held:
            given = opened(path, outlet, fetch)
            held.callback(given.file.close)
            if is_address(path) and depth < _DEEPEST:
                given.follow = lambda url: _of_one(url, outlet, reading, fetch, depth + 1)
            if not WARC.knows(given.head, reading):  # packed record by record, it is unpacked so
                given = unpacked(given)
                held.callback(given.file.close)
            reader = FEED if reading.feeds and not depth else reader_of(given, reading)
            yield from reader.read(given, reading)
    except InputError as error:
        yield _refused(error)
    except OSError as error:
        yield _refused(InputError(path, f"cannot be read: {error.strerror or error}"))
    except Exception as error:  # a fault of a library on one broken document must not end the reading of the others
        yield _refused(InputError(path, f"cannot be read: it is broken in a way that its reader does not know ({type(error).__name__}: {str(error)[:200]})"))


def _refused(error: InputError) -> Refused:
    return Refused(path=shown(error.path), why=shown(error.why), line=error.line)


def read_pages(specs: Sequence[str], allow: Iterable[str] = ()) -> tuple[list[Page], list[Refused]]:
    """The pages of the reports of one story in the order given, and the inputs refused, each with its reason. Never raises.

    As ``pages``, but what is given twice is refused the second time.
    """
    found: list[Page] = []
    refused: list[Refused] = []
    places: set[str] = set()
    seen: dict[bytes, Page] = {}
    for spec in specs:
        path = parsed(spec)[1]
        place = path if path == "-" else _resolved(path)
        if place in places:
            refused.append(Refused(path=shown(path), why="is given twice: it is read once; leave the second out"))
            continue
        places.add(place)
        for item in pages([spec], allow=allow):
            if isinstance(item, Refused):
                refused.append(item)
            elif (why := _twin(item, seen)) is not None:
                refused.append(Refused(path=item.path, line=item.line, id=item.id, why=why))
            else:
                found.append(item)
    return found, refused


def _twin(page: Page, seen: dict[bytes, Page]) -> str | None:
    """Why a page that came before makes this one a duplicate, if one does: two outlets may have run the same text where both are named."""
    row = page.line is not None
    alike = msgspec.structs.replace(page, path=page.path if row else "", line=None, outlet=page.outlet if row else None)
    key = hashlib.sha256(encode(alike)).digest()
    twin = seen.setdefault(key, page)
    if twin is page or (twin.outlet and page.outlet and twin.outlet != page.outlet):
        return None
    if row:
        return f"is the same as line {twin.line}: a duplicate; leave it out"
    return f"is the same, letter for letter, as {twin.path}: a duplicate; leave it out, or name both outlets (outlet=path) if each ran it"


def _resolved(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):
        return path
