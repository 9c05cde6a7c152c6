"""Commands over many articles: one JSON object a line, in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from ..codec import encode
from ..pipeline import annotate_pages
from ..read import read_pages
from ..trace import links as links_of
from ..types import Failed, Refused
from .said import said

__all__ = ["annotate", "links"]

_MANY = 50
_SAID = 10


@click.command(short_help="Attributions, quantities and dates, article by article.")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--jsonl", is_flag=True, help="One object a line (the only form; given for clarity).")
def annotate(files: tuple[str, ...], jsonl: bool) -> None:
    """Attributions, quantities and dates of each article, without comparing them.

    A FILE is a report, or a .jsonl of {"id", "text"}. A line that cannot be read becomes {"id", "error"} and the exit status is 1.
    """
    done = failed = 0
    pages, refused = read_pages(files)
    show = _progress("articles annotated")
    for out in annotate_pages(pages, refused):
        click.echo(encode(out))
        if isinstance(out, Failed):
            failed += 1
            click.echo(f"whence: {out.id}: {out.error}", err=True)
        else:
            done += 1
        show(done + failed, len(pages) + len(refused))
    sys.exit(2 if not done else 1 if failed else 0)


@click.command(short_help="Which articles of a corpus share text, and in which direction.")
@click.argument("corpus", metavar="CORPUS.jsonl")
@click.option("--jsonl", is_flag=True, help="One object a line (the only form; given for clarity).")
@click.option("--index", type=click.Path(file_okay=False, path_type=Path), help="Also compare with all that was added to this folder, and add to it.")
def links(corpus: str, jsonl: bool, index: Path | None) -> None:
    """Which articles of a corpus share more than chance, in which direction, and the passages that show it.

    A line of CORPUS.jsonl is {"id", "text"}, with "outlet", "published" and "language" where known.
    """
    refused: list[Refused] = []
    read = 0

    def refuse(item: Refused) -> None:
        refused.append(item)
        if len(refused) <= _SAID:
            click.echo(f"whence: {said(item)}", err=True)

    show = _progress("articles compared")

    def progress(done: int, of: int) -> None:
        nonlocal read
        read = of
        show(done, of)

    for link in links_of(corpus, refused=refuse, index=None if index is None else str(index), progress=progress):
        click.echo(encode(link))
    if len(refused) > _SAID:
        click.echo(f"whence: {corpus}: {len(refused) - _SAID} more lines could not be read", err=True)
    if not read:
        click.echo(f'whence: {corpus}: no article could be read: a line is one article as {{"id": …, "text": …}}', err=True)
    sys.exit(2 if not read else 1 if refused else 0)


def _progress(what: str) -> Callable[[int, int], None]:
    """A count on stderr where the work is long and somebody is watching."""
    if not sys.stderr.isatty():
        return lambda done, of: None

    last = 0

    def show(done: int, of: int) -> None:
        nonlocal last
        if of >= _MANY and (done - last >= _MANY or done == of):
            last = done
            click.echo(f"\r{done:,} of {of:,} {what}", err=True, nl=done == of)

    return show
