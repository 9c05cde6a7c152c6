"""One report's text with all that was found in it, each thing where it stands, and the same words in the other reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from ..errors import InputError
from ..report import Paragraph, sheet_of, web_address
from ..types import ReportId, Value
from .pages import address, filled, tagged
from .shelf import Shelf, Told
from .story import Links, frame, told_of

__all__ = ["article", "evidence"]

_MOST_LINKS = 8
_MOST_CHANGES = 200


class Teller(Value, frozen=True, kw_only=True):
    """Another report that answers questions this paragraph answers: for each, its number and where the answer stands."""

    outlet: str
    places: tuple[tuple[str, str, str], ...]


def evidence(request: Request) -> Response:
    """The text of one report of a story."""
    told, article = told_of(request), request.path_params["article"]
    report = next((r for r, a in told.articles.items() if article in (a.id, r)), article)
    if all(r.id != report for r in told.story.reports):
        raise InputError(article, "is no article of this story")
    shelf: Shelf = request.app.state.shelf
    return tagged(request, shelf.drawn(("text", told.row.id, told.row.revision, report), lambda: _drawn(told, report)))


def _drawn(told: Told, id: ReportId) -> bytes:
    story = told.story
    report = next(r for r in story.reports if r.id == id)
    frames = frame(told, "texts")
    links = frames["links"]
    cells = {c.id: [(x.report, x.start) for x in c.cells if x.report != id] for c in story.claims}
    sheet = sheet_of(story, report, told.cast, shared=True)
    article = told.articles.get(id)
    return filled(
        "evidence.html", **frames, s=sheet, tellers=[_tellers(told, p, cells) for p in sheet.paragraphs], outlets=told.cast.outlets, article=article,
        others=[(told.cast.outlets[r.id], links.report(r.id), r.id == id) for r in story.reports], most=_MOST_LINKS,
        versions=address("articles", article.id) if article and article.versions > 1 else None,
    )  # fmt: skip


def _tellers(told: Told, paragraph: Paragraph, cells: Mapping[str, Sequence[tuple[ReportId, int]]]) -> list[Teller]:
    """Who else answers the questions of a paragraph, in the order of the questions."""
    links = Links(told)
    found: dict[ReportId, dict[str, tuple[str, str, str]]] = {}
    for claim, question in dict.fromkeys(row for place in paragraph.places for row in place.rows):
        for r, start in cells[claim]:
            found.setdefault(r, {}).setdefault(claim, (claim[1:], question, links.words(r, start)))
    return [Teller(outlet=told.cast.outlets[r], places=tuple(x.values())) for r, x in found.items()]


def article(request: Request) -> Response:
    """One article whatever its story: what it is, and its versions with what changed between them."""
    shelf: Shelf = request.app.state.shelf
    kept = shelf.library.article(request.path_params["article"])
    versions = shelf.library.versions(kept.row.id)
    url = web_address(kept.row.url)
    return tagged(request, filled("article.html", page="story", row=kept.row, url=url, versions=versions, most=_MOST_CHANGES))
