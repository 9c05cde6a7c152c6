"""A user's corrections: checked, applied at once, written into the log, undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from sqlalchemy import Connection

from ..errors import InputError
from ..store import Store, grouped, log, rows
from ..types import Correction, Logged, StoryRow
from .anchors import Anchors, known_of
from .replay import replayed
from .stories import refresh
from .telling import tell

__all__ = ["correct", "listed", "undo"]

_STORIES = {"merge-stories", "split-story", "move-article"}


def correct(store: Store, correction: Correction, who: str, now: Callable[[], str]) -> int:
    """Applies a correction and writes it down; its number in the log. Raises InputError where it says what cannot be."""
    if not who.strip():
        raise InputError("the correction", "does not say by whom: give a name")
    if correction.kind in _STORIES:
        with store.writing() as connection:
            return _of_stories(connection, correction, who, now())
    return _of_parties(store, correction, who, now)


def undo(store: Store, id: int, who: str, now: Callable[[], str]) -> None:
    """Takes a correction back: articles go where they were, and stories are counted again without it."""
    when = now()
    with store.writing() as connection:
        found = next(((entry, raw) for entry, raw in log.entries(connection) if entry.id == id), None)
        if found is None:
            raise InputError(str(id), "there is no such correction in the log")
        entry, raw = found
        if entry.undone is not None:
            raise InputError(str(id), f"was undone already, {entry.undone}")
        log.undo(connection, id, who, when)
        anchors = msgspec.msgpack.decode(raw, type=Anchors)
        if entry.correction.kind in _STORIES:
            at = {r.id: r.story for r, _ in rows.whole(connection, list(anchors.after))}
            back = {a: s for a, s in anchors.before.items() if a in at and at[a] == anchors.after[a]}
            grouped.assign(connection, back.items())
            refresh(connection, _names([*(at[a] for a in back), *back.values()]), when)
        else:
            touched = [r.story for r, _ in rows.whole(connection, _articles(anchors))]
            grouped.revise(connection, _names(touched), when)


def listed(store: Store, story: str | None) -> list[Logged]:
    """The log, the first correction first; of one story those that speak of it."""
    with store.reading() as connection:
        found = [entry for entry, _ in log.entries(connection)]
    return [e for e in found if story is None or story in (e.correction.story, e.correction.value, *e.correction.subjects)]


def _of_stories(connection: Connection, correction: Correction, who: str, now: str) -> int:
    named = {"merge-stories": correction.subjects, "split-story": (correction.story,), "move-article": (correction.value,)}[correction.kind]
    stories = [_story(connection, s) for s in named]
    if correction.kind == "merge-stories":
        if len(set(correction.subjects)) < 2:
            raise InputError("merge-stories", "takes two stories at least")
        groups = tuple(s.articles for s in stories)
        touched = stories
    else:
        if not correction.subjects:
            raise InputError(correction.kind, "takes one article at least")
        homes = {r.id: r.story for r, _ in rows.whole(connection, correction.subjects)}
        for a in correction.subjects:
            if a not in homes:
                raise InputError(a, "there is no such article in this library")
        whole = any(homes[a] != stories[0].id for a in homes) or len(homes) == stories[0].reports
        if correction.kind == "split-story" and whole:
            raise InputError(stories[0].id, "is split by naming some of its articles, but not all")
        touched = [*stories, *(_story(connection, s) for s in _names(list(homes.values())) if s != stories[0].id)]
        groups = (tuple(homes), tuple(a for a in stories[0].articles if a not in homes))
    before: dict[str, str | None] = {a: s.id for s in touched for a in s.articles}
    before |= dict.fromkeys((a for a in correction.subjects if correction.kind == "move-article" and a not in before), None)  # not grouped yet
    sets = [*(s.articles for s in touched), *([a] for a, s in before.items() if s is None)]
    after = dict(before)
    for found, name in _renamed(replayed(sets, [(correction, Anchors(groups=groups))]), before, touched):
        after |= dict.fromkeys(found, name)
    grouped.assign(connection, [(a, s) for a, s in after.items() if before[a] != s])
    refresh(connection, _names([*before.values(), *after.values()]), now)
    anchors = Anchors(groups=groups, before=before, after=after)
    return log.append(connection, correction, msgspec.msgpack.encode(anchors), who, now)


def _renamed(sets: Sequence[Sequence[str]], before: dict[str, str | None], touched: Sequence[StoryRow]) -> list[tuple[Sequence[str], str]]:
    """Each set with its story's id: the first of the stories spoken of that has most of its members there; a new one by its first member."""
    found: list[tuple[Sequence[str], str]] = []
    left = list(sets)
    for story in touched:
        own = max(left, key=lambda s: sum(before[a] == story.id for a in s), default=[])
        if any(before[a] == story.id for a in own):
            found.append((own, story.id))
            left.remove(own)
    taken = {name for _, name in found} | {s.id for s in touched}
    for own in left:
        found.append((own, next(n for n in (f"s{a}{more}" for more in ("", "b", "c", "d") for a in own) if n not in taken)))
    return found


def _of_parties(store: Store, correction: Correction, who: str, now: Callable[[], str]) -> int:
    if correction.story is None:
        raise InputError(correction.kind, "is said of a story: name it")
    told = tell(store, correction.story, lambda step: None, now)
    with store.writing() as connection:
        row = _story(connection, correction.story)
        by_id = {p.id: p for p in told.parties}
        subjects = correction.subjects[:1] if correction.kind == "split-parties" else correction.subjects
        for p in subjects:
            if p not in by_id:
                raise InputError(p, f"there is no such party in story {row.id}: `whence brief --story {row.id} --json` lists them")
        if len(set(subjects)) < (2 if correction.kind == "merge-parties" else 1):
            raise InputError(correction.kind, "takes two parties at least" if correction.kind == "merge-parties" else "takes a party")
        if correction.kind == "split-parties" and not set(correction.subjects[1:]) & set(row.articles):
            raise InputError(correction.kind, "takes the articles of the story in which the party is somebody else")
        if correction.kind == "party-is-outlet" and not (correction.value or "").strip():
            raise InputError(correction.kind, "takes the name of the outlet")
        anchors = Anchors(parties=tuple(known_of(told, row.articles, by_id[p]) for p in subjects))
        grouped.revise(connection, [row.id], (when := now()))
        return log.append(connection, correction, msgspec.msgpack.encode(anchors), who, when)


def _story(connection: Connection, story: str | None) -> StoryRow:
    row = None if story is None else grouped.one(connection, story)
    if row is None:
        raise InputError(str(story), "there is no such story in this library: `whence stories` lists them")
    return row


def _articles(anchors: Anchors) -> list[str]:
    return list(dict.fromkeys(p.article for k in anchors.parties for p in k.places))


def _names(stories: Sequence[str | None]) -> list[str]:
    return sorted({s for s in stories if s is not None})
