"""Who has the story from whom: the graph that is drawn, made of what the story already says. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from ..types import Cell, Claim, Link, LinkKind, PartyId, ReportId, Story, Value
from .naming import Cast, party_name
from .plain import clip
from .reading import leaning
from .summary import lead_claim

__all__ = ["Lineage", "Node", "Strength", "Tie", "lineage_of"]

Strength = Literal["stated", "shown", "possible"]

_MOST_LEANED_ON = 4
_MOST_POSSIBLE = 12
_STRENGTH: Mapping[LinkKind, Strength] = {
    "copies": "shown", "edits": "shown", "rewrites": "shown", "quotes": "shown", "cites": "stated", "shares-origin": "possible",
}  # fmt: skip


class Node(Value, frozen=True, kw_only=True):
    """One party of the picture. ``reports`` are the given reports it wrote; it is hollow where there are none.

    ``weakest`` says in words that it is the weakest point, or part of it.
    """

    id: str
    name: str
    person: bool
    reports: tuple[ReportId, ...]
    notes: tuple[str, ...]
    weakest: str
    lead: bool


class Tie(Value, frozen=True, kw_only=True):
    """``downstream`` has it from ``upstream``; where not ``directed``, one has it from the other or both from a third.

    ``place`` is the anchor of the words that show it.
    """

    upstream: str
    downstream: str
    strength: Strength
    directed: bool
    why: str
    place: str


class Lineage(Value, frozen=True, kw_only=True):
    """Parties and ties, in a fixed order, and how many weaker ties were left out to keep the picture readable."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int


def lineage_of(story: Story, cast: Cast) -> Lineage:
    """The lead claim's chains, every related report's outlet, and the parties that most claims rest on."""
    lead = lead_claim(story)
    own = _own(story)
    ties: dict[tuple[str, str, bool], Tie] = {}
    claims = [lead] if lead is not None else []
    for c in claims:
        for cell in c.cells:
            _chain(ties, story, (own[cell.report], *cell.chain[1:]), cell)
    for party in _leaned_on(story, lead):
        for c in story.claims:
            for cell in c.cells if party in c.weakest else ():
                if party in cell.chain[1:]:
                    _chain(ties, story, (own[cell.report], *cell.chain[1 : cell.chain.index(party, 1) + 1]), cell)
    drawn = {x for t in ties.values() for x in (t.upstream, t.downstream)} | {own[r.id] for r in story.reports if r.related}
    left_out = 0
    possible = 0
    for link in sorted(story.links, key=lambda x: (-x.confidence, x.from_, x.to)):
        tie = _shared(link, own)
        if tie is None or not {tie.upstream, tie.downstream} <= drawn:
            continue
        possible += tie.strength == "possible"
        if tie.strength == "possible" and possible > _MOST_POSSIBLE:
            left_out += 1
            continue
        _add(ties, tie)
    in_order = tuple(sorted(ties.values(), key=lambda t: (t.upstream, t.downstream)))
    return Lineage(nodes=_nodes(story, cast, own, drawn, lead), ties=in_order, left_out=left_out)


def _own(story: Story) -> dict[ReportId, str]:
    """The party that stands for each report: the one its chains begin with, or the one known to have written it."""
    wrote = {p.report: p.id for p in story.parties if p.report is not None}
    begins = {x.report: x.chain[0] for c in reversed(story.claims) for x in reversed(c.cells) if x.chain and x.chain[0]}
    heard = {a.report: a.chain[0] for a in reversed(story.attributions) if a.chain and a.chain[0]}
    return {r.id: begins.get(r.id) or heard.get(r.id) or wrote.get(r.id) or f"report {r.id}" for r in story.reports}


def _leaned_on(story: Story, lead: Claim | None) -> list[PartyId]:
    """Parties whose error alone would sink two or more shared claims; where nothing is shared, those most chains end in."""
    if lead is not None:
        return [p for p, n in leaning(story) if n > 1][:_MOST_LEANED_ON]
    ends: dict[PartyId, int] = {}
    for c in story.claims:
        for p in c.weakest if any(len(x.chain) > 1 for x in c.cells) else ():
            ends[p] = ends.get(p, 0) + 1
    return sorted(ends, key=lambda p: (-ends[p], p))[: _MOST_LEANED_ON + 2]


def _chain(ties: dict[tuple[str, str, bool], Tie], story: Story, chain: tuple[str, ...], cell: Cell) -> None:
    for downstream, upstream in pairwise(chain):
        cue = _cue(story, cell.report, upstream)
        why = f"“{cue}”" if cue else "the text says so"
        _add(ties, Tie(upstream=upstream, downstream=downstream, strength="stated", directed=True, why=why, place=f"{cell.report}-{cell.start}"))


def _cue(story: Story, report: ReportId, upstream: PartyId) -> str:
    """The words by which a report says that it has something from a party."""
    said = (a for a in story.attributions if a.report == report and upstream in a.chain[1:])
    best = min(said, key=lambda a: (a.chain[-1] != upstream, a.content[0].start if a.content else 0), default=None)
    if best is not None and (best.source or best.cue):
        return clip(" … ".join(s.text for s in sorted((x for x in (best.source, best.cue) if x), key=lambda s: s.start)), 90)
    credit = next((c for r in story.reports if r.id == report for c in r.credits if c.party == upstream), None)
    return clip(credit.text, 90) if credit else ""


def _shared(link: Link, own: Mapping[ReportId, str]) -> Tie | None:
    """What shared passages show of two reports of different outlets."""
    a, b = own.get(link.from_, ""), own.get(link.to, "")
    if a == b or not a or not b:
        return None
    strength = _STRENGTH[link.kind]
    directed = link.directed and strength != "possible"
    if not directed and a > b:
        a, b = b, a
    return Tie(upstream=a, downstream=b, strength=strength, directed=directed, why=clip(link.why, 300), place=link.to)


def _add(ties: dict[tuple[str, str, bool], Tie], tie: Tie) -> None:
    """One tie a pair: what shared passages show is drawn over what is stated, a possible tie only where there is no other."""
    key, rank = (tie.upstream, tie.downstream, tie.directed), ("possible", "stated", "shown")
    old = ties.get(key)
    if old is None:
        pairs = [(tie.upstream, tie.downstream, True), (tie.downstream, tie.upstream, True)]
        if tie.directed or not any(p in ties for p in pairs):
            ties[key] = tie
        return
    if rank.index(tie.strength) > rank.index(old.strength):
        why = f"{tie.why}; and {old.why}" if old.strength == "stated" else tie.why
        ties[key] = replace(tie, why=why)


def _nodes(story: Story, cast: Cast, own: Mapping[ReportId, str], drawn: Iterable[str], lead: Claim | None) -> tuple[Node, ...]:
    kept = {*drawn}
    order = list(dict.fromkeys([own[r.id] for r in story.reports if r.related] + [p.id for p in story.parties if p.id in kept]))
    wrote: dict[str, list[ReportId]] = {}
    for r in story.reports:
        if r.related:
            wrote.setdefault(own[r.id], []).append(r.id)
    cells = lead.cells if lead else ()
    in_lead = {p for c in cells for p in (own[c.report], *c.chain[1:])}
    silent = {own[c.report] for c in cells if c.basis == "unattributed"} - {own[c.report] for c in cells if c.basis != "unattributed"}
    weakest = "weakest point" if lead and len(lead.weakest) == 1 else f"weakest point, 1 of {len(lead.weakest)}" if lead else ""
    nodes = []
    for key in order:
        party, reports = cast.parties.get(key), tuple(wrote.get(key, ()))
        name = party_name(cast, key) if party else cast.outlets[reports[0]] if reports else "a party that is not known"
        notes = (["names no source"] if key in silent else []) + (["not in the lead claim"] if lead and key not in in_lead and reports else [])
        if party and not reports and party.kind in ("outlet", "agency"):
            notes.append("not given")
        nodes.append(Node(
            id=key, name=name, person=bool(party and party.kind in ("person", "unnamed", "public")), reports=reports, notes=tuple(notes),
            weakest=weakest if lead and key in lead.weakest else "", lead=key in in_lead,
        ))  # fmt: skip
    return tuple(nodes)
