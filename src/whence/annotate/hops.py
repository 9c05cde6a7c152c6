"""The words around a cue that name the outlets by way of which it was heard, and whom a source cites."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .. import expressions as re
from ..text import fold, trim
from ..types import Heard, Region
from .hops_patterns import patterns
from .introduced import NAME
from .mentions import Mention, describe
from .occasions import spoke_after, spoke_before
from .parties import Cast, Member
from .relayed import hears_in_clause, passes_on
from .resting import CREDITING, CREDITING_NEEDS
from .searching import plain
from .speaking import can_speak

__all__ = ["Chain", "Frames"]

Chain = tuple[Member, ...]
_QUOTED = re.compile(r"\bquoted as (?:saying|telling|stating|warning)\b(?! by\b)")
_ANSWERS = re.compile(r"declin|refus|confirm|den(?:y|ie)|disput|acknowledg|admit", re.IGNORECASE)
_AGAIN = re.compile(r"(?:so|as much|the same|this) to ")
_ANSWERED = re.compile(r"^(?:[\w’'\-]+ ){0,4}to (?:the )?$")
_CITES_WHAT = re.compile(r"(?:has |had |also )*(?:cited|cites|citing)")
_NEWSROOM = re.compile(r"\b(?:citing|quoting|quoted|reported|reports)\b")
_ELSEWHERE = re.compile(
    r"\b(?:on (?:\w+ )?(?:television|radio|TV|Facebook|Twitter|Telegram|Instagram|X)\b|(?:told|informed|assured|addressing) (?:\w+ )?"
    r"(?:reporters|journalists|parliament|lawmakers|deputies|senators|MPs|peers|councillors|jurors|mourners|supporters|worshippers|shareholders|investors|analysts|students)"
    r"|(?:in|at|during|to) (?:a|an|the) (?:\w+ ){0,2}(?:speech|news conference|press conference|briefing|rally|hearing|tweet|post|address)\b)"
)
_THE_PAPER = re.compile(r"(?:[Tt]he|[Tt]hat|[Tt]his)(?: same)? (\w+)")
_BEFORE = 700
"""Characters back in which a paper may have been spoken of first."""
_BESIDE = frozenset({", citing", ", quoting"})
_WHOM = re.compile(r",? (?:(?:parts|details|copies|extracts|excerpts) of |with |of )?(?:whom|which|that) (?:the )?")
_HEARD_IT = re.compile(r"\s+(?:(?:has|had|also|later|first) )*(?!said|says|told|is|was|has|had)[a-z]+(?:ed|d|w|t|ke|oke|ran)\b(?: to| with)?")
"""Behind an outlet's name in a relative clause: "whom the Courier interviewed", "which Reuters obtained"."""
_WAS_TOLD = re.compile(r"\s+(?:was|were|is|has been|had been) (?:\w+ly )?(?:told|informed|assured|given to understand)\b")
_CARRIED = re.compile(
    r"(?:has |had |later |also )*(?:carried|published|ran|aired|broadcast|printed|released|posted|obtained|showed|relayed|distributed) [^.;:“”\"]{3,60}?"
    r"(?:in which|where|wherein|showing|of)$"
)
"""Between an outlet and the speaker: "Reuters published a letter in which | the minister said"."""
_DIRECTLY_TO = re.compile(rf"\s(?:to|with|for) (?:the )?({NAME})(?=\s*(?:[,.;:]|$|\s(?:that|on|in)\b))")
_OF_CONTENT = re.compile(r",? which (?:was|were|had been|has been)\b")
_LONGEST = 1500  # characters to either side of a cue within which its sentence is looked at
_HEARING = re.compile(r"\b(?:tell|told|write|inform|by|to|with|for|in|on)", re.IGNORECASE)  # stands wherever somebody spoke to an outlet
_JOURNALIST = re.compile(
    r"(?<!former )(?<!onetime )(?<!retired )(?<!ex-)\b(?:columnist|correspondent|reporter|journalist|editor|commentator|critic)\b"
    r"[^.;:“”\"\n]{0,40}?,? (?:of|at|from|with|for) (?:the )?$"
)
_APART = re.compile(r"\b(?:whose|once|formerly|used to)\b")
"""What stands in a speaker's description before what others have to do with an outlet, or he had at another time."""
_CITED_PHRASE = re.compile(rf"\b{CREDITING}\s[^,;:]{{3,}}$", needs=CREDITING_NEEDS)
_CREDITING_HERE = re.compile(rf"\b{CREDITING}\s", needs=CREDITING_NEEDS)
_IN_WHICH = ("in which ", "where ")
_HOLDS = re.compile(
    r"(?:^|(?<=[.!?”\"] )|(?<=\n))(?P<who>[^,.;:“”\"\n]{2,60}?) (?:has |had |also |later )*"
    r"(?:reproduces?|quotes?|cites?|includes?|contains?|recounts?|mentions?|attache[sd]|reproduced|quoted|cited|included|contained|recounted"
    r"|bases? [^,.;:“”\"\n]{3,30} on|based [^,.;:“”\"\n]{3,30} on) (?:an?|the|minutes|notes|records|emails)\b[^.;:“”\"\n]{0,60}?,? (?:in which|where) $"
)
"""Before a speaker: whose words hold what he said: "The indictment reproduces an email in which"."""
_IS_CREDIT = re.compile(r"citing|quoting", re.IGNORECASE)
_BEGINS = re.compile(r"(?:(?:the|another|a|its|[\w’'\-]+) ){0,3}(?:[\w’'\-]+, )?(?:the )?", re.IGNORECASE)
_QUOTER = re.compile(r"(?P<whom>[^,.;:“”\"]{2,60}?) (?:has |had |also |later )*(?:quoted|quotes) ")
_QUOTES = ("quoted ", "cited ", "quotes ", "cites ", "spoke to ")
_VERB = 12
"""Characters before a source in which one of these ends."""
_ARTICLES = frozenset({"La", "Le", "El", "Il", "Der", "Die", "Das", "De", "O", "Les", "Los"})


class Frames:
    """Looks at the words around a cue that are neither source nor content."""

    def __init__(self, text: str, sentences: Sequence[Region], cast: Cast, heard: Sequence[Heard]) -> None:
        self.text = text
        self.all = heard
        self.frames: dict[Heard, list[Region]] = {}
        self.cues = sorted((h.cue[0], h.source or (0, 0)) for h in heard if h.cue)
        self.sentences = sentences
        self.starts = [s[0] for s in sentences]
        self.cast = cast

    def sentence(self, h: Heard) -> Region:
        """The sentence a cue stands in; of one that never ends, what is near the cue."""
        at = h.cue or h.source or (0, 0)
        i = max(0, bisect_right(self.starts, at[0]) - 1)
        lo, hi = self.sentences[i] if i < len(self.sentences) else at
        return max(lo, at[0] - _LONGEST), min(hi, at[1] + _LONGEST)

    def frame(self, h: Heard) -> list[Region]:
        """The words of the sentences around a cue that are neither source nor content."""
        if h not in self.frames:
            self.frames[h] = self._frame(h)
        return self.frames[h]

    def _frame(self, h: Heard) -> list[Region]:
        at = h.cue or h.source
        if at is None:
            return []
        lo, hi = self.sentence(h)
        hi = max(hi, at[1])
        if h.inside is not None and h.inside < len(self.all):
            for a, b in self.all[h.inside].content:
                if a <= at[0] < b:
                    lo, hi = max(lo, a), max(min(hi, b), at[1])
        mine = sorted([at, *h.content, *([h.source] if h.source else [])])
        lo = max(lo, self.text.rfind("; ", lo, mine[0][0]) + 1)
        parted = self.text.find("; ", mine[-1][1], hi)
        hi = hi if parted < 0 else parted
        cut = sorted([*h.content, *([h.source] if h.source else [])])
        out, start = [], lo
        for a, b in cut:
            if a > start:
                out.append((start, min(a, hi)))
            start = max(start, b)
        if start < hi:
            out.append((start, hi))
        return [r for r in out if r[0] < r[1]]

    def governs(self, h: Heard, at: int, start: int) -> bool:
        """True where no other speaker's cue stands between this one and an offset of the sentence."""
        if h.source is not None and h.source[0] <= at < h.source[1]:
            return _APART.search(self.text, h.source[0], at) is None
        i = bisect_right(self.cues, (at, (1 << 60, 0))) - 1
        return i < 0 or self.cues[i][0] < start or h.cue is None or self.cues[i][0] == h.cue[0] or self.cues[i][1] == h.source

    def governed(self, h: Heard, lo: int, hi: int) -> Region:
        """The part of a stretch that no other speaker's cue divides from this one."""
        if h.cue is None:
            return lo, hi
        for start, source in self.cues[bisect_right(self.cues, (lo, (-1, 0))) :]:
            if start >= hi:
                break
            if source != h.source and start != h.cue[0]:
                if start > h.cue[0]:
                    return lo, start
                lo = min(hi, h.cue[0])
        return lo, hi

    def by_relative(self, h: Heard, at: int, lead: str) -> bool:
        """True where an outlet at an offset opens a relative clause of the source: "the clerk, whom | Reuters reached", "a memo that | the Post saw"."""
        return lead.endswith((" whom ", " whom the ")) or (h.source is not None and _WHOM.fullmatch(self.text, h.source[1], at) is not None)

    def clause_end(self, h: Heard, lo: int, hi: int) -> int:
        """Where the words of credit stop before the next clause with a speaker of its own: at a semicolon behind the cue."""
        parted = self.text.find("; ", max(lo, h.cue[1] if h.cue else lo), hi)
        return hi if parted < 0 else parted

    def reports(self, h: Heard) -> bool:
        """True where the words around a cue are a newsroom's: "it said, citing", "it quoted X as saying"."""
        if h.cue is not None and h.content and 0 <= h.content[0][0] - h.cue[1] <= 1 and _CITES_WHAT.fullmatch(self.text, *h.cue):
            return can_speak(self.text[slice(*h.content[0])])  # "it cited weak demand" may be anybody
        return any(_NEWSROOM.search(self.text, lo, hi) for lo, hi in self.frame(h))

    def elsewhere(self, h: Heard) -> bool:
        """True where the words around a cue say that somebody spoke before others: "told parliament", "on state television"."""
        return any(_ELSEWHERE.search(self.text, lo, hi) or self.to_own(lo, hi) for lo, hi in self.frame(h))

    def to_own(self, lo: int, hi: int) -> bool:
        """True where the words say that somebody spoke to the report's own outlet: "told the Post" in the Post, "told this newspaper"."""
        piece = self.text[lo:hi]
        if _HEARING.search(piece) is None:
            return False
        p = patterns()
        return any(self.cast.is_own(f"the {m.group(1)}") for m in p.hearer.finditer(piece)) or p.ours.search(piece) is not None

    def hops(self, h: Heard) -> Chain:
        """The outlets that the speaker spoke to or was quoted by, own outlet left out."""
        p = patterns()
        out: list[Member] = []
        inside = [(h.source[0] + 4, h.source[1])] if h.source and h.source[1] - h.source[0] > 16 else []
        for lo, hi in [*self.frame(h), *inside]:
            for (a, b), found in self.cast.outlets_in((lo, hi)):
                if not self.governs(h, a, self.sentence(h)[0]):
                    continue
                lead = self.text[max(0, a - 90, lo if (lo, hi) in inside else 0) : a]
                if (h.content and _OF_CONTENT.match(self.text, h.content[-1][1], a)) or _CITED_PHRASE.search(lead):
                    continue
                if (
                    p.to.search(lead)
                    or p.cites.match(self.text[b : b + 20])
                    or _WAS_TOLD.match(self.text, b, hi)
                    or (h.cue is not None and self.text[b : h.cue[1]] in _BESIDE)
                    or hears_in_clause(self.text, lo, (a, b), hi)
                    or (self.by_relative(h, a, lead) and _HEARD_IT.match(self.text, b, hi))
                    or _JOURNALIST.search(lead)
                    or (h.source is not None and b < h.source[0] and _CARRIED.fullmatch(self.text[b : h.source[0]].strip()))
                ) and not self.cast.is_own(self.text[a:b]):
                    outlet = self.cast.outlet(found, self.text[a:b], a)
                    out.insert(0 if passes_on(self.text, lo, (a, b), hi) else len(out), outlet)
            lo, hi = self.governed(h, lo, hi)
            credits = _CREDITING_HERE.search(self.text, lo, hi)
            hi = credits.start() if credits is not None else hi
            piece = self.text[lo:hi]
            if not piece:
                continue
            quotes = "quot" in piece or "cite" in piece
            if quotes and (m := p.quotes_it.search(piece)) is not None and (known := self.cast.last_outlet(lo + m.start(1))) is not None:
                out.append(known)
            elif quotes and not out and (m := p.quoter.search(piece)) is not None:
                a, b = trim(self.text, (lo + m.start(1), lo + m.end(1)))
                out.append(self._unknown(a, b, ""))
            if _HEARING.search(piece) is None:
                continue
            low = plain(self.text, lo, hi)
            hears = p.hears.search(low) is not None
            if not out and (hears or p.to_it.search(piece)) and (m := p.back.search(piece)) is not None:
                member = self.cast.last_outlet(lo + m.start(), noun=m.group(2).split()[-1]) if m.group(1) in ("the", "its") else None
                if member is not None:
                    out.append(member)
            elif not out and hears and (m := p.unknown.search(piece)) is not None:
                a, b = trim(self.text, (lo + m.start(2), lo + m.end(2)))
                out.append(self._unknown(a, b, m.group(3)))
            elif not out and hears and (m := p.apposed.search(piece) or p.named.search(piece)) is not None:
                a, b = trim(self.text, (lo + m.start(1), lo + m.end(1)))
                out.append(self._unknown(a, b, ""))
            elif (bare := self._named_after(h, lo, hi, hears)) is not None and (known := self._hearer(*bare)) is not None:
                out.append(known)
        quotes = h.source is not None and self.text[max(0, h.source[0] - _VERB) : h.source[0]].rstrip("\n").endswith(_QUOTES)
        if not out and quotes and h.source is not None and (m := p.subject_quotes.search(self.text, self.sentence(h)[0], h.source[0])) is not None:
            named = self.cast.outlets_in((self.sentence(h)[0], h.source[0]))
            noun = m.group(1).split()[-1].lower()
            known = self.cast.outlet(named[-1][1], self.text[slice(*named[-1][0])], named[-1][0][0]) if named else None
            if known is None and (noun == "it" or noun in self.cast.words.outlet_nouns | self.cast.words.agency_nouns):
                known = self.cast.last_outlet(m.start(1), noun=noun)
            if (
                known is None
                and (quoter := _QUOTER.fullmatch(self.text, self.sentence(h)[0], h.source[0])) is not None
                and can_speak(quoter.group("whom"))
            ):
                known = self.cast.resolve(quoter.span("whom"))[1]
            out += [known] if known is not None else []
        if (
            not out
            and h.inside is None
            and h.source is not None
            and self.text[max(0, h.source[0] - _VERB) : h.source[0]].endswith(_IN_WHICH)
            and (paper := _HOLDS.search(self.text, self.sentence(h)[0], h.source[0])) is not None
        ):
            known = self.cast.resolve(paper.span("who"), reporting=True)[1]
            out += [*known.via, known] if known.kind in ("document", "outlet", "agency") else []
        if not out and h.cue is not None:
            out += self._hearer_inside(h)
            if not out and _QUOTED.search(self.text, max(0, h.cue[0] - 4), h.cue[1]) and h.inside is None:
                start = self.text.rfind("\n", 0, h.cue[0]) + 1
                known = self.cast.last_outlet(h.cue[0], since=start)
                out += [known] if known is not None else []
        if not out and h.cue is not None and h.content and _IS_CREDIT.fullmatch(self.text, *h.cue):
            out += self._credits_from(h.content[0])
        if not out and h.inside is None and h.source is not None:
            out += self._heard_beside(h, h.source)
        return tuple(dict.fromkeys(x for x in out if not x.own and not self.cast.is_own(x.name)))

    def _credits_from(self, content: Region) -> list[Member]:
        """The outlet that a content begins with, where what it says is credited behind: "AFP put the toll at 40, quoting …"."""
        return [
            self.cast.outlet(found, self.text[a:b], a)
            for (a, b), found in self.cast.outlets_in(content)
            if _BEGINS.fullmatch(self.text, content[0], a) and not self.cast.is_own(self.text[a:b])
        ][:1]

    def _heard_beside(self, h: Heard, source: Region) -> list[Member]:
        """The outlet that the sentence behind, or the one before, says heard it, where that sentence says nothing else."""
        at = (h.cue or source)[0]
        i = max(0, bisect_right(self.starts, at) - 1)
        for j in (i + 1, i - 1):
            if not 0 <= j < len(self.sentences) or "\n" in self.text[slice(*sorted((self.sentences[j][j < i], self.starts[max(i, j)])))]:
                continue
            sentence = self.sentences[j]
            start = spoke_after(self.text, sentence) if j > i else spoke_before(self.text, sentence, source)
            if start is None or self.speaks_in(sentence):
                continue
            named = [
                self.cast.outlet(found, self.text[a:b], a)
                for (a, b), found in self.cast.outlets_in((start, sentence[1]))
                if patterns().to.search(self.text[max(start - 30, sentence[0]) : a]) or hears_in_clause(self.text, sentence[0], (a, b), sentence[1])
            ]
            if named:
                return named[:1]
        return []

    def speaks_in(self, sentence: Region) -> bool:
        """True where somebody's cue stands in a sentence."""
        i = bisect_right(self.cues, (sentence[0], (-1, 0)))
        return i < len(self.cues) and self.cues[i][0] < sentence[1] and self.cues[i][1] != (0, 0)

    def _named_after(self, h: Heard, lo: int, hi: int, hears: bool) -> tuple[str, int] | None:
        """A bare name, and its place, where somebody spoke to it: "told Vesnik"; with any verb directly behind the cue: "explained to Vesnik"."""
        if hears and (m := patterns().hearer.search(self.text[lo:hi])) is not None:
            name, owned = m.group(1), self.text[lo + m.start() : lo + m.start(1)].rstrip().endswith(("'s", "’s"))
            somebody = owned and " " in name and name.split()[0] not in _ARTICLES  # "told Germany's Vera Lund"
            return None if somebody else (name, lo + m.start(1))
        m = _DIRECTLY_TO.match(self.text, h.cue[1], hi) if h.cue is not None and lo <= h.cue[1] < hi else None
        return None if m is None else (m.group(1), m.start(1))

    def handed(self, h: Heard) -> Chain:
        """The outlets that had the paper which "the memo" points back to: "a memo obtained by Reuters"."""
        if h.source is None or (named := _THE_PAPER.fullmatch(self.text, *h.source)) is None:
            return ()
        first = re.compile(
            rf"\b(?:an?|the|its|his|her|their|[\w]+['’]s) (?:[\w’'\-]+ ){{0,4}}?{re.escape(named.group(1))}\b(?P<rest>[^.;“”\n]{{0,90}})"
        )
        out: list[Member] = []
        for m in first.finditer(self.text, max(0, h.source[0] - _BEFORE), h.source[0]):
            for (a, b), found in self.cast.outlets_in(m.span("rest")):
                if patterns().to.search(self.text[m.start("rest") : a]) and not self.cast.is_own(self.text[a:b]):
                    out.append(self.cast.outlet(found, self.text[a:b], a))
        return tuple(x for x in out[:1] if not x.own)

    def _hearer_inside(self, h: Heard) -> list[Member]:
        """The outlet to which somebody answered, inside the content of a short answer: "confirmed the sale to Reuters"."""
        if h.cue is None or not h.content or not (_ANSWERS.search(self.text, *h.cue) or _AGAIN.match(self.text, h.content[0][0])):
            return []
        start, end = h.content[0]
        if h.cue[1] < start and self.text[h.cue[1] - 3 : start].rstrip() == " to":
            start = h.cue[1] - 2
        named = [
            self.cast.outlet(found, self.text[a:b], a)
            for (a, b), found in self.cast.outlets_in((start, end))
            if _ANSWERED.match(self.text[start:a]) and not self.cast.is_own(self.text[a:b])
        ]
        back = None if named else patterns().back.search(self.text, start, end)
        if back is not None and _ANSWERED.match(self.text[start : back.start(1)]) and back.group(1) == "the":
            known = self.cast.last_outlet(back.start(), noun=back.group(2).split()[-1])
            named = [known] if known is not None else []
        return named

    def _hearer(self, name: str, at: int) -> Member | None:
        """The outlet that a bare name after "told" is: one met before, or a name that is nobody else in the text."""
        if self.cast.outlets_in((at, at + len(name))):
            return None  # "told Norwegian TV2": the outlet in it is heard already
        m = Mention("outlet", name, name)
        known = self.cast._same(m, at)
        if known is not None:
            return None if known.own else known
        if name.split()[0] in _ARTICLES and len(name.split()) > 1:
            return self._unknown(at, at + len(name), "")
        described = describe(name)
        nobody = described.kind in ("person", "outlet", "agency") or described.name == name
        last = fold(name.split()[-1])
        if (
            not nobody
            or len(name) < 3
            or fold(self.cast.names.get(last, (0, name))[1]) != fold(name)
            or name in self.cast.words.known
            or name in self.cast.words.places
            or name.split()[-1].lower() in self.cast.words.body_nouns | self.cast.words.one
        ):
            return None
        if any(last in fold(x.name).split() for x in self.cast.members if x.kind in ("person", "organisation")):
            return None
        return self._unknown(at, at + len(name), "")

    def _unknown(self, a: int, b: int, noun: str) -> Member:
        name = self.text[a:b]
        m = Mention("agency" if "agency" in noun or "service" in noun else "outlet", name, name)
        member = self.cast._same(m, a) or self.cast._add(m, a)
        self.cast.told.append((a, member))
        return member
