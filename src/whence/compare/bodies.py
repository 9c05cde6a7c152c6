"""One body under several names: its letters, what it is commonly called, and a description of it ("the statistics office")."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from ..lang import load
from ..text import fold
from ..types import Party, PartyId
from ..wordpieces import unaccented

__all__ = ["same_bodies"]

_WORD = re.compile(r"[^\W_](?:[\w&-]|\.(?=\w))*")
_POSSESSIVE = re.compile(r"^.*?\b[\w.-]+['’]s?\s+")
_ISSUED = re.compile(r"\b(?:by|from|of)\s+(?:the\s+)?")
_LEAST = 3  # letters of an abbreviation that is known by the initials of a longer name


def same_bodies(involved: Sequence[Party]) -> Iterator[tuple[PartyId, PartyId]]:
    """Pairs of bodies, and of papers with the body that gave them out, whose names say that they are one; a name that fits two bodies fits none."""
    told = {p.id: _forms(p) for p in involved if p.kind in {"organisation", "document", "unnamed", "outlet", "person"} and not _of_people(p)}
    for p in involved:
        if p.id not in told:
            continue
        same = [q.id for q in involved if q.id != p.id and q.id in told and any(_one(a, b) for a in told[p.id] for b in told[q.id])]
        if len(same) == 1:
            yield p.id, same[0]


def _of_people(party: Party) -> bool:
    """People are no body, whatever they are of; a paper may be taken for somebody unnamed ("the register of …")."""
    words = {w.lower() for w in _WORD.findall(party.name)}
    return party.kind == "unnamed" and not words & _papers("en")


def _forms(party: Party) -> tuple[str, ...]:
    """The names a party goes by: its own, or that of the body which a paper is by, from or of."""
    if party.kind in {"document", "unnamed"}:
        parts = _ISSUED.split(party.name)
        return (parts[-1],) if len(parts) > 1 else ()
    return (party.name,) if party.kind == "person" else tuple(dict.fromkeys((party.name, *party.aliases)))


def _one(a: str, b: str) -> bool:
    one, two = _key(a), _key(b)
    if not one or not two:
        return False
    known = _known("en")
    if one in known and known.get(two) == known[one]:
        return True
    return _abbreviates(a, b) or _abbreviates(b, a) or _describes(a, b) or _describes(b, a)


def _abbreviates(short: str, long: str) -> bool:
    """"CNB" is the Central Narcotics Bureau."""
    letters = short.replace(".", "").removeprefix("the ").removeprefix("The ")
    words = [w for w in _WORD.findall(long) if w[:1].isupper() and w.lower() != "the"]
    return len(letters) >= _LEAST and letters.isupper() and letters.isalpha() and "".join(w[0] for w in words) == letters


def _describes(words: str, name: str) -> bool:
    """What the description says, but for where the body is and that it is a body, is said by the name: "the statistics office", "Statistics Norland"."""
    said = _said(words)
    proper = [w for w in _WORD.findall(_POSSESSIVE.sub("", words)) if w[:1].isupper() and w.lower() not in _placing("en")]
    telling = said - _body_nouns("en")
    if not telling or not said <= _said(name):
        return False
    return said == _said(name) or not [w for w in proper if w.lower() in telling]


@functools.lru_cache(maxsize=4096)
def _said(name: str) -> frozenset[str]:
    words = {unaccented(w.lower().replace(".", "")) for w in _WORD.findall(_POSSESSIVE.sub("", name))}
    return frozenset(words) - _placing("en") - _interchanged("en")


def _key(name: str) -> str:
    return unaccented(fold(name.replace(".", ""))).removeprefix("the ")


@functools.cache
def _known(language: str) -> dict[str, int]:
    return {_key(name): i for i, names in enumerate(load(language, "compare")["bodies"]["known"]) for name in names}


@functools.cache
def _placing(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["bodies"]["placing"])


@functools.cache
def _interchanged(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["bodies"]["interchanged"])


@functools.cache
def _body_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["bodies"]["nouns"])


@functools.cache
def _papers(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["documents"]["nouns"]) | frozenset(load(language, "compare")["records"]["words"])
