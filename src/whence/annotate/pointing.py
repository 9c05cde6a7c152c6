"""Who is meant by a pronoun or by "the official": whom a report has named before, the likeliest first.

A pronoun that could be several people stays open and says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .. import expressions as re
from ..types import Unnamed
from .cues import word_set
from .members import Member, Members
from .mentions import Mention, describe, singular
from .names import leading, surely

__all__ = ["Pointing"]

_BACK = 3
_HEAD = 400
"""Characters of a sentence in which somebody is looked for by what he is and by his name."""
_NUMBER = word_set("number")
_MORE = re.compile(r"(?:two|three|four|some|several|many|both|a few)\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"[^,.;:“”\"]{0,40}?\b(him|her)(?=\s+(?:that|to|whether|if|how|why|what|when|who|in|on|by|about)\b|\s*[,.:;“\"])")
"""Whom a speaker speaks to, where that is a pronoun: "put it to her that". The speaker is then not the one so called."""

_APPOSED = re.compile(
    r"(?<![\w-])(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]he|\w+[’']s) (?:[a-z-]+ ){0,3}?([a-z]+), ((?:[^\W\d_a-z][\w’'-]+ ){1,3}[^\W\d_a-z][\w’'-]+),"
)
"""Somebody by what he is and by his name: "its president, Ana Cruz,"."""


class Pointing(Members):
    """Adds what points back to a party cited before."""

    def _point(self, m: Mention, at: int) -> Member | None:
        if m.pronoun:
            return self._pronoun(m, at)
        if not m.heads:
            return None
        head = m.heads[0]
        if m.kind in ("outlet", "agency"):
            if m.phrase.lower().startswith(("this ", "our ")):
                return self.own
            return self.last_outlet(at, agency=head in self.words.agency_nouns, noun=head)
        pool = [x for _, x in self.cited if x.last < at or x.at < at]
        want = singular(head)
        for x in reversed(pool):
            if (
                x.kind in ("person", "unnamed", "organisation", "document", "public", "agency")
                and (want in x.heads or head in x.heads)
                and (x.plural == m.plural or x.kind not in ("unnamed",))
            ):
                if m.kind == "unnamed" and x.kind == "organisation":
                    continue
                return x
        if m.kind == "document" and head in self.words.issued:
            return next((x for x in reversed(pool) if x.kind == "organisation"), None)
        if head == "agency":
            return self.last_outlet(at, agency=True)
        if m.kind == "document" and head in ("report", "article", "story", "dispatch", "broadcast", "paper"):
            return self.last_outlet(at, noun=head)
        return None

    def _several(self, words: str, at: int) -> Member | None:
        """The people last cited that "them" or "the sources" means."""
        head = singular(words.lower().split()[-1])
        counted = head in _NUMBER
        return next(
            (
                x
                for pos, x in reversed(self.cited)
                if pos < at and (x.plural or " and " in x.name) and (words.lower() == "them" or counted or head in x.heads)
            ),
            None,
        )

    def _several_of(self, noun: str, at: int) -> Member | None:
        """The people last cited of whom "one viewer" is one."""
        return next((x for pos, x in reversed(self.cited) if pos < at and x.plural and noun.lower() in {singular(h) for h in x.heads}), None)

    def _last_so_called(self, m: Mention, at: int) -> Member | None:
        """The unnamed party last cited that "a third source" is counted on from."""
        return next((x for pos, x in reversed(self.cited) if pos < at and x.kind == "unnamed" and set(m.heads) & x.heads), None)

    def _one_of(self, several: Member, phrase: str, at: int) -> Member:
        """One of several people cited before: a party of his own, heard by way of the same outlets."""
        more = _MORE.match(phrase) is not None
        heads = tuple(sorted({*several.heads, *map(singular, several.heads)}))
        unnamed = Unnamed(number="several" if more else "one")
        member = self._add(Mention("unnamed", phrase, phrase, heads=heads, plural=more, unnamed=unnamed), at)
        member.among = several
        self.cited.append((at, member))
        return member

    def _pronoun(self, m: Mention, at: int) -> Member:
        kind = m.pronoun
        if m.phrase.lower() == "one":
            several = self._several("them", at)
            if several is not None:
                return self._one_of(several, f"one of {several.name}", at)
        here = bisect_right(self.paragraphs, at)
        start = self.paragraphs[max(0, here - _BACK)] if self.paragraphs else 0
        here_from = next((a for a, b in reversed(self.sentences) if a <= at), 0)
        parted = self.text.rfind("; ", here_from, at)
        here_from = parted + 2 if parted > 0 and self._quote_at(parted) == self._quote_at(at) else here_from
        for pos, x in self._foremost(self._salient(start, at), here_from):
            if x.name.endswith("(not resolved)"):
                continue
            if pos >= here_from and kind in ("he", "she") and x.kind != "person":
                continue
            if kind in ("he", "she") and _may_be(x, kind) and not self._speaks_to(pos, kind):
                x.gender = kind
                return x
            if kind == "they" and (x.plural or x.kind in ("public", "organisation")):
                return x
            if kind == "it" and (x.kind in ("organisation", "outlet", "agency", "document")):
                return x
        if kind in ("he", "she") and (subject := self._only_subject(start, here_from, kind)) is not None:
            return subject
        lost = Mention("unnamed", f"{m.phrase.lower()} (not resolved)", "", gender=kind if kind in ("he", "she") else "", plural=kind == "they")
        return self._add(lost, at)

    def _foremost(self, near: Sequence[tuple[int, Member]], here_from: int) -> list[tuple[int, Member]]:
        """Who may be meant, the likeliest first: the sentence nearest; in one before, whoever speaks outermost before those whom he reports."""
        starts = [a for a, _ in self.sentences]

        def rank(place: tuple[int, Member]) -> tuple[int, bool, int]:
            pos = place[0]
            return bisect_right(starts, pos), pos < here_from and pos not in self.inner, pos

        return sorted(near, key=rank, reverse=True)

    def _speaks_to(self, pos: int, kind: str) -> bool:
        """True where the speaker named at a place speaks to somebody who is himself called by the pronoun."""
        stop = next((b for a, b in self.sentences if a <= pos < b), pos)
        found = _ADDRESSED.match(self.text, pos, stop)
        return found is not None and (found.group(1) == "him") == (kind == "he")

    def _only_subject(self, start: int, stop: int, kind: str) -> Member | None:
        """Who alone stands as a sentence's first subject between two offsets, where nobody cited can be meant."""
        found: dict[int, Member] = {}
        for a, b in self.sentences:
            if not start <= a < stop or self._quote_at(a) is not None:
                continue
            phrase = leading(self.text, a, b, self.names)
            got = describe(phrase) if phrase else None
            if got is not None and (got.kind == "unnamed" or (got.kind == "person" and self._somebody(got, phrase, a))):
                self._keep(got, a, kind, found)
            for m in _APPOSED.finditer(self.text, a, min(b, a + _HEAD)):
                if m.group(1).lower() in self.words.one and self._quote_at(m.start()) is None and (named := describe(m.group(2))).kind == "person":
                    self._keep(named, m.start(2), kind, found)
        return next(iter(found.values())) if len(found) == 1 else None

    def _keep(self, m: Mention, at: int, kind: str, found: dict[int, Member]) -> None:
        """Adds whom a phrase names, where the pronoun can mean him."""
        member = self._same(m, at) or self._new(m, at)
        if _may_be(member, kind):
            found[member.number] = member

    def _salient(self, start: int, at: int) -> list[tuple[int, Member]]:
        """Who was cited, or stood as a sentence's named subject, between two offsets; in order."""
        inside = self._quote_at(at)
        out = [(pos, x) for pos, x in self.cited if start <= pos < at and self._quote_at(pos) in (None, inside)]
        for a, b in self.sentences:
            if a >= at:
                break
            if a >= start and not any(a <= pos < b and x.kind not in ("outlet", "agency") for pos, x in out) and self._quote_at(a) is None:
                phrase = leading(self.text, a, b, self.names)
                if not phrase:
                    continue
                got = describe(phrase)
                shown = (
                    not got.pronoun if got.kind in ("organisation", "public", "unnamed") else got.kind == "person" and self._somebody(got, phrase, a)
                )
                if shown:
                    known = self._point(got, a) if got.definite and got.kind == "unnamed" else None
                    out.append((a, known or self._same(got, a) or self._new(got, a)))
        return sorted(out, key=lambda p: p[0])

    def _somebody(self, m: Mention, phrase: str, at: int) -> bool:
        """True where a sentence's first name is a person's: no outlet's, and nowhere in the text a place's ("in Porto Almada", "the Almada")."""
        if not surely(self.text, m, phrase, at, self.names) or self.is_own(m.name) or self.is_own(f"the {m.name}"):
            return False
        if m.name not in self.places:
            self.places[m.name] = (
                re.search(
                    rf"\b(?:in|at|near|outside|through|towards|the) {re.escape(m.name)}\b|(?:^|\n){re.escape(m.name)}, \d{{1,2}}(?:\.\d| [A-Z])",
                    self.text,
                )
                is not None
            )
        return not self.places[m.name]

    def _quote_at(self, at: int) -> int | None:
        """The quotation that an offset stands in, by its number."""
        i = bisect_right(self.quote_starts, at) - 1
        return i if i >= 0 and at < self.quotes[i][1] else None


def _may_be(x: Member, kind: str) -> bool:
    """True where a party can be called "he" or "she"."""
    return (x.kind == "person" or (x.kind == "unnamed" and not x.plural)) and x.gender in ("", kind)
