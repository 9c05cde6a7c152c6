"""Pages to entries in several processes, in order; a worker ends when the process that it works for does, however that ends."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from types import TracebackType
from typing import Any

import msgspec

from ..store.entry import Entry
from ..types import Page, Refused, Value
from .entries import entries
from .identity import Identity

__all__ = ["Workers"]

_ALONE = 96  # pages that are read before other processes are started for the rest: starting one costs as much time

Batch = tuple[int, list[Refused], list[tuple[Page, Identity]]]
Outcome = list[Entry | Refused]


class _Task(Value):
    given: list[tuple[Page, Identity]]


class _Done(Value):
    outcome: list[tuple[Entry | None, Refused | None]]


class Workers:
    """``count`` processes that turn pages into entries; with one, or little to do, this process does it itself."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pipes: SimpleQueue[Connection[Any, Any] | None] = SimpleQueue()  # None: the place of a process that died
        self._processes: list[Any] = []
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=kind is None, cancel_futures=True)
        while not self._pipes.empty():
            if (pipe := self._pipes.get()) is not None:
                pipe.close()
        for process in self._processes:
            if kind is not None:
                process.terminate()
            process.join()

    def ordered(self, batches: Iterable[Batch]) -> Iterator[tuple[int, list[Refused], Outcome]]:
        """Each batch with what became of its pages, in the order in which they come; twice as many are in hand as there are processes."""
        waiting: deque[tuple[int, list[Refused], Future[Outcome]]] = deque()
        done = 0
        for asked, refused, given in batches:
            done += len(given)
            if self._count < 2 or done <= _ALONE:
                yield asked, refused, entries(given)
                continue
            waiting.append((asked, refused, self._started().submit(self._ask, given)))
            if len(waiting) > 2 * self._count:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)

    def _started(self) -> ThreadPoolExecutor:
        """One thread a process: it sends a batch and waits for the answer."""
        if self._threads is None:
            context = multiprocessing.get_context("spawn")  # a forked process would share the database's connections
            for _ in range(self._count):
                here, there = context.Pipe()
                process = context.Process(target=_work, args=(there,), daemon=True)
                process.start()
                there.close()
                self._pipes.put(here)
                self._processes.append(process)
            self._threads = ThreadPoolExecutor(self._count)
        return self._threads

    def _ask(self, given: list[tuple[Page, Identity]]) -> Outcome:
        pipe = self._pipes.get()
        try:
            if pipe is None:
                raise EOFError
            pipe.send_bytes(msgspec.msgpack.encode(_Task(given=given)))
            done = msgspec.msgpack.decode(pipe.recv_bytes(), type=_Done)
        except (EOFError, OSError):
            # the process died (memory, a fault in a library): the pages are read here, so that none is lost
            if pipe is not None:
                pipe.close()
            self._pipes.put(None)
            return entries(given)
        self._pipes.put(pipe)
        return [o for pair in done.outcome for o in pair if o is not None]


def _first(waiting: deque[tuple[int, list[Refused], Future[Outcome]]]) -> tuple[int, list[Refused], Outcome]:
    asked, refused, outcome = waiting.popleft()
    return asked, refused, outcome.result()


def _work(pipe: Connection[Any, Any]) -> None:
    """Answers batches until the other end is closed, by its process or by the end of it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            given = msgspec.msgpack.decode(pipe.recv_bytes(), type=_Task).given
            outcome = entries(given)
            pipe.send_bytes(msgspec.msgpack.encode(_Done(outcome=[(o, None) if isinstance(o, Entry) else (None, o) for o in outcome])))
        except (EOFError, OSError):
            return
