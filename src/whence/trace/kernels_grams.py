"""Which five words running stand in more than one place: parted by hash, and each part counted, sorted and grouped in the processor's cache.

Most five words running stand once only (nine in ten in news): in each part they are counted in a table of two bits each, and those whose place
was hit once go no further. A table for all of them at once would be read and written at random in memory, which costs three times as much.
What two hashes have in common by accident is found out when the words themselves are compared.
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
ONE, TWO, THREE, HALF, HALF_WAY = (np.uint64(n) for n in (1, 2, 3, 32, 53))
ROLL, FIRST = np.uint64(pow(0x9E3779B97F4A7C15, SEED, 1 << 64)), np.uint64(pow(0x9E3779B97F4A7C15, SEED - 1, 1 << 64))

BLOCK = 256
"""Grams whose places in the table are computed before any is looked up."""

INSIDE = 1 << 31
"""Bit of a gram that stands between quotation marks; there are no more words than fit below it."""

CHUNK = 512
"""Rows of a part that lie side by side: a page of memory."""

PART, MOST_PARTS = 1 << 15, 10
"""Words of a part, about, so that it stays in the processor's cache; and how many parts there are at most, as a power of two."""

PREFIX, BUCKETS = np.uint64(42), np.uint64(2047)
"""Rows are sorted by their upper 22 bits, in two passes of 11; the few that have those in common and not the rest are then put in order."""


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


@entry("u4* u1* u1* i8* i8 i8 u1* i8 u8* u4*")
def mark(hashes: Any, weights: Any, info: Any, doc_start: Any, first: int, last: int, table: Any, shift: int, mixed: Any, words: Any) -> None:
    """Set the bit of every gram of documents ``first`` to ``last`` in ``table``: a place for each value of a hash shifted down by ``shift``.

    ``mixed`` uint64 and ``words`` uint32 are written on: ``BLOCK`` places and one.
    """
    for d in range(first, last):
        for i in range(doc_start[d], doc_start[d + 1], BLOCK):
            n = grams(hashes, weights, info, doc_start[d], doc_start[d + 1], i, mixed, words)
            for k in range(n):
                slot = mixed[k] >> np.uint64(shift)
                table[slot >> THREE] |= np.uint8(ONE << (slot & np.uint64(7)))


@entry("u4* u1* u1* i8* i8 u1* i8 i8 u8* i4* i8* i8* u8* u4*")
def part(
    hashes: Any, weights: Any, info: Any, doc_start: Any, asking: int, table: Any, shift: int, bits: int, rows: Any, after: Any, places: Any,
    held: Any, mixed: Any, words: Any,
) -> None:  # fmt: skip
    """Write the grams of all documents into parts by the upper ``bits`` of their hash, in the order of the documents.

    Those of documents before ``asking`` only where ``mark`` set their bit. ``rows`` uint64: 32 bits of the hash below those that name the part,
    ``INSIDE``, the first word. A part begins at the chunk of its number, ``after`` int32 has the chunk that follows a chunk; ``held`` int64 gets how many rows
    a part has. There is to be room for a row a word and a chunk a part. Written on: ``places`` int64, one a part; ``mixed`` and ``words`` as for ``mark``.
    """
    up, down = np.uint64(bits), np.uint64(63 - bits)
    for p in range(held.size):
        places[p] = p * CHUNK
        held[p] = 0
    free = held.size
    for d in range(doc_start.size - 1):
        for i in range(doc_start[d], doc_start[d + 1], BLOCK):
            n = grams(hashes, weights, info, doc_start[d], doc_start[d + 1], i, mixed, words)
            if d < asking:
                known = 0
                for k in range(n):
                    slot = mixed[k] >> np.uint64(shift)
                    mixed[known], words[known] = mixed[k], words[k]
                    known += np.int64((table[slot >> THREE] >> np.uint8(slot & np.uint64(7))) & np.uint8(1))
                n = known
            for k in range(n):
                p = np.int64((mixed[k] >> ONE) >> down)
                at = places[p]
                rows[at] = ((mixed[k] << up) & HIGH) | np.uint64(words[k])
                at += 1
                if at % CHUNK == 0:
                    held[p] += CHUNK
                    after[at // CHUNK - 1] = free
                    at = free * CHUNK
                    free += 1
                places[p] = at
    for p in range(held.size):
        held[p] += places[p] % CHUNK


@compiled
def once_more(rows: Any, after: Any, part: int, n: int, table: Any, kept: Any) -> int:
    """Write the rows of a part whose hash stands in it more than once, and a few more, to ``kept``; how many. ``table`` uint8: two bytes a row and one."""
    width = 2
    while (1 << width) < 4 * n and width < 32:
        width += 1
    for k in range((1 << width) >> 2):
        table[k] = 0
    down = np.uint64(64 - width)
    chunk, left = part, n
    while left > 0:
        for i in range(chunk * CHUNK, chunk * CHUNK + min(left, CHUNK)):  # without a branch, so that many places are on their way at once
            slot = rows[i] >> down
            byte, bit = slot >> TWO, (slot & THREE) << ONE
            now = (np.uint64(table[byte]) >> bit) & THREE
            table[byte] |= np.uint8((((now << ONE) | ONE) & THREE) << bit)
        left -= CHUNK
        if left > 0:
            chunk = np.int64(after[chunk])
    m = 0
    chunk, left = part, n
    while left > 0:
        for i in range(chunk * CHUNK, chunk * CHUNK + min(left, CHUNK)):
            slot = rows[i] >> down
            kept[m] = rows[i]
            m += np.int64((table[slot >> TWO] >> np.uint8((slot & THREE) << ONE)) & np.uint8(2)) >> 1
        left -= CHUNK
        if left > 0:
            chunk = np.int64(after[chunk])
    return m


@compiled
def ordered(rows: Any, n: int, spare: Any, buckets: Any) -> None:
    """Sort the first ``n`` rows by their upper 32 bits, equal ones staying in order. Written on: ``spare`` of the same size, ``buckets`` int64, 2,049."""
    source, target = rows, spare
    for turn in range(2):
        shift = PREFIX if turn == 0 else HALF_WAY
        for b in range(2049):
            buckets[b] = 0
        for i in range(n):
            buckets[((source[i] >> shift) & BUCKETS) + ONE] += 1
        for b in range(2048):
            buckets[b + 1] += buckets[b]
        for i in range(n):
            b = (source[i] >> shift) & BUCKETS
            target[buckets[b]] = source[i]
            buckets[b] += 1
        source, target = target, source
    for i in range(1, n):
        row = rows[i]
        at = i
        while at > 0 and (rows[at - 1] >> HALF) > (row >> HALF):
            rows[at] = rows[at - 1]
            at -= 1
        rows[at] = row


@entry("u8* i4* i8* i8 u8* u8* u1* i8* u4* i4* u8* i8*")
def group(
    rows: Any, after: Any, held: Any, fresh: int, kept: Any, spare: Any, table: Any, buckets: Any, members: Any, sizes: Any, bits: Any, used: Any
) -> None:
    """Write the groups of equal grams: ``members`` uint32 (first words with ``INSIDE``, groups one after another), ``sizes`` int32 of each group.

    A group has two members or more, the last of them at the word ``fresh`` or after it. ``bits`` uint64, all zero, gets a bit set a member's word; ``used``
    int64 how many members and groups there are. Written on: ``kept`` and ``spare`` uint64, as many as the largest part and one; ``table`` and
    ``buckets`` as for ``once_more`` and ``ordered``.
    """
    written = groups = 0
    for p in range(held.size):
        n = once_more(rows, after, p, held[p], table, kept)
        ordered(kept, n, spare, buckets)
        i = 0
        while i < n:
            end = i + 1
            while end < n and (kept[end] >> HALF) == (kept[i] >> HALF):
                end += 1
            if end - i > 1 and np.int64(kept[end - 1] & np.uint64(INSIDE - 1)) >= fresh:
                sizes[groups] = end - i
                groups += 1
                for k in range(i, end):
                    word = kept[k] & np.uint64(INSIDE - 1)
                    members[written] = kept[k] & np.uint64(0xFFFFFFFF)
                    bits[word >> np.uint64(6)] |= ONE << (word & np.uint64(63))
                    written += 1
            i = end
    used[0], used[1] = written, groups


@compiled
def ones(v: Any) -> int:
    """How many bits are set."""
    v -= (v >> ONE) & np.uint64(0x5555555555555555)
    v = (v & np.uint64(0x3333333333333333)) + ((v >> TWO) & np.uint64(0x3333333333333333))
    v = (v + (v >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((v * np.uint64(0x0101010101010101)) >> np.uint64(56))


@entry("u8* u4* i4* u4* u4* i4*")
def laid_out(bits: Any, members: Any, sizes: Any, before: Any, entries: Any, groups: Any) -> None:
    """Write the grams in the order of the documents: ``entries`` uint32, their first words, and ``groups`` int32, their groups' numbers.

    ``bits`` has a bit set for each of them. Written on: ``before`` uint32, a place for each of ``bits``.
    """
    n = 0
    for k in range(bits.size):
        before[k] = n
        v = bits[k]
        while v != np.uint64(0):
            lowest = v & (~v + ONE)
            entries[n] = np.uint64(k << 6) + np.uint64(ones(lowest - ONE))
            n += 1
            v ^= lowest
    at = 0
    for g in range(sizes.size):
        for k in range(at, at + sizes[g]):
            word = np.uint64(members[k] & np.uint32(INSIDE - 1))
            where = word >> np.uint64(6)
            groups[np.int64(before[where]) + ones(bits[where] & ((ONE << (word & np.uint64(63))) - ONE))] = g
        at += sizes[g]
