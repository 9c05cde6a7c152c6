"""Reading numbers as news writes them: digits, words, scales, fractions; each with the size of its last stated digit."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from .. import expressions as re
from ..lang import load
from ..types import Region, Value
from .searching import any_case, plain

__all__ = ["Numeral", "find_numerals"]


class Numeral(Value, frozen=True, kw_only=True):
    """A number in a text.

    ``step`` is one unit of its last stated digit: 441 billion has a step of a billion, 70,000 one of ten thousand, 1.7 one of 0.1.
    ``digits`` is True where it is written in figures. ``exact``: without scale word, decimals or fraction, and below a hundred or without trailing
    noughts. ``short`` is a scale of one letter ("5m"), which only money or a noun makes a scale. ``fraction`` is True for "a third", "half".
    """

    region: Region
    value: float
    step: float
    digits: bool
    exact: bool
    scaled: bool = False
    short: str | None = None
    fraction: bool = False


_FIGURE = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅕": 0.2}
_MOST_DIGITS = 15


_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_NEXT = re.compile(r"(,?[\s-]{1,2})([^\W\d_]+)")
_SOLES = re.compile(r"(?<![^\W_])S/\.?\Z")
_HEDGED = re.compile(r"(?i)\b(?:(?:more|less|greater|further|longer|higher) than|nearly|almost|at least|up to|just (?:over|under)|not quite)\s\Z")
_SPACED = re.compile(r"\d{1,3}(?:\s\d{3})+(?![\d,])")


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    table = load(language, "quantities")
    short = "|".join(sorted(table["short_scales"], key=len, reverse=True))
    scale = "|".join(table["scales"])
    return re.compile(
        rf"""(?P<figure>(?:{_FIGURE})(?!\d|[.,/:]\d))(?P<vulgar>[½¼¾⅓⅔⅛⅕]|\s(?:1/2|1/4|3/4)(?!\d))?
            (?:(?P<tail>\sand\sa\shalf)(?=\s))?
            (?:[\s\u00a0-]?(?P<scale>(?i:{scale}))\b(?:\s(?P<again>(?i:crores?|million|billion|trillion))\b)?|\s?(?P<short>{short})(?![\w²³/]))?
        """,
        re.VERBOSE,
    )


class _Lexicon:
    """The words of numbers: what may begin one, and what each is worth."""

    def __init__(self, language: str) -> None:
        table = load(language, "quantities")
        self.numbers: dict[str, int] = table["number_words"]
        self.scales: dict[str, float] = table["scales"]
        self.fractions: dict[str, float] = table["fractions"]
        self.first = frozenset([*self.numbers, "a", "an", "half"])
        ends = {c: "|".join(sorted((w[1:] for w in self.first if w[0] == c), key=len, reverse=True)) for c in sorted({w[0] for w in self.first})}
        behind = "|".join(f"(?<={any_case(c)})(?i:{e})" for c, e in ends.items())
        initials = "".join(any_case(c)[1:-1] for c in ends)
        self.token = re.compile(rf"[\d{initials}](?:(?<=\d)\d*|(?<![^\W\d_].)(?:{behind})(?![^\W\d_]))")
        """A run of figures, or a word in which a number may begin."""


@functools.cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def find_numerals(text: str, start: int, end: int, language: str = "en") -> Iterator[Numeral]:
    """Every number between two offsets, from left to right; its region begins at the number, after any sign of money."""
    if not load(language, "quantities"):
        return
    words, figures = _lexicon(language), _pattern(language)
    taken = start
    for token in words.token.finditer(text, start, end):
        at = token.start()
        if at < taken:
            continue
        if text[at] in "0123456789":
            if not _begins(text, at, start):
                continue
            m = figures.match(text, at, end)
            found = _figure(m, language, _spaced(text, at, start, end)) if m else None
            if found is None:
                taken = token.end()
        elif token[0].lower() in words.first and (at == start or not (text[at - 1].isalnum() or text[at - 1] in "_’'")):
            found = _fraction(text, at, end, words) or _worded(text, at, end, words) or _hedged_one(text, start, token.span(), end, language)
        else:
            continue
        if found is not None:
            taken = found.region[1]
            yield found


def _begins(text: str, at: int, start: int) -> bool:
    """True where a figure may begin: not inside another number, a date or a code such as F-16."""
    if at == start:
        return True
    last, before = text[at - 1], text[at - 2] if at - 2 >= start else " "
    if _SOLES.search(text, max(start, at - 4), at):
        return True
    if last == "." and before.isalpha():
        return True
    return not (last in ".,/:+_" or last.isdigit() or (last == "-" and before.isalpha()))


def _spaced(text: str, at: int, start: int, end: int) -> re.Match[str] | None:
    """Thousands set off by blanks, which only a sign of money before the figure shows to be one number ("R150 000")."""
    return _SPACED.match(text, at, end) if at > start and not text[at - 1].isspace() and text[at - 1] not in "([“\"‘'–—-" else None


def _figure(m: re.Match[str], language: str, spaced: re.Match[str] | None) -> Numeral | None:
    table = load(language, "quantities")
    if spaced is not None and spaced.end() > m.end("figure"):
        whole = re.sub(r"\s", "", spaced[0])
        if len(whole) > _MOST_DIGITS:
            return None
        step = 10.0 ** (len(whole) - len(whole.rstrip("0")))
        return Numeral(region=spaced.span(), value=float(whole), step=step, digits=True, exact=step == 1.0)
    raw = re.sub(r"[,\s]", "", m["figure"])
    whole, _, decimals = raw.partition(".")
    if len(whole) > _MOST_DIGITS or len(decimals) > _MOST_DIGITS:
        return None
    scale = 1.0
    for name in (m["scale"], m["again"]):
        scale *= table["scales"][plain(name)] if name else 1.0
    short = m["short"]
    if short and len(short) > 1:
        scale, short = scale * table["short_scales"][short], None
    value, step = float(raw), 10.0 ** -len(decimals)
    noughts = len(whole) - len(whole.rstrip("0"))
    if m["vulgar"] or m["tail"]:
        value, step = value + _VULGAR.get(m["vulgar"] or "½", {"1/4": 0.25, "3/4": 0.75}.get((m["vulgar"] or "").strip(), 0.5)), 0.5
    elif not decimals and value:
        step = 10.0**noughts
    scaled = scale != 1.0
    end = m.start("short") if short else m.end()
    if short:
        end = m.end("vulgar") if m["vulgar"] else m.end("figure")
    return Numeral(
        region=(m.start("figure"), end), value=_clean(value * scale), step=_clean(step * scale), digits=True,
        exact=not (scaled or decimals or m["vulgar"] or m["tail"]) and (noughts == 0 or value < 100), scaled=scaled,
        short=m["short"] if short else None,
    )  # fmt: skip


def _following(text: str, position: int, end: int) -> tuple[str, str, int]:
    """The word after a position, what separates it, and where it ends."""
    m = _NEXT.match(text, position, end)
    return (m[2].lower(), m[1], m.end()) if m else ("", "", position)


def _word_at(text: str, at: int, end: int) -> tuple[str, int]:
    m = _TOKEN.match(text, at, end)
    return (m[0].lower(), m.end()) if m else ("", at)


def _fraction(text: str, at: int, end: int, words: _Lexicon) -> Numeral | None:
    """ "Half", "a third", "two-thirds", with a scale "half a million"."""
    first, position = _word_at(text, at, end)
    top = {"a": 1, "an": 1, "half": 1}.get(first, words.numbers.get(first, 0))
    bottom = first
    if first != "half":
        bottom, gap, position = _following(text, position, end)
        if bottom not in words.fractions or "," in gap or (top > 1) != bottom.endswith("s") or not 1 <= top <= _LARGEST_TOP:
            return None
    value, scaled = top * words.fractions[bottom], False
    word, _, after = _following(text, position, end)
    part = word == "of"
    if part:
        word, _, after = _following(text, after, end)
    if word in {"a", "an"}:
        word, _, after = _following(text, after, end)
    elif part:
        word = ""
    if word in words.scales and word != "hundred":
        value, position, scaled = value * words.scales[word], after, True
    value = _clean(value)
    return Numeral(region=(at, position), value=value, step=_clean(value / 10), digits=False, exact=False, scaled=scaled, fraction=not scaled)


_LARGEST_TOP = 9


def _small(text: str, at: int, end: int, words: _Lexicon) -> tuple[float, int, float] | None:
    """A number below a hundred: its value, its end, and the step of its last word."""
    word, position = _word_at(text, at, end)
    value = words.numbers.get(word)
    if value is None:
        return None
    if value >= 20:
        following, gap, after = _following(text, position, end)
        ones = words.numbers.get(following, 0)
        if 0 < ones < 10 and gap in {"-", " "}:
            return float(value + ones), after, 1.0
        return float(value), position, 10.0
    return float(value), position, 1.0


def _chunk(text: str, at: int, end: int, words: _Lexicon) -> tuple[float, int, float] | None:
    """A number below a thousand, or "a" before a scale (value 0)."""
    word, position = _word_at(text, at, end)
    small = (0.0, position, 1.0) if word in {"a", "an"} else _small(text, at, end, words)
    if small is None:
        return None
    value, position, step = small
    following, gap, after = _following(text, position, end)
    if following == "hundred" and "," not in gap:
        value, position, step = (value or 1.0) * 100, after, 100.0
        following, gap, after = _following(text, position, end)
        if following == "and":
            following, gap, after = _following(text, after, end)
        rest = _small(text, after - len(following), end, words) if following and "," not in gap else None
        if rest is not None:
            value, position, step = value + rest[0], rest[1], rest[2]
    return value, position, step


def _worded(text: str, at: int, end: int, words: _Lexicon) -> Numeral | None:
    total, step, scaled, half, position = 0.0, 1.0, False, False, at
    start = at
    while True:
        chunk = _chunk(text, start, end, words)
        if chunk is None:
            break
        value, after, step_here = chunk
        here = text[after : min(end, after + 12)]
        halved = re.match(r"\s+and\s+a\s+half\b", here + text[after + 12 : min(end, after + 16)])
        if halved and value:
            value, after, step_here, half = value + 0.5, after + halved.end(), 0.5, True
        word, gap, further = _following(text, after, end)
        big = words.scales.get(word, 0.0) if word != "hundred" and "," not in gap else 0.0
        if not value and not big:
            break
        total, position = total + (value or 1.0) * (big or 1.0), further if big else after
        step = big * (0.5 if half else 1.0) if big and step_here <= 1.0 else step_here * (big or 1.0)
        scaled = scaled or bool(big)
        if not big:
            break
        word, gap, further = _following(text, position, end)
        if word == "and":
            word, gap, further = _following(text, further, end)
        if not word or word in {"a", "an"} or word not in words.numbers:
            break
        start = further - len(word)
    if position == at:
        return None
    exact = not half and ((step <= 1.0) or (not scaled and total < 100))
    return Numeral(
        region=(at, position), value=_clean(total), step=_clean(step), digits=False, exact=exact, scaled=step >= 12.0 and (scaled or step >= 100.0)
    )


_SPELLS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "millennium"})


def _hedged_one(text: str, start: int, article: Region, end: int, language: str) -> Numeral | None:
    """ "More than a foot": an article between a hedge and a unit is a one; "nearly a year" says when, and counts nothing."""
    from .quantities_units import names_of_units

    if not _HEDGED.search(text, max(start, article[0] - 16), article[0]):
        return None
    word = _following(text, article[1], end)[0]
    unit = names_of_units(language)[0].get(word)
    if len(word) < 3 or unit is None or unit in _SPELLS:
        return None
    return Numeral(region=article, value=1.0, step=1.0, digits=False, exact=True)


def _clean(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.12g}")
