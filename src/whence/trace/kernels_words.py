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

ONES, TOPS, LOWS, CASE = (np.uint64(n * 0x0101010101010101) for n in (0x01, 0x80, 0x7F, 0x20))
"""A byte eight times over: its lowest bit, its top bit, all but the top bit, and what makes a small letter of an ASCII one (and leaves a figure one)."""

FROM_A, FROM_Z, FROM_0, FROM_9 = (np.uint64((0x80 - n) * 0x0101010101010101) for n in (ord("a"), ord("z") + 1, ord("0"), ord("9") + 1))
"""What lifts a byte's top bit from that character on."""

START, STEP, LAST = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

ZERO, ONE, SEVEN, EIGHT, HALF, HIGHEST, MARK = (np.uint64(n) for n in (0, 1, 7, 8, 32, 56, QUOTED))

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
            at = (hashed := digest(word)) % SLOTS
            while table[at] not in (0, hashed):
                at = (at + 1) % SLOTS
            if not table[at]:
                table[at], worth[at] = hashed, weight
    return table, worth


def digest(word: str) -> int:
    """The hash that the compiled pass gives a word, 32 bits, never 0: of its small letters, eight bytes at a time, whatever is left (or nothing) last.

    A letter is its code point in bytes of seven bits, lowest first, all but the last with the top bit set: ASCII letters are a byte each.
    """
    raw = bytearray()
    for char in word:
        code = ord(char)
        while code > 127:
            raw.append(code & 127 | 128)
            code >>= 7
        raw.append(code)
    h = int(START)
    for at in range(0, len(raw) + 1, 8):
        h = (h ^ int.from_bytes(raw[at : at + 8], "little")) * int(STEP) % (1 << 64)
        h ^= h >> 32
    return (h * int(LAST) % (1 << 64)) >> 32 | 1


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
def eight(data: Any, i: Any) -> int:
    """Eight bytes from ``i`` (uint64) on, the first lowest: one load of the processor's."""
    low = np.uint64(data[i]) | np.uint64(data[i + np.uint64(1)]) << np.uint64(8)
    low |= np.uint64(data[i + np.uint64(2)]) << np.uint64(16) | np.uint64(data[i + np.uint64(3)]) << np.uint64(24)
    low |= np.uint64(data[i + np.uint64(4)]) << np.uint64(32) | np.uint64(data[i + np.uint64(5)]) << np.uint64(40)
    return low | np.uint64(data[i + np.uint64(6)]) << np.uint64(48) | np.uint64(data[i + np.uint64(7)]) << np.uint64(56)


@compiled
def outside(v: Any) -> int:
    """The top bit of each of eight bytes that is no ASCII letter or figure."""
    x = v & LOWS
    small = x | CASE
    return (~(((small + FROM_A) & ~(small + FROM_Z)) | ((x + FROM_0) & ~(x + FROM_9))) | v) & TOPS


@compiled
def stepped(h: Any, v: Any) -> int:
    """A hash with eight bytes more."""
    h = (h ^ v) * STEP
    return h ^ (h >> HALF)


@compiled
def put(
    h: Any, start: Any, length: Any, digit: bool, ascii: bool, opened: bool, light: Any, worth: Any, hashes: Any, starts: Any, info: Any,
    weights: Any, at: Any,
) -> None:  # fmt: skip
    """Write a word down."""
    h = (h * LAST) >> HALF | ONE
    weight = weighed(h, light, worth)
    if (length == ONE) & ascii:
        weight = COMMON
    if digit:
        weight = NUMBER
    hashes[at] = h
    starts[at] = start
    info[at] = length | (MARK if opened else ZERO)
    weights[at] = weight


@compiled
def tokenise(
    data: Any, first: int, last: int, letters: Any, singles: Any, light: Any, worth: Any, hashes: Any, starts: Any, info: Any, weights: Any, place: int
) -> int:
    """Write the words of one text (UTF-8, ``data[first:last]``) from ``place`` on; the place after the last, or -1 where there is no room.

    Nine bytes at least follow the text, the first of them no letter. ``hashes`` uint32, ``starts`` uint32 in code points, ``info`` uint8
    (length, ``QUOTED``), ``weights`` uint8. Words of ASCII letters are found, and hashed, eight bytes at a time; what is next to anything else is read
    letter by letter.
    """
    begin, end, room, at = np.uint64(first), np.uint64(last), np.uint64(hashes.size), np.uint64(place)
    i = begin  # less ``begin``: bytes before the code points of more than one byte are taken off
    opened = False
    while i < end:
        v = eight(data, i)
        out = outside(v)
        beside = False
        if (out & np.uint64(128)) == ZERO:
            digit = (v & np.uint64(255)) < np.uint64(58)
            here = i
            h = START
            while out == ZERO and i - here < np.uint64(LONGEST):
                h = stepped(h, v | CASE)
                i += EIGHT
                v = eight(data, i)
                out = outside(v)
            lowest = out & (~out + ONE)
            held = (lowest - ONE) >> SEVEN
            if i - here == np.uint64(LONGEST):  # cut: what follows is a word of its own
                lowest, held, v = ZERO, ZERO, ZERO
            if (v & lowest) == ZERO:
                if at >= room:
                    return -1
                h = stepped(h, (v | CASE) & held)
                length = ((held & ONES) * ONES) >> HIGHEST
                i += length
                put(h, here - begin, i - here, digit, True, opened, light, worth, hashes, starts, info, weights, at)
                at += ONE
                i += np.uint64(((v >> (length << np.uint64(3))) & np.uint64(255)) == np.uint64(32))
                continue
            i = here
            beside = True
        elif (v & np.uint64(128)) == ZERO:
            opened = (opened ^ ((v & np.uint64(255)) == np.uint64(34))) & ((v & np.uint64(255)) != np.uint64(10))
            i += ONE
            continue
        else:
            beside = True
        if beside:
            here, h, chunk, filled, length = i - begin, START, ZERO, ZERO, ZERO
            digit = ascii = alone = False
            while i < end:
                code = np.int64(data[i])
                step = 1
                if code >= 128:
                    code, step = decoded(data, np.int64(i))
                letter = np.uint64(0)
                single = False
                if code < 65536:
                    letter = np.uint64(letters[code])
                    single = code >= 0x3040 and singles[code] != 0
                elif 0x20000 <= code < 0x40000:
                    letter = np.uint64(code)
                    single = True
                if letter == ZERO and length == ZERO:
                    if code == 34 or code == 0x201C:
                        opened = not opened
                    elif code == 0x201E or code == 0xAB:
                        opened = True
                    elif code == 10 or code == 0x201D or code == 0xBB:
                        opened = False
                    i += np.uint64(step)
                    begin += np.uint64(step - 1)
                    break
                if letter == ZERO or (length > ZERO and (single or alone or length == np.uint64(LONGEST))):
                    break
                if length == ZERO:
                    digit = 48 <= code <= 57
                    ascii = letter < np.uint64(128)
                while True:
                    more = letter > np.uint64(127)
                    chunk |= ((letter & np.uint64(127)) | (np.uint64(128) if more else ZERO)) << (filled << np.uint64(3))
                    filled += ONE
                    if filled == EIGHT:
                        h = stepped(h, chunk)
                        chunk = filled = ZERO
                    if not more:
                        break
                    letter >>= SEVEN
                length += ONE
                alone = single
                i += np.uint64(step)
                begin += np.uint64(step - 1)
            if length > ZERO:
                if at >= room:
                    return -1
                put(stepped(h, chunk), here, length, digit, ascii, opened, light, worth, hashes, starts, info, weights, at)
                at += ONE
    return np.int64(at)


@entry("u1* i8* i8 i8 u2* u1* u4* u1* u4* u4* u1* u1* i8* i8 -> i8")
def batch(
    data: Any, ends: Any, first: int, last: int, letters: Any, singles: Any, light: Any, worth: Any, hashes: Any, starts: Any, info: Any,
    weights: Any, doc_end: Any, at: int,
) -> int:  # fmt: skip
    """Write the words of the texts ``first`` to ``last``, which end at the bytes ``ends`` with one byte between them, from place ``at`` on.

    ``doc_end`` gets the place after each text's last word. The text it stopped at, for want of room.
    """
    for n in range(first, last):
        begin = ends[n - 1] + 1 if n > 0 else 0
        done = tokenise(data, begin, ends[n], letters, singles, light, worth, hashes, starts, info, weights, at)
        if done < 0:
            return n
        at = doc_end[n] = done
    return last
