"""The one function that counts origins. Everything that shows a count calls it.

A claim's provenance is a directed graph: *u → v* when v has the claim from u. Its nodes are parties. What the texts state or shared passages
show holds in every reading; what is only possible (two unnamed officials who may be one, a report that names no source and may rest on what the
others cite) holds in the lowest reading alone and weighs in the best estimate with its chance.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from ..types import Origins, PartyId, Value, Witnesses

__all__ = ["Count", "Provenance", "Tie", "count_origins"]


class Tie(Value):
    """``downstream`` has the claim from ``upstream``; where ``mutual``, either has it from the other, or the two are one.

    ``strength``: stated by a text, shown by shared passages, or possible. ``chance`` is the probability that a possible tie is real.
    """

    upstream: PartyId
    downstream: PartyId
    strength: Literal["stated", "shown", "possible"]
    mutual: bool = False
    chance: float = 1.0


class Provenance(Value):
    """One claim's graph. ``readers`` are the parties whose own report carries the claim; ``names`` gives parties a stable order."""

    readers: tuple[PartyId, ...]
    ties: tuple[Tie, ...]
    names: Mapping[PartyId, str]


class Count(Value):
    """What the graph says: origins, who heard it, and the fewest parties whose error would sink the claim."""

    origins: Origins
    witnesses: Witnesses
    weakest: tuple[PartyId, ...]


def count_origins(graph: Provenance) -> Count:
    """How many independent origins a claim has, as an interval, with its witnesses and its weakest point.

    ``high`` counts the roots that are left when only stated and shown ties hold; ``low`` those left when every possible tie is real;
    ``best`` is the expected number of roots that took the claim from no other root, averaged over all orders in which they may have come
    (after Dong, Berti-Équille & Srivastava 2009), so that the order of reports cannot matter. A ring of parties that have it from each other
    is one root. The weakest point is a minimum vertex cut between roots and readers (Menger), the one nearest the readers.
    """
    nodes = sorted({*graph.readers, *(p for t in graph.ties for p in (t.upstream, t.downstream))}, key=lambda p: (graph.names[p], p))
    if not nodes:
        raise ValueError("a claim without a reader has no provenance")
    index = {party: i for i, party in enumerate(nodes)}
    firm = [t for t in graph.ties if t.strength != "possible"]
    group, upstream = _condense(len(nodes), _arcs(firm, index))
    roots = [g for g in range(len(upstream)) if not upstream[g]]
    _loose, loose_up = _condense(len(nodes), _arcs(graph.ties, index))
    low = max(1, sum(not up for up in loose_up))
    high = max(low, len(roots))
    best = min(max(_expected_roots(roots, group, graph.ties, index), low), high)
    members = [i for i in range(len(nodes)) if group[i] in roots]
    readers = {index[r] for r in graph.readers}
    return Count(
        origins=Origins(low=low, best=round(best, 2), high=high, parties=tuple(nodes[i] for i in members)),
        witnesses=Witnesses(low=1, high=max(1, _witnesses(roots, group, upstream, readers))),
        weakest=tuple(nodes[i] for i in _weakest(len(nodes), roots, group, _arcs(firm, index), readers)),
    )


def _arcs(ties: Sequence[Tie], index: Mapping[PartyId, int]) -> list[tuple[int, int]]:
    arcs = [(index[t.upstream], index[t.downstream]) for t in ties]
    arcs += [(index[t.downstream], index[t.upstream]) for t in ties if t.mutual]
    return sorted({(u, v) for u, v in arcs if u != v})


def _reach(n: int, arcs: Sequence[tuple[int, int]]) -> np.ndarray:
    """reach[u, v]: v has it from u by any way (bool, n × n; the diagonal is True)."""
    reach = np.eye(n, dtype=bool)
    for u, v in arcs:
        reach[u, v] = True
    for k in range(n):
        reach |= np.outer(reach[:, k], reach[k])
    return reach


def _condense(n: int, arcs: Sequence[tuple[int, int]]) -> tuple[list[int], list[set[int]]]:
    """Rings folded into one: the group of each node, and for each group the groups it has the claim from."""
    reach = _reach(n, arcs)
    ring = reach & reach.T
    first = [int(np.argmax(ring[i])) for i in range(n)]
    number = {f: g for g, f in enumerate(sorted(set(first)))}
    group = [number[f] for f in first]
    upstream: list[set[int]] = [set() for _ in number]
    for u, v in arcs:
        if group[u] != group[v]:
            upstream[group[v]].add(group[u])
    return group, upstream


@functools.cache
def _quadrature(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Where to look between 0 and 1 and what each place weighs, by Gauss and Legendre."""
    times, weights = np.polynomial.legendre.leggauss(points)
    return (times + 1) / 2, weights / 2


def _expected_roots(roots: Sequence[int], group: Sequence[int], ties: Sequence[Tie], index: Mapping[PartyId, int]) -> float:
    """Σ over roots of ∫₀¹ Π (1 − t·p) dt: the chance that a root copied none of those before it, where each order is as likely as any other."""
    chance: dict[tuple[int, int], float] = {}
    for t in ties:
        u, v = group[index[t.upstream]], group[index[t.downstream]]
        if t.strength == "possible" and u != v and u in roots and v in roots:
            key = (min(u, v), max(u, v))
            chance[key] = max(chance.get(key, 0.0), t.chance)
    times, weights = _quadrature(max(2, len(roots)))
    total = 0.0
    for root in roots:
        left = np.ones_like(times)
        for other in roots:
            left *= 1 - times * chance.get((min(root, other), max(root, other)), 0.0)
        total += float(weights @ left)
    return total


def _witnesses(roots: Sequence[int], group: Sequence[int], upstream: Sequence[set[int]], readers: set[int]) -> int:
    """Newsrooms that stand next to a root, or that are one."""
    beside = {g for g, up in enumerate(upstream) if up & set(roots)}
    own = {group[r] for r in readers} & set(roots)
    return len(beside | own)


def _weakest(n: int, roots: Sequence[int], group: Sequence[int], arcs: Sequence[tuple[int, int]], readers: set[int]) -> list[int]:
    """A minimum vertex cut between the roots and the readers; between cuts of one size, the one nearest the readers that spares the reports themselves."""
    unit = 4 * n + 4
    source, sink = 2 * n, 2 * n + 1
    room: dict[int, dict[int, int]] = {v: {} for v in range(2 * n + 2)}

    def pipe(u: int, v: int, size: int) -> None:
        room[u][v] = room[u].get(v, 0) + size
        room[v].setdefault(u, 0)

    endless = unit * unit
    for v in range(n):
        pipe(2 * v, 2 * v + 1, unit + (v in readers))
        if group[v] in roots:
            pipe(source, 2 * v, endless)
        if v in readers:
            pipe(2 * v + 1, sink, endless)
    for u, v in arcs:
        pipe(2 * u + 1, 2 * v, endless)
    while path := _path(room, source, sink):
        size = min(room[u][v] for u, v in path)
        for u, v in path:
            room[u][v] -= size
            room[v][u] += size
    behind = _reaching(room, sink)
    return [v for v in range(n) if 2 * v + 1 in behind and 2 * v not in behind]


def _path(room: Mapping[int, Mapping[int, int]], source: int, sink: int) -> list[tuple[int, int]]:
    """A shortest way from source to sink through pipes with room left; empty if there is none."""
    came: dict[int, int] = {source: source}
    queue = [source]
    for u in queue:
        for v, size in room[u].items():
            if size > 0 and v not in came:
                came[v] = u
                queue.append(v)
    if sink not in came:
        return []
    path, v = [], sink
    while v != source:
        path.append((came[v], v))
        v = came[v]
    return path


def _reaching(room: Mapping[int, Mapping[int, int]], sink: int) -> set[int]:
    """The nodes from which the sink can still be reached."""
    seen, queue = {sink}, [sink]
    for v in queue:
        for u in room[v]:
            if room[u].get(v, 0) > 0 and u not in seen:
                seen.add(u)
                queue.append(u)
    return seen
