"""What others use to find copies in a corpus, each as its documents advise: MinHash with LSH (datasketch, rensa) and exact sentences.

Each function takes texts and gives pairs of places. None of them gives offsets or a direction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

Pairs = Iterator[tuple[int, int]]

WORD = re.compile(r"[^\W_]+")
SHINGLE = 5
PERMUTATIONS = 128
THRESHOLD = 0.3


def shingles(text: str) -> set[str]:
    """Five words running, as strings."""
    words = WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)} or {" ".join(words)}


def datasketch(texts: Sequence[str]) -> Pairs:
    """``MinHashLSH`` at Jaccard .3, its candidates verified by their sketches as its documents advise."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches = []
    for n, text in enumerate(texts):
        sketches.append(MinHash(num_perm=PERMUTATIONS))
        sketches[n].update_batch([s.encode() for s in shingles(text)])
        for m in lsh.query(sketches[n]):
            if sketches[m].jaccard(sketches[n]) >= THRESHOLD:
                yield m, n
        lsh.insert(n, sketches[n])


def rensa(texts: Sequence[str]) -> Pairs:
    """``RMinHashLSH`` with 32 bands, its candidates verified by their sketches."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    sketches = []
    for n, text in enumerate(texts):
        sketches.append(RMinHash(num_perm=PERMUTATIONS, seed=1))
        sketches[n].update(list(shingles(text)))
        for m in lsh.query(sketches[n]):
            if sketches[m].jaccard(sketches[n]) >= THRESHOLD:
                yield m, n
        lsh.insert(n, sketches[n])


def sentences(texts: Sequence[str], least: int = 8, often: int = 20) -> Pairs:
    """Exact sentences, as Media Cloud compares stories: pairs that share a sentence of eight words or more that is not everywhere."""
    places: dict[bytes, list[int]] = {}
    for n, text in enumerate(texts):
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
            words = WORD.findall(sentence.lower())
            if len(words) >= least:
                held = places.setdefault(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), [])
                if not held or held[-1] != n:
                    held.append(n)
    seen = {pair for held in places.values() if 1 < len(held) <= often for pair in combinations(held, 2)}
    yield from sorted(seen)


PEERS: dict[str, Callable[[Sequence[str]], Pairs]] = {"datasketch LSH 0.3": datasketch, "rensa, 32 bands": rensa, "exact sentences": sentences}
