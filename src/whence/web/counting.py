"""Stories counted because a list shows them: one after the other in the background, so that no reader of the list waits for long."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from ..errors import WhenceError
from ..library import due
from ..types import StoryRow
from .shelf import Shelf

__all__ = ["Counter"]

_PATIENCE = 1.5  # seconds that a list waits
_REMEMBERED = 10_000

_Key = tuple[str, int]


class Counter:
    """Tells the stories of a list that were never told or have changed, each revision once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._due: OrderedDict[_Key, StoryRow] = OrderedDict()
        self._begun: OrderedDict[_Key, None] = OrderedDict()
        self._change = threading.Condition()
        self._working = False

    def counted(self, listed: Sequence[StoryRow], patience: float = _PATIENCE) -> frozenset[str]:
        """Has the stories listed counted that need it, waits a little, and says which are still to come."""
        keys = {(s.id, s.revision): s for s in due(listed)}
        with self._change:
            for key, row in keys.items():
                if key not in self._begun:
                    self._due[key], self._begun[key] = row, None
            while len(self._begun) > _REMEMBERED:
                self._begun.popitem(last=False)
            if self._due and not self._working:
                self._working = True
                threading.Thread(target=self._work, name="whence-counting", daemon=True).start()  # what is half told at the end is told again
            self._change.wait_for(lambda: not self._due.keys() & keys.keys(), patience)
            return frozenset(id for id, _ in self._due.keys() & keys.keys())

    def _work(self) -> None:
        while (begun := self._next()) is not None:
            key, row = begun
            try:
                self._shelf.told_as(row)
            except WhenceError:
                pass  # it went, or the library did: who opens it is told so
            except BaseException:
                with self._change:
                    self._working = False
                raise
            finally:
                with self._change:
                    self._due.pop(key, None)
                    self._change.notify_all()

    def _next(self) -> tuple[_Key, StoryRow] | None:
        with self._change:
            self._working = bool(self._due)
            return next(iter(self._due.items()), None)
