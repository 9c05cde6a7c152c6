"""One input while it is read: its name as it is shown, its bytes as a stream, and what is known of it from outside."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from ..errors import InputError
from ..types import Page, Refused, Value

__all__ = ["LIMIT", "Reading", "Source", "lines_of", "source", "whole"]

LIMIT = 50_000_000
"""The most bytes that one report, line, row or record may have, unpacked."""

HEAD = 65_536
"""Bytes at the start of an input by which its kind is told."""


class Reading(Value):
    """How inputs are read.

    ``mapping`` names the column of a table that holds a field of a page: {"text": "body"}. ``limit`` is the most bytes of one report. ``followed``
    is the most addresses that one list of them (a feed, a sitemap) has fetched. ``feeds``: what is given are feeds, and nothing else is read for one.
    ``known`` is asked for each address that a feed lists, with the moment at which it says that this changed: what is known is not read again.
    """

    mapping: Mapping[str, str] = {}
    limit: int = LIMIT
    followed: int = 1_000
    feeds: bool = False
    known: Callable[[str, str | None], bool] | None = None


@dataclass(slots=True)
class Source:
    """``path`` is shown in errors, ``name`` is judged by its ending, ``head`` is the start of what ``file`` gives from its first byte on.

    ``url`` is the address it was fetched from, and ``follow`` what reads the addresses it lists; both None for what came from this machine.
    """

    path: str
    name: str
    file: IO[bytes]
    head: bytes
    outlet: str | None = None
    url: str | None = None
    charset: str | None = None
    follow: Callable[[str], Iterator[Page | Refused]] | None = None
    size: int | None = None

    def refuse(self, why: str, *, line: int | None = None) -> InputError:
        """The error that says why this input, or a line of it, was not read."""
        return InputError(self.path, why, line=line)


class _Rejoined(io.RawIOBase):
    """A stream whose head was read already, from its first byte on. What it reads from gives what it has before it raises."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if self._rest is not sys.stdin.buffer:
            self._rest.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        taken = self._head[: len(buffer)] if len(self._head) else memoryview(self._rest.read(len(buffer)))
        self._head = self._head[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def source(path: str, name: str, file: IO[bytes], **known: Any) -> Source:
    """A source over a stream of bytes, its head looked at. A fault met there is met again where the reading comes to it."""
    head = b""
    with contextlib.suppress(InputError):
        while len(head) < HEAD and (more := file.read(HEAD - len(head))):
            head += more
    return Source(path=path, name=name, file=io.BufferedReader(_Rejoined(head, file), HEAD), head=head, **known)


def whole(given: Source, limit: int = LIMIT) -> bytes:
    """All bytes of a source that is one report. Raises InputError where they are more than a report has."""
    data = b"" if (given.size or 0) > limit else given.file.read(limit + 1)
    if (given.size or len(data)) > limit:
        measured = f"is {given.size / 1e6:,.0f} MB, larger" if given.size else "is larger"
        raise given.refuse(
            f"{measured} than the limit of {limit // 1_000_000} MB: a report is far smaller; split it, or give the reports one by one"
        )
    return data


def lines_of(file: IO[bytes], limit: int = LIMIT) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1, its end dropped; None for a line longer than the limit, which is skipped."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (more := file.readline(limit)) and not more.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line.removesuffix(b"\n")
