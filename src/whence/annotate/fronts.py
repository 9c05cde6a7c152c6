"""The two front ends together: what the rules find, and what the model alone finds beside it.

Measured on the marked stories, the rules are the better at chains and clause borders, the model at attributions that no cue table
foresees: so the rules stand, and the model adds where they found nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..errors import ModelError
from ..text import overlap
from ..types import Heard, Region
from . import rules

__all__ = ["find_heard"]

_SURE = 0.5
_SHARED = 0.2


def _shared(a: Sequence[Region], b: Sequence[Region]) -> float:
    """The characters two contents share, as a part of the shorter one."""
    size = min(sum(e - s for s, e in a), sum(e - s for s, e in b))
    return sum(overlap(x, y) for x in a for y in b) / max(1, size)


def find_heard(text: str, paragraphs: Sequence[Region]) -> tuple[tuple[Heard, ...], str | None]:
    """Every attribution of a text, those of the rules first; and why the model did not run, or None where it did."""
    found = rules.find_heard(text, paragraphs)
    try:
        from . import tagger

        learned = tagger.find_heard(text, paragraphs)
    except (ModelError, OSError) as error:
        return found, str(error)
    spans = sorted((min(c[0] for c in h.content), max(c[1] for c in h.content), i) for i, h in enumerate(found) if h.content)
    out = list(found)
    kept: dict[int, int] = {}
    for i, h in enumerate(learned):
        if not h.content or h.confidence < _SURE or (h.inside is not None and h.inside not in kept):
            continue
        start, end = min(c[0] for c in h.content), max(c[1] for c in h.content)
        if any(a < end and start < b and _shared(h.content, found[j].content) > _SHARED for a, b, j in spans):
            continue
        kept[i] = len(out)
        out.append(msgspec.structs.replace(h, inside=None if h.inside is None else kept[h.inside]))
    return tuple(out), None
