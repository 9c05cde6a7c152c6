"""The compiled part of signing a corpus: the tokens of texts, their terms, and the most telling of these; what ``terms`` finds, without an object a word."""

# mypy: disable-error-code="assignment, no-any-return, no-untyped-def, return-value, arg-type"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels import compiled
from .terms import (
    BACK,
    CAPITAL,
    DAY,
    DIGIT,
    ENDS,
    KIND,
    LEAD,
    LEAD_WORDS,
    LOOK_BITS,
    MONTH,
    NAME,
    NUMBER,
    NUMBERED,
    SMALL_NUMBER,
    STOP,
    WORD,
    YEAR,
    YEARLY,
)

__all__ = ["EMPTY", "END", "OFTEN", "classes", "gathered", "put", "summed", "telling", "tokens"]

OF_WORD, SINGLE, DECIMAL, ENDING, LETTER = (1 << n for n in range(5))
"""Classes of a code point: part of a word, a word by itself, a decimal digit, what ends a sentence, part of what a regular expression calls a word."""

EMPTY = np.uint64(0)
"""The key of a free place in the table of forms."""

END = 0
"""The number of the form that ends a sentence."""

OFTEN = np.minimum(15, np.round(np.log(np.maximum(1, np.arange(512))) / np.log(1.5))).astype(np.int64)
"""A count as a power of 1.5."""

_LOOK = (1 << LOOK_BITS) - 1
_POINT, _COMMA = ord("."), ord(",")


@cache
def classes() -> NDArray[np.uint8]:
    """The classes of every code point."""
    table = np.zeros(0x110000, np.uint8)
    letters = np.fromiter((chr(c).isalnum() for c in range(len(table))), bool, len(table))
    single = np.zeros(len(table), bool)
    single[0x3040:0x3100] = single[0x3400:0xA000] = True
    table[letters & ~single] |= OF_WORD
    table[single] |= SINGLE
    table[[c for c in np.flatnonzero(letters).tolist() if chr(c).isdecimal()]] |= DECIMAL
    table[letters] |= LETTER
    table[ord("_")] |= LETTER
    for c in "!?:;\n":
        table[ord(c)] |= ENDING
    return table


@compiled
def ends_sentence(points: Any, at: int, begin: int, end: int, kinds: Any) -> bool:
    """Whether a full stop ends a sentence: not after an initial or two letters that begin with a capital, nor within a word."""
    if at + 1 < end and kinds[points[at + 1]] & LETTER:
        return False
    if at > begin and 65 <= points[at - 1] <= 90:
        return at - 1 > begin and kinds[points[at - 2]] & LETTER > 0
    if at > begin + 1 and 97 <= points[at - 1] <= 122 and 65 <= points[at - 2] <= 90:
        return at - 2 > begin and kinds[points[at - 3]] & LETTER > 0
    return True


@compiled
def place_of(key: int, keys: Any) -> int:
    """Where a key stands in the table of forms, or would."""
    mask = np.uint64(keys.size - 1)
    at = key & mask
    while keys[at] != key and keys[at] != EMPTY:
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def put(key: int, number: int, keys: Any, numbers: Any) -> None:
    """Number a form."""
    at = place_of(key, keys)
    keys[at], numbers[at] = key, number


@compiled
def tokens(points: Any, bounds: Any, kinds: Any, keys: Any, numbers: Any, found: Any, begins: Any, sizes: Any, unknown: Any, counts: Any) -> int:
    """The tokens of some texts: code points ``bounds[i]`` to ``bounds[i + 1]`` of ``points``.

    ``found`` gets the number of each token's form, -1 where it is not in the table: then its hash stands in ``unknown`` (same place); ``begins`` and
    ``sizes`` where it stands; ``counts`` how many tokens a text has. How many there are in all comes back.
    """
    count = 0
    for text in range(bounds.size - 1):
        begin, end, before = bounds[text], bounds[text + 1], count
        at = begin
        while at < end:
            kind = kinds[points[at]]
            here = at
            if kind & OF_WORD:
                at += 1
                while at < end and kinds[points[at]] & OF_WORD:
                    at += 1
                while at + 1 < end and (points[at] == _POINT or points[at] == _COMMA) and kinds[points[at + 1]] & DECIMAL:
                    at += 2
                    while at < end and kinds[points[at]] & DECIMAL:
                        at += 1
            elif kind & SINGLE:
                at += 1
            elif kind & ENDING or (points[at] == _POINT and ends_sentence(points, at, begin, end, kinds)):
                at += 1
                if kind & ENDING:
                    while at < end and kinds[points[at]] & ENDING:
                        at += 1
                found[count] = END
                begins[count], sizes[count] = here, at - here
                count += 1
                continue
            else:
                at += 1
                continue
            key = np.uint64(0x2545F4914F6CDD1D)
            for p in range(here, at):
                key = (key ^ np.uint64(points[p])) * np.uint64(0x9E3779B97F4A7C15)
                key ^= key >> np.uint64(29)
            key = max(key, np.uint64(1))
            place = place_of(key, keys)
            if keys[place] == EMPTY:
                found[count] = -1
                unknown[count] = key
            else:
                found[count] = numbers[place]
            begins[count], sizes[count] = here, at - here
            count += 1
        counts[text] = count - before
    return count


@compiled
def gathered(counts: Any, found: Any, seen: Any, ends: Any, hashes: Any, marks: Any, words: Any, first: Any) -> int:
    """The terms of articles from their tokens, as ``Terms`` has them; ``counts`` are the tokens of each title and each text, ``seen`` is by form.

    The arrays for terms have room for three a token. How many terms there are comes back.
    """
    most = 1
    for k in range(ends.size):
        most = max(most, counts[2 * k] + counts[2 * k + 1])
    keys = np.empty(3 * most, np.uint64)
    kinds, leads, named, inside = np.empty(3 * most, np.uint8), np.empty(3 * most, np.bool_), np.empty(3 * most, np.bool_), np.empty(3 * most, np.bool_)
    token = np.empty(3 * most, np.int64)
    places, looks, own = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.uint32)
    total = begin = 0
    low = np.uint64(0xFFFFFFFF)
    for k in range(ends.size):
        titled, size = counts[2 * k], counts[2 * k] + counts[2 * k + 1]
        content = 0
        words[k] = 0
        opens = True
        for t in range(size):
            look, place = seen[found[begin + t]] & _LOOK, t - titled
            if look & ENDS:
                opens = True
                continue
            is_inside = place > 0 and not opens
            opens = False
            words[k] += place >= 0
            if look & STOP:
                continue
            kinds[content] = YEAR if look & YEARLY else NUMBER if look & DIGIT else WORD
            places[content], looks[content], own[content] = place, look, np.uint32(seen[found[begin + t]] >> LOOK_BITS)
            leads[content] = place < LEAD_WORDS
            named[content] = is_inside and look & CAPITAL > 0
            inside[content] = is_inside and kinds[content] == WORD
            token[content] = begin + t
            content += 1
        n = content
        for a in range(content - 1):
            b = a + 1
            if places[b] - places[a] > 2:
                continue
            x, y = looks[a], looks[b]
            if x & DIGIT and not y & DIGIT and not y & MONTH:
                own_hash, kinds[n], leads[n] = own[a] * np.uint32(31) ^ own[b], NUMBERED, leads[a]
                keys[n] = np.uint64(np.uint32(own_hash))
                n += 1
            if x & SMALL_NUMBER and y & MONTH and y & CAPITAL:
                own_hash, kinds[n], leads[n] = own[a] * np.uint32(17) ^ own[b], DAY, leads[a]
                keys[n] = np.uint64(np.uint32(own_hash))
                n += 1
            if y & SMALL_NUMBER and x & MONTH and x & CAPITAL:
                own_hash, kinds[n], leads[n] = own[b] * np.uint32(17) ^ own[a], DAY, leads[b]
                keys[n] = np.uint64(np.uint32(own_hash))
                n += 1
        for c in range(content):
            keys[c] = np.uint64(own[c])
        # within a hash, words and numbers come first, then numbers with nouns, then days
        for c in range(n):
            rank = np.uint64(0) if c < content else np.uint64(kinds[c])
            keys[c] = keys[c] << np.uint64(32) | rank << np.uint64(28) | np.uint64(c)
        ordered = np.sort(keys[:n])
        c = 0
        while c < n:
            h = ordered[c] >> np.uint64(32)
            at = np.int64(ordered[c] & np.uint64(0x0FFFFFFF))
            kind, lead, capitals, within, times = kinds[at], False, 0, 0, 0
            first[total] = token[at] if at < content else -1
            while c < n and ordered[c] >> np.uint64(32) == h:
                at = np.int64(ordered[c] & np.uint64(0x0FFFFFFF))
                lead |= leads[at]
                if at < content:
                    capitals += named[at]
                    within += inside[at]
                times += 1
                c += 1
            if kind == WORD and capitals > 0 and 2 * capitals >= within:
                kind = NAME
            hashes[total] = np.uint32(h & low)
            marks[total] = kind | (LEAD if lead else 0) | (OFTEN[min(times, OFTEN.size - 1)] << BACK)
            total += 1
        ends[k] = total
        begin += size
    return total


@compiled
def telling(ends: Any, marks: Any, rare: Any, most: int, out: Any, counts: Any) -> None:
    """The places of the ``most`` rarest words and names of each article in ``out`` (articles × most), rarest first, and in ``counts`` how many."""
    for k in range(ends.size):
        begin = ends[k - 1] if k > 0 else 0
        able = 0
        places = np.empty(ends[k] - begin, np.int64)
        for t in range(begin, ends[k]):
            if marks[t] & KIND <= NAME:
                places[able] = t
                able += 1
        values = np.empty(able, np.float32)
        for c in range(able):
            values[c] = -rare[places[c]]
        order = np.argsort(values, kind="mergesort")  # hashes ascend: of equals the lesser comes first
        counts[k] = min(able, most)
        for c in range(counts[k]):
            out[k, c] = places[order[c]]


@compiled
def summed(chosen: Any, counts: Any, rows: Any, table: Any, rare: Any, out: Any) -> None:
    """The sum of the vectors of each article's telling terms, by their rarity; ``rows`` are those of ``table``, in order."""
    n = 0
    for k in range(counts.size):
        for c in range(counts[k]):
            weight, vector = np.float64(rare[chosen[k, c]]), table[rows[n]]
            for d in range(vector.size):
                out[k, d] += np.float64(vector[d]) * weight
            n += 1
