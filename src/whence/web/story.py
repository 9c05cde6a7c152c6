"""The pages of one story: where it comes from, its claims side by side, its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from ..report import (
    Lineage,
    clip,
    lead_claim,
    lineage_of,
    lineage_values,
    one_line,
    other_values,
    reading_of,
    rows_values,
    whole_lineage_of,
)
from ..types import Claim, ReportId, Value
from .pages import address, filled, tagged
from .saving import FIRST_FORMS, MORE_FORMS
from .shelf import Shelf, Told
from .strip import strip_of

__all__ = ["Links", "frame", "lineage", "side_by_side", "told_of"]

_MOST_CLAIMS = 200
_LONGEST_PROOF = 400


class Words(Value, frozen=True, kw_only=True):
    """Words of a report that show a tie, and where to read them; ``other`` is the report that has them too."""

    outlet: str
    words: str
    place: str
    other: str
    other_place: str


class Shown(Value, frozen=True, kw_only=True):
    """A tie of the picture with what shows it."""

    id: str
    down: str
    up: str
    directed: bool
    strength: str
    why: str
    words: tuple[Words, ...]


def told_of(request: Request) -> Told:
    """The story that the address names."""
    shelf: Shelf = request.app.state.shelf
    return shelf.told(request.path_params["story"])


def frame(told: Told, tab: str) -> dict[str, Any]:
    """What every page of a story shows above its own part, and where links of its templates lead."""
    id, links = told.row.id, Links(told)
    return {
        "page": "story", "tab": tab, "row": told.row, "id": id, "heading": clip(told.row.title or "A story without a title", 300),
        "line": clip(told.story.summary, 4000).split(" · "), "reading": reading_of(told.story, told.cast), "links": links,
        "to_report": links.report, "to_words": links.words, "to_mark": links.mark, "to_row": links.row,
        "first_report": next((a.id for a in told.articles.values()), None), "first_forms": FIRST_FORMS, "more_forms": MORE_FORMS,
    }  # fmt: skip


class Links:
    """Addresses within a story."""

    def __init__(self, told: Told) -> None:
        self._story = told.row.id
        self._articles = {r: a.id for r, a in told.articles.items()}

    def report(self, report: ReportId) -> str:
        return address("stories", self._story, "texts", self._articles.get(report, report))

    def words(self, report: ReportId, start: int) -> str:
        return f"{self.report(report)}#{report}-{start}"

    def mark(self, report: ReportId, start: int) -> str:
        return f"{self.report(report)}#{report}-m{start}"

    def row(self, claim: str) -> str:
        return f"{address('stories', self._story, 'rows')}#{claim}"


def lineage(request: Request) -> Response:
    """Origins left, reports right, time below: of the lead claim, of another claim, or of the whole story."""
    told = told_of(request)
    asked = request.query_params.get("claim", "")
    claim = next((c for c in told.story.claims if c.id == asked), None)
    level = claim.id if claim is not None else "whole" if asked == "whole" else ""
    shelf: Shelf = request.app.state.shelf
    body = shelf.drawn(("lineage", told.row.id, told.row.revision, level), lambda: _lineage(told, claim, level))
    return tagged(request, body)


def _lineage(told: Told, claim: Claim | None, level: str) -> bytes:
    story, cast = told.story, told.cast
    found = whole_lineage_of(story, cast) if level == "whole" else lineage_of(story, cast, claim)
    numbered = replace(found, ties=tuple(replace(t, place=f"tie-{i}") for i, t in enumerate(found.ties, 1)))
    frames = frame(told, "lineage")
    lead = lead_claim(story)
    shared = [c for c in story.claims if len(c.cells) > 1 and (lead is None or c.id != lead.id)]
    dates = [(r.published, cast.outlets[r.id], r.id) for r in story.reports]
    return filled(
        "story.html", **frames, **lineage_values(story, cast, claim, numbered), **other_values(story, cast), level=level,
        ties=_shown(told, numbered, frames["links"]), claims=[(c.id, clip(c.question, 90)) for c in shared[:_MOST_CLAIMS]],
        strip=strip_of(dates, 900.0, step=9.0, high=64.0), lead_question=clip(lead.question, 90) if lead else "",
    )  # fmt: skip


def _shown(told: Told, found: Lineage, links: Links) -> Sequence[Shown]:
    names = {n.id: n.name for n in found.nodes}
    texts = {r.id: r.text for r in told.story.reports}
    out = []
    for t in found.ties:
        words = tuple(
            Words(
                outlet=told.cast.outlets[p.report], words=_quoted(texts[p.report], p.start, p.end), place=links.words(p.report, p.start)
                if p.other is None else links.mark(p.report, p.start),
                other=told.cast.outlets[p.other] if p.other else "", other_place=links.mark(p.other, p.other_start) if p.other else "",
            )
            for p in t.proofs
        )  # fmt: skip
        out.append(Shown(id=t.place, down=names[t.downstream], up=names[t.upstream], directed=t.directed, strength=t.strength, why=t.why, words=words))
    return out


def _quoted(text: str, start: int, end: int) -> str:
    return one_line(text[start:end]) if end - start <= _LONGEST_PROOF else one_line(text[start : start + _LONGEST_PROOF]) + "…"


def side_by_side(request: Request) -> Response:
    """Questions down, reports across; numbers with their working, dates, what was not checked."""
    told = told_of(request)
    shelf: Shelf = request.app.state.shelf

    def draw() -> bytes:
        lead = lead_claim(told.story)
        values = {**rows_values(told.story, told.cast), **other_values(told.story, told.cast)}
        return filled("rows_page.html", **frame(told, "rows"), **values, lead_id=lead.id if lead else None)

    return tagged(request, shelf.drawn(("rows", told.row.id, told.row.revision), draw))
