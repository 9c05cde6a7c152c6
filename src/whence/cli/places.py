"""What every command over a library shares: where it is, and how long work is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..library import Library

__all__ = ["at_library", "opened", "quietly", "rate"]

_PLACE = "library"


def at_library(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the library: a folder, or a PostgreSQL address."""
    return click.option(
        "--library", "place", metavar="PLACE", envvar="WHENCE_LIBRARY", default=_PLACE, show_default="library, or WHENCE_LIBRARY",
        help="A folder, or postgresql://user@host/database.",
    )(command)  # fmt: skip


def quietly(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that leaves out what is only shown while one waits."""
    return click.option("--quiet", is_flag=True, help="No progress on standard error.")(command)


@contextmanager
def opened(place: str, *, create: bool = False) -> Iterator[Library]:
    """The library, closed at the end."""
    from ..library import open_library

    with open_library(place, create=create) as library:
        yield library


@contextmanager
def rate(what: str, quiet: bool) -> Iterator[Callable[[int, int | None], None]]:
    """Shows how much is done, of how much where that is known, and how many a second; only where somebody is watching."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second, on the whole."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.completed / task.elapsed:,.0f} a second" if task.elapsed else "")

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)
