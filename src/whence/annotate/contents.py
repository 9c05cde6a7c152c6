"""What a cue takes as its content, and where that ends."""

from __future__ import annotations

from .. import expressions as re
from . import phrases
from .cues import word_set
from .phrases import Shape
from .scan import Scan
from .tokens import QUOTE

__all__ = ["Contents"]

_END = word_set("end")
_DETERMINER = word_set("determiner")
_COMMA_OK = word_set("comma_ok")
_SPEECH = word_set("speech")
_SUBORDINATE = word_set("subordinate")
_OWN_EYES = word_set("own_eyes")
_SPEAKING = word_set("speaking")
_OBJECT = word_set("object")
_SUBJECT = word_set("subject")
_HEARERS = word_set("hearers")
_LISTENER = word_set("listener")
_LISTENER_END = word_set("listener_end")
_NO_START = word_set("no_start")
_OPENS_CLAUSE = word_set("opens_clause")
_GOVERNING = word_set("governing")
_ABOUT = word_set("about")
_NO_CLAUSE = word_set("no_clause")
_FRONTED = word_set("fronted")
_NUMBER = word_set("number")
_PUTS = word_set("puts")
_ASKED = word_set("asked")
_OBJECTIVE = word_set("objective")
_CREDITING = frozenset({"citing", "quoting", "attributing", "crediting"})
_JOINED = word_set("joining")
_A = frozenset({"a", "an"})
_CONNECTING = frozenset({"of", "de", "del", "du", "da", "do", "di", "la", "le", "el", "al"})
_LONG = re.compile(r"[^\W\d_]{4,}")
_COUNTS = word_set("counts")
_MORE = word_set("further_off")
_TALLIED = word_set("tallied")
_IT = word_set("it")
_SO = word_set("so")


class Contents(Scan):
    """Adds what stands after a cue."""

    def listener(self, at: int, hi: int, letters: str) -> int:
        """The first token after a listener ("told reporters", "told the Post")."""
        if "r" not in letters or at >= hi:
            return at
        i = at
        if self.low[i] in _HEARERS:
            return i + 1
        if self.low[i] == "that":
            return at
        if self.low[i] in _DETERMINER:
            i += 1
        seen = i
        while i < hi and self.low[i] != QUOTE and self.low[i] not in _LISTENER_END:
            if not (
                i == seen
                or self.line.is_name(i)
                or (self.low[i] in _CONNECTING and self.line.is_name(i - 1) and i + 1 < hi and self.line.is_name(i + 1))
                or self.low[i] in self.cues.occasions
                or self.low[i] in _LISTENER
            ):
                break
            i += 1
        return i

    def content_after(self, i: int, hi: int, letters: str) -> Shape | None:
        """What the verb at ``i`` takes, to the end of the range or to a clause with a speaker of its own."""
        at = self.listener(i + 1, hi, letters)
        if at >= hi:
            return None
        if "q" in letters:
            for j in range(i + 1, min(hi - 1, i + 14)):
                if (
                    self.low[j] == ":"
                    and self.low[j + 1] == QUOTE
                    and not any(w == QUOTE or w == "that" or w in phrases.AUXILIARY or w in _SUBJECT or w in _SPEECH for w in self.low[at:j])
                ):
                    return j + 1, self.quote_end(j + 1, hi)
        if self.low[at] == "," and at + 2 < hi and self.low[at + 1] == "however" and self.low[at + 2] == ",":
            at += 3
        if self.low[at] in self.cues.prepositions or self.low[at] in self.cues.days or phrases.is_adverb(self.low[at]):
            that = next(
                (j for j in range(at, min(hi - 1, at + 16)) if self.low[j] in ("that", ",", ":", ";", QUOTE) or "c" in self.is_cue(j)),
                None,
            )
            if that is not None and self.low[that] == "that" and "t" in letters:
                got = self.skip_commas(that, self.content_end(that, hi, i))
                return got if got and self.body(*got) else None
        if self.low[at] == ",":
            that = next((j for j in range(at + 2, min(hi - 1, at + 10)) if self.low[j] in (",", QUOTE, ".", ":")), None)
            if that is not None and self.low[that] == "," and self.low[that + 1] == "that" and "t" in letters:
                at = that + 1
        start = phrases.frames(self.line, at, hi, self.cues, to="i" not in letters)
        if start < hi - 2 and self.low[start] == "," and self.low[start + 1] in _CREDITING:
            comma = next((j for j in range(start + 2, hi - 1) if self.low[j] == ","), None)
            if comma is not None:
                at = start = comma + 1
        for begin in dict.fromkeys((at, start) if self.points_back(at, hi, letters) else (start, at)):
            if begin >= hi:
                continue
            if begin < hi - 1 and self.low[begin] == "," and (self.low[begin + 1] == QUOTE or self.low[begin + 1] == "that"):
                begin += 1
            if self.takes(begin, at, hi, letters, i):
                end = self.content_end(begin, hi, i)
                got = self.skip_commas(begin, end)
                if got and (
                    self.body(*got)
                    or ("o" in letters and (self.is_figure(got[0]) or _LONG.fullmatch(self.low[got[0]]) or self.low[got[0]] in _OBJECTIVE))
                    or self.points_back(got[0], hi, letters)
                ):
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
        if letters == "x":
            return w in self.cues.silence and at == verb + 1
        if w == ":" and ("q" in letters or "c" in letters):
            return True
        if w in _END or w in _NO_START:
            return False
        if at == first and self.points_back(at, hi, letters):
            return True
        if w == QUOTE or self.takes_clause(at, letters, hi) or self.takes_complement(at, first, hi, letters):
            return True
        if "c" in letters:
            return self.takes_bare(at, hi, verb) or ("o" in letters and (self.is_figure(at) or (at == first and self.takes_object(at, hi, letters))))
        if "v" in letters:
            return w not in self.cues.prepositions and any(x in _OWN_EYES for x in self.low[max(0, verb - 6) : verb])
        return at == first and (self.takes_figure(at, hi, letters, verb) or self.takes_object(at, hi, letters))

    def points_back(self, at: int, hi: int, letters: str) -> bool:
        """True for "denied it", "confirmed this “orally”", "said so": a word for what was said before."""
        w, nxt = self.low[at], self.low[at + 1] if at + 1 < hi else "."
        if nxt not in _END and nxt not in (",", ";", ":", "—", "–", QUOTE, "to", "and", "but", "on", "in") and not phrases.is_adverb(nxt):
            return False
        return (w in _SO and bool({"t", "o"} & set(letters))) or (w in _IT and "o" in letters)

    def takes_clause(self, at: int, letters: str, hi: int) -> bool:
        """ "that …", "whether …", an infinitive, a gerund."""
        w, nxt = self.low[at], self.low[at + 1] if at + 1 < hi else ""
        return (
            ("t" in letters and (w in _OPENS_CLAUSE or ("h" in letters and w in _ASKED)))
            or ("i" in letters and (w == "to" or (w == "not" and nxt == "to")))
            or ("w" in letters and w.endswith("ing"))
        )

    def takes_complement(self, at: int, first: int, hi: int, letters: str) -> bool:
        """A preposition with what it governs, an object with its infinitive, an object "as" something, a figure after "about"."""
        w = self.low[at]
        if "f" in letters and w in _GOVERNING and at == first and not (w in ("in", "on", "at") and "c" in letters):
            return True
        if "p" in letters and "to" in self.low[at + 1 : min(hi, at + 9)] and w not in ("to", "in", "on", "at", "for"):
            return True
        if "b" in letters and w not in self.cues.prepositions and any(self.low[i : i + 2] == ["to", "be"] for i in range(at + 1, min(hi - 1, at + 11))):
            return True
        if (
            "y" in letters
            and self.low[at + 1 : at + 2] not in ([], ["."])
            and (w in _OBJECTIVE or (w in _OBJECT and _A & set(self.low[at + 1 : at + 9])))
        ):
            return True
        if (
            "a" in letters
            and any(x in ("as", "of", "for") or x == QUOTE for x in self.low[at + 1 : min(hi, at + 14)])
            and w not in ("to", "in", "on", "at", "by", "for")
        ):
            return True
        return "c" in letters and w in _ABOUT and at + 1 < hi and self.is_figure(at + 1)

    def takes_bare(self, at: int, hi: int, verb: int) -> bool:
        """A clause without "that": it begins with no preposition, or directly after the verb with one that may open a clause."""
        w = self.low[at]
        return (w not in _NO_CLAUSE and hi - at >= 3) or (w in _FRONTED and hi - at >= 5 and verb + 1 == at)

    def is_figure(self, at: int) -> bool:
        """True for a number, in digits or in words."""
        return self.low[at][0].isdigit() or self.low[at] in _NUMBER

    def takes_figure(self, at: int, hi: int, letters: str, verb: int) -> bool:
        """ "put the toll at 17", "put it at 17", "counted 40", "raised the toll to 17": an object with a figure in it."""
        if "u" in letters:
            to = next((i for i in range(at, min(hi - 1, at + 9)) if self.low[i] == "to"), None)
            return to is not None and bool(_TALLIED & set(self.low[at:to])) and any(self.is_figure(i) for i in range(to, min(hi, to + 5)))
        if "n" not in letters or (self.low[at] in self.cues.prepositions and not (self.low[at] == "at" and self.low[verb].endswith(" it"))):
            return False
        near = range(at, min(hi, at + 9))
        if not any(self.is_figure(i) for i in near):
            more = self.low[verb] in _PUTS and any(self.low[i] in _MORE for i in near)
            return more or (self.low[verb] in _COUNTS and any(self.low[i] == QUOTE for i in near))
        return "at" in self.low[at + 1 : min(hi, at + 9)] or self.low[verb] not in _PUTS

    def takes_object(self, at: int, hi: int, letters: str) -> bool:
        """An object that is itself what is said ("condemned the raid")."""
        if "o" not in letters:
            return False
        w, nxt = self.low[at], self.low[at + 1] if at + 1 < hi else ""
        free = w not in self.cues.prepositions and w not in ("and", "but", "or", "up", "off", "out")
        return w in _OBJECT or self.line.is_name(at) or (nxt != "" and (hi - at >= 3 or nxt in _END) and free)

    def content_end(self, at: int, hi: int, verb: int) -> int:
        """Where a content ends before its range does: at a participle cue, or at a clause with a speaker of its own."""
        first = verb
        while first > 0 and self.low[first - 1] not in (".", QUOTE, "!", "?", ",") and verb - first < 14:
            first -= 1
        relative = any(x in ("who", "which") for x in self.low[first:verb])
        subordinate = self.low[first] in _SUBORDINATE
        for i in range(at + 2, hi - 1):
            w = self.low[i]
            if w == "by" and self.low[i + 1] in ("saying", "telling", "stating", "arguing", "announcing", "warning", "insisting", "claiming"):
                return i
            if w == "," and relative and self.is_cue(i + 1) and self.low[i + 1].endswith(("ed", "id", "old", "of", "s")):
                return i
            if w in (",", ";"):
                nxt = self.low[i + 1]
                if nxt == "something":  # "…, something the player denies"
                    return i
                if nxt in _COMMA_OK and self.low[i - 1] not in _JOINED:
                    return i
                if subordinate and self.own_speaker(i + 1, hi):
                    return i
                if nxt in ("while", "but", "and", "after", "as", "when", "because", "although", "though", "whereas", "as") and self.own_speaker(
                    i + 2, hi
                ):
                    return i
            elif w in ("and", "but", "while", "after") and self.own_speaker(i + 1, hi):
                return i
        return hi

    def own_speaker(self, at: int, hi: int) -> bool:
        """True where a clause begins with a cue of its own, or with a named subject and a cue."""
        i = at
        while (i < hi and phrases.is_adverb(self.low[i])) or (i < hi and self.low[i] in ("has", "have", "had")):
            i += 1
        if (
            i < hi
            and self.low[i] in self.cues.verbs
            and not self.line.is_name(i)
            and self.low[i].endswith(("ed", "id", "old", "says"))
            and self.is_cue(i)
        ):
            return self.content_after(i, hi, self.cues.verbs[self.low[i]]) is not None
        for j in range(at + 1, min(hi, at + 18)):
            w = self.low[j]
            if w in (QUOTE, ":", ";", "that", "to"):
                return False
            if w in _SPEECH:
                source = phrases.before(self.line, j, at, self.cues)[0]
                return source is not None and source[0] <= at + 1 and (self.low[at] not in _SUBJECT or j - at < 3)
        return False

    def is_tail(self, rest: Shape, quoted: bool) -> bool:
        """True where what follows a speaker is said of him and is no part of what he says."""
        first = self.low[rest[0]]
        if first.endswith("ed") and rest[0] + 1 < rest[1] and self.low[rest[0] + 1] == "by":
            return True
        if (first.endswith("ing") and (first in self.cues.verbs or first in _SPEAKING)) or first in (
            "who",
            "which",
            "whose",
            "citing",
            "quoting",
            "according",
        ):
            return True
        if first in ("in", "during", "at") and any(w in self.cues.occasions for w in self.low[rest[0] + 1 : rest[0] + 5]):
            return True
        return quoted and first in ("as", "while", "when", "after", "before", "although", "though", "where", "following", "with", "in", "during")

    def quote_start(self, left: Shape) -> Shape:
        """Where the saying begins that ends in a quotation: at the quotation if it is a sentence of its own, else at the clause's start."""
        q = left[1] - 1
        if q > left[0] and self.low[q - 1] in (".", "!", "?"):
            return q, left[1]
        return left
