"""Times as a cell's own words name them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from .. import expressions as re
from ..lang import load

__all__ = ["Moment", "moments"]

_YEAR = r"(?:1[5-9]|20)\d\d"


class Moment(NamedTuple):
    """A time named: its kind (clock, part, weekday, day, month, season, year, decade, vague), what it is of that kind, the words and where they stand."""

    kind: str
    value: tuple[int, ...]
    text: str
    start: int


def moments(text: str, language: str) -> tuple[Moment, ...]:
    """The times that a text names, in order. A day is its month and its number; its year, where given, is a moment of its own."""
    return tuple(Moment(kind, value, m[0].strip(), m.start()) for m in _pattern(language).finditer(text) for kind, value in _named(m, language))


def _named(m: re.Match[str], language: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    kind, words = m.lastgroup or "", m[0].strip()
    dates, times = load(language, "dates"), load(language, "compare")["times"]
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    if kind in {"day", "month"}:
        month = next(i for name, i in _months(language).items() if re.search(rf"\b{name}\b", words))
        days, years = [n for n in numbers if n <= 31], [n for n in numbers if n > 31]
        yield ("day", (month, days[0])) if days else ("month", (month,))
        yield from (("year", (y,)) for y in years)
    elif kind == "weekday":
        yield kind, (dates["weekdays"]["names"].index(words),)
    elif kind == "season":
        yield kind, (dates["seasons"][words.lower()],)
    elif kind == "decade":
        yield kind, (numbers[0] if numbers else 1920 + 10 * times["decades"].index(words.lower()),)
    else:
        yield kind, tuple(numbers)


@functools.cache
def _months(language: str) -> dict[str, int]:
    table = load(language, "dates")["months"]
    return {**{name: i for i, name in enumerate(table["names"], 1)}, **table["short"]}


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    """Names of the calendar count with a capital; a month that is also a name or a verb only beside a number or behind a word that makes it a date."""
    dates, times = load(language, "dates"), load(language, "compare")["times"]
    before = dates["month_before"]
    month = "|".join(sorted(_months(language), key=len, reverse=True))
    sure = "|".join(n for n in _months(language) if n not in before["doubtful"])
    firm = "|".join(map(str.capitalize, before["firm"])) + "|" + "|".join(before["firm"])
    weekday, season, decade = "|".join(dates["weekdays"]["names"]), "|".join(s for s in dates["seasons"] if s != "fall"), "|".join(times["decades"])
    part, vague, about, lengths = ("|".join(times[k]) for k in ("parts", "vague", "about", "lengths"))
    return re.compile(
        rf"(?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{month})\b\.?(?:,?\s+{_YEAR}\b)?|\b(?:{month})\.?\s+\d{{1,2}}(?!\d)(?:st|nd|rd|th)?(?:,?\s+{_YEAR}\b)?)"
        rf"|(?P<month>\b(?:{month})\.?\s+{_YEAR}\b|\b(?:{sure})\b|\b(?:{firm})\s+(?:{month})\b(?!\.?\s+\d))"
        rf"|(?P<weekday>\b(?:{weekday})\b)|(?P<decade>\b{_YEAR[:-2]}0s\b|\b(?i:{decade})\b)"
        rf"|(?P<clock>\b\d{{1,2}}[.:]\d\d\s?(?:a\.?m|p\.?m|h)?\b|\b\d{{1,2}}\s?(?:a\.?m|p\.?m)\b)"
        rf"|(?P<year>(?<![\d,.$€£])\b{_YEAR}\b(?![\d,.]\d|\s+[a-z]+s\b))|(?P<season>\b(?i:{season})\b)|(?P<part>\b(?i:{part})\b)"
        rf"|(?P<vague>\b(?i:{vague})\b|\b(?i:{about})\s+(?:\w+\s+)?(?:{lengths})\b)"
    )
