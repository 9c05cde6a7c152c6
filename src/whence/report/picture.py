"""The lineage as something to draw: boxes with their lines of text, curves with their words, groups of reports that stand alike."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import ReportId, Value
from .layers import Box, Drawing, Route, draw
from .lineage import Lineage, Node, Tie
from .naming import and_list
from .plain import clip, wrap

__all__ = ["Curve", "Label", "Picture", "picture_of"]

_MARGIN = 14.0
_LINE = 17.0
_NOTE = 15.0
_LETTERS = 22
_MOST_APART = 8
_MOST_NAMES = 16


class Label(Value, frozen=True, kw_only=True):
    """A box and its text: ``lines`` and smaller ``notes`` at their heights; ``target`` is the report to go to."""

    box: Box
    kind: str
    lines: tuple[tuple[float, str], ...]
    notes: tuple[tuple[float, str], ...]
    target: ReportId | None
    title: str


class Curve(Value, frozen=True, kw_only=True):
    """A line from a source to who has it from there, as an SVG path."""

    path: str
    strength: str
    arrow: bool
    title: str
    target: tuple[ReportId, int] | None
    faint: bool


class Picture(Value, frozen=True, kw_only=True):
    """All that is drawn, its size, and the same in words."""

    labels: tuple[Label, ...]
    curves: tuple[Curve, ...]
    width: float
    height: float
    words: tuple[tuple[str, str, str, str], ...]
    left_out: int
    strengths: tuple[str, ...]


def picture_of(lineage: Lineage) -> Picture:
    """Lay the lineage out; outlets that have the story from the same parties are one box where there are more than eight reports."""
    names = {n.id: n.name for n in lineage.nodes}
    nodes, ties, more = _grouped(lineage)
    faces = {n.id: _face(n, members) for n, members in nodes}
    drawing = draw(
        {n.id: faces[n.id][2] for n, _ in nodes},
        [(t.upstream, t.downstream, t.directed) for t in ties],
        [n.id for n, _ in nodes if n.reports],
    )
    inside = {n.id for n, _ in nodes if n.lead}
    curves = tuple(_curve(t, r, drawing, names, not {t.upstream, t.downstream} <= inside) for t, r in zip(ties, drawing.routes, strict=True))
    extra_right = 56.0 if any(r.level for r in drawing.routes) else 0.0
    extra_below = 56.0 if any(r.back for r in drawing.routes) else 0.0
    labels = tuple(_label(n, members, drawing.boxes[n.id], faces[n.id]) for n, members in nodes)
    words = tuple((names[t.downstream], "←" if t.directed else "↔", names[t.upstream], f"{t.strength}: {t.why}") for t in lineage.ties)
    return Picture(
        labels=labels, curves=curves, width=drawing.width + 2 * _MARGIN + extra_right, height=drawing.height + 2 * _MARGIN + extra_below, words=words,
        left_out=lineage.left_out + more, strengths=tuple(s for s in ("stated", "shown", "possible") if any(t.strength == s for t in ties)),
    )  # fmt: skip


def _grouped(lineage: Lineage) -> tuple[list[tuple[Node, list[Node]]], list[Tie], int]:
    """Nodes with those they stand for, the ties between them, and how many undirected ties inside groups are not drawn."""
    given = [n for n in lineage.nodes if n.reports]
    if len(given) <= _MOST_APART:
        return [(n, [n]) for n in lineage.nodes], list(lineage.ties), 0
    tails = {t.upstream for t in lineage.ties if t.directed}
    heard = {n.id: tuple(sorted((t.upstream, t.strength) for t in lineage.ties if t.directed and t.downstream == n.id)) for n in given}
    alike: dict[tuple[object, ...], list[Node]] = {}
    for n in given:
        alike.setdefault((n.id,) if n.id in tails else (heard[n.id], n.lead, n.weakest, "names no source" in n.notes), []).append(n)
    groups = [g for g in alike.values() if len(g) > 2]
    stands_for = {n.id: g[0].id for g in groups for n in g}
    by_id = {g[0].id: g for g in groups}
    nodes = [(n, by_id.get(n.id, [n])) for n in lineage.nodes if stands_for.get(n.id, n.id) == n.id]
    ties: dict[tuple[str, str, bool], Tie] = {}
    left_out = 0
    for t in lineage.ties:
        a, b = stands_for.get(t.upstream, t.upstream), stands_for.get(t.downstream, t.downstream)
        grouped = a in by_id or b in by_id
        if a == b or (not t.directed and grouped):
            left_out += 1
        else:
            ties.setdefault((a, b, t.directed), Tie(upstream=a, downstream=b, strength=t.strength, directed=t.directed, why=t.why, place=t.place))
    return nodes, list(ties.values()), left_out


def _face(node: Node, members: Sequence[Node]) -> tuple[list[str], list[str], float]:
    """Lines of text, smaller notes, and the height they need."""
    if len(members) > 1:
        lines = [f"{len(members)} reports", *(clip(m.name, _LETTERS + 2) for m in members[:_MOST_NAMES])]
        notes = [*node.notes, *([f"and {len(members) - _MOST_NAMES} more"] if len(members) > _MOST_NAMES else [])]
    else:
        lines, notes = wrap(node.name, _LETTERS, most=3), list(node.notes)
    notes = (["weakest point"] if node.weakest else []) + notes
    if len(node.reports) > 1 and len(members) == 1:
        notes.append(f"{len(node.reports)} reports")
    notes = [clip(" · ".join(notes), 34)] if columns_fit(notes) else [clip(x, 34) for x in notes]
    return lines, notes if any(notes) else [], 18.0 + _LINE * len(lines) + _NOTE * (len(notes) if any(notes) else 0)


def columns_fit(notes: Sequence[str]) -> bool:
    """True where all notes stand on one line."""
    return len(" · ".join(notes)) <= 30


def _label(node: Node, members: Sequence[Node], box: Box, face: tuple[list[str], list[str], float]) -> Label:
    lines, notes, _ = face
    y = box.y + 9.0 + 12.5
    placed = [(round(y + i * _LINE, 1), t) for i, t in enumerate(lines)]
    below = [(round(y + len(lines) * _LINE + i * _NOTE - 1.5, 1), t) for i, t in enumerate(notes)]
    kinds = {"given": bool(node.reports), "cited": not node.reports, "person": node.person, "weakest": node.weakest, "aside": not node.lead}
    kind = " ".join(k for k, true in kinds.items() if true)
    said = and_list([m.name for m in members], 60)
    title = f"{said}: {'among the reports' if node.reports else 'cited, not among the reports'}{'; weakest point' if node.weakest else ''}"
    return Label(box=box, kind=kind, lines=tuple(placed), notes=tuple(below), target=node.reports[0] if node.reports else None, title=title)


def _curve(tie: Tie, route: Route, drawing: Drawing, names: dict[str, str], faint: bool) -> Curve:
    verb = "has it from" if tie.directed else "shares words with"
    return Curve(
        path=_path(route, drawing), strength=tie.strength, arrow=tie.directed, target=tie.place, faint=faint,
        title=f"{names[tie.downstream]} {verb} {names[tie.upstream]} ({tie.strength}: {tie.why})",
    )  # fmt: skip


def _path(route: Route, drawing: Drawing) -> str:
    (x, y), *rest = route.points
    if route.level:
        (x2, y2), side = rest[0], x + 46.0
        return f"M{x:g} {y:g}C{side:g} {y:g} {side:g} {y2:g} {x2:g} {y2:g}"
    if route.back:
        (x2, y2), low = rest[0], drawing.height + 60.0
        return f"M{x:g} {y:g}C{x:g} {low:g} {x2:g} {low:g} {x2:g} {y2:g}"
    out = [f"M{x:g} {y:g}"]
    for i, (x2, y2) in enumerate(rest):
        if i % 2:
            out.append(f"L{x2:g} {y2:g}")
        else:
            bend = (x2 - x) / 2
            out.append(f"C{x + bend:g} {y:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}")
        x, y = x2, y2
    return "".join(out)
