"""Page furniture, marked where it stands: rules for lines, and blocks of related headlines. Body text is never marked on a guess.

The rules are data: ``lang/<xx>/furniture.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from .. import lang
from ..text import paragraphs
from ..types import Furniture, Region

__all__ = ["find_furniture", "is_headline", "merged"]


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    words: int
    where: str


_WORDS = 40
_LONGEST_LINE = 3_000  # characters; patterns are tried on no longer line, so that their work stays bounded
_HEAD, _TAIL = 8, 10  # lines that count as the head and the tail of a page
_HEADLINE_WORDS = 16
_TEASER_WORDS = 45
_ENDS_A_SENTENCE = re.compile(r"[.!…:;,]['\"’”»)\]]*$")
_QUOTED = re.compile(r"^[\"“«].*[\"”»]$")


@functools.cache
def _rules(language: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(rule["kind"], re.compile(rule["pattern"], re.I), rule.get("words", _WORDS), rule.get("where", "any"))
        for rule in lang.load(language, "furniture").get("rule", [])
    )


@functools.cache
def _headings(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((block["kind"], re.compile(block["heading"], re.I)) for block in lang.load(language, "furniture").get("block", []))


def find_furniture(text: str, language: str = "en") -> tuple[Furniture, ...]:
    """The furniture of a text, in order and without overlap."""
    lines = list(paragraphs(text))
    found = [mark for number, line in enumerate(lines) for mark in _in_line(text, line, number, len(lines), language)]
    found += _blocks(text, lines, found, language)
    return merged(found)


def _in_line(text: str, line: Region, number: int, of: int, language: str) -> Iterable[Furniture]:
    words = text[line[0] : line[1]]
    if len(words) > _LONGEST_LINE:
        return
    length = len(words.split())
    for rule in _rules(language):
        if length > rule.words or (rule.where == "head" and number >= _HEAD) or (rule.where == "tail" and number < of - _TAIL):
            continue
        for match in rule.pattern.finditer(words):
            if match.end() > match.start():
                yield Furniture(start=line[0] + match.start(), end=line[0] + match.end(), kind=rule.kind)


def is_headline(words: str) -> bool:
    """True for a short line that is no sentence: it ends in no stop, and does not begin in the middle of one."""
    length = len(words.split())
    return 0 < length <= _HEADLINE_WORDS and not words[0].islower() and not _ENDS_A_SENTENCE.search(words) and not _QUOTED.match(words)


def _blocks(text: str, lines: list[Region], found: list[Furniture], language: str) -> Iterable[Furniture]:
    """Related headlines after a heading: to the end of the page where all that follows looks like it, else the headlines alone."""
    done = -1
    for number, line in enumerate(lines):
        words = text[line[0] : line[1]]
        if number <= done or len(words) > _LONGEST_LINE:
            continue
        kind = next((kind for kind, heading in _headings(language) if heading.match(words)), None)
        if kind is None:
            continue
        done = _block_end(text, lines, number, found)
        for start, end in lines[number : done + 1]:
            yield Furniture(start=start, end=end, kind=kind)


def _block_end(text: str, lines: list[Region], heading: int, found: list[Furniture]) -> int:
    rest = [text[start:end] for start, end in lines[heading + 1 :]]
    marked = {mark.start for mark in found}
    titles = [is_headline(words) or lines[heading + 1 + i][0] in marked for i, words in enumerate(rest)]
    short = all(len(words.split()) <= _TEASER_WORDS for words in rest)
    if rest and heading > len(lines) * 0.3 and short and sum(titles) >= 2 and sum(titles) * 3 >= len(titles):
        return len(lines) - 1
    end = heading
    while end + 1 < len(lines) and titles[end - heading]:
        end += 1
    return end


def merged(found: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """In order, overlapping marks made one that keeps the first one's kind."""
    merged: list[Furniture] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if merged and mark.start < merged[-1].end:
            last = merged.pop()
            merged.append(Furniture(start=last.start, end=max(last.end, mark.end), kind=last.kind))
        else:
            merged.append(mark)
    return tuple(merged)
