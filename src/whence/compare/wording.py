"""How far the words of one clause are answered by another's, as vectors that know their neighbours see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..encoder import SIZE, encode
from .bags import rarity

__all__ = ["Level", "Wording", "answered", "wording_of"]

Floats = np.ndarray[Any, np.dtype[np.float32]]


class Level(NamedTuple):
    """All clauses of a story as one layer has them: a unit vector of each (n × SIZE), the same from the story's mean, and the vectors of each one's words."""

    meaning: Floats
    apart: Floats
    states: list[Floats]


class Wording(NamedTuple):
    """All clauses of a story halfway up the encoder and at its top, and how much each word of each weighs."""

    halfway: Level
    top: Level
    weights: list[Floats]


def wording_of(texts: Sequence[str]) -> Wording:
    """Clauses read, each by itself. Words count by how rare they are in the story; what all its clauses have in common is taken off."""
    read = encode(texts)
    weight = rarity([e.pieces.tolist() for e in read])
    weights = [np.array([weight[p] for p in e.pieces.tolist()], dtype=np.float32) for e in read]
    return Wording(_level([e.halfway for e in read], weights), _level([e.states for e in read], weights), weights)


def _level(states: Sequence[Floats], weights: Sequence[Floats]) -> Level:
    nothing = np.zeros(SIZE)
    plain = np.array([x.mean(0) if len(x) else nothing for x in states], dtype=np.float32).reshape(-1, SIZE)
    heavy = np.array([w @ x / w.sum() if len(w) else nothing for x, w in zip(states, weights, strict=True)], dtype=np.float32).reshape(-1, SIZE)
    everything = np.concatenate([np.zeros((0, SIZE), dtype=np.float32), *states])
    common = everything.sum(0) / max(1, len(everything))
    return Level(_unit(plain), _unit(heavy - heavy.sum(0) / max(1, len(states))), [_unit(x - common) for x in states])


def _unit(x: Any) -> Floats:
    return np.asarray(x / np.maximum(1e-9, np.linalg.norm(x, axis=-1, keepdims=True)), dtype=np.float32)


def answered(level: Level, weights: Sequence[Floats], pairs: np.ndarray) -> np.ndarray:
    """For each pair, the share of the first's words that the second answers, and the other way round (float, n × 2; after BERTScore, Zhang et al. 2020)."""
    out = np.zeros((len(pairs), 2))
    order = np.argsort(pairs[:, 0], kind="stable")
    firsts, starts = np.unique(pairs[order, 0], return_index=True)
    for i, of in zip(firsts.tolist(), np.split(order, starts[1:]), strict=True):
        here = [k for k in of.tolist() if len(weights[i]) and len(weights[int(pairs[k, 1])])]
        if not here:
            continue
        others = [int(pairs[k, 1]) for k in here]
        like = level.states[i] @ np.concatenate([level.states[j] for j in others]).T
        sizes = [len(weights[j]) for j in others]
        begins = np.cumsum([0, *sizes[:-1]])
        mine = weights[i]
        out[here, 0] = mine @ np.maximum.reduceat(like, begins, axis=1) / mine.sum()
        theirs = np.concatenate([weights[j] for j in others])
        out[here, 1] = np.add.reduceat(like.max(0) * theirs, begins) / np.add.reduceat(theirs, begins)
    return out
