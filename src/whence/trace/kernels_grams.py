"""Which five words running stand in more than one place: counted in a table of two bits each, kept, sorted, grouped.

Most five words running stand once only (nine in ten in news), and are never stored: a first pass counts them by hash in a small table, a second
keeps those whose place was hit twice. What is kept by an accident of hashing is found out when the words themselves are compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled
from .reuse_align import SEED, WORTH

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xD6E8FEB86659FD93)
ROLL = np.uint64(pow(0x9E3779B97F4A7C15, SEED, 1 << 64))


@compiled
def count(hashes: Any, doc_start: Any, first: int, last: int, table: Any, shift: int, old: bool) -> None:
    """Count the grams of documents ``first`` to ``last`` in ``table`` (four two-bit counts a byte); ``old`` ones only where counted before."""
    mask = (np.uint64(1) << np.uint64(64 - shift)) - np.uint64(1)
    for d in range(first, last):
        begin, end = doc_start[d], doc_start[d + 1]
        h = np.uint64(0)
        for i in range(begin, end):
            h = h * BASE + np.uint64(hashes[i])
            if i - begin >= SEED:
                h -= ROLL * np.uint64(hashes[i - SEED])
            if i - begin >= SEED - 1:
                slot = ((h ^ (h >> np.uint64(29))) * MIX) >> np.uint64(shift)
                slot &= mask
                byte = np.int64(slot >> np.uint64(2))
                bit = np.uint8((slot & np.uint64(3)) << np.uint64(1))
                now = (table[byte] >> bit) & np.uint8(3)
                if old:
                    if now == 1:
                        table[byte] |= np.uint8(2) << bit
                elif now == 0:
                    table[byte] |= np.uint8(1) << bit
                elif now == 1:
                    table[byte] |= np.uint8(2) << bit


@compiled
def keep(hashes: Any, weights: Any, doc_start: Any, first: int, last: int, table: Any, shift: int, keys: Any, entries: Any) -> int:
    """Write the repeated grams of documents: ``hash << 32 | place`` into ``keys`` (uint64), their first word into ``entries`` (uint32); how many.

    Grams with fewer than two content words are left out. What does not fit is counted, not written.
    """
    at = 0
    mask = (np.uint64(1) << np.uint64(64 - shift)) - np.uint64(1)
    for d in range(first, last):
        begin, end = doc_start[d], doc_start[d + 1]
        h = np.uint64(0)
        worth = 0
        for i in range(begin, end):
            h = h * BASE + np.uint64(hashes[i])
            worth += weights[i]
            if i - begin >= SEED:
                h -= ROLL * np.uint64(hashes[i - SEED])
                worth -= weights[i - SEED]
            if i - begin >= SEED - 1:
                mixed = (h ^ (h >> np.uint64(29))) * MIX
                slot = (mixed >> np.uint64(shift)) & mask
                byte = np.int64(slot >> np.uint64(2))
                bit = np.uint8((slot & np.uint64(3)) << np.uint64(1))
                if (table[byte] >> bit) & np.uint8(2) and worth >= WORTH:
                    if at < keys.size:
                        keys[at] = (mixed & np.uint64(0xFFFFFFFF00000000)) | np.uint64(at)
                        entries[at] = i - SEED + 1
                    at += 1
    return at


@compiled
def radix(keys: Any, spare: Any) -> None:
    """Sort ``keys`` (uint64) by their upper 32 bits, equal ones staying in order; three passes of 11 bits, ``spare`` of the same size."""
    source, target = keys, spare
    for turn in range(3):
        shift = np.uint64(32 + 11 * turn)
        places = np.zeros(2049, np.int64)
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


@compiled
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
                group_of[keys[k] & np.uint64(0xFFFFFFFF)] = groups
            groups += 1
        else:
            group_of[keys[i] & np.uint64(0xFFFFFFFF)] = -1
        i = end
    return groups
