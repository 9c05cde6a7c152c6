"""Text into what the tagger's network reads: tokens with offsets, a record for each different word, quotation state, segments.

Nothing here depends on a list of words: a word is looked up piece by piece in MiniLM's own vocabulary and hashed by its beginnings and endings.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .. import expressions as re
from ..types import Region
from ..wordpieces import longest_pieces, unaccented

SEGMENT = 200
"""Most tokens that are read together; a longer paragraph is cut, at the end of a sentence where there is one."""
MAX_PIECES = 12
LONGEST_WORD = 48
HASHES = 1 << 15
SHAPES = 32
QUOTE_STATES = 6
FLAGS = 8

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*(?!\w)|[^\W_]+(?:[-'’‐][^\W_]+)*|\.{2,}|--+|\S")
_PART = re.compile(r"[^\W_]+|\S")
_PUNCTUATION = {
    c: i for i, group in enumerate((",", ".", ":", ";", "?!", "“", "”", '"„«»', "‘", "’'", "()[]{}", "-–—", "$€£%", "…"), 8) for c in group
}
_OPENING, _CLOSING = "“«„", "”»"
_ENDS = frozenset(".?!…")


class Tokens(NamedTuple):
    """Tokens of a text: offsets, the words themselves, quotation states; and segments as half-open ranges of tokens with their paragraph."""

    starts: array[int]
    ends: array[int]
    words: list[str]
    quotes: array[int]
    segments: list[tuple[int, int, int]]


class Record(NamedTuple):
    """What is known of one word without its neighbours: rows of the piece table, rows of the hash table, its shape."""

    pieces: tuple[int, ...]
    hashes: tuple[int, ...]
    shape: int


def tokenize(text: str, paragraphs: Sequence[Region]) -> Tokens:
    """The tokens of all paragraphs, in the order given; never raises, linear in the length of the text."""
    starts, ends, quotes = array("i"), array("i"), array("b")
    words: list[str] = []
    segments: list[tuple[int, int, int]] = []
    for number, (left, right) in enumerate(paragraphs):
        first = len(words)
        for m in _TOKEN.finditer(text, left, right):
            start, end = m.span()
            word = m[0]
            if word[-2:] in ("'s", "’s", "'S", "’S") and end - start > 2:
                starts.append(start)
                ends.append(end - 2)
                words.append(word[:-2])
                start, word = end - 2, word[-2:]
            starts.append(start)
            ends.append(end)
            words.append(word)
        if len(words) > first:
            quotes.extend(quote_states(words, first))
            segments.extend((a, b, number) for a, b in _cut(words, first, len(words)))
    return Tokens(starts, ends, words, quotes, segments)


def quote_states(words: list[str], first: int) -> array[int]:
    """One state for each word from ``first`` on.

    0 outside, 1 opens, 2 inside, 3 closes, 4 inside what is never closed, 5 closes what was never opened.
    """
    states = array("b", bytes(len(words) - first))
    opened = -1
    for i in range(first, len(words)):
        word = words[i]
        if len(word) == 1:
            if word == '"':
                mark = 3 if opened >= 0 else 1
            elif word in _OPENING:
                mark = 1
            elif word in _CLOSING:
                mark = 3 if opened >= 0 else 5
            else:
                mark = 0
            if mark == 1:
                opened = i
            elif mark == 3:
                opened = -1
            if mark:
                states[i - first] = mark
                continue
        if opened >= 0:
            states[i - first] = 2
    if opened >= 0:
        for i in range(opened + 1 - first, len(states)):
            states[i] = 4
    return states


def _cut(words: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """Ranges of at most SEGMENT tokens that cover a paragraph, cut after a full stop where one stands in the second half."""
    out = []
    while last - first > SEGMENT:
        cut = first + SEGMENT
        for i in range(cut - 1, first + SEGMENT // 2, -1):
            if words[i - 1] in _ENDS:
                cut = i
                break
        out.append((first, cut))
        first = cut
    out.append((first, last))
    return out


def flags(words: list[str], quotes: array[int], segments: list[tuple[int, int, int]]) -> list[list[float]]:
    """Eight facts of each segment's neighbourhood: what the paragraph before ends with, whether quotations stand before, here, after."""
    facts = []
    for a, b, _ in segments:
        here = quotes[a:b]
        facts.append((words[b - 1] == ":", here[0] == 1, here[-1] in (3, 5), 4 in here, any(here)))
    none = (False, False, False, False, False)
    out = []
    for i in range(len(facts)):
        before = facts[i - 1] if i else none
        after = facts[i + 1] if i + 1 < len(facts) else none
        out.append([float(x) for x in (i == 0, before[0], before[2], before[3], before[4], after[1], after[4], i + 1 == len(facts))])
    return out


def _key(word: str) -> str:
    """The word, or its first letters, as it is looked up: lower case, no accents, one form of apostrophe."""
    return unaccented(word[:LONGEST_WORD]).replace("’", "'")


def wordpieces(word: str, vocabulary: Mapping[str, int]) -> tuple[int, ...]:
    """Rows of the pieces that make up the word and its marks, at most ``MAX_PIECES``; empty where it cannot be made."""
    out: list[int] = []
    for part in _PART.findall(_key(word)):
        pieces = longest_pieces(part, vocabulary)
        if not pieces:
            return ()
        out += pieces
    return tuple(out[:MAX_PIECES])


def _hash(kind: str, what: str) -> int:
    return zlib.crc32((kind + what).encode("utf-8", "surrogatepass")) % HASHES


def shape(word: str) -> int:
    """A class of spelling: 0 lower case, capital, capitals, mixed, digits, both; 8 and more for kinds of punctuation."""
    first = word[0]
    if first in _PUNCTUATION and (len(word) == 1 or not word[-1].isalnum()):
        return _PUNCTUATION[first]
    if word in ("'s", "’s"):
        return 24
    if word.islower():
        return 6 if "-" in word else 0
    if any(c.isdigit() for c in word):
        return 4 if not any(c.isalpha() for c in word) else 5
    if word.isupper():
        return 2 if len(word) > 1 else 7
    if first.isupper():
        return 1 if word[1:].islower() else 3
    return 3 if first.isalpha() else 25


def record(word: str, vocabulary: Mapping[str, int]) -> Record:
    """What the network reads of a word by itself."""
    low = _key(word)
    hashes = (_hash("w", low), _hash("p", low[:3]), _hash("s", low[-3:]), _hash("t", low[-2:]))
    return Record(wordpieces(word, vocabulary), hashes, shape(word))
