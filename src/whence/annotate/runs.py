"""Quotations that no cue claims: given to the speaker whose words they go on from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..text import overlap
from ..types import Heard, Region
from .tokens import QUOTE, Line

__all__ = ["carry_quotations"]

_WORDS = 4


def _bare(ln: Line, heard: Sequence[Heard]) -> list[tuple[int, Region]]:
    """The quotations of a paragraph that stand as sentences and belong to no attribution: token and offsets."""
    out = []
    for i, q in sorted(ln.quotes.items()):
        if q.single and i > 0 or len(ln.text[q.start : q.end].split()) < _WORDS:
            continue
        if any(overlap((q.start, q.end), c) for h in heard for c in h.content):
            continue
        opens = i == 0 or ln.low[i - 1] in (".", "!", "?", ":", QUOTE)
        ends = i + 1 >= len(ln.low) or ln.text[q.end - 2 : q.end - 1] in ".!?…" or ln.low[i + 1] in (".", "!", "?")
        if opens and ends:
            out.append((i, (q.start, q.end)))
    return out


def _only_speech(h: Heard, text: str) -> bool:
    """True where every piece of a content is a quotation."""
    return all(text[a] in "\"“”«»„" for a, _ in h.content)


def carry_quotations(text: str, read: Sequence[tuple[Line, int, int]], heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """Joins a quotation to the attribution just before it in its paragraph, or gives it that attribution's source where the words before were no quotation.

    A paragraph that holds nothing but a quotation goes to the speaker of the paragraph before. Those added have no cue and stand last.
    """
    out = list(heard)
    extra: list[Heard] = []
    last: Heard | None = None
    for ln, lo, hi in read:
        mine = out[lo:hi]
        for at, region in _bare(ln, mine):
            owner = max((n for n in range(lo, hi) if out[n].inside is None and out[n].content and out[n].content[0][0] < region[0] and out[n].source), default=None)
            follows = min((n for n in range(lo, hi) if out[n].inside is None and out[n].content and out[n].content[0][0] > region[0] and out[n].source), default=None)
            if owner is not None:
                h = out[owner]
                if _only_speech(h, text):
                    out[owner] = msgspec.structs.replace(h, content=(*h.content, region))
                else:
                    extra.append(Heard(source=h.source, cue=None, content=(region,), confidence=0.7))
            elif follows is not None and at == 0:
                extra.append(Heard(source=out[follows].source, cue=None, content=(region,), confidence=0.6))
            elif last is not None and at == 0:
                extra.append(Heard(source=last.source, cue=None, content=(region,), confidence=0.6))
        speakers = [h for h in mine if h.inside is None and h.source]
        if speakers:
            last = speakers[-1]
        elif not any(i == 0 for i in ln.quotes):
            last = None
    return (*out, *extra)
