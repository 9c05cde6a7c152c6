"""Articles by meaning: the vectors of all of them in one table, read as far as it is needed and kept while the library is open."""

from __future__ import annotations

import bisect
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
_FEW = 1000  # articles whose mean says too little to be taken off


class Nearest:
    """The vectors of a library's articles, as they are compared: 40 MB for 100,000.

    The mean of all is taken off each, as what every report is about tells none apart; it is taken again when there are twice as many.
    """

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._kept: bytearray = bytearray()
        self._table: np.ndarray[Any, Any] | None = None
        self._rows = 0
        self._centre: np.ndarray[Any, Any] | None = None
        self._centred_at = 0
        self._altered = 0

    def to(self, connection: Connection, meaning: str) -> list[tuple[int, float]]:
        """The articles that are nearest in meaning, the nearest first, with the cosine: 5,000 at most."""
        import numpy as np

        asked = self._direction(meaning)
        self._read_on(connection)
        if self._table is None or self._centre is None:
            return []
        turned = asked * 127 - self._centre
        cosine = self._table[: self._rows] @ (turned / max(1e-6, float(np.linalg.norm(turned))))
        few = np.arange(len(cosine)) if len(cosine) <= _READ else np.argpartition(-cosine, _READ)[:_READ]
        order = few[np.lexsort((-few, -cosine[few]))]
        return [(self._numbers[i], float(cosine[i])) for i in order]

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
        """Reads what came in or was altered since the last time."""
        altered = search.altered(connection, self._altered)
        last = self._numbers[-1] if self._numbers else 0
        while more := search.vectors(connection, last, _READ):
            last = more[-1][0]
            self._numbers += [n for n, _ in more]
            for _, vector in more:
                self._kept += vector
        if len(self._numbers) > self._rows:
            self._compare()
        if altered:
            self._alter({number: vector for _, number, vector in altered})
            self._altered = altered[-1][0]

    def _alter(self, vectors: dict[int, bytes]) -> None:
        """Puts the vectors of articles in place of those that they had."""
        import numpy as np

        for number, vector in vectors.items():
            at = bisect.bisect_left(self._numbers, number)
            if at < len(self._numbers) and self._numbers[at] == number and self._table is not None and self._centre is not None:
                self._kept[at * len(vector) : (at + 1) * len(vector)] = vector
                new = np.frombuffer(vector, dtype=np.int8).astype(np.float32) - self._centre
                self._table[at] = new / max(float(np.linalg.norm(new)), 1e-6)

    def _compare(self) -> None:
        """Brings the table up to what was read: the new rows, or all of them where the mean is taken again."""
        import numpy as np

        kept = np.frombuffer(bytes(self._kept), dtype=np.int8).reshape(len(self._numbers), -1)
        if self._table is None or self._centre is None or len(kept) >= 2 * self._centred_at:
            self._centre = kept.mean(0, dtype=np.float32) if len(kept) > _FEW else np.zeros(kept.shape[1], dtype=np.float32)
            self._centred_at, self._rows, self._table = len(kept), 0, None
        if self._table is None or len(kept) > len(self._table):
            larger = np.zeros((len(kept) + len(kept) // 2 + _FEW, kept.shape[1]), dtype=np.float32)
            if self._table is not None:
                larger[: self._rows] = self._table[: self._rows]
            self._table = larger
        new = kept[self._rows :].astype(np.float32) - self._centre
        self._table[self._rows : len(kept)] = new / np.maximum(np.linalg.norm(new, axis=1, keepdims=True), 1e-6)
        self._rows = len(kept)
