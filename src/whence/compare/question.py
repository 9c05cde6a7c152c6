"""The question that a row of cells answers, made from what the cells share; it names only words that stand in them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from itertools import pairwise

from .. import expressions as re
from ..lang import load
from ..text import folded_words, words
from ..types import Annotated, Cell, Party, PartyId, Quantity
from .quotes import quotation
from .relation_sides import quantities_in

__all__ = ["question"]

_LONGEST = 5  # words
_TERMS = 3
_POSSESSIVE = re.compile(r"['’]s?$")

Run = tuple[int, int]


def question(cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], language: str = "en") -> str:
    """One short question for a row: who said it where all cells quote one party, how many or how much where all count the same, else what is said of it."""
    forms: dict[str, str] = load(language, "compare")["questions"]
    speaker = parties.get(cells[0].chain[-1])
    if speaker is not None and all(quotation(c.text) and c.chain[-1] == speaker.id for c in cells):
        return forms["quote"].format(who=speaker.name)
    counted = [quantities_in(c, reports) for c in cells]
    for q in counted[0]:
        if q.unit and all(any(q.unit == other.unit for other in found) for found in counted):
            return _how_many(q, cells, forms, language)
    return forms["default"].format(what=_topic(cells, language))


def _how_many(q: Quantity, cells: Sequence[Cell], forms: Mapping[str, str], language: str) -> str:
    if re.fullmatch(r"[A-Z]{3}", q.unit):
        return forms["money"].format(what=_topic(cells, language))
    if q.unit == "1":
        return forms["share"].format(what=_topic(cells, language))
    state = _state(cells, language) if q.unit == "person" else None
    if state is not None:
        return forms["person"].format(state=state)
    unit = re.sub(r" \*\* \d| /.*|_", " ", q.unit).strip()
    noun = {"person": "people"}.get(unit, unit + "s")
    return forms["count"].format(noun=noun, what=_topic(cells, language, but=(*noun.split(), *unit.split())))


def _state(cells: Sequence[Cell], language: str) -> str | None:
    """What happened to the people counted, in words the cells use: "were killed"."""
    said = {w for c in cells for w in folded_words(c.text)}
    return next((state for word, state in load(language, "compare")["states"].items() if word in said), None)


def _topic(cells: Sequence[Cell], language: str, but: Sequence[str] = ()) -> str:
    """What the cells have in common, in the first one's letters and order: up to three runs of words, those that most of the others have first.

    Verbs, days, months, bare figures and the words ``but`` are taken only where there is nothing else. Of one cell alone, its names and longest words.
    """
    regions = list(words(cells[0].text))
    first = [cells[0].text[a:b] for a, b in regions]
    joined = [not cells[0].text[a[1] : b[0]].strip() for a, b in pairwise(regions)]
    others = [[_key(w) for w in folded_words(c.text)] for c in cells[1:]]
    plain = [i for i, w in enumerate(first) if _telling(w, language)]
    telling = {i for i in plain if not _weak(first[i], language) and first[i].lower() not in but} or set(plain)
    spare = set(telling)
    runs: list[Run] = []
    while len(runs) < _TERMS and (run := _best(first, joined, spare, others, language)) is not None:
        runs.append(run)
        said = {_key(w) for w in first[run[0] : run[1]]}
        spare = {i for i in spare if _key(first[i]) not in said}
    if not runs:
        return " ".join(first[i] for i in sorted(telling)[:_TERMS]) or cells[0].text[:40]
    return ", ".join(_POSSESSIVE.sub("", " ".join(first[i:j])) for i, j in sorted(runs))


def _best(first: Sequence[str], joined: Sequence[bool], spare: set[int], others: Sequence[Sequence[str]], language: str) -> Run | None:
    """The run of words that most of the other cells have, of those the longest in letters; it begins and ends with a word to spare, blanks between."""
    found = []
    for i in sorted(spare):
        for j in range(i + 1, min(len(first), i + _LONGEST) + 1):
            inside = [first[k] for k in range(i, j)]
            if not all(joined[i : j - 1]):
                break
            if j - 1 in spare and all(k in spare or inside[k - i].lower() in _stopwords(language) for k in range(i, j)):
                carried = _carried(inside, others) if others else len([w for w in inside if w[:1].isupper()])
                found.append(((carried, sum(len(first[k]) for k in range(i, j) if k in spare)), (-i, -j)))
    if not found:
        return None
    (carried, _), (i, j) = max(found)
    return (-i, -j) if carried or not others else None


def _carried(run: Sequence[str], others: Sequence[Sequence[str]]) -> int:
    """How many of the other cells have the run, or, of one word, its beginning."""
    want = [_key(w) for w in run]
    if len(want) == 1:
        return sum(any(w[:5] == want[0][:5] for w in other) for other in others)
    return sum(any(list(other[i : i + len(want)]) == want for i in range(len(other))) for other in others)


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())


def _telling(word: str, language: str) -> bool:
    """A word that can stand for a topic at all: no stopword and no number."""
    return len(word) > 1 and not word[:1].isdigit() and word.lower() not in _stopwords(language)


def _weak(word: str, language: str) -> bool:
    """A verb, as far as a form shows it, or a word of the calendar."""
    return word.lower() in _calendar(language) or (word[:1].islower() and (word in _verbs(language) or word.endswith(("ed", "ly"))))


@functools.cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["clauses"]["verbs"])


@functools.cache
def _calendar(language: str) -> frozenset[str]:
    table = load(language, "dates")
    return frozenset(name.lower() for part in ("months", "weekdays") for name in table[part]["names"])


@functools.cache
def _stopwords(language: str) -> frozenset[str]:
    table, numbers = load(language, "compare"), load(language, "quantities")
    said = (*table["stopwords"]["words"], *table["negations"]["words"], *table["hedges"]["words"])
    return frozenset([*said, *numbers["number_words"], *numbers["scales"], *(s + "s" for s in numbers["scales"])])
