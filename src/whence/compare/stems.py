"""Words as match keys: which say something, and one form for all of a word's."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ..lang import load
from ..text import folded_words

__all__ = ["content_words", "stem", "stopwords"]


@functools.cache
def stopwords(language: str) -> frozenset[str]:
    """Words that say nothing by themselves."""
    return frozenset(load(language, "compare")["stopwords"]["words"])


def content_words(text: str, language: str) -> Iterator[str]:
    """The folded words of a text that say something, compounds whole and in parts."""
    for word in folded_words(text):
        for part in (word.removesuffix("'s"), *(word.split("-") if "-" in word else ())):
            if part not in stopwords(language) and len(part) > 1:
                yield part


@functools.cache
def stem(word: str) -> str:
    """A match key for a word's forms: common endings off, British and American spellings as one, at most eight letters."""
    if word[:1].isdigit():
        return word
    word = word.replace("our", "or").replace("isation", "ization").replace("ise", "ize").replace("ence", "ense")
    for ending in ("ments", "ment", "ations", "ation", "ings", "ing", "edly", "ies", "ied", "ers", "ers", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word.rstrip("y")[:8] or word
