"""Reading numbers as news writes them: digits, words, scales, fractions; each with the size of its last stated digit."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..lang import load
from ..types import Region, Value

__all__ = ["Numeral", "find_numerals"]


class Numeral(Value):
    """A number in a text. ``step`` is one unit of its last stated digit: 441 billion has a step of a billion, 70,000 one of ten thousand, 1.7 one of 0.1.

    ``digits`` is True where it is written in figures; ``exact`` where it has no trailing noughts and no scale word.
    """

    region: Region
    value: float
    step: float
    digits: bool
    exact: bool


_FIGURE = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_BORDER = r"(?<![\w.,/:])"


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    table = load(language, "quantities")
    number = "|".join(sorted(table["number_words"], key=len, reverse=True))
    scale = "|".join(sorted((s for s in table["scales"] if len(s) > 2), key=len, reverse=True))
    short = "|".join(sorted((s for s in table["scales"] if len(s) <= 3), key=len, reverse=True))
    part = "|".join(sorted(table["fractions"], key=len, reverse=True))
    group = rf"(?:{number})(?:[-\s](?:{number}))*"
    words = rf"(?:(?:an?\s+)?(?:{scale})\b(?!s)|{group})(?:(?:\s+and\s+|[-\s])(?:{scale}|{group})\b)*"
    return re.compile(
        rf"""{_BORDER}(?:
            (?P<figure>{_FIGURE})(?:(?:[\s\u00a0]|-)?(?P<scale>{scale})\b(?!-?old)|(?P<short>{short})\b)?(?:\s(?P<again>{scale})\b)?(?P<tail>\s(?:and\sa\shalf|\d/\d))?
          | \b(?P<fraction>(?:(?:an?|one|two|three|four|five|six|seven)[-\s])?(?:{part})(?:\s+(?:an?\s+)?(?P<fscale>{scale}))?)\b(?=\s+(?:of|the|an?|billion|million)\b|-|\s+\w)
          | \b(?P<words>{words}(?:\s+and\s+a\s+half)?)\b
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


def find_numerals(text: str, start: int, end: int, language: str = "en") -> Iterator[Numeral]:
    """Every number between two offsets, from left to right."""
    if not load(language, "quantities"):
        return
    for m in _pattern(language).finditer(text, start, end):
        found = _figure(m, language) if m["figure"] else _fraction(m, language) if m["fraction"] else _words(m, language)
        if found is not None:
            yield found


def _figure(m: re.Match[str], language: str) -> Numeral | None:
    raw = re.sub(r"[,\u00a0\u202f\u2009]", "", m["figure"])
    whole, _, decimals = raw.partition(".")
    if len(whole) > 15:
        return None
    scale = 1.0
    for name in (m["scale"], m["short"], m["again"]):
        if name:
            scale *= load(language, "quantities")["scales"][name.lower()]
    if m["short"] and m["short"] == "M":
        scale = 1e6
    value, step, exact = float(raw), 10.0 ** -len(decimals), scale == 1.0
    if m["tail"]:
        value, step = value + 0.5, 0.5
    elif not decimals and value:
        noughts = len(whole) - len(whole.rstrip("0"))
        step = 10.0**noughts
        exact = exact and noughts == 0
    return Numeral(region=m.span(), value=_clean(value * scale), step=_clean(step * scale), digits=True, exact=exact)


def _fraction(m: re.Match[str], language: str) -> Numeral | None:
    table = load(language, "quantities")
    parts = re.split(r"[-\s]+", m["fraction"].lower())
    top = {"a": 1, "an": 1}.get(parts[0], table["number_words"].get(parts[0]))
    bottom = parts[1] if top is not None and len(parts) > 1 else parts[0]
    if bottom not in table["fractions"] or (top is None and bottom != "half"):
        return None
    scale = table["scales"][m["fscale"].lower()] if m["fscale"] else 1.0
    value = (top or 1) * table["fractions"][bottom] * scale
    return Numeral(region=m.span("fraction"), value=_clean(value), step=_clean(value / 10), digits=False, exact=False)


def _words(m: re.Match[str], language: str) -> Numeral | None:
    table = load(language, "quantities")
    total, current, step, seen = 0.0, 0.0, 1.0, False
    parts = re.split(r"[-\s]+", m["words"].lower())
    half = parts[-3:] == ["and", "a", "half"]
    for part in parts[:-3] if half else parts:
        if part in table["number_words"]:
            current += table["number_words"][part]
            step, seen = (10.0 if part.endswith("ty") else 1.0), True
        elif part in table["scales"]:
            scale = table["scales"][part]
            current, seen = (current or 1.0) * scale, True
            step = scale
            if scale >= 1000:
                total, current = total + current, 0.0
    if not seen:
        return None
    value = total + current
    if half:
        value, step = value + 0.5 * step, 0.5 * step
    return Numeral(region=m.span("words"), value=_clean(value), step=_clean(step), digits=False, exact=step == 1.0)


def _clean(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.12g}")
