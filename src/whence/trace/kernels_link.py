"""Every pair of documents that shares text, one document at a time against those before it.

A gram's *live* list holds the words of earlier documents at which it stands. A document nearly all of which stands in an earlier one, and the
other way round, is *represented* by that one and kept out of the lists: five thousand copies of one text cost five thousand comparisons.
Members of such a cluster are still compared with each other, up to ``CLUSTER`` of them.
"""

# mypy: disable-error-code="assignment, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled
from .kernels_pairs import AGAIN_WEIGHT, CHANCE_WEIGHT, SOME_WEIGHT, aligned, closer, grams_of, measure, seeded
from .reuse_align import MOST, SEED
from .reuse_judge import RUN

LIVE = 64
"""Places of a gram that are remembered: the first half for good, the rest the latest."""

CLUSTER = 50
"""Members of a cluster that are compared pair by pair."""

NEAR = 0.9
"""Share of both documents in each other from which one represents the other."""

SEGMENTS = 1 << 16
"""Segments of one document that are kept before they are measured."""

SEEDS = 1 << 12
"""Seeds of one document that are gathered before they are followed."""

DIAGONALS = 1 << 20
"""Diagonals of one document that are remembered."""


@compiled
def remember(live: Any, live_doc: Any, filled: Any, begin: int, room: int, g: int, word: int, doc: int) -> None:
    """Put a word on a gram's live list: at most four places a document, the latter half overwritten in turn."""
    n = filled[g]
    if n >= 4 and n <= room and live_doc[begin + n - 4] == doc:
        return
    at = n if n < room else room // 2 + n % (room - room // 2)
    live[begin + at] = word
    live_doc[begin + at] = doc
    filled[g] = n + 1


@compiled
def gather(
    hashes: Any, weights: Any, entries: Any, groups: Any, first: int, group_start: Any, live: Any, live_doc: Any, filled: Any, seeds: Any,
) -> tuple[int, int, int]:  # fmt: skip
    """Write the seeds of a document from entry ``first`` on: rows of a word before, a word of the document, the document before.

    How many, the entry to go on with, and a sum of no use: reading the words here, where nothing waits for them, has them at hand when they are.
    """
    n, e = 0, first
    while e < entries.size and n + LIVE <= seeds.shape[0]:
        g = groups[e]
        if g >= 0:
            begin = group_start[g]
            for t in range(begin, begin + min(np.int64(filled[g]), group_start[g + 1] - begin)):
                seeds[n, 0], seeds[n, 1], seeds[n, 2] = live[t], entries[e], live_doc[t]
                n += 1
        e += 1
    read = np.uint64(0)
    for k in range(n):
        read += np.uint64(hashes[seeds[k, 0]]) + np.uint64(weights[seeds[k, 0]])
    return n, e, np.int64(read)


@compiled
def find(
    hashes: Any, weights: Any, doc_start: Any, d: int, entries: Any, groups: Any, group_start: Any, live: Any, live_doc: Any,
    filled: Any, known: Any, known_to: Any, epoch: Any, seeds: Any, segs: Any,
) -> int:  # fmt: skip
    """Segments of document ``d`` with the documents on the live lists: rows a, b, length, document of a, most weight; how many were written."""
    count = used = total = 0
    for e in range(entries.size):
        if groups[e] >= 0:
            total += filled[groups[e]]
    slots = 1024
    while slots < min(2 * total, DIAGONALS):  # a table no larger than the document needs stays in the processor's cache
        slots *= 2
    at = 0
    while at < entries.size:
        n, at, seeds[seeds.shape[0] - 1, 0] = gather(hashes, weights, entries, groups, at, group_start, live, live_doc, filled, seeds[:-1])
        for k in range(n):
            i, j = seeds[k, 0], seeds[k, 1]
            delta = j - i
            slot = ((delta * 0x9E3779B1) >> 7) & (slots - 1)
            while epoch[slot] == d + 1 and known[slot] != delta:
                slot = (slot + 1) & (slots - 1)
            fresh = epoch[slot] != d + 1
            if not fresh and known_to[slot] >= j + SEED:
                continue
            if (fresh and used >= slots // 2 + slots // 4) or count >= SEGMENTS:
                continue
            same = True
            for w in range(SEED):
                same = same and hashes[i + w] == hashes[j + w]
            if not same:
                continue
            o = seeds[k, 2]
            reached = max(known_to[slot], doc_start[d]) if not fresh else doc_start[d]
            a, b, length, weight = seeded(hashes, weights, doc_start, o, d, i, j, reached)
            if fresh:
                used += 1
                epoch[slot] = d + 1
                known[slot] = delta
            known_to[slot] = b + length
            segs[count, 0], segs[count, 1], segs[count, 2], segs[count, 3], segs[count, 4] = a, b, length, o, weight
            count += 1
    return count


@compiled
def link(
    hashes: Any, weights: Any, info: Any, doc_start: Any, first: int, last: int, asking: int, entries: Any, groups: Any, entry_start: Any,
    group_start: Any, live: Any, live_doc: Any, filled: Any, represented: Any, next_member: Any, members: Any, marks: Any, known: Any,
    known_to: Any, epoch: Any, segs: Any, out_pairs: Any, out_segs: Any, used: Any,
) -> int:  # fmt: skip
    """Link documents ``first`` to ``last``; the document it stopped at, for want of room in the outputs.

    Documents before ``asking`` are only remembered. ``out_pairs`` rows: a, b, first segment, segments, then the seven figures of ``measure``;
    ``out_segs`` rows: a, b, length. ``used``: pairs written, segments written, stamps used. Documents of a cluster hang on their
    representative by ``next_member`` (-1 at the end), ``members`` counts them.
    """
    figures, seeds = np.zeros(7, np.int64), np.empty((SEEDS, 3), np.int64)
    for d in range(first, last):
        if used[0] + 4 * CLUSTER * 64 > out_pairs.shape[0] or used[1] + 2 * SEGMENTS > out_segs.shape[0]:
            return d
        e0, e1 = entry_start[d], entry_start[d + 1]
        if d >= asking and e1 > e0:
            count = find(
                hashes, weights, doc_start, d, entries[e0:e1], groups[e0:e1], group_start, live, live_doc, filled, known, known_to, epoch,
                seeds, segs,
            )  # fmt: skip
            order = np.argsort(segs[:count, 3], kind="mergesort")
            sorted_segs = segs[:count][order]
            keys, at = np.zeros(0, np.uint64), np.zeros(0, np.int64)
            s = 0
            while s < count:
                o = sorted_segs[s, 3]
                end, most, longest = s, AGAIN_WEIGHT - CHANCE_WEIGHT, 0
                while end < count and sorted_segs[end, 3] == o:
                    most += max(0, sorted_segs[end, 4] - AGAIN_WEIGHT)
                    longest = max(longest, sorted_segs[end, 2])
                    end += 1
                if most >= SOME_WEIGHT or longest >= RUN:
                    near = accept(hashes, weights, info, doc_start, o, d, sorted_segs, s, end, marks, figures, out_pairs, out_segs, used)
                    near &= figures[4] >= NEAR * (doc_start[o + 1] - doc_start[o]) and figures[5] >= NEAR * (doc_start[d + 1] - doc_start[d])
                    if next_member[o] >= 0 and members[o] < CLUSTER:
                        if keys.size == 0:
                            keys, at = grams_of(hashes, weights, doc_start[d], doc_start[d + 1])
                        m = next_member[o]
                        while m >= 0:
                            reach = np.zeros(doc_start[d + 1] - doc_start[d] + doc_start[m + 1] - doc_start[m], np.int64)
                            n = aligned(hashes, weights, doc_start, m, d, keys, at, reach, segs)
                            accept(hashes, weights, info, doc_start, m, d, segs, 0, n, marks, figures, out_pairs, out_segs, used)
                            m = next_member[m]
                    if near and represented[d] < 0 and represented[o] < 0:
                        represented[d] = o
                        next_member[d] = next_member[o]
                        next_member[o] = d
                        members[o] += 1
                s = end
        if represented[d] < 0:
            for e in range(e0, e1):
                g = groups[e]
                if g >= 0:
                    remember(live, live_doc, filled, group_start[g], group_start[g + 1] - group_start[g], g, entries[e], d)
    return last


@compiled
def accept(
    hashes: Any, weights: Any, info: Any, doc_start: Any, a: int, b: int, segs: Any, first: int, last: int, marks: Any, figures: Any,
    out_pairs: Any, out_segs: Any, used: Any,
) -> bool:  # fmt: skip
    """Measure a pair and write it down where it is one text; False where it is not, or where there is no room."""
    if first == last or used[0] >= out_pairs.shape[0] or used[1] + last - first > out_segs.shape[0]:
        return False
    used[2] += 1
    if not measure(hashes, weights, info, segs, first, last, doc_start[a], doc_start[b], marks, used[2], figures):
        if figures[0] < SOME_WEIGHT:
            return False
        more = np.empty((last - first + MOST, segs.shape[1]), np.int64)
        segs, first, last = more, 0, closer(hashes, weights, doc_start, a, b, segs, first, last, more)
        used[2] += 1
        if not measure(hashes, weights, info, segs, first, last, doc_start[a], doc_start[b], marks, used[2], figures):
            return False
    row = used[0]
    out_pairs[row, 0], out_pairs[row, 1], out_pairs[row, 2], out_pairs[row, 3] = a, b, used[1], last - first
    out_pairs[row, 4:11] = figures
    for s in range(first, last):
        if segs[s, 2] > 0:
            out_segs[used[1], 0], out_segs[used[1], 1], out_segs[used[1], 2] = segs[s, 0], segs[s, 1], segs[s, 2]
            used[1] += 1
    out_pairs[row, 3] = used[1] - out_pairs[row, 2]
    used[0] += 1
    return True
