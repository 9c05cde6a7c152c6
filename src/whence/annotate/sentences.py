"""Where sentences begin and end.

Own splitter: a stop, its closing marks, a blank, and something a sentence can begin with; abbreviations and initials end nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from .. import expressions as re
from ..lang import load
from ..text import paragraphs, touches, trim
from ..types import Region

__all__ = ["split", "split_paragraph"]

_STOP = re.compile(r"(?:[.!?…。！？]+[\"”’'»)\]]*)(?=\s+[\"“‘'«(\[]*[^\W_a-zß-öø-ÿ]|\s*$|[“«])|[。！？]+")
_LAST = re.compile(r"\.?[^\W_]+(?:[.'’\-][^\W_]+)*")
"""The last word of a stretch, which is read from its end."""


@functools.cache
def _abbreviations(language: str = "en") -> tuple[frozenset[str], frozenset[str]]:
    table = load(language, "names").get("abbreviations", {})
    return frozenset(table.get("never", [])), frozenset(table.get("before_number", []))


def _ends(text: str, start: int, m: re.Match[str]) -> bool:
    """True where a stop ends a sentence."""
    if m.group()[0] != "." or m.group().startswith(".."):
        return True
    before = _LAST.match(text[max(start, m.start() - 24) : m.start()][::-1])
    if before is None:
        return True
    word = before.group()[::-1]
    never, number = _abbreviations()
    if word.lower() in never or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    after = text[m.end() : m.end() + 3].lstrip()
    if word.lower() in number and after[:1].isdigit():
        return False
    dotted = "." in word and all(len(p) == 1 for p in word.split("."))
    return not (dotted and not after.startswith(("The", "He", "She", "It", "A ", "In", "“", '"')))


def split_paragraph(text: str, region: Region) -> list[Region]:
    """The sentences of one paragraph, without the white space between them."""
    start, end = region
    out: list[Region] = []
    for m in _STOP.finditer(text, start, end):
        if m.start() < start or not _ends(text, start, m):
            continue
        found = trim(text, (start, m.end()))
        if found[0] < found[1]:
            out.append(found)
        start = m.end()
    rest = trim(text, (start, end))
    if rest[0] < rest[1]:
        out.append(rest)
    return out


def split(text: str, furniture: Sequence[Region] = ()) -> tuple[Region, ...]:
    """Every sentence of a text outside its furniture, in order."""
    return tuple(s for p in paragraphs(text) if not touches(p, furniture) for s in split_paragraph(text, p))
