"""Words of one paragraph as the rules read it: every quotation is one token, so that nothing inside it is taken for narration."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..lang import load
from ..types import Region
from .quotes import Quote, find_quotes
from .sentences import split_paragraph

__all__ = ["QUOTE", "Line", "line"]

QUOTE = "\0quote"


@functools.cache
def _token() -> re.Pattern[str]:
    """One word or mark; a title keeps its stop ("Gen."), so that it ends no phrase."""
    never = load("en", "names").get("abbreviations", {}).get("never", [])
    titles = "|".join(sorted((re.escape(w) for w in never if len(w) > 1 and "." not in w), key=len, reverse=True))
    phrases = "|".join(re.escape(p).replace("\\ ", r"\s+") for p in sorted(load("en", "cues").get("phrases", {}), key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"(?<![^\W_])(?i:{phrases})(?![^\W_])|(?:[A-Z]\.)+(?:[A-Z](?![^\W_]))?(?:['’]s)?(?=[\s,;:)'’]|$)|[apAP]\.[mM]\.|(?:(?i:{titles}))\.(?=\s)|[^\W_]+(?:['’ʼ.\-&/][^\W_]+)*(?:['’](?=\s))?|--+|\S"
    )


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
    find = _token().finditer
    for quote in [*quotes, None]:
        stop = quote.start if quote else region[1]
        for m in find(text, at, stop):
            starts.append(m.start())
            ends.append(m.end())
            word = m.group().lower()
            lows.append(" ".join(word.split()) if " " in word or "\n" in word else word)
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
