"""The question that a row of cells answers, made from what the cells share; it names only words that stand in them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from ..lang import load
from ..text import words
from ..types import Annotated, Cell, Party, PartyId, Quantity
from .quotes import quotation
from .relation import quantities_in

__all__ = ["question"]

_LONGEST = 5


def question(cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], language: str = "en") -> str:
    """One short question for a row: who said it where all cells quote, how many or how much where all count the same, else what is said of it."""
    forms: dict[str, str] = load(language, "compare")["questions"]
    topic = _topic(cells, language)
    if all(quotation(c.text) for c in cells):
        speaker = parties.get(cells[0].chain[-1])
        return forms["quote"].format(who=speaker.name if speaker else topic)
    counted = [quantities_in(c, reports) for c in cells]
    for q in counted[0]:
        if q.unit and all(any(q.unit == other.unit for other in found) for found in counted):
            return _how_many(q, cells, topic, forms, language)
    return forms["default"].format(what=topic)


def _how_many(q: Quantity, cells: Sequence[Cell], topic: str, forms: Mapping[str, str], language: str) -> str:
    if re.fullmatch(r"[A-Z]{3}", q.unit):
        return forms["money"].format(what=topic)
    if q.unit == "1":
        return forms["share"].format(what=topic)
    state = _state(cells, language) if q.unit == "person" else None
    if state is not None:
        return forms["person"].format(state=state)
    noun = {"person": "people"}.get(q.unit, re.sub(r" \*\* \d| /.*|_", " ", q.unit).strip() + "s")
    return forms["count"].format(noun=noun, what=topic)


def _state(cells: Sequence[Cell], language: str) -> str | None:
    """What happened to the people counted, in words the cells use: "were killed"."""
    said = {w for c in cells for w in _folded(c.text)}
    return next((state for word, state in load(language, "compare")["states"].items() if word in said), None)


def _topic(cells: Sequence[Cell], language: str) -> str:
    """The longest run of words that the first cell shares with the most others, in its letters, with a name that all share before it."""
    first = [cells[0].text[a:b] for a, b in words(cells[0].text)]
    folded = [_folded(c.text) for c in cells]
    if len(cells) == 1:
        return " ".join(_trimmed(first, language)[:_LONGEST])
    runs = [first[i:j] for i in range(len(first)) for j in range(i + 1, min(len(first), i + _LONGEST) + 1)]
    runs = [r for r in runs if r == _trimmed(r, language)]
    best = max(runs, key=lambda r: (_carried(r, folded[1:]), _weight(r, language)), default=first[:_LONGEST])
    if not _carried(best, folded[1:]):
        best = _trimmed(first, language)[:_LONGEST]
    name = next((w for w in first[1:] if w[:1].isupper() and w.lower() not in _stopwords(language) and all(w.lower() in f for f in folded)), None)
    phrase = " ".join(best)
    return phrase if name is None or name in phrase else f"{phrase} ({name})"


def _carried(run: Sequence[str], others: Sequence[Sequence[str]]) -> int:
    """How many of the other cells have the run, or, of one word, its beginning."""
    want = [w.lower() for w in run]
    if len(want) == 1:
        return sum(any(w[:5] == want[0][:5] for w in other) for other in others)
    return sum(any(other[i : i + len(want)] == want for i in range(len(other))) for other in others)


def _weight(run: Sequence[str], language: str) -> int:
    return sum(len(w) for w in run if w.lower() not in _stopwords(language))


def _trimmed(run: Sequence[str], language: str) -> list[str]:
    """Without words that say nothing at either end."""
    kept = [i for i, w in enumerate(run) if w.lower() not in _stopwords(language) and not w[:1].isdigit()]
    return list(run[kept[0] : kept[-1] + 1]) if kept else []


@functools.cache
def _stopwords(language: str) -> frozenset[str]:
    table = load(language, "compare")
    return frozenset([*table["stopwords"]["words"], *table["negations"]["words"], *load(language, "quantities")["number_words"]])


def _folded(text: str) -> list[str]:
    return [text[a:b].lower().replace("’", "'") for a, b in words(text)]
