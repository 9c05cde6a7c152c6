"""HTTP as a polite reader speaks it: slowly, a few times at most, by way of a cache, within limits of size and time."""

from __future__ import annotations

import logging
import os
import sqlite3
import ssl
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpcore
import httpx

from ..errors import InputError
from ..types import Value
from .web_addresses import ForbiddenError, Guarded

__all__ = ["Answer", "Client", "Manners"]

_BUSY = frozenset({429, 500, 502, 503, 504})
_ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
_PACKED = frozenset({"", "identity", "gzip", "x-gzip"})


class Manners(Value):
    """``delay`` between two requests to a host, ``seconds`` for one whole answer, ``wait`` before the first of the further ``attempts``, all in seconds;
    ``limit`` in bytes."""

    agent: str
    delay: float = 1.0
    longest_delay: float = 30.0
    attempts: int = 3
    wait: float = 0.5
    seconds: float = 60.0
    redirects: int = 8
    limit: int = 20_000_000


class Answer(Value):
    """What a server said: its status, headers in lower case, and body, as sent."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


class _BusyError(Exception):
    """An answer that says: later."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class _Transport(httpx.BaseTransport):
    """httpx over connections that are checked."""

    def __init__(self, guard: Guarded) -> None:
        self._pool = httpcore.ConnectionPool(ssl.create_default_context(), max_connections=4, keepalive_expiry=15, network_backend=guard)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        asked = httpcore.Request(request.method, url, headers=request.headers.raw, content=b"", extensions=request.extensions)
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.stream  # type: ignore[misc]

    def close(self) -> None:
        self._answer.close()


class Client:
    """Asks servers for pages. ``cache`` is a file in which answers are kept as long as their servers allow, and asked for again by condition."""

    def __init__(self, manners: Manners, allow: Iterable[str], cache: Path | None) -> None:
        self._manners = manners
        self._guard, self._cache = Guarded(allow), cache
        transport: httpx.BaseTransport = _Transport(self._guard)
        if cache is not None and _writable(cache):
            from hishel import CacheOptions, SqliteStorage
            from hishel.httpx import CacheTransport

            storage = SqliteStorage(database_path=cache, default_ttl=30 * 24 * 3600, max_size=500_000_000, max_stream_size=manners.limit)
            transport = CacheTransport(transport, storage, rfc=CacheOptions(shared=False))
        self._transport = transport
        self._headers = {"User-Agent": manners.agent, "Accept": _ACCEPTED, "Accept-Encoding": "gzip"}
        self._next: dict[str, float] = {}

    def get(self, url: str, *, delay: float = 0.0, limit: int | None = None) -> Answer:
        """The answer at an address, its redirect not followed; asked again while the server is busy.

        Raises InputError where the server cannot be reached or stands at a private address, or the answer is too large or comes too slowly.
        """
        import stamina

        logging.getLogger("stamina").setLevel(logging.CRITICAL)
        host = httpx.URL(url).netloc.decode("ascii")
        try:
            for attempt in stamina.retry_context(
                on=self._again, attempts=self._manners.attempts, timeout=None, wait_initial=self._manners.wait, wait_jitter=self._manners.wait
            ):
                with attempt:
                    self._pause(host, delay)
                    return self._once(url, limit or self._manners.limit)
        except _BusyError as busy:
            return busy.answer
        except ForbiddenError as error:
            raise ForbiddenError(url, error.why) from None
        except httpcore.TimeoutException:
            raise InputError(url, f"did not send the page within {self._manners.seconds:g} seconds: try later, or save the page and give its file") from None
        except sqlite3.Error as error:
            raise InputError(url, f"was not read, since the cache of pages fails ({error}): delete {self._cache}") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise InputError(url, f"cannot be reached ({str(error) or type(error).__name__}): check the address and the connection") from None
        raise AssertionError("a retry ends with an answer or an error")

    def close(self) -> None:
        """Closes connections and cache."""
        self._transport.close()

    def _again(self, error: Exception) -> bool | float:
        """Whether to ask again after an error, or in how many seconds as the server says."""
        if isinstance(error, _BusyError):
            after = error.answer.headers.get("retry-after", "")
            return float(after) <= self._manners.longest_delay and float(after) if after.isdigit() and int(after) else True
        return isinstance(error, httpcore.NetworkError | httpcore.RemoteProtocolError | httpcore.ConnectTimeout)

    def _pause(self, host: str, delay: float) -> None:
        now = time.monotonic()
        due = self._next.pop(host, now)
        if due > now:
            time.sleep(due - now)
        if delay:
            if len(self._next) >= 10_000:
                self._next.pop(next(iter(self._next)))
            self._next[host] = max(now, due) + delay

    def _once(self, url: str, limit: int) -> Answer:
        self._guard.deadline = time.monotonic() + self._manners.seconds
        waits = dict.fromkeys(("connect", "read", "write", "pool"), min(20.0, self._manners.seconds))
        answer = self._transport.handle_request(httpx.Request("GET", url, headers=self._headers, extensions={"timeout": waits}))
        try:
            headers: dict[str, str] = {name.lower(): value for name, value in answer.headers.items()}
            said = Answer(status=answer.status_code, headers=headers)
            if answer.status_code in _BUSY:
                raise _BusyError(said)
            body = self._body(url, answer, limit) if answer.status_code == 200 else b""
            return Answer(status=answer.status_code, headers=headers, body=body)
        finally:
            answer.close()

    def _body(self, url: str, answer: Any, limit: int) -> bytes:
        packed = answer.headers.get("content-encoding", "").strip().lower()
        if packed not in _PACKED:
            raise InputError(url, f"was sent packed as {packed!r}, which was not asked for: save the page and give its file")
        parts: list[bytes] = []
        size = 0
        for part in answer.iter_raw():
            parts.append(part)
            size += len(part)
            if size > limit:
                raise InputError(url, f"is larger than the limit of {limit / 1e6:g} MB: get it by other means and give its file")
        return b"".join(parts)


def _writable(cache: Path) -> bool:
    """True where a cache can be kept there: without one, pages are read all the same."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(cache if cache.exists() else cache.parent, os.W_OK)
