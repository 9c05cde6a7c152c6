"""Who is spoken of by what he does alone: the one whom a report of the row names in that role."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from ..types import Annotated, Cell, Party, PartyId

__all__ = ["same_by_role"]

_WORD = re.compile(r"[^\W_][\w’'&]*")
_BEFORE = re.compile(r"[^.;:,—–\"“”()\n]{2,70},?\s*$")
_AFTER = re.compile(r",\s+([^,.;:—–\"“”()\n]{3,80})")
_REACH = 80  # characters beside a name in which its role may stand
_INDEFINITE = frozenset({"a", "an", "one", "another"})
_SPEAKING = frozenset({"spokesman", "spokeswoman", "spokesperson"})  # of whom a body has few; a spokesperson may be either


class Role(NamedTuple):
    """What somebody is called: the noun, the words that say of what, and whether there is said to be one alone."""

    noun: str
    of: frozenset[str]
    definite: bool


def same_by_role(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Iterator[tuple[PartyId, PartyId]]:
    """Pairs of cited people of a row who are one, as the texts of its reports show.

    "The driver" is the only person of the row whom a report introduces as driver. Who asked not to be named is nobody whom another names, and of what
    several in a story may be ("the official") more must be said.
    """
    cited = [parties[p] for p in dict.fromkeys(p for c in cells for p in c.chain[1:])]
    roles = {p.id: role for p in cited if (role := _role_of(p)) is not None}
    if not roles:
        return
    texts = [reports[r].article.text for r in dict.fromkeys(c.report for c in cells) if r in reports]
    people = {p.id: known for p in cited if p.kind == "person" and p.id not in roles and (known := _introduced(p, texts))}
    for party, role in roles.items():
        named = [q for q, known in people.items() if any(_one_role(role, k) for k in known)]
        if len(named) == 1:
            yield party, named[0]


def _introduced(person: Party, texts: Iterable[str]) -> list[Role]:
    """The roles in which the texts introduce a person."""
    names = [n for n in dict.fromkeys((person.name, *person.aliases)) if len(n) > 2 and not n.islower()]
    return [r for text in texts for name in names for r in _roles_of(name, text)]


@functools.lru_cache(maxsize=65536)
def _roles_of(name: str, text: str) -> tuple[Role, ...]:
    """The roles that stand right before a name, or in apposition after it."""
    found = []
    for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before = _BEFORE.search(text[max(0, m.start() - _REACH) : m.start()])
        after = _AFTER.match(text, m.end(), m.end() + _REACH)
        found += [r for r in (_role(before[0], last=True) if before else None, _role(after[1]) if after else None) if r is not None]
    return tuple(found)


def _role(phrase: str, *, last: bool = False) -> Role | None:
    """The role a phrase names: its first role noun, or the one it ends with; None where it names none."""
    words = [w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(phrase)]
    nouns = _role_nouns("en")
    places = [i for i, w in enumerate(words) if w in nouns]
    if not places or (last and places[-1] < len(words) - 1):
        return None
    at = places[-1] if last else places[0]
    more = frozenset(words[:at] + words[at + 1 :]) - _small("en")
    return Role(_same_office("en").get(words[at], words[at]), more, words[0] not in _INDEFINITE)


def _role_of(party: Party) -> Role | None:
    """The role by which alone a party is called; None where it has a name, or where several may have the role and no more is said of it."""
    if party.kind not in {"person", "unnamed"} or any(w[:1].isupper() for w in party.name.split()[1:]):
        return None
    if party.unnamed is not None and (party.unnamed.number == "several" or party.unnamed.reason):
        return None
    role = _role(party.name)
    if role is None or (role.noun in _shared("en") and not role.of):
        return None
    return role if role.definite or (role.noun in _SPEAKING and not party.name.lower().startswith("one ")) else None


def _one_role(role: Role, known: Role) -> bool:
    """One noun, and nothing more said by the first, but for what bodies in general are called where the other says of no other body."""
    more, bodies = role.of - known.of, _body_nouns("en")
    told = role.noun not in _shared("en") or not more
    noun = role.noun == known.noun or ("spokesperson" in {role.noun, known.noun} <= _SPEAKING)
    return noun and told and more <= bodies and not (more and known.of & bodies - more)


@functools.cache
def _role_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["unnamed"]["one"])


@functools.cache
def _shared(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["roles"]["shared"])


@functools.cache
def _same_office(language: str) -> dict[str, str]:
    """Nouns for one office that reports use for one another, each with the first of them."""
    return {noun: names[0] for names in load(language, "compare")["roles"]["same"] for noun in names}


@functools.cache
def _small(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["stopwords"]["words"]) | frozenset({"its", "his", "her", "their"})


@functools.cache
def _body_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["bodies"]["nouns"])
