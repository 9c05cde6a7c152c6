"""Who said what, by rule: the front end for languages and machines without a model.

One pass a paragraph: quotations become single tokens, cues are looked up, the subject is the phrase next to the cue, the content is what
the cue takes. A content that is long enough is read again, so that what is reported inside it stands inside it (depth 3 at most).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..text import trim
from ..types import Heard, Region
from . import phrases
from .cues import Cues, cues
from .mentions import can_speak
from .phrases import Shape
from .runs import Announced, carry_quotations
from .tokens import QUOTE, Line, line

__all__ = ["find_heard"]

_DEPTH = 3
_END = frozenset(". ! ? …".split())
_DETERMINER = frozenset("a an the this that these those his her its their our my your no any some every each such another".split())
_NOUN_AFTER = frozenset("of to by from in on the".split())
_COMMA_OK = frozenset("adding saying claiming warning noting arguing insisting stressing explaining suggesting alleging citing stating".split())
_LINKS = frozenset("of the in and , de al bin van von for".split())
_VOICING = frozenset("made makes gave gives issued issues repeated repeats expressed expresses voiced raised reiterated offered shared aired floated advanced formed took holds held".split())
_SPEECH = frozenset("said says told added adds warned warns reported claimed insisted announced believe believes argued noted".split())
_SUBORDINATE = frozenset("while although though as if when whereas".split())
_OWN_EYES = frozenset("correspondent correspondents reporter reporters journalist journalists photographer photographers cameraman witnesses".split())
_SPEAKING = frozenset("referring speaking following reading looking appearing addressing".split())
_SAYING = frozenset("saying telling stating adding warning declaring".split())
_OBJECT = frozenset("the a an his her its their this these that all any both president israel russia".split())
_QUANTIFIER = frozenset("other several many few new recent more most old former first second last next two three four five six seven eight nine ten".split())
_CLAUSE = frozenset(["that", "the", "a", "an", "he", "she", "they", "it", "his", "her", "their", "its", "to", ":", QUOTE, "there", "this", "these", "those", "what", "how", "why"])
_SUBJECT = frozenset("he she they it we i there you".split())


class Found(NamedTuple):
    """One cue with its parts as token ranges, before it becomes offsets."""

    source: Shape | None
    cue: Shape
    content: tuple[Shape, ...]
    confidence: float
    outer: int | None


class Reader:
    """Reads one paragraph; holds the tokens, the tables and what was found so far."""

    def __init__(self, ln: Line, table: Cues) -> None:
        self.line = ln
        self.low = ln.low
        self.cues = table
        self.found: list[Found] = []

    # ---- small looks at the tokens

    def is_cue(self, i: int) -> str:
        """What the verb at ``i`` takes; empty where the word is no cue or stands as a noun."""
        w = self.low[i]
        letters = self.cues.verbs.get(w, "")
        if not letters or i == 0:
            return letters if letters and w.endswith("ing") else ""
        prev = self.low[i - 1]
        if prev[0].isdigit() or prev in _DETERMINER or prev.endswith(("'s", "’s", "s'", "s’")) and not prev.startswith(("it", "he")) and w not in ("said",):
            return ""
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
        if nxt in (".", ",", QUOTE):
            return True
        if nxt in ("of", "from", "about", "by", "in", "on", "and") or nxt.endswith("ed") and nxt not in ("need",):
            return False
        return prev in _SUBJECT or phrases.is_adverb(prev) or self.line.is_name(i - 1) or nxt in _CLAUSE or prev in phrases.AUXILIARY or prev in ("who", "which", "and", "but")

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

    def joined(self) -> list[Shape]:
        """The sentences, a quotation that ends in its own stop joined to the speaker after it ("“Why?” she asked.")."""
        out: list[Shape] = []
        for lo, hi in self.line.sentences:
            if out and self.low[out[-1][1] - 1] == QUOTE and self.speaker_first(lo, hi, out[-1][1] - 1):
                out[-1] = (out[-1][0], hi)
            else:
                out.append((lo, hi))
        return out

    def speaker_first(self, lo: int, hi: int, quote: int) -> bool:
        if self.low[lo] in ("—", "–", "―", "-", "--"):
            return True
        for i in range(lo + 1, min(hi, lo + 16)):
            if "q" in self.is_cue(i):
                return self.postposed(i, quote, hi) is not None
            if self.low[i] == QUOTE:
                return False
        return False

    def signed(self, lo: int, hi: int, outer: int | None) -> bool:
        """"“…” — Ana Cruz": a quotation signed with a name."""
        dash = next((j for j in range(lo + 1, hi) if self.low[j] in ("—", "–", "―", "-", "--") and self.low[j - 1] == QUOTE), None)
        rest = self.skip_commas(dash + 1, hi) if dash is not None else None
        if dash is None or rest is None or rest[1] - rest[0] > 8 or not all(self.line.is_name(j) or self.low[j] in _LINKS for j in range(*rest)):
            return False
        self.add(rest, (dash, dash + 1), [(dash - 1, dash)], 0.8, outer)
        return True

    def announced(self) -> Announced | None:
        """Who is to speak in the next paragraph, where this one ends in a colon: source and cue as offsets."""
        if not self.low or self.low[-1] != ":" or not self.line.sentences:
            return None
        lo, hi = self.line.sentences[-1]
        for i in range(hi - 2, lo - 1, -1):
            n = self.phrase_at(i)
            source = phrases.after(self.line, i + n, hi - 1, self.cues) if n else None
            if source is not None:
                return Announced(phrases.region(self.line, source), phrases.region(self.line, (i, i + n)))
            if "q" in self.is_cue(i) or i == lo and "q" in self.cues.verbs.get(self.low[i], ""):
                source, group, _ = phrases.before(self.line, i, lo, self.cues)
                source = source or self.subject(lo, i)
                return Announced(phrases.region(self.line, source), phrases.region(self.line, (group, i + 1))) if source else None
        return None

    # ---- the reading

    def read(self, lo: int, hi: int, depth: int, outer: int | None) -> None:
        """Finds every cue in a range: what stands outermost first."""
        if depth > _DEPTH or hi - lo < 2:
            return
        if self.signed(lo, hi, outer) or self.prepositional(lo, hi, depth, outer) or self.trailing(lo, hi, depth, outer):
            return
        self.leading(lo, hi, depth, outer)

    def add(self, source: Shape | None, cue: Shape, content: list[Shape], confidence: float, outer: int | None) -> int:
        self.found.append(Found(source, cue, tuple(content), confidence, outer))
        return len(self.found) - 1

    def phrase_at(self, i: int) -> int:
        """How many tokens of a prepositional cue begin at ``i``."""
        return max((len(p) for p in self.cues.phrases if self.low[i] == p[0] and tuple(self.low[i : i + len(p)]) == p), default=0)

    def prepositional(self, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """"according to X" at the head, in the middle or at the end of a range."""
        first = self.cues.firsts
        for i in range(lo, hi):
            if self.low[i] not in first:
                continue
            n = self.phrase_at(i) or self.as_told(i, lo, hi)
            if not n or i + n >= hi:
                continue
            if self.low[i] == "citing" and (got := self.citing_subject(i, lo, hi)) is not None:
                at = self.add(got[0], (i, i + 1), [got[1]], 0.75, outer)
                self.read(got[1][0], got[1][1], depth + 1, at)
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

    def as_told(self, i: int, lo: int, hi: int) -> int:
        """How many tokens of "as was stated in", "as reported by" begin at ``i``."""
        if self.low[i] != "as" or (i > lo and self.low[i - 1] != ","):
            return 0
        j = i + 1
        while j < hi and self.low[j] in ("was", "is", "has", "had", "been", "were", "earlier", "previously"):
            j += 1
        if j + 1 < hi and self.low[j] in self.cues.verbs and self.low[j].endswith(("ed", "en", "id", "own", "out", "old")) and self.low[j + 1] in ("by", "in", "at"):
            return j + 2 - i
        return 0

    def citing_subject(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape] | None:
        """"The Post, citing two bankers, put the price at …": the subject before and the predicate after."""
        if i - 1 <= lo or self.low[i - 1] != "," or not all(self.line.is_name(j) or self.low[j] in _LINKS for j in range(lo, i - 1)):
            return None
        comma = next((j for j in range(i + 1, hi) if self.low[j] == ","), None)
        rest = self.skip_commas(comma, hi) if comma is not None else None
        return ((lo, i - 1), rest) if rest and self.body(*rest) else None

    def place(self, i: int, n: int, source: Shape, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        parts: list[Shape] = []
        left = self.skip_commas(lo, i)
        right = self.skip_commas(source[1], hi)
        follows = source[1] < hi and self.low[source[1]] in (",", ":", QUOTE)
        if left is None and not follows and source[1] < hi - 2:
            if self.low[source[1]] in _DETERMINER or self.low[source[1]] in _SUBJECT:
                follows = True
            else:
                comma = next((j for j in range(source[1], min(hi, source[1] + 18)) if self.low[j] == ","), None)
                if comma is not None:
                    right, follows = self.skip_commas(comma, hi), True
        joined = i - 2 >= lo and self.low[i - 1] == "," and self.low[i - 2] in ("and", "but", "while", "because", "that", "although", "though", "as", "when")
        leads = joined or left is None or (left[1] - left[0] <= 2 and self.low[left[0]] != QUOTE and not self.line.low[i - 1] == QUOTE)
        if not leads and left and self.body(*left):
            parts.append(left)
        if right and follows and self.body(*right):
            if leads:
                parts.append(right)
            elif not self.has_cue(*right) and self.low[right[0]] not in ("who", "which", "as", "while", "adding"):
                if self.low[i - 1] == ",":
                    parts.append(right)
                right = None
        if not parts:
            return False
        at = self.add(source, (i, i + n), parts, 0.9, outer)
        for part in parts:
            self.read(part[0], part[1], depth + 1, at)
        if not leads and right and follows and right not in parts:
            self.tail(source, right, depth, outer)
        return True

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

    def cited(self, i: int, n: int, lo: int, hi: int) -> bool:
        """True where what is cited can be a source and is no reason ("citing weak demand")."""
        source = phrases.after(self.line, i + n, hi, self.cues)
        if source is None:
            return False
        start, end = phrases.region(self.line, source)
        return can_speak(self.line.text[start:end])

    def reporting_before(self, i: int, lo: int) -> bool:
        """True where a reporting verb stands just before ("reported, citing"): the verb is the cue."""
        return any(letters.strip("aonfipwv") for letters in map(self.is_cue, range(lo, i)))

    def has_cue(self, lo: int, hi: int) -> bool:
        return any(self.is_cue(i) for i in range(lo, hi))

    def trailing(self, lo: int, hi: int, depth: int, outer: int | None) -> bool:
        """"…, X said (on Monday)", "…, said X, …": the outermost speaker stands after what is said, or in its middle."""
        for i in range(hi - 1, lo, -1):
            letters = self.is_cue(i)
            if self.low[i] in ("quoted", "cited") and self.low[max(lo, hi - 3) : hi - 1] == ["as", "saying"] and (got := self.quoted_last(i, lo, hi)):
                at = self.add(got[0], (hi - 3, hi - 1), [got[1]], 0.9, outer)
                self.read(got[1][0], got[1][1], depth + 1, at)
                return True
            if not ("q" in letters or "c" in letters) or self.low[i] in ("saying", "adding"):
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
            quoted = self.low[left[1] - 1] == QUOTE
            if "c" not in letters and not quoted:
                continue
            if quoted and not self.has_cue(left[0], left[1] - 1):
                left = self.quote_start(left)
            parts = [left]
            rest = self.skip_commas(stop, hi)
            tail = None
            if rest:
                first = self.low[rest[0]]
                if first == QUOTE or (self.low[stop] == "," and not self.is_tail(rest, quoted) and self.body(*rest) and not quoted):
                    parts.append(rest)
                else:
                    tail = rest
            cue_end = stop if source and source[1] <= group and self.low[stop - 1] in _SAYING else i + 1
            at = self.add(source, (group, cue_end), parts, 0.95 if quoted else 0.85, outer)
            for part in parts:
                self.read(part[0], part[1], depth + 1, at)
            if tail and source:
                self.tail(source, tail, depth, outer)
            return True
        return False

    def quoted_last(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape] | None:
        """"“…,” OUTLET quoted X as saying.": X and the quotation."""
        subject = phrases.before(self.line, i, lo, self.cues)[0]
        source = self.skip_commas(i + 1, hi - 3)
        left = self.skip_commas(lo, subject[0]) if subject else None
        return (source, left) if source and left and self.low[left[1] - 1] == QUOTE else None

    def quote_start(self, left: Shape) -> Shape:
        """Where the saying begins that ends in a quotation: at the quotation if it is a sentence of its own, else at the clause's start."""
        q = left[1] - 1
        if q > left[0] and self.low[q - 1] in (".", "!", "?"):
            return q, left[1]
        return left

    def is_tail(self, rest: Shape, quoted: bool) -> bool:
        """True where what follows a speaker is said of him and is no part of what he says."""
        first = self.low[rest[0]]
        if first.endswith("ing") and (first in self.cues.verbs or first in _SPEAKING) or first in ("who", "which", "whose", "citing", "quoting", "according"):
            return True
        if first in ("in", "during", "at") and any(w in self.cues.occasions for w in self.low[rest[0] + 1 : rest[0] + 5]):
            return True
        return quoted and first in ("as", "while", "when", "after", "before", "although", "though", "where", "following", "with", "in", "during")

    def is_clause(self, lo: int, hi: int) -> bool:
        """True where a range has a verb, as far as its forms show."""
        return hi - lo >= 4 and any(w in phrases.AUXILIARY or (w.endswith("ed") and len(w) > 4) for w in self.low[lo + 1 : hi]) and self.low[lo] not in self.cues.prepositions

    def inverted(self, i: int, lo: int, hi: int) -> tuple[Shape | None, int, int] | None:
        """"…," said X: the verb directly after a comma or a quotation."""
        if i == lo or self.low[i - 1] not in (",", QUOTE) or self.low[i].endswith("ing"):
            return None
        source = phrases.after(self.line, i + 1, hi, self.cues)
        if source is None or self.low[i + 1] in self.cues.prepositions or self.low[i + 1] in ("that", "of", "as"):
            return None
        if self.low[i - 1] == ",":
            start, end = phrases.region(self.line, source)
            if not can_speak(self.line.text[start:end]):
                return None
        stop = phrases.frames(self.line, source[1], hi, self.cues)
        if stop < hi and self.low[stop] not in (",", ".", ":", ";", QUOTE, "—", "–", "?", "!", "in", "of", "as", "after", "when", "at", "about", "during", "while", "who", "which", "whose", "where", "because", "before"):
            return None
        return source, i, stop

    def postposed(self, i: int, lo: int, hi: int) -> tuple[Shape | None, int, int] | None:
        """"…, X said": the subject directly after a comma or a quotation, and no content after the verb."""
        source, group, how = phrases.before(self.line, i, lo, self.cues)
        if source is None or how not in ("np", "apposition") or source[0] <= lo:
            return None
        lead = self.low[source[0] - 1]
        if lead not in (",", QUOTE, "—", "–") and not (lead == "as" and source[0] - 2 >= lo and self.low[source[0] - 2] in (",", QUOTE)):
            return None
        if any(self.low[j] in phrases.BE for j in range(group, i)):
            if self.low[source[0]] == "it" and source[1] - source[0] == 1:
                stop = phrases.frames(self.line, i + 1, hi, self.cues)
                return (None, source[0], stop) if stop >= hi or self.low[stop] in (",", ".") else None
            return self.quoted_as(i, group, source, hi)
        at = self.listener(i + 1, hi, self.cues.verbs[self.low[i]])
        stop = phrases.frames(self.line, at, hi, self.cues)
        if stop >= hi or self.low[stop] in (",", ".", ";", "—", "–", "?", "!"):
            return source, group, stop
        if self.low[stop] in ("when", "as", "after", "while", "during", "in", "at", "before", "because", ":") and self.is_clause(lo, source[0] - 1):
            return source, group, stop
        if self.low[source[0] - 1] == QUOTE and "q" in self.cues.verbs[self.low[i]] and self.low[stop] not in ("that", ":"):
            end = next((j for j in range(stop, hi) if self.low[j] in (",", QUOTE) or self.low[j] in _END), hi)
            return source, group, end
        return None

    def quotes_somebody(self, i: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """"OUTLET quoted X as saying …": X is the source; the outlet is found beside the cue by the chain builder."""
        for j in range(i + 2, min(hi - 1, i + 20)):
            if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                source = self.skip_commas(i + 1, j)
                got = self.skip_commas(phrases.frames(self.line, j + 2, hi, self.cues), hi)
                return (source, (j, j + 2), got, 0.9) if source and got else None
        return None

    def quoted_as(self, i: int, group: int, source: Shape, hi: int) -> tuple[Shape | None, int, int] | None:
        """"…," X was quoted (by Y) as saying."""
        for j in range(i + 1, min(hi - 1, i + 14)):
            if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                stop = phrases.frames(self.line, j + 2, hi, self.cues)
                return (source, group, j + 2) if stop >= hi or self.low[stop] in (",", ".", ";", QUOTE) else None
        return None

    def listener(self, at: int, hi: int, letters: str) -> int:
        """The first token after a listener ("told reporters", "told the Post")."""
        if "r" not in letters or at >= hi:
            return at
        i = at
        w = self.low[i]
        if w in ("him", "her", "them", "us", "me", "you", "it") or w in ("reporters", "journalists", "lawmakers", "parliament", "investors"):
            return i + 1
        if w in _DETERMINER:
            i += 1
        seen = i
        while i < hi and self.low[i] not in (QUOTE, ",", ".", ":", ";", "that", "on", "in", "at", "during", "how", "why", "whether", "what", "of", "about", "after", "by", "to", "via", "through", "when", "as"):
            if self.line.is_name(i) or self.low[i] in self.cues.occasions or i == seen or self.low[i] in ("'s", "’s", "news", "agency", "newspaper", "paper", "channel", "station", "committee", "inquiry", "crowd", "daily", "website", "magazine", "conference", "broadcaster"):
                i += 1
            else:
                break
        return i

    def leading(self, lo: int, hi: int, depth: int, outer: int | None) -> None:
        """"X said (that) …": left to right; what the first takes is read again inside it."""
        previous: Found | None = None
        i = lo
        while i < hi:
            if self.low[i] in self.cues.adverbs and i > lo and self.skip_commas(lo, i) and self.body(i + 1, hi):
                self.hearsay(i, lo, hi, outer)
            letters = self.is_cue(i)
            told = self.low[i] in self.cues.claims and i + 1 < hi and self.low[i + 1] == "that"
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

    def noun(self, i: int, lo: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """"gave the opinion that …", "Cruz's claim that …": a noun that tells, with its owner or the subject of its verb."""
        got = self.skip_commas(i + 1, self.content_end(i + 1, hi, i))
        if got is None or not self.body(*got) or i - 1 <= lo:
            return None
        if self.low[i - 1].endswith(("'s", "’s", "s'", "s’")):
            start = i - 1
            while start > lo and self.line.is_name(start - 1):
                start -= 1
            return (start, i), (i, i + 1), got, 0.6
        verb = next((j for j in range(i - 1, max(lo, i - 5), -1) if self.low[j] in _VOICING), None)
        if verb is None:
            return None
        source, group, how = phrases.before(self.line, verb, lo, self.cues)
        return (source, (group, i + 1), got, 0.7) if source and how in ("np", "apposition") else None

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
            elif i > lo and self.low[i - 1] in (",", QUOTE):
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

    def subject(self, lo: int, i: int) -> Shape | None:
        """The subject that a clause begins with: a name with what stands before it, or an article and its noun."""
        start = lo
        if self.low[lo] in self.cues.prepositions:
            comma = next((j for j in range(lo, i) if self.low[j] == ","), None)
            if comma is None:
                return None
            start = comma + 1
        if self.low[start] in _SUBJECT:
            return start, start + 1
        if self.low[start] in self.cues.verbs:
            return None
        j = start
        named = False
        while j < min(i, start + 12):
            w = self.low[j]
            if w in (",", ":", ";", QUOTE, "(", "that", "who", "which") or w in phrases.AUXILIARY or (j > start and (w.endswith("ed") or w in self.cues.verbs) and not self.line.is_name(j)):
                break
            if named and not self.line.is_name(j) and w not in ("of", "the", "al", "bin", "de", "for", "and", "'s", "’s"):
                break
            named = named or (self.line.is_name(j) and j > start) or (self.line.is_name(j) and w not in _DETERMINER)
            j += 1
        return (start, j) if j > start and j < i else None

    def finish(self, i: int, group: int, source: Shape, hi: int, letters: str) -> tuple[Shape | None, Shape, Shape, float] | None:
        content = self.content_after(i, hi, letters)
        if content is None:
            return None
        sure = 0.9 if self.low[content[0]] in ("that", QUOTE) or self.low[i] in ("said", "says", "told") else 0.75 if "c" in letters else 0.55
        return source, (group, i + 1), content, sure

    def content_after(self, i: int, hi: int, letters: str) -> Shape | None:
        """What the verb at ``i`` takes, to the end of the range or to a clause with a speaker of its own."""
        at = self.listener(i + 1, hi, letters)
        if at >= hi:
            return None
        if "q" in letters:
            for j in range(i + 1, min(hi - 1, i + 14)):
                if self.low[j] == ":" and self.low[j + 1] == QUOTE and not any(w == QUOTE or w in phrases.AUXILIARY or w in _SUBJECT for w in self.low[at:j]):
                    return j + 1, self.quote_end(j + 1, hi)
        if self.low[at] == "," and at + 2 < hi and self.low[at + 1] == "however" and self.low[at + 2] == ",":
            at += 3
        if self.low[at] in self.cues.prepositions or self.low[at] in self.cues.days or phrases.is_adverb(self.low[at]):
            that = next((j for j in range(at, min(hi - 1, at + 16)) if self.low[j] in ("that", ",", ":", ";", QUOTE) or self.low[j] in self.cues.verbs and "c" in self.cues.verbs[self.low[j]]), None)
            if that is not None and self.low[that] == "that" and "t" in letters:
                got = self.skip_commas(that, self.content_end(that, hi, i))
                return got if got and self.body(*got) else None
        start = phrases.frames(self.line, at, hi, self.cues, to="i" not in letters)
        if start < hi - 2 and self.low[start] == "," and self.low[start + 1] in ("citing", "quoting"):
            comma = next((j for j in range(start + 2, hi - 1) if self.low[j] == ","), None)
            if comma is not None:
                at = start = comma + 1
        for begin in dict.fromkeys((start, at)):
            if begin >= hi:
                continue
            if begin < hi - 1 and self.low[begin] == "," and (self.low[begin + 1] == QUOTE or self.low[begin + 1] == "that"):
                begin += 1
            if self.takes(begin, at, hi, letters, i):
                end = self.content_end(begin, hi, i)
                got = self.skip_commas(begin, end)
                if got and (self.body(*got) or ("o" in letters and len(self.low[got[0]]) > 3 and self.low[got[0]].isalpha())):
                    return got
        return None

    def quote_end(self, at: int, hi: int) -> int:
        """Where a run of quotations ends."""
        i = at
        while i < hi and self.low[i] == QUOTE:
            i += 1
        rest = self.skip_commas(i, hi)
        return i if rest is None or i == hi or self.low[i] in _END else hi

    def takes(self, at: int, first: int, hi: int, letters: str, verb: int) -> bool:
        """True where a verb that takes ``letters`` can have what begins at ``at`` as its content."""
        w = self.low[at]
        nxt = self.low[at + 1] if at + 1 < hi else ""
        if letters == "x":
            return w in self.cues.silence and at == verb + 1
        if w == ":" and ("q" in letters or "c" in letters):
            return True
        if w in _END or w in (",", ";", ")", "—", "–", "-", "/"):
            return False
        if w == QUOTE:
            return True
        if w in ("that", "whether", "how", "why", "if", "what") and "t" in letters:
            return True
        if "i" in letters and (w == "to" or (w == "not" and nxt == "to")):
            return True
        if "f" in letters and w in ("for", "of", "about", "against", "to", "out", "on", "in", "at") and at == first:
            return not (w in ("in", "on", "at") and "c" in letters)
        if "w" in letters and w.endswith("ing"):
            return True
        if "p" in letters and "to" in self.low[at + 1 : min(hi, at + 9)] and w not in ("to", "in", "on", "at", "for"):
            return True
        if "a" in letters and any(x in ("as", "of", "for") or x == QUOTE for x in self.low[at + 1 : min(hi, at + 14)]) and w not in ("to", "in", "on", "at", "by", "for"):
            return True
        if "c" in letters:
            return w not in ("to", "by", "of", "for", "as", "about", "with", "from", "in", "on", "at", "and", "but", "or", "so", "when", "while", "after", "before", "because") and hi - at >= 3 or (
                w in ("in", "on", "at", "as", "by", "after", "for", "when", "with", "from", "if", "while", "since") and hi - at >= 5 and verb + 1 == at
            )
        if "v" in letters:
            return w not in self.cues.prepositions and any(x in _OWN_EYES for x in self.low[max(0, verb - 6) : verb])
        if "n" in letters and at == first and any(x[0].isdigit() for x in self.low[at : min(hi, at + 9)]):
            return w not in self.cues.prepositions and ("at" in self.low[at + 1 : min(hi, at + 9)] or self.low[verb] not in ("put", "puts", "place", "placed", "places", "putting", "placing"))
        if "o" in letters and at == first:
            return w in _OBJECT or self.line.is_name(at) or (nxt != "" and hi - at >= 3 and w not in self.cues.prepositions and w not in ("and", "but", "or", "up", "off", "out"))
        return False

    def content_end(self, at: int, hi: int, verb: int) -> int:
        """Where a content ends before its range does: at a participle cue, or at a clause with a speaker of its own."""
        first = verb
        while first > 0 and self.low[first - 1] not in (".", QUOTE, "!", "?", ",") and verb - first < 14:
            first -= 1
        subordinate = self.low[first] in _SUBORDINATE
        for i in range(at + 2, hi - 1):
            w = self.low[i]
            if w in (",", ";"):
                nxt = self.low[i + 1]
                if nxt in self.cues.verbs and nxt.endswith("ing") and nxt in _COMMA_OK:
                    return i
                if subordinate and self.own_speaker(i + 1, hi):
                    return i
                if nxt in ("while", "but", "and", "after", "as", "when", "because", "although", "though", "whereas", "as") and self.own_speaker(i + 2, hi):
                    return i
            elif w in ("and", "but", "while", "after") and self.own_speaker(i + 1, hi):
                return i
        return hi

    def own_speaker(self, at: int, hi: int) -> bool:
        """True where a clause begins with a cue of its own, or with a named subject and a cue."""
        i = at
        while i < hi and phrases.is_adverb(self.low[i]) or i < hi and self.low[i] in ("has", "have", "had"):
            i += 1
        if i < hi and self.low[i] in self.cues.verbs and not self.line.is_name(i) and self.low[i].endswith(("ed", "id", "old")) and self.is_cue(i):
            return self.content_after(i, hi, self.cues.verbs[self.low[i]]) is not None
        for j in range(at + 1, min(hi, at + 18)):
            w = self.low[j]
            if w in (QUOTE, ":", ";", "that", "to"):
                return False
            if w in _SPEECH:
                source = phrases.before(self.line, j, at, self.cues)[0]
                return source is not None and source[0] <= at + 1 and (self.low[at] not in _SUBJECT or j - at < 3)
        return False

    def passive(self, i: int, group: int, source: Shape | None, lo: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """"X was quoted by Y as saying …", "is said to …", "it was reported that …"."""
        if self.low[i] in self.cues.quoted:
            for j in range(i + 1, min(hi - 1, i + 14)):
                if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                    start = phrases.frames(self.line, j + 2, hi, self.cues)
                    got = self.skip_commas(start, hi)
                    return (source, (group, j + 2), got, 0.9) if got and source else None
        by = next((j for j in range(i + 1, min(hi - 2, i + 4)) if self.low[j] == "by"), None)
        if by is not None and self.cues.verbs[self.low[i]].strip("o"):
            teller = phrases.after(self.line, by + 1, hi, self.cues)
            stop = next((j for j in range(by + 1, min(hi - 1, by + 14)) if self.low[j] in ("that", "as", "to", ":")), None)
            if teller is not None and stop is not None:
                teller = (teller[0], min(teller[1], stop))
                got = self.skip_commas(stop, hi)
                return (teller, (group, i + 1), got, 0.75) if got and teller[0] < teller[1] and self.body(*got) else None
        if self.low[i] in self.cues.hearsay and i + 2 < hi:
            nxt = self.low[i + 1]
            if nxt == "to" and source is not None and hi - i > 3:
                return None, (group, i + 1), (i + 1, self.skip_commas(i + 1, hi)[1] if self.skip_commas(i + 1, hi) else hi), 0.6  # type: ignore[index]
            if nxt == "that" and source is not None and self.low[source[0]] == "it":
                got = self.skip_commas(i + 1, hi)
                return (None, (group, i + 1), got, 0.7) if got else None
        return None


def _offsets(ln: Line, parts: Sequence[Shape]) -> tuple[Region, ...]:
    return tuple(trim(ln.text, (ln.start[lo], ln.end[hi - 1])) for lo, hi in parts)


def _read_paragraph(text: str, region: Region, table: Cues, base: int, depth: int = 1, outer: int | None = None) -> tuple[Line, Reader, list[Heard]]:
    """One paragraph, or the inside of a quotation, as attributions numbered from ``base``."""
    ln = line(text, region)
    reader = Reader(ln, table)
    for lo, hi in reader.joined():
        reader.read(lo, hi, depth, None)
    out = [
        Heard(
            source=None if f.source is None else phrases.region(ln, f.source),
            cue=phrases.region(ln, f.cue),
            content=_offsets(ln, f.content),
            confidence=f.confidence,
            inside=outer if f.outer is None else base + f.outer,
        )
        for f in reader.found
    ]
    return ln, reader, out


_FIRST_PERSON = frozenset("nobody everyone everybody somebody someone who people i we you us me my our i'm i've we've".split())
_INNER_WORDS = 8


def _inside_quotes(text: str, heard: list[Heard], base: int, table: Cues) -> list[Heard]:
    """What a quoted speaker reports in his turn; what he says of himself ("I think") is no attribution."""
    out: list[Heard] = []
    for n, h in enumerate(heard):
        if h.inside is not None:
            continue
        for a, b in h.content:
            if text[a] not in "\"“«„‘'" or text.count(" ", a, b) < _INNER_WORDS:
                continue
            inner = trim(text, (a + 1, b), "”\"»’'")
            if inner[0] >= inner[1]:
                continue
            found = _read_paragraph(text, inner, table, 0)[2]
            at = {i: len(out) + k for k, i in enumerate(i for i, f in enumerate(found) if _reports(text, f))}
            for i in at:
                f = found[i]
                up = f.inside
                out.append(Heard(source=f.source, cue=f.cue, content=f.content, confidence=f.confidence * 0.8, inside=base + n if up is None or up not in at else -1 - at[up]))
    first = base + len(heard)
    return [Heard(source=h.source, cue=h.cue, content=h.content, confidence=h.confidence, inside=first - 1 - h.inside if h.inside is not None and h.inside < 0 else h.inside) for h in out]


def _reports(text: str, h: Heard) -> bool:
    return h.source is not None and text[slice(*h.source)].lower() not in _FIRST_PERSON and h.confidence >= 0.7


def find_heard(text: str, paragraphs: Sequence[Region]) -> tuple[Heard, ...]:
    """Every attribution of a text, paragraph by paragraph, outer before inner.

    ``paragraphs`` are regions of ``text`` in order. Confidence is the rule's, 0 to 1: 0.95 for a quotation with its cue, 0.55 for an object.
    """
    table = cues()
    out: list[Heard] = []
    read: list[tuple[Line, int, int, Announced | None]] = []
    for p in paragraphs:
        ln, reader, found = _read_paragraph(text, p, table, len(out))
        base = len(out)
        out.extend(found)
        out.extend(_inside_quotes(text, found, base, table))
        read.append((ln, base, len(out), reader.announced()))
    return carry_quotations(text, read, out)
