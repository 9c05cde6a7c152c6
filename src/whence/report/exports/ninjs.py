"""A story as IPTC ninjs 3.0 (iptc.org/standards/ninjs): a composite of the reports, each with those that it credits as its information sources."""

from __future__ import annotations

from ...types import Party, Report, Story
from ..naming import Cast, cast_of, party_name
from .names import Json, address_of, as_json, base_of, moment_of

__all__ = ["to_bytes"]

_STANDARD = {"name": "ninjs", "version": "3.0", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"}


def to_bytes(story: Story) -> bytes:
    """One ninjs object: the story's line as its headline, its reports as associations, whole texts included."""
    base, cast = base_of(story), cast_of(story)
    return as_json({
        "standard": _STANDARD, "uri": base, "type": "composite", "headlines": [{"value": story.summary}],
        "associations": [_item(r, story, cast, base) for r in story.reports],
    })  # fmt: skip


def _item(report: Report, story: Story, cast: Cast, base: str) -> Json:
    credited = dict.fromkeys(p for a in story.attributions if a.report == report.id for p in a.chain[1:])
    credited |= dict.fromkeys(c.party for c in report.credits)
    parties = [p for p in story.parties if p.id in credited]
    moment = moment_of(report.published)
    return {
        "name": report.id, "uri": address_of(report, base), "type": "text",
        **({"language": report.language} if report.language else {}),
        **({"versionCreated": moment} if moment else {}),
        **({"headlines": [{"value": report.title}]} if report.title else {}),
        "bodies": [{"contentType": "text/plain", "charCount": len(report.text), "wordCount": len(report.text.split()), "value": report.text}],
        "by": cast.outlets[report.id],
        "people": [_named(p, base) for p in parties if p.kind == "person"],
        "organisations": [_named(p, base) for p in parties if p.kind in ("organisation", "outlet", "agency")],
        "infoSources": [{"name": cast.outlets[report.id]}, *({"name": party_name(cast, p.id), "uri": f"{base}#{p.id}"} for p in parties)],
    }  # fmt: skip


def _named(party: Party, base: str) -> Json:
    return {"name": party.name, "uri": f"{base}#{party.id}"}
