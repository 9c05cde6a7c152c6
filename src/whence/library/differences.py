"""Where one version of a text differs from the one before, word by word."""

from __future__ import annotations

import re

from ..types import Change, Region

__all__ = ["changes"]

_PIECE = re.compile(r"\S+")
_BETWEEN = 2  # words that stay the same between two changes and still do not part them


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The stretches that differ, in order; what differs in white space alone is no change."""
    from rapidfuzz.distance import Indel

    one, two = _pieces(old), _pieces(new)
    spots: list[tuple[int, int, int, int]] = []
    for step in Indel.opcodes([old[a:b] for a, b in one], [new[a:b] for a, b in two]):
        if step.tag == "equal":
            continue
        spot = (step.src_start, step.src_end, step.dest_start, step.dest_end)
        if spots and spot[0] - spots[-1][1] <= _BETWEEN and spot[2] - spots[-1][3] <= _BETWEEN:
            spots[-1] = (spots[-1][0], spot[1], spots[-1][2], spot[3])
        else:
            spots.append(spot)
    return tuple(_change(old, new, _region(one, a, b, len(old)), _region(two, c, d, len(new))) for a, b, c, d in spots)


def _pieces(text: str) -> list[Region]:
    return [m.span() for m in _PIECE.finditer(text)]


def _region(pieces: list[Region], first: int, last: int, end: int) -> Region:
    """From the first of some words to the last; where there are none, the place before the word that follows."""
    if first < last:
        return pieces[first][0], pieces[last - 1][1]
    at = pieces[first][0] if first < len(pieces) else end
    return at, at


def _change(old: str, new: str, was: Region, now: Region) -> Change:
    return Change(old=was, new=now, old_text=old[slice(*was)], new_text=new[slice(*now)])
