"""The unit that a number is given in: money by code or name; measures by name, alone or "per" another. Looked up, longest first."""

from __future__ import annotations

import functools

from .. import expressions as re
from ..lang import load
from ..types import Region, Value
from .quantities_money import Settle, money_names

__all__ = ["Unit", "names_of_units", "unit_after"]


class Unit(Value, frozen=True, kw_only=True):
    """A unit and the region of the text that it widens the number to. ``old`` is True for an age ("34-year-old")."""

    name: str
    region: Region
    old: bool = False
    money: bool = False


_TOKENS = re.compile(
    r"[\s\u00a0-]?([^\s\u00a0-]+)(?:([\s\u00a0-])([^\s\u00a0-]+))?(?:([\s\u00a0-])([^\s\u00a0-]+))?(?:([\s\u00a0-])([^\s\u00a0-]+))?"
)
_AFTER = '.,;:!?)]}”"»…*'
_SHAPE = re.compile(r"[-\s](?:old|long|tall|high|wide|deep|thick)(?!\w)|\sof\sage\b")
_CODE = re.compile(r"\s\([A-Z]{3}\)")


@functools.cache
def names_of_units(language: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Names of units as looked up (hyphens as blanks), words that may stand before them, and the plurals that are units wherever they stand."""
    table = load(language, "quantities")
    names = {(n if len(n.replace(" ", "")) <= 3 else n.lower()).replace("-", " "): u for u, every in table["units"].items() for n in every}
    return names, frozenset(table["between"]["words"]), frozenset(n for n in names if len(n) > 3 and n.endswith("s"))


def unit_after(text: str, region: Region, start: int, end: int, settle: Settle, language: str, *, whole: bool) -> Unit | None:
    """The unit after a number at ``start``–``end``; ``whole`` is True for a bare word such as "one", which names no second or inch."""
    m = _TOKENS.match(text, end, region[1])
    if m is None:
        return None
    glued = text[end : end + 1] not in " \u00a0"
    found = _measure(text, region, m, glued, language, whole) or _currency(text, region, m, settle, glued)
    if found is not None:
        return found
    between = names_of_units(language)[1]
    if m[1].lower() in between or m[1] in between:
        last = _TOKENS.match(text, m.end(1), region[1])
        if last is not None:
            return _measure(text, region, last, False, language, whole) or _currency(text, region, last, settle, False)
    return None


def _measure(text: str, region: Region, m: re.Match[str], glued: bool, language: str, whole: bool) -> Unit | None:
    names = names_of_units(language)[0]
    for last in (7, 5, 3, 1):
        if not m[last]:
            continue
        raw = " ".join(m[i] for i in range(1, last + 1, 2))
        bare = raw.rstrip(_AFTER).rstrip("’'") if last == 1 or not raw.endswith(("sq.",)) else raw
        for name in (raw, bare):
            unit = names.get(name) or names.get(name.lower() if len(name) > 3 else name)
            if unit is None and name.endswith(("'s", "’s")):
                name, unit = name[:-2], names.get(name[:-2].lower()) if name[:-2].lower().endswith("s") else None
            if unit is not None and not _doubtful(text, m, name, unit, glued, whole):
                return _widened(text, region, unit, m.start(1) + len(name), language)
    return None


def _doubtful(text: str, m: re.Match[str], name: str, unit: str, glued: bool, whole: bool) -> bool:
    """True for a name that is more often another word: "41 C", "3 in", "one second", "2 F"."""
    if name in {"C", "F", "x", "h", "s", "B"} and (not glued or text[m.start() : m.start() + 1] == "-"):
        return True
    return (whole and unit in {"second", "inch", "minute"}) or name in {"in", "am", "pm"}


def _widened(text: str, region: Region, unit: str, end: int, language: str) -> Unit:
    """A unit with what belongs to it: "per hectare", "a day", "-old", "high"."""
    table = load(language, "quantities")["compounds"]
    m = _TOKENS.match(text, end, region[1])
    if m is not None and m[3] and unit in table["above"] and m[1] in {"per", "a", "an"}:
        names = names_of_units(language)[0]
        for raw in (f"{m[3]} {m[5]}" if m[5] else "", m[3]):
            below = names.get(raw.rstrip(_AFTER).lower())
            if below in (table["per"] if m[1] == "per" else table["flow_times"]) and (m[1] == "per" or unit in table["flows"]):
                return Unit(name=f"{unit} / {below}", region=(0, m.start(3) + len(raw.rstrip(_AFTER))))
    shape = _SHAPE.match(text, end, region[1])
    return Unit(name=unit, region=(0, shape.end() if shape else end), old=bool(shape and shape[0].strip(" -") in {"old", "of age"}))


def _currency(text: str, region: Region, m: re.Match[str], settle: Settle, glued: bool) -> Unit | None:
    signs, names, codes = money_names()
    first = m[1].rstrip(_AFTER)
    behind = first in codes or (first in signs and (not first.isascii() or first == "US$" or (first.isalpha() and len(first) > 2)))
    if behind and (code := first if first in codes else settle(signs[first], region)):
        return Unit(name=code, region=(0, m.start(1) + len(first)), money=True)
    for begin in (1, 3):
        if begin == 3 and not (m[3] and (first.istitle() or first in {"worth", "in"})):
            break
        for last in (7, 5, 3, 1):
            if last < begin or not m[last]:
                continue
            raw = " ".join(m[i] for i in range(begin, last + 1, 2))
            bare = re.sub(r"['’]s?\Z", "", raw.rstrip(_AFTER)) if raw[-1:] in _AFTER + "'’s" else raw
            for name in (raw.rstrip(_AFTER), bare):
                code = settle(names[name.lower()], region) if name.lower() in names else None
                if code is not None and not (name[:1].isupper() and last == begin and name != name.lower()):
                    end = m.start(begin) + len(name)
                    iso = _CODE.match(text, end, region[1])
                    return Unit(name=code, region=(0, iso.end() if iso else end), money=True)
    return None
