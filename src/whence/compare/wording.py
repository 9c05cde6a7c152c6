"""How far the words of one clause are answered by another's, as vectors that know their neighbours see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..encoder import SIZE, encode
from .bags import rarity

__all__ = ["Wording", "answered", "wording_of"]

Floats = np.ndarray[Any, np.dtype[np.float32]]


class Wording(NamedTuple):
    """All clauses of a story: a unit vector of each (n × SIZE), the same from the story's mean, each clause's states and their weights."""

    meaning: Floats
    apart: Floats
    states: list[Floats]
    weights: list[Floats]


def wording_of(texts: Sequence[str]) -> Wording:
    """Clauses read, each by itself. Words count by how rare they are in the story; what all its clauses have in common is taken off."""
    read = encode(texts)
    weight = rarity([e.pieces.tolist() for e in read])
    weights = [np.array([weight[p] for p in e.pieces.tolist()], dtype=np.float32) for e in read]
    plain = np.array([e.states.mean(0) if len(e.states) else np.zeros(SIZE) for e in read], dtype=np.float32).reshape(-1, SIZE)
    heavy = np.array([w @ e.states / w.sum() if len(w) else np.zeros(SIZE) for e, w in zip(read, weights, strict=True)], dtype=np.float32).reshape(-1, SIZE)
    everything = np.concatenate([np.zeros((0, SIZE), dtype=np.float32), *(e.states for e in read)])
    common = everything.sum(0) / max(1, len(everything))
    return Wording(_unit(plain), _unit(heavy - heavy.sum(0) / max(1, len(read))), [_unit(e.states - common) for e in read], weights)


def _unit(x: Any) -> Floats:
    return np.asarray(x / np.maximum(1e-9, np.linalg.norm(x, axis=-1, keepdims=True)), dtype=np.float32)


def answered(wording: Wording, pairs: np.ndarray) -> np.ndarray:
    """For each pair, the share of the first's words that the second answers, and the other way round (float, n × 2; after BERTScore, Zhang et al. 2020)."""
    out = np.zeros((len(pairs), 2))
    order = np.argsort(pairs[:, 0], kind="stable")
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for i, of in zip(firsts.tolist(), np.split(order, starts[1:]), strict=True):
        here = [k for k in of.tolist() if len(wording.weights[i]) and len(wording.weights[int(pairs[k, 1])])]
        if not here:
            continue
        others = [int(pairs[k, 1]) for k in here]
        like = wording.states[i] @ np.concatenate([wording.states[j] for j in others]).T
        sizes = [len(wording.weights[j]) for j in others]
        begins = np.cumsum([0, *sizes[:-1]])
        mine = wording.weights[i]
        out[here, 0] = mine @ np.maximum.reduceat(like, begins, axis=1) / mine.sum()
        theirs = np.concatenate([wording.weights[j] for j in others])
        out[here, 1] = np.add.reduceat(like.max(0) * theirs, begins) / np.add.reduceat(theirs, begins)
    return out
