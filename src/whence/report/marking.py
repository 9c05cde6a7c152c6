"""A report's text cut into pieces, each with what is marked on it: furniture, attributions, numbers, dates, and the cells of the table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..text import paragraphs
from ..types import Attribution, Claim, Region, Report, ReportId, Story, Value
from .figures import range_text
from .naming import Cast, chain_text
from .plain import clip, shown

__all__ = ["Paragraph", "Piece", "Place", "paragraphs_of"]


_LONGEST_DATE = 40
"""A date that is known by a whole sentence is not underlined: its anchor is enough."""


class Piece(Value, frozen=True, kw_only=True):
    """Some words with the layers that lie on them (CSS classes), what a pointer over them says, and an anchor where a number or date begins."""

    text: str
    layers: str
    title: str
    anchor: str


class Place(Value, frozen=True, kw_only=True):
    """The words of one cell (or of none): ``anchor`` is what the table links to, ``rows`` the rows to go back to, with their questions."""

    anchor: str
    cell: bool
    rows: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


class Paragraph(Value, frozen=True, kw_only=True):
    """One line of the report and the chains that are heard in it; ``furniture`` where all of it is.

    ``shared`` are the other reports in which words of this line stand, and where in them.
    """

    places: tuple[Place, ...]
    chains: tuple[str, ...]
    furniture: bool
    shared: tuple[tuple[ReportId, int], ...] = ()


class _Layer(Value, frozen=True, kw_only=True):
    start: int
    end: int
    name: str
    title: str
    chain: str = ""
    anchor: str = ""
    other: tuple[ReportId, int] | None = None


class _Cell(Value, frozen=True, kw_only=True):
    start: int
    end: int
    anchor: str
    rows: tuple[tuple[str, str], ...]
    cell: bool = True


def paragraphs_of(story: Story, report: Report, cast: Cast, *, shared: bool = False) -> list[Paragraph]:
    """The whole text of a report, paragraph by paragraph, nothing left out but blank lines; with ``shared`` also the passages other reports have."""
    marks = [*_layers(story, report, cast), *(_passages(story, report, cast) if shared else ())]
    layers = sorted(marks, key=lambda x: (x.start, x.end, x.name))
    cells = _cells(story.claims, report)
    starts = [c.start for c in cells]
    out, active, at, before = [], list[_Layer](), 0, -1
    for a, b in paragraphs(report.text):
        while at < len(layers) and layers[at].start < b:
            active.append(layers[at])
            at += 1
        active = [x for x in active if x.end > a]
        heard = dict.fromkeys(x.chain for x in active if x.chain and x.start < b)
        furniture = any(x.name == "f" and x.start <= a and b <= x.end for x in active)
        first = max(0, bisect_right(starts, a) - 1)
        while first > 0 and starts[first - 1] > before:
            first -= 1
        places = tuple(_place(report.text, c, active) for c in _split(cells[first:], (a, b), before))
        others = dict.fromkeys(x.other for x in active if x.other and x.start < b)
        first_in = dict(reversed([*others]))
        out.append(Paragraph(places=places, chains=tuple(heard), furniture=furniture, shared=tuple(first_in.items())[::-1]))
        before = b - 1
    return out


def _layers(story: Story, report: Report, cast: Cast) -> Iterator[_Layer]:
    for f in report.furniture:
        yield _Layer(start=f.start, end=f.end, name="f", title=f"page furniture: {clip(f.kind, 40)}")
    for q in (x for x in story.quantities if x.report == report.id):
        yield _Layer(start=q.start, end=q.end, name="q", title=f"number: {range_text(q.low, q.high, q.unit)}", anchor=f"{report.id}-m{q.start}")
    for d in (x for x in story.timeline if x.report == report.id):
        name = "t" if d.end - d.start <= _LONGEST_DATE else "e"
        yield _Layer(start=d.start, end=d.end, name=name, title=f"date: {clip(d.date, 40)}", anchor=f"{report.id}-m{d.start}")
    for attribution in (x for x in story.attributions if x.report == report.id):
        yield from _attributed(attribution, cast)


def _passages(story: Story, report: Report, cast: Cast) -> Iterator[_Layer]:
    """Words that stand in other reports too, on whichever side of the link this report is."""
    for link in story.links:
        if report.id not in (link.from_, link.to):
            continue
        other = link.to if report.id == link.from_ else link.from_
        for p in link.evidence:
            here, there = (p.from_, p.to) if report.id == link.from_ else (p.to, p.from_)
            title = f"also in {cast.outlets.get(other, other)}"
            yield _Layer(start=here.start, end=here.end, name="x", title=title, anchor=f"{report.id}-m{here.start}", other=(other, there.start))


def _attributed(a: Attribution, cast: Cast) -> Iterator[_Layer]:
    chain, heard = chain_text(cast, a.chain), chain_text(cast, a.chain[1:])
    for s in a.content:
        yield _Layer(start=s.start, end=s.end, name="k d" if a.kind == "direct" else "k", title=chain, chain=heard)
    if a.source is not None:
        yield _Layer(start=a.source.start, end=a.source.end, name="s", title=f"source: {chain}")
    if a.cue is not None:
        yield _Layer(start=a.cue.start, end=a.cue.end, name="u", title=f"cue: {chain}")


def _cells(claims: Sequence[Claim], report: Report) -> list[_Cell]:
    """The cells of a report, none overlapping: one that begins inside another ends it."""
    found: dict[int, _Cell] = {}
    for c in claims:
        for x in c.cells:
            if x.report == report.id and x.start < x.end:
                old = found.get(x.start)
                here = ((c.id, clip(c.question, 120)),) if len(c.cells) > 1 else ()
                rows = (*(old.rows if old else ()), *here)
                found[x.start] = _Cell(start=x.start, end=max(x.end, old.end if old else 0), anchor=f"{report.id}-{x.start}", rows=rows)
    out: list[_Cell] = []
    for cell in sorted(found.values(), key=lambda x: x.start):
        end = cell.end
        if out and cell.start < out[-1].end:
            last = out.pop()
            end = max(end, last.end)
            out.append(_Cell(start=last.start, end=cell.start, anchor=last.anchor, rows=last.rows))
        out.append(_Cell(start=cell.start, end=end, anchor=cell.anchor, rows=cell.rows))
    return out


def _split(cells: Sequence[_Cell], region: Region, before: int) -> Iterable[_Cell]:
    """Cells and the words between them. A cell that runs over several paragraphs has its anchor in the first, its rows in the last.

    ``before`` is the last place of the paragraph before: a cell that begins in the blanks after it begins here.
    """
    at, end = region
    for c in cells:
        if c.start >= end:
            break
        if c.end <= at:
            continue
        if c.start > at:
            yield _Cell(start=at, end=c.start, anchor="", rows=(), cell=False)
        stop = min(c.end, end)
        yield _Cell(start=max(c.start, at), end=stop, anchor=c.anchor if c.start > before else "", rows=c.rows if c.end <= end else ())
        at = stop
    if at < end:
        yield _Cell(start=at, end=end, anchor="", rows=(), cell=False)


def _place(text: str, cell: _Cell, layers: Sequence[_Layer]) -> Place:
    near = [x for x in layers if x.start < cell.end and cell.start < x.end]
    cuts = sorted({cell.start, cell.end, *(p for x in near for p in (x.start, x.end) if cell.start < p < cell.end)})
    pieces = tuple(_piece(text, (a, b), near) for a, b in pairwise(cuts))
    return Place(anchor=cell.anchor, cell=cell.cell, rows=cell.rows, pieces=pieces)


def _piece(text: str, region: Region, layers: Sequence[_Layer]) -> Piece:
    over = [x for x in layers if x.start < region[1] and region[0] < x.end]
    names = [*dict.fromkeys(n for x in over for n in x.name.split())]
    if sum(x.name[0] == "k" for x in over) > 1:
        names.append("n")
    nearest = sorted(over, key=lambda x: (x.name not in "qte", x.name == "x", x.end - x.start))[:3]
    anchor = next((x.anchor for x in over if x.anchor and x.start == region[0]), "")
    title = clip("; ".join(dict.fromkeys(x.title for x in nearest)), 300)
    return Piece(text=shown(text[region[0] : region[1]]), layers=" ".join(names), title=title, anchor=anchor)
