"""The words of a report as text reuse reads them: lower-case runs of letters and digits, with offsets, weights and quotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from .. import expressions as re
from .. import lang
from ..types import Furniture, Region

CONTENT, NUMBER, COMMON, FORMULA = 6, 3, 2, 0
"""What a shared word is worth: sixths of a content word. Numbers begin with a digit or are a language's figures."""

LONGEST = 120
"""Letters of a word; what runs on is cut, so that a length fits seven bits."""

SINGLES = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
"""Characters of scripts without blanks: a word each."""

_SINGLE = "".join(f"{chr(low)}-{chr(high)}" for low, high in SINGLES)
_BEYOND = "\U00010000-\U0001ffff\U00040000-\U0010ffff"
_WORD = re.compile(f"[{_SINGLE}]|[^\\W_{_SINGLE}{_BEYOND}]{{1,{LONGEST}}}")
_QUOTE = re.compile('[“"„«»”\n]')


class Words(msgspec.Struct, kw_only=True):
    """One report's words: parallel lists. ``ids`` are equal exactly where words are equal; ``weights`` are sixths of a content word."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    weights: list[int]
    quoted: list[bool]


def spelled(text: str) -> list[tuple[str, int, int]]:
    """Every word with its offsets: runs of letters and digits in lower case; scripts without blanks give a word a character."""
    return [(w.lower() if w.isascii() else "".join(map(small, w)), *m.span()) for m in _WORD.finditer(text) for w in (m.group(),)]


def small(char: str) -> str:
    """A letter's small form where that is one letter; the two small sigmas are one."""
    low = char.lower()
    return "σ" if low == "ς" else low if len(low) == 1 else char


def quotations(text: str) -> list[Region]:
    """What stands between double quotation marks, marks left out; a quotation left open ends with its paragraph."""
    out: list[Region] = []
    begun = -1
    for m in _QUOTE.finditer(text):
        mark, at = m.group(), m.start()
        if mark == "\n":
            if begun >= 0:
                out.append((begun, at))
            begun = -1
        elif begun < 0 and mark in '“"„«':
            begun = m.end()
        elif begun >= 0 and mark in '”"“»':
            out.append((begun, at))
            begun = -1
    if begun >= 0:
        out.append((begun, len(text)))
    return out


@cache
def common(language: str) -> frozenset[str]:
    """Words that any two texts of the language share."""
    return frozenset(lang.load(language, "reuse").get("common", "").split())


@cache
def figures(language: str) -> frozenset[str]:
    """Words that stand for a number or a date."""
    return frozenset(lang.load(language, "reuse").get("figures", "").split())


@cache
def formulae(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Set phrases of the trade by their first word, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in lang.load(language, "reuse").get("formulae", "").splitlines():
        phrase = tuple(line.split())
        if phrase:
            table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in table.items()}


def weigh(words: Sequence[str], language: str) -> list[int]:
    """What each word is worth when it is shared: common words little, words of a set phrase nothing."""
    light, numbers, phrases = common(language), figures(language), formulae(language)
    out = [NUMBER if "0" <= w[0] <= "9" or w in numbers else COMMON if w in light or (len(w) == 1 and w.isascii()) else CONTENT for w in words]
    for at, word in enumerate(words):
        for phrase in phrases.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                out[at : at + len(phrase)] = [FORMULA] * len(phrase)
                break
    return out


def read(text: str, furniture: Iterable[Furniture], language: str, numbers: dict[str, int]) -> Words:
    """A report's words without its page furniture; ``numbers`` gives every spelling its number and grows."""
    regions = sorted((f.start, f.end) for f in furniture)
    quotes = quotations(text)
    kept: list[tuple[str, int, int]] = []
    quoted: list[bool] = []
    f = q = 0
    for word in spelled(text):
        while f < len(regions) and regions[f][1] <= word[1]:
            f += 1
        if f < len(regions) and regions[f][0] < word[2]:
            continue
        while q < len(quotes) and quotes[q][1] <= word[1]:
            q += 1
        kept.append(word)
        quoted.append(q < len(quotes) and quotes[q][0] <= word[1])
    spellings = [word[0] for word in kept]
    return Words(
        ids=[numbers.setdefault(w, len(numbers)) for w in spellings],
        starts=[word[1] for word in kept],
        ends=[word[2] for word in kept],
        weights=weigh(spellings, language),
        quoted=quoted,
    )
