"""What words mean, as small vectors: MiniLM's word pieces read alone, reduced; a word is the sum of its pieces."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import numpy as np

from . import expressions as re
from .wordpieces import longest_pieces, pieces_of, unaccented

__all__ = ["SIZE", "word_vectors"]

SIZE = 96
_LONGEST = 48
_PART = re.compile(r"[^\W_]+")


@functools.cache
def _table() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], Mapping[str, int]]:
    raw = resources.files("whence.models").joinpath("meaning.npz").read_bytes()
    with np.load(io.BytesIO(raw)) as z:
        return z["vectors"], z["scale"], pieces_of(z["pieces"].tobytes())


def word_vectors(words: Sequence[str]) -> np.ndarray[Any, Any]:
    """Unit vectors of words (float32, n × SIZE); a word that cannot be made of known pieces is all noughts."""
    return np.array([_vector(w) for w in words], dtype=np.float32).reshape(len(words), SIZE)


@functools.lru_cache(maxsize=65536)
def _vector(word: str) -> np.ndarray[Any, Any]:
    vectors, scale, rows = _table()
    found = _pieces(word, rows)
    if not found:
        return np.zeros(SIZE, dtype=np.float32)
    total = (vectors[found].astype(np.float32) * scale).sum(0) if len(found) > 1 else vectors[found[0]].astype(np.float32) * scale
    return np.asarray(total / max(1e-9, float(np.sqrt(total.dot(total)))), dtype=np.float32)


def _pieces(word: str, rows: Mapping[str, int]) -> list[int]:
    """Rows of the longest pieces from the left, as in BERT; empty where a part cannot be made."""
    plain = unaccented(word[:_LONGEST])
    out: list[int] = []
    for part in [plain] if plain.isalnum() else _PART.findall(plain):
        pieces = longest_pieces(part, rows)
        if not pieces:
            return []
        out += pieces
    return out
