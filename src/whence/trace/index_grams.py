"""The five words running that stand in more than one place of an index, and which of them are shared by habit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from . import kernels_formula, kernels_grams
from .reuse_align import SEED

if TYPE_CHECKING:
    from .index import Index


class Grams(msgspec.Struct, frozen=True):
    """Repeated grams in the order of the documents, arrays of one length: first word (uint32) and group (int32, -1 for none).

    ``sizes`` int32 and ``verdicts`` uint8 are of the groups: places, and text, formula or boilerplate.
    """

    entries: Any
    groups: Any
    sizes: Any
    verdicts: Any


class Habit(msgspec.Struct, frozen=True):
    """A set phrase: ``boilerplate`` of one outlet or a ``formula`` of many, where it first stands (document and words), in how many places."""

    boilerplate: bool
    document: int
    first: int
    end: int
    places: int


def repeated(index: Index, info: Any, doc_start: Any, asking: int) -> Grams:
    """The grams that stand in more than one place and, where ``asking`` is not 0, in a document from that on.

    Grams quoted somewhere are marked in ``info`` as quoted everywhere.
    """
    hashes, _, _, weights = index.arrays
    documents, fresh = doc_start.size - 1, int(doc_start[-1] - doc_start[asking])
    bits = max(10, (4 * fresh).bit_length())
    table, shift = np.empty(1 << (bits - 2), np.uint8), 64 - bits  # written over rather than given as zeros: in large pages where there are any
    table.fill(0)
    mixed, words = np.empty(kernels_grams.BLOCK + 1, np.uint64), np.empty(kernels_grams.BLOCK + 1, np.uint32)
    kept = kernels_grams.count(hashes, weights, info, doc_start, asking, documents, table, shift, False, mixed, words)
    if asking:
        kept += kernels_grams.count(hashes, weights, info, doc_start, 0, asking, table, shift, True, mixed, words)
    keys, entries = np.empty(kept + 1, np.uint64), np.empty(kept + 1, np.uint32)
    kernels_grams.keep(hashes, weights, info, doc_start, 0, documents, table, shift, keys, entries, mixed, words, np.empty(kernels_grams.BLOCK, np.uint8))
    del table
    keys, entries = keys[:kept], entries[:kept]
    kernels_grams.radix(keys, np.empty_like(keys), np.empty(2049, np.int64))
    groups, sizes = np.empty(kept, np.int32), np.empty(kept // 2 + 1, np.int32)
    count = kernels_grams.group(keys, groups, sizes)
    verdicts = np.zeros(count, np.uint8)
    kernels_formula.spread_quotations(keys, entries, info)
    outlets = np.array(index.outlets, np.int32)
    spread = max(kernels_formula.SPREAD, documents // kernels_formula.ONE_IN)
    sizes = sizes[:count].copy()
    counted, near = np.zeros(len(index.outlet_numbers) + 1, np.int32), np.empty((index.doc_start[-1] >> kernels_formula.NEAREST) + 1, np.int32)
    members = [np.empty(int(sizes.max(initial=0)), np.int64) for _ in range(2)]
    kernels_formula.judge(keys, entries, hashes, weights, info, doc_start, outlets, spread, verdicts, counted, near, *members)
    return Grams(entries, groups, sizes, verdicts)


def set_aside(grams: Grams, weights: Any, doc_start: Any) -> tuple[Any, Any, Any]:
    """First words, groups and group sizes once habits are taken out: their group is -1, their ``weights`` are 0; groups in the order they are met."""
    entry_start = np.searchsorted(grams.entries, doc_start.astype(np.uint32)).astype(np.int64)
    numbers, sizes = np.full(grams.sizes.size, -1, np.int32), np.empty(grams.sizes.size, np.int32)
    left = kernels_formula.set_aside(doc_start, entry_start, grams.entries, grams.groups, grams.verdicts, weights, numbers, sizes)
    return grams.entries, grams.groups, sizes[:left]


def habits(index: Index) -> Iterator[Habit]:
    """Every set phrase of an index once, where it first stands, longest stretches whole; in the order of the documents."""
    doc_start = np.array(index.doc_start, np.int64)
    grams = repeated(index, index.arrays[2][: index.doc_start[-1]].copy(), doc_start, 0)
    chosen = np.flatnonzero(grams.groups >= 0)
    chosen = chosen[np.sort(np.unique(grams.groups[chosen], return_index=True)[1])]  # each group where it first stands
    verdict = grams.verdicts[grams.groups[chosen]]
    chosen, verdict = chosen[verdict > 0], verdict[verdict > 0]
    words, sizes = grams.entries[chosen].astype(np.int64), grams.sizes[grams.groups[chosen]]
    document = np.searchsorted(doc_start, words, side="right") - 1
    begins = np.ones(words.size, bool)
    begins[1:] = (np.diff(words) > 1) | (np.diff(document) > 0) | (np.diff(verdict.astype(np.int16)) != 0)
    edges = np.append(np.flatnonzero(begins), words.size)
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        last = int(words[end - 1]) + SEED
        kind = bool(verdict[begin] == kernels_formula.BOILERPLATE)
        yield Habit(kind, int(document[begin]), int(words[begin]), last, int(sizes[begin:end].min()))
