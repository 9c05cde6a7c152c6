"""By what a correction finds its subjects again after a regrouping or another telling: articles, and places in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..types import Annotated, Attribution, Party, PartyId, PartyKind, Story, Value

__all__ = ["Anchors", "Known", "Place", "known_of", "party_at", "places"]


class Place(Value):
    """Where a party stands: in a chain (its attribution's first words, how far out), in a credit, or as the report's own outlet."""

    article: str
    kind: str
    start: int = 0
    depth: int = 0


class Known(Value):
    """A party by its name and by where it stands."""

    name: str
    kind: PartyKind
    places: tuple[Place, ...]


class Anchors(Value):
    """``groups``: members of the stories that a correction speaks of. ``before`` and ``after``: to which story its articles belonged and then came.

    ``parties``: the parties that it speaks of.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    before: dict[str, str | None] = {}  # noqa: RUF012  (msgspec copies it)
    after: dict[str, str | None] = {}  # noqa: RUF012
    parties: tuple[Known, ...] = ()


def known_of(story: Story, articles: Sequence[str], party: Party) -> Known:
    """A party of a told story; ``articles`` are the ids of its reports' articles, in order."""
    article = {r.id: a for r, a in zip(story.reports, articles, strict=True)}
    found = [
        Place(article=article[a.report], kind="said", start=_start(a), depth=i) for a in story.attributions for i, p in enumerate(a.chain) if p == party.id
    ]
    found += [Place(article=article[r.id], kind="credit", start=c.start) for r in story.reports for c in r.credits if c.party == party.id]
    if party.report is not None:
        found.append(Place(article=article[party.report], kind="own"))
    return Known(name=party.name, kind=party.kind, places=tuple(found))


def places(report: Annotated, article: str) -> Iterator[tuple[Place, PartyId]]:
    """Every place of a report at which a party stands, and which."""
    marks = report.marks
    if marks.own is not None:
        yield Place(article=article, kind="own"), marks.own
    for a in marks.attributions:
        for i, p in enumerate(a.chain):
            yield Place(article=article, kind="said", start=_start(a), depth=i), p
    for c in marks.credits:
        yield Place(article=article, kind="credit", start=c.start), c.party


def party_at(known: Known, standing: dict[Place, PartyId], parties: Sequence[Party]) -> PartyId | None:
    """Which party it is now: the one that stands at most of its places; where none does, the only one of its name and kind."""
    votes = Counter(standing[p] for p in known.places if p in standing)
    if votes:
        return min(votes, key=lambda p: (-votes[p], p))
    same = [p.id for p in parties if (p.name, p.kind) == (known.name, known.kind)]
    return same[0] if len(same) == 1 else None


def _start(attribution: Attribution) -> int:
    spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s is not None)]
    return spans[0].start if spans else 0
