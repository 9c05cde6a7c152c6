"""Page furniture, marked where it stands: rules for lines, and blocks of related headlines. Body text is never marked on a guess.

The rules are data: ``lang/<xx>/furniture.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from .. import expressions as re
from .. import lang
from ..text import paragraphs
from ..types import Furniture, Region
from .foot import foot_lines

__all__ = ["find_furniture", "is_headline", "merged", "outside"]


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    words: int
    where: str


_WORDS = 40
_LONGEST_LINE = 3_000  # characters; patterns are tried on no longer line, so that their work stays bounded
_HEAD, _TAIL = 8, 10  # lines that count as the head and the tail of a page
_HEADLINE_WORDS = 16
_TEASER_WORDS = 32
_SHARE_OF_HEADLINES = 0.4
_LATE = 0.25  # of the lines stand before a block that runs to the end
_ENDS_A_SENTENCE = re.compile(r"[.!…:;,]['\"’”»)\]]*$")
_QUOTED = re.compile(r"^[\"“«].*[\"”»]$")
_SPEECH = re.compile(r"[\"“«][^\"”»]{15,}[\"”»]|\b(?:said|says|told|according to)\b")


@functools.cache
def _rules(language: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(rule["kind"], re.compile(rule["pattern"], re.I, rule.get("needs", ())), rule.get("words", _WORDS), rule.get("where", "any"))
        for rule in lang.load(language, "furniture").get("rule", [])
    )


@functools.cache
def _headings(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((block["kind"], re.compile(block["heading"], re.I)) for block in lang.load(language, "furniture").get("block", []))


def find_furniture(text: str, language: str = "en", known: Collection[int] = ()) -> tuple[Furniture, ...]:
    """The furniture of a text, in order and without overlap. Lines that begin at ``known`` are marked whole by the caller, and not again here."""
    lines = list(paragraphs(text))

    @functools.cache
    def marks(number: int) -> list[Furniture]:
        return list(_in_line(text, lines[number], number, len(lines), language))

    @functools.cache
    def is_title(number: int) -> bool:
        start, end = lines[number]
        return is_headline(text[start:end]) or any(mark.start == start for mark in marks(number))

    found = [mark for number, line in enumerate(lines) if line[0] not in known for mark in marks(number)]
    found += _blocks(text, lines, is_title, language)
    starts = {mark.start for mark in found} | set(known)
    found += foot_lines(text, lines, lambda number: lines[number][0] in starts, language)
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


def _blocks(text: str, lines: list[Region], is_title: Callable[[int], bool], language: str) -> Iterable[Furniture]:
    """Related headlines after a heading: to the end of the page where all that follows looks like it, else the headlines alone."""
    related: set[int] | None = None
    done = -1
    for number, line in enumerate(lines):
        if number <= done or line[1] - line[0] > _LONGEST_LINE:
            continue
        words = text[slice(*line)]
        kind = next((kind for kind, heading in _headings(language) if heading.match(words)), None)
        if kind is None:
            continue
        done = number
        related = _related_to_the_end(text, lines, is_title) if related is None else related
        if number in related and number > len(lines) * _LATE:
            done = len(lines) - 1
        while done + 1 < len(lines) and is_title(done + 1):
            done += 1
        for start, end in lines[number : done + 1]:
            yield Furniture(start=start, end=end, kind=kind)


def _related_to_the_end(text: str, lines: list[Region], is_title: Callable[[int], bool]) -> set[int]:
    """The lines after which there is nothing but headlines and teasers, headlines enough among them."""
    found, headlines = set(), 0
    for number in range(len(lines) - 1, 0, -1):
        words = text[slice(*lines[number])] if lines[number][1] - lines[number][0] <= _LONGEST_LINE else None
        title = is_title(number)
        if not title and (words is None or len(words.split()) > _TEASER_WORDS or _SPEECH.search(words)):
            break
        headlines += title
        if headlines >= max(2, _SHARE_OF_HEADLINES * (len(lines) - number)):
            found.add(number - 1)
    return found


def outside(lines: Iterable[Region], marks: Iterable[Region]) -> Iterator[Region]:
    """What the marks leave of the lines; both in order, the marks without overlap."""
    waiting = iter(marks)
    mark = next(waiting, None)
    for start, end in lines:
        while mark is not None and mark[0] < end:
            if mark[0] > start:
                yield start, mark[0]
            start = max(start, mark[1])
            if mark[1] > end:
                break
            mark = next(waiting, None)
        if start < end:
            yield start, end


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
