"""Bytes to characters: by mark, as UTF-8, by declaration, else by detection; what was guessed or replaced is noted."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from .binary import BOMS, wide_encoding

__all__ = ["Decoded", "decode"]


class Decoded(NamedTuple):
    """Characters, the encoding they were read in, and what a reader should know about it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:.-]+)|<meta[^>]{0,300}charset\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_DECLARED_WITHIN = 4096
# What browsers read under these names (WHATWG Encoding Standard), where it is more than the name says.
_BROWSER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SEVEN_BIT = ("iso2022", "hz", "utf-7")
# Bytes that English text in Windows-1252 has: quotation marks, dashes, signs, and the accented letters of names.
_WESTERN = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbd\xdf") | frozenset(range(0xC0, 0x100))
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 32_768


def decode(data: bytes, *, markup: bool, charset: str | None = None) -> Decoded:
    """The characters of a file; a ``charset`` told with it, or a declaration in its head where it is ``markup``, is believed. Never raises."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _forced(data.removeprefix(bom) if encoding == "utf-8" else data, encoding)
    if wide := wide_encoding(data):
        return _forced(data, wide)
    declared = (_known(charset) if charset else None) or (_declared(data) if markup else None)
    if declared and declared.startswith(_SEVEN_BIT):
        return _forced(data, declared)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and declared != "utf-8" and (text := _strict(data, declared)) is not None:
        return Decoded(text, declared)
    if _nearly_utf8(data, 1 if declared == "utf-8" else 4):
        return _forced(data, "utf-8")
    return _detected(data)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return _known((found[1] or found[2]).decode("ascii", "replace")) if found is not None else None


def _known(label: str) -> str | None:
    """The codec that browsers read under a label; None for one that is none."""
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # a declaration that can be read is not in these
    return _BROWSER.get(name, name)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return text


def _nearly_utf8(data: bytes, times: int) -> bool:
    """True where valid sequences of UTF-8 outnumber the broken ones so many times over."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - broken >= times * broken


def _forced(data: bytes, encoding: str, *notes: str) -> Decoded:
    """The characters in this encoding, bytes that are not of it replaced and the first of them noted."""
    try:
        return Decoded(data.decode(encoding), encoding, notes)
    except UnicodeError as error:
        text = data.decode(encoding, "replace")
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        count = text.count("\ufffd")
        return Decoded(text, encoding, (*notes, f"{count} invalid byte sequences in {encoding}, the first at byte {at}, were replaced by U+FFFD"))


def _detected(data: bytes) -> Decoded:
    """Windows-1252 where only its usual signs stand alone among ASCII; else what charset-normalizer finds in the lines that matter."""
    runs = _HIGH.findall(data)
    alone = sum(len(run) == 1 and run[0] in _WESTERN for run in runs)
    if alone >= 0.9 * len(runs) and sum(map(len, runs)) < 0.05 * len(data):
        return _forced(data, "cp1252", "no encoding declared: read as Windows-1252")
    import charset_normalizer

    sample = b"\n".join(line for line in data[: 64 * _SAMPLE].splitlines() if not line.isascii())[:_SAMPLE]
    best = charset_normalizer.from_bytes(sample).best()
    encoding = best.encoding if best is not None else "cp1252"
    return _forced(data, encoding, f"no encoding declared: {encoding} was detected")
