"""An article's versions and how they differ; and articles forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..errors import LibraryError
from ..store import Store, grouped, rows
from ..store.writing import forget as take_out
from ..text import words
from ..types import Article, Version
from .differences import changes
from .stories import refresh

__all__ = ["forget", "versions"]


def versions(store: Store, article: str) -> list[Version]:
    """All versions of an article, the first first, each with where it differs from the one before."""
    found: list[Version] = []
    before: str | None = None
    with store.reading() as connection:
        for number, added, text, facts, run in rows.texts(connection, article):
            title = msgspec.msgpack.decode(facts, type=Article).title
            found.append(
                Version(
                    article=article, version=number, added=added, title=title.value if title else None, words=sum(1 for _ in words(text)), run=run,
                    changes=() if before is None else changes(before, text),
                )
            )  # fmt: skip
            before = text
    return found


def forget(store: Store, ids: Sequence[str], now: str) -> int:
    """Takes articles out, also of the database's files; their stories are told again without them, or are gone with their last.

    Raises LibraryError where another process keeps them in the files for as long as it reads.
    """
    with store.writing() as connection:
        touched = sorted({row.story for row, _ in rows.whole(connection, ids) if row.story is not None})
        gone = take_out(connection, store.backend, ids)
        refresh(connection, touched, now)
        grouped.unwatch(connection, touched)
    if gone and not store.scrub():
        why = "what was forgotten is gone from the library, but stands in its files until every process that has the library open ends"
        raise LibraryError(store.place, why)
    return gone
