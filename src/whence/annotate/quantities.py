"""Quantities: every number with its hedge, its unit and the interval that its rounding and its hedge allow."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from ..lang import load
from ..types import Quantity, Region
from .numerals import Numeral, find_numerals

__all__ = ["find_quantities"]

_RANGE = re.compile(r"\s*(?:-|–|—|to|and)\s*\Z")
_DATE_BEFORE = re.compile(r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s+|\b(?:No|Nos|Article|Section|Chapter|Page|Route|Flight|Room|Channel|Group|Phase|Level|Class|Type|Mark)\.?\s+|#)\Z")
_DATE_AFTER = re.compile(r"(?:st|nd|rd|th)\b|\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)(?:[a-z]*)\b|\s?(?:[ap]\.?m\b\.?|GMT|UTC|hrs\b|o['’]clock)|:\d\d|/\d|(?:[-–]\d)+\b(?!\s*(?:%|per))", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def find_quantities(text: str, regions: Sequence[Region], report: str, *, country: str | None = None, language: str = "en") -> tuple[Quantity, ...]:
    """The quantities of the given regions, in order, numbered q1, q2, ….

    ``low`` and ``high`` follow the hedge: "about 70,000" is 65,000–75,000, "nearly 1.5" 1.45–1.5, "at least 22" 22 and open. ``country`` (ISO 3166)
    settles signs that several currencies share. Dates, years, ordinals, clock times and ranks are left alone.
    """
    found: list[Quantity] = []
    for start, end in regions:
        numerals = [n for n in find_numerals(text, start, end, language) if not _is_date(text, n)]
        skip = -1
        for i, numeral in enumerate(numerals):
            if i <= skip:
                continue
            last = numerals[i + 1] if i + 1 < len(numerals) and _is_range(text, numeral, numerals[i + 1]) else None
            made = _quantity(text, (start, end), numeral, last, report, country, language, len(found) + 1)
            if made is not None:
                found.append(made)
                skip = i + 1 if last is not None else skip
    return tuple(found)


def _quantity(text: str, region: Region, first: Numeral, last: Numeral | None, report: str, country: str | None, language: str, number: int) -> Quantity | None:
    start, end = first.region[0], (last or first).region[1]
    unit, start, end = _unit(text, region, start, end, first, country, language)
    if last is not None and unit is None:
        return None
    if unit is None and not first.digits:
        return None
    hedge, side, start, end = _hedge(text, region, start, end, language)
    scale = 0.01 if unit == "percent" else 1.0
    unit = {"percent": "1", "fold": "1", None: "1" if first.value < 1 and not first.digits else ""}.get(unit, unit)
    if last is not None:
        low, high = _ends(first, last)
        bounds: tuple[float | None, float | None] = (low, None if side == "least" else high)
        value = None
    else:
        value = first.value
        bounds = _bounds(first, side, counted=unit == "person" or " " not in (unit or " "), unit=unit or "")
    low_high = tuple(None if b is None else float(f"{b * scale:.12g}") for b in bounds)
    return Quantity(
        id=f"q{number}", report=report, start=start, end=end, text=text[start:end], low=low_high[0], high=low_high[1],
        value=None if value is None else float(f"{value * scale:.12g}"), unit=unit or "", hedge=hedge,
    )  # fmt: skip


def _ends(first: Numeral, last: Numeral) -> tuple[float, float]:
    """Both ends of a range; "5 to 7 million" has its scale once."""
    low = first.value
    if low < last.value / 1000 and last.step >= 1000 and first.step <= 1:
        low *= 10 ** (len(str(int(last.step))) - 1)
    return min(low, last.value), max(low, last.value)


def _bounds(n: Numeral, side: str | None, *, counted: bool, unit: str) -> tuple[float | None, float | None]:
    half = 0.0 if n.exact and side is None and _is_count(unit) else n.step / 2
    if side == "least":
        return n.value, None
    if side == "most":
        return None, n.value
    if side == "below":
        return n.value - max(n.step / 2, half), n.value
    if side == "above":
        return n.value, n.value + n.step / 2
    return n.value - half, n.value + half


@functools.cache
def _measures(language: str) -> frozenset[str]:
    return frozenset(load(language, "quantities")["units"])


def _is_count(unit: str) -> bool:
    """People and things are counted in whole numbers; money, shares and measures are not."""
    return unit not in _measures("en") and not re.fullmatch(r"[A-Z]{3}|1|", unit)


def _is_date(text: str, n: Numeral) -> bool:
    start, end = n.region
    if not n.digits:
        return bool(re.match(r"(?:-|\s)(?:th|st)\b", text[end : end + 4]))
    if _DATE_BEFORE.search(text, max(0, start - 14), start) or _DATE_AFTER.match(text, end):
        return not re.match(r"[-–]\d+\s*(?:%|per|people|million|billion)", text[end : end + 24])
    raw = text[start:end]
    after = text[end : end + 14]
    if _YEAR.match(raw) and not re.match(r"\s*(?:%|MW|km|m\b|people|[a-z]+s\b)", after):
        return True
    return bool(re.match(r"s\b|['’]s\b", after) and raw.isdigit()) or (text[max(0, start - 1) : start] in "-–" and text[max(0, start - 2) : start - 1].isalnum())


def _is_range(text: str, first: Numeral, last: Numeral) -> bool:
    between = text[first.region[1] : last.region[0]]
    if not _RANGE.match(between) or last.value <= first.value:
        return False
    before = text[max(0, first.region[0] - 12) : first.region[0]]
    if between.strip() == "and":
        return bool(re.search(r"\bbetween\s+[^\w\s]?$", before))
    return not re.search(r"\bfrom\s+[^\w\s]?$", before) or bool(re.search(r"\b(?:anywhere|ranging|range[sd]?)\s+from\s+[^\w\s]?$", text[max(0, first.region[0] - 24) : first.region[0]]))


@functools.cache
def _hedges(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    table = load(language, "quantities")["hedges"]
    side = {h: s for s, names in table.items() for h in names}
    names = "|".join(re.escape(h) for h in sorted(side, key=len, reverse=True))
    link = r"(?:(?:the|a|an|another|between|of|its|their|only|additional|further|extra|rate of)\s+)*[^\w\s]?\s?"
    return re.compile(rf"\b({names})\s+{link}\Z", re.IGNORECASE), re.compile(rf"\s*,?\s+({'|'.join(re.escape(h) for h in side if h.startswith('or ') or h.startswith('and ') or h.startswith('at '))})\b", re.IGNORECASE), side


def _hedge(text: str, region: Region, start: int, end: int, language: str) -> tuple[str | None, str | None, int, int]:
    before, after, side = _hedges(language)
    m = before.search(text, max(region[0], start - 48), start)
    if m and not (m[1].lower() in {"over", "under", "below", "above", "beyond", "some"} and re.search(r"(?:\bfall|\bpass|\btook|\bturned|\bhanded|\bhand)\s$", text[max(0, m.start() - 8) : m.start()])):
        return m[1].lower(), side[m[1].lower()], m.start(), end
    m = after.match(text, end, min(region[1], end + 24))
    if m:
        return m[1].lower(), side[m[1].lower()], start, m.end()
    between = re.search(r"\b(?:between|from|a|an|another|the)\s+[^\w\s]?\Z", text[max(region[0], start - 12) : start])
    if between and between[0].lower().startswith(("between", "another")):
        start = max(region[0], start - 12) + between.start()
    return None, None, start, end


@functools.cache
def _money(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Any], dict[str, Any]]:
    table = tomllib.loads(resources.files("whence.data").joinpath("currencies.toml").read_text(encoding="utf-8"))
    signs: dict[str, Any] = {**table["signs"], **table["shared"]}
    names: dict[str, Any] = {n.lower(): code for code, all_names in table["names"].items() for n in all_names} | table["ambiguous"]
    codes = {*table["names"], *(v for v in table["signs"].values())}
    sign = "|".join(re.escape(s) for s in sorted(signs, key=len, reverse=True))
    code = "|".join(sorted(codes))
    name = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    before = re.compile(rf"(?<!\w)(?:({sign})|({code})\s)\s?\Z")
    after = re.compile(rf"(?:\s|-)?(?:\s?(?:({sign})(?!\w)|({code})\b)|(?:\s(?:worth\sof\s|in\s)?|-)(?:[A-Z][a-z]+\s)?({name})\b)(?:\s\((?:{code})\))?", re.IGNORECASE)
    return before, after, signs, names


def _code(entry: Any, country: str | None) -> str:
    return entry if isinstance(entry, str) else entry.get(country or "", entry["default"])


def _unit(text: str, region: Region, start: int, end: int, n: Numeral, country: str | None, language: str) -> tuple[str | None, int, int]:
    """The unit with the region widened over its words; None where nothing is counted."""
    before, after, signs, names = _money(language)
    m = before.search(text, max(region[0], start - 6), start)
    if m:
        tail = after.match(text, end, region[1])
        return (_code(signs[m[1]], country) if m[1] else m[2]), m.start(), tail.end() if tail and tail[3] else end
    m = after.match(text, end, region[1])
    if m and not (m[1] and (m[1] in {"R", "kr", "lei", "Ft"} or m[1] not in signs)) and not (m[2] and m[2] != m[2].upper()):
        return (_code(signs[m[1]], country) if m[1] in signs else m[2] or _code(names[m[3].lower()], country)), start, m.end()
    m = _units(language).match(text, end, region[1])
    if m:
        unit = _unit_names(language)[m[1].lower() if m[1].lower() in _unit_names(language) else m[1]]
        if not (unit in {"second", "inch"} and not n.digits and n.value == 1) and not (m[1] in {"C", "F", "x"} and text[end : end + 1].isspace()):
            return unit, start, _old(text, m.end(), region[1])
    return _noun(text, region, start, end, n, language)


def _old(text: str, end: int, limit: int) -> int:
    m = re.compile(r"[-\s](?:old|long|tall|high|wide|deep)\b").match(text, end, limit)
    return m.end() if m else end


@functools.cache
def _unit_names(language: str) -> dict[str, str]:
    return {n if len(n) <= 2 else n.lower(): u for u, names in load(language, "quantities")["units"].items() for n in names}


@functools.cache
def _units(language: str) -> re.Pattern[str]:
    names = sorted((n for names in load(language, "quantities")["units"].values() for n in names), key=len, reverse=True)
    long = "|".join(re.escape(n).replace(r"\ ", r"[\s-]") for n in names if len(n) > 2)
    short = "|".join(re.escape(n) for n in names if len(n) <= 2)
    return re.compile(rf"(?:[\s\u00a0]|-)?(?:(?:more|consecutive|full|straight|additional|successive|further|extra|calendar)\s)?((?i:{long})|{short})(?![\w²³]|-(?!old|long|tall|high|wide|deep|year|term|olds))")


def _noun(text: str, region: Region, start: int, end: int, n: Numeral, language: str) -> tuple[str | None, int, int]:
    """The counted noun after the number: the first plural within reach, before anything that ends a noun phrase."""
    table = load(language, "quantities")
    stops, people, states = set(table["stops"]["words"]), set(table["people"]["nouns"]), set(table["people"]["adjectives_after"])
    position, last, of_whom = end, None, re.compile(r"\s+of\s+(?:the|his|her|its|their|those|these|our|all)\b").match(text, end, region[1])
    if of_whom:
        position = of_whom.end()
    elif (hyphen := re.compile(r"-([^\W\d_]+)").match(text, end, region[1])) is not None:
        return _singular(hyphen[1].lower(), people, table), start, hyphen.end()
    for _ in range(6):
        m = _WORD.search(text, position, region[1])
        if m is None or re.search(r"[^\s]", text[position : m.start()].replace("“", "").replace('"', "")) or (m[0].lower() in stops and m[0] != "MPs"):
            break
        word = m[0].removesuffix("'s").removesuffix("’s") if not m[0].endswith(("s'", "s’")) else m[0][:-1]
        if word.lower() in states and last is None and m.start() - end < 24:
            return "person", start, m.end()
        position = m.end()
        if word in people or word.lower() in people:
            return "person", start, m.start() + len(word)
        if word[:1].isupper() and word.endswith(tuple(table["people"]["demonym_endings"])) and word.endswith("s"):
            return "person", start, m.end()
        if _is_plural(word) and word == m[0]:
            return _singular(word.lower() if not word.isupper() else word, people, table), start, m.end()
        last = m
    if n.value == 1 and last is not None and re.match(r"\s", text[end : end + 1]):
        first = _WORD.match(text, end + 1, region[1])
        if first and first[0].lower() in {"person", "man", "woman", "child", "soldier", "policeman", "civilian", "passenger", "worker"}:
            return "person", start, first.end()
    return None, start, end


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ous"))


def _singular(word: str, people: set[str], table: dict[str, Any]) -> str:
    if word in people:
        return "person"
    known: dict[str, str] = table["singular"]
    if word in known:
        return known[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return word[:-2]
    return word[:-1] if _is_plural(word) else word
