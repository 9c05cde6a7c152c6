"""One paragraph with its cue tables, and the small looks at it that every rule needs."""

from __future__ import annotations

from typing import NamedTuple

from . import phrases
from .cues import Cues, word_set
from .mentions import words_of
from .phrases import Shape
from .tokens import QUOTE, Line

__all__ = ["Found", "Scan"]

_END = word_set("end")
_DETERMINER = word_set("determiner")
_QUANTIFIER = word_set("quantifier")
_CLAUSE = word_set("clause") | {QUOTE}
_SUBJECT = word_set("subject")


class Found(NamedTuple):
    """One cue with its parts as token ranges, before it becomes offsets."""

    source: Shape | None
    cue: Shape
    content: tuple[Shape, ...]
    confidence: float
    outer: int | None


class Scan:
    """The tokens of one paragraph, the tables, and what was found so far."""

    def __init__(self, ln: Line, table: Cues) -> None:
        self.line = ln
        self.low = ln.low
        self.cues = table
        self.found: list[Found] = []

    def is_cue(self, i: int) -> str:
        """What the verb at ``i`` takes; empty where the word is no cue or stands as a noun."""
        w = self.low[i]
        letters = self.cues.verbs.get(w, "")
        if not letters or i == 0:
            return letters if letters and w.endswith("ing") else ""
        prev = self.low[i - 1]
        if (
            (prev[0].isdigit() and w.endswith("ed") and i + 1 < len(self.low) and self.low[i + 1].endswith("s") and self.low[i + 1] not in _CLAUSE)
            or (prev in _DETERMINER and not (prev == "that" and i > 1 and self.low[i - 2] in words_of().documents))
            or (prev.endswith(("'s", "’s", "s'", "s’")) and not prev.startswith(("it", "he")) and w not in ("said",))
        ):
            return ""
        if prev.endswith(("n't", "n’t", " not")) or prev == "cannot":
            return ""
        if prev == "by" and w in ("saying", "telling", "stating", "arguing", "announcing", "warning", "insisting", "claiming"):
            return letters
        if prev in ("to", "not", "n't", "without", "of", "for", "by", "from") and not (prev == "to" and i > 1 and self.low[i - 2] in ("on", "went")):
            return ""
        if self.line.is_name(i) and not w.endswith("ing"):
            return ""
        if w in self.cues.nouns and not self.verbal(i):
            return ""
        return letters

    def verbal(self, i: int) -> bool:
        """True where a word that can be a noun ("report", "suspects", "fears") stands as a verb."""
        prev = self.low[i - 1]
        nxt = self.low[i + 1] if i + 1 < len(self.low) else "."
        if prev in self.cues.prepositions or prev in _QUANTIFIER or (prev in phrases.BE and not self.low[i].endswith("ed")):
            return False
        if nxt in phrases.AUXILIARY or (nxt in ("says", "said", "shows", "showed", "found", "finds", "warns", "warned", "accuses", "accused")):
            return False
        if nxt in (".", ",", QUOTE):
            return True
        if nxt[0].isdigit():
            return True
        if nxt in ("in", "on", "at") and phrases.is_adverb(prev) and "that" in self.low[i + 2 : i + 7]:
            return True
        if nxt in ("of", "from", "about", "by", "in", "on", "and") or (nxt.endswith("ed") and nxt not in ("need",)):
            return False
        return (
            prev in _SUBJECT
            or phrases.is_adverb(prev)
            or self.line.is_name(i - 1)
            or nxt in _CLAUSE
            or prev in phrases.AUXILIARY
            or prev in ("who", "which", "and", "but")
        )

    def skip_commas(self, lo: int, hi: int) -> Shape | None:
        """A range without the punctuation at its ends; None where nothing is left."""
        while lo < hi and self.low[lo] in (",", ";", ":", ".", "-", "–", "—", "--", ")", "and", "but"):
            lo += 1
        while lo < hi and (self.low[hi - 1] in (",", ";", ":", "-", "–", "—", "--", "(") or self.low[hi - 1] in _END):
            hi -= 1
        return (lo, hi) if lo < hi else None

    def body(self, lo: int, hi: int) -> bool:
        """True where a range holds enough to be something said."""
        return hi - lo >= 2 or (hi > lo and (self.low[lo] == QUOTE or self.low[lo] in self.cues.silence))

    def phrase_at(self, i: int) -> int:
        """How many tokens of a prepositional cue begin at ``i``."""
        return max((len(p) for p in self.cues.phrases if self.low[i] == p[0] and tuple(self.low[i : i + len(p)]) == p), default=0)

    def has_cue(self, lo: int, hi: int) -> bool:
        return any(self.is_cue(i) for i in range(lo, hi))

    def is_clause(self, lo: int, hi: int) -> bool:
        """True where a range has a verb, as far as its forms show."""
        return (
            hi - lo >= 4
            and any(w in phrases.AUXILIARY or (w.endswith("ed") and len(w) > 4) for w in self.low[lo + 1 : hi])
            and self.low[lo] not in self.cues.prepositions
        )

    def add(self, source: Shape | None, cue: Shape, content: list[Shape], confidence: float, outer: int | None) -> int:
        self.found.append(Found(source, cue, tuple(content), confidence, outer))
        return len(self.found) - 1
