"""Corrections of who is who, applied to a story's parties before anything is counted by them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..text import fold
from ..types import Annotated, Correction, Marks, MaybeSame, NotChecked, Party, PartyId
from .anchors import Anchors, party_at, places

__all__ = ["Settled"]

replace = msgspec.structs.replace


class Settled:
    """What ``pipeline.retell`` takes as ``settle``. ``notes`` says afterwards which corrections found nothing to correct."""

    def __init__(self, corrections: Sequence[tuple[int, Correction, Anchors]], articles: Sequence[str]) -> None:
        self._corrections = corrections
        self._articles = articles
        self.notes: list[NotChecked] = []

    def __call__(
        self, parties: tuple[Party, ...], reports: tuple[Annotated, ...], maybes: tuple[MaybeSame, ...], /
    ) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]:
        for number, correction, anchors in self._corrections:
            standing = {p: who for r, a in zip(reports, self._articles, strict=True) for p, who in places(r, a)}
            found = [party_at(known, standing, parties) for known in anchors.parties]
            ids = list(dict.fromkeys(p for p in found if p is not None))
            if correction.kind == "merge-parties" and len(ids) > 1:
                parties, reports, maybes = _merged(parties, reports, maybes, ids, correction.value)
            elif correction.kind == "party-is-outlet" and ids:
                parties, reports, maybes = _as_outlet(parties, reports, maybes, ids, str(correction.value))
            elif correction.kind == "split-parties" and ids:
                away = {r.id for r, a in zip(reports, self._articles, strict=True) if a in correction.subjects[1:]}
                parties, reports = _split(parties, reports, ids[0], away)
            elif not (correction.kind == "merge-parties" and found and None not in found):
                names = ", ".join(k.name for k in anchors.parties)
                why = f"correction {number} was not applied: {names} could not be found again in this story as it stands now"
                self.notes.append(NotChecked(check="correction", why=why))
        return parties, reports, maybes


def _merged(
    parties: tuple[Party, ...], reports: tuple[Annotated, ...], maybes: tuple[MaybeSame, ...], ids: Sequence[PartyId], name: str | None
) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]:
    """The parties with these ids as one, under the first one's id."""
    one = [next(p for p in parties if p.id == i) for i in ids]
    named = [p for p in one if p.kind not in ("unnamed", "public")]
    head = named[0] if named else one[0]
    names = dict.fromkeys(n for p in (head, *one) for n in (p.name, *p.aliases) if not named or p in named)
    called = name or head.name
    names.pop(called, None)
    new = replace(
        head, id=ids[0], name=called, aliases=tuple(names), report=next((p.report for p in one if p.report is not None), None),
        unnamed=None if named else head.unnamed,
    )  # fmt: skip
    moved = dict.fromkeys(ids, ids[0])
    kept = tuple(new if p.id == ids[0] else p for p in parties if p.id == ids[0] or p.id not in moved)
    return kept, tuple(replace(r, marks=_moved(r.marks, moved)) for r in reports), _between(maybes, moved)


def _as_outlet(
    parties: tuple[Party, ...], reports: tuple[Annotated, ...], maybes: tuple[MaybeSame, ...], ids: Sequence[PartyId], name: str
) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]:
    """The parties as the outlet of that name, joined with it where the story knows it."""
    parties = tuple(replace(p, name=name, aliases=(), kind="outlet", unnamed=None) if p.id in ids else p for p in parties)
    maybes = tuple(m for m in maybes if m.a not in ids and m.b not in ids)  # who is named is nobody's perhaps
    key = fold(name).removeprefix("the ")
    same = [p.id for p in parties if p.kind in ("outlet", "agency") and key in {fold(n).removeprefix("the ") for n in (p.name, *p.aliases)}]
    first = sorted(same, key=lambda i: i in ids)  # the outlet that was known keeps its id
    return _merged(parties, reports, maybes, first, None) if len(first) > 1 else (parties, reports, maybes)


def _split(parties: tuple[Party, ...], reports: tuple[Annotated, ...], party: PartyId, away: set[str]) -> tuple[tuple[Party, ...], tuple[Annotated, ...]]:
    """The party as two: what stands in the reports named is somebody else of the same name."""
    old = next(p for p in parties if p.id == party)
    new = f"p{1 + max(int(p.id[1:]) for p in parties)}"
    moves = old.report in away
    other = replace(old, id=new, report=old.report if moves else None)
    kept = tuple(replace(p, report=None) if p.id == party and moves else p for p in parties)
    return (*kept, other), tuple(replace(r, marks=_moved(r.marks, {party: new})) if r.id in away else r for r in reports)


def _moved(marks: Marks, moved: dict[PartyId, PartyId]) -> Marks:
    return replace(
        marks,
        own=None if marks.own is None else moved.get(marks.own, marks.own),
        attributions=tuple(replace(a, chain=_chain([moved.get(p, p) for p in a.chain])) for a in marks.attributions),
        credits=tuple(replace(c, party=moved.get(c.party, c.party)) for c in marks.credits),
    )


def _chain(parties: Sequence[PartyId]) -> tuple[PartyId, ...]:
    """The chain without the loops that two parties made one leave in it."""
    found: list[PartyId] = []
    for p in parties:
        if p in found:
            del found[found.index(p) :]
        found.append(p)
    return tuple(found)


def _between(maybes: Sequence[MaybeSame], moved: dict[PartyId, PartyId]) -> tuple[MaybeSame, ...]:
    """The pairs that may be one, by their new ids, each once, the likeliest reading of it."""
    found: dict[tuple[PartyId, PartyId], MaybeSame] = {}
    for m in maybes:
        a, b = moved.get(m.a, m.a), moved.get(m.b, m.b)
        if a != b and ((a, b) not in found or found[a, b].chance < m.chance) and (b, a) not in found:
            found[a, b] = replace(m, a=a, b=b)
    return tuple(found.values())
