"""Commands over a few reports of one story: brief, and closer looks at the same result."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..codec import encode
from ..errors import InputError
from ..pipeline import Brief, read_rates
from ..pipeline import brief as run
from ..report import to_html, to_markdown, to_terminal
from ..types import Rate, Value
from .places import at_library, opened
from .said import said

__all__ = ["brief", "check", "compare", "trace"]

_MANY = 8


class _Asked(Value):
    """What was asked of a story: its reports, or its id in a library; and as what it is shown."""

    reports: tuple[str, ...]
    story: str | None
    place: str
    allow: tuple[str, ...]
    rates: str | None
    as_json: bool
    as_markdown: bool
    html: Path | None


def _output(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and the options that every look at a story shares."""
    command = click.option("--json", "as_json", is_flag=True, help="The whole result as whence.report/1.")(command)
    file = click.Path(dir_okay=False, path_type=Path)
    private = "Read from this host though it stands at a private address; may be repeated."
    command = click.option("--allow", multiple=True, metavar="HOST", help=private)(command)
    table = "Exchange rates, CSV (from,to,rate,date) or TOML, by which sums of money in two currencies are compared."
    command = click.option("--rates", metavar="FILE", help=table)(command)
    command = at_library(command)
    command = click.option("--story", metavar="ID", help="A story of a library, in place of reports.")(command)
    command = click.option("--html", "html", type=file, help="Also write one self-contained HTML file.")(command)
    command = click.option("--md", "as_markdown", is_flag=True, help="Markdown instead of plain text.")(command)
    return click.argument("reports", nargs=-1, metavar="REPORT…")(command)


@click.command(short_help="How many origins, by what chains, and where the reports differ.")
@_output
def brief(**asked: Any) -> None:
    """How many origins the story has, by what chain each claim came, and where the reports differ.

    A REPORT is a file (text, HTML, PDF, DOCX, a saved page or message, JSON lines, a table, a feed, an archive), a folder, a web address, - for
    standard input, or OUTLET=REPORT.
    """
    _show(_Asked(**asked), "summary")


@click.command(short_help="Each claim's chain, out to the last party named.")
@_output
def trace(**asked: Any) -> None:
    """Each claim's chain, from the report's own outlet out to the last party named."""
    _show(_Asked(**asked), "trace")


@click.command(short_help="The claims side by side.")
@_output
@click.option("--only", type=click.Choice(["all", "differences"]), default="all", help="All rows, or only those whose reports differ.")
def compare(only: str, **asked: Any) -> None:
    """The claims side by side."""
    _show(_Asked(**asked), "compare", only_differences=only == "differences")


@click.command(short_help="The numbers as intervals, and the sums they allow.")
@_output
def check(**asked: Any) -> None:
    """The numbers: each as an interval, and the sums they allow with their working."""
    _show(_Asked(**asked), "check")


def _show(asked: _Asked, view: str, *, only_differences: bool = False) -> None:
    if asked.as_json and asked.as_markdown:
        raise click.UsageError("--json and --md both go to standard output: give one of them")
    if bool(asked.reports) == (asked.story is not None):
        raise click.UsageError("give the reports of one story, or --story ID of a library: one of the two")
    if asked.rates is not None and asked.story is not None:
        raise click.UsageError("--rates goes with reports: a story of a library is told without a table of rates")
    if asked.html is not None:
        _may_be_written(asked.html)
    result = _of_library(asked) if asked.story is not None else run(asked.reports, _progress(len(asked.reports)), asked.allow, _rates(asked.rates))
    for refusal in result.refused:
        click.echo(f"whence: {said(refusal)}", err=True)
    if result.story is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    if asked.as_json:
        click.echo(encode(result.story, indent=True))
    elif asked.as_markdown:
        click.echo(to_markdown(result.story))
    elif view == "compare":
        click.echo(to_terminal(result.story, view, only_differences=only_differences))
    else:
        click.echo(to_terminal(result.story, view))
    written = asked.html is None or _write(asked.html, to_html(result.story))
    sys.exit(1 if result.refused or not written else 0)


def _rates(path: str | None) -> tuple[Rate, ...]:
    try:
        return read_rates(path) if path is not None else ()
    except InputError as error:
        click.echo(f"whence: {error}", err=True)
        sys.exit(2)


def _of_library(asked: _Asked) -> Brief:
    with opened(asked.place) as library:
        return Brief(story=library.story(str(asked.story)), refused=())


def _progress(reports: int) -> Callable[[str], None]:
    """Steps on stderr where the work is long and somebody is watching."""
    if reports < _MANY or not sys.stderr.isatty():
        return lambda step: None
    return lambda step: click.echo(f"whence: {step} {reports} reports …", err=True)


def _may_be_written(path: Path) -> None:
    """Refuses a place that is no place for a file before any work is done."""
    folder = path.parent
    if not folder.is_dir():
        raise click.UsageError(f"--html {path}: there is no folder {folder}; make it first, or give another place")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise click.UsageError(f"--html {path}: may not be written there; give another place")


def _write(path: Path, page: str) -> bool:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        click.echo(f"whence: --html {path}: could not be written ({error.strerror}); give another place", err=True)
        return False
    return True
