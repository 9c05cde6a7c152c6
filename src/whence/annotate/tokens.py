"""Words of one paragraph as the rules read it: every quotation is one token, so that nothing inside it is taken for narration."""

from __future__ import annotations

import functools
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from ..types import Region
from .quotes import Quote, find_quotes
from .sentences import split_paragraph

__all__ = ["QUOTE", "Line", "line"]

QUOTE = "\0quote"


_TOKEN = re.compile(
    r"(?:[A-Z]\.)+(?:[A-Z](?![^\W_]))?(?:['’]s)?(?=[\s,;:)'’]|$)|[apAP]\.[mM]\.|\d{1,3}(?:,\d{3})+(?![^\W_])"
    r"|[^\W_]+(?:['’ʼ.\-&/][^\W_]+)*(?:['’](?=\s))?|--+|\S"
)


@functools.cache
def _titles() -> frozenset[str]:
    """Abbreviations that keep their stop ("Gen."), so that it ends no phrase."""
    return frozenset(w for w in load("en", "names").get("abbreviations", {}).get("never", []) if len(w) > 1 and "." not in w)


@functools.cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Cues of several words by their last word, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in load("en", "cues").get("phrases", {}):
        parts = tuple(phrase.split())
        out.setdefault(parts[-1], []).append(parts)
    return {last: tuple(sorted(found, key=len, reverse=True)) for last, found in out.items()}


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
    titles, phrases = _titles(), _phrases()
    for quote in [*quotes, None]:
        stop = quote.start if quote else region[1]
        for m in _TOKEN.finditer(text, at, stop):
            word = m.group().lower()
            begin, end = m.span()
            if word == "." and lows and lows[-1] in titles and ends[-1] == begin and text[end : end + 1].isspace():
                ends[-1] = end
                lows[-1] += "."
                continue
            starts.append(begin)
            ends.append(end)
            lows.append(word)
            if word in phrases:
                _join(starts, ends, lows, phrases[word])
        if quote:
            held[len(starts)] = quote
            starts.append(quote.start)
            ends.append(quote.end)
            lows.append(QUOTE)
            at = quote.end
    return Line(text, starts, ends, lows, _sentences(text, region, quotes, starts), held)


def _join(starts: list[int], ends: list[int], lows: list[str], phrases: tuple[tuple[str, ...], ...]) -> None:
    """Makes one token of the last ones where they are a cue of several words."""
    for parts in phrases:
        words: list[str] = []
        n = 0
        while len(words) < len(parts) and n < len(lows):
            n += 1
            words = [*lows[-n].split(" "), *words]
        if tuple(words) == parts:
            starts[-n:] = [starts[-n]]
            ends[-n:] = [ends[-1]]
            lows[-n:] = [" ".join(parts)]
            return


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
