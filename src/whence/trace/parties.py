"""One list of parties for a story: names that are one party are merged on evidence, unnamed people are kept apart and listed as perhaps one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ..lang import load
from ..text import fold
from ..types import Annotated, Marks, MaybeSame, Party, PartyId

__all__ = ["merge_parties"]

_NAMELESS = {"unnamed", "public"}
_PLACING = {
    "the",
    "a",
    "an",
    "its",
    "his",
    "her",
    "their",
    "country",
    "country's",
    "nation's",
    "national",
    "state",
    "federal",
    "local",
    "regional",
    "data",
    "figures",
    "from",
    "of",
    "statement",
    "by",
    "s",
}
_COLLECTIVES = frozenset(load("en", "compare")["collectives"]["words"])
_SPELLING = 78.0  # a given name's likeness from which two spellings are one: Jomart/Zhomart 83, John/Jane 50


def merge_parties(reports: Sequence[Annotated]) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]:
    """The story's parties, the reports with their party ids replaced by the story's, and the pairs that may be one.

    Named parties are one where a name or alias of theirs is the same, or a surname with a given name that is the same, absent or spelled alike.
    Unnamed people are one only where one outlet is the hop to both and describes them alike; else they are two who may be one.
    """
    story: list[Party] = []
    keys: list[frozenset[str]] = []
    hops: list[frozenset[str]] = []
    remap: list[dict[PartyId, PartyId]] = []
    for report in reports:
        mapping: dict[PartyId, PartyId] = {}
        mapped: set[int] = set()  # two unnamed people of one report are two, as that report tells them apart
        for party in report.marks.parties:
            own = party.id == report.marks.own
            hop = _hops(party.id, report.marks)
            free = [i for i in range(len(story)) if party.kind not in _NAMELESS or i not in mapped]
            index = next((i for i in free if _same(party, story[i], keys[i], hop, hops[i])), None)
            if index is None:
                story.append(msgspec.structs.replace(party, id=f"p{len(story) + 1}", report=report.id if own else None))
                keys.append(_names(party))
                hops.append(hop)
                index = len(story) - 1
            else:
                story[index] = _joined(story[index], party, report.id if own else None)
                keys[index] |= _names(party)
                hops[index] |= hop
            mapping[party.id] = story[index].id
            mapped.add(index)
        remap.append(mapping)
    moved = tuple(msgspec.structs.replace(r, marks=_moved(r.marks, m)) for r, m in zip(reports, remap, strict=True))
    return tuple(story), moved, _maybes(story, moved)


def _names(party: Party) -> frozenset[str]:
    return frozenset(fold(n).removeprefix("the ").replace("organis", "organiz") for n in (party.name, *party.aliases)) - {""}


def _same(party: Party, other: Party, keys: frozenset[str], hop: frozenset[str], other_hop: frozenset[str]) -> bool:
    if _names(party) & keys & _COLLECTIVES:
        return True
    if party.kind in _NAMELESS or other.kind in _NAMELESS:
        return party.kind == other.kind and bool(hop & other_hop) and _alike(party, other)
    if party.kind == "person" and other.kind == "person":
        return _same_person(party, other)
    if "person" in (party.kind, other.kind):
        return False
    return bool(_names(party) & keys) or any(_same_body(a, b) for a in _names(party) for b in keys)


def _same_body(a: str, b: str) -> bool:
    """Two names of a body are one where, but for what only places it ("the country's", "national", "data from"), one ends as the other.

    Two words of it at least are the same.
    """
    one, two = _placed(a), _placed(b)
    short, long = sorted((one, two), key=len)
    return len(short) > 1 and long[-len(short) :] == short


def _placed(name: str) -> list[str]:
    tail = re.split(r"\b(?:by|from)\b", name)[-1]
    return [w for w in tail.split() if w not in _PLACING]


def _same_person(a: Party, b: Party) -> bool:
    from rapidfuzz.fuzz import ratio

    one, two = fold(a.name).split(), fold(b.name).split()
    if not one or not two:
        return False
    if one == two:
        return True
    if one[-1] != two[-1] and ratio(one[-1], two[-1]) < 88:
        return False
    return len(one) == 1 or len(two) == 1 or ratio(" ".join(one[:-1]), " ".join(two[:-1])) >= _SPELLING or one[0] == two[0]


def _alike(a: Party, b: Party) -> bool:
    """Described with the same words, or one description within the other; "the official" says nothing against "a senior official"."""
    one, two = set(fold(a.name).split()), set(fold(b.name).split())
    plain = {"a", "an", "the", "one", "another", "quoted", "unnamed", "senior", "said"}
    if a.unnamed and b.unnamed and {a.unnamed.number, b.unnamed.number} == {"one", "several"}:
        return False
    one, two = one - plain, two - plain
    return bool(one & two) and (one <= two or two <= one)


def _hops(party: PartyId, marks: Marks) -> frozenset[str]:
    """The outlets and agencies, by folded name, that stand right before the party in a chain, the report's own outlet among them."""
    name = {p.id: p.name for p in marks.parties}
    before = {a.chain[i - 1] for a in marks.attributions for i, p in enumerate(a.chain) if p == party and i > 0}
    return frozenset(fold(name[p]).removeprefix("the ") for p in before if p in name)


def _joined(known: Party, more: Party, report: str | None) -> Party:
    names = dict.fromkeys([known.name, *known.aliases, more.name, *more.aliases])
    longest = max((known.name, more.name), key=lambda n: (len(n.split()), len(n))) if known.kind == "person" else known.name
    names.pop(longest, None)
    return msgspec.structs.replace(known, name=longest, aliases=tuple(names), report=known.report or report)


def _moved(marks: Marks, mapping: dict[PartyId, PartyId]) -> Marks:
    replace = msgspec.structs.replace
    return replace(
        marks,
        parties=(),
        own=mapping.get(marks.own) if marks.own is not None else None,
        attributions=tuple(replace(a, chain=tuple(mapping[p] for p in a.chain)) for a in marks.attributions),
        credits=tuple(replace(c, party=mapping[c.party]) for c in marks.credits),
    )


def _maybes(story: Sequence[Party], reports: Sequence[Annotated]) -> tuple[MaybeSame, ...]:
    """Unnamed people of different reports, and a body with the person who may speak of its figures."""
    seen: dict[PartyId, set[str]] = {}
    for r in reports:
        for said in r.marks.attributions:
            for p in said.chain:
                seen.setdefault(p, set()).add(r.id)
    found = []
    for i, a in enumerate(story):
        for b in story[i + 1 :]:
            if a.kind in _NAMELESS and b.kind in _NAMELESS and seen.get(a.id, set()) != seen.get(b.id, set()):
                found.append(MaybeSame(a=a.id, b=b.id, chance=0.5 if _alike(a, b) else 0.2, why="neither is named, so they may be the same people"))
            elif {a.kind, b.kind} & _NAMELESS and _one_body(a, b):
                found.append(MaybeSame(a=a.id, b=b.id, chance=0.5, why="an unnamed source of a body that is cited too"))
    return tuple(found)


def _one_body(a: Party, b: Party) -> bool:
    one, two = (a, b) if a.kind in _NAMELESS else (b, a)
    about = " ".join(fold(n) for n in (one.name, *(one.aliases), (one.unnamed.affiliation or "") if one.unnamed else ""))
    return any(len(k) > 3 and k in about for k in _names(two))
