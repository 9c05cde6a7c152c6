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

from .kernels import compiled, entry
from .kernels_pairs import AGAIN_WEIGHT, CHANCE_WEIGHT, SOME_WEIGHT, aligned, closer, grams_of, measure, order_by, seeded
from .reuse_align import SEED
from .reuse_judge import RUN

LIVE = 32
"""Places of a gram that are remembered: the first half for good, the rest the latest. 64 find no pair more among 200,000 texts or in a story of 304
pages and take a fifth longer; 16 lose one pair in a hundred of the story."""

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
    hashes: Any, weights: Any, entries: Any, groups: Any, first: int, last: int, group_start: Any, live: Any, live_doc: Any, filled: Any,
    seeds: Any,
) -> tuple[int, int, int]:  # fmt: skip
    """Write the seeds of a document's entries from ``first`` to ``last``: rows of a word before, a word of the document, the document before.

    How many, the entry to go on with, and a sum of no use: reading the words here, where nothing waits for them, has them at hand when they are.
    """
    n, e = 0, first
    while e < last and n + LIVE < seeds.shape[0]:
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
    hashes: Any, weights: Any, doc_start: Any, d: int, entries: Any, groups: Any, e0: int, e1: int, group_start: Any, live: Any, live_doc: Any,
    filled: Any, known: Any, known_to: Any, epoch: Any, seeds: Any, segs: Any,
) -> int:  # fmt: skip
    """Segments of document ``d`` with the documents on the live lists: rows a, b, length, document of a, most weight; how many were written."""
    count = used = total = 0
    for e in range(e0, e1):
        if groups[e] >= 0:
            total += filled[groups[e]]
    slots = 1024
    while slots < min(2 * total, DIAGONALS):  # a table no larger than the document needs stays in the processor's cache
        slots *= 2
    at = e0
    while at < e1:
        n, at, seeds[seeds.shape[0] - 1, 0] = gather(hashes, weights, entries, groups, at, e1, group_start, live, live_doc, filled, seeds)
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


@entry(
    "u4* u1* u1* i8* i8 i8 i8 u4* i4* i8* i8* u4* i4* i4* i4* i4* i4* i8** i8* i8* i4* i8** i8** i8** i8** i8** i8** u8* i8* i8* i8* i8** i8** i8* -> i8"
)
def link(
    hashes: Any, weights: Any, info: Any, doc_start: Any, first: int, last: int, asking: int, entries: Any, groups: Any, entry_start: Any,
    group_start: Any, live: Any, live_doc: Any, filled: Any, represented: Any, next_member: Any, members: Any, marks: Any, known: Any,
    known_to: Any, epoch: Any, segs: Any, ordered: Any, more: Any, seeds: Any, near_seeds: Any, work: Any, keys: Any, at: Any, reach: Any,
    figures: Any, out_pairs: Any, out_segs: Any, used: Any,
) -> int:  # fmt: skip
    """Link documents ``first`` to ``last``; the document it stopped at, for want of room in the outputs.

    Documents before ``asking`` are only remembered. ``out_pairs`` rows: a, b, first segment, segments, then the seven figures of ``measure``;
    ``out_segs`` rows: a, b, length. ``used``: pairs written, segments written, stamps used. Documents of a cluster hang on their
    representative by ``next_member`` (-1 at the end), ``members`` counts them. What else is written on is made by ``index.desk``.
    """
    for d in range(first, last):
        if used[0] + 4 * CLUSTER * 64 > out_pairs.shape[0] or used[1] + 2 * SEGMENTS > out_segs.shape[0]:
            return d
        e0, e1 = entry_start[d], entry_start[d + 1]
        if d >= asking and e1 > e0:
            count = find(
                hashes, weights, doc_start, d, entries, groups, e0, e1, group_start, live, live_doc, filled, known, known_to, epoch, seeds, segs,
            )  # fmt: skip
            for k in range(count):
                work[4, k] = segs[k, 3]
            order_by(work[4], count, work[2], work[3])
            for k in range(count):
                for c in range(segs.shape[1]):
                    ordered[k, c] = segs[work[2, k], c]
            size = s = 0
            while s < count:
                o = ordered[s, 3]
                end, most, longest = s, AGAIN_WEIGHT - CHANCE_WEIGHT, 0
                while end < count and ordered[end, 3] == o:
                    most += max(0, ordered[end, 4] - AGAIN_WEIGHT)
                    longest = max(longest, ordered[end, 2])
                    end += 1
                if most >= SOME_WEIGHT or longest >= RUN:
                    near = accept(hashes, weights, info, doc_start, o, d, ordered, s, end, marks, more, near_seeds, work, figures, out_pairs, out_segs, used)
                    near &= figures[4] >= NEAR * (doc_start[o + 1] - doc_start[o]) and figures[5] >= NEAR * (doc_start[d + 1] - doc_start[d])
                    if next_member[o] >= 0 and members[o] < CLUSTER:
                        if size == 0:
                            size = grams_of(hashes, weights, doc_start[d], doc_start[d + 1], keys, at)
                        m = np.int64(next_member[o])
                        while m >= 0:
                            n = aligned(hashes, weights, doc_start, m, d, keys, at, size, reach, segs)
                            accept(hashes, weights, info, doc_start, m, d, segs, 0, n, marks, more, near_seeds, work, figures, out_pairs, out_segs, used)
                            m = np.int64(next_member[m])
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
    hashes: Any, weights: Any, info: Any, doc_start: Any, a: int, b: int, segs: Any, first: int, last: int, marks: Any, more: Any,
    near_seeds: Any, work: Any, figures: Any, out_pairs: Any, out_segs: Any, used: Any,
) -> bool:  # fmt: skip
    """Measure a pair and write it down where it is one text; False where it is not, or where there is no room."""
    if first == last or used[0] >= out_pairs.shape[0] or used[1] + last - first > out_segs.shape[0]:
        return False
    used[2] += 1
    if not measure(hashes, weights, info, segs, first, last, doc_start[a], doc_start[b], marks, used[2], work, figures):
        if figures[0] < SOME_WEIGHT:
            return False
        segs, first, last = more, 0, closer(hashes, weights, doc_start, a, b, segs, first, last, more, near_seeds)
        used[2] += 1
        if not measure(hashes, weights, info, segs, first, last, doc_start[a], doc_start[b], marks, used[2], work, figures):
            return False
    row = used[0]
    out_pairs[row, 0], out_pairs[row, 1], out_pairs[row, 2], out_pairs[row, 3] = a, b, used[1], last - first
    for k in range(7):
        out_pairs[row, 4 + k] = figures[k]
    for s in range(first, last):
        if segs[s, 2] > 0:
            out_segs[used[1], 0], out_segs[used[1], 1], out_segs[used[1], 2] = segs[s, 0], segs[s, 1], segs[s, 2]
            used[1] += 1
    out_pairs[row, 3] = used[1] - out_pairs[row, 2]
    used[0] += 1
    return True
