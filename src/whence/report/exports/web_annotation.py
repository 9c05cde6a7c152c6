"""A story as W3C Web Annotations (w3.org/TR/annotation-model): every mark on every report, by position and by words."""

from __future__ import annotations

from collections.abc import Iterator

from ...types import Region, Report, Story
from ..figures import range_text
from ..naming import Cast, cast_of, chain_text
from .names import Json, address_of, as_json, base_of

__all__ = ["to_bytes"]

_AROUND = 32


def to_bytes(story: Story) -> bytes:
    """An AnnotationCollection of one page. Positions are Unicode code points into the report's text, as the recommendation asks."""
    base, cast = base_of(story), cast_of(story)
    items = [
        {"id": f"{base}#annotation-{i}", "type": "Annotation", "motivation": motive, "body": body, "target": _target(story, report, regions, base)}
        for i, (report, regions, motive, body) in enumerate(_marks(story, cast), 1)
    ]
    page = {"id": f"{base}#page", "type": "AnnotationPage", "partOf": f"{base}#annotations", "startIndex": 0, "items": items}
    return as_json({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": f"{base}#annotations", "type": "AnnotationCollection",
        "label": story.summary, "total": len(items), "first": page,
    })  # fmt: skip


def _marks(story: Story, cast: Cast) -> Iterator[tuple[str, list[Region], str, Json]]:
    """Report, regions, motivation and body of every mark, by sort, in the story's order."""
    for r in story.reports:
        for f in r.furniture:
            yield r.id, [(f.start, f.end)], "classifying", _body(f"page furniture: {f.kind}", "classifying")
        for credit in r.credits:
            yield r.id, [(credit.start, credit.end)], "identifying", _body(f"credits {chain_text(cast, [credit.party])}", "identifying")
    for a in story.attributions:
        if a.content:
            regions = [(s.start, s.end) for s in a.content]
            yield a.report, regions, "identifying", _body(f"{a.kind}: {chain_text(cast, a.chain)}", "identifying")
    for q in story.quantities:
        yield q.report, [(q.start, q.end)], "describing", _body(range_text(q.low, q.high, q.unit), "describing")
    for d in story.timeline:
        yield d.report, [(d.start, d.end)], "describing", _body(f"{d.date} (EDTF, {d.basis})", "describing")
    for c in story.claims:
        for x in c.cells:
            yield x.report, [(x.start, x.end)], "linking", _body(f"{c.id}: {c.question} ({c.relation}: {c.why})", "linking")


def _body(value: str, purpose: str) -> Json:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "language": "en", "purpose": purpose}


def _target(story: Story, report_id: str, regions: list[Region], base: str) -> Json | list[Json]:
    report = next(r for r in story.reports if r.id == report_id)
    targets = [_place(report, region, base) for region in regions]
    return targets[0] if len(targets) == 1 else targets


def _place(report: Report, region: Region, base: str) -> Json:
    start, end = region
    text = report.text
    words = {"exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": address_of(report, base), "selector": [position, {"type": "TextQuoteSelector", **words}]}
