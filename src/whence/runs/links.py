"""Links of a corpus: its articles as long rows, the pairs that SQL finds among them, and the passages of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from ..trace import Aside, Text, passages
from ..types import Link, Value
from . import places
from .articles import articles
from .inputs import Part
from .parts import Made, read_table, rows_in
from .run import Run

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Settings", "compared", "links"]

PART = 24 << 20
"""Bytes of a part of the corpus."""

BLOCK = 6_000
"""Pairs of a block: some 30 MB of text."""

BATCH = 4_000
"""Pairs whose texts are held as words at a time."""


class Settings(Value):
    """What the answer depends on. Counted in sampled grams (one in four) and in articles."""

    cap: int = 24
    least: int = 2
    within: int = 5
    spread: int = 8
    one_in: int = 5000
    weak: int = 8
    crowd: int = 20_000


USUAL = Settings()


def links(run: Run, settings: Settings = USUAL, *, part: int = PART) -> None:
    """Read the corpus and link it: tables ``links`` and ``common`` of the run."""
    run.map("read", articles, run.parts(part), None, {"articles": run.table("articles"), "shingles": run.table("shingles")})
    read = run.total("read")
    run.reconcile("articles", run.table("articles"), read["out"])
    run.reconcile("shingles", run.table("shingles"), read["grams"])
    if read["out"] == 0:
        return
    sized = {**msgspec.structs.asdict(settings), "spread": max(settings.spread, read["out"] // settings.one_in)}
    del sized["one_in"]
    run.sql("links", "counted", "repeated", "boilerplate", "again", "kept", "known", "posted", "shared", "formulae", "aside", **sized)
    run.sql("links", "common", result=True, **sized)
    pairs = rows_in(run.table("shared"))
    blocks = max(1, pairs // BLOCK)
    run.sql("links", "nearest", "pairs", "members", **sized, blocks=blocks)
    run.sql("links", "paired", "phrases", "texts", by="block", blocks=blocks)
    of = run.blocks("paired", blocks)
    folders = [run.table(name) for name in ("paired", "texts", "phrases")]
    receipts = run.map("compare", compared, of, folders, {"links": run.result("links")})
    run.reconcile("pairs", run.table("pairs"), sum(r.counts["in"] for r in receipts))
    run.reconcile("links", run.result("links"), run.total("compare")["links"])
    run.notes |= {"pairs": pairs, "in_common": rows_in(run.result("common"))}


def compared(part: Part, folders: Sequence[str]) -> Made:
    """The links among the pairs of a block, pairs in order."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = _block(folders[0], part).sort_by([("b", "ascending"), ("a", "ascending")]).slice(part.first, part.last - part.first)
    texts = _block(folders[1], part).sort_by("n")
    numbers = texts.column("n").to_numpy()
    phrases = _block(folders[2], part)
    aside = phrases.sort_by([("n", "ascending"), ("place", "ascending")]) if phrases.num_rows else None
    found: list[pa.Table] = []
    for at in range(0, pairs.num_rows, BATCH):
        some = pairs.slice(at, BATCH)
        a, b = some.column("a").to_numpy(), some.column("b").to_numpy()
        wanted = np.unique(np.concatenate([a, b]))
        where = np.searchsorted(numbers, wanted)
        held = texts.take(pa.array(where))
        given = [Text(**{k: row[k] for k in ("id", "outlet", "published", "language", "text")}) for row in held.to_pylist()]
        away = None
        if aside is not None:
            mine = aside.filter(pc.is_in(aside.column("n"), pa.array(wanted)))
            away = Aside(np.searchsorted(wanted, mine.column("n").to_numpy()).astype(np.int32), mine.column("place").to_numpy())
        left, right = np.searchsorted(wanted, a), np.searchsorted(wanted, b)
        found.append(link_table([(int(a[pair]), int(b[pair]), link) for pair, link in passages(given, left, right, away)]))
    table = pa.concat_tables(found)
    return Made(tables={"links": table}, counts={"in": pairs.num_rows, "out": pairs.num_rows, "rejected": 0, "links": table.num_rows})


def _block(folder: str, part: Part) -> pa.Table:
    return read_table(places.join(folder, f"block={part.file}"))


def link_table(found: Sequence[tuple[int, int, Link]]) -> pa.Table:
    """Links as rows, as JSON has them, with the numbers of the two articles (``a`` before ``b`` in the corpus)."""
    import pyarrow as pa

    stretch = pa.struct([("start", pa.int32()), ("end", pa.int32())])
    schema = pa.schema(
        [
            ("from", pa.string()), ("to", pa.string()), ("kind", pa.string()), ("directed", pa.bool_()), ("confidence", pa.float64()),
            ("why", pa.string()), ("containment", pa.struct([("from_in_to", pa.float64()), ("to_in_from", pa.float64())])),
            ("evidence", pa.list_(pa.struct([("from", stretch), ("to", stretch)]))), ("a", pa.int64()), ("b", pa.int64()),
        ]
    )  # fmt: skip
    rows = [{**msgspec.to_builtins(link), "a": a, "b": b} for a, b, link in found]
    return pa.Table.from_pylist(rows, schema=schema)
