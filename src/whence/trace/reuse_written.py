"""A pair that shares text, or rare words in company, written down as a link."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..types import Containment, Link, LinkKind, Passage
from .reuse_judge import Direction, Shared, confidence
from .reuse_rewrites import Company


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


def misspelt(link: Link, odd: Sequence[tuple[str, str]]) -> Link:
    """A link whose two reports also share odd spellings: a shared error says more than many shared truths (Dong et al. 2009)."""
    said = ", ".join(f"“{word}” where others have “{usual}”" for word, usual in odd)
    sure = round(1 - (1 - link.confidence) / 3, 2)
    return msgspec.structs.replace(link, why=f"{link.why}; both spell {said}", confidence=min(0.99, sure))
