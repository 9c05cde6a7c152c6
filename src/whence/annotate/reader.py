"""Reads one range of a paragraph: what stands outermost first, then again inside each content."""

from __future__ import annotations

from . import phrases
from .cues import word_set
from .mentions import describe
from .phrases import Shape
from .scan import Found
from .speakers import Speakers
from .speaking import can_speak, sayer
from .tokens import QUOTE

__all__ = ["Reader"]

_DEPTH = 3
_DETERMINER = word_set("determiner")
_FINDING = word_set("finding")
_HAVING = word_set("having")
_IT = word_set("it")
_JOINING = word_set("joining")
_NEWS = word_set("news")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_IS = frozenset({"is", "was", "remains"})
_HAVE = frozenset({"has", "have", "had"})
_CLAUSE = 5
"""Fewest tokens of what stands before "…, X has counted", for it to be a clause."""
_OWNED_BEFORE = frozenset({"in", "by", "on", "to"}) | word_set("going_by")
_SAYING = word_set("saying")
_SUBJECT = word_set("subject")
_WHO = word_set("relative")


class Reader(Speakers):
    """Adds the reading itself: prepositional, trailing, leading."""

    def read(self, lo: int, hi: int, depth: int, outer: int | None) -> None:
        """Finds every cue in a range: what stands outermost first."""
        if depth > _DEPTH or hi - lo < 2:
            return
        if self.signed(lo, hi, outer) or self.prepositional(lo, hi, depth, outer) or self.trailing(lo, hi, depth, outer):
            return
        self.leading(lo, hi, depth, outer)

    def prepositional(self, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """ "according to X" at the head, in the middle or at the end of a range."""
        first = self.cues.firsts
        for i in range(lo, hi):
            if self.low[i] in _OWNED_BEFORE and (owned := self.owned(i, lo, hi)) is not None:
                return self.in_view(i, *owned, lo, hi, depth, outer)
            if self.low[i] not in first or (i > lo and self.line.is_name(i) and self.low[i - 1] not in (QUOTE, ",", "(")):
                continue
            if self.low[i] == "if" and self.believed(i, lo, hi, depth, outer):
                return True
            n = self.phrase_at(i) or self.as_told(i, lo, hi)
            if not n or i + n >= hi or self.within_saying(i, lo):
                continue
            if self.low[i] in ("citing", "quoting") and (got := self.citing_subject(i, lo, hi)) is not None:
                content, cue = got[1], (i, i + 1)
                verb = next((j for j in range(*content) if not phrases.is_adverb(self.low[j]) and self.low[j] not in phrases.AUXILIARY), content[0])
                told = self.content_after(verb, hi, self.cues.verbs[self.low[verb]]) if self.low[verb] in self.cues.verbs else None
                if told is not None:
                    content, cue = told, (verb, verb + 1)
                at = self.add(got[0], cue, [content], 0.75, outer)
                self.read(content[0], content[1], depth + 1, at)
                return True
            word = self.low[i]
            if word in ("citing", "quoting", "per", "attributed") and not self.cited(i, n, lo, hi):
                continue
            if word in ("citing", "quoting") and self.reporting_before(i, lo):
                continue
            source = phrases.after(self.line, i + n, hi, self.cues)
            if source is None:
                continue
            return self.place(i, n, source, lo, hi, depth, outer)
        return False

    def in_view(self, i: int, whose: Shape, noun: Shape, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """ "In her view, the bolts were old", "…, by the council's count": the owner is the source, what he owns the cue."""
        at = len(self.found)
        if self.place(i, noun[1] - i - 1, (noun[1] - 1, noun[1]), lo, hi, depth, outer):
            self.found[at] = self.found[at]._replace(source=whose, cue=noun)
            return True
        part = self.skip_commas(noun[1], hi) if i == lo else None
        if part is None or not self.is_clause(*part):
            return False
        self.read(part[0], part[1], depth + 1, self.add(whose, noun, [part], 0.8, outer))
        return True

    def believed(self, i: int, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """ "…, if X is to be believed": X is the source."""
        end = next(
            (j for j in range(i + 2, min(hi - 3, i + 16)) if self.low[j] in phrases.BE and self.low[j + 1 : j + 4] == ["to", "be", "believed"]), 0
        )
        part = (self.skip_commas(lo, i) or self.skip_commas(end + 4, hi)) if end else None
        source = phrases.after(self.line, i + 1, end, self.cues) if end else None
        if source is None or part is None or not self.body(*part):
            return False
        at = self.add(source, (end, end + 4), [part], 0.8, outer)
        self.read(part[0], part[1], depth + 1, at)
        return True

    def within_saying(self, i: int, lo: int) -> bool:
        """True for "X argued that Y because, according to Z, …": what Z says stands inside what X does."""
        joined = i - 2 >= lo and self.low[i - 1] == "," and self.low[i - 2] in _JOINING
        return joined and any(
            "t" in self.is_cue(j) and self.low[phrases.frames(self.line, j + 1, i, self.cues)] == "that" for j in range(lo + 1, i - 2)
        )

    def place(self, i: int, n: int, source: Shape, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        parts: list[Shape] = []
        left = self.skip_commas(lo, i)
        joined = i - 2 >= lo and self.low[i - 1] == "," and self.low[i - 2] in _JOINING
        comma = next((j for j in range(*source) if self.low[j] == ","), None)
        if comma is not None and (joined or left is None) and (source[1] >= hi or self.low[source[1]] != ","):
            source = (source[0], comma)
        stop = source[1]
        if left is not None and stop < hi and self.low[stop] in _WHO:
            stop = next((j for j in range(stop, min(hi, stop + 18)) if self.low[j] == ","), stop)
        right = self.skip_commas(stop, hi)
        follows = self.low[stop] == "," if stop > source[1] else source[1] < hi and self.low[source[1]] in (",", ":", QUOTE)
        if left is None and not follows and source[1] < hi - 2:
            if self.low[source[1]] in _DETERMINER or self.low[source[1]] in _SUBJECT:
                follows = True
            else:
                comma = next((j for j in range(source[1], min(hi, source[1] + 18)) if self.low[j] == ","), None)
                if comma is not None:
                    right, follows = self.skip_commas(comma, hi), True
        divides = left is not None and right is not None and follows and not joined and self.lacks_subject(*right)
        leads = joined or left is None or (not divides and left[1] - left[0] <= 2 and self.low[left[0]] != QUOTE and self.low[i - 1] != QUOTE)
        if not leads and left and self.body(*left):
            parts.append(left)
        if right and follows and self.body(*right):
            if leads:
                parts.append(right)
            elif divides or (not self.has_cue(*right) and self.low[right[0]] not in ("who", "which", "as", "while", "adding")):
                if self.low[i - 1] == ",":
                    parts.append(right)
                right = None
        if not parts:
            return False
        at = self.add(source, (i, i + n), parts, 0.9, outer)
        for part in parts:
            self.read(part[0], part[1], depth + 1, at)
        self.divided(parts, depth + 1, at)
        if not leads and right and follows and right not in parts:
            self.tail(source, right, depth, outer)
        return True

    def lacks_subject(self, lo: int, hi: int) -> bool:
        """True for a range that begins with its verb ("had gone by then", "wrote down both times")."""
        w = self.low[lo]
        return not self.line.is_name(lo) and (w in phrases.AUXILIARY or (w in self.cues.verbs and not w.endswith(("ing", "s"))))

    def divided(self, parts: list[Shape], depth: int, outer: int) -> None:
        """ "The captain, she said, had replied that …": a subject in one piece of a content and its cue in the next."""
        if len(parts) != 2 or depth > _DEPTH or self.low[parts[0][0]] == QUOTE:
            return
        if self.has_cue(*parts[0]):
            self.continued(parts, outer)
            return
        (lo, i), hi = parts[1], parts[1][1]
        i = lo
        while i < hi and (phrases.is_adverb(self.low[i]) or self.low[i] in phrases.AUXILIARY):
            i += 1
        letters = self.cues.verbs.get(self.low[i], "") if i < hi else ""
        content = self.content_after(i, hi, letters) if letters and not set(self.low[lo:i]) & phrases.BE else None
        start, end = phrases.region(self.line, parts[0])
        if content is not None and can_speak(self.line.text[start:end]):
            at = self.add(parts[0], (lo, i + 1), [content], 0.75, outer)
            self.read(content[0], content[1], depth + 1, at)

    def continued(self, parts: list[Shape], outer: int) -> None:
        """ "A clerk had told agents, she said, that …": subject and cue in one piece of a content, and what it takes in the next."""
        lo, hi = parts[0]
        i = next((j for j in range(hi - 1, lo, -1) if "t" in self.is_cue(j)), None)
        if i is None or self.low[parts[1][0]] != "that" or self.listener(i + 1, hi, self.cues.verbs[self.low[i]]) < hi:
            return
        source, group, how = phrases.before(self.line, i, lo, self.cues)
        if source is not None and how in ("np", "apposition"):
            at = self.add(source, (group, i + 1), [parts[1]], 0.75, outer)
            for k, f in enumerate(self.found[:at]):
                if f.outer == outer and parts[1][0] <= f.cue[0] < parts[1][1]:
                    self.found[k] = f._replace(outer=at)

    def tail(self, source: Shape, right: Shape, depth: int, outer: int | None) -> None:
        """What goes on after a source: "…, who added that …", "…, adding that …"."""
        lo, hi = right
        i = lo + 1 if self.low[lo] in ("who", "which", "and", "while", "also") else lo
        while i < hi and (phrases.is_adverb(self.low[i]) or self.low[i] in phrases.AUXILIARY):
            i += 1
        if i < hi and self.low[i] in self.cues.verbs and (self.low[lo] in ("who", "which", "and") or self.low[i].endswith("ing")):
            content = self.content_after(i, hi, self.cues.verbs[self.low[i]])
            if content is not None:
                at = self.add(source, (i, i + 1), [content], 0.85, outer)
                self.read(content[0], content[1], depth + 1, at)
                return
        self.read(lo, hi, depth, outer)

    def trailing(self, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """ "…, X said (on Monday)", "…, said X, …": the outermost speaker stands after what is said, or in its middle."""
        for i in range(hi - 1, lo, -1):
            letters = self.is_cue(i)
            if (
                self.low[i] in ("quoted", "cited")
                and self.low[max(lo, hi - 3) : hi - 1] == ["as", "saying"]
                and (last := self.quoted_last(i, lo, hi))
            ):
                at = self.add(last[0], (hi - 3, hi - 1), [last[1]], 0.9, outer)
                self.read(last[1][0], last[1][1], depth + 1, at)
                return True
            if not (set("qct") & set(letters) or self.low[i] in self.cues.quoted) or self.low[i] in ("saying", "adding"):
                continue
            first, second = (self.postposed, self.inverted) if "r" in letters else (self.inverted, self.postposed)
            got = first(i, lo, hi) or second(i, lo, hi)
            if got is None:
                continue
            source, group, stop = got
            edge = min(source[0], group) if source else group
            left = self.skip_commas(lo, edge - 1 if edge > lo and self.low[edge - 1] == "as" else edge)
            if left is None or not (self.body(*left) or (stop < hi - 2 and self.low[stop] == ",")):
                continue
            if self.is_lead(*left) and self.goes_on(stop, hi):
                continue
            quoted = self.low[left[1] - 1] == QUOTE
            found_out = stop < hi and self.low[i] in _FINDING and self.low[stop] in ("from", "with")
            ends = stop >= hi or found_out or (self.low[stop] in (".", ",") and (source is None or source[1] <= group))
            as_he = edge > lo and self.low[edge - 1] == "as" and (stop >= hi or self.low[stop] in (".", ","))
            perfect = self.low[group] in _HAVE and left[1] - left[0] >= _CLAUSE
            known = source is None and stop < hi - 2 and self.lacks_subject(stop + 1, hi)
            clause = "c" in letters or as_he or ("t" in letters and ends and (perfect or known or self.is_clause(*left)))
            if not clause and not quoted and self.low[i] not in self.cues.quoted:
                continue
            if quoted and not self.has_cue(left[0], left[1] - 1):
                left = self.quote_start(left)
            if source is not None and not quoted:
                start, end = phrases.region(self.line, source)
                if not sayer(self.line.text[start:end]):
                    continue
            parts = [left]
            rest = self.skip_commas(stop, hi)
            tail = None
            if rest:
                if self.low[rest[0]] == QUOTE or (self.low[stop] == "," and not self.is_tail(rest, quoted) and self.body(*rest) and not quoted):
                    parts.append(rest)
                else:
                    tail = rest
            cue_end = stop if source and source[1] <= group and self.low[stop - 1] in _SAYING else i + 1
            at = self.add(source, (group, cue_end), parts, 0.95 if quoted else 0.85, outer)
            for part in parts:
                self.read(part[0], part[1], depth + 1, at)
            self.divided(parts, depth + 1, at)
            if tail and source:
                self.tail(source, tail, depth, outer)
            return True
        return False

    def is_lead(self, lo: int, hi: int) -> bool:
        """True for a phrase that only leads in: "On Tuesday", "In a separate development"."""
        return (
            hi - lo <= 6
            and self.low[lo] in self.cues.prepositions
            and self.low[lo + 1] not in ("least", "most")
            and not any(w == QUOTE or w in phrases.AUXILIARY or w.endswith("ed") or w[0].isdigit() for w in self.low[lo:hi])
        )

    def goes_on(self, stop: int, hi: int) -> bool:
        """True where a clause that a cue can take follows it after its credit: "said, citing the mayor, that"."""
        return stop + 1 < hi and self.low[stop] == "," and any(w == "that" for w in self.low[stop + 1 : min(hi, stop + 20)])

    def leading(self, lo: int, hi: int, depth: int, outer: int | None) -> None:
        """ "X said (that) …": left to right; what the first takes is read again inside it."""
        previous: Found | None = None
        i = lo
        while i < hi:
            if self.low[i] in self.cues.adverbs and i > lo and self.skip_commas(lo, i) and self.body(i + 1, hi):
                self.hearsay(i, lo, hi, outer)
            if self.low[i] in _HAVING and (news := self.news(i, lo, hi)) is not None:
                previous = self.found[self.add(*news, 0.75, outer)]
                i = news[2][0][1]
                continue
            letters = self.is_cue(i)
            told = self.low[i] in self.cues.claims and i + 1 < hi and (self.low[i + 1] == "that" or self.holds(i, hi))
            if not letters and not told:
                i += 1
                continue
            got = self.noun(i, lo, hi) if told else self.one(i, lo, hi, letters, previous)
            if got is None:
                i += 1
                continue
            source, cue, content, sure = got
            if source is None and previous is not None and outer is None:
                source = previous.source
            at = self.add(source, cue, [content], sure, outer)
            previous = self.found[at]
            self.read(content[0], content[1], depth + 1, at)
            i = max(i + 1, content[1])

    def holds(self, i: int, hi: int) -> bool:
        """True for "the union's position is that …" (not "is that of …")."""
        if self.low[i + 3 : i + 4] == ["of"]:
            return False
        return i > 0 and self.low[i + 1] in _IS and self.low[i + 2 : min(hi, i + 3)] == ["that"] and self.low[i - 1].endswith(_POSSESSIVE)

    def news(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape, list[Shape]] | None:
        """ "X had it from Y", "X got the story from Y": who had it, the verb, and the word for the news; whom he had it from the chain builder finds."""
        bases = self.low[i].startswith("base")
        end = i + 2 if i + 1 < hi and self.low[i + 1] in _IT else i + 3
        if end >= hi - 1 or self.low[end] != ("on" if bases else "from"):
            return None
        if not (end == i + 2 or (self.low[i + 1] in _DETERMINER | {"its", "their", "his", "her"} and self.low[i + 2] in _NEWS)):
            return None
        source, group, how = phrases.before(self.line, i, lo, self.cues)
        return (source, (group, i + 1), [(i + 1, end)]) if source is not None and how in ("np", "apposition") else None

    def hearsay(self, i: int, lo: int, hi: int, outer: int | None) -> None:
        parts = [p for p in (self.skip_commas(lo, i), self.skip_commas(i + 1, hi)) if p]
        self.add(None, (i, i + 1), parts, 0.6, outer)

    def one(self, i: int, lo: int, hi: int, letters: str, previous: Found | None) -> tuple[Shape | None, Shape, Shape, float] | None:
        """The cue at ``i`` with the subject before it and the content after it, or None."""
        w = self.low[i]
        source, group, how = phrases.before(self.line, i, lo, self.cues)
        passive = any(self.low[j] in phrases.BE for j in range(group, i)) and not w.endswith("ing")
        if passive:
            return self.passive(i, group, source, lo, hi)
        if how == "none" and not w.endswith("ing"):
            return None
        if how == "shared":
            if self.low[i].endswith("ing"):
                return None
            source = previous.source if previous is not None else self.subject(lo, i)
        if w.endswith("ing"):
            if any(self.low[j] in phrases.BE for j in range(group, i)):
                return None if source is None else self.finish(i, group, source, hi, letters)
            if previous is not None:
                source = previous.source
            elif i > lo and self.low[i - 1] in (",", QUOTE, "by"):
                source = self.subject(lo, i)
            else:
                return None
        if source is None:
            return None
        if w in ("quoted", "quotes", "cited", "cites", "quoting"):
            return self.quotes_somebody(i, hi)
        if source[0] - 1 == lo and self.low[lo] == "as":
            comma = next((j for j in range(i + 1, hi) if self.low[j] == ","), None)
            got = self.skip_commas(comma, hi) if comma is not None else None
            return (source, (group, i + 1), got, 0.85) if got and self.body(*got) else None
        return self.finish(i, group, source, hi, letters)

    def finish(self, i: int, group: int, source: Shape, hi: int, letters: str) -> tuple[Shape | None, Shape, Shape, float] | None:
        start, end = phrases.region(self.line, source)
        paper = describe(self.line.text[start:end]).kind == "document"
        if "d" in letters and paper:
            letters += "o"
        content = self.content_after(i, hi, letters)
        if content is None:
            return None
        if self.low[i] in self.cues.impersonal:
            return (None, (source[0], i + 1), content, 0.75) if self.low[source[0]] == "it" else None
        if self.low[content[0]] != QUOTE and not sayer(self.line.text[start:end]):
            return None
        silent = self.low[content[0]] == "to" and self.low[content[0] + 1] in self.cues.silence
        sure = (
            0.9
            if self.low[content[0]] in ("that", QUOTE) or self.low[i] in ("said", "says", "told")
            else 0.75
            if "c" in letters or silent or paper
            else 0.55
        )
        return source, (group, i + 1), content, sure
