"""The command over a corpus of any size."""

from __future__ import annotations

import sys
from typing import Literal

import click

from ..engine import NAMES
from ..runs import COMMANDS
from ..runs import run as run_of

__all__ = ["run"]

_SAID = 10


@click.command(short_help="Annotate or link a corpus of any size, on this machine or on Spark.")
@click.argument("command", type=click.Choice(COMMANDS))
@click.option("--in", "given", multiple=True, required=True, metavar="PLACE", help="A file, folder, pattern or URL: JSON lines, Parquet, WARC, text, HTML.")
@click.option("--out", required=True, metavar="FOLDER", help="Where the tables and manifest.json go: a folder or a URL.")
@click.option("--engine", type=click.Choice(NAMES), default="duckdb", show_default=True, help="What does the work.")
@click.option("--workers", type=click.IntRange(1), help="Processes, or Spark's threads on this machine; one a core if not given.")
@click.option("--memory", type=click.FloatRange(0.1), default=2.0, show_default=True, metavar="GB", help="What SQL may hold before it goes to disk.")
@click.option("--part", type=click.FloatRange(0.0, min_open=True), metavar="MB", help="How much of the corpus is one task.")
@click.option("--work", metavar="FOLDER", help="For what is only needed on the way; inside --out if not given.")
@click.option("--master", metavar="URL", help="Spark's master; this machine, or what spark-submit says, if not given.")
@click.option("--keep", is_flag=True, help="Keep what is only needed on the way.")
def run(
    command: str,
    given: tuple[str, ...],
    out: str,
    engine: Literal["process", "duckdb", "spark"],
    workers: int | None,
    memory: float,
    part: float | None,
    work: str | None,
    master: str | None,
    keep: bool,
) -> None:
    """Do one COMMAND for every article of a corpus: the same rows whatever the engine.

    What was cut off goes on where it stopped when it is given again. Every article is in the tables or among the rejects (a table beside them), and
    manifest.json says how many of each.
    """
    watched = sys.stderr.isatty()
    done = run_of(
        command, given, out, engine=engine, workers=workers, memory=int(memory * 1e9), part=None if part is None else max(1, int(part * 1e6)), work=work,
        master=master, keep=keep, progress=lambda step: click.echo(f"whence: {step}", err=True) if watched else None,
    )  # fmt: skip
    articles, tables = done.articles, ", ".join(f"{rows:,} {name}" for name, rows in done.tables.items())
    click.echo(f"{articles['in']:,} articles in, {articles['out']:,} out, {articles['rejected']:,} rejected; {tables}: {out}")
    for why, rows in list(done.rejects.items())[:_SAID]:
        click.echo(f"whence: {rows:,} × {why}", err=True)
    if len(done.rejects) > _SAID:
        click.echo(f"whence: and {len(done.rejects) - _SAID} more reasons: the table of rejects has each", err=True)
    sys.exit(2 if not articles["out"] else 1 if done.rejects else 0)
