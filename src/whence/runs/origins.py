"""Origins over a corpus: its stories, and for each how much of its coverage is reporting."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..clean import clean
from ..codec import encode
from ..pipeline import count_articles
from ..types import Page
from . import places
from .inputs import Part
from .parts import Made, Reject, read_table, rows_in
from .run import Run
from .stories import PART, group_corpus

__all__ = ["counted", "origins"]

BLOCK = 200
"""Stories of a block: some minutes of work."""


def origins(run: Run, *, part: int = PART) -> None:
    """Group the corpus and count each story of more than one article: table ``origins`` of the run, beside those of ``stories``."""
    group_corpus(run, part=part, texts=True)
    found = rows_in(run.result("stories"))
    if not found:
        return
    blocks = max(1, found // BLOCK)
    run.sql("stories", "coverage", by="block", blocks=blocks)
    run.map("count", counted, run.blocks("coverage", blocks), run.table("coverage"), {"origins": run.result("origins")})
    run.reconcile("origins", run.result("origins"), run.total("count")["stories"])
    run.reconcile("stories", run.result("stories"), run.total("count")["stories"] + run.total("count")["stories_rejected"])


def counted(part: Part, folder: str) -> Made:
    """The count of every story of a block: figures in columns, the whole as ``whence origins --json`` prints it. A story that cannot be counted is rejected."""
    import pyarrow as pa

    rows = read_table(places.join(folder, f"block={part.file}")).sort_by([("story", "ascending"), ("n", "ascending")])
    rows = rows.slice(part.first, part.last - part.first)
    made, rejects = [], []
    for story, group in groupby(rows.to_pylist(), key=lambda r: r["story"]):
        members = list(group)
        try:
            made.append(_counted(story, members))
        except Exception as error:  # whatever a story sets off, it is that story's fault alone, and the reason is kept
            why = f"its coverage could not be counted: {type(error).__name__}: {error}"
            rejects.append(Reject(step="count", path=folder, place=story, id=members[0]["id"], why=why, rows=len(members)))
    gone = sum(r.rows for r in rejects)
    counts = {"in": rows.num_rows, "out": rows.num_rows - gone, "rejected": gone, "stories": len(made), "stories_rejected": len(rejects)}
    return Made(tables={"origins": pa.Table.from_pylist(made, schema=_schema())}, counts=counts, rejects=tuple(rejects))


def _counted(story: int, members: list[dict[str, Any]]) -> dict[str, Any]:
    kept = ("id", "outlet", "title", "published", "url", "language", "text")
    census = count_articles([clean(Page(path=m["id"], media="text", **{k: m[k] for k in kept})) for m in members])
    return {
        "n": story, "id": members[0]["id"], "pages": census.pages, "outlets": census.outlets, "texts": census.texts, "crediting": census.crediting,
        "uncredited": census.uncredited, "own_low": census.own_low, "own_high": census.own_high, "origins_low": census.origins.low,
        "origins_best": census.origins.best, "origins_high": census.origins.high, "census": encode(census).decode(),
    }  # fmt: skip


def _schema() -> Any:
    import pyarrow as pa

    counts = ("pages", "outlets", "texts", "crediting", "uncredited", "own_low", "own_high", "origins_low")
    return pa.schema(
        [
            ("n", pa.int64()), ("id", pa.string()), *((name, pa.int32()) for name in counts), ("origins_best", pa.float64()),
            ("origins_high", pa.int32()), ("census", pa.string()),
        ]
    )  # fmt: skip
