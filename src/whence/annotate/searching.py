"""Searches that say early where nothing can be found: most positions of a text, and most sentences, hold no word that a pattern needs."""

from __future__ import annotations

from collections.abc import Sequence

from ..expressions import ALIKE, plain

__all__ = ["any_case", "by_initial", "plain"]

def any_case(letter: str) -> str:
    """A character class of a small letter whatever its case, as a pattern that ignores case has it."""
    return f"[{letter}{letter.upper()}{ALIKE.get(letter, '')}]"


def by_initial(parts: Sequence[str], *, ignore_case: bool = False, depth: int = 2) -> str:
    """Alternatives in their order, put together by their first letters: at each place one letter is looked at instead of every alternative.

    ``parts`` are patterns that begin with a letter; those of one first letter keep their order, and no two others can match at one place.
    """
    if depth == 0 or len(parts) < 2 or not all(p[:1].isalpha() for p in parts):
        joined = "|".join(parts)
        return f"(?i:{joined})" if ignore_case else joined
    groups: dict[str, list[str]] = {}
    for p in parts:
        groups.setdefault(p[0].lower() if ignore_case else p[0], []).append(p[1:])
    return "|".join(
        f"{any_case(first) if ignore_case else first}(?:{by_initial(rest, ignore_case=ignore_case, depth=depth - 1)})"
        for first, rest in groups.items()
    )
