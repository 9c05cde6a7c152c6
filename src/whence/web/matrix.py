"""Which outlet depends on which, over some stories: the ties of their lineages between outlets and agencies, added up by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..report import Lineage, Node, Tie, clip, whole_lineage_of
from ..types import Value
from .shelf import Told

__all__ = ["Dependence", "Matrix", "dependences_of", "feeding", "matrix_of"]

Strength = Literal["stated", "shown", "possible"]

_MOST_SIDE = 24
_RANK: tuple[Strength, ...] = ("possible", "stated", "shown")


class Dependence(Value, frozen=True, kw_only=True):
    """``downstream`` has ``ties`` stories' words or claims from ``upstream``; ``strength`` is the strongest of them."""

    downstream: str
    upstream: str
    ties: int
    strength: Strength
    upstream_here: bool
    downstream_here: bool


class Matrix(Value, frozen=True, kw_only=True):
    """Outlets down that have it from the outlets across; cells are a count, the strength and a shade from 0 to 5."""

    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, str, int], ...]], ...]
    left_out: int


def dependences_of(told: Sequence[Told]) -> list[Dependence]:
    """Directed ties between outlets and agencies; one for each story in which a pair is tied, the most frequent pairs first."""
    found: dict[tuple[str, str], list[tuple[Strength, bool, bool]]] = {}
    for t in told:
        lineage = whole_lineage_of(t.story, t.cast)
        nodes = {n.id: n for n in lineage.nodes}
        for tie in lineage.ties:
            up, down = nodes[tie.upstream], nodes[tie.downstream]
            if tie.directed and not up.person and not down.person and _newsroom(t, up) and _newsroom(t, down):
                found.setdefault((_name(t, up), _name(t, down)), []).append((tie.strength, bool(up.reports), bool(down.reports)))
    out = [
        Dependence(
            upstream=up, downstream=down, ties=len(ties), strength=max((s for s, _, _ in ties), key=_RANK.index),
            upstream_here=any(u for _, u, _ in ties), downstream_here=any(d for _, _, d in ties),
        )
        for (up, down), ties in found.items() if up != down
    ]  # fmt: skip
    return sorted(out, key=lambda d: (-d.ties, d.downstream, d.upstream))


def _newsroom(told: Told, node: Node) -> bool:
    party = told.cast.parties.get(node.id)
    return bool(node.reports) or (party is not None and party.kind in ("outlet", "agency"))


def _name(told: Told, node: Node) -> str:
    """The outlet's plain name: reports of one outlet are one row."""
    party = told.cast.parties.get(node.id)
    return clip(party.name, 90) if party is not None else node.name


def matrix_of(found: Sequence[Dependence]) -> Matrix | None:
    """The outlets that are tied most, at most 24 each way; None where there are none."""
    if not found:
        return None
    downs: dict[str, int] = {}
    ups: dict[str, int] = {}
    for d in found:
        downs[d.downstream] = downs.get(d.downstream, 0) + d.ties
        ups[d.upstream] = ups.get(d.upstream, 0) + d.ties
    across = sorted(ups, key=lambda x: (-ups[x], x))[:_MOST_SIDE]
    down = sorted(downs, key=lambda x: (-downs[x], x))[:_MOST_SIDE]
    cells = {(d.downstream, d.upstream): d for d in found}
    most = max(d.ties for d in found)
    rows = tuple((x, tuple(_cell(cells.get((x, y)), most) for y in across)) for x in down)
    return Matrix(across=tuple(across), rows=rows, left_out=len(ups) + len(downs) - len(across) - len(down))


def _cell(found: Dependence | None, most: int) -> tuple[int, str, int]:
    return (0, "", 0) if found is None else (found.ties, found.strength, max(1, round(5 * found.ties / max(most, 5))))


def feeding(found: Sequence[Dependence], most: int = 60) -> Lineage:
    """The same as a graph to draw: feeders at the left."""
    kept = found[:most]
    names = list(dict.fromkeys(x for d in kept for x in (d.upstream, d.downstream)))
    here = {d.upstream for d in kept if d.upstream_here} | {d.downstream for d in kept if d.downstream_here}
    ids = {n: f"n{i}" for i, n in enumerate(names)}
    nodes = tuple(Node(id=ids[n], name=n, person=False, reports=(ids[n],) if n in here else (), notes=(), weakest="", lead=True) for n in names)
    ties = tuple(
        Tie(
            upstream=ids[d.upstream], downstream=ids[d.downstream], strength=d.strength, directed=True, place="feeds",
            why=f"in {d.ties} {'story' if d.ties == 1 else 'stories'}",
        )
        for d in kept
    )  # fmt: skip
    return Lineage(nodes=nodes, ties=ties, left_out=len(found) - len(kept))
