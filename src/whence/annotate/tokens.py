"""Words of one paragraph as the rules read it: every quotation is one token, so that nothing inside it is taken for narration."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Region
from .quotes import Quote, find_quotes
from .sentences import split_paragraph

__all__ = ["QUOTE", "Line", "line"]

QUOTE = "\0quote"
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’.\-&/][^\W_]+)*(?:['’](?=\s))?|--+|\S")


class Line(NamedTuple):
    """One paragraph: parallel lists of offsets and folded words, its sentences as token ranges, and its quotations."""

    text: str
    start: list[int]
    end: list[int]
    low: list[str]
    sentences: list[Region]
    quotes: dict[int, Quote]

    def word(self, i: int) -> str:
        return self.text[self.start[i] : self.end[i]]

    def is_name(self, i: int) -> bool:
        """True where a token is written with a capital."""
        return self.text[self.start[i]].isupper()


def line(text: str, region: Region) -> Line:
    """The tokens of one paragraph. Sentences that break inside a quotation are joined."""
    quotes = find_quotes(text, region)
    starts: list[int] = []
    ends: list[int] = []
    lows: list[str] = []
    held: dict[int, Quote] = {}
    at = region[0]
    for quote in [*quotes, None]:
        stop = quote.start if quote else region[1]
        for m in _TOKEN.finditer(text, at, stop):
            starts.append(m.start())
            ends.append(m.end())
            lows.append(m.group().lower())
        if quote:
            held[len(starts)] = quote
            starts.append(quote.start)
            ends.append(quote.end)
            lows.append(QUOTE)
            at = quote.end
    return Line(text, starts, ends, lows, _sentences(text, region, quotes, starts), held)


def _sentences(text: str, region: Region, quotes: list[Quote], starts: list[int]) -> list[Region]:
    out: list[Region] = []
    first = 0
    q = 0
    pieces = split_paragraph(text, region)
    for n, (_, end) in enumerate(pieces):
        while q < len(quotes) and quotes[q].end <= end:
            q += 1
        inside = q < len(quotes) and quotes[q].start < end < quotes[q].end
        if inside and n + 1 < len(pieces):
            continue
        last = first
        while last < len(starts) and starts[last] < end:
            last += 1
        if last > first:
            out.append((first, last))
        first = last
    return out
