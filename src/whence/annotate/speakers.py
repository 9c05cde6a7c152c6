"""Who speaks: before the cue, after it, in the passive, behind a noun, or announced for the next paragraph."""

from __future__ import annotations

from . import phrases
from .contents import Contents
from .cues import word_set
from .phrases import Shape
from .runs import Announced
from .speaking import can_speak
from .tokens import QUOTE

__all__ = ["Speakers"]

_END = word_set("end")
_FINDING = word_set("finding")
_DETERMINER = word_set("determiner")
_LINKS = word_set("speakers_links")
_LEADING = word_set("leading")
_SUBORDINATE = word_set("subordinate")
_VOICING = word_set("voicing")
_SAYING = word_set("saying")
_SUBJECT = word_set("subject")
_OWNING = word_set("owning_pronoun")
_OWNED = {name: word_set(f"owned_{name}") for name in ("in", "by", "on", "to")}
_NUMBER = word_set("number") | word_set("quantifier")
_NEAR = 40
"""Tokens behind a verb in which its figure stands."""
_GOING = word_set("going_by")
_OWN = word_set("own")


class Speakers(Contents):
    """Adds who stands beside a cue."""

    def inverted(self, i: int, lo: int, hi: int) -> tuple[Shape | None, int, int] | None:
        """ "…," said X: the verb directly after a comma or a quotation."""
        if i == lo or self.low[i - 1] not in (",", QUOTE) or self.low[i].endswith("ing") or self.low[i] in ("told", "tells"):
            return None
        source = phrases.after(self.line, i + 1, hi, self.cues)
        if source is None or self.low[i + 1] in self.cues.prepositions or self.low[i + 1] in ("that", "of", "as"):
            return None
        if self.low[i - 1] == ",":
            if source[1] - source[0] == 1 and self.low[source[0]] in _SUBJECT and source[1] < hi and self.low[source[1]] not in _END | {","}:
                return None
            subject, _, how = phrases.before(self.line, i, lo, self.cues)
            if how == "apposition" and subject is not None and subject[0] == lo and {"who", "which", "whose"} & set(self.low[lo + 1 : i]):
                return None
            verbal = any(w.endswith("ed") and not w.endswith("-based") for w in self.low[source[0] + 2 : source[1]])
            if how == "apposition" and subject is not None and (verbal or not self.is_clause(lo, self.before_agent(subject[0], i))):
                return None
            start, end = phrases.region(self.line, source)
            if not can_speak(self.line.text[start:end]):
                return None
        stop = phrases.frames(self.line, source[1], hi, self.cues, to=True)
        if stop < hi and self.low[stop] not in (
            ",",
            ".",
            ":",
            ";",
            QUOTE,
            "—",
            "–",
            "?",
            "!",
            "in",
            "of",
            "as",
            "after",
            "when",
            "at",
            "about",
            "during",
            "while",
            "who",
            "which",
            "whose",
            "where",
            "because",
            "before",
            "by",
            "published",
            "obtained",
            "released",
            "written",
            "seen",
            "commissioned",
        ):
            return None
        return source, i, stop

    def before_agent(self, at: int, i: int) -> int:
        """Where a subject stops before what was done to it ("The manager, quoted by the daily, says"); else before the comma at its end."""
        return next((j for j in range(at, i - 2) if self.low[j] == "," and self.low[j + 2] == "by" and self.low[j + 1].endswith("ed")), i - 1)

    def postposed(self, i: int, lo: int, hi: int) -> tuple[Shape | None, int, int] | None:
        """ "…, X said": the subject directly after a comma or a quotation, and no content after the verb."""
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
        if self.low[i] in self.cues.impersonal:
            stop = phrases.frames(self.line, i + 1, hi, self.cues)
            return (None, source[0], stop) if self.low[source[0]] == "it" and (stop >= hi or self.low[stop] in (",", ".")) else None
        letters = self.cues.verbs[self.low[i]]
        at = self.listener(i + 1, hi, letters)
        if self.low[i] in _FINDING and at < hi and self.low[at] in ("from", "with") and self.is_clause(lo, source[0] - 1):
            return source, group, at
        stop = phrases.frames(self.line, at, hi, self.cues, to="i" not in letters)
        if stop >= hi or self.low[stop] in (",", ".", ";", "—", "–", "?", "!") or self.low[stop : stop + 3] == ["with", "reference", "to"]:
            return source, group, stop
        if self.low[stop] == ":" and stop + 1 < hi and self.low[stop + 1] == QUOTE:
            return None
        if self.low[stop] in ("when", "as", "after", "while", "during", "in", "at", "before", "because", ":") and self.is_clause(lo, source[0] - 1):
            return source, group, stop
        if self.low[stop].endswith("ed") and stop > at and self.is_clause(lo, source[0] - 1):
            return source, group, stop
        if self.low[source[0] - 1] == QUOTE and "q" in self.cues.verbs[self.low[i]] and self.low[stop] not in ("that", ":"):
            end = next((j for j in range(stop, hi) if self.low[j] in (",", QUOTE) or self.low[j] in _END), hi)
            return source, group, end
        return None

    def quoted_as(self, i: int, group: int, source: Shape, hi: int) -> tuple[Shape | None, int, int] | None:
        """ "…," X was quoted (by Y) as saying."""
        for j in range(i + 1, min(hi - 1, i + 14)):
            if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                stop = phrases.frames(self.line, j + 2, hi, self.cues)
                return (source, group, j + 2) if stop >= hi or self.low[stop] in (",", ".", ";", QUOTE) else None
        return None

    def quotes_somebody(self, i: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """ "OUTLET quoted X as saying …": X is the source; the outlet is found beside the cue by the chain builder."""
        for j in range(i + 2, min(hi - 1, i + 20)):
            if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                source = self.skip_commas(i + 1, j)
                got = self.skip_commas(phrases.frames(self.line, j + 2, hi, self.cues), hi)
                return (source, (j, j + 2), got, 0.9) if source and got else None
        return None

    def quoted_last(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape] | None:
        """ "“…,” OUTLET quoted X as saying.": X and the quotation."""
        subject = phrases.before(self.line, i, lo, self.cues)[0]
        source = self.skip_commas(i + 1, hi - 3)
        left = self.skip_commas(lo, subject[0]) if subject else None
        return (source, left) if source and left and self.low[left[1] - 1] == QUOTE else None

    def passive(self, i: int, group: int, source: Shape | None, lo: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """ "X was quoted by Y as saying …", "is said to …", "it was reported that …"."""
        if self.low[i] in self.cues.quoted:
            for j in range(i + 1, min(hi - 1, i + 14)):
                if self.low[j] == "as" and self.low[j + 1] in _SAYING:
                    start = phrases.frames(self.line, j + 2, hi, self.cues)
                    got = self.skip_commas(start, hi)
                    return (source, (group, j + 2), got, 0.9) if got and source else None
        by = next((j for j in range(i + 1, min(hi - 2, i + 4)) if self.low[j] == "by"), None)
        if by is not None and self.cues.verbs[self.low[i]].strip("o"):
            teller = phrases.after(self.line, by + 1, hi, self.cues)
            stop = next((j for j in range(by + 1, min(hi - 1, by + 14)) if self.low[j] in ("that", "as", "to", "at", ":")), None)
            if teller is not None and stop is not None:
                teller = (teller[0], min(teller[1], stop))
                got = self.skip_commas(stop, hi)
                return (teller, (group, i + 1), got, 0.75) if got and teller[0] < teller[1] and self.body(*got) else None
        if self.low[i] in self.cues.hearsay and i + 2 < hi:
            nxt = self.low[i + 1]
            if nxt == "to" and source is not None and hi - i > 3 and self.low[i + 2] not in _DETERMINER:
                got = self.skip_commas(i + 1, self.content_end(i + 1, hi, i))
                return (None, (group, i + 1), got, 0.6) if got else None
            if nxt == "that" and source is not None and self.low[source[0]] == "it":
                got = self.skip_commas(i + 1, hi)
                return (None, (group, i + 1), got, 0.7) if got else None
        return None

    def noun(self, i: int, lo: int, hi: int) -> tuple[Shape | None, Shape, Shape, float] | None:
        """ "gave the opinion that …", "Cruz's claim that …": a noun that tells, with its owner or the subject of its verb."""
        first = i + 1 if self.low[i + 1] == "that" else i + 2
        got = self.skip_commas(first, self.content_end(first, hi, i))
        if got is None or not self.body(*got) or i - 1 < lo:
            return None
        if self.low[i - 1].endswith(("'s", "’s", "s'", "s’")):
            start = i - 1
            while start > lo and self.line.is_name(start - 1):
                start -= 1
            return (start, i), (i, first), got, 0.6 if first == i + 1 else 0.75
        verb = next((j for j in range(i - 1, max(lo, i - 5), -1) if self.low[j] in _VOICING), None)
        if verb is None:
            return None
        source, group, how = phrases.before(self.line, verb, lo, self.cues)
        return (source, (group, i + 1), got, 0.7) if source and how in ("np", "apposition") else None

    def subject(self, lo: int, i: int) -> Shape | None:
        """The subject that a clause begins with: a name with what stands before it, or an article and its noun."""
        start = lo
        while start < i and self.low[start] in _LEADING:
            start += 1
        if start < i and (self.low[start] in self.cues.prepositions or self.low[start] in _SUBORDINATE or self.low[start].endswith("ing")):
            comma = next((j for j in range(lo, i) if self.low[j] == ","), None)
            if comma is None or comma + 1 >= i:
                return None
            start = comma + 1
        if start >= i:
            return None
        if self.low[start] in _SUBJECT:
            return start, start + 1
        if self.low[start] in self.cues.verbs:
            return None
        j = start
        named = False
        while j < min(i, start + 12):
            w = self.low[j]
            if (
                " " in w
                or w.endswith(("n't", "n’t"))
                or w in (",", ":", ";", QUOTE, "(", "that", "who", "which")
                or w in phrases.AUXILIARY
                or (j > start and (w.endswith("ed") or w in self.cues.verbs) and not self.line.is_name(j))
            ):
                break
            if named and not self.line.is_name(j) and w not in ("of", "the", "al", "bin", "de", "for", "and", "'s", "’s"):
                break
            named = named or (self.line.is_name(j) and j > start) or (self.line.is_name(j) and w not in _DETERMINER)
            j += 1
        while j > start and self.low[j - 1] in ("and", "of", "for", "the"):
            j -= 1
        return (start, j) if j > start and j < i else None

    def speaker_first(self, lo: int, hi: int, quote: int) -> bool:
        if self.low[lo] in ("—", "–", "―", "-", "--"):
            return True
        for i in range(lo + 1, min(hi, lo + 16)):
            if "q" in self.is_cue(i):
                got = self.content_after(i, hi, self.cues.verbs[self.low[i]])
                return self.postposed(i, quote, hi) is not None and (got is None or self.low[got[0]] == QUOTE)
            if self.low[i] == QUOTE:
                return False
        return False

    def joined(self) -> list[Shape]:
        """The sentences, a quotation that ends in its own stop joined to the speaker after it ("“Why?” she asked.")."""
        out: list[Shape] = []
        for lo, hi in [part for whole in self.line.sentences for part in self.parted(*whole)]:
            if out and self.low[out[-1][1] - 1] == QUOTE and self.speaker_first(lo, hi, out[-1][1] - 1):
                out[-1] = (out[-1][0], hi)
            else:
                out.append((lo, hi))
        return out

    def parted(self, lo: int, hi: int) -> list[Shape]:
        """A sentence at its semicolons, where what stands left of one has a speaker of its own."""
        out = []
        for i in range(lo + 3, hi - 3):
            if self.low[i] == ";" and self.has_cue(lo, i):
                out.append((lo, i + 1))
                lo = i + 1
        return [*out, (lo, hi)]

    def signed(self, lo: int, hi: int, outer: int | None) -> bool:
        """ "“…” — Ana Cruz": a quotation signed with a name."""
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
            if "q" in self.is_cue(i) or (i == lo and "q" in self.cues.verbs.get(self.low[i], "")):
                source, group, _ = phrases.before(self.line, i, lo, self.cues)
                source = source or self.subject(lo, i)
                return Announced(phrases.region(self.line, source), phrases.region(self.line, (group, i + 1))) if source else None
        return None

    def as_told(self, i: int, lo: int, hi: int) -> int:
        """How many tokens of "as was stated in", "as reported by" begin at ``i``."""
        if self.low[i] != "as" or (i > lo and self.low[i - 1] != ","):
            return 0
        j = i + 1
        while j < hi and self.low[j] in ("was", "is", "has", "had", "been", "were", "earlier", "previously"):
            j += 1
        if (
            j + 1 < hi
            and self.low[j] in self.cues.verbs
            and self.low[j].endswith(("ed", "en", "id", "own", "out", "old"))
            and self.low[j + 1] in ("by", "in", "at")
        ):
            return j + 2 - i
        return 0

    def owned(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape] | None:
        """ "in her view", "by the council's own count", "on the brewery's figures": whose it is, and the noun; at the head of a range or behind a comma."""
        going = self.low[i] in _GOING and i + 1 < hi and self.low[i + 1] == "by"
        nouns = _OWNED.get("by" if going else self.low[i])
        if nouns is None or not (i == lo or self.low[i - 1] in (",", QUOTE)):
            return None
        first = i + 1 + going
        whose = next((j for j in range(first, min(hi - 1, first + 8)) if self.low[j] in _OWNING or self.low[j].endswith(("'s", "’s", "s'", "s’"))), hi)
        if whose >= hi - 1 or (self.low[whose] in _OWNING and whose != first) or any(self.low[j] in (",", QUOTE, ";") for j in range(first, whose)):
            return None
        noun = whose + 1 + (self.low[whose + 1] in _OWN)
        if noun >= hi or self.low[noun] not in nouns:
            return None
        if noun + 2 < hi and self.low[noun + 1] == "," and self.is_cue(noun + 2):  # "in her view, said the keeper, …"
            return None
        closed = noun + 1 >= hi or self.low[noun + 1] in (",", ";", ":", QUOTE) or self.low[noun + 1] in _END
        opens = i == lo and (closed or self.low[noun + 1] in _DETERMINER | _SUBJECT | _NUMBER or self.line.is_name(noun + 1))
        return ((first, whose + 1), (whose + 1, noun + 1)) if closed or opens else None

    def citing_subject(self, i: int, lo: int, hi: int) -> tuple[Shape, Shape] | None:
        """ "The Post, citing two bankers, put the price at …": the subject before and the predicate after."""
        head = range(lo, i - 1)
        if (
            i - 1 <= lo
            or self.low[i - 1] != ","
            or len(head) > 8
            or any(self.low[j] in phrases.AUXILIARY or self.low[j] in self.cues.verbs for j in head)
        ):
            return None
        comma = next((j for j in range(i + 1, hi) if self.low[j] == ","), None)
        rest = self.skip_commas(comma, hi) if comma is not None else None
        return ((lo, i - 1), rest) if rest and self.body(*rest) else None

    def cited(self, i: int, n: int, lo: int, hi: int) -> bool:
        """True where what is cited can be a source and is no reason ("citing weak demand")."""
        source = phrases.after(self.line, i + n, hi, self.cues)
        if source is None:
            return False
        start, end = phrases.region(self.line, source)
        return can_speak(self.line.text[start:end])

    def reporting_before(self, i: int, lo: int) -> bool:
        """True where a reporting verb stands just before ("reported, citing"): the verb is the cue."""
        letters = ((j, found) for j in range(lo, i) if (found := self.is_cue(j)))
        return any(found.strip("aonfipwvdu") or ("n" in found and self.content_after(j, min(i, j + _NEAR), "n") is not None) for j, found in letters)
