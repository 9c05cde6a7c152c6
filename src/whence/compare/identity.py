"""Which parties of one row are one: the same body under a longer and a shorter name, the papers it gave out, a source that one outlet hands on."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from .. import expressions as re
from ..lang import load
from ..text import fold
from ..types import Annotated, Cell, Party, PartyId
from ..wordpieces import unaccented
from .bodies import same_bodies, same_by_kind
from .roles import same_by_role

__all__ = ["identities", "settled"]

Pairs = Iterator[tuple[PartyId, PartyId]]

_NAMELESS = frozenset({"unnamed", "public"})
_WORD = re.compile(r"[^\W_][\w’'.&-]*")
_POSSESSIVE = re.compile(r"['’]s?\s")  # "Benin's interior ministry" is not Benin
_LEAST = 2  # words that a name in a paper's description needs to say whose paper it is


def identities(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> dict[PartyId, PartyId]:
    """Each party of the cells' chains that is another of them, with the one that stands for both; ids that stand for themselves are left out.

    Cells of one row answer one question, so less is needed here than in a whole story: a name that begins or ends as one other alone ("Corvane",
    "Corvane Midstream"), a paper described by its maker's name ("figures by Statistics Botswana"), and the unnamed source that a report has by way of
    an outlet whose own report stands in the row and names where that outlet has it from. Names come first, then roles, for which the texts of the reports
    are read (``roles.py``), then what is handed on, which goes by who was found to be one.
    """
    stands = {p: p for c in cells for p in c.chain}
    for pairs in (_named_alike, _named_otherwise, same_by_kind, same_by_role, _handed_on):
        for a, b in pairs([settled(c, stands) for c in cells], parties, reports):
            one, two = sorted((stands[a], stands[b]), key=lambda p: _rank(parties[p], cells))
            stands = {p: one if s == two else s for p, s in stands.items()}
    return {p: s for p, s in stands.items() if p != s}


def _named_alike(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Pairs:
    involved = _involved(cells, parties)
    yield from _short_names(involved)
    yield from _papers(involved)


def _named_otherwise(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Pairs:
    yield from same_bodies(_involved(cells, parties))


def _involved(cells: Sequence[Cell], parties: Mapping[PartyId, Party]) -> list[Party]:
    return [parties[p] for p in dict.fromkeys(p for c in cells for p in c.chain)]


def settled(cell: Cell, stands: Mapping[PartyId, PartyId]) -> Cell:
    """The cell with each party of its chain as the one that stands for it, once."""
    return msgspec.structs.replace(cell, chain=tuple(dict.fromkeys(stands.get(p, p) for p in cell.chain)))


def _rank(party: Party, cells: Sequence[Cell]) -> tuple[bool, bool, int, str]:
    """Who stands for the others: who wrote a report of the row, then whoever is named, by the longest name."""
    return (all(c.chain[0] != party.id for c in cells), party.kind in _NAMELESS or party.kind == "document", -len(party.name), fold(party.name))


def _short_names(involved: Sequence[Party]) -> Iterator[tuple[PartyId, PartyId]]:
    """A name and the only longer one that begins or ends with it; accents and what only says a firm's form left aside."""
    named = [p for p in involved if p.kind not in _NAMELESS and p.kind != "document"]
    keys = {p.id: _name(p.name) for p in named}
    for p in named:
        longer = [q for q in named if q is not p and _within(keys[p.id], keys[q.id], p, q)]
        if len(longer) == 1:
            yield p.id, longer[0].id


def _within(short: tuple[str, ...], long: tuple[str, ...], party: Party, other: Party) -> bool:
    if not short or len(short) > len(long):
        return False
    if short == long:
        return True
    proper = all(w[:1].isupper() for w in _WORD.findall(party.name) if w.lower() != "the")
    ends = long[-len(short) :] == short and (len(short) > 1 or party.kind in {"outlet", "agency"} or short[0] in _body_nouns("en"))
    begins = long[: len(short)] == short and not _POSSESSIVE.search(other.name)
    return proper and (ends or begins)


def _papers(involved: Sequence[Party]) -> Iterator[tuple[PartyId, PartyId]]:
    """A paper or a set of figures and its maker, or two that one maker gave out."""
    made = [(p, names) for p in involved if (p.kind == "document" or p.kind in _NAMELESS) and (names := _makers(p.name))]
    for p, names in made:
        for q in involved:
            if q.kind not in _NAMELESS and q.kind != "document" and _name(q.name) in names:
                yield p.id, q.id
    for (p, names), (q, others) in combinations(made, 2):
        if names & others:
            yield p.id, q.id


def _makers(description: str, language: str = "en") -> frozenset[tuple[str, ...]]:
    """The proper names of two words and more in what describes a paper or figures; none where it describes people."""
    words = _WORD.findall(description)
    nouns = _paper_nouns(language)
    if not any(w.lower() in nouns for w in words):
        return frozenset()
    runs: list[list[str]] = [[]]
    for i, w in enumerate(words):
        if w[:1].isupper() and not (i == 0 and w.lower() in nouns | {"the", "a", "an"}):
            runs[-1].append(w)
        elif runs[-1]:
            runs.append([])
    return frozenset(_name(" ".join(r)) for r in runs if len(r) >= _LEAST)


@functools.cache
def _body_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["bodies"]["nouns"])


@functools.cache
def _paper_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["documents"]["nouns"]) | frozenset(load(language, "compare")["records"]["words"])


def _handed_on(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Pairs:
    """The unnamed end of a chain by way of an outlet, and the end of that outlet's own cell: what is handed on is what the outlet has."""
    own = {c.chain[0]: c.chain[-1] for c in cells if len(c.chain) > 1}
    for c in cells:
        if len(c.chain) > 2 and (parties[c.chain[-1]].kind in _NAMELESS or parties[c.chain[-1]].kind == "document"):
            end = own.get(c.chain[-2])
            if end is not None and end != c.chain[-1] and end not in c.chain:
                yield c.chain[-1], end


@functools.lru_cache(maxsize=4096)
def _name(name: str) -> tuple[str, ...]:
    """A name as a key: no accents, no article, and without what only says a firm's form at its end."""
    words = unaccented(fold(name)).removeprefix("the ").split()
    forms = _forms("en")
    while len(words) > 1 and words[-1] in forms:
        words.pop()
    return tuple(words)


@functools.cache
def _forms(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["records"]["forms"])
