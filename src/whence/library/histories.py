"""An article's versions and how they differ; and articles forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..store import Store, rows
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
    """Takes articles out; their stories are told again without them, or are gone with their last."""
    with store.writing() as connection:
        touched = sorted({row.story for row, _ in rows.whole(connection, ids) if row.story is not None})
        gone = take_out(connection, store.backend, ids)
        refresh(connection, touched, now)
    return gone
