"""The first page: all stories, newest first; the search over articles; what could not be read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..errors import InputError
from ..report import and_list, plural
from ..types import Hit, Query, StoryRow, Value
from .counting import Counter
from .pages import address, filled, html, tagged
from .shelf import Shelf
from .strip import Strip, day, strip_of

__all__ = ["rejects", "search", "stories"]

_PAGE = 40
_HITS = 20
_FOUND = 200


class Line(Value, frozen=True, kw_only=True):
    """One story as the list shows it."""

    row: StoryRow
    origins: str
    span: str
    weakest: str
    differs: str
    strip: Strip


def stories(request: Request) -> Response:
    """Stories, newest first, by words, by days, or changed since a time."""
    shelf: Shelf = request.app.state.shelf
    asked = {k: request.query_params.get(k, "").strip()[:200] for k in ("words", "changed", "least", "after")}
    least = 2 if asked["least"] == "2" else 1
    query = Query(words=asked["words"], limit=_FOUND) if asked["words"] else None
    found = shelf.library.stories(query=query, changed_since=asked["changed"] or None, least=least, limit=_PAGE + 1, after=asked["after"] or None)
    rows, more = found[:_PAGE], len(found) > _PAGE
    counter: Counter = request.app.state.counter
    coming = counter.counted(rows)
    rows = [_as_it_is(shelf, r) if r.told != r.revision else r for r in rows]
    onward = address("", words=asked["words"], changed=asked["changed"], least=asked["least"], after=rows[-1].id) if more and query is None else None

    def draw() -> bytes:
        lines = [_line(shelf, r) for r in rows]
        return filled("stories.html", page="stories", lines=lines, coming=coming, asked=asked, onward=onward, empty=not any(asked.values()))

    key = ("stories", tuple(asked.values()), onward, tuple((r.id, r.revision, r.told, r.id in coming) for r in rows))
    return tagged(request, shelf.drawn(key, draw))


def _as_it_is(shelf: Shelf, row: StoryRow) -> StoryRow:
    try:
        return shelf.library.story_row(row.id)
    except InputError:
        return row  # it went since the list was read


def _line(shelf: Shelf, row: StoryRow) -> Line:
    span = [d for d in dict.fromkeys(day(x) for x in (row.first, row.last)) if d]
    return Line(
        row=row, origins=_range(row),
        span=" – ".join(span), weakest=and_list(row.weakest, 3),
        differs=plural(row.differing, "difference") if row.differing else "", strip=_strip(shelf, row),
    )  # fmt: skip


def _range(row: StoryRow) -> str:
    """ "1" or "1–3"; nothing where the story was never told."""
    if row.origins is None:
        return ""
    return str(row.origins.low) if row.origins.low == row.origins.high else f"{row.origins.low}–{row.origins.high}"


def _strip(shelf: Shelf, row: StoryRow) -> Strip:
    return strip_of([(date, outlet, "") for date, outlet in shelf.published(row)], 200.0)


def search(request: Request) -> Response:
    """Articles that hold words, a quotation, a number, or something like it in meaning."""
    shelf: Shelf = request.app.state.shelf
    asked = {k: request.query_params.get(k, "").strip()[:400] for k in ("words", "how", "outlet", "since", "until", "after")}
    hits: list[Hit] = []
    if asked["words"] or asked["outlet"]:
        how = asked["how"] if asked["how"] in ("quote", "number", "meaning") else "words"
        given = {how: asked["words"]} if asked["words"] else {}
        rest = {k: asked[k] or None for k in ("outlet", "since", "until", "after")}
        hits = shelf.library.search(Query(**given, **rest, limit=_HITS))  # type: ignore[arg-type]
    pieces = [_pieces(h) for h in hits]
    onward = address("search", **{**asked, "after": hits[-1].next}) if len(hits) == _HITS else None
    return html(filled("search.html", page="search", asked=asked, wrong="", hits=list(zip(hits, pieces, strict=True)), onward=onward))


def _pieces(hit: Hit) -> list[tuple[str, bool]]:
    """The passage of a hit cut where the words found stand."""
    out, at = [], hit.start
    for a, b in sorted(hit.marks):
        if at <= a < b <= hit.end:
            out += [(hit.passage[at - hit.start : a - hit.start], False), (hit.passage[a - hit.start : b - hit.start], True)]
            at = b
    return [(t, m) for t, m in [*out, (hit.passage[at - hit.start :], False)] if t]


def rejects(request: Request) -> Response:
    """What could not be read, and why."""
    shelf: Shelf = request.app.state.shelf
    return html(filled("rejects.html", page="add", rejects=shelf.library.rejects()))
