"""Gzip as a stream: every member's length and checksum are checked, damage is said with its offset, and a bomb is not unpacked."""

from __future__ import annotations

import io
import zlib
from typing import IO, cast

from ..errors import InputError
from .source import Source, source

__all__ = ["GZIP", "Gunzip", "unpacked"]

GZIP = b"\x1f\x8b"
_CHUNK = 65_536
_FREE = 64_000_000  # bytes unpacked before their ratio is looked at
_RATIO = 200  # text packs 3 to 20 to one, generated tables at most 100
_LAYERS = 2


class Gunzip(io.RawIOBase):
    """The bytes that a stream of gzip members unpacks to.

    ``start`` is the offset of the member being read in the packed stream, ``out`` the count of bytes unpacked. Reading raises the InputError of
    the source where the stream is damaged, ends inside a member, or unpacks to far more than text would; ``skip`` then goes to the next member.
    """

    def __init__(self, given: Source, packed: IO[bytes]) -> None:
        self._given, self._file = given, packed
        self._waiting = b""
        self._at = 0  # packed bytes taken from the file
        self._member: zlib._Decompress | None = None
        self._broken: InputError | None = None  # raised again at every reading until what is broken is skipped
        self.start = self.out = 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.some(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def some(self, most: int) -> bytes:
        """At most so many bytes, and none at the end alone."""
        if self._broken is not None:
            raise self._broken
        try:
            return self._some(most)
        except InputError as error:
            self._broken = error
            raise

    def _some(self, most: int) -> bytes:
        while True:
            if not self._waiting:
                self._fill()
            if self._member is None and not self._begin():
                return b""
            assert self._member is not None
            data = self._inflate(most)
            if self._member.eof:
                self._waiting, self._member = self._member.unused_data, None
            else:
                self._waiting = self._member.unconsumed_tail
                if not data and not self._waiting and not self._fill():
                    self._member = None
                    raise self._given.refuse(f"its gzip data ends inside what begins at byte {self.start}: it is cut short; get it again")
            if data:
                self.out += len(data)
                if self.out > _FREE and self.out > _RATIO * self._at:
                    raise self._given.refuse(f"unpacks to more than {_RATIO} times its size: no text does; it is not unpacked further")
                return data

    def skip(self) -> bool:
        """Goes to the next member after damage; False where there is none."""
        self._member = self._broken = None
        self._waiting = self._waiting[1:] if self._waiting.startswith(GZIP) else self._waiting
        while True:
            at = self._waiting.find(GZIP + b"\x08")
            if at >= 0 and at + 10 <= len(self._waiting):
                self._waiting = self._waiting[at:]
                if self._opens():
                    return True
                self._waiting = self._waiting[1:]
                continue
            self._waiting = self._waiting[max(0, at if at >= 0 else len(self._waiting) - 2) :]
            if not self._fill():
                return False

    def _opens(self) -> bool:
        """True where a member that can be unpacked seems to begin here."""
        while len(self._waiting) < 1024 and self._fill():
            pass
        try:
            return bool(zlib.decompressobj(31).decompress(self._waiting[:4096], 64))
        except zlib.error:
            return False

    def _begin(self) -> bool:
        """Opens the next member; False at the end of the stream. Zeros after the last one are padding."""
        while not self._waiting.strip(b"\0"):
            self._waiting = b""
            if not self._fill():
                return False
        while len(self._waiting) < 2 and self._fill():
            pass
        self.start = self._at - len(self._waiting)
        if not self._waiting.startswith(GZIP):
            raise self._given.refuse(f"its gzip data is followed at byte {self.start} by something else: it is damaged; get it again")
        self._member = zlib.decompressobj(31)
        return True

    def _inflate(self, most: int) -> bytes:
        assert self._member is not None
        packed, self._waiting = self._waiting, b""
        try:
            return self._member.decompress(packed, most)
        except zlib.error as error:
            self._waiting, self._member = packed, None
            why = "its checksum is another" if "check" in str(error) else "it cannot be unpacked"
            raise self._given.refuse(f"its gzip data is damaged in what begins at byte {self.start} ({why}); get it again") from None

    def _fill(self) -> bool:
        more = self._file.read(_CHUNK)
        self._at += len(more)
        self._waiting += more
        return bool(more)


def unpacked(given: Source) -> Source:
    """The source as it is inside its gzip layers. Raises InputError where there are more than two."""
    for _ in range(_LAYERS):
        if not given.head.startswith(GZIP):
            return given
        name = given.name[:-3] if given.name.lower().endswith(".gz") else given.name
        inside = cast(IO[bytes], Gunzip(given, given.file))
        given = source(given.path, name, inside, outlet=given.outlet, url=given.url, charset=given.charset, follow=given.follow)
    if given.head.startswith(GZIP):
        raise given.refuse("is packed in gzip again and again: unpack it first")
    return given
