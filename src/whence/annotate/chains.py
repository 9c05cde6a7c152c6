"""From spans to chains: who had it from whom, from the report's own outlet outwards.

Takes what either front end found (rules or model). Everything between a cue and its content that names an outlet is looked at here:
"told OUTLET", "in an interview with OUTLET", "was quoted by OUTLET as saying", "reported, citing NP".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ..text import fold, overlap, span, trim
from ..types import Attribution, Heard, PartyId, Region, SpeechKind
from .mentions import Mention, can_speak, describe
from .parties import Cast, Member
from .quotes import Quote

__all__ = ["Chain", "build"]

Chain = tuple[Member, ...]
_TO = re.compile(
    r"(?:\b(?:told|telling|tells|informed|interview(?:ed)? (?:with|to|by|for|published (?:by|in)|on)|(?:speaking|spoke|talking|talked|speak) (?:to|with|on)|(?:comments?|remarks?|statements?|emails?|e-mails?|letter|note|message|said) "
    r"(?:\w+ )?(?:to|on|carried by|published (?:by|in))|(?:quoted|cited|carried|reported|published|broadcast|aired|interviewed|obtained|seen|reviewed) (?:\w+ )?(?:by|on|in)|as (?:cited|quoted|reported) by|said (?:on|in)|wrote (?:on|in|for)|writing (?:in|for)|appear(?:ed|ing) on|(?<!according )to))"
    r"\s+(?:(?:[a-z][\w’'\-]*|[A-Z][\w\-]*(?:['’]s?|n|an|ian|ese|ish|i)),?\s+){0,5}$"
)
_BACK = re.compile(
    r"\b(?:told|telling|tells|interview with|interview to|speaking to|quoted by|cited by|spoke to|comments to|statement to)\s+(the|this|its|our)\s+(?:same\s+)?((?:[a-z]+ )?(?:newspaper|paper|daily|agency|newswire|broadcaster|channel|station|network|magazine|website|weekly|tabloid|radio|portal|outlet|publication|news agency|news service|news site))\b"
)
_UNKNOWN = re.compile(
    r"\b(?:told|telling|tells|interview with|interview to|speaking to|quoted by|cited by|reported by|spoke to|spoke with|comments to|statement to)\s+((?:the\s+)?(?:[a-z][\w\-]*\s+|[A-Z][\w\-]*(?:['’]s)\s+|[A-Z][a-z]+(?:n|ese|ish|i)\s+){0,3}?)"
    r"((?:[A-Z][\w\-]*\s+){1,4}?)(newspaper|paper|daily|news agency|news service|television|TV|radio|channel|magazine|website|news site|weekly|broadcaster|agency|station|network|portal|news outlet|tabloid)\b"
)
_NAMED = re.compile(
    r"\b(?:told|telling|tells|interview with|interview to|speaking to|quoted by|cited by|reported by|spoke to|spoke with|comments to|statement to)\s+(?:the\s+|The\s+)?((?:[A-Z][\w\-’']*\s+){0,4}"
    r"(?:Times|Post|Herald|Tribune|Gazette|Chronicle|Daily|Journal|News|Telegraph|Observer|Courier|Radio|TV|Television|FM|Broadcasting|Online|Magazine|Weekly|Dispatch|Inquirer|Examiner|Sentinel|Ledger|Agency|24))\b"
)
_QUOTES_IT = re.compile(
    r"(?:^|\W)([Ii]t|[Tt]he (?:newspaper|paper|daily|agency|broadcaster|channel|station|magazine|website|network))\s+(?:has |had |also )*(?:quoted|cited|quotes|cites)\s"
)
_HEARER = re.compile(
    r"\b(?:told|telling|interview with|interview to|speaking to|spoke to|spoke with)\s+(?:the\s+|The\s+)?((?:[A-Z][\w\-]*)(?:\s+(?:(?:do|de|du|la|le|el|al|di|da)\s+)?[A-Z][\w\-]*){0,4})(?=\s*(?:[,.;:]|$|\s(?:that|in|on|after|during|by|the|it|he|she|they)\b))"
)
_CITING = re.compile(r"\b(?:citing|quoting|cited|quoted|quotes|cites|on the authority of|attributing (?:it|this|that|the \w+) to|crediting)\s+")
_WHICH_CITES = re.compile(
    r"\s*,?\s*(?:which|who)\s+(?:(?:in turn|itself|had|has|also)\s+)*(?:cited|cites|quoted|quotes|credited|credits|(?:spoken|spoke|talked) (?:to|with)|(?:had|has|got|heard|learned|learnt|received|obtained) (?:it|this|that|the \w+|its \w+) from|the \w+ from|attributed (?:it|this|that) to|had it from)\s+"
)
_CITES = re.compile(r"^\s*(?:also |has |had )?(?:quoted|cited|quotes|cites)\s")
_CITED_END = re.compile(r"[,;.:]| as saying| as telling| who | which | that | on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| for ")
_NEAR = 0


class _Builder:
    """Holds one report while its chains are built."""

    def __init__(self, text: str, sentences: Sequence[Region], cast: Cast, heard: Sequence[Heard], credit: Chain) -> None:
        self.text = text
        self.sentences = sentences
        self.starts = [s[0] for s in sentences]
        self.cast = cast
        self.heard = heard
        self.base: Chain = (cast.own, *credit)
        self.chains: dict[int, Chain] = {}
        self.source: dict[int, tuple[Chain, Member]] = {}
        self.paragraph: dict[int, int] = {}
        self.last_seen: dict[int, int] = {}

    def order(self, i: int) -> int:
        """Where an attribution's words of credit stand: its source, else its cue, else its content."""
        h = self.heard[i]
        return (h.source or h.cue or (h.content[0] if h.content else (0, 0)))[0]

    def frame(self, h: Heard) -> list[Region]:
        """The words of the sentences around a cue that are neither source nor content."""
        at = h.cue or h.source
        if at is None:
            return []
        i = max(0, bisect_right(self.starts, at[0]) - 1)
        lo, hi = (self.sentences[i][0], self.sentences[i][1]) if i < len(self.sentences) else at
        hi = max(hi, at[1])
        cut = sorted([*h.content, *([h.source] if h.source else [])])
        out, start = [], lo
        for a, b in cut:
            if a > start:
                out.append((start, min(a, hi)))
            start = max(start, b)
        if start < hi:
            out.append((start, hi))
        return [r for r in out if r[0] < r[1]]

    def hops(self, h: Heard) -> Chain:
        """The outlets that the speaker spoke to or was quoted by, own outlet left out."""
        out: list[Member] = []
        inside = [(h.source[0] + 4, h.source[1])] if h.source and h.source[1] - h.source[0] > 16 else []
        for lo, hi in [*self.frame(h), *inside]:
            for (a, b), found in self.cast.outlets_in((lo, hi)):
                lead = self.text[max(0, a - 90, lo if (lo, hi) in inside else 0) : a]
                if _TO.search(lead) or _CITES.match(self.text[b : b + 20]):
                    if not self.cast.is_own(self.text[a:b]):
                        out.append(self.cast.outlet(found, self.text[a:b], a))
            piece = self.text[lo:hi]
            if (m := _QUOTES_IT.search(piece)) is not None and (known := self.cast.last_outlet(lo + m.start(1))) is not None:
                out.append(known)
            if (m := _BACK.search(piece)) is not None:
                member = self.cast.last_outlet(lo + m.start()) if m.group(1) in ("the", "its") else None
                if member is not None:
                    out.append(member)
            elif (m := _UNKNOWN.search(piece)) is not None or (m := _NAMED.search(piece)) is not None:
                group = 2 if m.re is _UNKNOWN else 1
                a, b = trim(self.text, (lo + m.start(group), lo + m.end(group)))
                out.append(self._unknown(a, b, m.group(3) if m.re is _UNKNOWN else ""))
            elif (m := _HEARER.search(piece)) is not None and (known := self._hearer(m.group(1), lo + m.start(1))) is not None:
                out.append(known)
        return tuple(dict.fromkeys(x for x in out if not x.own and not self.cast.is_own(x.name)))

    def _hearer(self, name: str, at: int) -> Member | None:
        """The outlet that a bare name after "told" is: one met before, or a name that is nobody else in the text."""
        m = Mention("outlet", name, name)
        known = self.cast._same(m, at)
        if known is not None:
            return None if known.own else known
        described = describe(name)
        nobody = described.kind == "person" or described.name == name
        last = fold(name.split()[-1])
        if (
            not nobody
            or last in self.cast.names
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

    def cited(self, h: Heard) -> list[tuple[Chain, Member]]:
        """Whom a source cites in the same breath ("reported, citing a Kazakh official"), and whom that one cites in turn."""
        out: list[tuple[Chain, Member]] = []
        if h.cue is None:
            return out
        for lo, hi in self.frame(h):
            if hi <= h.cue[0]:
                continue
            m = _CITING.search(self.text, lo, hi) or _WHICH_CITES.match(self.text, max(lo, h.source[1] if h.source else lo), hi)
            while m is not None:
                stop = _CITED_END.search(self.text, m.end(), hi)
                region = trim(self.text, (m.end(), stop.start() if stop else hi))
                if region[0] >= region[1] or not can_speak(self.text[slice(*region)]):
                    break
                out.append(self.cast.resolve(region))
                m = _WHICH_CITES.match(self.text, region[1], hi)
            if out:
                break
        return out

    def chain(self, i: int) -> Chain:
        """The chain of one attribution; that of what it stands in comes first."""
        if i in self.chains:
            return self.chains[i]
        h = self.heard[i]
        self.chains[i] = self.base
        outer = self.chain(h.inside) if h.inside is not None and h.inside != i else self.base
        if i not in self.source:
            self.chains[i] = outer
            return outer
        before, member = self.source[i]
        links = list(outer)
        if member.kind in ("outlet", "agency"):
            links += [*before, member]
        else:
            hops = (*before, *self.hops(h))
            links += [*(hops or self.carried(i, member, h)), member]
            if hops:
                member.via = tuple(x for x in hops if not x.own)
        for earlier, cited in self.cited_by.get(i, ()):
            known = tuple(x for x in links[len(outer) :] if x.kind in ("outlet", "agency") and not x.own)
            links += [*earlier, cited]
            cited.via = cited.via or known
        self.last_seen[member.number] = self.order(i)
        self.chains[i] = _clean(links)
        return self.chains[i]

    def carried(self, i: int, member: Member, h: Heard) -> Chain:
        """The outlets by way of which this party was heard just before."""
        if not member.via or h.inside is not None:
            return ()
        if member.kind in ("unnamed", "document"):
            return member.via
        last = self.last_seen.get(member.number)
        here = self.order(i)
        return member.via if last is not None and last <= here and self.text.count("\n", last, here) <= _NEAR else ()

    def run(self) -> None:
        order = sorted(range(len(self.heard)), key=lambda i: (self.order(i), i))
        self.cited_by: dict[int, list[tuple[Chain, Member]]] = {}
        for i in order:
            h = self.heard[i]
            if h.source is None:
                continue
            self.source[i] = self.cast.resolve(h.source)
            if got := self.cited(h):
                self.cited_by[i] = got
        for i in order:
            self.chain(i)


def _clean(links: Sequence[Member]) -> Chain:
    """A chain without a party twice; the own outlet stands at its head alone."""
    return tuple(dict.fromkeys(links))


def speech_kind(text: str, content: Sequence[Region], quotes: Sequence[Quote]) -> SpeechKind:
    """Direct where all words of a content stand in quotation marks, mixed where some do."""
    spans = [(q.start, q.end) for q in quotes if not q.single or q.end - q.start > 12]
    inside = 0
    bare = False
    for a, b in content:
        held = sum(overlap((a, b), s) for s in spans)
        inside += held
        edges = [x for s in spans if (x := (max(a, s[0]), min(b, s[1])))[0] < x[1]]
        at, outside = a, []
        for start, end in [*edges, (b, b)]:
            outside.append(text[at:start])
            at = max(at, end)
        bare = bare or bool(set(re.findall(r"\w+", " ".join(outside).lower())) - {"that"})
    if not inside:
        return "indirect"
    return "mixed" if bare else "direct"


def build(
    text: str, sentences: Sequence[Region], heard: Sequence[Heard], cast: Cast, credit: Chain, quotes: Sequence[Quote], report: str
) -> tuple[list[Member], list[tuple[Attribution, Chain]]]:
    """Attributions with their chains, in the order of their words; and the members used, in order of first use.

    The attributions' party ids are filled in by ``number``: "p1" is the report's own outlet.
    """
    b = _Builder(text, sentences, cast, heard, credit)
    b.run()
    used: dict[int, Member] = {m.number: m for m in b.base}
    order = sorted(
        range(len(heard)), key=lambda i: (min((c[0] for c in heard[i].content), default=b.order(i)), -sum(c[1] - c[0] for c in heard[i].content), i)
    )
    for i in order:
        used.update((m.number, m) for m in b.chains[i])
    members = list(used.values())
    ids: dict[int, PartyId] = {m.number: f"p{n + 1}" for n, m in enumerate(members)}
    names = {i: f"a{n + 1}" for n, i in enumerate(order)}
    out: list[tuple[Attribution, Chain]] = []
    for i in order:
        h = heard[i]
        out.append(
            (
                Attribution(
                    id=names[i],
                    report=report,
                    kind=speech_kind(text, h.content, quotes),
                    chain=tuple(ids[m.number] for m in b.chains[i]),
                    source=None if h.source is None else span(text, h.source),
                    cue=None if h.cue is None else span(text, h.cue),
                    content=tuple(span(text, c) for c in h.content),
                    confidence=h.confidence,
                    inside=None if h.inside is None else names[h.inside],
                ),
                b.chains[i],
            )
        )
    return members, out
