"""A library: what a standing collection of reports can be asked and told. Each use is one function behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from .. import __version__
from ..errors import InputError
from ..types import Added, ArticleRow, Correction, Hit, Kept, Logged, Page, Query, Refused, Regrouped, Reject, Story, StoryRow, Version

if TYPE_CHECKING:
    from ..store import Store

__all__ = ["Library", "open_library"]


_NAMED = 5


def _clock() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def open_library(place: str, *, create: bool = False, clock: Callable[[], str] = _clock) -> Library:
    """The library at a folder or a ``postgresql://`` address; made there if there is none and ``create`` is True.

    Raises LibraryError where there is none, where it cannot be read, or where it was made by a newer version. ``clock`` gives the time that is kept
    beside what is added (ISO 8601).
    """
    from ..codec import learn_types
    from ..store import open_store
    from . import anchors, passages  # noqa: F401  (their types too are read by several threads)

    learn_types()
    return Library(open_store(place, create=create, made_by=__version__), clock)


class Library:
    """A standing collection of reports. Many may read it while one adds; use it as a context, or close it."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        from .nearest import Nearest

        self._store = store
        self._clock = clock
        self._nearest = Nearest()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def place(self) -> str:
        """Where it is, as it may be shown (without a password)."""
        return self._store.place

    @property
    def readonly(self) -> bool:
        """True where it may be read but not written."""
        return self._store.backend.readonly

    def add(
        self, pages: Iterable[Page | Refused], progress: Callable[[Added], None] = lambda done: None, *, workers: int = 1,
        refusal: Callable[[Refused], None] = lambda refused: None,
    ) -> Added:  # fmt: skip
        """Reads pages in; what is known already changes nothing, a page that changed becomes a new version of its article.

        ``progress`` is called with what has been acknowledged so far, after each commit, ``refusal`` with each page that could not be read.
        ``workers``: processes that annotate.
        """
        from .adding import add

        return add(self._store, pages, progress, workers, self._clock, refusal)

    def articles(
        self, *, story: str | None = None, outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int = 50,
        after: str | None = None,
    ) -> list[ArticleRow]:  # fmt: skip
        """Articles, the latest day first, those without a date last; ``after`` is the id of the last one seen."""
        from ..store import rows, search

        story = None if story is None else self._filter(story)
        where = search.filters(outlet=outlet, agency=None, story=story, since=since, until=until)
        with self._store.reading() as connection:
            return rows.listed(connection, where, limit, after)

    def article(self, id: str, version: int | None = None) -> Kept:
        """An article with its marks, as of its last version or the one named. ``id`` may be shortened to 8 characters, or be its address or path.

        Raises InputError where there is none such.
        """
        from ..store import rows
        from .entries import annotated

        with self._store.reading() as connection:
            row = self._found(id)
            for kept, r in rows.whole(connection, [row.id], version):
                return Kept(row=kept, annotated=annotated(kept.id, r.text, r.facts, r.marks))
        raise InputError(id, f"has no version {version}: it has {row.versions}")

    def versions(self, id: str) -> list[Version]:
        """All versions of an article, the first first, each with where it differs from the one before."""
        from .histories import versions

        return versions(self._store, self._found(id).id)

    def _found(self, id: str) -> ArticleRow:
        from ..store import rows

        with self._store.reading() as connection:
            found = rows.find(connection, id)
        if not found:
            raise InputError(id, "there is no such article in this library: `whence search` finds articles and shows their ids")
        if len(found) > 1:
            raise InputError(id, "is the beginning of more than one article's id: give more of it")
        return found[0]

    def regroup(self, progress: Callable[[str, int, int], None] = lambda step, done, of: None, *, anew: bool = False) -> Regrouped:
        """Groups what came in since the last time with what was there, or everything ``anew``; a story keeps its id while most of it stays together.

        ``progress`` is called with what is being done, how much of it is, and of how much.
        """
        from .stories import regroup

        return regroup(self._store, progress, self._clock, anew=anew)

    def stories(
        self, *, query: Query | None = None, changed_since: str | None = None, least: int = 1, limit: int = 50, after: str | None = None
    ) -> list[StoryRow]:
        """Stories, the latest first; of those that a ``query`` finds articles of, the best first. ``least``: reports below which one is left out."""
        from ..store import grouped
        from .searching import find

        with self._store.reading() as connection:
            if query is None:
                return grouped.listed(connection, limit=limit, after=after, changed_since=changed_since, least=least, ids=None)
            found = list(dict.fromkeys(h.article.story for h in find(self._store, query, self._nearest) if h.article.story is not None))
            listed = grouped.listed(connection, limit=len(found), after=None, changed_since=changed_since, least=least, ids=found)
        return sorted(listed, key=lambda s: found.index(s.id))[:limit]

    def tell_due(self, listed: Sequence[StoryRow], progress: Callable[[int, int], None] = lambda done, of: None) -> list[StoryRow]:
        """The rows of a list with their counts: those never told, or changed since, are told first, twenty stories of at most sixty reports."""
        from .telling import tell_due

        return tell_due(self._store, listed, progress, self._clock)

    def story_row(self, id: str) -> StoryRow:
        """One story as a list shows it; ``id`` may be shortened. Raises InputError where there is none such."""
        from ..store import grouped

        with self._store.reading() as connection:
            row = grouped.one(connection, id) or grouped.one(connection, self.story_id(id))
        if row is None:
            raise InputError(id, "there is no such story in this library: `whence stories` lists them")
        return row

    def story_id(self, begins: str) -> str:
        """The whole id of the one story whose id begins so. Raises InputError where there is none, or more than one, which it names."""
        found = self._begin(begins)
        if found is None:
            raise InputError(begins, "there is no such story in this library: `whence stories` lists them")
        return found

    def _filter(self, begins: str) -> str:
        """The same, as what is looked for: where there is no such story, nothing is found."""
        return self._begin(begins) or begins

    def _begin(self, begins: str) -> str | None:
        from ..store import grouped

        with self._store.reading() as connection:
            found = grouped.named(connection, begins, _NAMED + 1) if begins else []
        if len(found) > 1:
            more = " and more" if len(found) > _NAMED else ""
            raise InputError(begins, f"is the beginning of more than one story's id: {', '.join(found[:_NAMED])}{more}; give more of it")
        return found[0] if found else None

    def story(self, id: str, progress: Callable[[str], None] = lambda step: None) -> Story:
        """A story told: ``whence.report/1``, kept until its members or its corrections change; ``id`` may be shortened.

        Raises InputError where there is none such.
        """
        from .telling import tell

        return tell(self._store, self.story_id(id), progress, self._clock)

    def told_last(self, id: str) -> Story | None:
        """A story as it was told last, before what changed since; None where it never was."""
        from .telling import told_last

        return told_last(self._store, id)

    def watched_last(self, id: str) -> Story | None:
        """A story as those who watch were told of it last; where they never were, as it was told last; None where it never was."""
        from .telling import watched_last

        return watched_last(self._store, id)

    def keep_watched(self, row: StoryRow, told: Story) -> None:
        """Keeps what those who watch are told of a story, as of its row: what changes after it is told them when they look again."""
        from .telling import keep_watched

        keep_watched(self._store, row, told, self._clock())

    def moved_on(self) -> list[str]:
        """The ids of the stories that changed since those who watch were told of them."""
        from .telling import moved_on

        return moved_on(self._store)

    def search(self, query: Query) -> list[Hit]:
        """The articles that a query finds, with the words found. Raises InputError for what cannot be looked up."""
        from .searching import find

        if query.story is not None:
            query = msgspec.structs.replace(query, story=self._filter(query.story))
        return find(self._store, query, self._nearest)

    def correct(self, correction: Correction, who: str) -> int:
        """Applies a user's correction at once and writes it into the log; its number there. It survives every regrouping until it is undone.

        Raises InputError where it says what cannot be.
        """
        from .corrections import correct

        return correct(self._store, correction, who, self._clock)

    def undo(self, id: int, who: str) -> None:
        """Takes a correction back, by its number in the log. Raises InputError where there is none, or it was undone before."""
        from .corrections import undo

        undo(self._store, id, who, self._clock)

    def corrections(self, story: str | None = None) -> list[Logged]:
        """The log of corrections, the first first; of one story those that speak of it."""
        from .corrections import listed

        return listed(self._store, story)

    def forget(self, ids: Sequence[str]) -> int:
        """Takes articles out, with all their versions, marks and what was told with them; how many there were."""
        from .histories import forget

        return forget(self._store, [self._found(i).id for i in ids], self._clock())

    def rejects(self) -> list[Reject]:
        """What could not be read, and why."""
        from ..store import rows

        with self._store.reading() as connection:
            return [Reject(path=r.path, line=r.line, why=r.why, added=r.added) for r in rows.refused(connection)]

    def close(self) -> None:
        """Lets go of the database."""
        self._store.close()
