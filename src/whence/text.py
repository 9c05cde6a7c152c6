"""Small pure functions over text and regions, shared by all rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import expressions as re
from .types import Region, Span

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_APART = re.compile(r"[^\w]+")
_ARTICLE = re.compile(r"(An?|The) (\w)")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


def span(text: str, region: Region) -> Span:
    """The words of a region, as a value that carries its own proof."""
    return Span(start=region[0], end=region[1], text=text[region[0] : region[1]])


def trim(text: str, region: Region, drop: str = "") -> Region:
    """The region without white space (and the characters of ``drop``) at its ends; empty at its start if nothing is left."""
    start, end = region
    while start < end and (text[start].isspace() or text[start] in drop):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in drop):
        end -= 1
    return start, end


def paragraphs(text: str) -> Iterator[Region]:
    """Every line that holds something, without the white space at its ends."""
    for m in _PARAGRAPH.finditer(text):
        yield trim(text, m.span())


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Region]:
    """Every word between two offsets; "Kassym-Jomart", "Russia’s" and "1.5" are one word each, thousands commas are not joined."""
    for m in _WORD.finditer(text, start, len(text) if end is None else end):
        yield m.span()


def folded_words(text: str) -> list[str]:
    """The words of a text as match keys, in order: lower case, one form of apostrophe."""
    return [text[a:b].lower().replace("’", "'") for a, b in words(text)]


def overlap(a: Region, b: Region) -> int:
    """How many characters two regions share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def touches(region: Region, others: Iterable[Region]) -> bool:
    """True where the region shares a character with any of the others."""
    return any(region[0] < end and start < region[1] for start, end in others)


def fold(text: str) -> str:
    """A key for matching names: lower case, one form of apostrophe, white space and punctuation folded to single blanks."""
    return _APART.sub(" ", text.lower().replace("’", "'").replace("'s ", " ")).strip()
    return re.sub(r"[^\w]+", " ", text.lower().replace("’", "'").replace("'s ", " ")).strip()


def within(name: str) -> str:
    """A name as it stands inside a sentence: an article that opens a description begins small ("The police", "A Tamil channel"), one of a name does not."""
    m = _ARTICLE.match(name)
    return name if m is None or (m[1] == "The" and not m[2].islower()) else m[1].lower() + name[m.end(1) :]
