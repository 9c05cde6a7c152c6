"""Adding: pages in, batches committed and then acknowledged; what is known already costs a hash and a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .. import __version__
from ..codec import encode
from ..store import Store
from ..store.entry import Entry
from ..store.writing import begin_run, known, put, refuse
from ..types import Added, Page, Refused
from .identity import Identity, identity, place, sound
from .workers import Workers

__all__ = ["Progress", "add"]

Progress = Callable[[Added], None]
"""Called after every commit with what has been acknowledged so far."""

_BATCH = 48
_LONG = 400_000  # characters of text in a batch: what a batch holds in memory, whatever the pages' length

Given = tuple[Page, Identity]


def add(
    store: Store, pages: Iterable[Page | Refused], progress: Progress, workers: int, now: Callable[[], str], refusal: Callable[[Refused], None]
) -> Added:
    """Reads pages into the store; ``refusal`` is called with each that could not be read.

    Raises LibraryError where the store fails; everything acknowledged before is kept.
    """
    store.must_be_writable()
    done = Added()
    run: int | None = None
    with Workers(workers) as pool:
        for asked, refused, outcome in pool.ordered(_unknown(store, pages)):
            entries = [o for o in outcome if isinstance(o, Entry)]
            refused = [*refused, *(o for o in outcome if isinstance(o, Refused))]
            fresh = (0, 0, 0, 0)
            rejected = 0
            if entries or refused:
                when = now()
                with store.writing() as connection:
                    if run is None:
                        run = begin_run(connection, "add", __version__, encode({"workers": workers}).decode(), when)
                    fresh = put(connection, store.backend, entries, run, when)
                    refuse(connection, (_reject(r, run, when) for r in refused))
                rejected = len(refused)
            same = done.same + asked - len(entries) - rejected + fresh[2]
            done = Added(
                new=done.new + fresh[0], changed=done.changed + fresh[1], same=same, rejected=done.rejected + rejected, nameless=done.nameless + fresh[3]
            )  # fmt: skip
            for r in refused:
                refusal(r)
            progress(done)
    return done


def _unknown(store: Store, pages: Iterable[Page | Refused]) -> Iterator[tuple[int, list[Refused], list[Given]]]:
    """Batches: how many inputs, those refused by their reader, and the pages that the store does not know."""
    for batch in _batches(pages):
        refused = [p for p in batch if isinstance(p, Refused)]
        given = [(s, identity(s)) for p in batch if isinstance(p, Page) for s in (sound(p),)]
        with store.reading() as connection:
            old = known(connection, [(i.key, i.given) for _, i in given])
        yield len(batch), refused, [(p, i) for p, i in given if (i.key, i.given) not in old]


def _batches(pages: Iterable[Page | Refused]) -> Iterator[list[Page | Refused]]:
    batch: list[Page | Refused] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.text) if isinstance(page, Page) else 0
        if len(batch) >= _BATCH or size >= _LONG:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _reject(refused: Refused, run: int, now: str) -> dict[str, Any]:
    path = refused.path if refused.id is None or refused.line is not None else f"{refused.path}:{refused.id}"
    at = place(refused.path, refused.line)
    return {"id": place(f"{path}\0{refused.why}", refused.line), "place": at, "path": path, "line": refused.line, "why": refused.why, "run": run,
            "added": now}  # fmt: skip
