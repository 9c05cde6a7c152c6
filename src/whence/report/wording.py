"""Two wordings of one thing, word by word: what stands in one and not in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..text import fold, words
from ..types import Region

__all__ = ["different_words"]

_LEAST_ALIKE = 0.6
_MOST_WORDS = 400


def different_words(texts: Sequence[str], *, always: bool = False) -> list[tuple[Region, ...]]:
    """For each text the regions of its words that the wording it is held against lacks.

    The wording most texts use is held against the next most used, every other against it. Unless ``always``, wordings whose likeness
    (difflib's ratio) is under 0.6 are left unmarked, as nearly everything in them would be; so are texts of more than 400 words.
    """
    split = [[(a, b, fold(t[a:b])) for a, b in words(t)] for t in texts]
    keys = [tuple(w for _, _, w in s) for s in split]
    ranked = sorted(Counter(keys).items(), key=lambda x: (-x[1], keys.index(x[0])))
    if len(ranked) < 2:
        return [() for _ in texts]
    first, second = ranked[0][0], ranked[1][0]
    found = {k: _against(k, second if k == first else first, always) for k, _ in ranked}
    return [_joined(t, [s[i][:2] for i in found[k]], found[k]) for t, s, k in zip(texts, split, keys, strict=True)]


def _against(these: tuple[str, ...], others: tuple[str, ...], always: bool) -> list[int]:
    """Indices of the words of ``these`` that no run of ``others`` matches."""
    if max(len(these), len(others)) > _MOST_WORDS:
        return []
    match = SequenceMatcher(None, these, others, autojunk=False)
    if not always and match.ratio() < _LEAST_ALIKE:
        return []
    return [i for op, a, b, _, _ in match.get_opcodes() if op in ("replace", "delete") for i in range(a, b)]


def _joined(text: str, regions: Sequence[Region], indices: Sequence[int]) -> tuple[Region, ...]:
    """Neighbouring words as one region."""
    out: list[Region] = []
    for k, (a, b) in enumerate(regions):
        if out and indices[k] == indices[k - 1] + 1 and len(text[out[-1][1] : a]) < 4:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return tuple(out)
