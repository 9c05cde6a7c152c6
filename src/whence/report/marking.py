"""A report's text cut into pieces, each with what is marked on it: furniture, attributions, numbers, and the cells of the table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..text import paragraphs
from ..types import Attribution, Claim, Quantity, Region, Report, Story, Value
from .figures import range_text
from .naming import Cast, chain_text
from .plain import clip, shown

__all__ = ["Paragraph", "Piece", "Place", "paragraphs_of"]


class Piece(Value, frozen=True, kw_only=True):
    """Some words with the layers that lie on them (CSS classes) and what a pointer over them says."""

    text: str
    layers: str
    title: str


class Place(Value, frozen=True, kw_only=True):
    """The words of one cell (or none): ``anchor`` is what the table links to, ``rows`` the rows to go back to."""

    anchor: str | None
    cell: bool
    rows: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]


class Paragraph(Value, frozen=True, kw_only=True):
    """One line of the report and the chains that are heard in it; ``furniture`` where all of it is."""

    places: tuple[Place, ...]
    chains: tuple[str, ...]
    furniture: bool


class _Layer(Value, frozen=True, kw_only=True):
    start: int
    end: int
    name: str
    title: str


def paragraphs_of(story: Story, report: Report, cast: Cast) -> list[Paragraph]:
    """The whole text of a report, paragraph by paragraph, nothing left out but blank lines."""
    text = report.text
    said = [a for a in story.attributions if a.report == report.id]
    numbers = _numbers(q for q in story.quantities if q.report == report.id)
    layers = sorted([*_attributed(said, cast), *numbers], key=lambda x: (x.start, x.end, x.name))
    layers += [_Layer(start=f.start, end=f.end, name="f", title=f"page furniture: {clip(f.kind, 40)}") for f in report.furniture]
    cells = _cells(story.claims, report)
    out = []
    for a, b in paragraphs(text):
        near = [x for x in layers if x.start < b and a < x.end]
        heard = dict.fromkeys(chain_text(cast, x.chain[1:]) for x in said if len(x.chain) > 1 and any(s.start < b and a < s.end for s in x.content))
        furniture = any(x.name == "f" and x.start <= a and b <= x.end for x in near)
        places = tuple(_place(text, x, near) for x in _split(cells, a, b))
        out.append(Paragraph(places=places, chains=tuple(heard), furniture=furniture))
    return out


def _attributed(said: Iterable[Attribution], cast: Cast) -> Iterable[_Layer]:
    for a in said:
        chain = chain_text(cast, a.chain)
        yield from (_Layer(start=s.start, end=s.end, name="k d" if a.kind == "direct" else "k", title=chain) for s in a.content)
        if a.source is not None:
            yield _Layer(start=a.source.start, end=a.source.end, name="s", title=f"source: {chain}")
        if a.cue is not None:
            yield _Layer(start=a.cue.start, end=a.cue.end, name="u", title=f"cue: {chain}")


def _numbers(quantities: Iterable[Quantity]) -> Iterable[_Layer]:
    return (_Layer(start=q.start, end=q.end, name="q", title=f"number: {range_text(q.low, q.high, q.unit)}") for q in quantities)


class _Cell(Value, frozen=True, kw_only=True):
    start: int
    end: int
    anchor: str | None
    rows: tuple[tuple[str, str], ...]


def _cells(claims: Sequence[Claim], report: Report) -> list[_Cell]:
    """The cells of a report, none overlapping: one that begins inside another becomes an anchor without words of its own."""
    found: dict[int, _Cell] = {}
    for c in claims:
        for x in c.cells:
            if x.report == report.id:
                old = found.get(x.start)
                here = ((c.id, clip(c.question, 120)),) if len(c.cells) > 1 else ()
                rows = (*(old.rows if old else ()), *here)
                found[x.start] = _Cell(start=x.start, end=max(x.end, old.end if old else 0), anchor=f"{report.id}-{x.start}", rows=rows)
    out: list[_Cell] = []
    for cell in sorted(found.values(), key=lambda x: x.start):
        if out and cell.start < out[-1].end:
            first = out.pop()
            out.append(_Cell(start=first.start, end=cell.start, anchor=first.anchor, rows=first.rows))
            out.append(_Cell(start=cell.start, end=max(cell.end, first.end), anchor=cell.anchor, rows=cell.rows))
        else:
            out.append(cell)
    return out


def _split(cells: Sequence[_Cell], start: int, end: int) -> Iterable[_Cell]:
    """Cells and the words between them, from start to end; a cell that runs over several paragraphs has its anchor in the first."""
    at = start
    for c in cells[max(0, bisect_right([x.start for x in cells], start) - 1) :]:
        if c.start >= end:
            break
        if c.end <= at:
            continue
        if c.start > at:
            yield _Cell(start=at, end=c.start, anchor=None, rows=())
        first = c.start >= start
        yield _Cell(start=max(c.start, at), end=min(c.end, end), anchor=c.anchor if first else "", rows=c.rows if c.end <= end else ())
        at = min(c.end, end)
    if at < end:
        yield _Cell(start=at, end=end, anchor=None, rows=())


def _place(text: str, cell: _Cell, layers: Sequence[_Layer]) -> Place:
    near = [x for x in layers if x.start < cell.end and cell.start < x.end]
    cuts = sorted({cell.start, cell.end, *(p for x in near for p in (x.start, x.end) if cell.start < p < cell.end)})
    pieces = tuple(_piece(text, (a, b), near) for a, b in pairwise(cuts))
    return Place(anchor=cell.anchor or None, cell=cell.anchor is not None, rows=cell.rows, pieces=pieces)


def _piece(text: str, region: Region, layers: Sequence[_Layer]) -> Piece:
    over = [x for x in layers if x.start < region[1] and region[0] < x.end]
    names = [*dict.fromkeys(n for x in over for n in x.name.split())]
    if sum(x.name[0] == "k" for x in over) > 1:
        names.append("n")
    nearest = sorted(over, key=lambda x: (x.name != "q", x.end - x.start))[:3]
    title = clip("; ".join(dict.fromkeys(x.title for x in nearest)), 300)
    return Piece(text=shown(text[region[0] : region[1]]), layers=" ".join(names), title=title)
