"""Everything in this process, one part after another: for tests, for small corpora, and to find a fault in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from typing import Self

__all__ = ["InProcess"]


class InProcess:
    """Parts in order, SQL by DuckDB with one thread (``threads``)."""

    def __init__(self, *, memory: int, scratch: str | None, threads: int = 1) -> None:
        self.memory, self.scratch, self.threads = memory, scratch, threads

    def map(self, function: Callable[[str], None], parts: Sequence[str]) -> None:
        for part in parts:
            function(part)

    def sql(self, text: str, tables: Mapping[str, str], out: str, *, by: str | None = None) -> None:
        """The answer is written beside ``out`` and moved there when it is whole."""
        import duckdb

        beside = f"{out}.unfinished"
        with duckdb.connect(config={"threads": self.threads, "memory_limit": f"{self.memory // 1_000_000}MB"}) as db:
            db.execute("SET preserve_insertion_order = false")
            if self.scratch is not None:
                db.execute(f"SET temp_directory = {_quoted(self.scratch)}")
            for name, place in tables.items():
                db.execute(f"CREATE VIEW {name} AS SELECT * FROM {_files(place)}")
            for old in (beside, out):
                shutil.rmtree(old, ignore_errors=True)
            os.makedirs(os.path.dirname(out), exist_ok=True)
            db.execute(f"COPY ({text}) TO {_quoted(beside)} ({_layout(by)})")
        os.makedirs(beside, exist_ok=True)  # an answer without rows that is cut up leaves no folder behind
        os.replace(beside, out)

    def versions(self) -> dict[str, str]:
        import duckdb

        return {"duckdb": str(duckdb.__version__)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def _files(place: str) -> str:
    """All files of a table, the value of its folders as a column where it is cut up."""
    cut = any(entry.is_dir() and "=" in entry.name for entry in os.scandir(place))
    return f"read_parquet({_quoted(place + ('/*/*.parquet' if cut else '/*.parquet'))}, hive_partitioning = {str(cut).lower()})"


def _layout(by: str | None) -> str:
    """Options of COPY."""
    options = "FORMAT parquet, COMPRESSION lz4"
    return f"{options}, PER_THREAD_OUTPUT" if by is None else f"{options}, PARTITION_BY ({by})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
