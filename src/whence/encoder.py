"""The words of clauses as vectors that know their neighbours: the small layers of a transformer, run in numpy.

The weights and their card are `models/encoder.npz` and `models/encoder.md`; `train/encoder.py` makes them.
"""

from __future__ import annotations

import functools
import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from . import expressions as re
from .weights import read_weights
from .wordpieces import longest_pieces, pieces_of, unaccented

__all__ = ["SIZE", "Encoded", "encode"]

SIZE = 384
_HEADS = 12
_LONGEST = 60  # pieces of a clause; what stands after them is left out
_LEAST = 6
_AT_ONCE = 320  # pieces that go through the layers together, in each of two threads: with more a brief takes more memory, with fewer more time
_MOST = 30_000  # pieces of all clauses, about four seconds; of more clauses each gives its first ones only
_FIRST, _LAST, _UNKNOWN = 101, 102, 100
_LONGEST_WORD = 48
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

Floats = np.ndarray[Any, np.dtype[np.float32]]


class Encoded(NamedTuple):
    """A clause: its word pieces (int, n) and two vectors of each (float32, n × SIZE): halfway up, where words still are words, and at the top."""

    pieces: np.ndarray[Any, Any]
    halfway: Floats
    states: Floats


class _Layer(NamedTuple):
    """The matrices of one layer, inputs first, with their biases; two scales and shifts."""

    inward: Floats
    inward_bias: Floats
    out: Floats
    out_bias: Floats
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    norms: Floats


class _Network(NamedTuple):
    rows: Mapping[str, int]
    words: np.ndarray[Any, Any]  # two numbers of four bits to the byte
    scales: Floats
    places: Floats
    norm: Floats
    layers: tuple[_Layer, ...]


@functools.cache
def _network() -> _Network:
    kept: dict[str, Any] = read_weights("encoder")
    matrices = _matrices(kept)
    layers = tuple(
        _Layer(*(matrices[name] if (name := f"{i}.{field}") in matrices else kept[name].astype(np.float32) for field in _Layer._fields))
        for i in range(int(kept["layers"]))
    )
    places, norm = kept["places"].astype(np.float32), kept["norm"].astype(np.float32)
    return _Network(pieces_of(kept["pieces"].tobytes()), kept["words"].copy(), kept["scales"].copy(), places, norm, layers)


def _matrices(kept: dict[str, Any]) -> dict[str, Floats]:
    """The matrices of all layers, in one piece of memory, which is had in half the time of one for each."""
    names = [n for n in kept if f"{n}.scale" in kept]
    all_of_them = np.empty(sum(kept[n].size for n in names), dtype=np.float32)
    found: dict[str, Floats] = {}
    end = 0
    for name in names:
        found[name] = all_of_them[end : (end := end + kept[name].size)].reshape(kept[name].shape)
        found[name][...] = kept[name]
        found[name] *= kept[f"{name}.scale"].astype(np.float32)
    return found


def encode(texts: Sequence[str]) -> list[Encoded]:
    """The pieces of each text with a vector of each; a text without a word has none. Of a long text the first pieces only."""
    if not texts:
        return []
    net = _network()
    longest = min(_LONGEST, max(_LEAST, _MOST // len(texts)))
    rows = [[_FIRST, *_pieces(t, net.rows, longest), _LAST] for t in texts]
    groups = _groups(sorted({tuple(r) for r in rows}, key=lambda r: (len(r), r)))
    with ThreadPoolExecutor(min(len(groups), os.cpu_count() or 1)) as pool:  # numpy multiplies outside of the interpreter's lock
        read = list(pool.map(functools.partial(_states, net=net), groups))
    found: dict[tuple[int, ...], Encoded] = {}
    for group, (halfway, states) in zip(groups, read, strict=True):
        for row, end in zip(group, np.cumsum([len(r) for r in group]).tolist(), strict=True):
            inner = slice(end - len(row) + 1, end - 1)
            found[row] = Encoded(np.array(row[1:-1], dtype=np.int64), halfway[inner], states[inner])
    return [found[tuple(r)] for r in rows]


def _groups(rows: Sequence[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    """Rows in their order, about as many together as fit; if they are more than half of that an even number of groups of one size, for two processors."""
    ends = np.cumsum([len(r) for r in rows])
    count = 2 * math.ceil(ends[-1] / (2 * _AT_ONCE)) if ends[-1] > _AT_ONCE / 2 else 1
    group_of = (ends - 1) * count // ends[-1]
    return [[r for r, g in zip(rows, group_of, strict=True) if g == group] for group in sorted(set(group_of.tolist()))]


def _pieces(text: str, rows: Mapping[str, int], most: int) -> list[int]:
    """Rows of the pieces of a text, the first ones."""
    out: list[int] = []
    for m in _WORD.finditer(unaccented(text)):
        out += longest_pieces(m[0][:_LONGEST_WORD], rows) or [_UNKNOWN]
        if len(out) >= most:
            break
    return out[:most]


def _states(rows: Sequence[tuple[int, ...]], net: _Network) -> tuple[Floats, Floats]:
    """The states of all rows, one after the other, after half the layers and after all. Rows of one length stand together: only they see each other's
    words side by side. What is large is written where the layer before wrote it: fresh memory took a tenth of the time."""
    ids = np.array([piece for row in rows for piece in row])
    packed = net.words[ids]
    halves = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(ids), -1, SIZE // net.scales.shape[1]).astype(np.float32) - 8
    x = (halves * net.scales[ids].astype(np.float32)[:, :, None]).reshape(len(ids), SIZE)
    x += np.concatenate([net.places[: len(r)] for r in rows])
    ends = np.cumsum([0, *map(len, rows)])
    borders = [0, *(i for i in range(1, len(rows)) if len(rows[i]) != len(rows[i - 1])), len(rows)]
    spans = [(int(ends[a]), int(ends[b]), len(rows[a])) for a, b in pairwise(borders)]
    first = net.layers[0]
    inward, up, seen, more = (np.empty((len(x), width), dtype=np.float32) for width in (first.inward.shape[1], first.up.shape[1], SIZE, SIZE))
    spare = inward.reshape(-1)[: up.size].reshape(up.shape)
    _norm(x, net.norm, more)
    halfway = x
    for i, layer in enumerate(net.layers, 1):
        _see(_times(x, layer.inward, layer.inward_bias, inward), spans, seen)
        x += np.matmul(seen, layer.out, out=more)
        x += layer.out_bias
        _norm(x, layer.norms[:2], more)
        x += np.matmul(_gelu(_times(x, layer.up, layer.up_bias, up), spare), layer.down, out=more)
        x += layer.down_bias
        _norm(x, layer.norms[2:], more)
        if 2 * i == len(net.layers):
            halfway = x.copy()
    return halfway, x


def _times(x: Floats, matrix: Floats, bias: Floats, out: Floats) -> Floats:
    np.matmul(x, matrix, out=out)
    out += bias
    return out


def _see(inward: Floats, spans: Sequence[tuple[int, int, int]], out: Floats) -> None:
    """Attention: queries, keys and values of all pieces to what each piece sees of its own row."""
    for start, end, size in spans:
        query, key, value = inward[start:end].reshape(-1, size, 3, _HEADS, SIZE // _HEADS).transpose(2, 0, 3, 1, 4)
        weight = query @ key.swapaxes(-1, -2)
        weight *= np.float32((SIZE / _HEADS) ** -0.5)
        weight -= weight.max(-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(-1, keepdims=True)
        out[start:end] = (weight @ value).transpose(0, 2, 1, 3).reshape(end - start, SIZE)


def _norm(x: Floats, norm: Floats, spare: Floats) -> None:
    """Each row moved to mean 0 and spread 1, then scaled and shifted, in place."""
    x -= x.mean(1, keepdims=True)
    x /= np.sqrt(np.square(x, out=spare).mean(1, keepdims=True) + 1e-12)
    x *= norm[0]
    x += norm[1]


def _gelu(x: Floats, inner: Floats) -> Floats:
    """x · Φ(x) by its usual approximation, in ``inner``."""
    np.multiply(x, x, out=inner)
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978846)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
