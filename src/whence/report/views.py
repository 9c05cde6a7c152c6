"""What the templates of this room are filled with, part by part, so that one page and many draw the same."""

from __future__ import annotations

from typing import Any

from ..types import Claim, Story
from .figures import figures_of, sums_of
from .lineage import Lineage, lineage_of
from .naming import CLOSING, Cast, origins_text, party_name, plural, unchecked_of, weakest_text, witnesses_text
from .picture import phone_picture_of, picture_of
from .plain import clip
from .reading import leaning
from .rows import alike, reports_in_order, rows_of, solitary_of
from .summary import lead_claim
from .timeline import timeline_of

__all__ = ["closing", "lineage_values", "other_values", "rows_values"]

_MOST_COLUMNS = 6


def closing() -> str:
    """The sentence that stands under every page: what this does not say."""
    return CLOSING


def lineage_values(story: Story, cast: Cast, claim: Claim | None = None, lineage: Lineage | None = None) -> dict[str, Any]:
    """For ``lineage.html``: the picture, and the count of the claim that is drawn (the lead claim unless one is given)."""
    drawn = lineage or lineage_of(story, cast, claim)
    lead = claim or lead_claim(story)
    return {
        "lead_id": lead.id if lead else None, "claim_is": "Claim" if claim else "Lead claim",
        "lead_origins": origins_text(lead.origins, best=True) if lead else "", "lead_witnesses": witnesses_text(lead.witnesses) if lead else "",
        "lead_weakest": weakest_text(cast, lead) if lead else "", "question": clip(lead.question, 200) if lead else "",
        "picture": picture_of(drawn), "phone": phone_picture_of(drawn),
        "leaning": [(party_name(cast, p), plural(n, "shared claim")) for p, n in leaning(story) if n > 1][:6],
    }  # fmt: skip


def rows_values(story: Story, cast: Cast) -> dict[str, Any]:
    """For ``rows.html``: the claims that several reports share, those only one has, and the columns."""
    rows = rows_of(story, cast)
    order = [r for r in reports_in_order(story) if any(a.report == r for x in rows for a in x.answers)]
    return {
        "rows": rows, "order": order, "wide": len(order) <= _MOST_COLUMNS, "outlets": cast.outlets,
        "differing": sum(r.differs for r in rows), "alike": alike, "solitary": solitary_of(story, cast),
    }  # fmt: skip


def other_values(story: Story, cast: Cast) -> dict[str, Any]:
    """For ``remarks.html``, ``numbers.html``, ``timeline.html`` and ``unchecked.html``."""
    return {
        "outlets": cast.outlets, "sums": sums_of(story, cast), "figures": figures_of(story, cast), "timeline": timeline_of(story, cast),
        "unchecked": unchecked_of(story), "remarks": [(clip(m.why, 400), [(x.report, clip(x.span.text, 200)) for x in m.spots]) for m in story.remarks],
    }  # fmt: skip
