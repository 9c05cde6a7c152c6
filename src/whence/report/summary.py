"""The one line on top of everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..types import Arithmetic, Claim, PartyId, Relation, ReportId, Story
from .naming import DIFFERENCES, Cast, cast_of, chain_text, compared, interval, is_difference, origins_text, plural

__all__ = ["differences_apart", "lead_claim", "origin_chains", "summary_line"]


def lead_claim(story: Story) -> Claim | None:
    """The claim the story is about: what most reports surely carry, earliest in their texts; None where no two reports share one."""
    length = {r.id: max(1, len(r.text)) for r in story.reports}
    carried = {c.id: len({x.report for x in c.cells}) for c in story.claims}
    depth = {c.id: sum(x.start / length[x.report] for x in c.cells) / len(c.cells) for c in story.claims}
    surely = {c.id: round(2 * carried[c.id] * c.confidence) for c in story.claims}  # in halves of a report: what is about as sure is told apart by its place
    return min((c for c in story.claims if carried[c.id] > 1), key=lambda c: (-surely[c.id], depth[c.id]), default=None)


def origin_chains(cast: Cast, claim: Claim) -> list[str]:
    """Each origin by way of the party nearest the reader that all depends on: "The Wall Street Journal ← a Kazakh official, unnamed".

    Chains of several reports are joined where one report has the claim from another. An origin that is a report and names no source says so.
    """
    upstream: dict[PartyId, dict[PartyId, None]] = {}
    for c in claim.cells:
        for near, far in pairwise(c.chain):
            upstream.setdefault(near, {})[far] = None
    ways: dict[str, None] = {}
    for root in claim.origins.parties:
        paths = [p for p in (_path(upstream, w, root) for w in claim.weakest) if p]
        silent = any(c.chain == (root,) and c.basis == "unattributed" for c in claim.cells)
        for path in paths or [(root,)]:
            ways[chain_text(cast, path) + (", which names no source" if silent and root not in upstream else "")] = None
    return list(ways)


def _path(upstream: Mapping[PartyId, Mapping[PartyId, None]], start: PartyId, end: PartyId) -> tuple[PartyId, ...]:
    """The shortest way up from one party to another, both included; empty where there is none."""
    ways: list[tuple[PartyId, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        if way[-1] == end:
            return way
        for party in upstream.get(way[-1], ()):
            if party not in seen:
                seen.add(party)
                ways.append((*way, party))
    return ()


def summary_line(story: Story) -> str:
    """Reports, origins of the lead claim, confirmations, and what differs, in one line. Every count of origins is the story's own."""
    cast = cast_of(story)
    related, read = sum(r.related for r in story.reports), len(compared(story))
    parts = [plural(related, "report")]
    if related < len(story.reports):
        parts.append(f"{len(story.reports) - related} not of this story")
    if read < related:
        parts.append(f"{related - read} in a language not known here")
    lead = lead_claim(story)
    if lead is None:
        parts.append("no claim in common" if read > 1 else "nothing to compare with")
    else:
        ways = origin_chains(cast, lead)
        more = f"; and {len(ways) - 2} more" if len(ways) > 2 else ""
        parts.append(origins_text(lead.origins) + (f" ({'; '.join(ways[:2])}{more})" if ways else ""))
        parts.append(interval(lead.origins.low - 1, lead.origins.high - 1, "independent confirmation"))
    return " · ".join(parts + _differences(story.claims) + _sums(story.arithmetic))


def _differences(claims: Sequence[Claim]) -> list[str]:
    names: dict[Relation, tuple[str, str]] = {
        "conflicting": ("claim conflicts", "claims conflict"),
        "differs": ("claim differs", "claims differ"),
        "quote-wording": ("quote differs", "quotes differ"),
        "attribution-dropped": ("attribution dropped", "attributions dropped"),
        "hedge-changed": ("hedge changed", "hedges changed"),
        "evolving": ("figure evolves", "figures evolve"),
    }
    counts = Counter(c.relation for c in differences_apart(claims))
    return [plural(counts[r], *nouns) for r, nouns in names.items() if counts[r]]


def differences_apart(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that differ, what matters most first and of those the surest, without those that repeat a cell of a surer one of the same relation."""
    return [c for r in DIFFERENCES for c in _apart([c for c in claims if c.relation == r and is_difference(c)])]


def _apart(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that repeat a cell of one before: a clause that stands in two rows differs once."""
    seen: set[tuple[ReportId, int, int]] = set()
    kept = []
    for c in sorted(claims, key=lambda c: -c.confidence):
        cells = {(x.report, x.start, x.end) for x in c.cells}
        if not cells & seen:
            kept.append(c)
        seen |= cells
    return kept


def _sums(sums: Sequence[Arithmetic]) -> list[str]:
    """What the sums show, one verdict for each stated number: readings that disagree leave it open."""
    verdicts: dict[tuple[str | None, str | None], set[str]] = {}
    for a in sums:
        if a.stated is not None:
            verdicts.setdefault((a.claim, a.stated), set()).add(a.verdict)
    open_ = sum(len(v) > 1 or "depends-on-reading" in v for v in verdicts.values())
    off = sum(v in ({"inconsistent"}, {"hedge-side"}) for v in verdicts.values())
    found = [(open_, ("sum depends on reading", "sums depend on reading")), (off, ("sum does not fit its words", "sums do not fit their words"))]
    return [plural(n, *names) for n, names in found if n]
