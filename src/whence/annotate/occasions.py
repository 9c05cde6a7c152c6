"""Sentences that only say to whom somebody spoke, beside what he said: "She was speaking to X.", "His words were carried by X.", "He spoke to X."."""

from __future__ import annotations

from .. import expressions as re
from ..types import Region

__all__ = ["spoke_after", "spoke_before"]

_SAID = (
    r"(?:words|remarks?|comments?|account|statements?|claims?|interview|testimony|message|letter|answer|reply|warning|appeal|video|recording|column|essay"
    r"|article|story|version|threat|outburst|promise|denial)"
)
_AFTER = re.compile(
    r"(?:He|She|They|(?:The|Mr|Mrs|Ms|Dr) [\w’'\-]+|[^\W\d_a-z][\w’'\-]+) (?:was|were|had been) "
    r"(?:speaking|talking|appearing|writing|quoted|interviewed|being interviewed)\b"
    rf"|(?:His|Her|Their|Its|The|These|Those) (?:[\w’'\-]+ )?{_SAID} (?:was|were|had been|has been|have been|appeared|ran|came)\b(?! first)"
    rf"|(?:He|She|They) (?:made|gave|issued|offered|repeated|uttered) (?:the|his|her|their|this|that|these|those) (?:[\w’'\-]+ )?{_SAID}\b"
)
_BEFORE = re.compile(
    r"(?P<who>[^,.;:“”\"\n]{2,70}?) (?:has |had |also |later )*"
    r"(?:spoke|spoken|talked|(?:gave|granted) (?:an?|his|her|their) (?:[\w\-]+ ){0,2}interview|sat down"
    r"|appeared|was interviewed|were interviewed|was a guest|phoned|rang|called in)\b"
)
_HE = re.compile(r"he|she|they|it", re.IGNORECASE)


def spoke_after(text: str, sentence: Region) -> int | None:
    """Behind which offset a sentence names the outlet that heard what stands before it; None where it is no such sentence."""
    m = _AFTER.match(text, *sentence)
    return None if m is None else m.end()


def spoke_before(text: str, sentence: Region, source: Region) -> int | None:
    """Behind which offset a sentence names the outlet to which the source of the next one spoke; None where it is no such sentence, or another's."""
    m = _BEFORE.match(text, *sentence)
    if m is None:
        return None
    who, words = m.group("who").split()[-1], text[slice(*source)]
    return m.end() if _HE.fullmatch(words) or words.split()[-1] == who else None
