"""What the pages ask of a library: the part of its door that they use, so that a fake of a screen can stand for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ..types import Added, ArticleRow, Correction, Hit, Kept, Logged, Page, Query, Refused, Regrouped, Reject, Story, StoryRow, Version

__all__ = ["Door"]


class Door(Protocol):
    """A library. Its errors are those of ``whence.errors``; an id that it does not know raises InputError."""

    def add(self, pages: Iterable[Page | Refused]) -> Added: ...

    def articles(
        self, *, story: str | None = None, outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int = 50,
        after: str | None = None,
    ) -> list[ArticleRow]: ...  # fmt: skip

    def article(self, id: str, version: int | None = None) -> Kept: ...

    def versions(self, id: str) -> list[Version]: ...

    def regroup(self) -> Regrouped: ...

    def stories(
        self, *, query: Query | None = None, changed_since: str | None = None, least: int = 1, limit: int = 50, after: str | None = None
    ) -> list[StoryRow]: ...

    def story_row(self, id: str) -> StoryRow: ...

    def story(self, id: str) -> Story: ...

    def search(self, query: Query) -> list[Hit]: ...

    def correct(self, correction: Correction, who: str) -> int: ...

    def undo(self, id: int, who: str) -> None: ...

    def corrections(self, story: str | None = None) -> list[Logged]: ...

    def rejects(self) -> list[Reject]: ...
