"""Documents as arrays of words, and the pairs of them that share text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from . import kernels_link, kernels_words
from .index_grams import repeated, set_aside
from .reuse_align import MOST

BATCH = 1 << 20
"""Bytes of text read into words at a time."""

SMALL, AHEAD = 1 << 16, 1 << 25
"""From so many words on, room is made for so many at once: pages never touched take no memory. (``resize`` touches what it adds.)"""

MOST_AHEAD = 1 << 30
"""Words of a file for which room is not asked for at once."""

PAIRS, SEGMENTS = 1 << 16, 1 << 19
"""Rows of pairs and segments written at a time."""


class Known(msgspec.Struct, frozen=True, gc=False):
    """What is remembered of a document besides its words."""

    id: str
    outlet: str | None
    published: str | None


class Index:
    """The words of documents, appended in batches: parallel arrays ``hashes``, ``starts``, ``info``, ``weights`` and ``doc_start``."""

    def __init__(self) -> None:
        self.languages: dict[str, tuple[Any, ...]] = {}
        self.arrays: list[Any] = [np.empty(0, t) for t in (np.uint32, np.uint32, np.uint8, np.uint8)]
        self.doc_start: list[int] = [0]
        self.outlets: list[int] = []
        self.outlet_numbers: dict[str, int] = {}
        self.texts: list[Known] = []
        self.met: dict[str, str] = {}

    def append(self, texts: Sequence[Any]) -> None:
        """Append texts (with ``text``, ``id``, ``outlet``, ``published``, ``language``); all but the text itself is kept in ``texts``."""
        self.add([t.text for t in texts], [t.outlet for t in texts], [t.language for t in texts])
        self.texts += [Known(str(t.id), self._once(t.outlet), self._once(t.published)) for t in texts]

    def _once(self, words: str | None) -> str | None:
        """The same string where it was met before: outlets and dates recur, and each copy takes sixty bytes."""
        return words and self.met.setdefault(words, words)

    def add(self, texts: Sequence[str], outlets: Sequence[str | None], languages: Sequence[str | None] | None = None) -> None:
        """Append texts with their outlets and languages (None where unknown, which is taken for English), a megabyte at a time."""
        self.remember_outlets(outlets)
        begin = 0
        while begin < len(texts):
            end, size = begin, 0
            while end < len(texts) and (size == 0 or size + len(texts[end]) <= BATCH):
                size += len(texts[end])
                end += 1
            known = [None] * (end - begin) if languages is None else languages[begin:end]
            self._append([t.encode("utf-8", "surrogatepass") for t in texts[begin:end]], [name or "en" for name in known])
            begin = end

    def remember_outlets(self, outlets: Sequence[str | None]) -> None:
        """Give every outlet its number."""
        for outlet in outlets:
            self.outlets.append(-1 if not outlet else self.outlet_numbers.setdefault(outlet, len(self.outlet_numbers)))

    def _tables(self, language: str) -> tuple[Any, ...]:
        """What the compiled pass knows of letters and of a language's words."""
        if language not in self.languages:
            self.languages[language] = (kernels_words.letters(), kernels_words.singles(), *kernels_words.light(language))
        return self.languages[language]

    def _append(self, raw: Sequence[bytes], languages: Sequence[str]) -> None:
        data = np.frombuffer(b"\n".join([*raw, bytes(16)]), np.uint8)  # a byte between texts, and room behind the last to read eight at a time
        ends = np.cumsum([len(piece) + 1 for piece in raw], dtype=np.int64) - 1
        doc_end, at = np.empty(len(raw), np.int64), self.doc_start[-1]
        self._room(at + data.size + 1 if data.size < 4096 else at + data.size // 5 + 4096, at)
        first = 0
        for language, run in itertools.groupby(languages):
            last = first + sum(1 for _ in run)
            while first < last:
                done = kernels_words.batch(data, ends, first, last, *self._tables(language), *self.arrays, doc_end, at)
                at = int(doc_end[done - 1]) if done > first else at
                if done < last:
                    self._room(at + (int(ends[-1]) - int(ends[done - 1] if done else 0)) // 5 + len(raw[done]) // 2 + 1, at)
                first = done
        self.doc_start += doc_end.tolist()

    def expect(self, size: int) -> None:
        """Make room at once for the words of a file of so many bytes: grown step by step, arrays are copied, and stand twice meanwhile."""
        if SMALL < size // 5 < MOST_AHEAD:
            self._room(self.doc_start[-1] + size // 5, self.doc_start[-1])

    def _room(self, words: int, used: int) -> None:
        """Make room for that many words, twice as many at a time; ``used`` are written."""
        if words > self.arrays[0].size:
            size = max(words, self.arrays[0].size * 2, AHEAD if words > SMALL else 0)
            for n, array in enumerate(self.arrays):
                self.arrays[n] = np.empty(size, array.dtype)
                self.arrays[n][:used] = array[:used]

    def region(self, first: int, last: int) -> tuple[int, int]:
        """Offsets, in their document, of the words ``first`` to ``last`` (half-open)."""
        _, starts, info, _ = self.arrays
        return starts.item(first), starts.item(last - 1) + (info.item(last - 1) & 127)


class Found(msgspec.Struct, frozen=True, gc=False):
    """A pair of documents (a before b) that shares text, in figures: weights in sixths of a content word, the rest in words."""

    a: int
    b: int
    strength: int
    run: int
    own_strength: int
    own_run: int
    matched_a: int
    matched_b: int
    spanned: int
    segments: list[list[int]]
    group: int
    """The document that represents both, where ``b`` is a near-duplicate of ``a``; -1 elsewhere."""


def written_on(longest: int) -> tuple[Any, ...]:
    """What ``kernels_link.link`` writes on besides its results, for documents of at most so many words; pages never touched take no memory."""
    segments, slots = kernels_link.SEGMENTS + MOST, 1 << max(4, (2 * longest).bit_length())
    marks = np.zeros((2, longest + 1), np.int64)
    known, known_to = np.empty(kernels_link.DIAGONALS, np.int64), np.empty(kernels_link.DIAGONALS, np.int64)
    epoch = np.zeros(kernels_link.DIAGONALS, np.int32)
    segs, ordered, more = (np.empty((segments, 5), np.int64) for _ in range(3))
    seeds, near_seeds = np.empty((kernels_link.SEEDS, 3), np.int64), np.empty((MOST, 2), np.int64)
    work, keys, at = np.empty((5, segments), np.int64), np.empty(slots, np.uint64), np.empty(slots, np.int64)
    reach, figures = np.zeros(2 * longest + 1, np.int64), np.zeros(7, np.int64)
    return marks, known, known_to, epoch, segs, ordered, more, seeds, near_seeds, work, keys, at, reach, figures


def pairs(index: Index, asking: int = 0, progress: Callable[[int, int], None] | None = None, *, last: bool = False) -> Iterator[Found]:
    """Every pair that shares text of which the second document is ``asking`` or later, in the order of the second.

    ``progress`` is called with documents done and documents in all. Where this is the ``last`` use of the index, habits and quotations are marked in
    its own arrays and not in copies of them.
    """
    documents = len(index.doc_start) - 1
    doc_start = np.array(index.doc_start, np.int64)
    words = index.doc_start[-1]
    hashes, info, weights = index.arrays[0], index.arrays[2][:words], index.arrays[3][:words]
    if not last:
        info, weights = info.copy(), weights.copy()
    grams = repeated(index, info, doc_start, asking)
    entries, groups, sizes = set_aside(grams, weights, doc_start)
    room = np.minimum(sizes, kernels_link.LIVE).astype(np.int64)
    group_start = np.concatenate([np.zeros(1, np.int64), np.cumsum(room)])
    entry_start = np.searchsorted(entries, doc_start.astype(np.uint32)).astype(np.int64)
    live, live_doc = np.empty(int(group_start[-1]), np.uint32), np.empty(int(group_start[-1]), np.int32)
    filled = np.zeros(sizes.size, np.int32)
    represented, next_member = np.full(documents, -1, np.int32), np.full(documents, -1, np.int32)
    members = np.zeros(documents, np.int32)
    longest = int(np.diff(doc_start).max()) if documents else 0
    desk = written_on(longest)
    out_pairs, out_segs = np.empty((PAIRS, 11), np.int64), np.empty((SEGMENTS, 3), np.int64)
    stamps, at = 0, 0
    while at < documents:
        used = np.array([0, 0, stamps], np.int64)
        at = kernels_link.link(
            hashes, weights, info, doc_start, at, min(documents, at + 4096), asking, entries, groups, entry_start, group_start, live, live_doc,
            filled, represented, next_member, members, *desk, out_pairs, out_segs, used,
        )  # fmt: skip
        stamps = int(used[2])
        for row in out_pairs[: used[0]].tolist():
            a, b, first, count, strength, run, own_strength, own_run, matched_a, matched_b, spanned = row
            group = a if represented[b] == a else -1
            segments = out_segs[first : first + count].tolist()
            yield Found(a, b, strength, run, own_strength, own_run, matched_a, matched_b, spanned, segments, group)
        if progress:
            progress(at, documents)
