"""One list of parties for a story: names that are one party are merged on evidence, unnamed people are kept apart and listed as perhaps one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from .. import expressions as re
from ..lang import load
from ..text import fold
from ..types import Annotated, Marks, MaybeSame, Party, PartyId
from .parties_maybe import NAMELESS, alike, described, perhaps_one

__all__ = ["merge_parties"]

_PLACING = frozenset({
    "the", "a", "an", "its", "his", "her", "their", "country", "country's", "nation's", "national", "state", "federal", "local",
    "regional", "data", "figures", "from", "of", "statement", "by", "s",
})  # fmt: skip
_COLLECTIVES = frozenset(load("en", "compare")["collectives"]["words"])
_SPELLING = 78.0  # a given name's likeness from which two spellings are one: Jomart/Zhomart 83, John/Jane 50
_FEW = 100  # surnames
_SURNAME = 88.0  # a surname's likeness from which two spellings may be one


def merge_parties(reports: Sequence[Annotated]) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]:
    """The story's parties, the reports with their party ids replaced by the story's, and the pairs that may be one.

    Named parties are one where a name or alias of theirs is the same, or a surname with a given name that is the same, absent or spelled alike.
    Unnamed people are one only where one outlet is the hop to both and describes them alike; else they are two who may be one.
    """
    story: list[Party] = []
    keys: list[frozenset[str]] = []
    hops: list[frozenset[str]] = []
    register = _Register()
    remap: list[dict[PartyId, PartyId]] = []
    for report in reports:
        mapping: dict[PartyId, PartyId] = {}
        mapped: set[int] = set()  # two unnamed people of one report are two, as that report tells them apart
        before = _hops(report.marks)
        for party in report.marks.parties:
            own = party.id == report.marks.own
            hop = before.get(party.id, frozenset())
            free = [i for i in register.candidates(party, hop) if party.kind not in NAMELESS or i not in mapped]
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
            register.enter(index, story[index], hop)
            mapping[party.id] = story[index].id
            mapped.add(index)
        remap.append(mapping)
    moved = tuple(msgspec.structs.replace(r, marks=_moved(r.marks, m)) for r, m in zip(reports, remap, strict=True))
    return tuple(story), moved, perhaps_one(story, moved)


class _Register:
    """Where in the story's list a party can be looked for: two that are ``_same`` have a handle in common, or surnames spelled alike."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, ...], dict[int, None]] = {}
        self.surnames: dict[str, int] = {}
        self.alike: dict[str, tuple[int, list[str]]] = {}

    def enter(self, index: int, party: Party, hop: frozenset[str]) -> None:
        """Note a party, or what was added to it, under its handles."""
        for handle in _handles(party, hop):
            self.places.setdefault(handle, {})[index] = None
            if handle[0] == "person":
                self.surnames.setdefault(handle[1], len(self.surnames))

    def candidates(self, party: Party, hop: frozenset[str]) -> list[int]:
        """The places of those who may be the same, in the story's order."""
        handles = _handles(party, hop)
        spelled = [("person", other) for kind, *name in handles if kind == "person" for other in self._spelled_like(name[0])]
        return sorted({i for handle in (*handles, *spelled) for i in self.places.get(handle, ())})

    def _spelled_like(self, surname: str) -> list[str]:
        """The surnames of the story spelled nearly like one, which itself need not be among them; each is compared once."""
        seen, found = self.alike.get(surname, (0, []))
        if seen < len(self.surnames):
            fresh = list(self.surnames)[seen:]
            if len(fresh) <= _FEW:  # of few the letters are counted first: mostly the library need not be loaded, which takes 8 ms
                fresh = [name for name in fresh if _may_be_spelled(name, surname)]
            if fresh and fresh != [surname]:
                from rapidfuzz.fuzz import ratio
                from rapidfuzz.process import extract

                fresh = [str(name) for name, _, _ in extract(surname, fresh, scorer=ratio, score_cutoff=_SURNAME, limit=None)]
            found = [*found, *fresh]
            self.alike[surname] = (len(self.surnames), found)
        return found


def _may_be_spelled(name: str, other: str) -> bool:
    """False where two names have too few letters in common, in whatever order, to be as like as two spellings of one are."""
    left = list(other)
    for letter in name:
        if letter in left:
            left.remove(letter)
    return 200 * (len(other) - len(left)) >= _SURNAME * (len(name) + len(other))


def _handles(party: Party, hop: frozenset[str]) -> list[tuple[str, ...]]:
    """What a party shares with every other that is the same: a name, the end of a body's name, a hop, a surname."""
    found: list[tuple[str, ...]] = [("name", name) for name in _names(party)]
    if party.kind in NAMELESS:
        return found + [(party.kind, name) for name in hop]
    if party.kind == "person":
        return found + [("person", word) for word in fold(party.name).split()[-1:]]
    return found + [("body", *placed[-2:]) for name in _names(party) if len(placed := _placed(name)) > 1]


def _names(party: Party) -> frozenset[str]:
    return _named(party.name, party.aliases)


@lru_cache(maxsize=65536)
def _named(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(n).removeprefix("the ").replace("organis", "organiz") for n in (name, *aliases)) - {""}


def _same(party: Party, other: Party, keys: frozenset[str], hop: frozenset[str], other_hop: frozenset[str]) -> bool:
    if _names(party) & keys & _COLLECTIVES:
        return True
    if party.kind in NAMELESS or other.kind in NAMELESS:
        return party.kind == other.kind and bool(hop & other_hop) and alike(described(party), described(other))
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


@lru_cache(maxsize=65536)
def _placed(name: str) -> list[str]:
    tail = re.split(r"\b(?:by|from)\b", name)[-1]
    return [w for w in tail.split() if w not in _PLACING]


def _same_person(a: Party, b: Party) -> bool:
    one, two = fold(a.name).split(), fold(b.name).split()
    if not one or not two:
        return False
    if one == two:
        return True
    if one[-1] != two[-1] and not _may_be_spelled(one[-1], two[-1]):
        return False
    if one[-1] == two[-1] and (len(one) == 1 or len(two) == 1 or one[0] == two[0]):
        return True
    from rapidfuzz.fuzz import ratio

    if one[-1] != two[-1] and ratio(one[-1], two[-1]) < _SURNAME:
        return False
    return len(one) == 1 or len(two) == 1 or ratio(" ".join(one[:-1]), " ".join(two[:-1])) >= _SPELLING or one[0] == two[0]


def _hops(marks: Marks) -> dict[PartyId, frozenset[str]]:
    """The outlets and agencies, by folded name, that stand right before each party in a chain, the report's own outlet among them."""
    name = {p.id: fold(p.name).removeprefix("the ") for p in marks.parties}
    before: dict[PartyId, set[str]] = {}
    for said in marks.attributions:
        for hop, party in pairwise(said.chain):
            if hop in name:
                before.setdefault(party, set()).add(name[hop])
    return {party: frozenset(names) for party, names in before.items()}


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
