"""A corpus as long rows, compiled: one gram in four of every text, and pairs of texts read again, wherever in the world they were found."""

# mypy: disable-error-code="assignment, no-any-return, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled
from .kernels_grams import BLOCK, INSIDE, grams
from .kernels_link import SEGMENTS, accept
from .kernels_pairs import aligned, grams_of
from .reuse_align import SEED

SAMPLE = np.uint64(62)
"""A gram is a row where the two upper bits of its hash are zero: the same one in four in every text, and a positive number in SQL."""

NEXT = 12
"""Rows of a set phrase with no more words than this between them are one phrase: of 12 grams running one is a row, but for 3 times in 100."""


@compiled
def sample(hashes: Any, weights: Any, info: Any, doc_start: Any, text: Any, gram: Any, place: Any) -> int:
    """Write the sampled grams of all documents, each once a document, in the order in which they stand; how many.

    ``text`` int32 the document, ``gram`` int64 the hash, ``place`` int32 its first word, counted in its document. There is to be room for a row a word.
    """
    n = 0
    mixed, words = np.empty(BLOCK + 1, np.uint64), np.empty(BLOCK + 1, np.uint32)
    longest = 16
    for d in range(doc_start.size - 1):
        longest = max(longest, doc_start[d + 1] - doc_start[d])
    bits = 4
    while 1 << bits < longest:
        bits += 1
    seen, epoch = np.zeros(1 << bits, np.uint64), np.full(1 << bits, -1, np.int32)
    mask = np.int64((1 << bits) - 1)
    for d in range(doc_start.size - 1):
        begin, end = doc_start[d], doc_start[d + 1]
        for i in range(begin, end, BLOCK):
            found = grams(hashes, weights, info, begin, end, i, mixed, words)
            for k in range(found):
                if mixed[k] >> SAMPLE:
                    continue
                slot = np.int64(mixed[k] >> np.uint64(20)) & mask
                while epoch[slot] == d and seen[slot] != mixed[k]:
                    slot = (slot + 1) & mask
                if epoch[slot] == d:
                    continue
                epoch[slot], seen[slot] = d, mixed[k]
                text[n], gram[n], place[n] = d, np.int64(mixed[k]), np.int64(words[k] & np.uint32(INSIDE - 1)) - begin
                n += 1
    return n


@compiled
def put_aside(weights: Any, doc_start: Any, text: Any, place: Any) -> None:
    """Weight 0 for the words of set phrases: rows of ``text`` and ``place`` in order, those near one another joined."""
    for r in range(text.size):
        first, last = doc_start[text[r]] + place[r], doc_start[text[r]] + place[r] + SEED
        if r + 1 < text.size and text[r + 1] == text[r] and place[r + 1] - place[r] <= NEXT:
            last = doc_start[text[r]] + place[r + 1]
        for i in range(first, min(last, doc_start[text[r] + 1])):
            weights[i] = 0


@compiled
def compare(
    hashes: Any, weights: Any, info: Any, doc_start: Any, a: Any, b: Any, first: int, marks: Any, segs: Any, out_pairs: Any, out_segs: Any, used: Any
) -> int:
    """Measure the pairs ``a`` and ``b`` from number ``first`` on; the pair it stopped at, for want of room in the outputs.

    Rows of the outputs as ``kernels_link.link`` writes them, with the pair's own number in the place of ``a``. Pairs of one ``b`` are best side by side.
    """
    figures = np.zeros(7, np.int64)
    last = np.int64(-1)
    keys, at = np.zeros(0, np.uint64), np.zeros(0, np.int64)
    for p in range(first, a.size):
        if used[0] + 1 > out_pairs.shape[0] or used[1] + segs.shape[0] > out_segs.shape[0]:
            return p
        if b[p] != last:
            last = b[p]
            keys, at = grams_of(hashes, weights, doc_start[last], doc_start[last + 1])
        reach = np.zeros(doc_start[last + 1] - doc_start[last] + doc_start[a[p] + 1] - doc_start[a[p]], np.int64)
        n = aligned(hashes, weights, doc_start, a[p], last, keys, at, reach, segs)
        row = used[0]
        accept(hashes, weights, info, doc_start, a[p], last, segs, 0, n, marks, figures, out_pairs, out_segs, used)
        if used[0] > row:
            out_pairs[row, 0], out_pairs[row, 1] = p, p
    return a.size


ROOM = SEGMENTS
"""Segments of a pair that are kept before they are measured."""
