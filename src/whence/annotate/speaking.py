"""Whether a phrase can be a source at all."""

from __future__ import annotations

import functools
import itertools

from .. import expressions as re
from .cues import cues, word_set
from .mentions import describe, singular, words_of

__all__ = ["can_speak", "sayer"]

_WORD = re.compile(r"[^\W_]+(?:[.'’\-&/][^\W_]+)*\.?")
_WITHIN = frozenset({"he", "she", "they", "it", "there", "we", "I"})
_PREPOSITION = word_set("preposition")
_OPENING = word_set("opening")
_THIRD = word_set("third")
_BEYOND = re.compile(r",|\b(?:who|which|that|whose)\b")
_AGENT = re.compile(r"(?<!mb)(?<!ap)(?<!rd)(?<!at)(?<!ow)(?<!pt)(?<!tt)(?:er|or|ist|ian|man|woman|ee|eer)$")


@functools.lru_cache(maxsize=8192)
def can_speak(phrase: str) -> bool:
    """True where a phrase can be a source: a name, a role, a body, a document; not a reason ("weak demand")."""
    m = describe(phrase)
    if m.kind == "unnamed":
        w = words_of()
        first = phrase.split()[0].lower() if phrase.split() else ""
        agent = first in ("a", "an", "one", "two", "three", "another") and any(_AGENT.search(h) for h in m.heads)
        return bool(m.pronoun) or agent or any(h in w.one or h in w.several for h in m.heads) or any(h in w.bodies for h in m.heads)
    return True


@functools.lru_cache(maxsize=8192)
def sayer(phrase: str) -> bool:
    """True where a phrase found beside a cue can be its subject, as far as its words show; keeps out verbs and shreds of clauses."""
    w = words_of()
    parts = [p for p in _WORD.findall(phrase) if p[0].isalnum()]
    if not parts:
        return False
    first = parts[0].lower()
    if "according to " in phrase:
        return False
    head = [p for p in _WORD.findall(_BEYOND.split(phrase)[0]) if p[0].isalnum()]
    if any(a[0].isupper() and b in _THIRD for a, b in itertools.pairwise(head)):
        return False
    if any(p in _WITHIN for p in head[1:]) or (parts[0].islower() and first in cues().verbs and first not in w.bodies | w.one | w.documents):
        return False
    if first in w.pronouns or first in _OPENING or parts[0][0].isupper() or parts[0][0].isdigit():
        return True
    known = w.one | w.several | w.bodies | w.public | w.documents | w.outlet_nouns | w.agency_nouns | w.body_nouns
    if any(p.lower() in known or singular(p.lower()) in w.documents for p in parts):
        return first not in _PREPOSITION and not first.endswith(("ly", "ing"))
    return len(parts) > 2 and all(p[0].isupper() for p in parts[1:])
