"""A story as schema.org JSON-LD: NewsArticle, Quotation and Claim (schema.org/Claim), for search engines and fact-checkers' tools."""

from __future__ import annotations

from ...types import Party, Story
from ..naming import Cast, cast_of, chain_text, origins_text, party_name, weakest_text
from .names import Json, address_of, as_json, base_of

__all__ = ["to_bytes"]

_KINDS = {"person": "Person", "outlet": "NewsMediaOrganization", "agency": "NewsMediaOrganization", "organisation": "Organization", "document": "CreativeWork"}


def to_bytes(story: Story) -> bytes:
    """One ``@graph``: the reports, the parties, each claim with its appearances, each quotation with who is quoted."""
    base, cast = base_of(story), cast_of(story)
    graph: list[Json] = [*_articles(story, cast, base), *(_party(p, cast, base) for p in story.parties), *_claims(story, cast, base), *_quotes(story, base)]
    return as_json({"@context": "https://schema.org", "@graph": graph})


def _articles(story: Story, cast: Cast, base: str) -> list[Json]:
    wrote = {p.report: p.id for p in story.parties if p.report is not None}
    out: list[Json] = []
    for r in story.reports:
        facts = {"headline": r.title, "datePublished": r.published, "inLanguage": r.language}
        publisher = {"@id": f"{base}#{wrote[r.id]}"} if r.id in wrote else {"@type": "Organization", "name": cast.outlets[r.id]}
        known = {k: v for k, v in facts.items() if v}
        out.append({"@type": "NewsArticle", "@id": address_of(r, base), **known, "publisher": publisher})
    return out


def _party(party: Party, cast: Cast, base: str) -> Json:
    kind = _KINDS.get(party.kind, "Person" if party.kind == "unnamed" else "Thing")
    alias = {"alternateName": list(party.aliases)} if party.aliases else {}
    return {"@type": kind, "@id": f"{base}#{party.id}", "name": party_name(cast, party.id), **alias}


def _claims(story: Story, cast: Cast, base: str) -> list[Json]:
    places = {r.id: address_of(r, base) for r in story.reports}
    out: list[Json] = []
    for c in story.claims:
        count = f"{origins_text(c.origins)}; weakest point: {weakest_text(cast, c) or 'not known'}"
        cells = [
            {"@type": "Quotation", "text": x.text, "isPartOf": {"@id": places[x.report]}, "creditText": chain_text(cast, x.chain)} for x in c.cells
        ]
        appearances = [{"@id": places[r]} for r in dict.fromkeys(x.report for x in c.cells)]
        said = {"text": c.cells[0].text} if c.cells else {}
        out.append({
            "@type": "Claim", "@id": f"{base}#{c.id}", "name": c.question, **said, "description": f"{count}. {c.why}",
            "appearance": appearances, "hasPart": cells,
        })  # fmt: skip
    return out


def _quotes(story: Story, base: str) -> list[Json]:
    places = {r.id: address_of(r, base) for r in story.reports}
    return [
        {
            "@type": "Quotation", "@id": f"{base}#{a.id}", "text": " … ".join(s.text for s in a.content), "isPartOf": {"@id": places[a.report]},
            **({"creator": {"@id": f"{base}#{a.chain[-1]}"}} if len(a.chain) > 1 else {}),
        }
        for a in story.attributions
        if a.kind != "indirect"
    ]  # fmt: skip
