"""Commands over a few reports of one story: brief, and closer looks at the same result."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..codec import encode
from ..pipeline import brief as run
from ..report import to_html, to_markdown, to_terminal
from .said import said

__all__ = ["brief", "check", "compare", "trace"]

_REPORTS = click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
_MANY = 8


def _output(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every look at a story shares."""
    command = click.option("--json", "as_json", is_flag=True, help="The whole result as whence.report/1.")(command)
    place = click.Path(dir_okay=False, path_type=Path)
    private = "Read from this host though it stands at a private address; may be repeated."
    command = click.option("--allow", multiple=True, metavar="HOST", help=private)(command)
    command = click.option("--html", "html", type=place, help="Also write one self-contained HTML file.")(command)
    return click.option("--md", "as_markdown", is_flag=True, help="Markdown instead of plain text.")(command)


@click.command(short_help="How many origins, by what chains, and where the reports differ.")
@_REPORTS
@_output
def brief(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, allow: tuple[str, ...]) -> None:
    """How many origins the story has, by what chain each claim came, and where the reports differ.

    A REPORT is a file (text, HTML, PDF, DOCX, a saved page or message, JSON lines, a table, a feed, an archive), a folder, a web address, - for
    standard input, or OUTLET=REPORT.
    """
    _show(reports, as_json, html, as_markdown, allow, "summary")


@click.command(short_help="Each claim's chain, out to the last party named.")
@_REPORTS
@_output
def trace(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, allow: tuple[str, ...]) -> None:
    """Each claim's chain, from the report's own outlet out to the last party named."""
    _show(reports, as_json, html, as_markdown, allow, "trace")


@click.command(short_help="The claims side by side.")
@_REPORTS
@_output
@click.option("--only", type=click.Choice(["all", "differences"]), default="all", help="All rows, or only those whose reports differ.")
def compare(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, allow: tuple[str, ...], only: str) -> None:
    """The claims side by side."""
    _show(reports, as_json, html, as_markdown, allow, "compare", only_differences=only == "differences")


@click.command(short_help="The numbers as intervals, and the sums they allow.")
@_REPORTS
@_output
def check(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, allow: tuple[str, ...]) -> None:
    """The numbers: each as an interval, and the sums they allow with their working."""
    _show(reports, as_json, html, as_markdown, allow, "check")


def _show(
    reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, allow: tuple[str, ...], view: str, *, only_differences: bool = False
) -> None:
    if as_json and as_markdown:
        raise click.UsageError("--json and --md both go to standard output: give one of them")
    if html is not None:
        _may_be_written(html)
    result = run(reports, _progress(len(reports)), allow)
    for refusal in result.refused:
        click.echo(f"whence: {said(refusal)}", err=True)
    if result.story is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    if as_json:
        click.echo(encode(result.story, indent=True))
    elif as_markdown:
        click.echo(to_markdown(result.story))
    elif view == "compare":
        click.echo(to_terminal(result.story, view, only_differences=only_differences))
    else:
        click.echo(to_terminal(result.story, view))
    written = html is None or _write(html, to_html(result.story))
    sys.exit(1 if result.refused or not written else 0)


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
