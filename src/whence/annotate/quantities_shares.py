"""Ratios that are said without a unit: "one in five", "nine out of ten", "tenfold", "doubled", "twice as many", "three times larger"."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .. import expressions as re
from ..lang import load
from ..types import Region, Value
from .numerals import Numeral
from .searching import plain

__all__ = ["Ratio", "find_ratios", "is_share", "is_times"]


class Ratio(Value, frozen=True, kw_only=True):
    """A ratio, the words that state it, and one unit of its last digit."""

    region: Region
    value: float
    step: float


_LARGEST_FROM = 20
_ROUND = frozenset({10, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000})
_TOKEN = re.compile(r"\b[^\W_]+")
_AS = re.compile(
    r"\s(?:as|the|that|this|what|its|his|her|their|over|larger?|[a-z]+er\b|more|less|fewer|normal|average|last|above|below|from|it|in\s+size)\b|\s\w+['’]s\b"
)
_GROWN = re.compile(r"(?i)\b(?:increas|grew|grow|ris|rose|multipl|rais|jump|climb|surg|up)\w*\s(?:by\s|of\s)?(?:\w+\s){0,2}\Z")


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    table = load(language, "quantities")
    number = "|".join(sorted(table["number_words"], key=len, reverse=True))
    verbs = "|".join(r for r in table["ratios"] if r.endswith(("ed", "ing")))
    times = "|".join(r for r in table["ratios"] if not r.endswith(("ed", "ing")))
    return re.compile(
        rf"""\b(?:(?P<top>{number}|\d)\s(?:in|out\sof|of)\s(?:every\s)?(?P<bottom>{number}|a\shundred|a\sthousand|\d{{1,3}}(?:,\d{{3}})*)(?![\d.,]\d|-|\w)
          | (?P<fold>{number}|hundred|thousand|\d+(?:\.\d+)?)[\s-]?fold\b
          | (?P<verb>{verbs})(?!\s(?:down|over|back|up|as)\b)
          | (?P<times>{times})\s(?=as\s|the\s|that\s|its\s|what\s|their\s|his\s|her\s|last\s))""",
        re.VERBOSE | re.IGNORECASE,
    )


@functools.cache
def _hint(language: str) -> re.Pattern[str]:
    """What stands, in small letters, in every "one in five"."""
    return re.compile(rf"(?:in|of)\s(?:every\s)?(?:\d|a\s|{'|'.join(load(language, 'quantities')['number_words'])})")


@functools.cache
def _needed(language: str) -> tuple[str, ...]:
    """Words one of which stands in every other ratio."""
    words = {"fold", *load(language, "quantities")["ratios"]}
    return tuple(sorted(w for w in words if not any(x != w and x in w for x in words)))


def _may_hold(text: str, start: int, end: int, language: str) -> bool:
    """False for most sentences, which have no ratio: a quick look says so."""
    low = plain(text, start, end)
    return any(w in low for w in _needed(language)) or _hint(language).search(low) is not None


@functools.cache
def _first(language: str) -> frozenset[str]:
    """The words at which a ratio may begin."""
    table = load(language, "quantities")
    folds = {w + "fold" for w in [*table["number_words"], "hundred", "thousand"]}
    return frozenset([*table["number_words"], *table["ratios"], "hundred", "thousand"]) | folds


def _number(word: str, language: str) -> float:
    low, table = plain(word).replace(",", ""), load(language, "quantities")
    return (
        float(low)
        if low[0].isdigit()
        else float({"a hundred": 100, "a thousand": 1000, "hundred": 100, "thousand": 1000}.get(low) or table["number_words"][low])
    )


def find_ratios(text: str, start: int, end: int, language: str) -> Iterator[Ratio]:
    """Every ratio of these forms between two offsets."""
    if not _may_hold(text, start, end, language):
        return
    pattern, first, taken = _pattern(language), _first(language), start
    for token in _TOKEN.finditer(text, start, end):
        if token.start() < taken or not (token[0][0].isdigit() or token[0].lower() in first):
            continue
        m = pattern.match(text, token.start(), end)
        if m is None:
            continue
        taken = m.end()
        if m["top"]:
            found = _one_in(text, m, language)
        elif m["fold"]:
            value = _number(m["fold"], language)
            found = Ratio(region=m.span(), value=value, step=10.0 ** -len(m["fold"].partition(".")[2]) if m["fold"][0].isdigit() else 1.0)
        else:
            value = load(language, "quantities")["ratios"][plain(m["verb"] or m["times"])]
            found = Ratio(region=m.span("verb") if m["verb"] else m.span("times"), value=value, step=value / 10)
        if found is not None:
            yield found


def _one_in(text: str, m: re.Match[str], language: str) -> Ratio | None:
    """ "One in five": a share, unless what follows makes it a count in a span of time or of a stated whole."""
    top, bottom = _number(m["top"], language), _number(m["bottom"], language)
    link = text[m.end("top") : m.start("bottom")].split()[0].lower() + text[m.end("top") : m.start("bottom")].lower().strip()[3:]
    if not 0 < top < bottom or (bottom > _LARGEST_FROM and bottom not in _ROUND):
        return None
    after = re.match(r"\s+([^\W\d_]+)", text[m.end() : m.end() + 24])
    table = load(language, "quantities")
    if after and after[1].lower() in _times(language):
        return None
    if link.startswith("of") or ("out" in link and bottom > 10 and bottom not in _ROUND) or bottom in table.get("no_wholes", []):
        return None
    return Ratio(region=m.span(), value=float(f"{top / bottom:.10g}"), step=top / bottom / 10)


@functools.cache
def _times(language: str) -> frozenset[str]:
    table, months = load(language, "quantities"), load(language, "dates")["months"]["names"]
    wholes = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "kilometer", "mile", "meter")
    return frozenset([n.lower() for u in wholes for n in table["units"][u] if len(n) > 2] + [m.lower() for m in months] + ["million", "billion"])


def is_times(text: str, region: Region, n: Numeral, end: int) -> bool:
    """True where "N times", which ends at ``end``, is a ratio and not so many occasions."""
    if n.value != int(n.value) or (n.value >= 1 and _GROWN.search(text, max(region[0], n.region[0] - 40), n.region[0])):
        return True
    return bool(_AS.match(text, end, region[1]))


def is_share(text: str, region: Region, n: Numeral) -> bool:
    """True where "half", "a third" is a share: "of" something, or more or less by it; "a third man", "half-time", "the second half" are not."""
    start, end = n.region
    before, after = text[max(region[0], start - 20) : start], text[end : end + 24]
    words = re.split(r"[-\s]+", text[start:end].lower())
    if words[-1] == "half":
        if re.search(r"(?i)\b(?:first|second|other|better|latter|top|bottom|early|late|opening|last|and\sa|per|each|this|every)\s\Z|-\Z", before):
            return False
        return bool(
            re.match(
                r"\s(?:of|the|an?|its|their|his|her|our|all|that|what|to|are|were|have|in|from|as|those|these|again)\b|\s?[,.;:!?)]|\s?\Z", after
            )
        ) or (len(words) > 1 and words[0] != "a" and after[:1] != "-")
    if words[0] in {"a", "an"} or (words[0] == "one" and after[:1] == " "):
        return bool(
            re.match(r"\s(?:of|less|more|lower|higher|smaller|larger|fewer|were|are|have|since|from|in|on|to|over|after)\b|\s?[,.;:!?)]|\s?\Z", after)
        )
    return after[:1] != "-"
