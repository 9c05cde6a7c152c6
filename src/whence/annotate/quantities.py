"""Quantities: every number with its hedge, its unit and the interval that its rounding and its hedge allow."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from .. import expressions as re
from ..lang import load
from ..types import Quantity, Region, Value
from .numerals import Numeral, find_numerals
from .quantities_context import is_name, left_alone
from .quantities_money import Settle, money_before, settler
from .quantities_nouns import acts, counted, counts_people, hired_by, single_person
from .quantities_shares import find_ratios, is_share, is_times
from .quantities_units import unit_after

__all__ = ["find_quantities"]

_AGE_BEFORE = re.compile(r"(?i)\b(?:aged|ages?|age\s+of)\s(?:just\s|only\s)?(?P<more>\w+(?:,|,?\s(?:and|or|to))\s)?\Z")
_NAMED_AGE = re.compile(r"[A-Z][\w’'\-]+(?:,\s|\s\()\Z")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|[^\w\s]")
_LINKS = (
    "another",
    "an additional",
    "an extra",
    "a further",
    "additional",
    "further",
    "extra",
    "a total of",
    "an average of",
    "a",
    "an",
    "between",
    "only",
    "from",
)
_OLDEST = 120


class Found(Value, frozen=True, kw_only=True):
    """A number with its unit ("" where none is known), before ranges are joined. ``hedge`` is one that stands after it."""

    numeral: Numeral
    unit: str
    start: int
    end: int
    exact: bool = False
    hedge: str | None = None


class _Span(Value, frozen=True, kw_only=True):
    """One or two numbers of a range."""

    first: Found
    last: Found | None = None


def find_quantities(
    text: str, regions: Sequence[Region], report: str, *, country: str | None = None, worldwide: bool = False, language: str = "en"
) -> tuple[Quantity, ...]:
    """The quantities of the given regions, in order, numbered q1, q2, …; an empty tuple for a language without a table.

    The interval: a number stands for half a unit of its last stated digit either way, trailing noughts not being stated (70,000 is 65,000–75,000;
    1.7 is 1.65–1.75; a word for a fraction is good to a twentieth of itself). Whole numbers of people and things are exact below a hundred and
    where they have no trailing noughts, and so are ages. A hedge bends it: "about" leaves or gives half a unit either way, "nearly" half a unit
    below, "just over" half a unit above; "at least" and "more than" leave it open above (``high`` None), "up to" and "less than" open below
    (``low`` None). A range has no ``value``.

    ``unit``: a pint unit, an ISO 4217 code, "1" for ratios and shares (83 % is 0.83), "percentage point", "person" for people of any kind, else the
    counted noun in the singular; "" where the words name none. ``country`` (ISO 3166, of the outlet, ``worldwide`` if it
    is an agency) settles money that several countries write alike, and where it does not, the one country that the sentence, else the text, is about.
    Dates, years, times of day, ordinals, scores, ranks and numbers in names are left alone. Never raises on any text.

    >>> [(q.text, q.low, q.high, q.unit) for q in find_quantities("About 70,000 people fled.", [(0, 25)], "r1")]
    [('About 70,000 people', 65000.0, 75000.0, 'person')]
    """
    found: list[Quantity] = []
    if not load(language, "quantities"):
        return ()
    settle = settler(text, regions, country, worldwide=worldwide)
    for region in regions:
        for one in _spans(text, region, list(_numbers(text, region, settle, language)), language):
            found.append(_quantity(text, region, one, report, language, len(found) + 1))
    return tuple(found)


def _numbers(text: str, region: Region, settle: Settle, language: str) -> Iterator[Found]:
    """Every number that is a quantity, with its unit, from left to right."""
    ratios = list(find_ratios(text, *region, language))
    taken = region[0]
    for n in find_numerals(text, *region, language):
        while ratios and ratios[0].region[0] <= n.region[0]:
            r = ratios.pop(0)
            if r.region[0] >= taken:
                taken = r.region[1]
                yield Found(
                    numeral=Numeral(region=r.region, value=r.value, step=r.step, digits=False, exact=False), unit="1", start=r.region[0], end=taken
                )
        if n.region[0] < taken or left_alone(text, region, n, language):
            continue
        made = _fraction(text, region, n, settle, language) if n.fraction else _number(text, region, n, settle, language)
        if made is not None:
            taken = (
                made.end
                if made.unit and not (made.unit == "person" or made.unit not in load(language, "quantities")["units"])
                else made.numeral.region[1]
            )
            yield made
    for r in ratios:
        if r.region[0] >= taken:
            yield Found(
                numeral=Numeral(region=r.region, value=r.value, step=r.step, digits=False, exact=False), unit="1", start=r.region[0], end=r.region[1]
            )


def _fraction(text: str, region: Region, n: Numeral, settle: Settle, language: str) -> Found | None:
    """ "Half of", "a third less" as shares; "half an hour", "a quarter of a percentage point" as measures."""
    start, end = n.region
    m = re.compile(r"\s(?:of\s)?an?(?=\s)").match(text, end, region[1])
    if m is not None:
        unit = unit_after(text, region, start, m.end(), settle, language, whole=False)
        if unit is not None and not unit.money:
            return Found(numeral=n, unit=unit.name, start=start, end=unit.region[1])
    unit = unit_after(text, region, start, end, settle, language, whole=True) if n.value != 0.5 or text[end : end + 1] == " " else None
    if unit is not None and unit.name in {"percent", "percentage point", "mile", "kilometer"}:
        return Found(numeral=n, unit=unit.name, start=start, end=unit.region[1])
    return Found(numeral=n, unit="1", start=start, end=end) if is_share(text, region, n) else None


def _number(text: str, region: Region, n: Numeral, settle: Settle, language: str) -> Found | None:
    start, end = n.region
    money = money_before(text, region, start, settle) if n.digits else None
    if money is not None:
        if n.short is not None:
            n, end = _long(n, language, end)
        after = unit_after(text, region, start, end, settle, language, whole=False)
        return Found(numeral=n, unit=money[0], start=money[1], end=after.region[1] if after is not None and after.money else end)
    if text[max(region[0], start - 1) : start].isalpha():
        return None
    age = _age(text, region, n)
    if age is not None:
        return age
    if (text[start - 1 : start] in "-−" and text[max(region[0], start - 2) : start - 1].isspace()) or re.search(
        r"\bminus\s\Z", text[max(region[0], start - 6) : start]
    ):
        cold = unit_after(text, region, start, end, settle, language, whole=False)
        if cold is not None and cold.name.startswith("degree"):
            minus = start - 1 if text[start - 1] in "-−" else start - len("minus ")
            return Found(numeral=_negative(n), unit=cold.name, start=minus, end=cold.region[1])
    hedge, place = _hedge_between(text, region, end, language)
    return _counted(text, region, n, start, place, hedge, settle, language)


def _counted(text: str, region: Region, n: Numeral, start: int, end: int, hedge: str | None, settle: Settle, language: str) -> Found | None:
    """A number with the unit or noun after it; a bare one only where it is written in figures and stands in no name."""
    if n.short is not None:
        longer, after = _long(n, language, end)
        unit = unit_after(text, region, start, after, settle, language, whole=False)
        noun = counted(text, region, after, language) if unit is None else None
        if (unit is not None and unit.money) or noun is not None:
            return Found(numeral=longer, unit=unit.name if unit else noun[0], start=start, end=unit.region[1] if unit else noun[1], hedge=hedge)  # type: ignore[index]
    whole = not n.digits and n.value == 1
    unit = unit_after(text, region, start, end, settle, language, whole=whole)
    if unit is not None and n.value > 1 and (people := hired_by(text, region, end, unit.region[1], language)) is not None:
        return Found(numeral=n, unit="person", start=start, end=people, hedge=hedge)
    if unit is not None:
        return Found(numeral=n, unit="1" if unit.name == "fold" else unit.name, start=start, end=unit.region[1], exact=unit.old, hedge=hedge)
    if whole:
        person = single_person(text, region, end)
        if person is not None:
            return Found(numeral=n, unit="person", start=start, end=person, hedge=hedge)
    times = re.compile(r"\stimes\b").match(text, end, region[1])
    if times is not None:
        if re.compile(r"\s(?:an?|per|each|every)\s").match(text, times.end(), region[1]):
            return None
        ratio = is_times(text, region, n, times.end())
        return Found(numeral=n, unit="1" if ratio else "time", start=start, end=times.end(), hedge=hedge)
    noun = None if whole else counted(text, region, end, language)
    person = counts_people(text, region, start, end, language) if noun is None or noun[1] - end > 30 else None
    if person is not None:
        return Found(numeral=n, unit="person", start=start, end=person, hedge=hedge)
    if noun is not None:
        return Found(numeral=n, unit=noun[0], start=start, end=noun[1], hedge=hedge)
    if text[end : end + 1].isalpha():
        return None
    if not n.digits and not n.scaled:
        return (
            Found(numeral=n, unit="", start=start, end=end, hedge=hedge, exact=True)
            if _in_range(text, region, n) or _subject(text, region, n)
            else None
        )
    return None if is_name(text, region, n) and not _in_range(text, region, n) else Found(numeral=n, unit="", start=start, end=end, hedge=hedge)


def _subject(text: str, region: Region, n: Numeral) -> bool:
    """A number in words above one that is the subject of a clause."""
    return n.value > 1 and not n.fraction and acts(text, region, *n.region)


def _in_range(text: str, region: Region, n: Numeral) -> bool:
    """True where another number follows or goes before at once, of which this one may be the other end."""
    start, end = n.region
    return bool(
        re.compile(r"\s?(?:-|–|—)\s?[$£€]?\d|\s(?:to|or|and)\s\w|-\s(?:to|and|or)\s|\sof\s\w").match(text, end, region[1])
        or re.search(r"\d\s?[-–—]\s?\Z|\b(?:to|or|and)\s\Z", text[max(region[0], start - 5) : start])
    )


def _age(text: str, region: Region, n: Numeral) -> Found | None:
    start, end = n.region
    if n.scaled or n.value > _OLDEST or n.value != int(n.value):
        return None
    before = text[max(region[0], start - 24) : start]
    m = _AGE_BEFORE.search(before)
    if m is not None and not re.match(r"\s?(?:%|per\s?cent)|-", text[end : end + 9]):
        return Found(numeral=n, unit="year", start=start if m["more"] else start - len(before) + m.start(), end=end, exact=True)
    named = n.digits and n.short is None and _NAMED_AGE.search(before)
    closed = re.match(r",(?=\s)|\)|,?\s(?:of|from)\s[A-Z]", text[end : end + 12])
    return Found(numeral=n, unit="year", start=start, end=end, exact=True) if named and closed and 1 <= n.value else None


def _long(n: Numeral, language: str, end: int) -> tuple[Numeral, int]:
    """The number with its one-letter scale taken as one ("$5m")."""
    scale = load(language, "quantities")["short_scales"][n.short]
    value, step = float(f"{n.value * scale:.12g}"), float(f"{n.step * scale:.12g}")
    return Numeral(region=(n.region[0], end + 1), value=value, step=step, digits=True, exact=False, scaled=True), end + 1


def _negative(n: Numeral) -> Numeral:
    return Numeral(region=n.region, value=-n.value, step=n.step, digits=n.digits, exact=False)


# ---- ranges ----------------------------------------------------------------------------------------------------

_JOIN = re.compile(r"\s*(?:(?P<dash>-|–|—)|-?\s(?P<word>to|and|or)\s)\s*\Z")


def _spans(text: str, region: Region, found: Sequence[Found], language: str) -> Iterator[_Span]:
    """Numbers joined into ranges; numbers that only a range would have made quantities are dropped where there is none."""
    i = 0
    while i < len(found):
        one, two = found[i], found[i + 1] if i + 1 < len(found) else None
        i += 1
        how = _joined(text, region, one, two, language) if two is not None else None
        if two is None or how is None:
            if (
                one.unit
                or (one.numeral.digits and not _dangling(text, region, one))
                or one.numeral.scaled
                or _of_whole(text, one)
                or _subject(text, region, one.numeral)
            ):
                yield _Span(first=one)
            continue
        first = _shared(one, two)
        if how == "range":
            i += 1
            yield _Span(first=first, last=two)
        else:
            yield _Span(first=first)


def _dangling(text: str, region: Region, one: Found) -> bool:
    return is_name(text, region, one.numeral) or bool(re.search(r"\d[-–—]\Z", text[max(region[0], one.start - 2) : one.start]))


def _of_whole(text: str, one: Found) -> bool:
    """ "Three of five judges": a number in words that is part of a whole."""
    return bool(re.match(r"\sof\s(?:\d|[a-z]+\s[a-z]+s\b)", text[one.end : one.end + 24]))


def _joined(text: str, region: Region, one: Found, two: Found, language: str) -> str | None:
    """ "range", "change" (from one to the other), or None where the two are not joined."""
    between = text[one.numeral.region[1] if one.end > two.start else one.end : two.start]
    m = _JOIN.match(between)
    sign = two.unit == "" and one.start < one.numeral.region[0] and one.unit != "year"
    if m is None or one.hedge or not (one.unit in ("", two.unit) or sign):
        return None
    before = text[region[0] : one.start]
    a, b = _shared(one, two).numeral.value, two.numeral.value
    if m["word"] == "to" and re.search(r"(?i)\bby\s+\Z", before):
        return None
    if m["word"] == "to" and re.search(r"(?i)\bfrom\s+(?:\w+\s){0,2}\Z", before):
        stems = "|".join(load(language, "quantities")["changes"]["stems"])
        if re.search(rf"(?i)\b(?:{stems})\w*\b[^.;]*\Z", before[-90:]) and not re.search(r"(?i)\brang\w+\s+from\s\Z", before):
            return "change"
    if a >= b or (two.unit == "" and not sign and not (one.numeral.digits and m["word"] in {"to", "and"})):
        return None
    if m["word"] == "and":
        return "range" if re.search(r"(?i)\bbetween\s+(?:about\s|around\s|some\s)?\Z", before) else None
    if m["word"] == "or":
        return "range" if b - a <= max(1.0, a) and not one.unit else None
    return "range"


def _shared(one: Found, two: Found) -> Found:
    """The first number of a range with the scale and unit that the second states for both."""
    n, last = one.numeral, two.numeral
    unit = one.unit or two.unit
    if last.scaled and not n.scaled and n.value < 1000 and (not one.unit or one.unit == two.unit or not two.unit):
        scale = next((s for s in (1e12, 1e9, 1e7, 1e6, 1e5, 1e3, 1e2) if last.value >= s and n.value * s < last.value and last.step >= s / 100), 1.0)
        n = Numeral(region=n.region, value=float(f"{n.value * scale:.12g}"), step=n.step * scale, digits=n.digits, exact=False, scaled=True)
    return Found(numeral=n, unit=unit, start=one.start, end=one.end, exact=one.exact, hedge=one.hedge)


# ---- hedges and intervals --------------------------------------------------------------------------------------


@functools.cache
def _hedges(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Which way each hedge bends, and the pattern of those that stand after the number."""
    side = {h: s for s, names in load(language, "quantities")["hedges"].items() for h in names}
    after = "|".join(sorted((re.escape(h) for h in side if h.startswith(("or ", "and ", "at "))), key=len, reverse=True))
    return side, re.compile(rf",?\s({after})\b", re.IGNORECASE)


def _hedge_between(text: str, region: Region, end: int, language: str) -> tuple[str | None, int]:
    """A hedge at once after the number ("70,000 or more people") and where the unit may begin."""
    m = _hedges(language)[1].match(text, end, region[1])
    return (m[1].lower(), m.end()) if m is not None else (None, end)


_NO_HEDGE = re.compile(
    r"(?i)(?:\bfell|\bfall|\bpass|\bpassed|\btook|\btakes?|\btaken|\bturned|\bhanded|\bhand|\bgoing|\bgo|\bran|\bcame|\bbrought|\bis|\bgot|\bstayed)\s+\Z"
)
_PARTICLES = frozenset({"over", "under", "below", "above", "beyond", "around", "about"})


def _hedge(text: str, region: Region, start: int, end: int, language: str) -> tuple[str | None, int, int]:
    """The hedge beside a quantity and the region with it; words such as "another" may stand between."""
    side, after = _hedges(language)
    words = [(m.start() + max(region[0], start - 60), m[0].lower()) for m in _WORD_BEFORE.finditer(text[max(region[0], start - 60) : start])]
    begin = start
    for _ in range(2):
        for size in (5, 4, 3, 2, 1):
            if len(words) >= size:
                phrase = " ".join(w for _, w in words[-size:])
                place = words[-size][0]
                if phrase in side and not (phrase in _PARTICLES - {"about", "around"} and _NO_HEDGE.search(text, max(region[0], place - 12), place)):
                    return phrase, place, end
        link = next((link for link in _LINKS if [w for _, w in words[-len(link.split()) :]] == link.split()), None)
        if link is None:
            break
        if link in {"another", "between"}:
            begin = words[-1][0]
        words = words[: -len(link.split())]
    m = after.match(text, end, region[1])
    return (m[1].lower(), start, m.end()) if m is not None else (None, begin, end)


def _quantity(text: str, region: Region, span: _Span, report: str, language: str, number: int) -> Quantity:
    first, last = span.first, span.last or span.first
    start, end = first.start, max(last.end, first.end if span.last is None else 0)
    hedge: str | None
    if last.hedge:
        hedge = last.hedge
    else:
        hedge, start, end = _hedge(text, region, start, end, language)
    unit = last.unit or first.unit
    side = _hedges(language)[0].get(hedge or "")
    if span.last is not None:
        low: float | None = min(first.numeral.value, last.numeral.value)
        high: float | None = max(first.numeral.value, last.numeral.value)
        value = None
        low, high = (None if side == "most" else low), (None if side == "least" else high)
    else:
        value = first.numeral.value
        low, high = _bounds(first.numeral, side, exact=first.exact or (first.numeral.exact and _is_count(unit, language)))
    scale = 0.01 if unit == "percent" else 1.0
    low, high, value = (None if x is None else float(f"{x * scale:.12g}") for x in (low, high, value))
    return Quantity(
        id=f"q{number}", report=report, start=start, end=end, text=text[start:end], low=low, high=high, value=value,
        unit="1" if unit == "percent" else unit, hedge=hedge,
    )  # fmt: skip


def _bounds(n: Numeral, side: str | None, *, exact: bool) -> tuple[float | None, float | None]:
    half = n.step / 2
    if side == "least":
        return n.value, None
    if side == "most":
        return None, n.value
    if side == "below":
        return n.value - half, n.value
    if side == "above":
        return n.value, n.value + half
    return (n.value, n.value) if exact and side is None else (n.value - half, n.value + half)


def _is_count(unit: str, language: str) -> bool:
    """People and things are counted in whole numbers; money, shares and measures are not."""
    return unit not in load(language, "quantities")["units"] and not re.fullmatch(r"[A-Z]{3}|1", unit) and " / " not in unit
