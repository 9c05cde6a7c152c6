"""Quotations that no cue claims: given to the speaker whose words they go on from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ..text import overlap
from ..types import Heard, Region
from .tokens import QUOTE, Line

__all__ = ["Announced", "carry_quotations"]

_LENGTH = 16


class Announced(NamedTuple):
    """A speaker whose words stand in the next paragraph ("He said:")."""

    source: Region
    cue: Region


def _bare(ln: Line, heard: Sequence[Heard]) -> list[tuple[int, Region]]:
    """The quotations of a paragraph that stand as sentences and belong to no attribution: token and offsets."""
    out = []
    for i, q in sorted(ln.quotes.items()):
        if q.single and i > 0:
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
    return all(text[a] in '"“”«»„' for a, _ in h.content)


def carry_quotations(text: str, read: Sequence[tuple[Line, int, int, Announced | None]], heard: Sequence[Heard]) -> tuple[Heard, ...]:
    """Joins a quotation to the attribution just before it in its paragraph, or gives it that attribution's source where the words before were no quotation.

    A paragraph that opens with such a quotation goes to the speaker the paragraph before announced with a colon; one whose mark stays open
    goes with the quotation that the next paragraph opens with; else to the speaker of the paragraph before. Those added stand last.
    """
    out = list(heard)
    extra: list[Heard] = []
    last: Heard | None = None
    told: Announced | None = None
    waiting: list[Region] = []
    for ln, lo, hi, tells in read:
        mine = out[lo:hi]
        opener = next(
            (h for h in mine if h.inside is None and h.source and 0 in ln.quotes and any(c[0] == ln.quotes[0].start for c in h.content)), None
        )
        if waiting and 0 in ln.quotes:
            if opener is not None:
                extra.append(Heard(source=opener.source, cue=opener.cue, content=tuple(waiting), confidence=0.7))
                waiting = []
        elif waiting:
            extra.extend(_given(last, waiting))
            waiting = []
        for at, region in _bare(ln, mine):
            owner = max(
                (n for n in range(lo, hi) if out[n].inside is None and out[n].content and out[n].content[0][0] < region[0] and out[n].source),
                default=None,
            )
            follows = min(
                (n for n in range(lo, hi) if out[n].inside is None and out[n].content and out[n].content[0][0] > region[0] and out[n].source),
                default=None,
            )
            if at == 0 and told is not None:
                extra.append(Heard(source=told.source, cue=told.cue, content=(region,), confidence=0.85))
            elif owner is not None:
                h = out[owner]
                if _only_speech(h, text):
                    out[owner] = msgspec.structs.replace(h, content=(*h.content, region))
                else:
                    extra.append(Heard(source=h.source, cue=None, content=(region,), confidence=0.7))
            elif at == 0 and (not ln.quotes[0].closed or waiting):
                waiting.append(region)
            elif follows is not None and at == 0:
                extra.append(Heard(source=out[follows].source, cue=None, content=(region,), confidence=0.6))
            elif at == 0:
                extra.extend(_given(last, [region]))
        speakers = [h for h in mine if h.inside is None and h.source]
        if speakers:
            last = speakers[-1]
        elif told is not None and 0 in ln.quotes:
            last = Heard(source=told.source, cue=told.cue, content=(), confidence=0.8)
        elif 0 not in ln.quotes:
            last = None
        told = tells
    if waiting:
        extra.extend(_given(last, waiting))
    return (*out, *extra)


def _given(speaker: Heard | None, regions: Sequence[Region]) -> list[Heard]:
    """Quotations given to the speaker of the paragraph before; none where there is no such speaker."""
    regions = [r for r in regions if r[1] - r[0] >= _LENGTH]
    return [] if speaker is None else [Heard(source=speaker.source, cue=None, content=(r,), confidence=0.6) for r in regions]
