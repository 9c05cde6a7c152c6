"""Commands over many articles: one JSON object a line, in order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from ..codec import encode
from ..pipeline import annotate_pages, count, find_stories
from ..read import pages, read_pages
from ..report import census_picture, census_table
from ..trace import compiled_before
from ..trace import links as links_of
from ..types import Failed, Refused
from .places import at_library, quietly
from .said import said

__all__ = ["annotate", "links", "origins", "stories"]

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

    if Path(corpus).is_file() and not compiled_before():
        click.echo("whence: the first run compiles for this machine, once: some ten seconds", err=True)
    for link in links_of(corpus, refused=refuse, index=None if index is None else str(index), progress=progress):
        click.echo(encode(link))
    if len(refused) > _SAID:
        click.echo(f"whence: {corpus}: {len(refused) - _SAID} more lines could not be read", err=True)
    if not read:
        click.echo(f'whence: {corpus}: no article could be read: a line is one article as {{"id": …, "text": …}}', err=True)
    sys.exit(2 if not read else 1 if refused else 0)


@click.command(short_help="How much of one story's coverage is reporting, and on how many origins it rests.")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="The counts, texts and feeds as JSON.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw who feeds whom into this file.")
def origins(files: tuple[str, ...], as_json: bool, svg: Path | None) -> None:
    """Of one story's reports: how many texts, copies folded; how many credit an agency; how many report anything; how many origins.

    A FILE is a report, or a .jsonl of {"id", "text"}, with "outlet" and "published" where known. Which of many articles are of one story is not
    judged here.
    """
    if svg is not None and not svg.parent.is_dir():
        raise click.UsageError(f"--svg {svg}: there is no folder {svg.parent}; make it first, or give another place")
    watched = sys.stderr.isatty()
    done = count(files, lambda step: click.echo(f"whence: {step} …", err=True) if watched else None)
    for refusal in done.refused[:_SAID]:
        click.echo(f"whence: {said(refusal)}", err=True)
    if len(done.refused) > _SAID:
        click.echo(f"whence: {len(done.refused) - _SAID} more could not be read", err=True)
    if done.census is None:
        click.echo("whence: nothing could be read", err=True)
        sys.exit(2)
    click.echo(encode(done.census, indent=True) if as_json else census_table(done.census))
    written = True
    if svg is not None:
        try:
            svg.write_text(census_picture(done.census), encoding="utf-8")
        except OSError as error:
            click.echo(f"whence: --svg {svg}: could not be written ({error.strerror}); give another place", err=True)
            written = False
    sys.exit(1 if done.refused or not written else 0)


@click.command(short_help="Which articles of a corpus report the same happening.")
@click.argument("corpus", required=False, metavar="[CORPUS.jsonl]")
@click.option("--jsonl", "--json", "jsonl", is_flag=True, help="One object a line as JSON (of a corpus the only form).")
@at_library
@click.option("--query", metavar="WORDS", help="Of the library, only stories of articles that hold these words.")
@click.option("--changed-since", "changed", metavar="TIME", help="Of the library, only stories that changed after this time.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Of the library, only stories of this many reports.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Of the library, this many, the latest first.")
@click.option("--anew", is_flag=True, help="Group the whole library again, not only what came in.")
@quietly
def stories(
    corpus: str | None, jsonl: bool, place: str, query: str | None, changed: str | None, least: int, limit: int, anew: bool, quiet: bool
) -> None:
    """Which articles report the same happening: of a library, which is grouped first, or of a corpus.

    Of a CORPUS.jsonl, {"id", "story"} a line, a story named by the first of its articles. A line of it is {"id", "text"}, with "title" and "published"
    where known; a folder, a CSV or a Parquet file will do too.
    """
    if corpus is None:
        from .library import list_stories

        return list_stories(place, query, changed, least, limit, anew, jsonl, quiet)
    refused: list[Refused] = []

    def refuse(item: Refused) -> None:
        refused.append(item)
        if len(refused) <= _SAID:
            click.echo(f"whence: {said(item)}", err=True)

    names, found = find_stories(pages([corpus]), refuse, _progress("pairs compared"))
    if len(refused) > _SAID:
        click.echo(f"whence: {corpus}: {len(refused) - _SAID} more could not be read", err=True)
    for name, story in zip(names, found.labels, strict=True):
        click.echo(encode({"id": name, "story": names[story]}))
    if found.passed:
        click.echo(f"whence: {found.passed:,} comparisons left out: their words stand in too many articles", err=True)
    for a, b in found.capped[:_SAID]:
        click.echo(f"whence: the stories of {names[a]} and {names[b]} are alike, and kept apart: together they would be too great", err=True)
    if not names:
        click.echo(f'whence: {corpus}: no article could be read: a line is one article as {{"id": …, "text": …}}', err=True)
    sys.exit(2 if not names else 1 if refused else 0)


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
