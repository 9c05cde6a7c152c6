"""What a newsroom rests its report on, in whatever words: "citing two bankers", "having seen the minutes", "based on interviews with the crew"."""

from __future__ import annotations

from .. import expressions as re

__all__ = ["ASIDE", "CREDITING", "CREDITING_NEEDS", "RESTING", "RESTS", "rested_on"]

_IT = r"(?:it|this|that|them|itself|(?:its|the|his|her|their) [\w’'\-]+(?: [\w’'\-]+)?)"
_HEARD = (
    r"(?:obtained|seen|saw|read|reviewed|viewed|consulted|interviewed|spoken (?:to|with)|spoke (?:to|with)|talked (?:to|with)|heard from|learn(?:ed|t) from"
    r"|had access to)"
)
_LEANS = rf"(?:relie[sd] (?:up)?on|draws (?:up)?on|drew (?:up)?on|rest(?:s|ed) on|lean(?:s|ed) on|(?:was |is )?based (?:{_IT} )?on|bases {_IT} on|invoke[sd])"
CREDITING = (
    rf"(?<!without )(?<!not )(?:citing|quoting|attributing {_IT} to|crediting(?: {_IT} to)?|ascribing {_IT} to|putting {_IT} (?:on the account of|down to)"
    r"|with (?:a )?reference to)"
)
"""Words that credit another, whoever uses them."""
CREDITING_NEEDS = ("citing", "quoting", "attributing ", "crediting", "ascribing ", "putting ", "reference to")
"""Of these one stands in whatever ``CREDITING`` matches."""
RESTING = (
    rf"(?:invoking|basing {_IT} on|based on|drawing (?:up)?on|relying (?:up)?on|leaning on|resting on|(?:on|with) (?:the )?(?:basis|evidence) (?:of|on)"
    rf"|having {_HEARD}|after (?:seeing|reading|reviewing|obtaining|consulting|interviewing|(?:speaking|talking) (?:to|with))"
    r"|with (?:figures|data|information|numbers|details|help) (?:supplied by|provided by|given by|leaked by|from))"
)
"""Words with which a newsroom says what it rests on; of others they may say anything."""
_ASIDE = (
    r"(?:an? |the )?(?:[\w\-]+ ){1,2}(?:that |which )?it (?:said it )?(?:has |had )?(?:obtained|had|got|received|heard|took|attributed) (?:from|to)"
)
_WHICH = rf"(?:which|that|who) (?:(?:has|had|have|also|itself|in turn|first) )*(?:{_HEARD}|{_LEANS}|(?:had|got|heard) (?:it|this) from)"
ASIDE = rf"(?:{_WHICH}|{_ASIDE})"
RESTS = re.compile(rf"(?:\b(?:{RESTING})|,? ?\b{ASIDE})\s+(?=\S)")
_PEOPLE = re.compile(
    r"(?:(?:an?|the|its|several|earlier|recent|separate|lengthy|two|three|four|five|leaked|made) )*"
    r"(?:interviews?|conversations?|talks?|discussions?|calls?|correspondence|testimon(?:y|ies)|accounts?|information|reporting|remarks|comments|words"
    r"|authority|word|say-so) (?:with|of|from|by|to|between|given by|provided by) (?=\S)"
)


def rested_on(text: str, start: int, end: int) -> int:
    """Where the party begins in what is rested on: behind "interviews with", "the testimony of"."""
    m = _PEOPLE.match(text, start, end)
    return m.end() if m is not None else start
