"""Corrections of stories, done again over any grouping: sets of articles in, sets of articles out."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Correction
from .anchors import Anchors

__all__ = ["replayed"]


def replayed(sets: Sequence[Sequence[str]], corrections: Sequence[tuple[Correction, Anchors]]) -> list[list[str]]:
    """The sets with every correction of stories applied in the order in which they were made; an article that is gone is left out."""
    stories = {i: dict.fromkeys(s) for i, s in enumerate(sets)}
    home = {a: i for i, s in stories.items() for a in s}
    for correction, anchors in corrections:
        groups = [[a for a in g if a in home] for g in anchors.groups]
        if correction.kind == "merge-stories":
            _join(stories, home, [_most(home, g) for g in groups if g])
        elif correction.kind == "split-story":
            apart, rest = groups
            if apart and (not rest or {home[a] for a in apart} & {home[a] for a in rest}):
                _move(stories, home, apart, max(stories, default=0) + 1)
            elif apart:
                _join(stories, home, [home[a] for a in apart])
        elif correction.kind == "move-article" and groups[0] and groups[1]:
            _move(stories, home, groups[0], _most(home, groups[1]))
    return [list(s) for s in stories.values() if s]


def _most(home: dict[str, int], group: Sequence[str]) -> int:
    """The set that holds most of a group; of equals that of its earliest member."""
    held = [home[a] for a in group]
    return max(dict.fromkeys(held), key=held.count)


def _join(stories: dict[int, dict[str, None]], home: dict[str, int], which: Sequence[int]) -> None:
    for other in dict.fromkeys(which[1:]):
        if other != which[0]:
            _move(stories, home, list(stories[other]), which[0])


def _move(stories: dict[int, dict[str, None]], home: dict[str, int], articles: Sequence[str], to: int) -> None:
    for a in articles:
        del stories[home[a]][a]
        stories.setdefault(to, {})[a] = None
        home[a] = to
