"""A credit in a sentence of its own, behind what it credits: "So says the Courier.", "That is what Cruz told Reuters.", "This is according to X."."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from .. import expressions as re
from ..text import overlap, trim
from ..types import Heard, Region
from .cues import cues
from .mentions import describe
from .speaking import can_speak

__all__ = ["credited_behind"]

_ASIDE = r"(?:,[^,.;]{2,30},)?"
_THAT_IS = rf"(?:That|This|Such|It)\b{_ASIDE}(?: at least| much)? (?:is|was|has been)"
_WHAT = re.compile(rf"(?:{_THAT_IS}{_ASIDE}(?: at least)? (?:what|how)|(?P<so>(?:Or )?[Ss]o|Thus)(?: at least)?) ")
_OF_WHOM = re.compile(
    rf"{_THAT_IS}{_ASIDE} (?P<cue>according to|the (?:view|account|word|version|story|claim|testimony|reading) (?:of|from)) (?P<who>[^.;:“”\"\n]{{2,90}}?)"
    r"(?=[.;]|,? (?:who|which|seen|quoted|cited)\b|$)"
)
_GAVE = re.compile(
    rf"{_THAT_IS}{_ASIDE} the (?:account|version|story|testimony|explanation|picture|figure) (?:that |which )?"
    r"(?P<who>[^.;:“”\"\n]{2,90}?) (?P<cue>gave|gives|has given|told)\b"
)
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_HELPING = frozenset({"has", "have", "had", "also", "later", "now", "is", "was"})
_STOPS = re.compile(r"[.;:“”\"\n]")
_NO_WHO = re.compile(r"^(?:far|many|much|long|few|that|it|is|was|did|do|does|has|had|have|are|were|would|will|as|what)\b", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:that|whether|how)\b|:")
_STOPS_HERE = re.compile(r"(?: (?:on|last|this|yesterday)(?: \w+)?)?(?:[.,;]|$)")
_HEARER_THEN_STOP = re.compile(r"(?: (?!that\b|to\b|he\b|she\b|they\b|it\b)[\w’'\-]+){0,6}?(?: (?:on|last|this) \w+)?(?:[.,;]|$)")
_ENDS = re.compile(r"[,.;:]|$")
_LONGEST = 14
_CONFIDENCE = 0.7
_SHARED = 0.5


def _credit(text: str, sentence: Region) -> tuple[Region, Region] | None:
    """Source and cue of a sentence that says no more than who said what stands before it."""
    if (m := _GAVE.match(text, *sentence) or _OF_WHOM.match(text, *sentence)) is not None:
        return (m.span("who"), m.span("cue")) if can_speak(m.group("who")) else None
    m = _WHAT.match(text, *sentence)
    if m is None or _NO_WHO.match(text, m.end()):
        return None
    stop = _STOPS.search(text, m.end(), sentence[1])
    words = list(_WORD.finditer(text, m.end(), stop.start() if stop else sentence[1]))[:_LONGEST]
    for i, word in enumerate(words):
        if not set("cqt") & set(cues().verbs.get(word.group(), "")):
            continue
        if _GOES_ON.match(text, word.end()) or (
            m.group("so") and i and not (_HEARER_THEN_STOP if "r" in cues().verbs[word.group()] else _STOPS_HERE).match(text, word.end())
        ):
            return None
        if i == 0:
            end = _ENDS.search(text, word.end(), sentence[1])
            who = trim(text, (word.end(), end.start() if end else sentence[1]))
            return (who, word.span()) if who[0] < who[1] and can_speak(text[slice(*who)]) else None
        first = i
        while first > 1 and words[first - 1].group() in _HELPING:
            first -= 1
        who = trim(text, (m.end(), words[first].start()), " ,")
        return (who, (words[first].start(), word.end())) if can_speak(text[slice(*who)]) else None
    return None


def credited_behind(text: str, sentences: Sequence[Region], heard: Sequence[Heard], outlets: Sequence[Region] = ()) -> list[Heard]:
    """The attributions together with those of such sentences; their content is the sentence before.

    Where somebody is heard in it already he stays alone, but for a credit that names an outlet (``outlets``): then it is the outlet who heard him.

    What was found in the credit itself ("That is what …") goes over to the sentence that it means.
    """
    out = list(heard)
    for before, here in pairwise(sentences):
        if "\n" in text[before[1] : here[0]] or text[here[0]] not in "TSIO":
            continue
        found = _credit(text, here)
        if found is None:
            continue
        meant = trim(text, before, " .")
        relayed = (
            text.startswith(("So ", "Or so "), here[0])
            or any(here[0] <= a < here[1] for a, _ in outlets)
            or describe(text[slice(*found[0])]).kind in ("outlet", "agency")
        )
        within = [i for i, h in enumerate(out) if relayed and h.inside is None and h.cue is not None and overlap(meant, h.cue)]
        if any(
            overlap(meant, c) > _SHARED * (meant[1] - meant[0])
            for i, h in enumerate(out)
            if h.inside is None and (i not in within or h.source is None or not overlap(meant, h.source))
            for c in h.content
        ):
            continue
        at = next((i for i, h in enumerate(out) if h.cue is not None and h.inside is None and overlap(h.cue, found[1])), None)
        if at is not None:
            out[at] = msgspec.structs.replace(out[at], source=found[0], content=(meant,))
        else:
            at = len(out)
            out.append(Heard(source=found[0], cue=found[1], content=(meant,), confidence=_CONFIDENCE, inside=None))
        for i in within:
            if i != at:
                out[i] = msgspec.structs.replace(out[i], inside=at)
    return out
