"""Stories in the store: who belongs to which, and what was told of each last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ..types import Origins, StoryRow
from .tables import articles, stories, told, versions, watched

__all__ = [
    "assign", "drop", "heads", "keep_told", "keep_watched", "last_told", "last_watched", "listed", "moved_on", "named", "one", "place", "revise", "revisions",
    "save", "signs", "unwatch",
]  # fmt: skip

_ROW = [
    stories.c.id, stories.c.title, stories.c.reports, stories.c.outlets, stories.c.first, stories.c.last, stories.c.day, stories.c.changed,
    stories.c.revision, told.c.origins, told.c.weakest, told.c.differing, told.c.revision.label("told"),
]  # fmt: skip
_MANY = 500


def heads(connection: Connection, of: Sequence[str] | None = None) -> Iterator[Any]:
    """Every article, or those of some stories, a row at a time: number, id, day, outlet, title, story, version, grouped."""
    columns = (
        articles.c.number, articles.c.id, articles.c.day, articles.c.outlet, articles.c.title, articles.c.story, articles.c.version, articles.c.grouped,
    )  # fmt: skip
    asked = select(*columns).order_by(articles.c.number)
    if of is not None:
        asked = asked.where(articles.c.story.in_(of))
    yield from connection.execute(asked.execution_options(yield_per=_MANY))


def signs(connection: Connection) -> Iterator[tuple[int, bytes | None]]:
    """Every article's number with its signature, in the order of the numbers."""
    joined = versions.join(articles, (versions.c.article == articles.c.number) & (versions.c.version == articles.c.version))
    asked = select(articles.c.number, versions.c.signature).select_from(joined).order_by(articles.c.number).execution_options(yield_per=_MANY)
    for r in connection.execute(asked):
        yield r.number, r.signature


def assign(connection: Connection, moves: Iterable[tuple[str, str | None]]) -> None:
    """Gives articles (by id) to stories."""
    rows = [{"article": a, "to": s} for a, s in moves]
    if rows:
        connection.execute(update(articles).where(articles.c.id == bindparam("article")).values(story=bindparam("to")), rows)


def place(connection: Connection, moves: Sequence[tuple[int, str, int]]) -> None:
    """Gives articles (by number) to stories, as of the version that was looked at."""
    asked = update(articles).where(articles.c.number == bindparam("article")).values(story=bindparam("to"), grouped=bindparam("seen"))
    for i in range(0, len(moves), _MANY):
        connection.execute(asked, [{"article": n, "to": s, "seen": v} for n, s, v in moves[i : i + _MANY]])


def revisions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The revision of each of these stories that there is."""
    found: dict[str, int] = {}
    for i in range(0, len(ids), _MANY):
        asked = select(stories.c.id, stories.c.revision).where(stories.c.id.in_(ids[i : i + _MANY]))
        found |= {r.id: r.revision for r in connection.execute(asked)}
    return found


def save(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Keeps the rows of stories, in place of those that had their ids."""
    drop(connection, [r["id"] for r in rows], told_too=False)
    for i in range(0, len(rows), _MANY):
        connection.execute(insert(stories), list(rows[i : i + _MANY]))


def drop(connection: Connection, ids: Sequence[str], *, told_too: bool = True) -> None:
    """Takes stories out; their articles stay."""
    for i in range(0, len(ids), _MANY):
        connection.execute(delete(stories).where(stories.c.id.in_(ids[i : i + _MANY])))
        if told_too:
            connection.execute(delete(told).where(told.c.story.in_(ids[i : i + _MANY])))


def unwatch(connection: Connection, ids: Sequence[str]) -> None:
    """Lets go of what those who watch were told of stories."""
    for i in range(0, len(ids), _MANY):
        connection.execute(delete(watched).where(watched.c.story.in_(ids[i : i + _MANY])))


def revise(connection: Connection, ids: Sequence[str], now: str) -> None:
    """Says that stories changed, so that they are told again."""
    connection.execute(update(stories).where(stories.c.id.in_(ids)).values(revision=stories.c.revision + 1, changed=now))


def one(connection: Connection, story: str) -> StoryRow | None:
    """A story by its id, if there is one."""
    found = list(connection.execute(select(*_ROW).select_from(stories.outerjoin(told, told.c.story == stories.c.id)).where(stories.c.id == story)))
    return _values(connection, found)[0] if found else None


def listed(
    connection: Connection, *, limit: int, after: str | None, changed_since: str | None, least: int, ids: Sequence[str] | None
) -> list[StoryRow]:
    """Stories, the latest first; ``least`` is the number of reports below which they are left out, ``ids`` those that are asked for."""
    asked = select(*_ROW).select_from(stories.outerjoin(told, told.c.story == stories.c.id))
    if after is not None:
        mark = connection.execute(select(stories.c.day, stories.c.id).where(stories.c.id == after)).first()
        if mark is None:
            return []
        asked = asked.where((stories.c.day < mark.day) | ((stories.c.day == mark.day) & (stories.c.id > mark.id)))
    if changed_since is not None:
        asked = asked.where(stories.c.changed > changed_since)
    if least > 1:
        asked = asked.where(stories.c.reports >= least)
    if ids is not None:
        asked = asked.where(stories.c.id.in_(ids))
    return _values(connection, list(connection.execute(asked.order_by(stories.c.day.desc(), stories.c.id).limit(limit))))


def _values(connection: Connection, rows: Sequence[Any]) -> list[StoryRow]:
    members: dict[str, list[tuple[bool, str, str]]] = {row.id: [] for row in rows}
    asked = select(articles.c.story, articles.c.id, articles.c.day).where(articles.c.story.in_(list(members)))
    for m in connection.execute(asked):
        members[m.story].append((m.day == "", m.day, m.id))
    return [
        StoryRow(
            id=r.id, title=r.title, reports=r.reports, outlets=r.outlets, first=r.first, last=r.last,
            origins=None if r.told is None else msgspec.msgpack.decode(r.origins, type=Origins | None),
            weakest=() if r.told is None else msgspec.msgpack.decode(r.weakest, type=tuple[str, ...]),
            differing=r.differing or 0, changed=r.changed, revision=r.revision, articles=tuple(a for _, _, a in sorted(members[r.id])), told=r.told,
        )
        for r in rows
    ]  # fmt: skip


def last_told(connection: Connection, story: str) -> Any | None:
    """What was told of a story last: its revision, the version of whence, the report."""
    return connection.execute(select(told.c.revision, told.c.version, told.c.report).where(told.c.story == story)).first()


def keep_told(connection: Connection, row: dict[str, Any]) -> None:
    """Keeps a telling, in place of the one before."""
    connection.execute(delete(told).where(told.c.story == row["story"]))
    connection.execute(insert(told), [row])


def last_watched(connection: Connection, story: str) -> Any | None:
    """The story as those who watch were told of it last: its revision, the report."""
    return connection.execute(select(watched.c.revision, watched.c.report).where(watched.c.story == story)).first()


def keep_watched(connection: Connection, row: dict[str, Any]) -> None:
    """Keeps what those who watch were told, in place of what they were told before."""
    connection.execute(delete(watched).where(watched.c.story == row["story"]))
    connection.execute(insert(watched), [row])


def moved_on(connection: Connection) -> list[str]:
    """The stories that are not as those who watch were told of them."""
    asked = select(stories.c.id).join(watched, watched.c.story == stories.c.id).where(watched.c.revision != stories.c.revision)
    return list(connection.execute(asked.order_by(stories.c.id)).scalars())


def named(connection: Connection, given: str, most: int) -> list[str]:
    """The ids of the stories that begin so, at most so many; an id given whole is only itself."""
    if connection.execute(select(stories.c.id).where(stories.c.id == given)).first():
        return [given]
    asked = select(stories.c.id).where(stories.c.id.startswith(given, autoescape=True)).order_by(stories.c.id).limit(most)
    return list(connection.execute(asked).scalars())
