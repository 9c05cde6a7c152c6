"""The story in other programs' forms."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..pipeline import brief
from ..report import exports
from ..report.exports import FORMS, TABLES
from .said import said

__all__ = ["export"]


@click.command("export", short_help="The story for other programs: spreadsheets, graphs, standards.")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="The form to write.")
@click.option("--table", type=click.Choice(TABLES), default="cells", show_default=True, help="Which table CSV and Parquet hold.")
@click.option("-o", "--out", "place", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; standard output without it.")
def export(reports: tuple[str, ...], form: str, table: str, place: Path | None) -> None:
    """The story for other programs.

    json, html, md; csv and parquet (one table), xlsx (a sheet a table), docx, pdf (printed by Chromium, Chrome or Edge); graphml; schema.org (JSON-LD),
    prov (W3C PROV-O), annotations (W3C Web Annotation), ninjs (IPTC). A REPORT is a file, - for standard input, or OUTLET=FILE.
    """
    result = brief(reports)
    for refusal in result.refused:
        click.echo(f"whence: {said(refusal)}", err=True)
    if result.story is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    made = exports.export(result.story, form, table=table)
    if place is None:
        sys.stdout.buffer.write(made)
    else:
        try:
            place.write_bytes(made)
        except OSError as error:
            click.echo(f"whence: -o {place}: could not be written ({error.strerror}); give another place", err=True)
            sys.exit(2)
    sys.exit(1 if result.refused else 0)
