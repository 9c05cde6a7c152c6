"""Which grams stand in more than one article, and which articles share them: long rows by ranges of the gram, counted as arrays.

The rows of a part of the corpus lie in its file by ranges of the gram, a group of rows each; a task reads one range of all files. So the rows are sorted
into place once, by whoever made them, and nothing else is sent from worker to worker.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..types import Value
from . import places
from .inputs import GRAMS, Part
from .parts import Made, read_table

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Posting", "Repeating", "cut", "posted", "ranges", "repeated"]

RANGE = 96 << 20
"""Bytes of a corpus whose grams are a range: some four million rows, 400 MB while they are worked on."""


class Repeating(Value):
    """What ``repeated`` reads: the folder of ``shingles``; and how many articles of one outlet make a gram boilerplate."""

    shingles: str
    within: int


class Posting(Value):
    """What ``posted`` reads: the folders of ``repeated`` and ``again``; and from how many articles on a gram pairs each with the first only, or is told."""

    repeated: str
    again: str
    cap: int
    spread: int


def ranges(size: int, of: str) -> list[Part]:
    """The grams of a corpus of ``size`` bytes cut into ranges; ``of`` is the folder that is read."""
    edges = _edges(_count(size))
    return [Part(id=f"{k:06d}", kind="grams", path=of, file=k, first=first, last=last) for k, (first, last) in enumerate(itertools.pairwise(edges))]


def _count(size: int) -> int:
    return max(1, round(size / RANGE))


def _edges(count: int) -> list[int]:
    return [GRAMS * k // count for k in range(count + 1)]


def cut(rows: pa.Table, size: int) -> list[pa.Table]:
    """Rows of a part sorted by gram, a table for every range of a corpus of ``size`` bytes."""
    import numpy as np
    import pyarrow as pa

    gram = rows.column("gram").to_numpy()
    order = np.argsort(gram, kind="stable")
    at = np.searchsorted(gram[order], np.array(_edges(_count(size))[1:-1], np.int64)).tolist()
    rows = rows.take(pa.array(order))
    return [rows.slice(a, b - a) for a, b in zip([0, *at], [*at, rows.num_rows], strict=True)]


def _read(folder: str, part: Part) -> pa.Table:
    """The rows of a folder whose gram is in a range, file by file: of the groups of rows that have any."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    pieces = []
    for place in places.listed(folder, ".parquet"):
        with places.open_read(place) as opened, pq.ParquetFile(opened) as file:
            pieces.append(file.schema_arrow.empty_table())  # a range without rows has its columns all the same
            for group in _groups(file.metadata, part):
                piece = file.read_row_group(group)
                gram = pc.min_max(piece.column("gram")).as_py()
                if gram["min"] < part.first or gram["max"] >= part.last:
                    inside = pc.and_(pc.greater_equal(piece.column("gram"), part.first), pc.less(piece.column("gram"), part.last))
                    piece = piece.filter(inside)
                pieces.append(piece)
    return pa.concat_tables(pieces)


def _groups(told: Any, part: Part) -> Iterator[int]:
    column = told.schema.names.index("gram")
    for group in range(told.num_row_groups):
        if told.row_group(group).num_rows:
            grams = told.row_group(group).column(column).statistics
            if grams.min < part.last and grams.max >= part.first:
                yield group


def repeated(part: Part, settings: Repeating) -> Made:
    """Of a range of ``shingles`` the rows whose gram stands in more than one article (nine grams in ten do not), table ``repeated``; those that articles
    of one outlet have in common are marked, and ``ran`` counts them by article."""
    import numpy as np
    import pyarrow as pa

    read = _read(settings.shingles, part)
    n, gram, place, outlet = (read.column(name).to_numpy() for name in ("n", "gram", "place", "outlet"))
    order = np.argsort(gram, kind="stable")  # runs that are in order already are merged
    gram = gram[order]
    new = _begins(gram)
    twice = ~(new & np.append(new[1:], True))
    rows = order[twice]
    n, gram, place, outlet = n[rows], gram[twice], place[rows], outlet[rows]
    begins = np.flatnonzero(_begins(gram))
    articles = np.diff(np.append(begins, n.size))
    marked = np.zeros(begins.size, bool)
    of = np.repeat(np.arange(begins.size), articles)
    some = np.flatnonzero((articles[of] >= settings.within) & (outlet != 0))
    some = some[np.lexsort((outlet[some], of[some]))]
    first = np.flatnonzero(_begins(of[some]) | _begins(outlet[some]))
    marked[of[some[first[np.diff(np.append(first, some.size)) >= settings.within]]]] = True
    under = marked[of]
    mine, times = np.unique(n[under], return_counts=True)
    tables = {
        "repeated": pa.table({"n": n, "gram": gram, "place": pa.array(place, pa.int32()), "boilerplate": under}),
        "ran": pa.table({"n": pa.array(mine, pa.int64()), "grams": pa.array(times, pa.int64())}),
    }
    return Made(tables=tables, counts={"in": read.num_rows, "out": read.num_rows, "rejected": 0, "repeated": n.size})


def posted(part: Part, settings: Posting) -> Made:
    """What a range of ``repeated`` says: ``proposed`` (a, b, grams), pairs and the grams of this range that they share; ``many`` (n, gram, place, articles,
    first), the rows of grams in so many articles that they may be formulae; ``furniture`` (n, place), where boilerplate stands; ``under``, boilerplate of
    more than ``cap`` articles."""
    import numpy as np
    import pyarrow as pa

    read = _read(settings.repeated, part)
    n, gram, place, boilerplate = (read.column(name).to_numpy() for name in ("n", "gram", "place", "boilerplate"))
    again = np.sort(read_table(settings.again).column("n").to_numpy())
    free = ~boilerplate | np.isin(n, again)
    counts = {"in": n.size, "out": n.size, "rejected": 0}
    furniture = pa.table({"n": n[~free], "place": place[~free]})
    under = _under(n[boilerplate], gram[boilerplate], place[boilerplate], settings.cap)
    n, gram, place = n[free], gram[free], place[free]
    begins = np.flatnonzero(_begins(gram))
    articles = np.diff(np.append(begins, n.size))
    of = np.repeat(np.arange(begins.size), articles)
    many = articles[of] >= min(settings.spread, settings.cap + 1)
    rows = {"n": n, "gram": gram, "place": place, "articles": articles[of], "first": n[begins][of]}
    tables = {
        "proposed": _counted(*_pairs(n, begins, articles, settings.cap)), "many": pa.table({name: column[many] for name, column in rows.items()}),
        "furniture": furniture, "under": under,
    }  # fmt: skip
    return Made(tables=tables, counts=counts)


def _begins(sorted_values: Any) -> Any:
    """Where in an array in order a value is not that before it."""
    import numpy as np

    return np.append(True, sorted_values[1:] != sorted_values[:-1])[: sorted_values.size]


def _under(n: Any, gram: Any, place: Any, cap: int) -> pa.Table:
    """Grams of boilerplate that more than ``cap`` articles have: how many, the first of them, the least place."""
    import numpy as np
    import pyarrow as pa

    begins = np.flatnonzero(_begins(gram))
    articles = np.diff(np.append(begins, n.size))
    most = articles > cap
    least = np.minimum.reduceat(place, begins) if begins.size else place
    return pa.table({"gram": gram[begins][most], "articles": articles[most], "first": n[begins][most], "place": least[most]})


def _pairs(n: Any, begins: Any, articles: Any, cap: int) -> tuple[Any, Any]:
    """The pairs of articles that have a gram in common, once a gram: all pairs of up to ``cap`` articles, of more each with the first."""
    import numpy as np

    one, two = [], []
    for size in range(2, cap + 1):
        together = n[begins[articles == size][:, None] + np.arange(size)]
        for a, b in zip(*np.triu_indices(size, 1), strict=True):
            one.append(together[:, a])
            two.append(together[:, b])
    crowd = articles > cap
    for begin, size in zip(begins[crowd].tolist(), articles[crowd].tolist(), strict=True):
        one.append(np.repeat(n[begin], size - 1))
        two.append(n[begin + 1 : begin + size])
    none: Sequence[Any] = [np.empty(0, np.int64)]
    return np.concatenate([*none, *one]), np.concatenate([*none, *two])


def _counted(a: Any, b: Any) -> pa.Table:
    """Every pair once, with how often it was there."""
    import numpy as np
    import pyarrow as pa

    names, at = np.unique(np.concatenate([a, b]), return_inverse=True)
    pairs, grams = np.unique(at[: a.size] * names.size + at[a.size :], return_counts=True)
    one, two = (names[pairs // names.size], names[pairs % names.size]) if names.size else (names, names)
    return pa.table({"a": one, "b": two, "grams": pa.array(grams, pa.int64())})
