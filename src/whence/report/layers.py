"""A layered drawing of a directed graph (Sugiyama, Tagawa & Toda 1981): layers by longest path, order by barycentre, no randomness.

Positions are in the picture's own units; boxes of one layer share a left edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..types import Value

__all__ = ["Box", "Drawing", "Route", "draw"]

_SWEEPS = 16
_SETTLINGS = 24
_LANE = 8.0


class Box(Value, frozen=True, kw_only=True):
    """Where a node stands: left, top, width and height."""

    x: float
    y: float
    width: float
    height: float


class Route(Value, frozen=True, kw_only=True):
    """Points of an edge from its tail to its head; ``back`` where it runs against the layers, ``level`` where it stays in one."""

    points: tuple[tuple[float, float], ...]
    back: bool = False
    level: bool = False


class Drawing(Value, frozen=True, kw_only=True):
    """Boxes by node, routes in the order of the edges, the number of layers and the size of the whole."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    layers: int
    width: float
    height: float


def draw(
    heights: Mapping[str, float],
    edges: Sequence[tuple[str, str, bool]],
    last: Sequence[str],
    *,
    width: float,
    gap: tuple[float, float],
) -> Drawing:
    """Place nodes of given heights. ``edges`` are tail, head, and whether they have a direction; those without do not decide layers.

    ``last`` are the nodes that go to the last layer where nothing hangs on them. ``gap`` is the space between layers and between boxes.
    """
    nodes = list(heights)
    forward = _acyclic(nodes, [(a, b) for a, b, directed in edges if directed])
    layer = _layers(nodes, forward, last)
    chains, lanes = _lanes(edges, layer, {*forward})
    columns = _columns(nodes, layer, lanes)
    _order(columns, chains)
    height = {**heights, **dict.fromkeys(lanes, _LANE)}
    centre = _settle(columns, chains, height, gap[1])
    top = min((centre[n] - height[n] / 2 for n in centre), default=0.0)
    centre = {n: c - top for n, c in centre.items()}
    left = {n: i * (width + gap[0]) for i, column in enumerate(columns) for n in column}
    below = {n: centre[n] + height[n] / 2 for n in nodes}
    boxes = {n: Box(x=left[n], y=round(centre[n] - height[n] / 2, 1), width=width, height=height[n]) for n in nodes}
    routes = tuple(_route(edge, chain, left, centre, below, width) for edge, chain in zip(edges, chains, strict=True))
    bottom = max((b.y + b.height for b in boxes.values()), default=0.0)
    return Drawing(boxes=boxes, routes=routes, layers=len(columns), width=len(columns) * (width + gap[0]) - gap[0], height=bottom)


def _acyclic(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges without those that close a ring, found by a depth-first walk in the given order."""
    after: dict[str, list[str]] = {n: [] for n in nodes}
    before = dict.fromkeys(nodes, 0)
    for a, b in edges:
        after[a].append(b)
        before[b] += 1
    state: dict[str, int] = {}
    kept: list[tuple[str, str]] = []
    for root in sorted(nodes, key=lambda n: (before[n] > 0, nodes.index(n))):
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(after[root]))]
        while stack:
            node, rest = stack[-1]
            head = next(rest, None)
            if head is None:
                state[node] = 2
                stack.pop()
                continue
            if state.get(head) != 1:
                kept.append((node, head))
            if head not in state:
                state[head] = 1
                stack.append((head, iter(after[head])))
    return kept


def _layers(nodes: Sequence[str], edges: Sequence[tuple[str, str]], last: Sequence[str]) -> dict[str, int]:
    layer = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for a, b in edges:
            if layer[b] <= layer[a]:
                layer[b], moved = layer[a] + 1, True
        if not moved:
            break
    final = max(layer.values(), default=0)
    tails = {a for a, _ in edges}
    return {n: final if n in last and n not in tails else i for n, i in layer.items()}


def _lanes(edges: Sequence[tuple[str, str, bool]], layer: Mapping[str, int], forward: set[tuple[str, str]]) -> tuple[list[list[str]], dict[str, int]]:
    """For each edge the nodes it passes, with a lane in every layer between; nothing between for edges that run back or stay level."""
    chains, lanes = [], {}
    for i, (a, b, directed) in enumerate(edges):
        if not directed and layer[a] > layer[b]:
            a, b = b, a
        runs = layer[a] < layer[b] and (not directed or (a, b) in forward)
        between = [f"\0{i} {k}" for k in range(layer[a] + 1, layer[b])] if runs else []
        lanes.update({x: layer[a] + 1 + k for k, x in enumerate(between)})
        chains.append([a, *between, b] if runs else [])
    return chains, lanes


def _columns(nodes: Sequence[str], layer: Mapping[str, int], lanes: Mapping[str, int]) -> list[list[str]]:
    every = {**layer, **lanes}
    return [[n for n in [*nodes, *lanes] if every[n] == i] for i in range(max(every.values(), default=-1) + 1)]


def _order(columns: list[list[str]], chains: Sequence[Sequence[str]]) -> None:
    """Sort each layer by the mean place of its neighbours, down and up in turn, and keep the order with the fewest crossings."""
    pairs = [(a, b) for chain in chains for a, b in pairwise(chain)]
    left: dict[str, list[str]] = {}
    right: dict[str, list[str]] = {}
    for a, b in pairs:
        right.setdefault(a, []).append(b)
        left.setdefault(b, []).append(a)
    best, least = [list(c) for c in columns], _crossings(columns, pairs)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for column in columns if down else reversed(columns):
            place = {n: i for c in columns for i, n in enumerate(c)}
            near = left if down else right
            mean = {n: sum(place[m] for m in near[n]) / len(near[n]) if n in near else float(place[n]) for n in column}
            column.sort(key=lambda n: (mean[n], place[n]))
        now = _crossings(columns, pairs)
        if now < least:
            best, least = [list(c) for c in columns], now
    columns[:] = best


def _crossings(columns: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]) -> int:
    place = {n: (i, k) for i, c in enumerate(columns) for k, n in enumerate(c)}
    by_layer: dict[int, list[tuple[int, int]]] = {}
    for a, b in pairs:
        by_layer.setdefault(place[a][0], []).append((place[a][1], place[b][1]))
    return sum((p[0] - q[0]) * (p[1] - q[1]) < 0 for ends in by_layer.values() for k, p in enumerate(ends) for q in ends[:k])


def _settle(columns: Sequence[Sequence[str]], chains: Sequence[Sequence[str]], height: Mapping[str, float], gap: float) -> dict[str, float]:
    """Centres: each node drawn towards its neighbours, as far as the order and the gaps of its layer allow."""
    near: dict[str, list[str]] = {}
    for chain in chains:
        for a, b in pairwise(chain):
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    tallest = max((sum(height[n] + gap for n in c) for c in columns), default=0.0)
    centre: dict[str, float] = {}
    for column in columns:
        y = (tallest - sum(height[n] + gap for n in column)) / 2
        for n in column:
            centre[n] = y + height[n] / 2
            y += height[n] + gap
    for turn in range(_SETTLINGS):
        for column in columns if turn % 2 else list(reversed(columns)):
            wish = {n: sum(centre[m] for m in near[n]) / len(near[n]) if n in near else centre[n] for n in column}
            _pack(column, wish, height, gap, centre)
    return centre


def _pack(column: Sequence[str], wish: Mapping[str, float], height: Mapping[str, float], gap: float, centre: dict[str, float]) -> None:
    """Least squares under order and gaps (pool adjacent violators): nodes that would overlap move as one block."""
    offset, blocks = 0.0, []
    for n in column:
        step = offset + height[n] / 2
        blocks.append((wish[n] - step, 1, [(n, step)]))
        offset += height[n] + gap
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            b, a = blocks.pop(), blocks.pop()
            blocks.append(((a[0] * a[1] + b[0] * b[1]) / (a[1] + b[1]), a[1] + b[1], a[2] + b[2]))
    for base, _, members in blocks:
        for n, step in members:
            centre[n] = base + step


def _route(
    edge: tuple[str, str, bool],
    chain: Sequence[str],
    left: Mapping[str, float],
    centre: Mapping[str, float],
    below: Mapping[str, float],
    width: float,
) -> Route:
    tail, head = edge[0], edge[1]
    if not chain:
        level = left[tail] == left[head]
        if level:
            return Route(points=tuple((left[n] + width, centre[n]) for n in (tail, head)), level=True)
        return Route(points=tuple((left[n] + width * share, below[n]) for n, share in ((tail, 0.6), (head, 0.4))), back=True)
    points = [(left[chain[0]] + width, centre[chain[0]])]
    points += [p for x in chain[1:-1] for p in ((left[x], centre[x]), (left[x] + width, centre[x]))]
    points.append((left[chain[-1]], centre[chain[-1]]))
    return Route(points=tuple(points if chain[0] == tail else reversed(points)))
