"""Which five words running stand in more than one place: counted in a table of two bits each, kept, sorted, grouped.

Most five words running stand once only (nine in ten in news), and are never stored: a first pass counts them by hash in a small table, a second
keeps those whose place was hit twice. What is kept by an accident of hashing is found out when the words themselves are compared.
"""

# mypy: disable-error-code="assignment, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled, entry
from .reuse_align import SEED, WORTH

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xD6E8FEB86659FD93)
HIGH = np.uint64(0xFFFFFFFF00000000)
ROLL, FIRST = np.uint64(pow(0x9E3779B97F4A7C15, SEED, 1 << 64)), np.uint64(pow(0x9E3779B97F4A7C15, SEED - 1, 1 << 64))

BLOCK = 256
"""Grams whose places in the table are computed before any is looked up."""

INSIDE = 1 << 31
"""Bit of a gram that stands between quotation marks; there are no more words than fit below it."""

PLACE = np.uint64(INSIDE - 1)
"""The bits of a key that hold a place."""


@compiled
def grams(hashes: Any, weights: Any, info: Any, begin: int, end: int, first: int, mixed: Any, words: Any) -> int:
    """Write the grams of a document that begin at words ``first`` on, ``BLOCK`` at most looked at; how many were written.

    ``mixed`` uint64 gets their hashes, ``words`` uint32 their first words with ``INSIDE`` set where all of a gram stands between quotation marks.
    Grams with fewer than two content words are left out.
    """
    n = worth = quoted = 0
    h = np.uint64(0)
    for i in range(first, min(first + SEED - 1, end)):
        h = h * BASE + np.uint64(hashes[i])
        worth += weights[i]
        quoted += info[i] >> 7
    for i in range(first + SEED - 1, min(first + BLOCK + SEED - 1, end)):
        h = h * BASE + np.uint64(hashes[i])
        worth += weights[i]
        quoted += info[i] >> 7
        mixed[n] = (h ^ (h >> np.uint64(29))) * MIX
        word = i - SEED + 1
        words[n] = word | (INSIDE if quoted == SEED else 0)
        n += worth >= WORTH
        h -= FIRST * np.uint64(hashes[word])
        worth -= weights[word]
        quoted -= info[word] >> 7
    return n


@entry("u4* u1* u1* i8* i8 i8 u1* i8 b1 u8* u4* -> i8")
def count(
    hashes: Any, weights: Any, info: Any, doc_start: Any, first: int, last: int, table: Any, shift: int, old: bool, mixed: Any, words: Any
) -> int:
    """Count the grams of documents ``first`` to ``last`` in ``table`` (four two-bit counts a byte: 0, 1 once, 3 more often).

    ``old`` ones are counted only where something was counted before. How many there are more to ``keep`` than before. ``mixed`` uint64 and
    ``words`` uint32 are written on: ``BLOCK`` places and one.
    """
    kept = np.uint64(0)
    down, mask = np.uint64(shift), (np.uint64(1) << np.uint64(64 - shift)) - np.uint64(1)
    for d in range(first, last):
        for i in range(doc_start[d], doc_start[d + 1], BLOCK):
            n = grams(hashes, weights, info, doc_start[d], doc_start[d + 1], i, mixed, words)
            for k in range(n):  # without a branch, so that many places of the table are on their way at once
                slot = (mixed[k] >> down) & mask
                byte, bit = slot >> np.uint64(2), (slot & np.uint64(3)) << np.uint64(1)
                now = (np.uint64(table[byte]) >> bit) & np.uint64(3)
                more = ((now << np.uint64(1)) | (np.uint64(0) if old else np.uint64(1))) & np.uint64(3)
                table[byte] |= np.uint8(more << bit)
                kept += (now & np.uint64(1)) + ((now ^ (now >> np.uint64(1))) & np.uint64(1))  # this one, and the first one with it
    return np.int64(kept)


@entry("u4* u1* u1* i8* i8 i8 u1* i8 u8* u4* u8* u4* u1* -> i8")
def keep(
    hashes: Any, weights: Any, info: Any, doc_start: Any, first: int, last: int, table: Any, shift: int, keys: Any, entries: Any, mixed: Any,
    words: Any, twice: Any,
) -> int:  # fmt: skip
    """Write the repeated grams of documents: ``hash << 32 | place`` into ``keys`` (uint64), their first word into ``entries`` (uint32); how many.

    The bit ``INSIDE`` of a key is set where the gram stands between quotation marks. There is to be room for what ``count`` counted and one more.
    Written on: as for ``count``, and ``twice`` uint8, ``BLOCK`` places.
    """
    at = 0
    down, mask = np.uint64(shift), (np.uint64(1) << np.uint64(64 - shift)) - np.uint64(1)
    for d in range(first, last):
        for i in range(doc_start[d], doc_start[d + 1], BLOCK):
            n = grams(hashes, weights, info, doc_start[d], doc_start[d + 1], i, mixed, words)
            for k in range(n):
                slot = (mixed[k] >> down) & mask
                twice[k] = (table[slot >> np.uint64(2)] >> np.uint8((slot & np.uint64(3)) << np.uint64(1))) & np.uint8(2)
            for k in range(n):
                keys[at] = (mixed[k] & HIGH) | np.uint64(at) | np.uint64(words[k] & np.uint32(INSIDE))
                entries[at] = words[k] & np.uint32(INSIDE - 1)
                at += twice[k] >> 1
    return at


@entry("u8* u8* i8*")
def radix(keys: Any, spare: Any, places: Any) -> None:
    """Sort ``keys`` (uint64) by their upper 32 bits, equal ones staying in order: three passes of 11 bits.

    Written on: ``spare`` of the same size, ``places`` int64, 2,049 places.
    """
    source, target = keys, spare
    for turn in range(3):
        shift = np.uint64(32 + 11 * turn)
        for b in range(2049):
            places[b] = 0
        for i in range(source.size):
            places[((source[i] >> shift) & np.uint64(2047)) + np.uint64(1)] += 1
        for b in range(2048):
            places[b + 1] += places[b]
        for i in range(source.size):
            b = (source[i] >> shift) & np.uint64(2047)
            target[places[b]] = source[i]
            places[b] += 1
        source, target = target, source
    for i in range(keys.size):
        keys[i] = spare[i]


@entry("u8* i4* i4* -> i8")
def group(keys: Any, group_of: Any, sizes: Any) -> int:
    """Give every kept gram (by its place in ``keys``) the number of its group; how many groups there are.

    Groups of one (accidents of the counting table) get number -1. ``sizes`` int32 holds each group's members.
    """
    groups = 0
    i = 0
    while i < keys.size:
        end = i + 1
        while end < keys.size and (keys[end] >> np.uint64(32)) == (keys[i] >> np.uint64(32)):
            end += 1
        if end - i > 1:
            sizes[groups] = end - i
            for k in range(i, end):
                group_of[keys[k] & PLACE] = groups
            groups += 1
        else:
            group_of[keys[i] & PLACE] = -1
        i = end
    return groups
