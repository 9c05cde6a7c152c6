"""Stories of a library: grouped, numbered so that a story keeps its id, told from the marks that are kept."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from .. import __version__, pipeline
from ..codec import decode_story, encode
from ..errors import InputError
from ..report import is_difference, lead_claim
from ..store import Store, grouped, log, rows
from ..store.writing import begin_run
from ..types import Correction, Regrouped, Story, StoryRow
from .anchors import Anchors
from .entries import annotated
from .grouping import Sign, partition, signature
from .replay import replayed
from .settle import Settled

__all__ = ["refresh", "regroup", "tell"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is, and of how much."""

_READ = 200


class Head(msgspec.Struct, frozen=True):
    """An article as stories are made of it."""

    id: str
    day: str
    outlet: str | None
    title: str | None
    story: str | None


def regroup(store: Store, progress: Progress, now: Callable[[], str]) -> Regrouped:
    """Groups all articles; a story keeps its id as long as most of its members stay together."""
    with store.reading() as connection:
        heads = {r.id: Head(id=r.id, day=r.day, outlet=r.outlet, title=r.title, story=r.story) for r in grouped.heads(connection)}
        sets = partition(_signs(connection, heads, progress))
        made = [(entry.correction, msgspec.msgpack.decode(raw, type=Anchors)) for entry, raw in log.entries(connection, holding=True)]
    sets = replayed(sets, made)
    named = _named(sets, heads)
    old = defaultdict(set)
    for h in heads.values():
        if h.story is not None:
            old[h.story].add(h.id)
    new = sorted(s for s in named if s not in old)
    changed = sorted(s for s, members in named.items() if s in old and old[s] != set(members))
    gone = sorted(s for s in old if s not in named)
    when = now()
    with store.writing() as connection:
        run = begin_run(connection, "regroup", __version__, "{}", when)
        grouped.assign(connection, [(a, s) for s in (*new, *changed) for a in named[s] if heads[a].story != s])
        revisions = {s: grouped.one(connection, s) for s in changed}
        grouped.save(connection, [_row([heads[a] for a in named[s]], s, revisions.get(s), when, run) for s in (*new, *changed)])
        grouped.drop(connection, gone)
    return Regrouped(stories=len(named), new=tuple(new), changed=tuple(changed), gone=tuple(gone))


def _signs(connection: Connection, heads: dict[str, Head], progress: Progress) -> list[Sign]:
    ids = list(heads)
    found = []
    for i in range(0, len(ids), _READ):
        found += [Sign(id=row.id, day=row.published or "", names=signature(r.text)) for row, r in rows.whole(connection, ids[i : i + _READ])]
        progress("reading", len(found), len(ids))
    return found


def _named(sets: Sequence[Sequence[str]], heads: dict[str, Head]) -> dict[str, list[str]]:
    """Each set under the id of the story that most of it belonged to; a new one under that of its earliest member."""
    ordered = [sorted(s, key=lambda a: (heads[a].day == "", heads[a].day, a)) for s in sets]
    claims = sorted(
        (-n, story, i) for i, members in enumerate(ordered) for story, n in Counter(heads[a].story for a in members).items() if story is not None
    )
    name: dict[int, str] = {}
    taken: set[str] = set()
    for _, story, i in claims:
        if i not in name and story not in taken:
            name[i] = story
            taken.add(story)
    for i, members in enumerate(ordered):
        if i not in name:
            name[i] = next(s for s in (f"s{a}" for a in (*members, f"{members[0]}x")) if s not in taken)
            taken.add(name[i])
    return {name[i]: members for i, members in enumerate(ordered)}


def refresh(connection: Connection, stories: Sequence[str], now: str) -> None:
    """Brings the rows of stories up to their members as they are; what was told of them is let go, and a story without members is gone."""
    run = begin_run(connection, "regroup", __version__, encode({"stories": list(stories)}).decode(), now)
    before = {s: grouped.one(connection, s) for s in stories}
    members: dict[str, list[Head]] = defaultdict(list)
    for r in grouped.heads(connection, stories):
        members[r.story].append(Head(id=r.id, day=r.day, outlet=r.outlet, title=r.title, story=r.story))
    grouped.drop(connection, stories)
    ordered = {s: sorted(heads, key=lambda h: (h.day == "", h.day, h.id)) for s, heads in members.items()}
    grouped.save(connection, [_row(heads, s, before[s], now, run) for s, heads in sorted(ordered.items())])


def _row(members: Sequence[Head], story: str, before: StoryRow | None, now: str, run: int) -> dict[str, Any]:
    days = sorted(m.day for m in members if m.day)
    return {
        "id": story, "title": next((m.title for m in members if m.title), ""), "reports": len(members), "outlets": len({m.outlet for m in members if m.outlet}),
        "first": days[0] if days else None, "last": days[-1] if days else None, "day": days[-1] if days else "", "changed": now,
        "revision": 1 if before is None else before.revision + 1, "run": run,
    }  # fmt: skip


def tell(store: Store, story: str, progress: Callable[[str], None], now: Callable[[], str]) -> Story:
    """A story told: from what was kept while nothing changed, else anew from its articles' marks, which are not made again."""
    with store.reading() as connection:
        row = grouped.one(connection, story)
        if row is None:
            raise InputError(story, "there is no such story in this library: `whence stories` lists them")
        last = grouped.last_told(connection, story)
        if last is not None and (last.revision, last.version) == (row.revision, __version__):
            return decode_story(zlib.decompress(last.report))
        kept = {r.id: annotated(r.id, v.text, v.facts, v.marks) for r, v in rows.whole(connection, row.articles)}
        settled = Settled(_of_parties(connection, row), row.articles)
    told = pipeline.retell([kept[a] for a in row.articles], progress, settled)
    told = msgspec.structs.replace(told, not_checked=(*told.not_checked, *settled.notes))
    if not store.backend.readonly:
        _keep(store, row, told, now())
    return told


def _of_parties(connection: Connection, row: StoryRow) -> list[tuple[int, Correction, Anchors]]:
    """The corrections of parties that speak of a story's articles, whatever story these belonged to when it was made."""
    found = []
    for entry, raw in log.entries(connection, holding=True):
        anchors = msgspec.msgpack.decode(raw, type=Anchors)
        if any(p.article in row.articles for known in anchors.parties for p in known.places):
            found.append((entry.id, entry.correction, anchors))
    return found


def _keep(store: Store, row: StoryRow, told: Story, now: str) -> None:
    names = {p.id: p.name for p in told.parties}
    lead = lead_claim(told)
    with store.writing() as connection:
        run = begin_run(connection, "tell", __version__, encode({"story": row.id}).decode(), now)
        grouped.keep_told(connection, {
            "story": row.id, "revision": row.revision, "version": __version__, "report": zlib.compress(encode(told), 6),
            "origins": msgspec.msgpack.encode(None if lead is None else lead.origins),
            "weakest": msgspec.msgpack.encode([] if lead is None else [names[p] for p in lead.weakest]),
            "differing": sum(map(is_difference, told.claims)), "run": run,
        })  # fmt: skip
