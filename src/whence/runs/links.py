"""Links of a corpus: its articles as long rows, the pairs that SQL finds among them, and the passages of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from ..trace import Aside, Text, passages
from ..types import Link, Value
from . import places
from .articles import articles
from .grams import Posting, Repeating, posted, ranges, repeated
from .inputs import Part
from .parts import Made, read_table, rows_in
from .run import Run, agree

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
    size = sum(file.bytes for file in run.files)
    run.map("read", articles, run.parts(part), size, {"articles": run.table("articles"), "shingles": run.table("shingles")})
    read = run.total("read")
    run.reconcile("articles", run.table("articles"), read["out"])
    run.reconcile("shingles", run.table("shingles"), read["grams"])
    if read["out"] == 0:
        return
    cap, spread = settings.cap, max(settings.spread, read["out"] // settings.one_in)
    _count(run, size, read["grams"], settings, spread)
    run.sql("links", "shared", "formulae", least=settings.least, spread=spread, weak=settings.weak)
    run.sql("links", "common", result=True, cap=cap)
    pairs = rows_in(run.table("shared"))
    blocks = max(1, pairs // BLOCK)
    if pairs:
        run.sql("links", "paired", "texts", by="block", crowd=settings.crowd, blocks=blocks)
    of = run.blocks("paired", blocks)
    receipts = run.map("compare", compared, of, [run.table(name) for name in ("paired", "texts")], {"links": run.result("links")})
    agree("pairs", {"rows": pairs}, {"rows": sum(r.counts["in"] for r in receipts)})
    run.reconcile("links", run.result("links"), sum(r.counts["links"] for r in receipts))
    run.notes |= {"pairs": pairs, "in_common": rows_in(run.result("common"))}


def _count(run: Run, size: int, grams: int, settings: Settings, spread: int) -> None:
    """From ``shingles`` the tables ``proposed``, ``many``, ``furniture`` and ``under``, range by range of the grams."""
    tables = {name: run.table(name) for name in ("repeated", "ran")}
    run.map("repeat", repeated, ranges(size, run.table("shingles")), Repeating(shingles=run.table("shingles"), within=settings.within), tables)
    agree("shingles", {"rows": run.total("repeat")["in"]}, {"rows": grams})
    run.sql("links", "again")
    tables = {name: run.table(name) for name in ("proposed", "many", "furniture", "under")}
    post = Posting(repeated=run.table("repeated"), again=run.table("again"), cap=settings.cap, spread=spread)
    run.map("pair", posted, ranges(size, run.table("repeated")), post, tables)
    agree("repeated", {"rows": run.total("pair")["in"]}, {"rows": run.total("repeat")["repeated"]})


def compared(part: Part, folders: Sequence[str]) -> Made:
    """The links among the pairs of a block, pairs in order."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    pairs = _block(folders[0], part).sort_by([("b", "ascending"), ("a", "ascending")]).slice(part.first, part.last - part.first)
    texts = _block(folders[1], part).sort_by("n")
    numbers = texts.column("n").to_numpy()
    found: list[pa.Table] = []
    for at in range(0, pairs.num_rows, BATCH):
        some = pairs.slice(at, BATCH)
        a, b = some.column("a").to_numpy(), some.column("b").to_numpy()
        wanted = np.unique(np.concatenate([a, b]))
        where = np.searchsorted(numbers, wanted)
        held = texts.take(pa.array(where))
        given = [Text(**{k: row[k] for k in ("id", "outlet", "published", "language", "text")}) for row in held.to_pylist()]
        phrases = held.column("places").combine_chunks()
        of, place = (made.to_numpy() for made in (pc.list_parent_indices(phrases), pc.list_flatten(phrases)))
        order = np.lexsort((place, of))
        away = Aside(of[order].astype(np.int32), place[order])
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
