"""What a number counts: the noun at the end of the phrase that follows it, in the singular; "person" for people of any kind."""

from __future__ import annotations

import functools
from typing import Any

from .. import expressions as re
from ..lang import load
from ..types import Region
from .quantities_units import names_of_units

__all__ = ["acts", "counted", "counts_people", "singular"]

_WORD = re.compile(r"[^\W\d_]+(?:[.'’\-][^\W\d_]+)*")
_SKIP = re.compile(r"[\s“\"‘'(]{0,3}")
_OF = re.compile(r"\s+of\s+(?=(?P<whose>(?:the|his|her|its|their|those|these|our|all|my|your|[A-Z]))|(?P<them>them|whom|us)\b)")
_HYPHEN = re.compile(r"-([^\W\d_]+)(?:-[^\W\d_]+)*")
_FIGURE = re.compile(r"[\s“\"]*\d[\d,.]*(?:[\s-]?[^\W\d_]+)?")
_REACH = 7
_SINGLE = frozenset(
    {"person", "man", "woman", "child", "boy", "girl", "soldier", "policeman", "officer", "civilian", "passenger", "worker", "guard", "student"}
)


class Words:
    """The word lists of a language, as sets."""

    def __init__(self, language: str) -> None:
        self.table: dict[str, Any] = load(language, "quantities")
        people = self.table["people"]["nouns"]
        self.people = frozenset([*people, *(w.lower() for w in people)])
        self.person = self.people | frozenset(_one(w) for w in people if w.endswith("s")) | {"strong", "man", "woman", "judge"}
        self.stops = frozenset(self.table["stops"]["words"]) - {"MPs"}
        self.states = frozenset(self.table["people"]["adjectives_after"])
        self.aided = frozenset(self.table["people"]["after_auxiliary"])
        self.auxiliaries = frozenset(self.table["people"]["auxiliaries"])
        self.invariant = frozenset(self.table["invariant"]["words"])
        self.measures = names_of_units(language)[2]


@functools.cache
def lists(language: str) -> Words:
    return Words(language)


def _one(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def counted(text: str, region: Region, end: int, language: str) -> tuple[str, int] | None:
    """The unit and the end of the noun phrase after a number that ends at ``end``; None where no noun is counted."""
    known = lists(language)
    hyphen = _HYPHEN.match(text, end, region[1])
    if hyphen is not None:
        word = hyphen[1].lower()
        if word in known.person:
            return "person", hyphen.end(1)
        barred = word in known.table["hyphened"]["not_counted"] or word in known.stops
        return None if barred or len(word) < 3 else (singular(word, language), hyphen.end(1))
    of = _OF.match(text, end, region[1])
    if of is not None and of["them"]:
        return _of_them(text, region, of.end("them"), language)
    return _phrase(text, region, of.end() if of else end, language, partitive=of is not None)


def _of_them(text: str, region: Region, end: int, language: str) -> tuple[str, int]:
    """ "Two of them women": people where a noun of people follows, else no unit."""
    m = re.compile(r"\s+([^\W\d_]+)").match(text, end, region[1])
    person = m is not None and (m[1].lower() in lists(language).people or m[1].lower() in lists(language).states)
    return ("person", m.end()) if person and m is not None else ("", end)


def _phrase(text: str, region: Region, position: int, language: str, *, partitive: bool) -> tuple[str, int] | None:
    known = lists(language)
    best: tuple[str, int] | None = None
    capital: tuple[str, int] | None = None
    for step in range(_REACH):
        gap = _SKIP.match(text, position, region[1])
        if gap is None:
            break
        figure = _FIGURE.match(text, position, region[1])
        if figure is not None:
            if best is not None or (not partitive and step):
                break
            position = figure.end() if not partitive else re.compile(r"[\s“\"]*\d[\d,.]*").match(text, position).end()  # type: ignore[union-attr]
            continue
        m = _WORD.match(text, gap.end(), region[1])
        if m is None:
            break
        word, low = m[0], m[0].lower()
        owner = low.endswith(("'s", "’s")) or text[m.end() : m.end() + 1] in {"'", "’"}
        if partitive and (step == 0 or owner) and low in {"the", "his", "her", "its", "their", "those", "these", "our", "all", "my", "your"}:
            position = m.end()
            continue
        if low == "and" and step and best is None and capital is None:
            position = m.end()
            continue
        if (low in known.stops and word != "MPs") or (best is not None and (owner and not partitive)):
            break
        if owner and partitive:
            position = m.end() if low.endswith(("'s", "’s")) else m.end() + 1
            continue
        noun = _noun(word.removesuffix("'s").removesuffix("’s"), known, language)
        if best is not None and noun is None:
            break
        if noun is not None and (word[:1].islower() or noun == "person" or word.isupper()):
            best = (noun, m.start() + len(word.removesuffix("'s").removesuffix("’s")))
        elif noun is not None:
            capital = capital or (noun, m.end())
        position = m.end()
        if owner:
            break
    return best or capital


def _noun(word: str, known: Words, language: str) -> str | None:
    """The unit that a word names, if it is a plural noun."""
    low = word.lower()
    if low in known.people or word in known.people:
        return "person"
    if low in known.invariant:
        return singular(low, language)
    if low in known.measures:
        return names_of_units(language)[0][low]
    if word[:1].isupper() and word.endswith("s") and word.endswith(tuple(known.table["people"]["demonym_endings"])) and len(word) > 4:
        return "person"
    if "-" in word:
        low = low.rpartition("-")[2]
        if low in known.people:
            return "person"
    if is_plural(low) and not (word.isupper() and len(word) < 4):
        return singular(low if not word.isupper() else word, language)
    if word.isupper() is False and word[:-1].isupper() and word.endswith("s") and len(word) > 2:
        return word[:-1]
    return None


_SPELL = re.compile(r"\s(?:hour|day|week|month|year)\s+(?=[^\W\d_])")


def hired_by(text: str, region: Region, end: int, unit: int, language: str) -> int | None:
    """Where "day labourers" ends: a noun of people after a spell in the singular, of which a number above one does not count."""
    m = _SPELL.match(text, end, region[1])
    noun = counted(text, region, m.end() - 1, language) if m is not None and unit < m.end() else None
    return noun[1] if noun is not None and noun[0] == "person" else None


_ACTS = re.compile(
    r"\s(?:have|had|has|were|are|will|would|could|may|might|did|still|then|climbed|died|remain|remained|remains|are\sstill|\w{3,}ed)\b(?!\sof)"
)
_OPENS = re.compile(r"(?:\A|[.!?;:,–—(]\s|[“\"‘]|\b(?:and|while|but|with|whom|which|since|because|that|or)\s)\Z")


def acts(text: str, region: Region, start: int, end: int) -> bool:
    """True for a number in words that is the subject of a clause ("Four climbed out"): what it counts was said before."""
    before = text[max(region[0], start - 9) : start]
    return bool(_OPENS.search(before)) and bool(_ACTS.match(text, end, region[1]))


def single_person(text: str, region: Region, end: int) -> int | None:
    """Where "one soldier" ends: a single person after the number one."""
    m = re.compile(r"\s((?:[a-z]+\s)?([a-z]+))\b").match(text, end, region[1])
    if m is None:
        return None
    first = m[1].split()[0]
    return m.start(1) + len(first) if first in _SINGLE else m.end() if m[2] in _SINGLE else None


def counts_people(text: str, region: Region, start: int, end: int, language: str) -> int | None:
    """Where a bare number of people ends with what befell them ("14 were killed", "14 more suffered", "killing 14"), or None."""
    known = lists(language)
    position, aided = end, False
    for _ in range(4):
        m = re.compile(r"\s+([^\W\d_]+)").match(text, position, region[1])
        if m is None:
            break
        low = m[1].lower()
        if low in known.states or (aided and low in known.aided):
            return m.end()
        if low not in known.auxiliaries:
            break
        position, aided = m.end(), True
    before = text[max(region[0], start - 70) : start]
    verb = re.search(
        r"([^\W\d_]+)\s+(?:(?:about|around|some|nearly|almost|up|at|to|least|more|over|than|another|only|just|a|further|roughly)\s+)*\Z", before
    )
    if verb is not None and verb[1].lower() in known.table["people"]["doing"]:
        return end
    tolls = "|".join(known.table["people"]["tolls"])
    return end if re.search(rf"\b(?:{tolls})\b[^;:.]{{0,60}}\Z", before, re.IGNORECASE) else None


def is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ous"))


def singular(word: str, language: str) -> str:
    """The noun in the singular: by the table, else by the common endings."""
    known: dict[str, str] = load(language, "quantities")["singular"]
    if word in lists(language).people:
        return "person"
    if word in known:
        return known[word]
    head, hyphen, tail = word.rpartition("-")
    if hyphen:
        return head + hyphen + singular(tail, language)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes", "oes")):
        return word[:-2]
    return word[:-1] if is_plural(word) else word
