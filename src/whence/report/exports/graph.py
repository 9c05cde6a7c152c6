"""Who has each claim from whom, as a directed graph: what GraphML and networkx hold. Nothing is counted here."""

from __future__ import annotations

from itertools import pairwise

from ...types import PartyId, ReportId, Story, Value
from ..naming import cast_of, party_name

__all__ = ["Edge", "Graph", "Vertex", "graph_of"]


class Vertex(Value):
    """A party. ``reports``: the given reports that it wrote; ``claims``: how many claims would fall with it (where it is all of the weakest point)."""

    id: PartyId
    name: str
    kind: str
    reports: tuple[ReportId, ...]
    claims: int


class Edge(Value):
    """``downstream`` has a claim from ``upstream`` by a report's own words, which begin at ``start`` in that report."""

    downstream: PartyId
    upstream: PartyId
    claim: str
    question: str
    report: ReportId
    start: int
    end: int
    basis: str


class Graph(Value):
    """Parties in the story's order, edges in the order of claims and cells."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]


def graph_of(story: Story) -> Graph:
    """One vertex a party that stands in a chain or wrote a report, one edge a step of a cell's chain."""
    cast = cast_of(story)
    edges = [
        Edge(downstream=a, upstream=b, claim=c.id, question=c.question, report=x.report, start=x.start, end=x.end, basis=x.basis)
        for c in story.claims
        for x in c.cells
        for a, b in pairwise(x.chain)
    ]
    used = {p for e in edges for p in (e.downstream, e.upstream)} | {p for c in story.claims for x in c.cells for p in x.chain}
    wrote: dict[PartyId, dict[ReportId, None]] = {}
    for c in story.claims:
        for x in c.cells:
            if x.chain:
                wrote.setdefault(x.chain[0], {})[x.report] = None
    for p in story.parties:
        if p.report is not None:
            wrote.setdefault(p.id, {})[p.report] = None
    alone = [c.weakest[0] for c in story.claims if len(c.weakest) == 1]
    vertices = [
        Vertex(id=p.id, name=party_name(cast, p.id), kind=p.kind, reports=tuple(wrote.get(p.id, ())), claims=alone.count(p.id))
        for p in story.parties
        if p.id in used or p.report is not None
    ]
    return Graph(vertices=tuple(vertices), edges=tuple(edges))
