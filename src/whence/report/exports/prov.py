"""A story as W3C PROV-O in JSON-LD: what each report's words were derived from, and whom they are attributed to."""

from __future__ import annotations

from itertools import pairwise

from ...types import Cell, Claim, Link, Party, Report, Story
from ..naming import cast_of, party_name
from .names import Json, address_of, as_json, base_of, moment_of

__all__ = ["to_bytes"]

_PROV = "http://www.w3.org/ns/prov#"
_CONTEXT = {
    "prov": _PROV,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    **{
        name: {"@id": f"prov:{name}", "@type": "@id"}
        for name in ("wasAttributedTo", "wasDerivedFrom", "wasQuotedFrom", "hadPrimarySource", "hadMember", "wasGeneratedBy", "wasAssociatedWith", "used")
    },
    "value": "prov:value",
    "label": "rdfs:label",
    "title": "dcterms:title",
    "issued": "dcterms:issued",
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
}
_AGENTS = {"person": "prov:Person", "outlet": "prov:Organization", "agency": "prov:Organization", "organisation": "prov:Organization"}


def to_bytes(story: Story) -> bytes:
    """One ``@graph``. A cell is quoted from its report and derived, step by step, from what each party of its chain had said.

    The last party named is the primary source *by the text's own words*: PROV states what was said, and nothing here says that it is so.
    """
    base, cast = base_of(story), cast_of(story)
    places = {r.id: address_of(r, base) for r in story.reports}
    graph: list[Json] = [
        {"@id": f"{base}#run", "@type": "prov:Activity", "label": "reading by whence", "wasAssociatedWith": f"{base}#whence", "used": [*places.values()]},
        {"@id": f"{base}#whence", "@type": ["prov:Agent", "prov:SoftwareAgent"], "label": f"whence {story.version}"},
        *(_agent(p, party_name(cast, p.id), base) for p in story.parties),
        *(_report(r, story, base) for r in story.reports),
    ]
    for claim in story.claims:
        graph += _claim(claim, base)
        for i, cell in enumerate(claim.cells, 1):
            graph += _cell(cell, f"{base}#{claim.id}-{i}", places[cell.report], base)
    graph += [_link(x, places) for x in story.links if x.directed and x.kind != "shares-origin" and {x.from_, x.to} <= places.keys()]
    return as_json({"@context": _CONTEXT, "@graph": graph})


def _agent(party: Party, name: str, base: str) -> Json:
    return {"@id": f"{base}#{party.id}", "@type": ["prov:Agent", *([_AGENTS[party.kind]] if party.kind in _AGENTS else [])], "label": name}


def _report(report: Report, story: Story, base: str) -> Json:
    wrote = [f"{base}#{p.id}" for p in story.parties if p.report == report.id]
    facts = {"title": report.title, "issued": report.published, "generatedAtTime": moment_of(report.published)}
    known = {k: v for k, v in facts.items() if v}
    return {"@id": address_of(report, base), "@type": "prov:Entity", **known, **({"wasAttributedTo": wrote} if wrote else {})}


def _claim(claim: Claim, base: str) -> list[Json]:
    cells = [f"{base}#{claim.id}-{i}" for i in range(1, len(claim.cells) + 1)]
    kinds = ["prov:Entity", "prov:Collection"]
    return [{"@id": f"{base}#{claim.id}", "@type": kinds, "label": claim.question, "hadMember": cells, "wasGeneratedBy": f"{base}#run"}]


def _cell(cell: Cell, name: str, place: str, base: str) -> list[Json]:
    """The words as they stand in the report, and behind them an utterance of each party of the chain, each derived from the next."""
    said = [f"{name}-{party}" for party in cell.chain[1:]]
    own = {"wasAttributedTo": [f"{base}#{cell.chain[0]}"]} if cell.chain else {}
    behind = {"wasDerivedFrom": said[0], "hadPrimarySource": said[-1]} if said else {}
    out: list[Json] = [{"@id": name, "@type": "prov:Entity", "value": cell.text, "wasQuotedFrom": place, **own, **behind}]
    farther = dict(pairwise(said))
    for utterance, party in zip(said, cell.chain[1:], strict=True):
        had = {"wasDerivedFrom": farther[utterance]} if utterance in farther else {}
        out.append({"@id": utterance, "@type": "prov:Entity", "wasAttributedTo": [f"{base}#{party}"], **had})
    return out


def _link(link: Link, places: dict[str, str]) -> Json:
    how = "wasQuotedFrom" if link.kind == "quotes" else "wasDerivedFrom"
    return {"@id": places[link.to], how: places[link.from_]}
