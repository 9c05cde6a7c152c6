"""Commands over many articles: one JSON object a line, in order."""

from __future__ import annotations

import sys

import click

from ..codec import encode
from ..pipeline import annotate_pages
from ..read import read_pages
from ..types import Failed

__all__ = ["annotate"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--jsonl", is_flag=True, help="One object a line (the only form; given for clarity).")
def annotate(files: tuple[str, ...], jsonl: bool) -> None:
    """Attributions, quantities and dates of each article, without comparing them.

    A FILE is a report, or a .jsonl of {"id", "text"}. A line that cannot be read becomes {"id", "error"} and the exit status is 1.
    """
    done = failed = 0
    pages, refused = read_pages(files)
    for out in annotate_pages(pages, refused):
        click.echo(encode(out))
        if isinstance(out, Failed):
            failed += 1
            click.echo(f"whence: {out.id}: {out.error}", err=True)
        else:
            done += 1
    sys.exit(2 if not done else 1 if failed else 0)
