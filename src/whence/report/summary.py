"""The one line on top of everything."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Arithmetic, Claim, PartyId, Story
from .naming import Cast, cast_of, chain_text, interval, origins_text, party_name, plural

__all__ = ["lead_claim", "origin_chains", "summary_line"]


def lead_claim(story: Story) -> Claim | None:
    """The claim the story is about: what most reports carry, earliest in their texts; None where no two reports share one."""
    length = {r.id: max(1, len(r.text)) for r in story.reports}
    carried = {c.id: len({x.report for x in c.cells}) for c in story.claims}
    depth = {c.id: sum(x.start / length[x.report] for x in c.cells) / len(c.cells) for c in story.claims}
    return min((c for c in story.claims if carried[c.id] > 1), key=lambda c: (-carried[c.id], depth[c.id]), default=None)


def origin_chains(cast: Cast, claim: Claim) -> list[str]:
    """Each way the claim came, nearest the reader first, without the reports themselves: "The Wall Street Journal ← a Kazakh official, unnamed".

    A chain that is the beginning or the end of a longer one is not said twice. A report that names no source stands for itself and says so.
    """
    ways: list[tuple[PartyId, ...]] = list(dict.fromkeys(tuple(c.chain[1:]) for c in claim.cells if len(c.chain) > 1))
    longest = [w for w in ways if not any(w != o and (o[: len(w)] == w or o[-len(w) :] == w) for o in ways)]
    named = {p for w in longest for p in w}
    alone = dict.fromkeys(c.chain[0] for c in claim.cells if len(c.chain) == 1 and c.chain[0] in claim.origins.parties and c.chain[0] not in named)
    basis = {c.chain[0]: c.basis for c in claim.cells if len(c.chain) == 1}
    own = [party_name(cast, p) + (", which names no source" if basis[p] == "unattributed" else "") for p in alone]
    return [chain_text(cast, w) for w in longest] + own


def summary_line(story: Story) -> str:
    """Reports, origins of the lead claim, confirmations, and what differs, in one line. Every count of origins is the story's own."""
    cast = cast_of(story)
    related = sum(r.related for r in story.reports)
    parts = [plural(related, "report")]
    if related < len(story.reports):
        parts.append(f"{len(story.reports) - related} not of this story")
    lead = lead_claim(story)
    if lead is None:
        parts.append("no claim in common" if related > 1 else "nothing to compare with")
    else:
        ways = origin_chains(cast, lead)
        more = f"; and {len(ways) - 2} more" if len(ways) > 2 else ""
        parts.append(origins_text(lead.origins) + (f" ({'; '.join(ways[:2])}{more})" if ways else ""))
        parts.append(interval(lead.origins.low - 1, lead.origins.high - 1, "independent confirmation"))
    return " · ".join(parts + _differences(story.claims) + _sums(story.arithmetic))


def _differences(claims: Sequence[Claim]) -> list[str]:
    names = {
        "conflicting": ("claim conflicts", "claims conflict"),
        "differs": ("claim differs", "claims differ"),
        "quote-wording": ("quote differs", "quotes differ"),
        "attribution-dropped": ("attribution dropped", "attributions dropped"),
        "hedge-changed": ("hedge changed", "hedges changed"),
        "evolving": ("figure evolves", "figures evolve"),
    }
    counts = {r: sum(c.relation == r for c in claims) for r in names}
    return [plural(n, *names[r]) for r, n in counts.items() if n]


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
