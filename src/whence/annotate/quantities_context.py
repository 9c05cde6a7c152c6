"""Numbers that are no quantities: dates, years, clock times, ordinals, scores, names, numbers of documents and telephones."""

from __future__ import annotations

import functools

from .. import expressions as re
from ..lang import load
from ..types import Region
from .numerals import Numeral
from .quantities_nouns import is_plural, lists

__all__ = ["is_name", "left_alone"]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_BEFORE = re.compile(rf"\b{_MONTH}\s+(?:\d{{1,2}}\s?(?:[-–]|to|and)\s?)?\Z")
_AFTER = re.compile(
    rf"(?:st|nd|rd|th)\b|\s?(?:[-–]|\sto\s|\sand\s)\s?\d{{1,2}}\s+{_MONTH}|(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|\s?(?:[ap]\.?m\b\.?|GMT|UTC|hrs\b|o['’]\s?clock)|/\d",
)
_CLOCK = re.compile(r"(?i)\s(?:[ap]\.m\b|o['’]\s?clock|past\b|minutes?\s+(?:past|to)\b)")
_ORDINAL = re.compile(
    r"[-\s](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth|hundredth|thousandth|millionth)\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_YEARS = re.compile(r"\s?[-–/]\s?\d{2,4}\b(?!\s?(?:%|per\s?cent))")
_BEFORE_YEAR = re.compile(
    r"(?i)(?:\b(?:in|since|the|until|till|by|during|early|late|mid|before|after|from|of|and|to|between|a|an|his|her|its|their|that|this|year|spring|summer|autumn|winter|or)|['’]s|,|\(|[-–])[\s-]?\Z"
)
_HEDGED_YEAR = re.compile(r"(?i)\b(?:than|about|around|some|nearly|almost|least|over|total\s+of|roughly|another|estimated|to)\s\Z")
_LAST = re.compile(r"([^\W\d_][^\s]*?)[\s#]+\Z")


def left_alone(text: str, region: Region, n: Numeral, language: str) -> bool:
    """True for a number that is a date, a time of day, an ordinal, a score's or document's number, or part of a name."""
    start, end = n.region
    if not n.digits:
        return _word_alone(text, region, n, language)
    before = text[max(region[0], start - 30) : start]
    after = text[end : end + 30]
    if _BEFORE.search(before) or _AFTER.match(after) or before.endswith("#") or re.match(r":\d|['’]s\b|['’]?s\b(?!\s?\w*=)|\.\d", after):
        return not (re.match(r"\s?[ap]m?\b", after) is None and _BEFORE.search(before) is not None and re.match(r"\s*(?:%|per\s?cent)", after))
    raw = text[start:end]
    if _YEAR.match(raw) and not n.scaled and n.short is None:
        return _is_year(text, region, start, end, before, after, language)
    return _is_labelled(text, region, start, language)


def _is_year(text: str, region: Region, start: int, end: int, before: str, after: str, language: str) -> bool:
    if re.search(r"[$£€¥₹]\s?\Z|\b(?:Rs\.?|[A-Z]{3})\s?\Z", before) or re.match(r"\s?(?:%|per\s?cent|percent|°)", after):
        return False
    if _YEARS.match(after):
        return True
    m = re.match(r"[\s-]([^\W\d_]+)", after)
    word = m[1] if m else ""
    known = lists(language)
    unit = word.lower() in known.measures or word in {"MW", "km", "kg", "m", "tonnes", "feet", "metres", "meters", "euros", "dollars", "rupees"}
    if unit or word.lower() in known.people:
        return bool(re.search(r"(?i)\b(?:since|until|by|early|late|mid|year)\s\Z", before))
    if is_plural(word):
        return bool(_BEFORE_YEAR.search(before)) and not _HEDGED_YEAR.search(before)
    return not _HEDGED_YEAR.search(before) or bool(re.search(r"(?i)\b(?:in|from|by)\s+(?:about|around)\s\Z|\bto\s\Z", before))


@functools.cache
def _labels(language: str) -> tuple[frozenset[str], frozenset[str]]:
    table = load(language, "quantities")["labels"]
    return frozenset(table["any_case"]), frozenset(table["capital"])


def _is_labelled(text: str, region: Region, start: int, language: str) -> bool:
    m = _LAST.search(text, max(region[0], start - 20), start)
    if m is None:
        return False
    word = m[1].strip("(“\"'‘").rstrip(".,")
    anywhere, capital = _labels(language)
    return (word.lower() in anywhere and not m[1].endswith(",")) or (word in capital and m[1] == word)


def is_name(text: str, region: Region, n: Numeral) -> bool:
    """True for a number without unit that stands in a name or a code: after a capitalised word or before one, or too long and without commas."""
    start, end = n.region
    raw = text[start:end]
    if raw.isdigit() and len(raw) > 3:
        return True
    if re.match(r"\s[A-Z]|[-–]|\s\d|\s?[A-Z]\b", text[end : end + 4]) or (raw[:1] == "0" and raw.isdigit()):
        return True
    m = re.search(r"([^\W\d_][^\s]*)\s\Z", text[max(region[0], start - 24) : start])
    return m is not None and m[1][:1].isupper() and m.start() + max(region[0], start - 24) > region[0] and not m[1].endswith((".", ",", ":"))


def _word_alone(text: str, region: Region, n: Numeral, language: str) -> bool:
    """Ordinals, times of day, pronouns and names among numbers in words."""
    start, end = n.region
    if _ORDINAL.match(text, end) or _CLOCK.match(text, end) or re.match(r"(?:-|\s)(?:th|st)\b", text[end : end + 4]):
        return True
    raw, before = text[start:end], text[max(region[0], start - 16) : start]
    at_start = not before.strip(" “\"‘'([") or bool(re.search(r"(?:[.!?:;–—)]|\s-)\s+[“\"‘']?\Z|[“\"‘(]\Z", before))
    if raw[:1].isupper() and not at_start and not raw.isupper():
        return True
    if _is_labelled(text, region, start, language):
        return True
    if raw.lower() == "one":
        after = text[end : end + 12]
        return bool(re.search(r"(?i)\b(?:no|any|every|some|each|the|this|that|which|at|another|only)[\s-]\Z", before)) or bool(
            re.match(r"\s(?:of|another|day\b|can|has|is|was|who|thing|by|point|hand)|[-.,;]", after)
            and not re.match(r"\sday\s(?:of|after|before)", after)
        )
    return False
