"""Stories of a library told from the marks that are kept, and kept themselves until something in them changes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection

from .. import __version__, pipeline
from ..codec import decode_story, encode
from ..errors import InputError
from ..report import differences_apart, lead_claim
from ..store import Store, grouped, log, rows
from ..store.writing import begin_run
from ..types import Correction, Story, StoryRow
from .anchors import Anchors
from .due import due
from .entries import annotated
from .settle import Settled

__all__ = ["keep_watched", "moved_on", "tell", "tell_due", "told_last", "watched_last"]


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


def tell_due(store: Store, listed: Sequence[StoryRow], progress: Callable[[int, int], None], now: Callable[[], str]) -> list[StoryRow]:
    """The stories listed, told where that is due; one that went meanwhile is left out. Nothing is told where nothing can be kept."""
    behind = [] if store.backend.readonly else [s.id for s in due(listed)]
    gone = set()
    for done, story in enumerate(behind, 1):
        try:
            tell(store, story, lambda step: None, now)
        except InputError:
            gone.add(story)
        progress(done, len(behind))
    if not behind:
        return list(listed)
    with store.reading() as connection:
        now_are = {s: grouped.one(connection, s) for s in behind if s not in gone}
    return [row for s in listed if (row := now_are.get(s.id) if s.id in behind else s) is not None]


def told_last(store: Store, story: str) -> Story | None:
    """A story as it was told last; None where it never was."""
    with store.reading() as connection:
        last = grouped.last_told(connection, story)
    return None if last is None else decode_story(zlib.decompress(last.report))


def watched_last(store: Store, story: str) -> Story | None:
    """A story as those who watch were told of it last; where they never were, as anybody was; None where nobody was."""
    with store.reading() as connection:
        last = grouped.last_watched(connection, story) or grouped.last_told(connection, story)
    return None if last is None else decode_story(zlib.decompress(last.report))


def keep_watched(store: Store, row: StoryRow, told: Story, now: str) -> None:
    """Keeps what those who watch are told of a story, as of its row."""
    with store.writing() as connection:
        run = begin_run(connection, "watch", __version__, encode({"story": row.id}).decode(), now)
        grouped.keep_watched(connection, {"story": row.id, "revision": row.revision, "report": zlib.compress(encode(told), 6), "run": run})


def moved_on(store: Store) -> list[str]:
    """The stories that those who watch were told of, and that have changed since, whoever grouped them or had them told."""
    with store.reading() as connection:
        return grouped.moved_on(connection)


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
            "differing": len(differences_apart(told.claims)), "run": run,
        })  # fmt: skip
