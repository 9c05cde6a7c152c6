"""The standard library's ``re``, with patterns that are compiled when they are first used: imported in its place, as ``re``.

Compiling all that the rules know took a fifth of the time of two reports (0.2 s), and most of it is about words that they do not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import DOTALL, IGNORECASE, MULTILINE, VERBOSE, I, M, Match, Pattern, S, escape, findall, finditer, fullmatch, match, search, split, sub
from typing import Any, cast

__all__ = [
    "ALIKE", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "I", "M", "Match", "Pattern", "S", "compile", "escape", "findall", "finditer", "fullmatch",
    "match", "plain", "search", "split", "sub",
]  # fmt: skip

ALIKE = {"i": "İı", "k": "\u212a", "s": "ſ"}
"""Letters that a pattern takes for these where case is ignored, besides their capitals."""
_ODD = re.compile(f"[{''.join(ALIKE.values())}]")
_SMALL = str.maketrans({odd: letter for letter, odds in ALIKE.items() for odd in odds})
_OFTEN = 200  # times asked for nothing; then it is compiled, which of many reports takes less
_METHODS = ("findall", "finditer", "flags", "fullmatch", "groupindex", "groups", "match", "pattern", "search", "split", "sub")


def plain(text: str, start: int = 0, end: int | None = None) -> str:
    """The words between two offsets in small letters, each letter that of the words which a pattern that ignores case takes it for."""
    words = text[start:end]
    return words.lower() if words.isascii() or _ODD.search(words) is None else words.translate(_SMALL).lower()


def compile(expression: str, flags: int = 0, needs: Sequence[str] = ()) -> Pattern[str]:
    """A pattern that is compiled when it is first used.

    Of ``needs``, in small letters, one stands in whatever it matches: it is not even compiled before it is asked about words that have one. A test holds that
    this is so (``tests/test_expressions.py``).
    """
    return cast("Pattern[str]", _Needing(expression, flags, tuple(needs)) if needs else _Lazy(expression, flags))


class _Lazy:
    """Stands for a compiled pattern, and has its methods from the first use on."""

    def __init__(self, expression: str, flags: int) -> None:
        self._given = (expression, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        self.__dict__.update({n: getattr(compiled, n) for n in _METHODS})
        return getattr(compiled, name)


class _Needing(_Lazy):
    """The same, of which some words are known that it cannot do without."""

    def __init__(self, expression: str, flags: int, needs: tuple[str, ...]) -> None:
        super().__init__(expression, flags)
        self._needs = needs
        self._asked = 0

    def _may(self, text: str, start: int = 0, end: int | None = None) -> bool:
        words = plain(text, start, end)
        self._asked += 1
        return self._asked > _OFTEN or any(n in words for n in self._needs)

    def search(self, text: str, *places: int) -> Match[str] | None:
        return self.__getattr__("search")(text, *places) if self._may(text, *places) else None

    def match(self, text: str, *places: int) -> Match[str] | None:
        return self.__getattr__("match")(text, *places) if self._may(text, *places) else None

    def fullmatch(self, text: str, *places: int) -> Match[str] | None:
        return self.__getattr__("fullmatch")(text, *places) if self._may(text, *places) else None

    def finditer(self, text: str, *places: int) -> Any:
        return self.__getattr__("finditer")(text, *places) if self._may(text, *places) else iter(())
