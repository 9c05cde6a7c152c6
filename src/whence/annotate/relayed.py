"""Outlets in clauses behind a speaker, a paper or remarks: "parts of which were shown on X", "that X printed and Y picked up"."""

from __future__ import annotations

from .. import expressions as re
from .cues import word_set

__all__ = ["PARTS", "hears_in_clause", "passes_on"]

PARTS = (
    r"(?:(?:an? |the |some )?(?:part|detail|copy|copie|extract|excerpt|passage|page|recording|transcript|translation|text|content)s? (?:of|from)"
    r"|with|to|from|of|in|on|by)"
)
"""What may stand before "which" where it still means the paper or the remarks."""
_SUBJECT = re.compile(rf"\b(?:{PARTS} )?(?:which|that|whom|whose [\w’'\-]+(?: [\w’'\-]+)?) (?:the |The )?$")
_ALSO = re.compile(r"\b(?:which|that|whom)\b[^.;:“”\"\n]{3,90} and (?:the |The )?$")
_VERB = re.compile(
    r",?\s+(?:(?:has|had|have|also|later|first|then|itself|was able to|were able to|could|exclusively) )*"
    r"(?!sa(?:id|ys)\b|t(?:old|ells)\b|is\b|was\b|are\b|were\b|has\b|had\b|want|call|nam|describ|accus|report)[a-z]+(?:ed|d|w|t|ke|oke|ran|es|s|up|en)\b"
)
_DONE = re.compile(
    r"\b(?P<verb>[a-z]+(?:ed|wn|ven|ken|ten|ung|ead|nt|id|ut|ast|eld)|appear(?:s|ed|ing)?)(?: (?:up|out|over|on|first|later|exclusively|in full|in part))?"
    r" (?:by|on|in|to|with) (?:(?:the|its|a|an|[a-z][\w’'\-]*|[A-Z][\w’'\-]*(?:n|ese|ish|i|['’]s)),? ){0,4}$"
)
_ANOTHERS = word_set("not_hearing")
"""What is done by outlets or to them, and makes nobody heard through them."""
_PASSING = re.compile(
    r"\b(?:translat|relay|repeat|reprint|republish|rebroadcast|pick(?:ed|s)? up|syndicat|distribut|carri|carr(?:y|ies)|quot|cit)\w*(?: up)?"
    r"(?: by| in| on)?(?: the)? ?$"
)
_PASSES = re.compile(
    r",?\s+(?:(?:has|had|have|also|later|then) )*"
    r"(?:translat|relay|repeat|reprint|republish|rebroadcast|pick(?:ed|s)? (?:it |them )?up|read (?:it |them )?out|carri|quot|cit)"
)


def hears_in_clause(text: str, start: int, name: tuple[int, int], end: int) -> bool:
    """True where the outlet at ``name`` is the subject of a relative clause that begins after ``start``, or by whom or where something was heard."""
    lead = text[max(start, name[0] - 110) : name[0]]
    if (_SUBJECT.search(lead) or _ALSO.search(lead)) and _VERB.match(text, name[1], end):
        return True
    done = _DONE.search(lead)
    return done is not None and done.group("verb") not in _ANOTHERS


def passes_on(text: str, start: int, name: tuple[int, int], end: int) -> bool:
    """True where the outlet at ``name`` hands on what another outlet before it had: "…, translated by the Post", "and the Post picked up"."""
    return _PASSING.search(text, max(start, name[0] - 60), name[0]) is not None or _PASSES.match(text, name[1], end) is not None
