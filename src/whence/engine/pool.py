"""The default: parts in a pool of processes, SQL by DuckDB with as many threads."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Self

from .inprocess import InProcess
from .protocol import Lost

__all__ = ["Pool"]

SMALL = 256 << 20
"""Bytes of tables beside which the memory of waiting workers is less than what it takes to start them again."""


class Pool(InProcess):
    """Processes are started anew, not copied: what compiled code and Arrow hold in threads does not live on in a copy."""

    def __init__(self, *, workers: int, memory: int, scratch: str | None) -> None:
        super().__init__(memory=memory, scratch=scratch, threads=workers)
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[str], None], parts: Sequence[str]) -> None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        try:
            done, waiting = wait([self._pool.submit(function, part) for part in parts], return_when=FIRST_EXCEPTION)
            for future in waiting:
                future.cancel()
            for future in done:
                future.result()
        except BrokenProcessPool:
            self._stop()
            raise Lost("a worker process died: killed, out of memory, or by a fault in compiled code") from None

    def sql(self, text: str, tables: Mapping[str, str], out: str, *, by: str | None = None) -> None:
        if sum(os.stat(file).st_size for place in tables.values() for file in glob.glob(f"{glob.escape(place)}/**/*.parquet", recursive=True)) > SMALL:
            self._stop()  # between two steps the workers would only hold memory
        super().sql(text, tables, out, by=by)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __exit__(self, *_: object) -> None:
        self._stop()

    def __enter__(self) -> Self:
        return self
