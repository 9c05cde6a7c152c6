"""Parties that may be one: unnamed people of different reports, and a body with the person who may speak for it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..text import fold
from ..types import Annotated, MaybeSame, Party, PartyId

__all__ = ["NAMELESS", "Described", "alike", "described", "perhaps_one"]

NAMELESS = frozenset({"unnamed", "public"})
_PLAIN = frozenset({"a", "an", "the", "one", "another", "quoted", "unnamed", "senior", "said"})
_ONE, _SEVERAL = "one", "several"


class Described(msgspec.Struct, frozen=True):
    """How a text speaks of somebody it does not name: the words that say something, and of how many (None where it says nothing)."""

    words: frozenset[str]
    number: str | None


def described(party: Party) -> Described:
    """What a party's description says; "the official" says nothing against "a senior official"."""
    return Described(frozenset(fold(party.name).split()) - _PLAIN, party.unnamed.number if party.unnamed else None)


def alike(a: Described, b: Described) -> bool:
    """Described with the same words, or one description within the other; one is not several."""
    if (a.number, b.number) in ((_ONE, _SEVERAL), (_SEVERAL, _ONE)):
        return False
    return bool(a.words & b.words) and (a.words <= b.words or b.words <= a.words)


def perhaps_one(story: Sequence[Party], reports: Sequence[Annotated]) -> tuple[MaybeSame, ...]:
    """The pairs of a story's parties that may be one, in the order of the story; ``reports`` bear its party ids.

    Every two unnamed people of different reports are one: their number grows with the square of theirs, a third of a million in 300 reports.
    """
    seen: dict[PartyId, set[str]] = {}
    for r in reports:
        for said in r.marks.attributions:
            for p in said.chain:
                seen.setdefault(p, set()).add(r.id)
    nowhere: set[str] = set()
    where = [seen.get(p.id, nowhere) for p in story]
    nameless = [i for i, p in enumerate(story) if p.kind in NAMELESS]
    told = [described(story[i]) for i in nameless]
    numbers = {d: n for n, d in enumerate(dict.fromkeys(told))}
    numbered = [numbers[d] for d in told]
    likeness = [[alike(a, b) for b in numbers] for a in numbers]
    keys = [(k, j) for j, p in enumerate(story) for k in dict.fromkeys(map(_key, (p.name, *p.aliases))) if len(k) > 3]
    bodies = {about: {j for k, j in keys if k in about} for about in {_about(story[i]) for i in nameless}}
    found: list[tuple[int, int, MaybeSame]] = []
    for at, i in enumerate(nameless):
        a, like, speaks = story[i].id, likeness[numbered[at]], bodies[_about(story[i])]
        for j, other in zip(nameless[at + 1 :], numbered[at + 1 :], strict=True):
            if where[i] != where[j]:
                chance = 0.5 if like[other] else 0.2
                found.append((i, j, MaybeSame(a=a, b=story[j].id, chance=chance, why="neither is named, so they may be the same people")))
            elif j in speaks:
                found.append((i, j, _speaks_for(story[i], story[j])))
        for j in speaks:
            if story[j].kind not in NAMELESS:
                first, second = min(i, j), max(i, j)
                found.append((first, second, _speaks_for(story[first], story[second])))
    found.sort(key=lambda f: f[:2])
    return tuple(maybe for _, _, maybe in found)


def _speaks_for(a: Party, b: Party) -> MaybeSame:
    return MaybeSame(a=a.id, b=b.id, chance=0.5, why="an unnamed source of a body that is cited too")


def _key(name: str) -> str:
    return fold(name).removeprefix("the ").replace("organis", "organiz")


def _about(party: Party) -> str:
    """All that a text says of somebody it does not name, folded."""
    return " ".join(fold(n) for n in (party.name, *party.aliases, (party.unnamed.affiliation or "") if party.unnamed else ""))
