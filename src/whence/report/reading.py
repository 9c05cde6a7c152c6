"""The one line said again in plain sentences, with the weakest point by name."""

from __future__ import annotations

from ..types import Claim, PartyId, ReportId, Story
from .naming import Cast, and_list, compared, origins_text, party_name, weakest_text
from .summary import lead_claim

__all__ = ["leaning", "reading_of"]


def reading_of(story: Story, cast: Cast) -> list[str]:
    """A few sentences: who carries the lead claim, what it rests on, why the count is open, and whose error would sink it."""
    lead = lead_claim(story)
    related = [r.id for r in compared(story)]
    if lead is None:
        many = f"The {len(related)} reports share no claim that could be laid side by side"
        given = "given" if len(related) == sum(r.related for r in story.reports) else "in a language known here"
        few = f"Only one report of this story was {given}" if related else f"No report of this story was {given}"
        return [f"{many if len(related) > 1 else few}: there is nothing to count over reports."]
    carriers = list(dict.fromkeys(c.report for c in lead.cells))
    if len(carriers) == len(related):
        carry = "Both reports carry" if len(carriers) == 2 else f"All {len(carriers)} reports carry"
    else:
        carry = f"{len(carriers)} of {len(related)} reports carry"
    sentences = [f"{carry} the lead claim.", *_origins(lead, cast, len(carriers)), *_open(lead, cast, carriers), _weakest(lead, cast)]
    return [s for s in sentences if s]


def _origins(lead: Claim, cast: Cast, carriers: int) -> list[str]:
    names = and_list([party_name(cast, p) for p in lead.origins.parties], 5)
    if lead.origins.high == 1:
        both, none = ("Both have", "Neither") if carriers == 2 else (f"All {carriers} have", "None")
        return [f"{both} it from one origin: {names}. {none} confirms it independently."]
    if lead.origins.low == lead.origins.high:
        return [f"It has {origins_text(lead.origins)}, independent of each other: {names}."]
    doubt = "; they may not all be independent" if len(lead.origins.parties) > 1 else ""
    return [f"It may have {origins_text(lead.origins, best=True)}: {names}{doubt}."]


def _open(lead: Claim, cast: Cast, carriers: list[ReportId]) -> list[str]:
    """Why the interval is open, where reports that name no source are the reason."""
    if lead.origins.low == lead.origins.high:
        return []
    silent = [cast.outlets[r] for r in carriers if all(c.basis == "unattributed" for c in lead.cells if c.report == r)]
    return [f"The count stays open because {and_list(silent)} {'names' if len(silent) == 1 else 'name'} no source for it."] if silent else []


def _weakest(lead: Claim, cast: Cast) -> str:
    if not lead.weakest:
        return ""
    names = weakest_text(cast, lead)
    if len(lead.weakest) > 1:
        every = "both" if len(lead.weakest) == 2 else f"all {len(lead.weakest)}"
        return f"Weakest point: {names}. Only if {every} are wrong does the claim fall."
    found = cast.parties.get(lead.weakest[0])
    away = " Its own report is not among those given." if found and found.kind in ("outlet", "agency") and found.report is None else ""
    return f"Weakest point: {names}. If this one is wrong, the claim falls.{away}"


def leaning(story: Story) -> list[tuple[PartyId, int]]:
    """Parties by how many of the shared claims one error of theirs alone would sink, most first; names break ties."""
    count: dict[PartyId, int] = {}
    for c in story.claims:
        if len(c.cells) > 1 and len(c.weakest) == 1:
            count[c.weakest[0]] = count.get(c.weakest[0], 0) + 1
    names = {p.id: p.name for p in story.parties}
    return sorted(count.items(), key=lambda x: (-x[1], names.get(x[0], ""), x[0]))
