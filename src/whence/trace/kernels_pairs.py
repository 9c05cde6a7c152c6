"""What a pair of documents shares, compiled: the segments of ``reuse_align`` and the measure of ``reuse_judge``, on arrays.

Words are places in the arrays of all documents; document ``d`` has the words ``doc_start[d]`` to ``doc_start[d + 1]``.
"""

# mypy: disable-error-code="assignment, no-any-return"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from . import reuse_align
from .kernels import compiled
from .kernels_grams import BASE, ROLL
from .kernels_words import QUOTED
from .reuse_align import APART, DROP, MISMATCH, NEARBY, OTHER_NUMBER, SEED, SHIFT, WORTH
from .reuse_judge import AGAIN, CHANCE, ENOUGH, RUN, SOME
from .reuse_words import CONTENT, NUMBER

RUNS = 16
"""Places that are sorted by insertion before they are merged."""

FAR = DROP // MISMATCH + 1
"""Words that differ, one after another, at which an extension stops."""

CHANCE_WEIGHT, AGAIN_WEIGHT, ENOUGH_WEIGHT, SOME_WEIGHT = (int(n * CONTENT) for n in (CHANCE, AGAIN, ENOUGH, SOME))

extend = compiled(reuse_align.extend)
nearby = compiled(reuse_align.nearby)


@compiled
def order_by(key: Any, n: int, order: Any, spare: Any) -> None:
    """Write the places 0 to ``n`` into ``order`` in the order of their ``key`` (int64), equal ones staying as they are: a merge sort."""
    for k in range(n):
        order[k] = k
    for start in range(0, n, RUNS):
        for k in range(start + 1, min(start + RUNS, n)):
            place = order[k]
            at = k
            while at > start and key[order[at - 1]] > key[place]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = place
    width = RUNS
    while width < n:
        for start in range(0, n, 2 * width):
            i, mid, end = start, min(start + width, n), min(start + 2 * width, n)
            j = mid
            for k in range(start, end):
                if i < mid and (j >= end or key[order[i]] <= key[order[j]]):
                    spare[k] = order[i]
                    i += 1
                else:
                    spare[k] = order[j]
                    j += 1
        for k in range(n):
            order[k] = spare[k]
        width *= 2


@compiled
def closer(hashes: Any, weights: Any, doc_start: Any, a: int, b: int, segs: Any, first: int, last: int, out: Any, seeds: Any) -> int:
    """Copy the segments of a pair to ``out`` and add those that shorter seeds near them give; how many there are.

    Written on: ``seeds`` int64, ``MOST`` rows of two.
    """
    a0, b0 = doc_start[a], doc_start[b]
    words_a, words_b, worth = hashes[a0 : doc_start[a + 1]], hashes[b0 : doc_start[b + 1]], weights[a0 : doc_start[a + 1]]
    found = 0
    count = min(last - first, out.shape[0])
    for s in range(count):
        for c in range(out.shape[1]):
            out[s, c] = segs[first + s, c]
        found = nearby(words_a, words_b, worth, segs[first + s, 0] - a0, segs[first + s, 1] - b0, segs[first + s, 2], seeds, found)
    for n in range(found):
        i, j = seeds[n, 0], seeds[n, 1]
        known = count == out.shape[0]
        for s in range(count):
            known = known or (out[s, 1] - b0 - (out[s, 0] - a0) == j - i and out[s, 0] - a0 <= i < out[s, 0] - a0 + out[s, 2])
        if not known:
            left, right, _ = extend(words_a, words_b, worth, i, j, NEARBY, (0, len(words_a), 0, len(words_b)))
            out[count, 0], out[count, 1], out[count, 2] = a0 + i - left, b0 + j - left, left + right
            count += 1
    return count


@compiled
def strength(hashes: Any, weights: Any, info: Any, a: int, b: int, length: int, own: bool) -> tuple[int, int]:
    """Weight that a segment shares (in sixths of a content word), and its longest run of equal words; ``own`` leaves quotations out."""
    score = run = longest = 0
    for k in range(length):
        if own and (info[a + k] | info[b + k]) & QUOTED:
            run = 0
        elif hashes[a + k] != hashes[b + k]:
            score -= OTHER_NUMBER if weights[a + k] == NUMBER and weights[b + k] == NUMBER else MISMATCH
            run = 0
        else:
            weight = np.int64(min(weights[a + k], weights[b + k]))
            score += weight
            if weight > 0:
                run += 1
                longest = max(longest, run)
    return max(0, score), longest


@compiled
def alone(hashes: Any, i: int, j: int, bounds: Any) -> bool:
    """True where no word within ``FAR`` of a seed is the same in both texts, which ``extend`` would find too, a word at a time: most seeds are chance."""
    first_a, end_a, first_b, end_b = bounds
    if i - first_a < FAR or j - first_b < FAR or end_a - i < SEED + FAR or end_b - j < SEED + FAR:
        return False
    a, b = np.uint64(i), np.uint64(j)
    same = np.uint32(0)
    for k in range(1, FAR + 1):
        same |= np.uint32(hashes[a - np.uint64(k)] == hashes[b - np.uint64(k)])
    for k in range(SEED, SEED + FAR):
        same |= np.uint32(hashes[a + np.uint64(k)] == hashes[b + np.uint64(k)])
    return same == 0


@compiled
def seeded(hashes: Any, weights: Any, doc_start: Any, a: int, b: int, i: int, j: int, reached: int) -> tuple[int, int, int, int]:
    """The segment through the seed at words ``i`` and ``j`` of documents ``a`` and ``b``: its places in both, its length, the most it can weigh.

    ``reached`` is the word of ``b`` up to which this diagonal is known.
    """
    bounds = (doc_start[a], doc_start[a + 1], doc_start[b], doc_start[b + 1])
    if alone(hashes, i, j, bounds):
        left, right, weight = 0, SEED, 0
        for k in range(SEED):
            weight += weights[i + k]
    else:
        left, right, weight = extend(hashes, hashes, weights, i, j, SEED, bounds)
    left = min(left, j - reached)
    return i - left, j - left, left + right, weight


@compiled
def measure(
    hashes: Any, weights: Any, info: Any, segs: Any, first: int, last: int, a0: int, b0: int, marks: Any, stamp: int, work: Any, out: Any
) -> bool:
    """Measure a pair of documents that begin at words ``a0`` and ``b0`` by its segments (rows a, b, length); True where they are one text.

    Segments that repeat words of a stronger one get length 0. ``out`` int64: strength, run, own strength, own run, matched words of a, of b,
    words spanned in a. ``marks`` (two rows as long as the longest document) remembers by ``stamp`` which words were counted. Written on: ``work``
    int64, five rows with a place a segment.
    """
    for k in range(out.size):
        out[k] = 0
    value, order, spare, key = work[0:2], work[2], work[3], work[4]
    most = 0
    for s in range(first, last):
        value[1, s - first] = 0
        value[0, s - first], longest = strength(hashes, weights, info, segs[s, 0], segs[s, 1], segs[s, 2], False)
        most += max(0, value[0, s - first] - AGAIN_WEIGHT)
        out[1] = max(out[1], longest)
    most = beyond(most + AGAIN_WEIGHT)  # no chain of these segments can weigh more
    if not one_text(out[1], most) and most < SOME_WEIGHT:
        return False
    out[1] = 0
    for n in range(last - first):
        key[n] = -value[0, n]
    order_by(key, last - first, order, spare)
    for ranked in range(last - first):
        n = order[ranked]
        s = first + n
        a, b, length = segs[s, 0], segs[s, 1], segs[s, 2]
        old_a = old_b = 0
        for k in range(length):
            old_a += marks[0, a - a0 + k] == stamp
            old_b += marks[1, b - b0 + k] == stamp
        if value[0, n] <= AGAIN_WEIGHT or 2 * old_a >= length or 2 * old_b >= length:
            segs[s, 2] = value[0, n] = 0
            continue
        for k in range(length):
            new_a, new_b = marks[0, a - a0 + k] != stamp, marks[1, b - b0 + k] != stamp
            out[6] += new_a
            if hashes[a + k] == hashes[b + k]:
                out[4] += new_a
                out[5] += new_b
            marks[0, a - a0 + k] = stamp
            marks[1, b - b0 + k] = stamp
        out[1] = max(out[1], strength(hashes, weights, info, a, b, length, False)[1])
        value[1, n], longest = strength(hashes, weights, info, a, b, length, True)
        out[3] = max(out[3], longest)
    for n in range(last - first):
        key[n] = segs[first + n, 0]
    order_by(key, last - first, order, spare)
    out[0], out[2] = chained(segs, first, last, order, value[0]), chained(segs, first, last, order, value[1])
    return one_text(out[1], out[0])


@compiled
def chained(segs: Any, first: int, last: int, order: Any, value: Any) -> int:
    """Weight beyond chance of segments in the order of their first text: ``reuse_judge.chained``."""
    total = chain = end_a = end_b = 0
    for ranked in range(last - first):
        n = order[ranked]
        if value[n] > 0:
            s = first + n
            gap_a, gap_b = segs[s, 0] - end_a, segs[s, 1] - end_b
            if chain > 0 and 0 <= gap_a <= APART and 0 <= gap_b <= APART and abs(gap_a - gap_b) <= SHIFT:
                chain += max(0, value[n] - AGAIN_WEIGHT)
            else:
                total += beyond(chain)
                chain = value[n]
            end_a, end_b = segs[s, 0] + segs[s, 2], segs[s, 1] + segs[s, 2]
    return total + beyond(chain)


@compiled
def beyond(chain: int) -> int:
    """``reuse_judge.beyond``."""
    return max(0, chain - CHANCE_WEIGHT)


@compiled
def one_text(run: int, strength: int) -> bool:
    """``reuse_judge.one_text`` for strength in sixths of a content word."""
    return (run >= RUN and strength > 0) or strength >= ENOUGH_WEIGHT


@compiled
def grams_of(hashes: Any, weights: Any, begin: int, end: int, keys: Any, at: Any) -> int:
    """A document's grams in a table probed by hash: ``keys`` (uint64, 0 empty) and the word each first stands at; how many places it has."""
    size = 16
    while size < 2 * (end - begin):
        size *= 2
    for k in range(size):
        keys[k] = 0
    h = np.uint64(0)
    worth = 0
    for i in range(begin, end):
        h = h * BASE + np.uint64(hashes[i])
        worth += weights[i]
        if i - begin >= SEED:
            h -= ROLL * np.uint64(hashes[i - SEED])
            worth -= weights[i - SEED]
        if i - begin >= SEED - 1 and worth >= WORTH:
            slot = np.int64((h ^ (h >> np.uint64(29))) & np.uint64(size - 1))
            while keys[slot] != 0 and keys[slot] != h:
                slot = (slot + 1) % size
            if keys[slot] == 0:
                keys[slot] = h
                at[slot] = i - SEED + 1
    return size


@compiled
def aligned(hashes: Any, weights: Any, doc_start: Any, a: int, b: int, keys: Any, at: Any, size: int, reach: Any, segs: Any) -> int:
    """Segments of documents ``a`` and ``b`` (whose grams are in ``size`` places of ``keys`` and ``at``), for a pair no index has seen; how many.

    ``reach`` int64, a place a diagonal of the pair, is all zero before and after.
    """
    begin, end = doc_start[a], doc_start[a + 1]
    turn = end - 1
    count = 0
    h = np.uint64(0)
    for i in range(begin, end):
        h = h * BASE + np.uint64(hashes[i])
        if i - begin >= SEED:
            h -= ROLL * np.uint64(hashes[i - SEED])
        if i - begin < SEED - 1:
            continue
        slot = np.int64((h ^ (h >> np.uint64(29))) & np.uint64(size - 1))
        while keys[slot] != 0 and keys[slot] != h:
            slot = (slot + 1) % size
        if keys[slot] == 0:
            continue
        p, j = i - SEED + 1, at[slot]
        diagonal = (j - doc_start[b]) - p + turn
        if reach[diagonal] >= j + SEED or count >= segs.shape[0]:
            continue
        segs[count, 0], segs[count, 1], segs[count, 2], _ = seeded(hashes, weights, doc_start, a, b, p, j, max(reach[diagonal], doc_start[b]))
        reach[diagonal] = segs[count, 1] + segs[count, 2]
        count += 1
    for k in range(doc_start[b + 1] - doc_start[b] + end - begin):
        reach[k] = 0
    return count
