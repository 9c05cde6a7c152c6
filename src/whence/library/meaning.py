"""What an article is about, as one small vector of the shipped word vectors; and how near a question is to it."""

from __future__ import annotations

import functools
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from ..lang import load
from ..text import words

if TYPE_CHECKING:
    import numpy as np

__all__ = ["numbers", "vector"]

_READ = 4000  # characters: what an article is about stands at its head


def vector(text: str) -> bytes:
    """The direction of a text's words, each by how often it stands in it, function words left out: SIZE signed bytes; all noughts where none is known."""
    import numpy as np

    return bytes(np.rint(numbers(text[:_READ]) * 127).astype(np.int8).tobytes())


def numbers(text: str) -> np.ndarray[Any, Any]:
    """The same as SIZE floats of unit length, or noughts."""
    import numpy as np

    from ..vectors import SIZE, word_vectors

    bag = Counter(w for a, b in words(text) if (w := text[a:b].lower()) not in _stop() and len(w) > 2)
    if not bag:
        return np.zeros(SIZE, dtype=np.float32)
    weights = np.array([1 + math.log(n) for n in bag.values()], dtype=np.float32)
    total = weights @ word_vectors(list(bag))
    return np.asarray(total / max(1e-9, float(np.linalg.norm(total))), dtype=np.float32)


@functools.cache
def _stop() -> frozenset[str]:
    return frozenset(load("en", "compare")["stopwords"]["words"])
