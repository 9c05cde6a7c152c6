"""Charts of a story or of all stories told: when reports came out, which outlet depends on which, who feeds whom.

In a page they are drawn here; as files they are Vega-Lite 5 with their data in them, and SVG or PNG by vl-convert (the extra ``charts``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from ..errors import InputError, MissingExtra
from ..report import Lineage, picture_of
from ..types import StoryRow
from .matrix import Dependence, dependences_of, feeding, matrix_of
from .pages import filled, tagged
from .shelf import Shelf, Told
from .story import frame
from .strip import moment, strip_of

__all__ = ["file", "page", "spec"]

NAMES = ("timeline", "matrix", "feeds")
_MOST_STORIES = 40
_MEDIA = {"json": "application/json", "svg": "image/svg+xml", "png": "image/png"}


def page(request: Request) -> Response:
    """All three charts of a story, or of the newest stories."""
    shelf: Shelf = request.app.state.shelf
    rows = _about(request, shelf)

    def draw() -> bytes:
        told = [shelf.told_as(r) for r in rows]
        found = dependences_of(told)
        feeds = feeding(found)
        dates = [(r.published, t.cast.outlets[r.id], r.id) for t in told for r in t.story.reports]
        one = "story" in request.path_params
        frames: dict[str, Any] = frame(told[0], "charts") if one else {"page": "charts", "to_report": lambda report: "#feeds"}
        base = f"{request.url.path.rstrip('/')}"
        return filled(
            "story_charts.html" if one else "charts.html", **frames, matrix=matrix_of(found), feeds=picture_of(feeds) if feeds.nodes else None,
            strip=strip_of(dates, 900.0, step=9.0, high=84.0), base=base, stories=len(told), found=found[:60],
        )  # fmt: skip

    return tagged(request, shelf.drawn(("charts", request.url.path, *_state(rows)), draw))


def file(request: Request) -> Response:
    """One chart as Vega-Lite JSON, SVG or PNG."""
    name, form = request.path_params["name"], request.path_params["form"]
    if name not in NAMES or form not in _MEDIA:
        raise InputError(f"{name}.{form}", f"is no chart: there are {', '.join(NAMES)}, each as {', '.join(_MEDIA)}")
    shelf: Shelf = request.app.state.shelf
    rows = _about(request, shelf)
    body = shelf.drawn(("chart", name, form, *_state(rows)), lambda: _written(spec(name, [shelf.told_as(r) for r in rows]), form))
    return tagged(request, body, _MEDIA[form], **{"content-disposition": f'attachment; filename="whence-{name}.{"vl.json" if form == "json" else form}"'})


def spec(name: str, told: Sequence[Told]) -> dict[str, Any]:
    """A chart as Vega-Lite: the file of that name with the data put in."""
    raw = (files("whence.web") / "charts" / f"{name}.vl.json").read_text(encoding="utf-8")
    chart: dict[str, Any] = json.loads(raw)
    if name == "timeline":
        chart["datasets"] = {"reports": [
            {"date": r.published, "outlet": t.cast.outlets[r.id], "story": t.row.title}
            for t in told for r in t.story.reports if moment(r.published) is not None
        ]}  # fmt: skip
        return chart
    found = dependences_of(told)
    if name == "matrix":
        chart["datasets"] = {"dependences": [msgspec.structs.asdict(d) for d in found]}
        return chart
    chart["datasets"] = _network(feeding(found), found)
    return chart


def _network(lineage: Lineage, found: Sequence[Dependence]) -> dict[str, Any]:
    """Nodes with their places and ties between them, as Vega-Lite can draw."""
    drawn = picture_of(lineage)
    places = {n.id: (x.box.x + x.box.width / 2, x.box.y + x.box.height / 2) for n, x in zip(lineage.nodes, drawn.labels, strict=False)}
    names = {n.id: n.name for n in lineage.nodes}
    many = Counter({(d.upstream, d.downstream): d.ties for d in found})
    return {
        "nodes": [{"name": names[k], "x": x, "y": y, "here": any(n.id == k and n.reports for n in lineage.nodes)} for k, (x, y) in places.items()],
        "ties": [
            {"x": places[t.upstream][0], "y": places[t.upstream][1], "x2": places[t.downstream][0], "y2": places[t.downstream][1],
             "from": names[t.upstream], "to": names[t.downstream], "ties": many[names[t.upstream], names[t.downstream]], "strength": t.strength}
            for t in lineage.ties if t.upstream in places and t.downstream in places
        ],
    }  # fmt: skip


def _written(chart: dict[str, Any], form: str) -> bytes:
    if form == "json":
        return json.dumps(chart, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra(f"a chart as {form.upper()}", "charts") from None
    text = json.dumps(chart)
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(text)).encode("utf-8", "replace")
    return bytes(vl_convert.vegalite_to_png(text, scale=2.0))


def _about(request: Request, shelf: Shelf) -> list[StoryRow]:
    """The stories a chart is of. Of all stories only those are drawn that were told before: a page tells no forty stories."""
    if "story" in request.path_params:
        return [shelf.library.story_row(request.path_params["story"])]
    return [r for r in shelf.library.stories(limit=_MOST_STORIES) if r.origins is not None]


def _state(rows: Sequence[StoryRow]) -> tuple[object, ...]:
    return tuple((r.id, r.revision) for r in rows)
