"""Commands over a few reports of one story: brief, and closer looks at the same result."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..codec import encode
from ..errors import WhenceError
from ..pipeline import Brief
from ..pipeline import brief as run
from ..report import to_html, to_markdown, to_terminal
from ..types import Refused, Story

__all__ = ["brief", "check", "compare", "trace"]

_REPORTS = click.argument("reports", nargs=-1, required=True, metavar="REPORT…")


def _output(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every look at a story shares."""
    command = click.option("--json", "as_json", is_flag=True, help="The whole result as whence.report/1.")(command)
    command = click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Also write one self-contained HTML file.")(
        command
    )
    return click.option("--md", "as_markdown", is_flag=True, help="Markdown instead of plain text.")(command)


@click.command()
@_REPORTS
@_output
def brief(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool) -> None:
    """How many origins the story has, by what chain each claim came, and where the reports differ.

    A REPORT is a file (.txt, .html, .jsonl), - for standard input, or OUTLET=FILE.
    """
    _show(reports, as_json, html, as_markdown, "summary")


@click.command()
@_REPORTS
@_output
def trace(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool) -> None:
    """Each claim's chain, from the report's own outlet out to the last party named."""
    _show(reports, as_json, html, as_markdown, "trace")


@click.command()
@_REPORTS
@_output
@click.option("--only", type=click.Choice(["all", "differences"]), default="all", help="All rows, or only those whose reports differ.")
def compare(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, only: str) -> None:
    """The claims side by side."""
    _show(reports, as_json, html, as_markdown, "compare", only_differences=only == "differences")


@click.command()
@_REPORTS
@_output
def check(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool) -> None:
    """The numbers: each as an interval, and the sums they allow with their working."""
    _show(reports, as_json, html, as_markdown, "check")


def _show(reports: tuple[str, ...], as_json: bool, html: Path | None, as_markdown: bool, view: str, *, only_differences: bool = False) -> None:
    result = _run(reports)
    for refusal in result.refused:
        click.echo(f"whence: {_said(refusal)}", err=True)
    if result.story is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    if html is not None:
        _write(html, to_html(result.story))
    if as_json:
        click.echo(encode(result.story, indent=True))
    elif as_markdown:
        click.echo(to_markdown(result.story))
    else:
        click.echo(_text(result.story, view, only_differences))
    sys.exit(1 if result.refused else 0)


def _run(reports: tuple[str, ...]) -> Brief:
    try:
        return run(reports, _progress(len(reports)))
    except WhenceError as e:
        click.echo(f"whence: {e}", err=True)
        sys.exit(2)


def _progress(reports: int) -> Callable[[str], None]:
    """Steps on stderr where the work is long and somebody is watching."""
    if reports < 8 or not sys.stderr.isatty():
        return lambda step: None
    return lambda step: click.echo(f"whence: {step} {reports} reports …", err=True)


def _text(story: Story, view: str, only_differences: bool) -> str:
    return to_terminal(story, view, only_differences=only_differences) if view == "compare" else to_terminal(story, view)


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as e:
        click.echo(f"whence: {path}: cannot be written ({e.strerror}): give another place with --html", err=True)
        sys.exit(2)


def _said(refusal: Refused) -> str:
    place = refusal.path if refusal.line is None else f"{refusal.path}, line {refusal.line}"
    return f"{place}: {refusal.why}"
