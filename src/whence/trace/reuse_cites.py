"""A report that credits or cites the outlet of another report which is here: who names whom, by which words, and what of the other answers to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from .. import expressions as re
from ..text import overlap
from ..types import Article, Attribution, Containment, Link, Marks, Party, PartyId, Passage, Region, Stretch
from .reuse_direction import Standing, dated
from .reuse_words import COMMON, Words

SAME = 3
"""Content words and figures that a sentence must have in common with what is attributed to its outlet…"""

PART = 0.4
"""…and the share of those of the attribution that they must be, to be shown as what is cited."""

SURE, LIKELY = 0.8, 0.6
"""Confidence where a sentence answers to what is cited, and where the outlet has one report here and nothing in it does."""

CLIPPED = 80
"""Characters of the words that name an outlet that a link's reason repeats; its evidence has them all."""

Naming = tuple[str, Region, frozenset[int]]
"""The outlet's name as the report's parties have it, the words that name it, and the content words of what is said to come from it."""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Report ``to`` names the outlet of report ``from_``: the words that do (``cue``), and the region of the other that answers to it.

    ``region`` is all of the other report where no sentence of it does (``matched`` False).
    """

    from_: int
    to: int
    outlet: str
    text: str
    cue: Region
    region: Region
    matched: bool


def citations(articles: Sequence[Article], marks: Sequence[Marks], stands: Sequence[Standing], texts: Sequence[Words]) -> dict[tuple[int, int], Citation]:
    """Citations between reports, by pair of places (first < second): of several reports of the outlet named, the one that answers best.

    Where several do not answer it is not told which is meant, and there is none; a report dated later than the one that cites is never meant.
    """
    outlets: dict[str, list[int]] = {}
    for n, stand in enumerate(stands):
        for name in stand.own:
            outlets.setdefault(name, []).append(n)
    sentences: dict[int, list[tuple[Region, frozenset[int]]]] = {}
    found: dict[tuple[int, int], Citation] = {}
    for to, stand in enumerate(stands):
        groups: dict[frozenset[str], list[int]] = {}
        for n in sorted({n for name in stand.named for n in outlets.get(name, ()) if stands[n].own.isdisjoint(stand.own)}):
            later = dated(stands[n].published, stand.published)
            if later is None or later.first == 0:
                groups.setdefault(stands[n].own, []).append(n)
                if n not in sentences:
                    sentences[n] = [(region, _content(texts[n], (region,))) for region in marks[n].sentences]
        for own, members in groups.items():
            namings = list(_namings(articles[to].text, marks[to], texts[to], {p.id: p for name in own if (p := stand.named.get(name))}))
            meant = _meant(namings, {n: sentences[n] for n in members})
            if meant is None and namings and len(members) == 1 and articles[members[0]].text:
                meant = members[0], namings[0], (0, len(articles[members[0]].text)), False
            if meant is not None:
                n, (outlet, cue, _), region, matched = meant
                text = articles[to].text[cue[0] : cue[1]]
                citation = Citation(from_=n, to=to, outlet=outlet, text=text, cue=cue, region=region, matched=matched)
                found.setdefault((min(n, to), max(n, to)), citation)
    return found


def _namings(text: str, marks: Marks, words: Words, meant: Mapping[PartyId, Party]) -> Iterator[Naming]:
    """Where a report names an outlet (by whatever party it is) as its source: credits first, then what it attributes, in the order of the text."""
    for credit in marks.credits:
        if credit.party in meant:
            yield meant[credit.party].name, (credit.start, credit.end), frozenset()
    for said in sorted(marks.attributions, key=lambda a: min((s.start for s in (a.source, a.cue, *a.content) if s is not None), default=0)):
        party = next((meant[p] for p in said.chain if p in meant), None)
        cue = _naming_words(text, party, said) if party is not None else None
        if party is not None and cue is not None:
            yield party.name, cue, _content(words, [(s.start, s.end) for s in said.content])


def _naming_words(text: str, party: Party, said: Attribution) -> Region | None:
    """The words that name an outlet as the source of an attribution: source and cue where it stands in them, else its name nearest before them."""
    parts = [s for s in (said.source, said.cue) if s is not None]
    if not parts:
        return None
    region = min(s.start for s in parts), max(s.end for s in parts)
    if any(overlap(region, (s.start, s.end)) for s in said.content):  # the source before what is said, the cue behind it
        region = parts[0].start, parts[0].end
    names = "|".join(re.escape(n.removeprefix("The ").removeprefix("the ")) for n in sorted((party.name, *party.aliases), key=len, reverse=True))
    places = [m.span() for m in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text[: region[1]])]
    if any(overlap(region, place) for place in places) or said.chain[-1] == party.id:
        return region
    return places[-1] if places else None


def _meant(namings: Sequence[Naming], reports: Mapping[int, Sequence[tuple[Region, frozenset[int]]]]) -> tuple[int, Naming, Region, bool] | None:
    """Of the reports of one outlet the one that is meant, by the sentence that answers best to what is attributed to it."""
    best: tuple[int, Naming, Region, bool] | None = None
    most = PART
    for naming in namings:
        wanted = naming[2]
        for n, sentences in reports.items() if len(wanted) >= SAME else ():
            for region, held in sentences:
                same = len(wanted & held)
                if same >= SAME and (same > most * len(wanted) or (best is None and same == most * len(wanted))):
                    best, most = (n, naming, region, True), same / len(wanted)
    return best


def _content(text: Words, regions: Sequence[Region]) -> frozenset[int]:
    """The content words and figures of some regions, by their numbers."""
    found = set[int]()
    for begin, end in regions:
        first = bisect_left(text.starts, begin)
        last = bisect_left(text.starts, end, first)
        found.update(w for w, weight in zip(text.ids[first:last], text.weights[first:last], strict=True) if weight > COMMON)
    return frozenset(found)


def citing(reports: Sequence[str], c: Citation) -> Link:
    """The link of a citation: directed from the report cited to the one that cites it, without a claim that any text was taken over."""
    source, copy = reports[c.from_], reports[c.to]
    clipped = c.text if len(c.text) <= CLIPPED else f"{c.text[:CLIPPED].rstrip()} …"
    what = f"a sentence of {source} answers to what it has from there" if c.matched else f"no sentence of {source} answers to it"
    return Link(
        from_=source,
        to=copy,
        kind="cites",
        directed=True,
        confidence=SURE if c.matched else LIKELY,
        why=f"{copy} names {c.outlet} as its source (“{clipped}”), whose report is {source}; {what}",
        containment=Containment(from_in_to=0.0, to_in_from=0.0),
        evidence=(Passage(from_=Stretch(start=c.region[0], end=c.region[1]), to=Stretch(start=c.cue[0], end=c.cue[1])),),
    )
