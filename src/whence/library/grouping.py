"""Which articles of a library are of one story: a first, simple judgement by the names at their heads and their days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ..text import fold
from ..types import Value

__all__ = ["Sign", "partition", "signature"]

_HEAD = 800
_NAME = re.compile(r"\b[A-Z][^\W_]{2,}|\b\d[\d.,]*\d")
_ALIKE = 0.3
_APART = 4
_COMMON = 200


class Sign(Value):
    """An article as grouping sees it."""

    id: str
    day: str
    names: frozenset[str]


def signature(text: str) -> frozenset[str]:
    """The names and figures at the head of a text."""
    return frozenset(fold(m[0]) for m in _NAME.finditer(text[:_HEAD]))


def partition(signs: Iterable[Sign]) -> list[list[str]]:
    """The ids in sets of one story each, by shared names within a few days; the same whatever the order."""
    given = sorted(signs, key=lambda s: (s.day, s.id))
    by_name: dict[str, list[int]] = defaultdict(list)
    root = list(range(len(given)))
    for i, sign in enumerate(given):
        shared: dict[int, int] = defaultdict(int)
        for name in sorted(sign.names):
            if len(by_name[name]) <= _COMMON:
                for j in by_name[name]:
                    shared[j] += 1
            by_name[name].append(i)
        for j, n in shared.items():
            if n / len(sign.names | given[j].names) >= _ALIKE and _near(sign.day, given[j].day):
                root[_top(root, i)] = _top(root, j)
    found: dict[int, list[str]] = defaultdict(list)
    for i, sign in enumerate(given):
        found[_top(root, i)].append(sign.id)
    return list(found.values())


def _top(root: Sequence[int], i: int) -> int:
    while root[i] != i:
        i = root[i]
    return i


def _near(one: str, two: str) -> bool:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(two)).days) <= _APART
    except ValueError:
        return True
