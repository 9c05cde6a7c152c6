"""Telling text from everything else by its first bytes."""

from __future__ import annotations

import codecs

__all__ = ["BOMS", "binary_kind", "wide_encoding"]

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the codecs that drop them; those of UTF-32 first, since one begins like one of UTF-16."""

_TO_TEXT = "save its text as .txt or .html first"
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG", "a PNG picture", "give the text of the report"),
    (0, b"\xff\xd8\xff", "a JPEG picture", "give the text of the report"),
    (0, b"GIF8", "a GIF picture", "give the text of the report"),
    (8, b"WEBP", "a WebP picture", "give the text of the report"),
    (4, b"ftyp", "a film or a picture", "give the text of the report"),
    (0, b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save its text as .txt"),
    (0, b"PK\x05\x06", "an empty zip archive", "unpack it"),
    (0, b"BZh", "bzip2 data", "unpack it first"),
    (0, b"\xfd7zXZ", "xz data", "unpack it first"),
    (0, b"\x28\xb5\x2f\xfd", "zstd data", "unpack it first"),
    (0, b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (0, b"Rar!", "a rar archive", "unpack it first"),
    (0, b"\xd0\xcf\x11\xe0", "an old office document", _TO_TEXT),
    (0, b"{\\rtf", "an RTF document", _TO_TEXT),
    (0, b"\x7fELF", "a program", "give the text of the report"),
    (0, b"MZ\x90", "a program", "give the text of the report"),
    (0, b"SQLite format 3", "a SQLite database", "give the text of the report"),
    (0, b"OggS", "a sound recording", "give a transcript of it"),
    (0, b"ID3", "a sound recording", "give a transcript of it"),
    (0, b"RIFF", "a sound recording or a film", "give a transcript of it"),
)
_HEAD = 65_536
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_WIDE_SHARE = 0.3
_CONTROL_SHARE = 0.05


def binary_kind(data: bytes) -> tuple[str, str] | None:
    """What the bytes look like and what to do with them, where they are no text; None where they may be text."""
    for at, signature, kind, advice in _SIGNATURES:
        if data.startswith(signature, at):
            return kind, advice
    if any(data.startswith(bom) for bom, _ in BOMS) or wide_encoding(data):
        return None
    head = data[:_HEAD]
    if b"\0" in data or len(head) - len(head.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(head):
        return "binary data", "give a text, HTML or JSON lines file"
    return None


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 of bytes without a mark, told by zeros in every other place; None where they are not that."""
    head = data[: _HEAD - _HEAD % 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) < _WIDE_SHARE * len(head) / 2 or min(even, odd) > 0.01 * len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
