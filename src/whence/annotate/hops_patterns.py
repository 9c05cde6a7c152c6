"""The patterns of the words around an outlet's name that make it a link of a chain: "told OUTLET", "an interview with the daily NAME"."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from .introduced import NAME
from .searching import by_initial

__all__ = ["Patterns", "patterns"]


class Patterns(NamedTuple):
    """What may stand before or after an outlet's name to make it a link of a chain."""

    hears: re.Pattern[str]
    """What stands, in small letters, wherever one of ``apposed``, ``unknown``, ``named`` and ``hearer`` matches: most sentences have none."""
    to_it: re.Pattern[str]
    """What stands, or else what ``hears`` looks for, wherever ``back`` matches."""
    to: re.Pattern[str]
    apposed: re.Pattern[str]
    back: re.Pattern[str]
    unknown: re.Pattern[str]
    named: re.Pattern[str]
    hearer: re.Pattern[str]
    ours: re.Pattern[str]
    """Somebody spoke to the newsroom that writes: "told us", "said to this newspaper"."""
    quotes_it: re.Pattern[str]
    quoter: re.Pattern[str]
    cites: re.Pattern[str]
    subject_quotes: re.Pattern[str]


_LINKING = r"(?<!according )to|(?<!familiar )(?<!along )with|(?<!based )(?<!report )on|via"
"""What ties a speaker to an outlet whatever the verb: "in a reply to X", "in conversation with X", "an appearance on X"."""


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _parted(words: Sequence[str]) -> tuple[list[tuple[str, str, str]], dict[str, list[str]]]:
    """Words split at their last blank, the longest first; and by "by", "on" and "to" the verbs before them between which a time may stand."""
    split = [w.rpartition(" ") for w in sorted(words, key=len, reverse=True)]
    return split, {last: [head for head, _, end in split if end == last and head.endswith("ed")] for last in ("by", "on", "to")}


def _loosely(words: Sequence[str]) -> str:
    """As ``_either``; before "by", "on" or "to" a time may stand, and after "asked" what was asked about."""
    when = r"(?:\ (?:late\ |early\ |earlier\ )?(?:on|last|this|in)\ \w+|\ yesterday|\ first|\ exclusively)?"
    split, timed = _parted(words)
    parts = [
        rf"(?:{_either(heads)}){when}\ {last}" for last, heads in timed.items() if heads
    ]  # the time once, not with every verb: that is slow to compile
    parts += [re.escape("".join(w)) for w in split if w[0] not in timed.get(w[2], ())]
    return "|".join([*parts, r"asked\ (?:about|for|on|whether|if)\ [^,.;:“”\"]{1,60}?\ by"])


def _heads(words: Sequence[str]) -> list[str]:
    """What stands in everything that ``_loosely`` matches, from its first letter on."""
    split, timed = _parted(words)
    found = {w[0] if w[0] in timed.get(w[2], ()) else "".join(w) for w in split} | {"asked"}
    return [re.escape(w.lower()) for w in sorted(found)]


@functools.cache
def patterns(language: str = "en") -> Patterns:
    """The patterns of a language, from its words of hearing and its outlets' nouns."""
    hearing = load(language, "cues").get("hearing", {})
    names = load(language, "names").get("outlets", {})
    told = _loosely(hearing.get("told", ["\0"]))
    widely = [*hearing.get("told", []), *hearing.get("widely", ["\0"])]
    wide = _loosely(widely)
    phrases = names.get("noun_phrases", ["\0"])
    words = [*names.get("nouns", ["\0"]), *names.get("agencies", []), *names.get("agency_phrases", [])]
    nouns, single = _either(phrases), _either(words)
    suffixes = _either(names.get("suffixes", ["\0"]))
    places = load(language, "names").get("bodies", {}).get("places", ["\0"])
    origin = rf"{_either(places)}|[A-Z][a-z]+(?:ian|ean|ish|ese|can|an|ch|i|kh)"
    gap = r"(?:[A-Z]{2,6}(?= (?:affiliate|station|partner))|[a-z][\w’'\-]*|(?:[A-Z]\.)+(?:['’]s)?|[A-Z][\w\-]*(?:['’]s?|n|an|ian|ese|ish|i))"
    describing = r"(?:[a-z][\w\-]*\s+|[A-Z][\w\-]*(?:['’]s)\s+|[A-Z][a-z]+(?:n|ese|ish|i)\s+)"
    follows = (
        "that|what|how|why|whether|about|in|on|at|from|after|before|during|by|over|the|a|an|it|he|she|they|there|his|her|its|their"
        "|last|late|earlier|early|this|yesterday|when|while|as"
    )
    stop = rf"(?=\s*(?:[,.;:]|$|\s(?:{follows})\b))"
    return Patterns(
        hears=re.compile(rf"\b(?:{by_initial(_heads(widely))})"),
        to_it=re.compile(r"\b(?:to|with|on)\s+(?:the|this|its|our)\s"),
        to=re.compile(rf"(?:\b(?:(?i:{wide})|{_LINKING}))\s+(?:{gap},?\s+){{0,5}}$"),
        apposed=re.compile(
            rf"\b(?:{wide})\s+(?:the\s+)?(?:{describing}|[A-Z]\w+\s+){{0,3}}(?:{nouns})\s+((?:[A-Z][\w\-]*)(?:\s+[A-Z][\w\-]*){{0,3}})",
            needs=phrases,
        ),
        back=re.compile(
            rf"\b(?:{wide}|{_LINKING})\s+(the|this|its|our)\s+(?:same\s+)?"
            rf"((?:(?:[a-z]+|{origin}) )?(?:{single}|programme|podcast|show|outlet))\b(?!\s+[A-Z])"
            r"(?!(?<=ily)\s+(?:[a-z]+ )?(?:briefing|conference|meeting|call|session))",
            needs=(*words, "programme", "podcast", "show", "outlet"),
        ),
        unknown=re.compile(
            rf"\b(?:{told})\s+((?:the\s+)?{describing}{{0,3}}?)((?:[A-Z][\w\-]*\s+){{1,4}}?)({nouns}|agency|station|portal|tabloid)\b(?!\s+[A-Z])",
            needs=(*phrases, "agency", "station", "portal", "tabloid"),
        ),
        named=re.compile(rf"\b(?i:{told})\s+(?:the\s+|The\s+)?((?:[A-Z][\w\-’']*\s+){{0,4}}(?:{suffixes}|Agency|24))\b(?!\.\w)"),
        hearer=re.compile(rf"\b(?i:{told})\s+(?:[Tt]he\s+|(?:{_either(places)})['’]s\s+)?({NAME}){stop}"),
        ours=re.compile(rf"\b(?i:{told})\s+(?:us\b|(?:this|our)\s+(?:{nouns}|{single}|reporter|correspondent)\b)"),
        quotes_it=re.compile(rf"(?:^|\W)([Ii]t|[Tt]he (?:{single}))\s+(?:has |had |also )*(?:quoted|cited|quotes|cites)\s"),
        quoter=re.compile(r"(?:^|\s)(?:[Tt]he )?((?:[A-Z][\w\-]*)(?:\s+[A-Z][\w\-]*){0,3})\s+(?:has |had |also )*(?:quoted|quotes)\s"),
        subject_quotes=re.compile(r"(\w+),? (?:has |had |also )*(?:quoted|cited|quotes|cites|spoke to) $"),
        cites=re.compile(r"^\s*(?:also |has |had )?(?:quoted|cited|quotes|cites)\s"),
    )
