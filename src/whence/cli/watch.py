"""whence watch: looks at feeds again and again, and says which stories changed."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from ..codec import encode
from ..errors import InputError
from ..report import plural
from ..types import Page, Refused
from .places import at_library, opened, quietly, rate
from .said import said

if TYPE_CHECKING:
    from ..library.watch import Change, Round

__all__ = ["watch"]


class _Stopped(BaseException):
    """A signal came while a page was being read: nothing of it was kept yet."""


class _Stop:
    """SIGINT and SIGTERM end the waiting and the reading at once, and let what is being written be finished."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._reading = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked.set()
        if self._reading:
            raise _Stopped

    def until(self, items: Iterable[Page | Refused]) -> Iterator[Page | Refused]:
        """The items that come before a signal does."""
        iterator = iter(items)
        while not self.asked.is_set():
            try:
                self._reading = True
                item = next(iterator)
                self._reading = False
            except (StopIteration, _Stopped):
                return
            finally:
                self._reading = False
            yield item


@contextmanager
def _signals() -> Iterator[_Stop]:
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command(short_help="Looks at feeds again and again, and says which stories changed.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS…")
@at_library
@click.option("--every", type=click.FloatRange(0, min_open=True), default=15.0, show_default=True, metavar="MINUTES", help="How often to look.")
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Reports that a story must have to be shown.")
@click.option("--allow", multiple=True, metavar="HOST", help="Read from this host though it stands at a private address; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="One change a line as JSON.")
@quietly
def watch(feeds: tuple[str, ...], place: str, every: float, once: bool, least: int, allow: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Adds what is new in feeds to a library, groups it, and prints the stories that are new or whose count of origins or figures changed.

    FEEDS are OPML files, the addresses of feeds, or feeds. A feed is asked whether it changed; an article is read again where its feed says that it
    did. Ctrl-C (or SIGTERM) ends it: what was read is kept. Exit status with --once: 1 where a feed could not be read.
    """
    from ..library.watch import Seen, poll

    listed, failed = _listed(feeds)
    if not listed:
        sys.exit(2)
    with _signals() as stop, opened(place, create=True) as library:
        seen = Seen(library)
        while not stop.asked.is_set():
            with rate("looking", quiet) as shown:
                done = poll(library, listed, seen, allow=allow, least=least, passing=stop.until, progress=lambda step, n: shown(n, None))
            _show(done, as_json, quiet)
            failed = failed or bool(done.refused)
            if once or stop.asked.wait(60 * every):
                break
    sys.exit(1 if once and failed else 0)


def _listed(given: tuple[str, ...]) -> tuple[list[str], bool]:
    from ..read import feeds_of

    found: dict[str, None] = {}
    failed = False
    for path in given:
        try:
            found.update(dict.fromkeys(feeds_of(path)))
        except InputError as error:
            failed = True
            click.echo(f"whence: {error}", err=True)
    return list(found), failed


def _show(done: Round, as_json: bool, quiet: bool) -> None:
    for refused in done.refused:
        click.echo(f"whence: {said(refused)}", err=True)
    for change in done.changes:
        click.echo(encode(change) if as_json else _told(change))
    if not quiet:
        n = done.added
        why = " (whence add --rejects says why)" if n.rejected else ""
        click.echo(f"whence: {n.new:,} new, {n.changed:,} changed, {n.rejected:,} could not be read{why}", err=True)


def _told(change: Change) -> str:
    row = change.story
    days = row.first if row.first == row.last else f"{row.first} to {row.last}"
    facts = [plural(row.reports, "report"), *([plural(row.outlets, "outlet")] if row.outlets else []), days or "no date"]
    lines = [f"{row.id}  {row.title or 'no title'}", f"    {' · '.join(facts)}"]
    if change.before is None:
        lines.append(f"    new: {_counted(change.now)}")
    elif change.before != change.now:
        lines.append(f"    origins of the lead claim: {_counted(change.before)} → {_counted(change.now)}")
    for f in change.figures:
        changed = [f"now also {', '.join(f.added)}"] * bool(f.added) + [f"no longer {', '.join(f.gone)}"] * bool(f.gone)
        lines.append(f"    {f.question} {', '.join(f.before)}; {'; '.join(changed)}")
    return "\n".join(lines)


def _counted(origins: tuple[int, int] | None) -> str:
    if origins is None:
        return "no claim to count"
    low, high = origins
    return f"{low if low == high else f'{low}–{high}'} origin{'s' * (high != 1)}"
