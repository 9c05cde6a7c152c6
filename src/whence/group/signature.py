"""What grouping keeps of an article: its terms, its date, its length and a small vector of its meaning, as a few hundred bytes."""

from __future__ import annotations

import collections
import datetime
import itertools
import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..types import Article, Value
from ..vectors import SIZE, word_vectors
from .background import usual_rarity
from .terms import KIND, NAME, Terms, terms, times

__all__ = ["NO_DAY", "TELLING", "Item", "Signatures", "directions", "item_of", "meanings_of", "packed", "signatures", "unpacked", "worth"]

NO_DAY = -(2**31)
"""The day of an article without a date."""

_FORMAT = 1
_HEAD = struct.Struct("<B3xiII")
_MOST_TERMS = 1024

TELLING = 48
"""The direction of an article is that of so many of its words and names."""

_BATCH = 512
_ALONE = 4
_MET_AT_MOST = 150_000


class Item(Value):
    """What grouping reads of an article. ``published`` is a date of ISO 8601, with or without a time, or None."""

    text: str
    title: str | None = None
    published: str | None = None


class Signatures(NamedTuple):
    """The signatures of some articles in arrays; the terms of article i are ``[starts[i], starts[i + 1])``, hashes ascending.

    ``days`` are days since 0001-01-01, or ``NO_DAY``; ``vectors`` are n × 96 in int8, of length 127 or 0.
    """

    starts: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    marks: NDArray[np.uint8]
    days: NDArray[np.int32]
    words: NDArray[np.int64]
    vectors: NDArray[np.int8]


def item_of(article: Article) -> Item:
    """What grouping reads of a cleaned article: page furniture is left out."""
    kept, at = [], 0
    for f in sorted(article.furniture, key=lambda f: f.start):
        kept.append(article.text[at : max(at, f.start)])
        at = max(at, f.end)
    kept.append(article.text[at:])
    return Item(
        text="\n".join(kept), title=article.title.value if article.title else None, published=article.published.value if article.published else None
    )


def signatures(items: Iterable[Item], threads: int = 1, *, part: bool = False) -> list[bytes]:
    """The signature of each article, to be kept as it is: about 1 kB for 350 words. It depends on nothing but the article.

    Those of a corpus of more than a few thousand, or of a ``part`` of one, are made by compiled code, by so many ``threads`` at once; texts are handed
    out as they are read, and never all held.
    """
    out: list[bytes] = []
    batches = _batches(items)
    for batch in itertools.islice(batches, 1 if part else _ALONE):
        out += _packed(batch)
    following = next(batches, None)
    if following is None:
        return out
    from .signing import signed

    waiting: collections.deque[Future[list[bytes]]] = collections.deque()
    with ThreadPoolExecutor(threads) as pool:
        for batch in itertools.chain([following], batches):
            waiting.append(pool.submit(signed, batch))
            if len(waiting) > 2 * threads:
                out += waiting.popleft().result()
        for last in waiting:
            out += last.result()
    return out


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    given = iter(items)
    while batch := list(itertools.islice(given, _BATCH)):
        yield batch


def unpacked(blobs: Sequence[bytes]) -> Signatures:
    """Signatures as they are worked with. ValueError where one is of another format, with its place."""
    heads = [_HEAD.unpack_from(b) if len(b) >= _HEAD.size else (0, 0, 0, 0) for b in blobs]
    for i, (head, blob) in enumerate(zip(heads, blobs, strict=True)):
        if head[0] != _FORMAT or len(blob) != _HEAD.size + SIZE + 5 * head[3]:
            raise ValueError(f"signature {i} is not of format {_FORMAT}: make it again with signatures()")
    counts = np.array([h[3] for h in heads], np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])
    hashes, marks = np.empty(starts[-1], np.uint32), np.empty(starts[-1], np.uint8)
    vectors = np.zeros((len(blobs), SIZE), np.int8)
    begin = _HEAD.size + SIZE
    for i, (blob, n) in enumerate(zip(blobs, counts.tolist(), strict=True)):
        a = int(starts[i])
        vectors[i] = np.frombuffer(blob, np.int8, SIZE, _HEAD.size)
        hashes[a : a + n] = np.frombuffer(blob, "<u4", n, begin)
        marks[a : a + n] = np.frombuffer(blob, np.uint8, n, begin + 4 * n)
    return Signatures(starts, hashes, marks, np.array([h[1] for h in heads], np.int32), np.array([h[2] for h in heads], np.int64), vectors)


def _packed(batch: Sequence[Item]) -> list[bytes]:
    found = terms([(i.title or "", i.text) for i in batch])
    rare = worth(found)
    return packed(batch, found, rare, _meanings(found, rare))


def worth(found: Terms) -> NDArray[np.float32]:
    """What each term tells of its article, by the shipped table alone."""
    return np.asarray(usual_rarity(found.hashes, found.marks) * (1 + np.log(times(found.marks))))


def packed(batch: Sequence[Item], found: Terms, rare: NDArray[np.float32], vectors: NDArray[np.int8]) -> list[bytes]:
    """Signatures of articles whose terms, with what they tell, and vectors are known."""
    out = []
    hashes = found.hashes.astype("<u4", copy=False)
    ends, words = found.ends.tolist(), found.words.tolist()
    for i, one in enumerate(batch):
        a, b = ends[i - 1] if i else 0, ends[i]
        kept: Any = slice(a, b)
        if b - a > _MOST_TERMS:
            kept = np.sort(a + np.argsort(-rare[a:b], kind="stable")[:_MOST_TERMS])
        head = _HEAD.pack(_FORMAT, _day(one.published), words[i], min(b - a, _MOST_TERMS))
        out.append(head + vectors[i].tobytes() + hashes[kept].tobytes() + found.marks[kept].tobytes())
    return out


def _meanings(found: Terms, rare: NDArray[np.float32]) -> NDArray[np.int8]:
    """The direction of the most telling words and names of each article."""
    starts = np.concatenate([[0], found.ends[:-1]])
    of = np.repeat(np.arange(len(found.ends)), found.ends - starts)
    able = np.flatnonzero((found.marks & KIND) <= NAME)
    order = able[np.lexsort((found.hashes[able], -rare[able], of[able]))]
    first = np.searchsorted(of[order], np.arange(len(found.ends)))
    order = order[np.arange(len(order)) - first[of[order]] < TELLING]
    forms = [found.forms[i] for i in found.first[order].tolist()]  # the article's own, so that it depends on no other
    named = {form: n for n, form in enumerate(dict.fromkeys(forms))}
    table, row = meanings_of(list(named)), [named[form] for form in forms]
    sums = np.zeros((len(found.ends), SIZE))
    if len(order):
        groups, begins = np.unique(of[order], return_index=True)
        sums[groups] = np.add.reduceat(table[row].astype(np.float64) * rare[order, None], begins, axis=0)
    return directions(sums)


def directions(sums: NDArray[np.float64]) -> NDArray[np.int8]:
    """Vectors (n × 96) at a length of 127, or 0, in int8. In doubles, so that the order in which they were summed is not seen."""
    size = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(np.round(127 * sums / np.maximum(size, 1e-6)), np.int8)


def meanings_of(forms: list[str]) -> NDArray[np.float32]:
    """Vectors of forms that differ, n × 96; those met lately are at hand."""
    with _lock:
        return _known.of(forms)


class _Met:
    """Vectors of the forms met so far, looked up once, in one array."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.table = np.zeros((0, SIZE), np.float32)

    def of(self, forms: list[str]) -> NDArray[np.float32]:
        """Vectors of forms that differ, n × 96."""
        if len(self.rows) > _MET_AT_MOST:
            self.rows, self.table = {}, np.zeros((0, SIZE), np.float32)
        new = [f for f in forms if f not in self.rows]
        first = len(self.rows)
        self.rows.update((f, first + k) for k, f in enumerate(new))
        if len(self.rows) > len(self.table):
            self.table = np.concatenate([self.table, np.zeros((max(len(new), len(self.table)), SIZE), np.float32)])
        if new:
            self.table[first : len(self.rows)] = word_vectors(new)
        return np.asarray(self.table[[self.rows[f] for f in forms]])


_known = _Met()
_lock = threading.Lock()


def _day(published: str | None) -> int:
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return NO_DAY
