"""Words as the index keeps them, so that every database finds the same: folded in case, accents and typography, the plural taken off."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from ..types import Region

__all__ = ["folded", "plain_words", "stem", "tokens"]

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_LONGEST = 64  # characters of a word that are kept: what is longer is no word but data


def tokens(text: str) -> Iterator[tuple[str, Region]]:
    """Every word of a text as the index keeps it, with where it stands."""
    for m in _WORD.finditer(text):
        yield stem(m[0]), m.span()


def plain_words(text: str) -> Iterator[tuple[str, Region]]:
    """Every word of a text folded in case, accents and typography alone: what must agree where words are asked for as they stand."""
    for m in _WORD.finditer(text):
        yield _plain(m[0]), m.span()


def folded(text: str) -> str:
    """The words of a text as the index takes them in: stems with a blank between."""
    return " ".join(map(stem, _WORD.findall(text)))


@functools.lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c) != "Mn")
    return word.casefold()[:_LONGEST]


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One form for a word and its plural, by the three rules of Harman's S stemmer (1991); words of other alphabets are only folded."""
    word = _plain(word)
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
