"""Which articles of a library are of one story: grouped anew or with what came in since, and numbered so that a story keeps its id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from .. import __version__, pipeline
from ..codec import encode
from ..store import Store, grouped, log, rows
from ..store.writing import begin_run
from ..types import Correction, Regrouped
from .anchors import Anchors
from .entries import annotated
from .replay import replayed

__all__ = ["refresh", "regroup"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is, and of how much."""

Made = list[tuple[Correction, Anchors]]


class Head(msgspec.Struct, frozen=True):
    """An article as stories are made of it; ``seen`` is its version, ``fresh`` says that it was not grouped as of that."""

    number: int
    id: str
    day: str
    outlet: str | None
    title: str | None
    story: str | None
    seen: int
    fresh: bool


def regroup(store: Store, progress: Progress, now: Callable[[], str], *, anew: bool) -> Regrouped:
    """Groups the articles that came in since the last time with those that were there, or all of them ``anew``; corrections hold in both."""
    with store.reading() as connection:
        heads = {h.id: h for h in _heads(connection)}
        made = [(entry.correction, msgspec.msgpack.decode(raw, type=Anchors)) for entry, raw in log.entries(connection, holding=True)]
        fresh = [h for h in heads.values() if h.fresh]
        if not fresh and not anew:
            return Regrouped(stories=len({h.story for h in heads.values()}), new=(), changed=(), gone=())
        sets = _sets(connection, list(heads.values()), made, anew, progress)
    named = _named(replayed(sets, made), heads)
    old: dict[str, set[str]] = defaultdict(set)
    for h in heads.values():
        if h.story is not None:
            old[h.story].add(h.id)
    stirred = {h.story for h in fresh}
    new = sorted(s for s in named if s not in old)
    changed = sorted(s for s, members in named.items() if s in old and (s in stirred or old[s] != set(members)))
    gone = sorted(s for s in old if s not in named)
    when = now()
    with store.writing() as connection:
        run = begin_run(connection, "regroup", __version__, encode({"anew": anew}).decode(), when)
        at = [(heads[a], s) for s in (*new, *changed) for a in named[s]]
        grouped.place(connection, [(h.number, s, h.seen) for h, s in at if h.fresh or h.story != s])
        before = grouped.revisions(connection, changed)
        grouped.save(connection, [_row([heads[a] for a in named[s]], s, before.get(s, 0), when, run) for s in (*new, *changed)])
        grouped.drop(connection, gone)
        grouped.unwatch(connection, gone)
    return Regrouped(stories=len(named), new=tuple(new), changed=tuple(changed), gone=tuple(gone))


def _heads(connection: Connection, of: Sequence[str] | None = None) -> Iterator[Head]:
    for r in grouped.heads(connection, of):
        fresh = r.story is None or r.grouped != r.version
        yield Head(number=r.number, id=r.id, day=r.day, outlet=r.outlet, title=r.title, story=r.story, seen=r.version, fresh=fresh)


def _sets(connection: Connection, heads: list[Head], made: Made, anew: bool, progress: Progress) -> list[list[str]]:
    """The articles in sets of one story, as their texts say and the corrections allow."""
    from ..group import assign, stories

    def compared(done: int, of: int) -> None:
        progress("comparing", done, of)

    signs = _signatures(connection, heads)
    known = [] if anew else [h for h in heads if not h.fresh]
    new = heads if anew else [h for h in heads if h.fresh]
    ordered = [*known, *new]
    must, cannot = _constraints(ordered, made)
    if known:
        labels = {s: i for i, s in enumerate(dict.fromkeys(h.story for h in known))}
        stand = [labels[h.story] for h in known]
        found = assign([signs[h.number] for h in new], [signs[h.number] for h in known], stand, must, cannot, compared)
    else:
        found = stories([signs[h.number] for h in new], must, cannot, compared)
    sets: dict[int, list[str]] = defaultdict(list)
    for h, label in zip(ordered, found.labels, strict=True):
        sets[label].append(h.id)
    return list(sets.values())


def _signatures(connection: Connection, heads: Sequence[Head]) -> dict[int, bytes]:
    """Each article's signature as it was kept; one that was not, or in another form, is made from its text."""
    from ..group import Item, signatures

    (model,) = {s[:1] for s in signatures([Item(text="")])}
    found = {n: s for n, s in grouped.signs(connection) if s is not None and s[:1] == model}
    for h in heads:
        if h.number not in found:
            (_, r), *_ = rows.whole(connection, [h.id])
            found[h.number] = pipeline.signed([annotated(h.id, r.text, r.facts, r.marks).article])[0]
    return found


def _constraints(ordered: Sequence[Head], made: Made) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of articles that corrections put together, or apart, as places in the order given."""
    at = {h.id: i for i, h in enumerate(ordered)}
    must: list[tuple[int, int]] = []
    cannot: list[tuple[int, int]] = []
    for correction, anchors in made:
        groups = [[at[a] for a in g if a in at] for g in anchors.groups]
        if not groups or not all(groups):
            continue
        if correction.kind == "merge-stories":
            must += [(groups[0][0], g[0]) for g in groups[1:]]
        elif correction.kind == "split-story":
            must += [(groups[0][0], i) for i in groups[0][1:]]
            cannot += [(groups[0][0], i) for i in groups[1]]
        elif correction.kind == "move-article":
            must += [(i, groups[1][0]) for i in groups[0]]
    return must, cannot


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
    before = grouped.revisions(connection, stories)
    members: dict[str, list[Head]] = defaultdict(list)
    for h in _heads(connection, stories):
        members[str(h.story)].append(h)
    grouped.drop(connection, stories)
    grouped.unwatch(connection, [s for s in stories if s not in members])
    ordered = {s: sorted(heads, key=lambda h: (h.day == "", h.day, h.id)) for s, heads in members.items()}
    grouped.save(connection, [_row(heads, s, before.get(s, 0), now, run) for s, heads in sorted(ordered.items())])


def _row(members: Sequence[Head], story: str, before: int, now: str, run: int) -> dict[str, Any]:
    days = sorted(m.day for m in members if m.day)
    return {
        "id": story, "title": next((m.title for m in members if m.title), ""), "reports": len(members), "outlets": len({m.outlet for m in members if m.outlet}),
        "first": days[0] if days else None, "last": days[-1] if days else None, "day": days[-1] if days else "", "changed": now,
        "revision": before + 1, "run": run,
    }  # fmt: skip


