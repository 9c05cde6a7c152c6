"""The lineage as something to draw: boxes with their lines of text, curves with their words, groups of reports that stand alike."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..types import ReportId, Value
from .layers import Box, Drawing, Route, draw
from .lineage import Lineage, Node, Tie
from .naming import and_list
from .plain import clip, wrap

__all__ = ["Curve", "Label", "Picture", "phone_picture_of", "picture_of"]

_MOST_APART = 8
_MOST_NAMES = 16


class Scale(Value, frozen=True, kw_only=True):
    """Sizes of a picture in its own units, and how many columns of text go into a box."""

    width: float
    gap: tuple[float, float]
    margin: float
    line: float
    note: float
    letters: int
    lines: int
    arc: float


_PAGE = Scale(width=168, gap=(76, 20), margin=14, line=16, note=14.5, letters=22, lines=3, arc=46)
_LONG = replace(_PAGE, gap=(48, 20))
_PHONE = Scale(width=98, gap=(25, 14), margin=3, line=13.5, note=12, letters=14, lines=5, arc=16)
_PHONE_LAYERS = 3


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
    target: str
    faint: bool


class Picture(Value, frozen=True, kw_only=True):
    """All that is drawn, its size, and the same in words."""

    labels: tuple[Label, ...]
    curves: tuple[Curve, ...]
    margin: float
    width: float
    height: float
    words: tuple[tuple[str, str, str, str], ...]
    left_out: int
    strengths: tuple[str, ...]


def picture_of(lineage: Lineage) -> Picture:
    """Lay the lineage out for a page; outlets that have the story from the same parties are one box where there are more than eight reports."""
    return _drawn(lineage, _LONG if _layers(lineage) > 4 else _PAGE)


def phone_picture_of(lineage: Lineage) -> Picture | None:
    """The same on the width of a phone; None where it has too many layers for that."""
    return _drawn(lineage, _PHONE) if _layers(lineage) <= _PHONE_LAYERS else None


def _layers(lineage: Lineage) -> int:
    return _laid(*_grouped(lineage)[:2], _PAGE).layers


def _laid(nodes: Sequence[tuple[Node, list[Node]]], ties: Sequence[Tie], scale: Scale) -> Drawing:
    heights = {n.id: _face(n, members, scale)[2] for n, members in nodes}
    edges = [(t.upstream, t.downstream, t.directed) for t in ties]
    return draw(heights, edges, [n.id for n, _ in nodes if n.reports], width=scale.width, gap=scale.gap)


def _drawn(lineage: Lineage, scale: Scale) -> Picture:
    names = {n.id: n.name for n in lineage.nodes}
    nodes, ties, more = _grouped(lineage)
    drawing = _laid(nodes, ties, scale)
    inside = {n.id for n, _ in nodes if n.lead}
    curves = tuple(_curve(t, r, drawing, names, not {t.upstream, t.downstream} <= inside, scale) for t, r in zip(ties, drawing.routes, strict=True))
    right = scale.arc if any(r.level for r in drawing.routes) else 0.0
    below = 40.0 if any(r.back for r in drawing.routes) else 0.0
    labels = tuple(_label(n, members, drawing.boxes[n.id], scale) for n, members in nodes)
    words = tuple((names[t.downstream], "←" if t.directed else "↔", names[t.upstream], f"{t.strength}: {t.why}") for t in lineage.ties)
    strengths = tuple(s for s in ("stated", "shown", "possible") if any(t.strength == s for t in ties))
    width, height = drawing.width + 2 * scale.margin + right, drawing.height + 2 * scale.margin + below
    return Picture(
        labels=labels, curves=curves, margin=scale.margin, width=width, height=height,
        words=words, left_out=lineage.left_out + more, strengths=strengths,
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


def _face(node: Node, members: Sequence[Node], scale: Scale) -> tuple[list[str], list[str], float]:
    """Lines of text, smaller notes, and the height they need."""
    notes = [node.weakest] if node.weakest else []
    if len(members) > 1:
        lines = [f"{len(members)} reports", *(clip(m.name, scale.letters + 2) for m in members[:_MOST_NAMES])]
        notes += [*node.notes, *([f"and {len(members) - _MOST_NAMES} more"] if len(members) > _MOST_NAMES else [])]
    else:
        lines = wrap(node.name, scale.letters, most=scale.lines)
        notes += [*node.notes, *([f"{len(node.reports)} reports"] if len(node.reports) > 1 else [])]
    room = round(scale.letters * 1.25)
    packed: list[str] = []
    for note in notes:
        if packed and len(packed[-1]) + len(note) + 3 <= room:
            packed[-1] += f" · {note}"
        else:
            packed += wrap(note, room, most=2)
    return lines, packed, 16.0 + scale.line * len(lines) + scale.note * len(packed)


def _label(node: Node, members: Sequence[Node], box: Box, scale: Scale) -> Label:
    lines, notes, _ = _face(node, members, scale)
    y = box.y + 7.0 + scale.line * 0.75
    placed = [(round(y + i * scale.line, 1), t) for i, t in enumerate(lines)]
    below = [(round(y + len(lines) * scale.line + i * scale.note - 1.0, 1), t) for i, t in enumerate(notes)]
    kinds = {"given": bool(node.reports), "cited": not node.reports, "person": node.person, "weakest": bool(node.weakest), "aside": not node.lead}
    kind = " ".join(k for k, true in kinds.items() if true)
    said = and_list([m.name for m in members], 60)
    title = f"{said}: {'among the reports' if node.reports else 'cited, not among the reports'}{'; ' + node.weakest if node.weakest else ''}"
    return Label(box=box, kind=kind, lines=tuple(placed), notes=tuple(below), target=node.reports[0] if node.reports else None, title=title)


def _curve(tie: Tie, route: Route, drawing: Drawing, names: dict[str, str], faint: bool, scale: Scale) -> Curve:
    verb = "has it from" if tie.directed else "shares words with"
    return Curve(
        path=_path(route, drawing, scale), strength=tie.strength, arrow=tie.directed, target=tie.place, faint=faint,
        title=f"{names[tie.downstream]} {verb} {names[tie.upstream]} ({tie.strength}: {tie.why})",
    )  # fmt: skip


def _path(route: Route, drawing: Drawing, scale: Scale) -> str:
    (x, y), *rest = route.points
    if route.level:
        (x2, y2), side = rest[0], x + scale.arc
        return f"M{x:g} {y:g}C{side:g} {y:g} {side:g} {y2:g} {x2:g} {y2:g}"
    if route.back:
        (x2, y2), low = rest[0], drawing.height + 44.0
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
