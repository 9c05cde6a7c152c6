"""From texts to terms: hashed words, names, numbers and dates of a batch of articles, in arrays.

A term is a 32-bit hash and a byte: its kind, whether it stands in the title or near the beginning, and about how often it occurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import expressions as re
from ..lang import load

__all__ = [
    "ADDRESS", "BACK", "CAPITAL", "DAY", "DIGIT", "ENDS", "KIND", "LEAD", "LEAD_WORDS", "LOOK_BITS", "MONTH", "NAME", "NUMBER", "NUMBERED", "SMALL_NUMBER",
    "STOP", "WORD", "YEAR", "YEARLY", "Terms", "bucket", "seen", "terms", "times",
]  # fmt: skip

WORD, NAME, NUMBER, NUMBERED, YEAR, DAY = range(6)
"""Kinds of term: a word, a name, a number, a number with its noun, a year, a day of a year."""

KIND, LEAD, BACK = 7, 8, 4
"""The byte of a term: its kind in the lower three bits, whether it is of the lead, and above bit ``BACK`` its count as a power of 1.5."""

LEAD_WORDS = 60
"""A lead is the title and so many words."""

_TOKEN = re.compile(
    r"[!?:;\n]+|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?!\w)"  # where a sentence ends, so that a capital after it shows no name
    r"|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:[.,]\d+)*"
)

STOP, CAPITAL, DIGIT, ENDS, YEARLY, SMALL_NUMBER, MONTH = (1 << n for n in range(7))
"""What a form looks like."""

LOOK_BITS = 7
"""What is known of a form is its hash above so many bits of what it looks like."""

ADDRESS = re.compile(r"^[ \t]*(?:https?[ \t]*:|www[ \t]*\.).*$", re.MULTILINE)
"""A line that is an address."""

_KNOWN_AT_MOST = 500_000


class Terms(NamedTuple):
    """Terms of a batch, article by article: ``ends[i]`` is the place after the last term of article i; hashes ascend within an article.

    ``first`` is the place in ``forms`` at which a term of one form first stands in its article, -1 for one of two forms.
    """

    ends: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    marks: NDArray[np.uint8]
    words: NDArray[np.int64]
    first: NDArray[np.int64]
    forms: list[str]


class _Known(dict[str, int]):
    """What is known of every form met so far: its hash above seven bits of what it looks like."""

    def __missing__(self, form: str) -> int:
        if len(self) > _KNOWN_AT_MOST:
            self.clear()
        look = self[form] = _looked_at(form)
        return look


_known = _Known()


def seen(form: str) -> int:
    """What is known of a form: its hash above ``LOOK_BITS`` bits of what it looks like."""
    return _known[form]


def terms(texts: Sequence[tuple[str, str]]) -> Terms:
    """The terms of some articles, each given as its title (or nothing) and its text."""
    forms: list[str] = []
    sizes = []
    for title, text in texts:
        a = len(forms)
        forms += _TOKEN.findall(title)
        b = len(forms)
        forms += _TOKEN.findall(ADDRESS.sub(" ", text))
        sizes.append((b - a, len(forms) - b))
    known = np.fromiter(map(_known.__getitem__, forms), np.int64, len(forms))
    of_title, of_text = np.array(sizes, np.int64).reshape(-1, 2).T
    article = np.repeat(np.arange(len(texts)), of_title + of_text)
    place = np.arange(len(forms)) - np.repeat(np.cumsum(of_title + of_text) - of_text, of_title + of_text)
    return _gathered(len(texts), article, place, known, forms)


def times(marks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """About how often terms occur in their articles, by their bytes."""
    return np.float32(1.5) ** (marks >> BACK)


def bucket(hashes: NDArray[np.uint32], bits: int) -> NDArray[np.int64]:
    """Places of hashes in a table of ``2 ** bits``."""
    return np.asarray((hashes * np.uint32(2654435761)) >> np.uint32(32 - bits), np.int64)


def _gathered(count: int, article: Any, place: Any, known: Any, forms: list[str]) -> Terms:
    """Terms from tokens in order: ``place`` is below nought in a title."""
    look, hashed = known & ((1 << LOOK_BITS) - 1), (known >> LOOK_BITS).astype(np.uint32)
    is_word = (look & ENDS) == 0
    before = np.roll(look, 1)
    first = (np.roll(article, 1) != article) | ((before & ENDS) > 0) | (place == 0)
    inside = ~first & (place >= 0)
    words = np.bincount(article[is_word & (place >= 0)], minlength=count)
    content = np.flatnonzero(is_word & ((look & STOP) == 0))
    at, of, h, how = place[content], article[content], hashed[content], look[content]
    kind = np.full(len(content), WORD, np.int64)
    kind[(how & DIGIT) > 0] = NUMBER
    kind[(how & YEARLY) > 0] = YEAR
    named = ((how & CAPITAL) > 0) & inside[content]
    lead = at < LEAD_WORDS
    parts = [(of, h, kind, lead, named, inside[content] & (kind == WORD), content)]
    for k, (a, b, c) in _joined(of, at, h, how, lead).items():
        parts.append((a, b, np.full(len(a), k), c, np.zeros(len(a), bool), np.zeros(len(a), bool), np.full(len(a), -1)))
    return _counted(count, words, forms, *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _joined(of: Any, at: Any, h: Any, how: Any, lead: Any) -> dict[int, tuple[Any, Any, Any]]:
    """Numbers with the noun after them, and days of a year, from neighbouring words."""
    if len(h) < 2:
        return {}
    near = (of[1:] == of[:-1]) & (at[1:] - at[:-1] <= 2) & (at[1:] >= at[:-1])
    number, word = (how & DIGIT) > 0, (how & DIGIT) == 0
    counted = np.flatnonzero(near & number[:-1] & word[1:] & ((how[1:] & MONTH) == 0))
    out = {NUMBERED: (of[counted], h[counted] * np.uint32(31) ^ h[counted + 1], lead[counted])}
    small, month = (how & SMALL_NUMBER) > 0, ((how & MONTH) > 0) & ((how & CAPITAL) > 0)
    ahead, behind = np.flatnonzero(near & small[:-1] & month[1:]), np.flatnonzero(near & month[:-1] & small[1:])
    days = np.concatenate([ahead, behind + 1])
    months = np.concatenate([ahead + 1, behind])
    out[DAY] = (of[days], h[days] * np.uint32(17) ^ h[months], lead[days])
    return out


def _counted(
    count: int, words: Any, forms: list[str], of: Any, h: Any, kind: Any, lead: Any, named: Any, inside: Any, token: Any
) -> Terms:
    """One term for each hash of an article. A word is a name where most of it that stands inside sentences begins with a capital."""
    key = (of.astype(np.uint64) << np.uint64(32)) | h.astype(np.uint64)
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.zeros(0, np.int64)
    if not len(starts):
        return Terms(np.zeros(count, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8), words, np.zeros(0, np.int64), forms)

    def total(values: Any) -> Any:
        return np.add.reduceat(values[order].astype(np.int64), starts)

    n, capitals = total(np.ones(len(order))), total(named)
    kinds = kind[order][starts]
    kinds[(kinds == WORD) & (capitals > 0) & (2 * capitals >= total(inside))] = NAME
    often = np.minimum(15, np.round(np.log(n) / np.log(1.5))).astype(np.int64)
    marks = kinds | np.where(total(lead) > 0, LEAD, 0) | (often << BACK)
    articles = (key[starts] >> np.uint64(32)).astype(np.int64)
    ends = np.searchsorted(articles, np.arange(count), side="right")
    hashes = (key[starts] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return Terms(ends, hashes, marks.astype(np.uint8), words, token[order][starts], forms)


@cache
def _common() -> frozenset[str]:
    words = {part for word in load("en", "compare")["stopwords"]["words"] for part in re.findall(r"\w+", word.lower())}
    return frozenset(words | set(load("en", "stories")["common"]["words"]))


@cache
def _months() -> dict[str, int]:
    names = load("en", "stories")["months"]["names"]
    return {short: i for i, name in enumerate(names, 1) for short in (name, name[:3], name[:4])}


def _looked_at(form: str) -> int:
    """A form's hash above what it looks like."""
    if not form[0].isalnum():
        return ENDS
    small = form.lower()
    look = (CAPITAL if form[0].isupper() else 0) | (STOP if small in _common() or (len(small) < 2 and small.isascii() and not small.isdigit()) else 0)
    if form[0].isdigit():
        small, look = small.replace(",", ""), look | DIGIT
        look |= YEARLY if len(small) == 4 and small.isdecimal() and 1950 <= int(small) < 2040 else 0
        if look & YEARLY:
            return int(small) << LOOK_BITS | look  # a year is its own hash, so that years can be compared
        look |= SMALL_NUMBER if len(small) < 3 and small.isdecimal() and 0 < int(small) < 32 else 0
        return _hashed(small) << LOOK_BITS | look
    if small in _months() and look & CAPITAL:
        return _hashed(f"month {_months()[small]}") << LOOK_BITS | look & ~STOP | MONTH
    return _hashed(stem(small)) << LOOK_BITS | look


def stem(word: str) -> str:
    """A word without the endings that number and tense give it in English; one form for both is enough, it need not be a word."""
    if len(word) <= 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _hashed(word: str) -> int:
    """32-bit FNV-1a over UTF-8, mixed."""
    h = 2166136261
    for byte in word.encode("utf-8", "surrogatepass"):
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    return h ^ (h >> 13)
