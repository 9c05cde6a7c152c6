"""The question that a row of cells answers, made from what the cells share and where they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..lang import load
from ..text import words
from ..types import Annotated, Cell, Party, PartyId
from .quotes import quotation
from .relation import quantities_in

__all__ = ["question"]


def question(cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], language: str = "en") -> str:
    """One short question for a row; it names only words that stand in the cells."""
    table = load(language, "compare")
    shared = _shared_words(cells, language)
    if all(quotation(c.text) for c in cells):
        last = parties.get(cells[0].chain[-1])
        return str(table["questions"]["quote"]).format(who=last.name if last else "the source")
    units = Counter(u for c in cells for u in {q.unit for q in quantities_in(c, reports)})
    common = [u for u, n in units.items() if n == len(cells)]
    if "person" in common:
        state = next((s for w, s in table["states"].items() if any(w in x for x in _folded(cells))), None)
        return f"How many people {state}?" if state else f"How many, of {' '.join(shared[:4])}?"
    if any(re.fullmatch(r"[A-Z]{3}", u) for u in common):
        return f"How much money, of {' '.join(shared[:4]) or 'this'}?"
    for unit in common:
        if unit and unit != "1":
            return f"How many {unit}s, of {' '.join(shared[:4]) or 'this'}?"
    what = " ".join(shared[:5]) or " ".join(cells[0].text.split()[:6])
    return str(table["questions"]["default"]).format(what=what)


def _folded(cells: Sequence[Cell]) -> list[set[str]]:
    return [{c.text[a:b].lower() for a, b in words(c.text)} for c in cells]


def _shared_words(cells: Sequence[Cell], language: str) -> list[str]:
    """Content words of the first cell that all the others have too, in its order and letters."""
    stop = set(load(language, "compare")["stopwords"]["words"])
    others = [{w[:6] for w in x} for x in _folded(cells[1:])]
    first = [cells[0].text[a:b] for a, b in words(cells[0].text)]
    kept = [w for w in first if w.lower() not in stop and all(w.lower()[:6] in o for o in others)]
    return list(dict.fromkeys(kept))
