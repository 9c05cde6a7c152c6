"""A pair that shares text, written down as a link."""

from __future__ import annotations

from ..types import Containment, Link, LinkKind, Passage
from .reuse_judge import Direction, Shared, confidence


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
