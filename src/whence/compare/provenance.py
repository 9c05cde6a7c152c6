"""From the cells of a claim to the graph that is counted: who has it from whom, and what ties are only possible."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from itertools import combinations

from .. import expressions as re
from ..lang import load
from ..text import fold, overlap
from ..types import Annotated, Cell, Link, MaybeSame, Party, PartyId
from .identity import identities, settled
from .origins import Provenance, Tie
from .quotes import quotation, same_utterance
from .stems import content_words, stem

__all__ = ["provenance"]

_COPIED = 0.5  # the share of a cell that must stand in a shared passage to have come with it
_UTTERANCE = 5  # words a quotation needs to be known again
_ROOTS, _SAID_AGAIN = 2, 0.5  # roots that two translations of one utterance share, and the share of the shorter one's
_COPY_KINDS = {"copies", "edits", "rewrites", "shares-origin"}


def provenance(
    cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], links: Sequence[Link], maybes: Sequence[MaybeSame]
) -> Provenance:
    """The graph of one claim.

    Stated: each hop of each cell's chain. Shown: a passage that two cells share. Possible: unnamed people who may be one, a cell that names no source
    (it may rest on what any other cites), and any two of the last parties that are not both had at first hand.
    """
    stands = identities(cells, parties, reports)
    cells = [settled(c, stands) for c in cells]
    ties = [*_stated(cells), *_shown(cells, links), *_one_utterance(cells, reports, parties)]
    ends = {c.chain[-1] for c in cells}
    ties += [Tie(upstream=m.a, downstream=m.b, strength="possible", mutual=True, chance=1.0) for m in maybes if m.a in ends and m.b in ends]
    ties += [*_touched(cells, links), *_silent(cells)]
    first_hand = {c.chain[-1] for c in cells if len(c.chain) == 2 and _first_hand(c, reports[c.report])}
    ties += _unproved(ends - {c.chain[0] for c in cells}, first_hand, ties)
    involved = sorted({p for t in ties for p in (t.upstream, t.downstream)} | {c.chain[0] for c in cells})
    return Provenance(
        readers=tuple(dict.fromkeys(c.chain[0] for c in cells)), ties=tuple(ties), names={p: _stable_name(parties[p]) for p in involved}
    )


def _stable_name(party: Party) -> str:
    return f"{party.kind}:{fold(party.name)}"


def _stated(cells: Sequence[Cell]) -> list[Tie]:
    pairs = {(up, down) for c in cells for down, up in zip(c.chain, c.chain[1:], strict=False)}
    return [Tie(upstream=up, downstream=down, strength="stated") for up, down in sorted(pairs)]


def _shown(cells: Sequence[Cell], links: Sequence[Link]) -> list[Tie]:
    """Cells that stand in one shared passage have their claim from one place: their outlets are tied, and so are their last parties."""
    found = []
    for a, b in combinations(cells, 2):
        link = next((x for x in links if x.kind in _COPY_KINDS and {x.from_, x.to} == {a.report, b.report} and _carried(a, b, x)), None)
        if link is None or a.chain[0] == b.chain[0]:
            continue
        up, down = (a, b) if link.from_ == a.report else (b, a)
        directed = link.directed and len(up.chain) >= len(down.chain)
        found.append(Tie(upstream=up.chain[0], downstream=down.chain[0], strength="shown", mutual=not directed))
        if a.chain[-1] != b.chain[-1] and max(len(a.chain), len(b.chain)) > 1:
            found.append(Tie(upstream=a.chain[-1], downstream=b.chain[-1], strength="shown", mutual=True))
    return found


def _touched(cells: Sequence[Cell], links: Sequence[Link]) -> list[Tie]:
    """Cells of which a shared passage or a shared rare error takes in a part: their last parties may be one, as surely as their reports are of one text.

    So an error that two reports share in what they tell of a claim weighs, even where each says that it was there (Dong et al.: more than shared truths do).
    """
    found = []
    for a, b in combinations(cells, 2):
        link = next((x for x in links if x.kind in _COPY_KINDS and {x.from_, x.to} == {a.report, b.report} and _meets(a, b, x)), None)
        if link is not None and a.chain[-1] != b.chain[-1] and not _carried(a, b, link):
            found.append(Tie(upstream=a.chain[-1], downstream=b.chain[-1], strength="possible", mutual=True, chance=link.confidence))
    return found


def _meets(a: Cell, b: Cell, link: Link) -> bool:
    left, right = (a, b) if link.from_ == a.report else (b, a)
    here, there = (left.start, left.end), (right.start, right.end)
    return any(overlap(here, (e.from_.start, e.from_.end)) and overlap(there, (e.to.start, e.to.end)) for e in link.evidence)


def _carried(a: Cell, b: Cell, link: Link) -> bool:
    left, right = (a, b) if link.from_ == a.report else (b, a)
    for e in link.evidence:
        one = overlap((left.start, left.end), (e.from_.start, e.from_.end)) / max(1, left.end - left.start)
        two = overlap((right.start, right.end), (e.to.start, e.to.end)) / max(1, right.end - right.start)
        if one >= _COPIED and two >= _COPIED:
            return True
    return False


def _silent(cells: Sequence[Cell]) -> list[Tie]:
    """A report that names no source gives no ground to count it as another origin: it may rest on any of the others.

    Unknown widens the interval and never the count, so the tie weighs fully in the best estimate.
    """
    found = []
    for quiet in (c for c in cells if len(c.chain) == 1):
        for other in cells:
            if other.chain[-1] != quiet.chain[0]:
                found.append(Tie(upstream=other.chain[-1], downstream=quiet.chain[0], strength="possible", mutual=len(other.chain) == 1, chance=1.0))
    return found


def _one_utterance(cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party]) -> list[Tie]:
    """Cells that quote the same words quote one utterance, and so do those that quote much the same where one of them does not name who spoke.

    Their last parties are one origin.
    """
    found = []
    for a, b in combinations(cells, 2):
        one, two = (quotation(reports[c.report].article.text[max(0, c.start - 1) : c.end + 1]) for c in (a, b))
        if a.chain[-1] == b.chain[-1] or min(len(one.split()), len(two.split())) < _UTTERANCE:
            continue
        named = all(parties[c.chain[-1]].kind == "person" for c in (a, b))
        if same_utterance(one, two) or (not named and _translated(one, two)):
            found.append(Tie(upstream=a.chain[-1], downstream=b.chain[-1], strength="shown", mutual=True))
    return found


def _translated(one: str, two: str) -> bool:
    """Half of what the shorter quotation says is said by the other, in words of one root."""
    said, again = ({stem(w) for w in content_words(x, "en")} for x in (one, two))
    return len(said & again) >= max(_ROOTS, _SAID_AGAIN * min(len(said), len(again)))


def _first_hand(cell: Cell, report: Annotated) -> bool:
    """The cell's sentence says that the report's own people saw, heard or hold what it rests on."""
    marks, text = report.marks, report.article.text
    inside = [s for s in marks.sentences if overlap(s, (cell.start, cell.end))]
    around = text[inside[0][0] : inside[-1][1]] if inside else cell.text
    own = report.article.outlet.value if report.article.outlet else ""
    return bool(_first_hand_words("en").search(around)) or bool(
        own and re.search(rf"\b(?:told|with|to|by)\s+(?:the\s+)?{re.escape(own.removeprefix('The '))}\b", around, re.IGNORECASE)
    )


@functools.cache
def _first_hand_words(language: str) -> re.Pattern[str]:
    words = load(language, "compare")["first_hand"]["words"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in words)})\b", re.IGNORECASE)


def _unproved(ends: set[PartyId], first_hand: set[PartyId], ties: Sequence[Tie]) -> list[Tie]:
    """Between any two last parties that are cited, unless each is had at first hand: no text says that neither had it from the other.

    The tie weighs fully, for unknown widens the interval and never raises the count.
    """
    known = {frozenset((t.upstream, t.downstream)) for t in ties}
    pairs = [(a, b) for a, b in combinations(sorted(ends), 2) if frozenset((a, b)) not in known and not {a, b} <= first_hand]
    return [Tie(upstream=a, downstream=b, strength="possible", mutual=True, chance=1.0) for a, b in pairs]
