"""Notions: what news says in many words ("lost their lives", "the toll"), so that two clauses can be known to speak of one thing without a word in common."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..lang import load
from .stems import stem

__all__ = ["asked_about", "notions_in"]

Phrases = dict[tuple[str, ...], frozenset[str]]


def notions_in(words: Sequence[str], language: str) -> frozenset[str]:
    """The names of all notions for which some of the words stand, the longest phrase at each place. ``words`` are folded, in order."""
    phrases, longest = _phrases(language)
    stems = [stem(w.removesuffix("'s")) for w in words]
    found: set[str] = set()
    i = 0
    while i < len(stems):
        size = next((n for n in range(min(longest, len(stems) - i), 0, -1) if tuple(stems[i : i + n]) in phrases), 0)
        found |= phrases.get(tuple(stems[i : i + size]), frozenset())
        i += max(1, size)
    return frozenset(found)


@functools.cache
def asked_about(language: str) -> frozenset[str]:
    """The notions of which one alone can be what a number is of: so many dead are not so many missing."""
    return frozenset(load(language, "concepts")["asked"])


@functools.cache
def _phrases(language: str) -> tuple[Phrases, int]:
    """Phrases of stems, with the notions they stand for, and the length of the longest."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name, phrases in load(language, "concepts")["notions"].items():
        for phrase in phrases:
            found.setdefault(tuple(stem(w) for w in phrase.split()), set()).add(name)
    return {k: frozenset(v) for k, v in found.items()}, max(map(len, found))
