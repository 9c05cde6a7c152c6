"""The library behind the pages, and what was drawn of it last: a page is made once for each revision of its story."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from ..report import cast_of
from ..types import ArticleRow, ReportId, Story, StoryRow, Value
from .door import Door

__all__ = ["Shelf", "Told"]

_STORIES = 64
_STORIES_LETTERS = 60_000_000
_DATES = 5000
_DRAWN = 600
_DRAWN_BYTES = 64_000_000


class Told(Value, frozen=True, kw_only=True):
    """A story as told at one revision, its row, and which article of the library each of its reports is."""

    row: StoryRow
    story: Story
    cast: Any
    articles: Mapping[ReportId, ArticleRow]


class Shelf:
    """One library, read by many at once. What is kept is found by its revision, so that nothing here is ever out of date."""

    def __init__(self, library: Door) -> None:
        self.library = library
        self._told: OrderedDict[tuple[str, int], Told] = OrderedDict()
        self._drawn: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._dates: OrderedDict[tuple[str, int], tuple[tuple[str | None, str], ...]] = OrderedDict()
        self._size = self._letters = 0
        self._lock = threading.Lock()
        self._making: dict[tuple[object, ...], threading.Lock] = {}

    def told(self, id: str) -> Told:
        """The story as it is now. InputError where there is none of that id."""
        return self.told_as(self.library.story_row(id))

    def told_as(self, row: StoryRow) -> Told:
        """The story of a row that was just read."""
        key = (row.id, row.revision)
        with self._lock:
            if (found := self._told.get(key)) is not None:
                self._told.move_to_end(key)
                return found
        with self._maker(("told", *key)):
            with self._lock:
                if (found := self._told.get(key)) is not None:
                    return found
            made = self._tell(row.id)
            with self._lock:
                self._letters += _letters(made) - (_letters(old) if (old := self._told.get((made.row.id, made.row.revision))) else 0)
                self._told[made.row.id, made.row.revision] = made
                while len(self._told) > 1 and (len(self._told) > _STORIES or self._letters > _STORIES_LETTERS):
                    self._letters -= _letters(self._told.popitem(last=False)[1])
        return made

    def _tell(self, id: str) -> Told:
        story = self.library.story(id)
        row = self.library.story_row(id)
        articles = {a.id: a for a in self._members(row)}
        members = [articles[a] for a in row.articles if a in articles]
        by_report = dict(zip((r.id for r in story.reports), members, strict=False)) if len(members) == len(story.reports) else {}
        return Told(row=row, story=story, cast=cast_of(story), articles=by_report)

    def _members(self, row: StoryRow) -> list[ArticleRow]:
        return self.library.articles(story=row.id, limit=max(1, row.reports))

    def published(self, row: StoryRow) -> tuple[tuple[str | None, str], ...]:
        """When each report of a story came out, and in which outlet."""
        key = (row.id, row.revision)
        with self._lock:
            if (found := self._dates.get(key)) is not None:
                return found
        made = tuple((a.published, a.outlet or a.path) for a in self._members(row))
        with self._lock:
            self._dates[key] = made
            while len(self._dates) > _DATES:
                self._dates.popitem(last=False)
        return made

    def drawn(self, key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """What ``make`` gives, made once for a key, which must name the revision of all that is drawn; the oldest are let go."""
        with self._lock:
            if (found := self._drawn.get(key)) is not None:
                self._drawn.move_to_end(key)
                return found
        with self._maker(key):
            with self._lock:
                if (found := self._drawn.get(key)) is not None:
                    return found
            made = make()
            with self._lock:
                self._drawn[key] = made
                self._size += len(made)
                while self._drawn and (len(self._drawn) > _DRAWN or self._size > _DRAWN_BYTES):
                    self._size -= len(self._drawn.popitem(last=False)[1])
        return made

    def _maker(self, key: tuple[object, ...]) -> threading.Lock:
        """One lock a key, so that fifty readers of a new story have it told once."""
        with self._lock:
            if len(self._making) > 1000:
                self._making = {k: lock for k, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(key, threading.Lock())


def _letters(told: Told) -> int:
    return sum(len(r.text) for r in told.story.reports)
