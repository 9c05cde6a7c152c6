"""The words of clauses as vectors that know their neighbours: the small layers of a transformer, run in numpy.

The weights and their card are `models/encoder.npz` and `models/encoder.md`; `train/encoder.py` makes them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .weights import read_weights
from .wordpieces import longest_pieces, unaccented

__all__ = ["SIZE", "Encoded", "encode"]

SIZE = 384
_HEADS = 12
_LONGEST = 60  # pieces of a clause; what stands after them is left out
_LEAST = 6
_AT_ONCE = 512  # pieces that go through the layers together: more do not fit the cache
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
    rows: dict[str, int]
    words: np.ndarray[Any, Any]  # two numbers of four bits to the byte
    scales: Floats
    places: Floats
    norm: Floats
    layers: tuple[_Layer, ...]


@functools.cache
def _network() -> _Network:
    kept: dict[str, Any] = read_weights("encoder")
    layers = tuple(
        _Layer(*(_matrix(kept, f"{i}.{n}") if n in ("inward", "out", "up", "down") else kept[f"{i}.{n}"].astype(np.float32) for n in _Layer._fields))
        for i in range(int(kept["layers"]))
    )
    pieces = kept["pieces"].tobytes().decode().split("\n")
    places, norm = kept["places"].astype(np.float32), kept["norm"].astype(np.float32)
    return _Network({p: i for i, p in enumerate(pieces)}, kept["words"], kept["scales"], places, norm, layers)


def _matrix(kept: dict[str, Any], name: str) -> Floats:
    return np.asarray(kept[name].astype(np.float32) * kept[f"{name}.scale"].astype(np.float32))


def encode(texts: Sequence[str]) -> list[Encoded]:
    """The pieces of each text with a vector of each; a text without a word has none. Of a long text the first pieces only."""
    if not texts:
        return []
    net = _network()
    longest = min(_LONGEST, max(_LEAST, _MOST // len(texts)))
    rows = [[_FIRST, *_pieces(t, net.rows, longest), _LAST] for t in texts]
    found: dict[tuple[int, ...], Encoded] = {}
    for group in _groups(sorted({tuple(r) for r in rows}, key=lambda r: (len(r), r))):
        halfway, states = _states([np.array(r) for r in group], net)
        for row, end in zip(group, np.cumsum([len(r) for r in group]).tolist(), strict=True):
            inner = slice(end - len(row) + 1, end - 1)
            found[row] = Encoded(np.array(row[1:-1], dtype=np.int64), halfway[inner], states[inner])
    return [found[tuple(r)] for r in rows]


def _groups(rows: Sequence[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Rows in their order, as many together as fit."""
    group: list[tuple[int, ...]] = []
    size = 0
    for row in rows:
        if group and size + len(row) > _AT_ONCE:
            yield group
            group, size = [], 0
        group.append(row)
        size += len(row)
    yield group


def _pieces(text: str, rows: dict[str, int], most: int) -> list[int]:
    """Rows of the pieces of a text, the first ones."""
    out: list[int] = []
    for m in _WORD.finditer(unaccented(text)):
        out += longest_pieces(m[0][:_LONGEST_WORD], rows) or [_UNKNOWN]
        if len(out) >= most:
            break
    return out[:most]


def _states(rows: Sequence[np.ndarray[Any, Any]], net: _Network) -> tuple[Floats, Floats]:
    """The states of all rows, one after the other, after half the layers and after all. Rows of one length stand together: only they see each other's
    words side by side."""
    ids = np.concatenate(rows)
    packed = net.words[ids]
    halves = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(ids), -1, SIZE // net.scales.shape[1]).astype(np.float32) - 8
    x = (halves * net.scales[ids].astype(np.float32)[:, :, None]).reshape(len(ids), SIZE)
    x += np.concatenate([net.places[: len(r)] for r in rows])
    x = _normed(x, net.norm)
    ends = np.cumsum([0, *map(len, rows)])
    borders = [0, *(i for i in range(1, len(rows)) if len(rows[i]) != len(rows[i - 1])), len(rows)]
    spans = [(int(ends[a]), int(ends[b]), len(rows[a])) for a, b in pairwise(borders)]
    halfway = x
    for i, layer in enumerate(net.layers, 1):
        x = _normed(x + _seen(x @ layer.inward + layer.inward_bias, spans) @ layer.out + layer.out_bias, layer.norms[:2])
        x = _normed(x + _gelu(x @ layer.up + layer.up_bias) @ layer.down + layer.down_bias, layer.norms[2:])
        if 2 * i == len(net.layers):
            halfway = x
    return halfway, x


def _seen(inward: Floats, spans: Sequence[tuple[int, int, int]]) -> Floats:
    """Attention: queries, keys and values of all pieces to what each piece sees of its own row."""
    out = np.empty((len(inward), SIZE), dtype=np.float32)
    for start, end, size in spans:
        query, key, value = inward[start:end].reshape(-1, size, 3, _HEADS, SIZE // _HEADS).transpose(2, 0, 3, 1, 4)
        weight = query @ key.swapaxes(-1, -2) * np.float32((SIZE / _HEADS) ** -0.5)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        weight /= weight.sum(-1, keepdims=True)
        out[start:end] = (weight @ value).transpose(0, 2, 1, 3).reshape(end - start, SIZE)
    return out


def _normed(x: Floats, norm: Floats) -> Floats:
    x = x - x.mean(1, keepdims=True)
    x /= np.sqrt(np.square(x).mean(1, keepdims=True) + 1e-12)
    return np.asarray(x * norm[0] + norm[1])


def _gelu(x: Floats) -> Floats:
    """x · Φ(x) by its usual approximation, in place but for one copy."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978846)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
