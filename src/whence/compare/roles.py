"""Who is spoken of by a role alone: the one whom a report of the row names in it, the body that is "the company"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..lang import load
from ..types import Annotated, Cell, Party, PartyId

__all__ = ["same_by_role"]

_WORD = re.compile(r"[^\W_][\w’'&]*(?:\.[A-Z]\.)?")
_BEFORE = re.compile(r"[^.;:,—–\"“”()\n]{2,70},?\s*$")
_AFTER = re.compile(r",\s+([^,.;:—–\"“”()\n]{3,80})")
_REACH = 80  # characters beside a name in which its role may stand


class Role(NamedTuple):
    """What somebody is called: the noun, and the words that say of what."""

    noun: str
    of: frozenset[str]
    definite: bool


def same_by_role(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Iterator[tuple[PartyId, PartyId]]:
    """Pairs of cited parties of a row that are one, as the texts of its reports show.

    "The driver" and the only person of the row whom a report introduces as driver; "the company" and the only body of the row, where the report that says
    so names that body too. Who asked not to be named is nobody whom another names, and a body is not its spokeswoman.
    """
    where: dict[PartyId, list[str]] = {}
    for c in cells:
        for party in c.chain[1:]:
            where.setdefault(party, []).append(c.report)
    texts = {c.report: reports[c.report].article.text for c in cells if c.report in reports}
    cited = [parties[p] for p in where]
    bodies = [p for p in cited if _is_body(p, texts.values())]
    own = {p.id for p in bodies}
    people = {p.id: roles for p in cited if p.kind == "person" and p.id not in own and (roles := _introduced(p, texts.values()))}
    for p in cited:
        named: list[PartyId]
        if (noun := _common_body(p)) is not None:
            named = [b.id for b in bodies if _may_be(noun, b) and any(_named_in(b, texts.get(r, "")) for r in where[p.id])]
        elif p.id not in people and p.id not in own and (role := _role_of(p)) is not None:
            named = [q for q, known in people.items() if any(_one_role(role, k) for k in known)]
        else:
            continue
        if len(named) == 1:
            yield p.id, named[0]


def _introduced(person: Party, texts: Iterable[str]) -> list[Role]:
    """The roles in which the texts introduce a person: the words right before the name, or the apposition after it."""
    found = []
    for text in texts:
        for name in dict.fromkeys((person.name, *person.aliases)):
            if len(name) < 3 or name.islower():
                continue
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                before = _BEFORE.search(text[max(0, m.start() - _REACH) : m.start()])
                after = _AFTER.match(text, m.end(), m.end() + _REACH)
                found += [r for r in (_role(before[0], last=True) if before else None, _role(after[1]) if after else None) if r is not None]
    return found


def _role(phrase: str, *, last: bool = False) -> Role | None:
    """The role a phrase names: its first role noun, or the one it ends with; None where it names none."""
    words = [w.lower() for w in _WORD.findall(phrase)]
    nouns = _role_nouns("en")
    places = [i for i, w in enumerate(words) if w in nouns]
    if not places or (last and places[-1] < len(words) - 1 and words[-1] != "general"):
        return None
    at = places[-1] if last else places[0]
    return Role(words[at], frozenset(words[:at] + words[at + 1 :]) - _small("en"), words[0] not in _INDEFINITE)


_INDEFINITE = frozenset({"a", "an", "one", "another"})
_SPEAKING = frozenset({"spokesman", "spokeswoman"})  # of whom a body has few; a spokesperson may be either


def _role_of(party: Party) -> Role | None:
    """The role by which alone a party is called; None where it has a name, or where the role is one that many have and is not said to be the only one."""
    if party.kind == "person" and len(party.name.split()) > 1 and not party.name.lower().startswith("the "):
        return None
    if party.unnamed is not None and (party.unnamed.number == "several" or party.unnamed.reason):
        return None
    role = _role(party.name)
    if role is None or role.noun in _shared_roles("en"):
        return None
    return role if role.definite or role.noun in _SPEAKING else None


def _one_role(role: Role, known: Role) -> bool:
    """One noun, and nothing that the first says more but what bodies in general are called, where the other says of no other body."""
    more = role.of - known.of
    bodies = _body_nouns("en")
    return role.noun == known.noun and more <= bodies and not (more and known.of & bodies - more)


def _is_body(party: Party, texts: Iterable[str]) -> bool:
    """A body under a name of its own; also one that was taken for a person, as its name begins with the word by which alone it is called."""
    words = [w for w in _WORD.findall(party.name) if w.lower() not in _small("en")]
    if not words or not any(w[:1].isupper() for w in words) or _common_body(party):
        return False
    return party.kind in {"organisation", "outlet"} or (party.kind == "person" and (len(words) == 1 or any(_called_by_first(words, t) for t in texts)))


def _called_by_first(words: Sequence[str], text: str) -> bool:
    """A firm is "Corvel" after "Corvel Midstream", a person is Midstream after it."""
    first, last = re.escape(words[0]), re.escape(words[-1])
    return bool(re.search(rf"(?<!\w){first}(?!\s+[A-Z])(?!\w)", text)) and not re.search(rf"(?<!{first}\s)(?<!\w){last}(?!\w)", text)


def _common_body(party: Party) -> str | None:
    """The noun by which alone a body is called: "the airline", "Calgary company"."""
    words = [w for w in _WORD.findall(party.name) if w.lower() not in _small("en")]
    if party.kind not in {"organisation", "unnamed"} or (party.unnamed is not None and party.unnamed.number == "several") or not 0 < len(words) < 3:
        return None
    placed = words[-1] in _body_nouns("en") and words[0] not in _role_nouns("en") - {words[-1]} and (len(words) == 1 or words[0][:1].isupper())
    return words[-1] if placed else None


def _may_be(head: str, body: Party) -> bool:
    """A body whose name says of what kind it is, is only called by that kind."""
    own = {w.lower() for w in _WORD.findall(body.name)} & _body_nouns("en")
    return not own or head in own


def _named_in(body: Party, text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text) for n in (body.name, *body.aliases))


@functools.cache
def _role_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["unnamed"]["one"])


@functools.cache
def _shared_roles(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["roles"]["shared"])


@functools.cache
def _small(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["stopwords"]["words"]) | frozenset({"its", "his", "her", "their"})


@functools.cache
def _body_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["bodies"]["nouns"])
