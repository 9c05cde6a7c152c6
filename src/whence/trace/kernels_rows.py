"""A corpus as long rows, compiled: one gram in four of every text, and pairs of texts read again, wherever they were found."""

# mypy: disable-error-code="assignment, no-any-return, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import entry
from .kernels_grams import BLOCK, INSIDE, grams
from .kernels_link import SEGMENTS, accept
from .kernels_pairs import aligned, grams_of
from .reuse_align import SEED

SAMPLE = np.uint64(62)
"""A gram is a row where the two upper bits of its hash are zero: the same one in four in every text, and a positive number in SQL."""

NEXT = 12
"""Rows of a set phrase with no more words than this between them are one phrase: of 12 grams running one is a row, but for 3 times in 100."""


@entry("u4* u1* u1* i8* i4* i8* i4* u8* i4* u8* u4* -> i8")
def sample(
    hashes: Any, weights: Any, info: Any, doc_start: Any, text: Any, gram: Any, place: Any, seen: Any, epoch: Any, mixed: Any, words: Any
) -> int:
    """Write the sampled grams of all documents, each once a document, in the order in which they stand; how many.

    ``text`` int32 the document, ``gram`` int64 the hash, ``place`` int32 its first word, counted in its document. There is to be room for a row a word.
    Written on: ``seen`` uint64 and ``epoch`` int32 (all -1), a power of two of places and one at least for a word of the longest document; ``mixed``
    uint64 and ``words`` uint32 as for ``kernels_grams.count``.
    """
    n = 0
    mask = np.int64(seen.size - 1)
    for d in range(doc_start.size - 1):
        begin, end = doc_start[d], doc_start[d + 1]
        for i in range(begin, end, BLOCK):
            found = grams(hashes, weights, info, begin, end, i, mixed, words)
            for k in range(found):
                if mixed[k] >> SAMPLE == np.uint64(0):
                    slot = np.int64(mixed[k] >> np.uint64(20)) & mask
                    while epoch[slot] == d and seen[slot] != mixed[k]:
                        slot = (slot + 1) & mask
                    if epoch[slot] != d:
                        epoch[slot] = d
                        seen[slot] = mixed[k]
                        text[n], gram[n], place[n] = d, np.int64(mixed[k]), np.int64(words[k] & np.uint32(INSIDE - 1)) - begin
                        n += 1
    return n


@entry("u1* i8* i4* i4*")
def put_aside(weights: Any, doc_start: Any, text: Any, place: Any) -> None:
    """Weight 0 for the words of set phrases: rows of ``text`` and ``place`` in order, those near one another joined."""
    for r in range(text.size):
        first = doc_start[text[r]] + place[r]
        last = first + SEED
        if r + 1 < text.size and text[r + 1] == text[r] and place[r + 1] - place[r] <= NEXT:
            last = doc_start[text[r]] + place[r + 1]
        for i in range(first, min(last, doc_start[text[r] + 1])):
            weights[i] = 0


@entry("u4* u1* u1* i8* i8* i8* i8 i8** i8** i8** i8** i8** u8* i8* i8* i8* i8** i8** i8* -> i8")
def compare(
    hashes: Any, weights: Any, info: Any, doc_start: Any, a: Any, b: Any, first: int, marks: Any, segs: Any, more: Any, near_seeds: Any, work: Any,
    keys: Any, at: Any, reach: Any, figures: Any, out_pairs: Any, out_segs: Any, used: Any,
) -> int:  # fmt: skip
    """Measure the pairs ``a`` and ``b`` from number ``first`` on; the pair it stopped at, for want of room in the outputs.

    Rows of the outputs as ``kernels_link.link`` writes them, with the pair's own number in the place of ``a`` and ``b``. Pairs of one ``b`` are best
    side by side. What else is written on is made by ``index.written_on``.
    """
    last = np.int64(-1)
    size = 0
    for p in range(first, a.size):
        if used[0] + 1 > out_pairs.shape[0] or used[1] + SEGMENTS > out_segs.shape[0]:
            return p
        if b[p] != last:
            last = b[p]
            size = grams_of(hashes, weights, doc_start[last], doc_start[last + 1], keys, at)
        n = aligned(hashes, weights, doc_start, a[p], last, keys, at, size, reach, segs)
        row = used[0]
        accept(hashes, weights, info, doc_start, a[p], last, segs, 0, n, marks, more, near_seeds, work, figures, out_pairs, out_segs, used)
        if used[0] > row:
            out_pairs[row, 0] = p
            out_pairs[row, 1] = p
    return a.size
