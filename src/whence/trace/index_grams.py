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
    documents, total = doc_start.size - 1, int(doc_start[-1])
    mixed, words = np.empty(kernels_grams.BLOCK + 1, np.uint64), np.empty(kernels_grams.BLOCK + 1, np.uint32)
    table, shift = np.empty(0, np.uint8), 0
    if asking:
        bits = max(10, (4 * (total - int(doc_start[asking]))).bit_length())
        table, shift = np.zeros(1 << (bits - 3), np.uint8), 64 - bits
        kernels_grams.mark(hashes, weights, info, doc_start, asking, documents, table, shift, mixed, words)
    members, sizes, marks = _grouped(index, info, doc_start, asking, table, shift, mixed, words)
    del table
    before, entries, groups = np.empty(marks.size, np.uint32), np.empty(members.size, np.uint32), np.empty(members.size, np.int32)
    kernels_grams.laid_out(marks, members, sizes, before, entries, groups)
    verdicts = np.zeros(sizes.size, np.uint8)
    kernels_formula.spread_quotations(members, sizes, info)
    outlets = np.array(index.outlets, np.int32)
    spread = max(kernels_formula.SPREAD, documents // kernels_formula.ONE_IN)
    counted, near = np.zeros(len(index.outlet_numbers) + 1, np.int32), np.empty((total >> kernels_formula.NEAREST) + 1, np.int32)
    most = [np.empty(int(sizes.max(initial=0)), np.int64) for _ in range(2)]
    kernels_formula.judge(members, sizes, hashes, weights, info, doc_start, outlets, spread, verdicts, counted, near, *most)
    return Grams(entries, groups, sizes, verdicts)


def _grouped(index: Index, info: Any, doc_start: Any, asking: int, table: Any, shift: int, mixed: Any, words: Any) -> tuple[Any, Any, Any]:
    """Members and sizes of the groups of equal grams, and a bit for every word (uint64) set where one begins."""
    hashes, _, _, weights = index.arrays
    total = int(doc_start[-1])
    bits = min(kernels_grams.MOST_PARTS, (total // kernels_grams.PART).bit_length())
    chunks = total // kernels_grams.CHUNK + (1 << bits) + 1  # pages that are never written take no memory
    rows, after = np.empty(chunks * kernels_grams.CHUNK, np.uint64), np.empty(chunks, np.int32)
    places, held = np.empty(1 << bits, np.int64), np.empty(1 << bits, np.int64)
    kernels_grams.part(hashes, weights, info, doc_start, asking, table, shift, bits, rows, after, places, held, mixed, words)
    most, every = int(held.max()) + 1, int(held.sum())
    marks, used = np.zeros((total >> 6) + 1, np.uint64), np.zeros(2, np.int64)
    members, sizes = np.empty(every, np.uint32), np.empty(every // 2 + 1, np.int32)
    desk = np.empty(most, np.uint64), np.empty(most, np.uint64), np.empty(2 * most, np.uint8), np.empty(2049, np.int64)
    kernels_grams.group(rows, after, held, int(doc_start[asking]), *desk, members, sizes, marks, used)
    return members[: used[0]], sizes[: used[1]], marks


def set_aside(grams: Grams, weights: Any, doc_start: Any) -> tuple[Any, Any, Any]:
    """First words, groups and group sizes once habits are taken out: their group is -1, their ``weights`` are 0; groups in the order they are met."""
    entry_start = np.searchsorted(grams.entries, doc_start.astype(np.uint32)).astype(np.int64)
    numbers, sizes = -1 - grams.verdicts.astype(np.int32), np.empty(grams.sizes.size, np.int32)
    left = kernels_formula.set_aside(doc_start, entry_start, grams.entries, grams.groups, weights, numbers, sizes)
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
