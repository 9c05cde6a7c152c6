"""From text to words in one compiled pass: hash, start, length, weight and quotation of every word, without an object a word.

The words are those of ``reuse_words.spelled`` and the quotations those of ``reuse_words.quotations``; a test holds both to the same answers.
"""

# mypy: disable-error-code="assignment, no-any-return, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels import compiled, entry
from .reuse_words import COMMON, CONTENT, LONGEST, NUMBER, SINGLES, common, figures, small

QUOTED = 128
"""Bit of ``info`` set where a word stands between quotation marks; the other seven bits are its length in code points."""

LOW = np.uint64(0xFFFFFFFF)

SLOTS = 4096
"""Places of the table of common words, many times their number."""


@cache
def letters() -> NDArray[np.uint16]:
    """For every code point below 65,536 its small letter, 0 where it is no part of a word."""
    table = np.zeros(65536, np.uint16)
    for code in range(65536):
        char = chr(code)
        if char.isalnum() or any(low <= code <= high for low, high in SINGLES):
            table[code] = ord(small(char))
    return table


@cache
def singles() -> NDArray[np.uint8]:
    """For every code point below 65,536 whether it is a word by itself."""
    table = np.zeros(65536, np.uint8)
    for low, high in SINGLES:
        if low < 65536:
            table[low : high + 1] = 1
    return table


def light(language: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The hashes of a language's common words and figures, in a table probed from ``hash % SLOTS`` on, and their weights."""
    table, worth = np.zeros(SLOTS, np.uint32), np.full(SLOTS, CONTENT, np.uint8)
    for weight, words in ((NUMBER, figures(language)), (COMMON, common(language))):
        for word in sorted(words):
            at = (hashed := fnv(word)) % SLOTS
            while table[at] not in (0, hashed):
                at = (at + 1) % SLOTS
            if not table[at]:
                table[at], worth[at] = hashed, weight
    return table, worth


def fnv(word: str) -> int:
    """The hash that the compiled pass gives a word: 32-bit FNV-1a over code points, mixed; never 0."""
    h = 2166136261
    for char in word:
        h = ((h ^ ord(char)) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    return (h ^ (h >> 13)) | 1


@compiled
def decoded(data: Any, i: int) -> tuple[int, int]:
    """The code point that stands at byte ``i`` of UTF-8 and takes more than one byte, and how many it takes."""
    byte = np.int64(data[i])
    if byte < 224:
        return ((byte & 31) << 6) | np.int64(data[i + 1] & 63), 2
    if byte < 240:
        return ((byte & 15) << 12) | (np.int64(data[i + 1] & 63) << 6) | np.int64(data[i + 2] & 63), 3
    code = ((byte & 7) << 18) | (np.int64(data[i + 1] & 63) << 12) | (np.int64(data[i + 2] & 63) << 6) | np.int64(data[i + 3] & 63)
    return code, 4


@compiled
def weighed(h: Any, light: Any, worth: Any) -> int:
    """What a word is worth by its hash: a language's common words and figures are in the table."""
    probe = np.int64(h % np.uint64(SLOTS))
    while (light[probe] != 0) & (light[probe] != h):  # seldom; whether a word is common is no branch
        probe = (probe + 1) % SLOTS
    return np.int64(worth[probe])


@compiled
def tokenise(
    data: Any, begin: int, end: int, letters: Any, singles: Any, light: Any, worth: Any, hashes: Any, starts: Any, info: Any, weights: Any, at: int
) -> int:
    """Write the words of one text (UTF-8, ``data[begin:end]``) from place ``at`` on; the place after the last, or -1 where there is no room.

    ``hashes`` uint32, ``starts`` uint32 in code points, ``info`` uint8 (length, ``QUOTED``), ``weights`` uint8.
    """
    i = begin
    place = 0
    opened = digit = alone = False
    length = 0
    h = np.uint64(0)
    while i <= end:
        code = 32
        step = 1
        if i < end:
            code = np.int64(data[i])
            if code >= 128:
                code, step = decoded(data, i)
        letter = np.uint32(0)
        single = False
        if code < 65536:
            letter = np.uint32(letters[code])
            single = code >= 0x3040 and singles[code] != 0
        elif 0x20000 <= code < 0x40000:
            letter = np.uint32(code)
            single = True
        if length > 0 and (letter == 0 or single or alone or length == LONGEST):
            if at >= hashes.size:
                return -1
            h &= LOW
            h ^= h >> np.uint64(15)
            h = (h * np.uint64(0x85EBCA6B)) & LOW
            h = (h ^ (h >> np.uint64(13))) | np.uint64(1)
            weight = CONTENT
            if digit:
                weight = NUMBER
            elif length == 1 and data[i - 1] < 128:
                weight = COMMON
            else:
                weight = weighed(h, light, worth)
            hashes[at] = h
            starts[at] = place - length
            info[at] = length | (QUOTED if opened else 0)
            weights[at] = weight
            at += 1
            length = 0
        if letter != 0:
            if length == 0:
                digit = 48 <= code <= 57
                h = np.uint64(2166136261)
            h = (h ^ np.uint64(letter)) * np.uint64(16777619)  # only the lower 32 bits count, and they depend on no others
            length += 1
            alone = single
            i += step
            place += 1
            while length < LONGEST and not alone and i < end and data[i] < 128 and letters[data[i]] != 0:  # most of most texts
                h = (h ^ np.uint64(letters[data[i]])) * np.uint64(16777619)
                length += 1
                i += 1
                place += 1
            continue
        if code == 10:
            opened = False
        elif code == 34 or code == 0x201C:
            opened = not opened
        elif code == 0x201E or code == 0xAB:
            opened = True
        elif code == 0x201D or code == 0xBB:
            opened = False
        i += step
        place += 1
    return at


@entry("u1* i8* i8 i8 u2* u1* u4* u1* u4* u4* u1* u1* i8* i8 -> i8")
def batch(
    data: Any, ends: Any, first: int, last: int, letters: Any, singles: Any, light: Any, worth: Any, hashes: Any, starts: Any, info: Any,
    weights: Any, doc_end: Any, at: int,
) -> int:  # fmt: skip
    """Write the words of the texts ``first`` to ``last``, which end at the bytes ``ends``, from place ``at`` on.

    ``doc_end`` gets the place after each text's last word. The text it stopped at, for want of room.
    """
    for n in range(first, last):
        begin = ends[n - 1] if n > 0 else 0
        done = tokenise(data, begin, ends[n], letters, singles, light, worth, hashes, starts, info, weights, at)
        if done < 0:
            return n
        at = doc_end[n] = done
    return last
