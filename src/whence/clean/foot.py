"""Lines at the foot of a page that do not go on with its report: teasers, notices, addresses to the reader, of whatever form."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .. import expressions as re
from .. import lang
from ..types import Furniture, Region

__all__ = ["foot_lines"]

_MOST = 6  # lines; a longer run without a stop is a list or a table, and stays
_WORDS = 20
_REACH = 12  # lines looked at from the end
_OWN = 0.5  # of a labelled line's words are the report's own, or more than that of its label's: it goes on with the report
_OWN_ALONE = 0.25  # the same of a line without a label
_ENDING = 40  # characters in which a paragraph's stop is looked for
_STEM = 5  # letters by which a word is known again
_STOP = re.compile(r"[.!?…] ?(?:['\"’”»)\]]*|[A-Z]{2,})$")
_LABEL = re.compile(r"^(?P<label>[^\W\d_][^:.!?\"“”«»]{1,40}?): (?=\S)")
_BARS = re.compile(r"\S \| \S")
_QUOTE = re.compile(r"[\"“”«»]|``|''")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SMALL = re.compile(r"\b(?!(?:and|for|from|with|the)\b)[a-zß-öø-ÿ]{3,}")
"""A word in small letters such as no signature has."""


class _Words(NamedTuple):
    """What the foot of a page says in a language: who speaks there of the report itself, and what only speaks to the reader."""

    kept: re.Pattern[str]
    reader: re.Pattern[str]
    common: frozenset[str]


@functools.cache
def _table(language: str) -> _Words | None:
    table = lang.load(language, "furniture").get("foot")
    if table is None:
        return None
    return _Words(re.compile(table["kept"], re.I), re.compile(table["reader"], re.I), frozenset(w.lower()[:_STEM] for w in table["common"]))


def foot_lines(text: str, lines: list[Region], marked: Callable[[int], bool], language: str) -> Iterator[Furniture]:
    """The last lines that are short, no sentence of the report, no credit and no note on it, and share few of its words.

    They stand below a line that ends as a sentence does, and are no more than a handful. ``marked`` is True for a line known as furniture.
    """
    words = _table(language)
    if words is None or len(lines) < 3:
        return
    foot: list[int] = []
    number = len(lines) - 1
    while number > max(1, len(lines) - 1 - _REACH) and (marked(number) or _may(text, lines[number], words)):
        foot.append(number)
        number -= 1
    open_lines = [n for n in foot if not marked(n)]
    last = lines[number]
    if not open_lines or len(open_lines) > _MOST or not _STOP.search(text, max(last[0], last[1] - _ENDING), last[1]):
        return
    body = _stems(text[: last[1]], words)
    for n in reversed(open_lines):
        line = text[slice(*lines[n])]
        if not words.kept.search(line) and (words.reader.search(line) or not _goes_on(line, body, words)):
            yield Furniture(start=lines[n][0], end=lines[n][1], kind="promo")


def _may(text: str, line: Region, words: _Words) -> bool:
    """True for a line that may stand at a foot: short, and no sentence unless it speaks to the reader."""
    said = text[slice(*line)]
    if len(said) > 240 or len(said.split()) > _WORDS or said[:1].islower():
        return False
    return bool(words.reader.search(said)) or not (_STOP.search(said) or said.endswith((",", ";", ":")) or _QUOTE.search(said))


def _goes_on(line: str, body: frozenset[str], words: _Words) -> bool:
    """True where a line has as many of the report's words as a line of it would have, or is no more than a name."""
    label = _LABEL.match(line)
    if label is not None and _stems(line, words):
        return _share(line[label.end() :], body, words) >= _OWN or _share(label["label"], body, words) > _OWN
    if _BARS.search(line):
        return _share(line, body, words) >= _OWN
    return len(line.split()) < 3 or not _SMALL.search(line) or _share(line, body, words, empty=1.0) >= _OWN_ALONE


def _share(said: str, body: frozenset[str], words: _Words, empty: float = 0.0) -> float:
    """The share of the words that the report has too; ``empty`` where there is none to compare."""
    stems = _stems(said, words)
    return len(stems & body) / len(stems) if stems else empty


def _stems(said: str, words: _Words) -> frozenset[str]:
    return frozenset(w.lower()[:_STEM] for w in _WORD.findall(said)) - words.common
