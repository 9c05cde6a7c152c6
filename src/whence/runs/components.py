"""Connected components of a table of edges: by arrays in this process where it holds them, else by SQL in rounds. Both give the same labels."""

from __future__ import annotations

from . import places
from .parts import read_table, rows_in, write_table
from .run import Run

__all__ = ["components"]

HELD = 50_000_000
"""Edges that this process takes upon itself: some 3 GB."""


def components(run: Run, *, held: int = HELD) -> None:
    """From the table ``edges`` (a, b) the table ``component`` (n, story): the least number of each component's articles; those without an edge are left out."""
    if places.exists(places.join(run.table("component"), "part-000000.parquet")):
        return
    if rows_in(run.table("edges")) <= held:
        _by_arrays(run)
        return
    run.sql("components", "labels")
    turn = 0
    now = run.table("labels")
    while True:
        again = {"labels": now, "edges": run.table("edges")}
        for name in ("offered", "hooked", "jumped", "changed"):
            again[name] = run.sql_once("components", name, f"{name}-{turn}", again)
        now = again["jumped"]
        if rows_in(again["changed"]) == 0:
            break
        turn += 1
    run.notes["rounds"] = turn + 1
    _kept(run, read_table(now))


def _by_arrays(run: Run) -> None:
    """Hook every label to the least label across its edges, then follow labels to their ends, until nothing changes."""
    import numpy as np
    import pyarrow as pa

    edges = read_table(run.table("edges"))
    a, b = (edges.column(name).to_numpy() for name in "ab")
    names, ends = np.unique(np.concatenate([a, b]), return_inverse=True)
    one, two = ends[: a.size], ends[a.size :]
    label = np.arange(names.size)
    while True:
        least = np.minimum(label[one], label[two])
        hooked = label.copy()
        for end in (one, two):
            np.minimum.at(hooked, label[end], least)
        while not np.array_equal(hooked, further := hooked[hooked]):
            hooked = further
        if np.array_equal(hooked, label):
            break
        label = hooked
    _kept(run, pa.table({"n": pa.array(names, pa.int64()), "story": pa.array(names[label], pa.int64())}))


def _kept(run: Run, table: object) -> None:
    write_table(places.join(run.table("component"), "part-000000.parquet"), table)
