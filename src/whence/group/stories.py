"""Stories of a corpus: all at once, or new articles added to those already grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..types import Value
from .background import model
from .compare import Pairs, candidates_of, corpus_of, in_view, pairs_of
from .linkage import linked
from .parted import Parting
from .signature import Signatures, unpacked

__all__ = ["Grouped", "assign", "candidates", "stories"]

Progress = Callable[[int, int], None]


class Grouped(Value):
    """The story of each article, as the index of its first article, and what could not be done.

    ``passed``: comparisons left out because a term stands in too many articles. ``capped``: stories not merged because they would be too great.
    ``contradicted``: pairs that were to be kept apart and must stand together by other constraints; these are together.
    """

    labels: tuple[int, ...]
    passed: int = 0
    capped: tuple[tuple[int, int], ...] = ()
    contradicted: tuple[tuple[int, int], ...] = ()


def stories(
    blobs: Sequence[bytes], must: Iterable[Sequence[int]] = (), cannot: Iterable[Sequence[int]] = (), progress: Progress = lambda done, of: None
) -> Grouped:
    """Group articles by their signatures. ``must`` and ``cannot`` are pairs of indices that stand together, or apart, whatever the texts say.

    Pairwise chances by a learned model, then average linkage, where groups of three and more may be told apart as wholes. Deterministic.
    """
    if not blobs:
        return Grouped(labels=())
    corpus = corpus_of(unpacked(blobs))
    pairs = in_view(pairs_of(corpus, progress=progress), len(blobs), model()["view"])
    return _grouped(corpus.signed, np.arange(len(blobs)), pairs, must, cannot)


def assign(
    new: Sequence[bytes], known: Sequence[bytes], labels: Sequence[int], must: Iterable[Sequence[int]] = (), cannot: Iterable[Sequence[int]] = (),
    progress: Progress = lambda done, of: None,
) -> Grouped:  # fmt: skip
    """Add articles to a corpus that is grouped already: only stories that a new article may belong to are grouped again, with the new ones.

    ``labels`` is the story of each known article, in any numbers. Indices of constraints and of the answer run over the known articles, then the new.
    Known stories that no new article touches and no constraint names keep their articles.
    """
    if not new:
        return Grouped(labels=_first_of(np.asarray(labels, np.int64)))
    must, cannot = [tuple(p) for p in must], [tuple(p) for p in cannot]
    corpus = corpus_of(unpacked([*known, *new]))
    old, count = len(known), len(known) + len(new)
    pairs = pairs_of(corpus, np.arange(old, count), progress)
    stories_now = np.concatenate([np.unique(np.asarray(labels, np.int64), return_inverse=True)[1].ravel(), np.arange(old, count)])
    touched = np.concatenate([pairs.first, pairs.second, np.array([i for p in (*must, *cannot) for i in p], np.int64), np.arange(old, count)])
    again = np.flatnonzero(np.isin(stories_now, stories_now[touched]))
    within = in_view(pairs_of(corpus, again), count, model()["view"])
    inside = np.isin(within.first, again) & np.isin(within.second, again)
    within = within._replace(first=within.first[inside], second=within.second[inside], chance=within.chance[inside])
    done = _grouped(corpus.signed, again, within, must, cannot)
    stories_now[again] = np.asarray(done.labels) + count
    return Grouped(labels=_first_of(stories_now), passed=done.passed, capped=done.capped, contradicted=done.contradicted)


def candidates(blobs: Sequence[bytes]) -> list[tuple[int, int]]:
    """Pairs of articles that share telling terms within the window of time, as rows (first, second), ascending."""
    if not blobs:
        return []
    corpus = corpus_of(unpacked(blobs))
    first, second, _, _, _ = candidates_of(corpus, np.arange(len(blobs)))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _grouped(
    signed: Signatures, rows: NDArray[np.int64], pairs: Pairs, must: Iterable[Sequence[int]], cannot: Iterable[Sequence[int]]
) -> Grouped:
    """Link some articles; labels are indices of the corpus, one for each of ``rows``."""
    place = {int(r): i for i, r in enumerate(rows)}
    a, b = np.searchsorted(rows, pairs.first), np.searchsorted(rows, pairs.second)
    done = linked(
        len(rows), a, b, pairs.chance, pairs.full[rows], float(model()["threshold"]),
        [(place[i], place[j]) for i, j in must], [(place[i], place[j]) for i, j in cannot], Parting(signed, rows, model()["parting"]).apart,
    )  # fmt: skip
    named = rows.tolist()
    return Grouped(
        labels=tuple(rows[done.labels].tolist()), passed=pairs.passed, capped=tuple((named[x], named[y]) for x, y in done.capped),
        contradicted=tuple((named[x], named[y]) for x, y in done.contradicted),
    )  # fmt: skip


def _first_of(labels: NDArray[np.int64]) -> tuple[int, ...]:
    """Labels as the index of each story's first article."""
    _, first, place = np.unique(labels, return_index=True, return_inverse=True)
    return tuple(first[place.ravel()].tolist())
