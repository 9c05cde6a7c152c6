"""Articles into the store: new ones, new versions of old ones, what was refused, and articles taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from .backend import Backend
from .entry import Entry
from .tables import articles, credited, quantities, rejects, runs, versions
from .wording import folded

__all__ = ["begin_run", "forget", "known", "put", "refuse"]


def begin_run(connection: Connection, step: str, version: str, settings: str, now: str) -> int:
    """A new run, by its number: what the rows made by it point to."""
    row = {"step": step, "version": version, "settings": settings, "started": now}
    return int(connection.execute(insert(runs).returning(runs.c.id), row).scalar_one())


def known(connection: Connection, asked: Sequence[tuple[str, bytes]]) -> set[tuple[str, bytes]]:
    """Which of the inputs (key, hash of what was given) bring nothing new.

    That is: what was given last under their key; or, where the key is new, what was given once under another (a folder moved).
    """
    last = _last(connection, [key for key, _ in asked])
    strangers = {given for key, given in asked if key not in last}
    seen = set(connection.execute(select(versions.c.given).where(versions.c.given.in_(strangers))).scalars()) if strangers else set()
    return {(key, given) for key, given in asked if (last[key][2] == given if key in last else given in seen)}


def put(connection: Connection, backend: Backend, entries: Sequence[Entry], run: int, now: str) -> tuple[int, int, int, int]:
    """Keeps the entries: how many were new, changed, or known already; and of the first two, how many name no outlet.

    Two entries of one key become two versions, in order.
    """
    new = changed = same = nameless = 0
    for batch in _distinct(entries):
        old = known(connection, [(e.key, e.given) for e in batch])
        fresh = [e for e in batch if (e.key, e.given) not in old]
        same += len(batch) - len(fresh)
        last = _last(connection, [e.key for e in fresh])
        _retire(connection, backend, [(last[e.key][0], last[e.key][1]) for e in fresh if e.key in last])
        numbers = _rows(connection, fresh, last, now)
        _keep(connection, backend, fresh, numbers, {k: v[1] + 1 for k, v in last.items()}, run, now)
        changed += len(last)
        new += len(fresh) - len(last)
        nameless += sum(e.outlet is None for e in fresh)
        places = [e.place for e in batch]
        connection.execute(delete(rejects).where(rejects.c.place.in_(places)))
    return new, changed, same, nameless


def refuse(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Keeps what could not be read (id, place, path, line, why, run, added); how many were not known yet."""
    given = {row["id"]: row for row in rows}
    old = set(connection.execute(select(rejects.c.id).where(rejects.c.id.in_(list(given)))).scalars()) if given else set()
    fresh = [row for i, row in given.items() if i not in old]
    if fresh:
        connection.execute(insert(rejects), fresh)
    return len(fresh)


def forget(connection: Connection, backend: Backend, ids: Sequence[str]) -> int:
    """Takes articles out with all their versions and marks; how many there were."""
    rows = connection.execute(select(articles.c.number, articles.c.version).where(articles.c.id.in_(ids))).all()
    numbers = [row.number for row in rows]
    _retire(connection, backend, [(row.number, row.version) for row in rows])
    if numbers:
        connection.execute(delete(versions).where(versions.c.article.in_(numbers)))
        connection.execute(delete(articles).where(articles.c.number.in_(numbers)))
    return len(numbers)


def _distinct(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in runs in which no key and no hash comes twice."""
    batches: list[list[Entry]] = [[]]
    seen: set[str | bytes] = set()
    for e in entries:
        if e.key in seen or e.given in seen or e.id in seen:
            batches.append([])
            seen = set()
        seen |= {e.key, e.given, e.id}
        batches[-1].append(e)
    return [b for b in batches if b]


def _last(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[int, int, bytes]]:
    """The number, the last version and its hash, for each key there is."""
    if not keys:
        return {}
    joined = articles.join(versions, (versions.c.article == articles.c.number) & (versions.c.version == articles.c.version))
    asked = select(articles.c.key, articles.c.number, articles.c.version, versions.c.given).select_from(joined).where(articles.c.key.in_(keys))
    return {row.key: (row.number, row.version, row.given) for row in connection.execute(asked)}


def _retire(connection: Connection, backend: Backend, last: Sequence[tuple[int, int]]) -> None:
    """Takes the last version of articles out of what is searched."""
    if not last:
        return
    numbers = [n for n, _ in last]
    now = dict(last)
    asked = select(versions.c.article, versions.c.version, versions.c.text).where(versions.c.article.in_(numbers))
    backend.unindex(connection, [(r.article, folded(r.text)) for r in connection.execute(asked) if r.version == now[r.article]])
    connection.execute(delete(quantities).where(quantities.c.article.in_(numbers)))
    connection.execute(delete(credited).where(credited.c.article.in_(numbers)))


def _rows(connection: Connection, fresh: Sequence[Entry], last: dict[str, tuple[int, int, bytes]], now: str) -> dict[str, int]:
    """The articles' own rows, made or brought up; their numbers by key."""
    new = [{"id": e.id, "key": e.key, "version": 1, "grouped": 0, "added": now, **_shown(e)} for e in fresh if e.key not in last]
    if new:
        connection.execute(insert(articles), new)
    for e in fresh:
        if e.key in last:
            number, version, _ = last[e.key]
            altered = select(func.max(articles.c.altered) + 1).scalar_subquery()
            connection.execute(update(articles).where(articles.c.number == number).values(version=version + 1, altered=altered, **_shown(e)))
    asked = select(articles.c.key, articles.c.number).where(articles.c.key.in_([e.key for e in fresh]))
    return {row.key: row.number for row in connection.execute(asked)}


def _shown(e: Entry) -> dict[str, Any]:
    return {
        "outlet": e.outlet, "title": e.title, "day": (e.published or "")[:10], "published": e.published, "language": e.language, "wire": e.wire,
        "url": e.url, "path": e.path, "words": e.words, "vector": e.vector,
    }  # fmt: skip


def _keep(
    connection: Connection, backend: Backend, fresh: Sequence[Entry], numbers: dict[str, int], at: dict[str, int], run: int, now: str
) -> None:
    """The versions, and what is looked up by: words, quantities, credits."""
    if not fresh:
        return
    connection.execute(insert(versions), [
        {"article": numbers[e.key], "version": at.get(e.key, 1), "given": e.given, "text": e.text, "facts": e.facts, "marks": e.marks,
         "signature": e.signature, "run": run, "added": now}
        for e in fresh
    ])  # fmt: skip
    backend.index(connection, [(numbers[e.key], e.folded) for e in fresh])
    sizes = [
        {"article": numbers[e.key], "start": q.start, "end": q.end, "size": q.size, "low": q.low, "high": q.high, "value": q.value, "unit": q.unit}
        for e in fresh for q in e.quantities
    ]  # fmt: skip
    if sizes:
        connection.execute(insert(quantities), sizes)
    parties = [{"article": numbers[e.key], "party": p} for e in fresh for p in e.credited]
    if parties:
        connection.execute(insert(credited), parties)
