"""The story as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..types import Story
from .figures import figures_of, sums_of
from .lineage import lineage_of
from .naming import CLOSING, cast_of, origins_text, party_name, plural, unchecked_of, weakest_text, witnesses_text
from .picture import phone_picture_of, picture_of
from .plain import clip
from .reading import leaning, reading_of
from .rows import alike, reports_in_order, rows_of, solitary_of
from .sheets import sheet_of
from .summary import lead_claim, origin_chains
from .timeline import timeline_of

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["to_html"]

_MOST_COLUMNS = 6


def to_html(story: Story) -> str:
    """A story as one self-contained HTML file: styles inside, no script, nothing fetched, every word of a report escaped.

    The page forbids itself scripts, frames, forms and the network (Content-Security-Policy level 3); only its own style sheet, by hash, applies.
    """
    template, style, digest = _template()
    return template.render(**_values(story), style=style, digest=digest)


@cache
def _template() -> tuple[Template, str, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("whence.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    environment.filters["n"] = lambda x: f"{x:g}"
    style = (files("whence.report") / "templates" / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template("page.html"), Markup(style), digest


def _values(story: Story) -> dict[str, Any]:
    cast = cast_of(story)
    lead, lineage = lead_claim(story), lineage_of(story, cast)
    rows = rows_of(story, cast)
    order = [r for r in reports_in_order(story) if any(a.report == r for x in rows for a in x.answers)]
    return {
        "title": clip(story.summary, 200), "line": clip(story.summary, 4000).split(" · "), "version": story.version, "closing": CLOSING,
        "reading": reading_of(story, cast),
        "lead_id": lead.id if lead else None,
        "lead_origins": origins_text(lead.origins, best=True) if lead else "", "lead_witnesses": witnesses_text(lead.witnesses) if lead else "",
        "lead_weakest": weakest_text(cast, lead) if lead else "", "ways": origin_chains(cast, lead) if lead else [],
        "picture": picture_of(lineage), "phone": phone_picture_of(lineage), "question": clip(lead.question, 200) if lead else "",
        "leaning": [(party_name(cast, p), plural(n, "shared claim")) for p, n in leaning(story) if n > 1][:6],
        "rows": rows, "order": order, "wide": len(order) <= _MOST_COLUMNS, "outlets": cast.outlets,
        "differing": sum(r.differs for r in rows), "alike": alike,
        "solitary": solitary_of(story, cast), "sums": sums_of(story, cast), "figures": figures_of(story, cast), "timeline": timeline_of(story, cast),
        "unchecked": unchecked_of(story), "remarks": [(clip(m.why, 400), [(x.report, clip(x.span.text, 200)) for x in m.spots]) for m in story.remarks],
        "sheets": [sheet_of(story, r, cast) for r in story.reports],
    }  # fmt: skip
