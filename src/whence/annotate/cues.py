"""The cue tables of a language, read once into plain dictionaries."""

from __future__ import annotations

import functools
from typing import NamedTuple

from ..lang import load

__all__ = ["Cues", "cues", "word_set"]


@functools.cache
def word_set(name: str, language: str = "en") -> frozenset[str]:
    """A closed class of words from ``syntax.toml``; empty where the language has none."""
    return frozenset(load(language, "syntax").get("words", {}).get(name, []))


class Cues(NamedTuple):
    """Verb forms with what they take (letters as in ``cues.toml``), and the smaller sets of words around them."""

    verbs: dict[str, str]
    lemma: dict[str, str]
    phrases: tuple[tuple[str, ...], ...]
    firsts: frozenset[str]
    adverbs: frozenset[str]
    hearsay: frozenset[str]
    quoted: frozenset[str]
    impersonal: frozenset[str]
    claims: frozenset[str]
    silence: frozenset[str]
    nouns: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    prepositions: frozenset[str]
    occasions: frozenset[str]


def _forms(lemma: str, irregular: dict[str, str]) -> list[str]:
    if lemma in irregular:
        return irregular[lemma].split()
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [lemma, third, stem + "ed", stem + "ing"]


@functools.cache
def cues(language: str = "en") -> Cues:
    """The cues of a language; empty sets where it has none."""
    table = load(language, "cues")
    irregular: dict[str, str] = table.get("irregular", {})
    verbs: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    for lemma, letters in table.get("verbs", {}).items():
        for form in _forms(lemma, irregular):
            verbs[form] = "".join(sorted({*verbs.get(form, ""), *letters}))
            lemmas.setdefault(form, lemma)
    for phrase, letters in table.get("phrases", {}).items():
        verbs[phrase] = letters
        lemmas[phrase] = phrase
    frame = table.get("frame", {})
    unowned = table.get("impersonal", {}).get("verbs", [])
    passive = table.get("passive", {})
    return Cues(
        verbs=verbs,
        lemma=lemmas,
        phrases=tuple(tuple(p.split()) for p in table.get("prepositional", {}).get("phrases", [])),
        firsts=frozenset({"as"} | {p.split()[0] for p in table.get("prepositional", {}).get("phrases", [])}),
        adverbs=frozenset(table.get("sourceless", {}).get("adverbs", [])),
        hearsay=frozenset(passive.get("hearsay", [])),
        quoted=frozenset(passive.get("quoted", [])),
        nouns=frozenset(table.get("nouns", {}).get("also_nouns", [])),
        impersonal=frozenset(form for lemma in unowned for form in _forms(lemma, irregular)),
        silence=frozenset(table.get("silence", {}).get("verbs", [])),
        claims=frozenset(table.get("nouns", {}).get("claims", [])),
        days=frozenset(frame.get("days", [])),
        months=frozenset(frame.get("months", [])),
        prepositions=frozenset(frame.get("prepositions", [])),
        occasions=frozenset(frame.get("occasions", [])),
    )
