"""Whom a source cites in the same breath: "reported, citing two bankers", "said, having seen the minutes"."""

from __future__ import annotations

from .. import expressions as re
from ..text import trim
from ..types import Heard
from .hops import Chain, Frames
from .mentions import describe
from .parties import Member
from .resting import CREDITING, RESTS, rested_on
from .speaking import can_speak

__all__ = ["Credited"]

_CITING = re.compile(
    rf"\b(?:{CREDITING}|learn(?:ed|t) from|told by|(?:cited|quoted|quotes|cites)(?!\s+(?:by|in|on|as)\b)|on the (?:authority|basis|strength) of"
    r"|(?:understand|understands|understood|gathers|gathered|hears|heard) from|(?:has|have|had) (?:it|this) from"
    r"|(?:relaying|repeating|echoing|summarising|summarizing|picking up|drawing on)"
    r" (?:an? |the |its |earlier )*(?:report|story|article|account|dispatch|item)s? (?:by|from|in|of)"
    r"|(?:naming|giving)(?= [^,.;]{3,60} as (?:its|the|their|his|her) source))\s+"
)
_WHICH_CITES = re.compile(
    r"\s*[,(]?\s*(?:whose (?:\w+ ){1,4}?(?:cited|quoted)|who\s+(?:(?:in turn|himself|herself|had|has|also)\s+)*(?:cited|cites|quoted|quotes|credited|credits)"
    r"|which\s+(?:(?:in turn|itself|had|has|also)\s+)*(?:cited|cites|quoted|quotes|credited|credits"
    r"|(?:reviewed|seen|saw|obtained|viewed)(?= )|(?:spoken|spoke|talked) (?:to|with)"
    r"|(?:had|has|got|heard|learned|learnt|received|obtained) (?:it|this|that|the \w+|its \w+) from|the \w+ from|attributed (?:it|this|that) to))\s+"
)
_FROM = re.compile(r"\s*(?:from|with|on) (?=\S)")
_FINDS = re.compile(r"\b(?:ascertained|established|learn(?:ed|t)|gathered|understood|understands|gathers|heard|found out|confirmed)$")
_HAD = re.compile(r"\b(?:has|have|had|holds|held|got|gets|heard|obtained|received|took|bases|based)$")
_FROM_PRESS = re.compile(r"(?:heard|learned|learnt|received|got) .*from\s")
_FROM_WHOM = re.compile(r"\b(?:by|from|with|of) (?=\S)")  # in "on the strength of what it was told by X", "of a talk with X" the party comes behind
_NAMED_BEHIND = re.compile(r", ([A-Z][\w’'\-]+(?: (?:de|van|von|al|bin|der|di) )?(?: [A-Z][\w’'\-]+){1,3})(?=[,.;]|$| (?:as|who|that)\b)")
_CITING_FIRST = re.compile(r"(?:Citing|Quoting|Attributing (?:it|this|that|the \w+) to|With reference to)\s+(?P<whom>[^,;:“”\"]{3,90}),\s*$")
_WHICH = re.compile(r",? which (?:has |had |also |in turn )*$|,? which (?=\w+ (?:\w+ )?$)")
_REFERRING = re.compile(r"\breferring to\s+")
_CITED_END = re.compile(
    r"[,;.:]| as (?:say|tell|show|stat|warn|suggest)ing| as (?:its|the|their|his|her) source| who | which | that "
    r"| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| for "
)


class Credited(Frames):
    """Adds whom a source names as its own source."""

    def newsroom(self, h: Heard) -> bool:
        """True where the source of an attribution is an outlet."""
        return h.source is not None and bool(self.cast.outlets_in(h.source) or describe(self.text[slice(*h.source)]).kind in ("outlet", "agency"))

    def found_out(self, h: Heard, lo: int, hi: int) -> re.Match[str] | None:
        """ "from" or "with" directly behind the verb of who has found something out: "X has established from documents"."""
        if h.cue is None or not lo <= h.cue[1] <= hi or _FINDS.search(self.text, *h.cue) is None:
            return None
        return _FROM.match(self.text, h.cue[1], hi)

    def _anothers(self, at: int, lo: int, h: Heard) -> bool:
        """True for "told AFP, which also quoted …": the outlet before "which" quotes, and not the speaker."""
        which = _WHICH.search(self.text, lo, at)
        named = self.cast.outlets_in((lo, which.start())) if which is not None else []
        return bool(named) and which is not None and named[-1][0][1] == which.start() and (h.source is None or named[-1][0][1] > h.source[1])

    def cited(self, h: Heard) -> list[tuple[Chain, Member]]:
        """Whom a source cites in the same breath ("reported, citing a Kazakh official"), and whom that one cites in turn."""
        out: list[tuple[Chain, Member]] = []
        if h.cue is None:
            return out
        for lo, hi in self.frame(h):
            if hi <= h.cue[0]:
                first = _CITING_FIRST.match(self.text, lo, hi) if lo == self.sentence(h)[0] else None
                if first is not None and can_speak(first.group("whom")):
                    out.append(self.cast.resolve(first.span("whom")))
                continue
            hi = self.clause_end(h, lo, hi)
            m = _CITING.search(self.text, lo, hi)
            if m is not None and self._anothers(m.start(), lo, h):
                continue
            if m is None and self.newsroom(h):
                m = _REFERRING.search(self.text, lo, hi) or RESTS.search(self.text, lo, hi)
            m = m or self.found_out(h, lo, hi)
            m = m or (_FROM.match(self.text, lo, hi) if h.content and lo == h.content[-1][1] and _HAD.search(self.text, *h.cue) else None)
            m = m or _WHICH_CITES.match(self.text, max(lo, h.source[1] if h.source else lo), hi)
            while m is not None:
                stop = _CITED_END.search(self.text, m.end(), hi)
                region = trim(self.text, (m.end(), stop.start() if stop else hi))
                named = _NAMED_BEHIND.match(self.text, region[1], hi)
                if named is not None and describe(self.text[slice(*region)]).kind == "unnamed":
                    region = (region[0], named.end(1))
                whole, region = region, trim(self.text, (rested_on(self.text, *region), region[1]))
                spoken = region != whole or m.group().rstrip().endswith((" by", " with", " to"))  # only somebody can be spoken with
                if m.group().startswith("on the") and (by := _FROM_WHOM.search(self.text, *region)) is not None:
                    region = trim(self.text, (by.end(), region[1]))
                if region[0] >= region[1] or not (spoken or can_speak(self.text[slice(*region)])):
                    break
                party = self.cast.resolve(region)
                if party[1].kind in ("outlet", "agency") and _FROM_PRESS.search(m.group()) and not out:
                    break  # "the union, which learned of the plan from the Courier": how it came to know, and no credit
                out.append(party)
                m = _WHICH_CITES.match(self.text, region[1], hi)
            if out:
                break
        return out
