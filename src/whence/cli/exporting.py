"""The story in other programs' forms."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..pipeline import Brief, brief
from ..report import exports
from ..report.exports import FORMS, TABLES
from .places import at_library, opened
from .said import said

__all__ = ["export"]


@click.command("export", short_help="The story for other programs: spreadsheets, graphs, standards.")
@click.argument("reports", nargs=-1, metavar="REPORT…")
@click.option("--story", metavar="ID", help="A story of a library, in place of reports.")
@at_library
@click.option("--allow", multiple=True, metavar="HOST", help="Read from this host though it stands at a private address; may be repeated.")
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="The form to write.")
@click.option("--table", type=click.Choice(TABLES), default="cells", show_default=True, help="Which table CSV and Parquet hold.")
@click.option("-o", "--out", "out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; standard output without it.")
def export(reports: tuple[str, ...], story: str | None, place: str, allow: tuple[str, ...], form: str, table: str, out: Path | None) -> None:
    """The story for other programs.

    json, html, md; csv and parquet (one table), xlsx (a sheet a table), docx, pdf (printed by Chromium, Chrome or Edge); graphml; schema.org (JSON-LD),
    prov (W3C PROV-O), annotations (W3C Web Annotation), ninjs (IPTC). A REPORT is what ``whence brief`` takes.
    """
    if bool(reports) == (story is not None):
        raise click.UsageError("give the reports of one story, or --story ID of a library: one of the two")
    if story is None:
        result = brief(reports, allow=allow)
    else:
        with opened(place) as library:
            result = Brief(story=library.story(story), refused=())
    for refusal in result.refused:
        click.echo(f"whence: {said(refusal)}", err=True)
    if result.story is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    made = exports.export(result.story, form, table=table)
    if out is None:
        sys.stdout.buffer.write(made)
    else:
        try:
            out.write_bytes(made)
        except OSError as error:
            click.echo(f"whence: -o {out}: could not be written ({error.strerror}); give another out", err=True)
            sys.exit(2)
    sys.exit(1 if result.refused else 0)
