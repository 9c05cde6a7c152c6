"""The seam: what every engine can do. There are two kinds of work, on one part of a corpus and on whole tables, and no third."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol, Self

from ..errors import WhenceError

__all__ = ["NAMES", "Engine", "Lost", "open_engine"]

NAMES = ("process", "duckdb", "spark")
"""The engines by the names under which they are asked for."""

Name = Literal["process", "duckdb", "spark"]


class Lost(WhenceError):  # noqa: N818  # it says what was lost
    """A process that worked on parts died, and died again where the engine tries again by itself: some of the parts are done, some are not."""


class Engine(Protocol):
    """Runs functions on parts and SQL on tables. A table is a folder of Parquet files, a part is whatever its function reads.

    ``map`` calls the function once or more for every part (a function leaves the same files behind however often it is called), in any order, and raises
    Lost where not all were done. What the function itself raises is raised. ``sql`` writes the answer of one SELECT as a table; with ``by``, an integer
    column of it, a folder ``by=value`` for every value. The text is in the dialect that DuckDB and Spark share.
    """

    def map(self, function: Callable[[str], None], parts: Sequence[str]) -> None: ...

    def sql(self, text: str, tables: Mapping[str, str], out: str, *, by: str | None = None) -> None: ...

    def versions(self) -> dict[str, str]: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def open_engine(name: Name, *, workers: int | None = None, memory: int = 2 << 30, scratch: str | None = None, master: str | None = None) -> Engine:
    """The engine of that name. ``workers``: processes or Spark's local threads, None for one a core.

    ``memory``: bytes that SQL may hold before it writes to ``scratch``. ``master`` is Spark's, None for this machine (or what spark-submit was given).
    Raises MissingExtra where Spark is not installed.
    """
    count = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))
    if name == "process":
        from .inprocess import InProcess

        return InProcess(memory=memory, scratch=scratch)
    if name == "duckdb":
        from .pool import Pool

        return Pool(workers=count, memory=memory, scratch=scratch)
    from .spark import Spark

    return Spark(workers=count, memory=memory, scratch=scratch, master=master)
