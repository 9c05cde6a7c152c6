"""Web addresses to sources: what robots.txt allows, through redirects, with what the answer says of itself."""

from __future__ import annotations

import importlib.metadata
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..errors import InputError
from .source import Source, source
from .web_client import Answer, Client, Manners

__all__ = ["Web", "cache_place"]

_AGENT = "whence"
_DELAY = 1.0  # seconds between two requests to a host, where its robots.txt asks for no more
_ROBOTS_LIMIT = 512_000  # bytes that RFC 9309 asks to be read at the least
_MOST_HOSTS = 1_000
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
}
_SAID = {
    401: "asks for a password: save the page and give its file",
    402: "asks for payment: save the page and give its file",
    403: "forbids this reader: save the page and give its file",
    404: "is not there (404): check the address",
    410: "is gone (410)",
    451: "is withheld for legal reasons (451)",
}


class Web:
    """Reads web addresses. ``cache`` is a file, or None for none; by default it lies where this system keeps caches."""

    def __init__(self, allow: Iterable[str] = (), manners: Manners | None = None, cache: Path | None = None) -> None:
        self._manners = manners or Manners(agent=_user_agent(), delay=_DELAY)
        self._client = Client(self._manners, allow, cache)
        self._robots: dict[str, Any] = {}

    def fetch(self, url: str) -> Source:
        """What stands at an address. Raises InputError where that is not to be had, or robots.txt forbids it."""
        place, seen = url, [url]
        while True:
            self._checked(url, place)
            try:
                answer = self._client.get(place, delay=self._delay(place))
            except InputError as error:
                raise InputError(url, error.why if place == url else f"redirects to {place}, which {error.why}") from None
            target = self._redirect(place, answer)
            if target is None:
                return self._source(url, place, answer)
            if target in seen:
                raise InputError(url, f"redirects in a circle, {place} to {target}: check the address, or save the page and give its file")
            if len(seen) > self._manners.redirects:
                raise InputError(url, f"redirects more than {self._manners.redirects} times, last to {target}: give that address, if it is the right one")
            seen.append(target)
            place = target

    def close(self) -> None:
        """Closes connections and cache."""
        self._client.close()

    def _checked(self, url: str, place: str) -> None:
        """Raises InputError for an address that cannot be one of a page, or that robots.txt forbids."""
        try:
            parts = urlsplit(place)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host, parts = None, urlsplit("")
        if parts.scheme not in ("http", "https") or not host:
            raise InputError(url, f"is no web address that can be read: {place}" if place == url else f"redirects to {place}, which is no web address")
        if parts.username is not None or parts.password is not None:
            raise InputError(url, "holds a name or password: give the address without it")
        rules = self._rules(url, f"{parts.scheme}://{parts.netloc}")
        if rules is not None and not rules.can_fetch(place, _AGENT):
            raise InputError(url, "is closed to programs by its site's robots.txt: save the page and give its file")

    def _rules(self, url: str, origin: str) -> Any:
        """The rules of a site; None where it has none. A site whose rules cannot be had is not read (RFC 9309)."""
        if origin in self._robots:
            return self._robots[origin]
        place = f"{origin}/robots.txt"
        for _ in range(5):
            try:
                answer = self._client.get(place, limit=_ROBOTS_LIMIT)
            except InputError as error:
                raise InputError(url, error.why) from None
            target = self._redirect(place, answer)
            if target is None:
                break
            place = target
        if answer.status == 429 or answer.status >= 500:
            raise InputError(url, f"has a site that does not give its robots.txt ({answer.status}): try later, or save the page and give its file")
        rules = None
        if answer.status == 200:
            from protego import Protego

            rules = Protego.parse(_text(place, answer))
        if len(self._robots) >= _MOST_HOSTS:
            self._robots.pop(next(iter(self._robots)))
        self._robots[origin] = rules
        return rules

    def _delay(self, place: str) -> float:
        rules = self._robots.get("{0.scheme}://{0.netloc}".format(urlsplit(place)))
        asked = rules.crawl_delay(_AGENT) if rules is not None else None
        return min(max(self._manners.delay, asked or 0.0), self._manners.longest_delay)

    def _redirect(self, place: str, answer: Answer) -> str | None:
        if answer.status not in (301, 302, 303, 307, 308) or not answer.headers.get("location"):
            return None
        return urljoin(place, answer.headers["location"].strip()).partition("#")[0]

    def _source(self, url: str, place: str, answer: Answer) -> Source:
        if answer.status != 200:
            busy = f"was not given ({answer.status}): try later" if answer.status == 429 or answer.status >= 500 else f"was not given ({answer.status})"
            raise InputError(url, _SAID.get(answer.status, busy))
        if not answer.body:
            raise InputError(url, "is empty: there is no text in it")
        kind, _, parameters = answer.headers.get("content-type", "").partition(";")
        name = _ENDINGS.get(kind.strip().lower()) or PurePosixPath(urlsplit(place).path).suffix
        charset = next((part.partition("=")[2].strip(" \"'") for part in parameters.split(";") if part.strip().lower().startswith("charset=")), None)
        return source(url, f"page{name}" if name else "", io.BytesIO(answer.body), url=place, charset=charset or None)


def _text(place: str, answer: Answer) -> str:
    from .gunzip import unpacked

    given = unpacked(source(place, "", io.BytesIO(answer.body)))
    return given.file.read(_ROBOTS_LIMIT).decode("utf-8", "replace")


def _user_agent() -> str:
    try:
        known = f"{_AGENT}/{importlib.metadata.version('whence')}"
    except importlib.metadata.PackageNotFoundError:
        known = _AGENT
    return f"{known} (reads news reports at a person's request; honours robots.txt)"


def cache_place() -> Path:
    """Where answers are kept: ``WHENCE_CACHE``, else the folder that this system keeps for caches."""
    if named := os.environ.get("WHENCE_CACHE"):
        return Path(named) / "web.db"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "whence" / "web.db"
