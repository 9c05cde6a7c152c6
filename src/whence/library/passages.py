"""Where the words asked for stand in a text, and the passage that shows most of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import msgspec

from ..store.wording import plain_words, stem, tokens
from ..types import Region

__all__ = ["passage", "phrases_in", "sentences"]

_WIDE = 280


_OTHER_LETTER = re.compile(r"[^\W\x00-\x7f]|[\u0300-\u036f]")


@functools.lru_cache(maxsize=256)
def _beginning(stems: frozenset[str]) -> re.Pattern[str]:
    """Words of plain letters that may have one of these stems: they begin as it does, but for a last "y"."""
    heads = sorted(re.escape(s.removesuffix("y")) for s in stems)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(heads)})[^\W_]*", re.I)


class _Sentences(msgspec.Struct, frozen=True):
    sentences: tuple[Region, ...] = ()


def sentences(marks: bytes) -> tuple[Region, ...]:
    """The sentences among an article's marks, the others left unread."""
    return msgspec.msgpack.decode(marks, type=_Sentences).sentences


def phrases_in(text: str, phrases: Sequence[Sequence[str]], *, plain: bool = False) -> list[Region]:
    """Where any of the phrases stands, in order; ``plain``: letter for letter but for case and typography, else in any form of plural."""
    if not phrases:
        return []
    if not plain and all(len(p) == 1 for p in phrases) and not _OTHER_LETTER.search(text):
        stems = {p[0] for p in phrases}
        return [m.span() for m in _beginning(frozenset(stems)).finditer(text) if stem(m[0]) in stems]
    first = {p[0] for p in phrases}
    words = list((plain_words if plain else tokens)(text))
    found: set[Region] = set()
    for i, (word, (start, _)) in enumerate(words):
        if word in first:
            for p in phrases:
                if (len(p) == 1 and p[0] == word) or (len(p) > 1 and [w for w, _ in words[i : i + len(p)]] == list(p)):
                    found.add((start, words[i + len(p) - 1][1][1]))
    return sorted(found)


def passage(text: str, marks: Sequence[Region]) -> Region:
    """The stretch of a text, 280 characters or one mark long, that holds most marks; without marks its beginning. No word is cut, no end is blank."""
    if not marks:
        return _whole(text, 0, min(len(text), _WIDE))
    best, most = 0, 0
    for i, (start, _) in enumerate(marks):
        n = sum(1 for a, b in marks[i:] if b <= start + _WIDE)
        if n > most:
            best, most = i, n
    start, end = marks[best][0], max(marks[best][1], *(b for a, b in marks[best:] if b <= marks[best][0] + _WIDE), 0)
    free = max(0, _WIDE - (end - start))
    return _whole(text, max(0, start - free // 2), min(len(text), end + free - free // 2))


def _whole(text: str, start: int, end: int) -> Region:
    """The region shrunk to whole words, unless one word is all there is."""
    a, b = start, end
    while 0 < a < end and not text[a - 1].isspace():
        a += 1
    while b < len(text) and b > a and not text[b].isspace():
        b -= 1
    if a >= b:
        a, b = start, end
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    return a, b
