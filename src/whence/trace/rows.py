"""Links where a corpus is more than one process holds: texts to long rows, and pairs that were found among the rows to links.

Between the two stands work on sets: which grams are shared, by how many, by which pairs. It knows no text, so it can be asked of any database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ..types import Link
from .links_corpus import Text, link_of

__all__ = ["Aside", "Shingles", "passages", "shingles"]

PAIRS = 4096
"""Rows of pairs written at a time."""


class Shingles(msgspec.Struct, frozen=True):
    """Sampled grams of some texts, arrays of one length: the text's number (int32), the hash (int64, positive), the first word (int32).

    A gram is five words running, two of them content words; one in four is a row, the same ones in every text, each once a text.
    """

    text: Any
    gram: Any
    place: Any


class Aside(msgspec.Struct, frozen=True):
    """Rows of set phrases, which make no link: the text's number and the first word, in order; arrays (int32) of one length."""

    text: Any
    place: Any


def shingles(texts: Sequence[Text]) -> Shingles:
    """The sampled grams of texts, in the order in which they stand."""
    import numpy as np

    from . import kernels_rows
    from .kernels_grams import BLOCK

    index = _index(texts)
    starts = np.array(index.doc_start, np.int64)
    words, longest = index.doc_start[-1], int(np.diff(starts).max()) if len(texts) else 0
    text, gram, place = np.empty(words, np.int32), np.empty(words, np.int64), np.empty(words, np.int32)
    slots = 1 << max(4, longest.bit_length())
    written_on = np.empty(slots, np.uint64), np.full(slots, -1, np.int32), np.empty(BLOCK + 1, np.uint64), np.empty(BLOCK + 1, np.uint32)
    hashes, _, info, weights = index.arrays
    n = kernels_rows.sample(hashes, weights, info, starts, text, gram, place, *written_on)
    return Shingles(text[:n].copy(), gram[:n].copy(), place[:n].copy())


def passages(texts: Sequence[Text], a: Sequence[int], b: Sequence[int], aside: Aside | None = None) -> list[tuple[int, Link]]:
    """The links among pairs of texts: the pair's number and its link, only those that share more than two reporters write apart.

    Pair ``n`` is ``texts[a[n]]`` with ``texts[b[n]]``. What is in ``aside`` counts for nothing. The answer for a pair depends on its two texts and on what is
    put aside in them, on nothing else.
    """
    import numpy as np

    from . import kernels_rows
    from .index import Found, written_on
    from .kernels_link import SEGMENTS

    index = _index(texts)
    doc_start = np.array(index.doc_start, np.int64)
    hashes, _, info, weights = index.arrays
    if aside is not None:
        kernels_rows.put_aside(weights, doc_start, np.asarray(aside.text, np.int32), np.asarray(aside.place, np.int32))
    left, right = np.asarray(a, np.int64), np.asarray(b, np.int64)
    longest = int(np.diff(doc_start).max()) if len(texts) else 0
    marks, _, _, _, segs, _, more, _, near_seeds, work, keys, at, reach, figures = written_on(longest)
    desk = marks, segs, more, near_seeds, work, keys, at, reach, figures
    out_pairs, out_segs = np.empty((PAIRS, 11), np.int64), np.empty((4 * SEGMENTS, 3), np.int64)
    links: list[tuple[int, Link]] = []
    done = stamps = 0
    while done < left.size:
        used = np.array([0, 0, stamps], np.int64)
        done = kernels_rows.compare(hashes, weights, info, doc_start, left, right, done, *desk, out_pairs, out_segs, used)
        stamps = int(used[2])
        for row in out_pairs[: used[0]].tolist():
            pair, _, first, count, strength, run, own_strength, own_run, matched_a, matched_b, spanned = row
            segments = out_segs[first : first + count].tolist()
            one, two = int(left[pair]), int(right[pair])
            found = Found(one, two, strength, run, own_strength, own_run, matched_a, matched_b, spanned, segments, -1)
            links.append((pair, link_of(index, found)))
    return links


def _index(texts: Sequence[Text]) -> Any:
    from .index import Index

    index = Index()
    index.append(texts)
    return index
