"""The story as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..types import Story
from .naming import CLOSING, cast_of
from .plain import clip
from .reading import reading_of
from .sheets import sheet_of
from .views import lineage_values, other_values, rows_values

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["to_html"]

_HERE = {
    "to_report": lambda report: f"#{report}",
    "to_words": lambda report, start: f"#{report}-{start}",
    "to_mark": lambda report, start: f"#{report}-m{start}",
    "to_row": lambda row: f"#{row}",
}
"""Where the templates' links lead: in one file, to anchors of the page itself."""


def to_html(story: Story) -> str:
    """A story as one self-contained HTML file: styles inside, no script, nothing fetched, every word of a report escaped.

    The page forbids itself scripts, frames, forms and the network (Content-Security-Policy level 3); only its own style sheet, by hash, applies.
    """
    template, style, digest = _template()
    return template.render(**_values(story), **_HERE, style=style, digest=digest)


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
    return {
        "title": clip(story.summary, 200), "line": clip(story.summary, 4000).split(" · "), "version": story.version, "closing": CLOSING,
        "reading": reading_of(story, cast), **lineage_values(story, cast), **rows_values(story, cast), **other_values(story, cast),
        "sheets": [sheet_of(story, r, cast) for r in story.reports],
    }  # fmt: skip
