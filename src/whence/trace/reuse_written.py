"""A pair that shares text, or rare words in company, written down as a link."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from ..types import Containment, Link, LinkKind, Passage, Stretch
from .reuse_errors import SharedError
from .reuse_judge import Direction, Shared, confidence
from .reuse_rewrites import Company

NAMED = 3
"""Shared oddities that a link's reason names."""


def written(ids: tuple[str, str], shared: Shared, way: Direction, kind: LinkKind, why: str, evidence: tuple[Passage, ...]) -> Link:
    """The link of a pair, turned round where the second report was first; ``evidence`` and ``shared`` are in the order of ``ids``.

    Quotations and texts of one origin have no direction, whatever the dates say.
    """
    directed = way.first is not None and kind not in ("quotes", "shares-origin")
    turned = directed and way.first == 1
    source, copy = (ids[1], ids[0]) if turned else ids
    in_source, in_copy = (shared.share_b, shared.share_a) if turned else (shared.share_a, shared.share_b)
    if turned:
        evidence = tuple(Passage(from_=p.to, to=p.from_) for p in evidence)
    sure = confidence(shared.run, shared.strength)
    parts = [
        f"{shared.run} words run word for word{' (a quotation)' if kind == 'quotes' else ''}",
        f"{round(100 * in_copy)} % of the words of {copy} stand in {source}, {round(100 * in_source)} % the other way",
        f"{copy} {way.why}" if directed else why,
    ]
    return Link(
        from_=source,
        to=copy,
        kind=kind,
        directed=directed,
        confidence=round(sure * way.certain, 2) if directed else sure,
        why="; ".join(parts),
        containment=Containment(from_in_to=round(in_source, 4), to_in_from=round(in_copy, 4)),
        evidence=tuple(sorted(evidence, key=lambda p: (p.from_.start, p.to.start))),
    )


def rewritten(ids: tuple[str, str], kept: Company, way: Direction, evidence: tuple[Passage, ...]) -> Link:
    """The link of a pair with few words running in common: weaker than shared text, which its confidence and its reason say."""
    turned = way.first == 1
    source, copy = (ids[1], ids[0]) if turned else ids
    in_source, in_copy = (kept.share_b, kept.share_a) if turned else (kept.share_a, kept.share_b)
    if turned:
        evidence = tuple(Passage(from_=p.to, to=p.from_) for p in evidence)
    parts = [
        f"few words running in common, but {kept.pairs} pairs of words, rare in this story, kept in company: weaker than shared text",
        f"{copy} {way.why}" if way.first is not None else way.why,
    ]
    return Link(
        from_=source,
        to=copy,
        kind="rewrites",
        directed=way.first is not None,
        confidence=round(0.6 * kept.rate / (kept.rate + 0.1) * (way.certain if way.first is not None else 1.0), 2),
        why="; ".join(parts),
        containment=Containment(from_in_to=round(in_source, 4), to_in_from=round(in_copy, 4)),
        evidence=tuple(sorted(evidence, key=lambda p: (p.from_.start, p.to.start))),
    )


def with_errors(link: Link, errors: Sequence[SharedError], *, turned: bool) -> Link:
    """A link whose two reports also share oddities, the rarest named; ``turned`` where the link's first report is the pair's second.

    Each leaves less doubt that they are of one text; where an oddity stands outside the link's passages it becomes one.
    """
    said = [e.oddity.said for e in errors[:NAMED]]
    if len(errors) > NAMED:
        said.append(f"share {len(errors) - NAMED} more such oddities")
    doubt = math.prod(e.oddity.doubt for e in errors[:NAMED])
    places = [(e.there, e.here) if turned else (e.here, e.there) for e in errors]
    inside = [(p.from_, p.to) for p in link.evidence]
    more = [
        Passage(from_=Stretch(start=a[0], end=a[1]), to=Stretch(start=b[0], end=b[1]))
        for a, b in places
        if not any(p.start <= a[0] and a[1] <= p.end and q.start <= b[0] and b[1] <= q.end for p, q in inside)
    ]
    return msgspec.structs.replace(
        link,
        why=f"{link.why}; both {'; both '.join(said)}",
        confidence=min(0.99, round(1 - (1 - link.confidence) * doubt, 2)),
        evidence=tuple(sorted([*link.evidence, *more], key=lambda p: (p.from_.start, p.to.start))),
    )
