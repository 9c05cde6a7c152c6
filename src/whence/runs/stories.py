"""Stories of a corpus: a signature for every article, groups in windows of days that overlap, and what stands in two windows joining both."""

from __future__ import annotations

import datetime
from typing import Any

from ..clean import clean
from ..group import Item, item_of, signatures, stories
from ..types import Page, Refused
from . import places
from .articles import article_table, cleaned, plain, rejected
from .components import components
from .inputs import Part, numbered, pages
from .parts import Made, Reject, read_table, write_table
from .run import Run

__all__ = ["group_corpus", "grouped", "signed", "windows"]

PART = 12 << 20
"""Bytes of a part of the corpus."""

AT_ONCE = 100_000
"""Articles that are compared with one another at once, some 200 MB; a corpus of so many is one window."""

OVERLAP = 3
"""Days of the window before that a window begins with."""

MOST = 1000
"""Articles of a story, as in the room of grouping; what would be more is not joined, and told."""

UNDATED, EVER = -1, 4_000_000


def group_corpus(run: Run, *, part: int = PART, at_once: int = AT_ONCE, texts: bool = False) -> None:
    """Group the corpus: tables ``members``, ``stories`` and ``capped`` of the run; with ``texts``, the articles stay at hand as the table ``articles``."""
    tables = {"signed": run.table("signed"), **({"articles": run.table("articles")} if texts else {})}
    run.map("sign", signed, run.parts(part), texts, tables)
    if run.total("sign")["out"] == 0:
        return
    run.reconcile("signed", run.table("signed"), run.total("sign")["out"])
    run.sql("stories", "days")
    found = windows({row["day"]: row["articles"] for row in read_table(run.table("days")).to_pylist()}, at_once)
    _write_windows(run, found)
    run.sql("stories", "windowed", by="block")
    of = run.blocks("windowed", len(found))
    run.map("group", grouped, of, run.table("windowed"), {"grouped": run.table("grouped"), "capped": run.result("capped")})
    run.sql("stories", "home", "edges")
    components(run)
    run.sql("stories", "sizes", "told", most=MOST)
    for name in ("members", "stories"):
        run.sql("stories", name, result=True)
    run.reconcile("members", run.result("members"), run.total("sign")["out"])
    total = run.total("group")
    run.notes |= {"windows": len(found), "comparisons_passed_over": total["passed"], "stories_kept_apart_for_size": total["capped"]}
    run.notes |= {"articles_of_stories_parted_for_size": sum(read_table(run.result("members"), ["parted"]).column("parted").to_pylist())}


def signed(part: Part, texts: bool) -> Made:
    """Table ``signed`` (n, id, outlet, published, day, signature) of a part, and with ``texts`` its ``articles``."""
    import pyarrow as pa

    rejects: list[Reject] = []
    rows, items = [], []
    for read in pages(part):
        found = read.found
        if isinstance(found, Refused):
            rejects.append(Reject(step="sign", path=found.path, place=read.place, id=found.id, why=found.why, rows=read.rows))
            continue
        try:
            row, item = _read(numbered(part, read.place), found)
        except Exception as error:  # a page is bytes of anybody's; the reason is kept
            rejects.append(Reject(step="sign", path=part.path, place=read.place, id=found.id, why=f"{type(error).__name__}: {error}"))
            continue
        rows.append(row)
        items.append(item)
    table = pa.table(
        {
            "n": pa.array([r.n for r in rows], pa.int64()), "id": pa.array([r.id for r in rows], pa.string()),
            "outlet": pa.array([r.outlet for r in rows], pa.string()), "published": pa.array([r.published for r in rows], pa.string()),
            "day": pa.array([day(r.published) for r in rows], pa.int64()), "signature": pa.array(signatures(items, part=True), pa.binary()),
        }
    )  # fmt: skip
    gone = rejected(rejects)
    tables = {"signed": table, **({"articles": article_table(rows)} if texts else {})}
    return Made(tables=tables, counts={"in": len(rows) + gone, "out": len(rows), "rejected": gone}, rejects=tuple(rejects))


def _read(n: int, page: Page) -> tuple[Any, Item]:
    """An article as a row, and what grouping reads of it: of HTML without page furniture."""
    if page.media == "text":
        row = plain(n, page)
        return row, Item(text=row.text, title=row.title, published=row.published)
    article = clean(page)
    return cleaned(n, page, article), item_of(article)


def day(published: str | None) -> int:
    """The day of a date of ISO 8601, counted from 0001-01-01; -1 where there is none."""
    try:
        return datetime.date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return UNDATED


def windows(days: dict[int, int], at_once: int) -> list[tuple[int, int]]:
    """First and last day of every window, given the articles of each day: as few days as hold ``at_once``, and before them those of the overlap.

    A corpus no greater is one window, articles without a date among the others; in a greater one these are a window of their own.
    """
    if sum(days.values()) <= at_once:
        return [(UNDATED, EVER)]
    found = [(UNDATED, UNDATED)] if UNDATED in days else []
    first, held = None, 0
    for at in sorted(d for d in days if d != UNDATED):
        first = at if first is None else first
        held += days[at]
        if held >= at_once:
            found.append((first - OVERLAP, at))
            first, held = None, 0
    return found if first is None else [*found, (first - OVERLAP, max(days))]


def _write_windows(run: Run, found: list[tuple[int, int]]) -> None:
    import pyarrow as pa

    columns = {"block": range(len(found)), "first": [w[0] for w in found], "last": [w[1] for w in found]}
    write_table(places.join(run.table("windows"), "part-000000.parquet"), pa.table({k: pa.array(v, pa.int64()) for k, v in columns.items()}))


def grouped(part: Part, folder: str) -> Made:
    """Table ``grouped`` (block, n, story) of a window, and ``capped``: pairs of stories kept apart for their size."""
    import pyarrow as pa

    rows = read_table(places.join(folder, f"block={part.file}")).sort_by("n").slice(part.first, part.last - part.first)
    numbers = rows.column("n").to_pylist()
    done = stories(rows.column("signature").to_pylist())
    table = pa.table(
        {
            "block": pa.array([part.file] * len(numbers), pa.int32()), "n": pa.array(numbers, pa.int64()),
            "story": pa.array([numbers[i] for i in done.labels], pa.int64()),
        }
    )  # fmt: skip
    capped = pa.table({"a": pa.array([numbers[a] for a, _ in done.capped], pa.int64()), "b": pa.array([numbers[b] for _, b in done.capped], pa.int64())})
    counts = {"in": len(numbers), "out": len(numbers), "rejected": 0, "passed": done.passed, "capped": len(done.capped)}
    return Made(tables={"grouped": table, "capped": capped}, counts=counts)


