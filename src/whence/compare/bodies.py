"""One body under several names: its letters, what it is commonly called, a description of it ("the statistics office"), its kind alone ("the company")."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from .. import expressions as re
from ..data.gazetteer import by_name
from ..lang import load
from ..text import fold
from ..types import Annotated, Cell, Party, PartyId
from ..wordpieces import unaccented
from .stems import stem

__all__ = ["same_bodies", "same_by_kind"]

_WORD = re.compile(r"[^\W_](?:[\w&-]|\.(?=\w))*")
_POSSESSIVE = re.compile(r"^.*?\b[\w.-]+['’]s?\s+")
_OWNED = re.compile(r"^(?P<whose>.+?)['’]s?\s+(?P<part>\w+)$")
_POSSESSIVE_END = re.compile(r"['’]s?$")
_ISSUED = re.compile(r"\b(?:by|from|of)\s+(?:the\s+)?")
_LEAST = 3  # letters of an abbreviation that is known by the initials of a longer name
_CALLED = 2  # words of a body's kind with where it is: "Calgary company"
_OURSELVES = re.compile(r"(?:we|our|us)\b")


def same_bodies(involved: Sequence[Party]) -> Iterator[tuple[PartyId, PartyId]]:
    """Pairs of bodies, and of papers with the body that gave them out, whose names say that they are one; a name that fits two bodies fits none."""
    told = {p.id: names for p in involved if (names := _names(p))}
    like = {p: {q for q in told if q == p or any(_one(a, b) for a in told[p] for b in told[q])} for p in told}
    for p, q in combinations(told, 2):
        if q in like[p] and like[p] == like[q]:
            yield p, q


def same_by_kind(cells: Sequence[Cell], parties: Mapping[PartyId, Party], reports: Mapping[str, Annotated]) -> Iterator[tuple[PartyId, PartyId]]:
    """Pairs of a row of which one is called by its kind alone and is the only body of the row that it may be, as its own report names that body too.

    Such a body may also have written a report of the row: a statement that others cite. "We" in a report is who wrote it, and a body's management the body.
    """
    texts = {c.report: reports[c.report].article.text for c in cells if c.report in reports}
    where: dict[PartyId, dict[str, None]] = {}
    for c in cells:
        for cited in c.chain[1:]:
            where.setdefault(cited, {})[c.report] = None
    owners = {c.report: c.chain[0] for c in cells}
    bodies = [parties[p] for p in where if _is_body(parties[p], texts.values())]
    bodies += [parties[p] for p in dict.fromkeys(owners.values()) if p not in where and _gives_statements(parties[p], cells, reports)]
    for called, told in where.items():
        party = parties[called]
        noun = _kind_alone(party)
        if party.kind == "unnamed" and _OURSELVES.match(party.name):
            same = [owners[r] for r in told]
        elif (m := _OWNED.match(party.name)) and m["part"].lower() in _parts("en"):
            same = [b.id for b in bodies if b.id != called and _called(m["whose"], b)]
        elif noun is not None:
            same = [b.id for b in bodies if b.id != called and _may_be(noun, b) and all(_named_in(b, texts.get(r, "")) for r in told)]
        else:
            continue
        if len(dict.fromkeys(same)) == 1:
            yield called, same[0]


def _names(party: Party) -> tuple[str, ...]:
    """The names a body goes by, or that of the body which a paper is by, from or of; none of people."""
    words = party.name.split()
    paper = party.kind == "document" or {w.lower() for w in _WORD.findall(party.name)} & _papers("en")
    if len(words) > 1 and paper and words[-1].lower() in _papers("en") and words[-1].lower().endswith(("s", "data")):
        return (_POSSESSIVE_END.sub("", " ".join(words[:-1])),)
    if party.kind in {"document", "unnamed"}:
        parts = _ISSUED.split(party.name)
        return (parts[-1],) if paper and len(parts) > 1 else ()
    return () if party.kind == "public" else (party.name,) if party.kind == "person" else tuple(dict.fromkeys((party.name, *party.aliases)))


@functools.lru_cache(maxsize=65536)
def _one(a: str, b: str) -> bool:
    one, two, known = _key(a), _key(b), _known("en")
    if one in known and known.get(two) == known[one]:
        return True
    return _abbreviates(a, b) or _abbreviates(b, a) or _describes(a, b) or _describes(b, a)


def _abbreviates(short: str, long: str) -> bool:
    """"CNB" is the Central Narcotics Bureau."""
    letters = short.replace(".", "").removeprefix("the ").removeprefix("The ")
    initials = "".join(w[0] for w in _WORD.findall(long) if w[:1].isupper() and w.lower() != "the")
    return len(letters) >= _LEAST and letters.isupper() and letters.isalpha() and initials == letters


def _describes(words: str, name: str) -> bool:
    """What the description says, but for where the body is and that it is a body, is said by the name: "the statistics office", "Statistics Norland"."""
    said, whole = _said(words), _said(name)
    if not any(w[:1].isupper() for x in (words, name) for w in _WORD.findall(x.removeprefix("The "))):  # "the grid operator" is "the grid company"
        said, whole = said - _listed("en", "commercial"), whole - _listed("en", "commercial")
    telling = said - _body_nouns("en")
    if not telling or not said <= whole:
        return False
    proper = {stem(unaccented(w.lower())) for w in _WORD.findall(_POSSESSIVE.sub("", words)) if w[:1].isupper()}
    return said == whole or not proper & telling


@functools.lru_cache(maxsize=4096)
def _said(name: str) -> frozenset[str]:
    words = {unaccented(w.lower().replace(".", "")) for w in _WORD.findall(_POSSESSIVE.sub("", name))}
    kept = words - _listed("en", "placing") - _listed("en", "interchanged")
    return frozenset(w if w in _body_nouns("en") or w in _listed("en", "commercial") else stem(w) for w in kept)


def _key(name: str) -> str:
    return unaccented(fold(name.replace(".", ""))).removeprefix("the ")


def _is_body(party: Party, texts: Iterable[str]) -> bool:
    """A body under a name of its own; also one that was taken for a person, as its name begins with the word by which alone it is called."""
    words = [w for w in _WORD.findall(party.name) if w.lower() not in _listed("en", "placing")]
    if not words or not any(w[:1].isupper() for w in words) or _kind_alone(party):
        return False
    firm = len(words) == 1 or any(_called_by_first(words[0], words[-1], t) for t in texts)
    return party.kind in {"organisation", "outlet"} or (party.kind == "person" and firm)


@functools.lru_cache(maxsize=65536)
def _called_by_first(first: str, last: str, text: str) -> bool:
    """A firm is "Corvel" after "Corvel Midstream", a person is Midstream after it."""
    alone = rf"(?<!\w){re.escape(first)}(?!\w)(?!\s+{re.escape(last)})"
    return bool(re.search(alone, text)) and not re.search(rf"(?<!{re.escape(first)}\s)(?<!\w){re.escape(last)}(?!\w)", text)


def _gives_statements(party: Party, cells: Sequence[Cell], reports: Mapping[str, Annotated]) -> bool:
    """Whoever wrote a report of the row is no newsroom: another report of the row names it, no list has it, and nobody has anything by way of it."""
    if party.kind != "outlet" or by_name(party.name) is not None:
        return False
    told = [reports[c.report] for c in cells if c.chain[0] != party.id and c.report in reports]
    relayed = any(party.id in a.chain[1:-1] for r in told for a in r.marks.attributions)
    names = [party.name, next(_shortened(party.name)), *_turned(party.name)]
    return not relayed and any(_stands_in(n, r.article.text) for r in told for n in names if n)


def _kind_alone(party: Party) -> str | None:
    """The noun by which alone a body is called: "the airline", "Calgary company"."""
    if party.kind not in {"organisation", "unnamed", "person"} or (party.unnamed is not None and party.unnamed.number == "several"):
        return None
    words = [w for w in _WORD.findall(party.name) if w.lower() not in _listed("en", "placing")]
    if not 0 < len(words) <= _CALLED or (len(words) == _CALLED and not words[0][:1].isupper()):
        return None
    noun = words[-1].lower()
    known = noun in _body_nouns("en") or noun in _listed("en", "commercial")
    return noun if known and (words[-1].islower() or len(words) == 1) else None


def _may_be(noun: str, body: Party) -> bool:
    """A public body is called by the kind that its name says; any name may be a firm's, but for one that says it is public."""
    kinds = [set(k) for k in load("en", "compare")["bodies"]["kinds"]]
    own = {w.lower() for w in _WORD.findall(body.name)} & _body_nouns("en")
    alike = {noun}.union(*(k for k in kinds if noun in k))
    anything = noun in _listed("en", "commercial") or noun in _listed("en", "interchanged")
    return bool(own & alike) or (anything and not own - _listed("en", "commercial") - _listed("en", "interchanged"))


def _named_in(body: Party, text: str) -> bool:
    """The text has a name of the body, or what a firm's name is shortened to: without its form, or its first word."""
    return any(_stands_in(n, text) for n in dict.fromkeys((body.name, *body.aliases, *_shortened(body.name), *_turned(body.name))))


@functools.lru_cache(maxsize=65536)
def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE if " " in name else 0) is not None


def _turned(name: str) -> Iterator[str]:
    """"Ministry of Health" is the health ministry, the Department of National Defence the defence department."""
    head, of, rest = name.removeprefix("The ").partition(" of ")
    rest = rest.removeprefix("the ").split(" and ")[0]
    if of and rest and head.split()[-1].lower() in _body_nouns("en"):
        yield from dict.fromkeys((f"{rest} {head.split()[-1]}", f"{rest.split()[-1]} {head.split()[-1]}"))


def _shortened(name: str) -> Iterator[str]:
    words = name.removeprefix("The ").split()
    while words and words[-1].lower().replace(".", "").rstrip(",") in _forms("en") | _listed("en", "trades"):
        words.pop()
    yield " ".join(words)
    rare = [w for w in words if w.lower() not in _body_nouns("en") | _listed("en", "placing") | _listed("en", "commercial") and len(w) > _LEAST]
    yield from rare[:1] if words and rare[:1] == words[:1] else ()


def _called(words: str, body: Party) -> bool:
    key = _key(words)
    return key in {_key(n) for n in (body.name, *body.aliases, *_shortened(body.name))}


@functools.cache
def _known(language: str) -> dict[str, int]:
    return {_key(name): i for i, names in enumerate(load(language, "compare")["bodies"]["known"]) for name in names}


@functools.cache
def _listed(language: str, name: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["bodies"][name])


def _parts(language: str) -> frozenset[str]:
    return _listed(language, "parts")


@functools.cache
def _forms(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["records"]["forms"])


@functools.cache
def _body_nouns(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["bodies"]["nouns"])


@functools.cache
def _papers(language: str) -> frozenset[str]:
    return frozenset(load(language, "roles")["documents"]["nouns"]) | frozenset(load(language, "compare")["records"]["words"])
