"""From spans to chains: who had it from whom, from the report's own outlet outwards.

Takes what either front end found (rules or model). Everything between a cue and its content that names an outlet is looked at here:
"told OUTLET", "in an interview with OUTLET", "was quoted by OUTLET as saying", "reported, citing NP".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .. import expressions as re
from ..text import paragraphs, span
from ..types import Attribution, Heard, PartyId, Region, SpeechKind
from .behind import credited_behind
from .credited import Credited
from .cues import cues
from .hops import Chain
from .parties import Cast, Member
from .phrases import antecedent
from .quotes import Quote
from .restated import restated
from .speaking import can_speak
from .tokens import line

__all__ = ["Chain", "build"]

_NEAR = 0
_NEXT = 2
"""Line ends between two sayings of one speaker: the same paragraph, and the next."""
_CONTINUES = re.compile(r"\b(?:add(?:ed|s|ing)|continued|went on|goes on|also|further)\b", re.IGNORECASE)
_NAMED = 60
"""Characters before "which" in which the outlet that it means may begin."""
_LONG_SINGLE = 12
"""Characters above which what stands in single marks is speech and no word in doubt."""
_BARE = re.compile(r"\w")
_COLON = re.compile(r"^\W*that\s*:", re.IGNORECASE)


class _Builder(Credited):
    """Holds one report while its chains are built."""

    def __init__(self, text: str, sentences: Sequence[Region], cast: Cast, heard: Sequence[Heard], credit: Chain) -> None:
        super().__init__(text, sentences, cast, heard)
        self.heard = heard
        self.body = list(paragraphs(text))
        self.base: Chain = (cast.own, *credit)
        self.chains: dict[int, Chain] = {}
        self.source: dict[int, tuple[Chain, Member]] = {}
        self.paragraph: dict[int, int] = {}
        self.last_seen: dict[int, int] = {}
        self.heard_by: dict[int, Chain] = {}

    def order(self, i: int) -> int:
        """Where an attribution's words of credit stand: its source, else its cue, else its content."""
        h = self.heard[i]
        return (h.source or h.cue or (h.content[0] if h.content else (0, 0)))[0]

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
            hops = (*before, *self.heard_by.get(i, ()))
            far = [y for x in hops for y in (*x.via, x)] or list(self.carried(i, member, h))
            if not far and member.kind == "document" and h.inside is None:
                far = list(self.handed(h))
            links += [*far, member]
            if not far and member.kind in ("unnamed", "document"):
                far = [x for x in outer[len(self.base) :] if x.kind in ("outlet", "agency")]
            if far:
                member.via = tuple(x for x in _clean([*outer[len(self.base) :], *far]) if not x.own and x.kind in ("outlet", "agency"))
        for earlier, cited in self.cited_by.get(i, ()):
            known = tuple(x for x in _clean(links[len(self.base) :]) if x.kind in ("outlet", "agency") and not x.own)
            links += [*earlier, cited]
            cited.via = cited.via or known
            self.last_seen[cited.number] = self.order(i)
        self.last_seen[member.number] = self.order(i)
        self.chains[i] = _clean(links)
        return self.chains[i]

    def carried(self, i: int, member: Member, h: Heard) -> Chain:
        """The outlets by way of which this party was heard just before."""
        via = member.among.via if member.among is not None else member.via
        if not via and member.before is not None:
            member.via, via = member.before.via, member.before.via
            self.last_seen.setdefault(member.number, self.last_seen.get(member.before.number, 0))
        if not via or h.inside is not None or self.elsewhere(h):
            return ()
        if member.among is not None:
            return via
        if member.kind in ("unnamed", "document"):
            return member.via
        last = self.last_seen.get(member.number)
        here = self.order(i)
        near = _NEXT if h.cue is not None and _CONTINUES.search(self.text, *h.cue) else _NEAR
        return member.via if last is not None and last <= here and self.text.count("\n", last, here) <= near else ()

    def meant(self, source: Region) -> Region:
        """The source's own words, or for "who" those that it stands for."""
        if self.text[slice(*source)].lower() not in ("who", "which", "that"):
            return source
        named = self.cast.outlets_in((max(0, source[0] - _NAMED), source[0]))
        if named and self.text[named[-1][0][1] : source[0]].strip() in ("", ","):
            return named[-1][0]
        paragraph = next((p for p in reversed(self.body) if p[0] <= source[0]), None)
        found = antecedent(line(self.text, paragraph), source[0], cues()) if paragraph is not None and source[0] < paragraph[1] else None
        return source if found is None or not can_speak(self.text[slice(*found)]) else found

    def run(self) -> None:
        order = sorted(range(len(self.heard)), key=lambda i: (self.order(i), i))
        self.cited_by: dict[int, list[tuple[Chain, Member]]] = {}
        for i in order:
            h = self.heard[i]
            if h.source is None:
                continue
            self.source[i] = self.cast.resolve(self.meant(h.source), reporting=self.reports(h), inner=h.inside is not None)
            if self.source[i][1].kind not in ("outlet", "agency"):
                self.heard_by[i] = self.hops(h)  # at once: "the newspaper" further on is then the outlet to which somebody spoke here
            if got := self.cited(h):
                self.cited_by[i] = got
        for i in order:
            self.chain(i)


def _clean(links: Sequence[Member]) -> Chain:
    """A chain without a party twice; the own outlet stands at its head alone."""
    return tuple(dict.fromkeys(links))


def speech_kind(text: str, content: Sequence[Region], spans: Sequence[Region]) -> SpeechKind:
    """Direct where all words of a content stand in quotation marks, mixed where some do; ``spans`` are quotations in order, none inside another."""
    inside = 0
    bare = False
    for a, b in content:
        first = max(0, bisect_right(spans, (a, a)) - 1)
        edges = []
        for start, end in spans[first : bisect_right(spans, (b, b), first)]:
            if (x := (max(a, start), min(b, end)))[0] < x[1]:
                edges.append(x)
        inside += sum(end - start for start, end in edges)
        at, outside = a, []
        for start, end in [*edges, (b, b)]:
            outside.append(text[at:start])
            at = max(at, end)
        bare = bare or _BARE.search(_COLON.sub("", " ".join(outside))) is not None
    if not inside:
        return "indirect"
    return "mixed" if bare else "direct"


def build(
    text: str, sentences: Sequence[Region], heard: Sequence[Heard], cast: Cast, credit: Chain, quotes: Sequence[Quote], report: str
) -> tuple[list[Member], list[tuple[Attribution, Chain]]]:
    """Attributions with their chains, in the order of their words; and the members used, in order of first use.

    The attributions' party ids are filled in by ``number``: "p1" is the report's own outlet.
    """
    outlets = [r for r, _ in cast.outlets]
    heard = credited_behind(text, sentences, restated(text, heard, outlets), outlets)
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
    spans = [(q.start, q.end) for q in quotes if not q.single or q.end - q.start > _LONG_SINGLE]
    out: list[tuple[Attribution, Chain]] = []
    for i in order:
        h = heard[i]
        out.append(
            (
                Attribution(
                    id=names[i],
                    report=report,
                    kind=speech_kind(text, h.content, spans),
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
