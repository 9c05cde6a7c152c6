"""The headline of a text, and the outlet that a title line shows beside it."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from .. import expressions as re
from ..data import gazetteer
from ..text import paragraphs, trim
from ..types import Region
from .calendar import DATE
from .furniture import is_headline, outside

__all__ = ["SECTION", "TitleLine", "title_line"]

_HEAD, _TRIED = 6, 4  # lines looked at, and those of them that may be the headline
_SHORTEST, _LONGEST = 3, 30  # words
_SHORTEST_BESIDE_A_NAME = 5  # words of a headline that makes a name unknown to the gazetteer a site's
_PARTS = re.compile(r"\s+[–—|«»‹›·•]+\s+|\s+-+\s+|\s+:+\s+|,\s+(?=[^,]{2,40}$)")
_SITE_MARK = re.compile(r"[|«»‹›·•]|\s:+\s")
_NAME = re.compile(r"(?:The )?[A-Z][\w.&’'-]*(?: (?:of |and |for |& )?[A-Z][\w.&’'-]*){0,4}$")
SECTION = re.compile(
    r"\s+(?:(?:Breaking|World|Crime|Local|Business|Sports?|Politics|Online|Top|Latest|Science|Health|Tech(?:nology)?) )?"
    r"(?:News|Blogs?|Online|Website)$"
)
"""What a site's title puts after the outlet's name."""
_DATED = re.compile(DATE, re.I)
_LEADING = re.compile(r"^(?:date:? +\d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2})\s+", re.I)


class TitleLine(NamedTuple):
    """The headline's words, and the outlet's name beside them if there is one; ``known`` is False for a name not in the gazetteer."""

    headline: Region
    outlet: Region | None = None
    known: bool = False
    prefix: bool = False


def title_line(text: str, furniture: list[Region]) -> TitleLine | None:
    """The first line that looks like a headline and is no furniture, split where it names an outlet."""
    lines = list(itertools.islice((trim(text, part) for part in outside(paragraphs(text), furniture)), _HEAD))
    for line in lines[:_TRIED]:
        words = text[line[0] : line[1]]
        if not _LEADING.match(words) and (split := _split(text, line)) is not None:
            return split
        if len(words.split()) < _SHORTEST or gazetteer.by_name(words) is not None or _DATED.search(words):
            continue
        if is_headline(words) or (line == lines[0] and len(words.split()) <= _LONGEST and len(lines) > 1 and _is_first_headline(words)):
            return TitleLine(line)
    return None


def _is_first_headline(words: str) -> bool:
    """A first line may be longer than a headline elsewhere, or end in a question or a quotation, but is one sentence and no dateline."""
    return not re.search(r"[.!?…][\"”’)]*\s+\S|(?<!\.\.)[.:;,]$|[•|]$|\b\d{4}-\d{2}-\d{2}\b|\) ?[-–—]", words)


def _split(text: str, line: Region) -> TitleLine | None:
    """The two sides of the first or last divider where one of them names an outlet."""
    words = text[line[0] : line[1]]
    if len(words.split()) > _LONGEST:
        return None
    dividers = list(_PARTS.finditer(words))
    for divider in dict.fromkeys([*dividers[-1:], *dividers[:1]]):
        before, after = trim(text, (line[0], line[0] + divider.start())), trim(text, (line[0] + divider.end(), line[1]))
        for name, headline, prefix in ((after, before, False), (before, after, True)):
            comma = divider[0].startswith(",")
            if len(text[slice(*headline)].split()) < 3 or (comma and prefix):
                continue
            if _known(text[slice(*name)]):
                return TitleLine(headline, name, True, prefix)
            fits = _NAME.match(text[slice(*name)]) and len(text[slice(*headline)].split()) >= _SHORTEST_BESIDE_A_NAME
            if _SITE_MARK.search(divider[0]) and fits and prefix == (":" in divider[0]):
                return TitleLine(headline, name, False, prefix)
    return None


def _known(name: str) -> bool:
    return gazetteer.by_name(name) is not None or gazetteer.by_name(SECTION.sub("", name)) is not None
