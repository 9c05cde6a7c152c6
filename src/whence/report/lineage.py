"""Who has the story from whom: the graph that is drawn, made of what the story already says. Nothing is counted here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from ..text import touches
from ..types import Attribution, Cell, Claim, Credit, Link, LinkKind, PartyId, ReportId, Story, Value
from .naming import Cast, party_name
from .plain import clip
from .summary import lead_claim

__all__ = ["Lineage", "Node", "Proof", "Strength", "Tie", "lineage_of", "whole_lineage_of"]

Strength = Literal["stated", "shown", "possible"]

_MOST_CITED = 12
_MOST_PROOFS = 8
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


class Proof(Value, frozen=True, kw_only=True):
    """Words of one report that show a tie, and where the same words stand in another where they are shared."""

    report: ReportId
    start: int
    end: int
    other: ReportId | None = None
    other_start: int = 0


class Tie(Value, frozen=True, kw_only=True):
    """``downstream`` has it from ``upstream``; where not ``directed``, one has it from the other or both from a third.

    ``place`` is the anchor of the words that show it, ``proofs`` are those words, at most eight of them.
    """

    upstream: str
    downstream: str
    strength: Strength
    directed: bool
    why: str
    place: str
    proofs: tuple[Proof, ...] = ()


class Lineage(Value, frozen=True, kw_only=True):
    """Parties and ties, in a fixed order, and how many weaker ties were left out to keep the picture readable."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int


def lineage_of(story: Story, cast: Cast, claim: Claim | None = None) -> Lineage:
    """One claim's chains and the reports that carry it; without a claim, the lead claim's beside every related report's outlet.

    A tie is drawn only where it is the claim's: its own chains, passages that hold its words in both reports, and doubts between reports that carry it.
    Where no claim is shared at all, the chains that most claims end in are drawn instead.
    """
    drawn = claim or lead_claim(story)
    if drawn is None:
        return whole_lineage_of(story, cast)
    own, said = _own(story), _said(story)
    ties: dict[_Pair, Tie] = {}
    for cell in drawn.cells:
        _chain(ties, said, (own[cell.report], *cell.chain[1:]), cell)
    links = [x for x in story.links if _carries(x, drawn)]
    aside = [own[r.id] for r in story.reports if r.related] if claim is None else [own[c.report] for c in drawn.cells]
    return _joined(story, cast, ties, links, aside, drawn)


def whole_lineage_of(story: Story, cast: Cast) -> Lineage:
    """All that the story's reports have from each other and from those they cite most, whatever the claim."""
    own, said = _own(story), _said(story)
    ties: dict[_Pair, Tie] = {}
    claims = [c for c in story.claims if len(c.cells) > 1] or [c for c in story.claims if any(len(x.chain) > 1 for x in c.cells)]
    cited = Counter(p for c in claims for p in {p for x in c.cells for p in x.chain[1:]})
    written = {*own.values()}
    kept = {p for p, _ in sorted(cited.items(), key=lambda x: (-x[1], x[0])) if p not in written}
    kept = {*sorted(kept, key=lambda p: (-cited[p], p))[:_MOST_CITED], *written}
    for c in claims:
        for cell in c.cells:
            _chain(ties, said, (own[cell.report], *(p for p in cell.chain[1:] if p in kept)), cell)
    return _joined(story, cast, ties, story.links, [own[r.id] for r in story.reports if r.related], None, missing=len(cited.keys() - kept))


_Pair = tuple[str, str, bool]


def _joined(
    story: Story, cast: Cast, ties: dict[_Pair, Tie], links: Iterable[Link], aside: Iterable[str], claim: Claim | None, missing: int = 0
) -> Lineage:
    """The ties with those that shared passages show, and the nodes they join; at most twelve possible ones."""
    own = _own(story)
    drawn = {x for t in ties.values() for x in (t.upstream, t.downstream)} | {*aside}
    left_out, possible = missing, 0
    for link in sorted(links, key=lambda x: (-x.confidence, x.from_, x.to)):
        tie = _shared(link, own)
        if tie is None or not {tie.upstream, tie.downstream} <= drawn:
            continue
        possible += tie.strength == "possible"
        if tie.strength == "possible" and possible > _MOST_POSSIBLE:
            left_out += 1
            continue
        _add(ties, tie)
    in_order = tuple(sorted(ties.values(), key=lambda t: (t.upstream, t.downstream)))
    return Lineage(nodes=_nodes(story, cast, own, drawn, claim), ties=in_order, left_out=left_out)


def _carries(link: Link, claim: Claim) -> bool:
    """Whether a link between reports says something of this claim: a passage of it holds the claim's words in both, or it is a doubt between carriers."""
    ours = {r: [(c.start, c.end) for c in claim.cells if c.report == r] for r in (link.from_, link.to)}
    if _STRENGTH[link.kind] == "possible":
        return all(ours.values())
    return any(touches((p.from_.start, p.from_.end), ours[link.from_]) and touches((p.to.start, p.to.end), ours[link.to]) for p in link.evidence)


def _own(story: Story) -> dict[ReportId, str]:
    """The party that stands for each report: the one its chains begin with, or the one known to have written it."""
    wrote = {p.report: p.id for p in story.parties if p.report is not None}
    begins = {x.report: x.chain[0] for c in reversed(story.claims) for x in reversed(c.cells) if x.chain and x.chain[0]}
    heard = {a.report: a.chain[0] for a in reversed(story.attributions) if a.chain and a.chain[0]}
    return {r.id: begins.get(r.id) or heard.get(r.id) or wrote.get(r.id) or f"report {r.id}" for r in story.reports}


class _Said(Value, frozen=True, kw_only=True):
    """What is attributed and credited, by report."""

    attributions: Mapping[ReportId, Sequence[Attribution]]
    credits: Mapping[ReportId, Sequence[Credit]]


def _said(story: Story) -> _Said:
    found: dict[ReportId, list[Attribution]] = {}
    for a in story.attributions:
        found.setdefault(a.report, []).append(a)
    return _Said(attributions=found, credits={r.id: r.credits for r in story.reports})


def _chain(ties: dict[_Pair, Tie], said: _Said, chain: tuple[str, ...], cell: Cell) -> None:
    for downstream, upstream in pairwise(chain):
        cue = _cue(said, cell, upstream)
        why = f"“{cue}”" if cue else "the text says so"
        proof = Proof(report=cell.report, start=cell.start, end=cell.end)
        place = f"{cell.report}-{cell.start}"
        _add(ties, Tie(upstream=upstream, downstream=downstream, strength="stated", directed=True, why=why, place=place, proofs=(proof,)))


def _cue(said: _Said, cell: Cell, upstream: PartyId) -> str:
    """The words by which a report says that it has these words from a party: those said of the cell itself before those said elsewhere in the report."""
    ours = (a for a in said.attributions.get(cell.report, ()) if upstream in a.chain[1:])
    place = (cell.start, cell.end)
    best = min(
        ours,
        key=lambda a: (not touches(place, [(s.start, s.end) for s in a.content]), a.chain[-1] != upstream, a.content[0].start if a.content else 0),
        default=None,
    )
    if best is not None and (best.source or best.cue):
        return clip(" … ".join(s.text for s in sorted((x for x in (best.source, best.cue) if x), key=lambda s: s.start)), 90)
    credit = next((c for c in said.credits.get(cell.report, ()) if c.party == upstream), None)
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
    proofs = tuple(
        Proof(report=link.to, start=p.to.start, end=p.to.end, other=link.from_, other_start=p.from_.start) for p in link.evidence[:_MOST_PROOFS]
    )
    return Tie(upstream=a, downstream=b, strength=strength, directed=directed, why=clip(link.why, 300), place=link.to, proofs=proofs)


def _add(ties: dict[_Pair, Tie], tie: Tie) -> None:
    """One tie a pair: what shared passages show is drawn over what is stated, a possible tie only where there is no other."""
    key, rank = (tie.upstream, tie.downstream, tie.directed), ("possible", "stated", "shown")
    old = ties.get(key)
    if old is None:
        pairs = [(tie.upstream, tie.downstream, True), (tie.downstream, tie.upstream, True)]
        if tie.directed or not any(p in ties for p in pairs):
            ties[key] = tie
        return
    proofs = tuple(dict.fromkeys((*old.proofs, *tie.proofs)))[:_MOST_PROOFS]
    if rank.index(tie.strength) > rank.index(old.strength):
        why = f"{tie.why}; and {old.why}" if old.strength == "stated" else tie.why
        proofs = tuple(dict.fromkeys((*tie.proofs, *old.proofs)))[:_MOST_PROOFS]
        ties[key] = replace(tie, why=why, proofs=proofs)
    elif proofs != old.proofs:
        ties[key] = replace(old, proofs=proofs)


def _nodes(story: Story, cast: Cast, own: Mapping[ReportId, str], drawn: Iterable[str], lead: Claim | None) -> tuple[Node, ...]:
    kept = {*drawn}
    order = list(dict.fromkeys([own[r.id] for r in story.reports if r.related and own[r.id] in kept] + [p.id for p in story.parties if p.id in kept]))
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
