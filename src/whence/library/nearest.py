"""Articles by meaning: the vectors of all of them in one table, read as far as it is needed and kept while the library is open."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from ..errors import InputError
from ..store import search
from ..types import Region
from .meaning import numbers

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Nearest"]

_READ = 5000


class Nearest:
    """The vectors of a library's articles, SIZE bytes each: 10 MB for 100,000."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._vectors: bytearray = bytearray()

    def to(self, connection: Connection, meaning: str) -> list[tuple[int, float]]:
        """All articles by how near they are in meaning, the nearest first, with the cosine; those without a vector are left out."""
        import numpy as np

        asked = self._direction(meaning)
        self._read_on(connection)
        if not self._numbers:
            return []
        table = np.frombuffer(bytes(self._vectors), dtype=np.int8).reshape(len(self._numbers), -1).astype(np.float32)
        centre = table.mean(0) if len(table) > 1000 else np.zeros(table.shape[1], dtype=np.float32)
        table -= centre
        asked = asked * 127 - centre
        sizes = np.linalg.norm(table, axis=1) * np.linalg.norm(asked)
        cosine = (table @ asked) / np.maximum(sizes, 1e-6)
        order = np.lexsort((-np.asarray(self._numbers), -cosine))
        return [(self._numbers[i], float(cosine[i])) for i in order[:_READ]]

    def sentence(self, meaning: str, text: str, sentences: Sequence[Region]) -> Region | None:
        """The sentence of a text that is nearest in meaning."""
        import numpy as np

        if not sentences:
            return None
        asked = self._direction(meaning)
        return max(sentences, key=lambda s: (float(np.dot(numbers(text[slice(*s)]), asked)), -s[0]))

    @staticmethod
    @functools.lru_cache(maxsize=64)
    def _direction(meaning: str) -> np.ndarray[Any, Any]:
        found = numbers(meaning)
        if not found.any():
            raise InputError(meaning, "holds no word whose meaning is known here: use other words, or look for it by --words")
        return found

    def _read_on(self, connection: Connection) -> None:
        last = self._numbers[-1] if self._numbers else 0
        while more := search.vectors(connection, last, _READ):
            last = more[-1][0]
            self._numbers += [n for n, _ in more]
            for _, vector in more:
                self._vectors += vector
