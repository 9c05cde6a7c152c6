"""The step that reads a corpus: every article as a row of one table, whatever it came in, and the long rows of its grams."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..clean import clean
from ..errors import InputError
from ..trace import Text
from ..types import Article, Page, Refused, Value
from .grams import cut
from .inputs import Part, numbered, pages
from .parts import Made, Reject

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Row", "article_table", "articles", "batches", "cleaned", "plain", "rejected", "rows"]

BATCH = 1 << 20
"""Characters of text that are worked on at a time."""


class Row(Value):
    """An article of a corpus."""

    n: int
    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None
    text: str


def rows(part: Part, step: str, rejects: list[Reject]) -> Iterator[Row]:
    """The articles of a part; what is none goes to ``rejects``. HTML is cleaned, text is taken as it stands."""
    for read in pages(part):
        found = read.found
        if isinstance(found, Refused):
            rejects.append(Reject(step=step, path=found.path, place=read.place, id=found.id, why=found.why, rows=read.rows))
            continue
        try:
            yield _read(numbered(part, read.place), found)
        except InputError as error:
            rejects.append(Reject(step=step, path=part.path, place=read.place, id=found.id, why=error.why))


def _read(n: int, page: Page) -> Row:
    return plain(n, page) if page.media == "text" else cleaned(n, page, clean(page))


def plain(n: int, page: Page) -> Row:
    """A page of text as it stands."""
    return Row(
        n=n, id=page.id or str(n), outlet=page.outlet, title=page.title, published=page.published, url=page.url, language=page.language, text=page.text
    )


def cleaned(n: int, page: Page, a: Article) -> Row:
    """A page of HTML with the text that was found in it, and what else was."""
    facts = [None if fact is None else fact.value for fact in (a.outlet, a.title, a.published, a.language)]
    return Row(n=n, id=page.id or page.url or str(n), outlet=facts[0], title=facts[1], published=facts[2], url=a.url, language=facts[3], text=a.text)


def rejected(rejects: Sequence[Reject]) -> int:
    """Articles that stand behind rejects."""
    return sum(r.rows for r in rejects)


def batches(found: Iterator[Row]) -> Iterator[list[Row]]:
    """Articles, a megabyte of text at a time."""
    batch: list[Row] = []
    held = 0
    for row in found:
        batch.append(row)
        held += len(row.text)
        if held >= BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def articles(part: Part, settings: int | None = None) -> Made:
    """Tables ``articles`` (n, id, …, text, grams) and ``shingles`` (n, gram, place, outlet) of a part of a corpus of ``settings`` bytes, as many ranges of
    grams as fit it."""
    import numpy as np
    import pyarrow as pa

    from ..trace import shingles

    rejects: list[Reject] = []
    made: dict[str, list[pa.Table]] = {"articles": [], "shingles": []}
    count = size = grams = 0
    for batch in batches(rows(part, "read", rejects)):
        found = shingles([Text(text=r.text, language=r.language) for r in batch])
        numbers = np.array([r.n for r in batch], np.int64)
        outlets = np.array([_number(r.outlet) for r in batch], np.int64)
        each = pa.array(np.bincount(found.text, minlength=len(batch)), pa.int32())
        made["articles"].append(article_table(batch).append_column("grams", each))
        made["shingles"].append(
            pa.table({"n": numbers[found.text], "gram": found.gram, "place": found.place, "outlet": outlets[found.text]}, schema=_shingle_schema())
        )
        count, size, grams = count + len(batch), size + sum(len(r.text) for r in batch), grams + found.text.size
    tables: dict[str, Any] = {name: pa.concat_tables(pieces) for name, pieces in made.items() if pieces}
    if tables:
        tables["shingles"] = cut(tables["shingles"], settings or 0)
    gone = rejected(rejects)
    counts = {"in": count + gone, "out": count, "rejected": gone, "characters": size, "grams": grams}
    return Made(tables=tables, counts=counts, rejects=tuple(rejects))


def article_table(batch: Sequence[Row]) -> pa.Table:
    """Articles as a table."""
    import pyarrow as pa

    columns: dict[str, Any] = {"n": pa.array([r.n for r in batch], pa.int64())}
    for name in ("id", "outlet", "title", "published", "url", "language", "text"):
        columns[name] = pa.array([getattr(r, name) for r in batch], pa.string())
    return pa.table(columns)


def _shingle_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("n", pa.int64()), ("gram", pa.int64()), ("place", pa.int32()), ("outlet", pa.int64())])


@lru_cache(maxsize=1 << 16)
def _number(outlet: str | None) -> int:
    """An outlet as a number: the same everywhere, 0 where it is not known."""
    return 0 if not outlet else int.from_bytes(hashlib.blake2b(outlet.encode(), digest_size=8).digest(), "big") >> 1 or 1
