"""Commands over a library: add to it, look into it, take out of it."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click

from ..codec import encode
from ..types import Added, ArticleRow, Hit, Kept, Query, Refused, StoryRow, Version
from .places import at_library, opened, quietly, rate
from .said import said

if TYPE_CHECKING:
    from ..library import Library

__all__ = ["add", "forget", "list_stories", "search", "show"]

_MOST = 8
_PARTIES = 3
_SAID = 10
_STORY = re.compile(r"s[0-9a-f]{3,16}[a-z]?")


def _workers() -> int:
    able = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(_MOST, len(able))


@click.command(short_help="Reads reports into a library.")
@click.argument("inputs", nargs=-1, metavar="INPUT…")
@at_library
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="Which column of a table holds a field; may be repeated.")
@click.option("--allow", multiple=True, metavar="HOST", help="Read from this host though it stands at a private address; may be repeated.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that annotate; as many as there are processors if not given.")
@click.option("--rejects", is_flag=True, help="List what could not be read, and why.")
@click.option("--json", "as_json", is_flag=True, help="The counts, or the rejects one a line, as JSON.")
@quietly
def add(
    inputs: tuple[str, ...], place: str, mapping: tuple[str, ...], allow: tuple[str, ...], workers: int | None, rejects: bool, as_json: bool, quiet: bool
) -> None:
    """Reads reports into a library, which is made if there is none; what it holds already changes nothing.

    An INPUT is a file, a folder, a pattern, a table, an archive, a feed, a web address, or - for standard input. An article that changed becomes a new
    version. What was counted is kept whatever happens: run the same command again to go on where it stopped.
    """
    if not inputs and not rejects:
        raise click.UsageError("name what to read: a file, a folder, a web address; or --rejects to list what could not be read")
    done = Added()
    with opened(place, create=bool(inputs)) as library:
        if inputs:
            done = _read_in(library, inputs, _mapping(mapping), allow, workers or _workers(), quiet)
            click.echo(encode(done) if as_json else _counted(done))
        if rejects:
            for r in library.rejects():
                click.echo(encode(r) if as_json else f"{r.path}{'' if r.line is None else f', line {r.line}'}: {r.why}")
    if inputs:
        sys.exit(1 if done.rejected and done != Added(rejected=done.rejected) else 2 if done.rejected else 0)


def _read_in(library: Library, inputs: tuple[str, ...], mapping: dict[str, str], allow: tuple[str, ...], workers: int, quiet: bool) -> Added:
    from ..read import pages

    refused: list[Refused] = []

    def keep(refusal: Refused) -> None:
        if len(refused) < _SAID:  # the library lists all of them
            refused.append(refusal)

    with rate("articles", quiet) as shown:
        done = library.add(
            pages(inputs, mapping, allow), lambda n: shown(n.new + n.changed + n.same + n.rejected, None), workers=workers, refusal=keep
        )  # fmt: skip
    for refusal in refused:
        click.echo(f"whence: {said(refusal)}", err=True)
    if done.nameless and not quiet:
        one = "one of them names no outlet, and counts as a party of its own"
        counted = one if done.nameless == 1 else f"{done.nameless:,} of them name no outlet, and each counts as a party of its own"
        click.echo(f"whence: {counted}: OUTLET=PATH names it, or --map outlet=COLUMN", err=True)
    return done


def _mapping(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in given:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise click.UsageError(f"--map {pair}: write it as FIELD=COLUMN, as in text=body")
        found[field] = column
    return found


def _counted(done: Added) -> str:
    counts = [f"{done.new:,} new", f"{done.changed:,} changed", f"{done.same:,} known already"]
    if done.rejected:
        counts.append(f"{done.rejected:,} could not be read (whence add --rejects lists them)")
    return " · ".join(counts)


@click.command(short_help="Finds articles in a library.")
@click.argument("words", nargs=-1, metavar="[WORD]…")
@at_library
@click.option("--quote", metavar="WORDS", help="Exactly these words in this order, whatever the typography.")
@click.option("--number", metavar="NUMBER", help='A quantity that holds it: "918 million", "$2bn".')
@click.option("--meaning", metavar="WORDS", help="Like this in meaning.")
@click.option("--outlet", metavar="NAME", help="Of this outlet.")
@click.option("--agency", metavar="NAME", help="Credited to this agency or newsroom.")
@click.option("--story", metavar="ID", help="Of this story.")
@click.option("--since", metavar="DAY", help="Of this day or later: 2024-05-31, or a month or a year.")
@click.option("--until", metavar="DAY", help="Of this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, at most.")
@click.option("--json", "as_json", is_flag=True, help="One hit a line as JSON, with where the words found stand.")
def search(
    words: tuple[str, ...], place: str, quote: str | None, number: str | None, meaning: str | None, outlet: str | None, agency: str | None,
    story: str | None, since: str | None, until: str | None, limit: int, as_json: bool,
) -> None:  # fmt: skip
    """Finds articles by all the WORDs (in any form of plural; several in one pair of quotation marks stand together), best first.

    Everything given must hold. Without WORDs the latest articles are listed. Exit status 1 where nothing is found.
    """
    query = Query(
        words=" ".join(f'"{w}"' if " " in w and len(words) > 1 else w for w in words), quote=quote, number=number, meaning=meaning, outlet=outlet,
        agency=agency, story=story, since=since, until=until, limit=limit,
    )  # fmt: skip
    with opened(place) as library:
        hits = library.search(query)
    for hit in hits:
        click.echo(encode(hit) if as_json else _shown(hit))
    if not hits:
        click.echo("whence: nothing in the library holds all of this", err=True)
        sys.exit(1)


def _shown(hit: Hit) -> str:
    passage, at = [], hit.start
    for start, end in hit.marks:
        if hit.start <= start and end <= hit.end and start >= at:
            passage += [hit.passage[at - hit.start : start - hit.start], click.style(hit.passage[start - hit.start : end - hit.start], bold=True)]
            at = end
    passage.append(hit.passage[at - hit.start :])
    return f"{_line(hit.article)}\n    {' '.join(''.join(passage).split())}\n"


def _line(row: ArticleRow) -> str:
    facts = [row.id, row.published or "no date", row.outlet or row.path, row.title or "no title"]
    return "  ".join([*facts, *([f"story {row.story}"] if row.story else [])])


@click.command(short_help="One article or story of a library.")
@click.argument("id", metavar="ID")
@at_library
@click.option("--version", "version", type=click.IntRange(1), help="This version of the article instead of its last one.")
@click.option("--versions", "history", is_flag=True, help="The article's versions, and where each differs from the one before.")
@click.option("--json", "as_json", is_flag=True, help="The article with all its marks, its versions, or the story's row, as JSON.")
def show(id: str, place: str, version: int | None, history: bool, as_json: bool) -> None:
    """One article: what is known of it and its text; or one story: its articles.

    An ID is an article's (8 characters are enough), its address or its path, or a story's (as many characters as tell it from others).
    `whence brief --story ID` tells a story.
    """
    with opened(place) as library:
        if _STORY.fullmatch(id):
            row = library.story_row(id)
            click.echo(encode(row) if as_json else _headed(row))
            if not as_json:
                for article in library.articles(story=row.id, limit=1000):
                    click.echo(f"  {_line(article)}")
        elif history:
            for entry in library.versions(id):
                click.echo(encode(entry) if as_json else _changes(entry))
        else:
            kept = library.article(id, version)
            click.echo(encode(kept) if as_json else _article(kept))


def _article(kept: Kept) -> str:
    row, article = kept.row, kept.annotated.article
    which = f"{row.version}, added {row.added}" if row.versions == 1 else f"last of {row.versions}, first added {row.added}"
    facts = [
        ("outlet", row.outlet), ("title", row.title), ("published", row.published), ("language", row.language), ("address", row.url), ("path", row.path),
        ("story", row.story), ("version", which),
    ]  # fmt: skip
    return "\n".join([*(f"{name:10} {value}" for name, value in facts if value), "", article.text.rstrip()])


def _changes(entry: Version) -> str:
    lines = [f"version {entry.version}, added {entry.added}, {entry.words:,} words"]
    for c in entry.changes:
        lines += [f"  at {c.new[0]:,}", *(f"    - {' '.join(c.old_text.split())}" for _ in c.old_text[:1])]
        lines += [f"    + {' '.join(c.new_text.split())}" for _ in c.new_text[:1]]
    return "\n".join(lines)


@click.command(short_help="Takes articles out of a library.")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@at_library
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(ids: tuple[str, ...], place: str, yes: bool) -> None:
    """Takes articles out, with all their versions and marks and what was told with them. This cannot be undone."""
    with opened(place) as library:
        rows = [library.article(i).row for i in ids]
        for row in rows:
            click.echo(_line(row))
        if not yes:
            click.confirm(f"Forget {'this article' if len(rows) == 1 else f'these {len(rows)} articles'} for good?", abort=True)
        click.echo(f"{library.forget([r.id for r in rows])} forgotten")


def list_stories(place: str, query: str | None, changed: str | None, least: int, limit: int, anew: bool, as_json: bool, quiet: bool) -> None:
    """Groups what came in since the last time, and lists the stories."""
    with opened(place) as library:
        if not library.readonly:
            with rate("comparing", quiet) as shown:
                library.regroup(lambda step, done, of: shown(done, of), anew=anew)
        rows = library.stories(query=None if query is None else Query(words=query, limit=200), changed_since=changed, least=least, limit=limit)
        with rate("counting", quiet) as shown:
            rows = library.tell_due(rows, shown)
    for row in rows:
        click.echo(encode(row) if as_json else _headed(row))


def _headed(row: StoryRow) -> str:
    days = row.first if row.first == row.last else f"{row.first} to {row.last}"
    facts = [f"{row.reports} report{'s' * (row.reports > 1)}", *([f"{row.outlets} outlet{'s' * (row.outlets > 1)}"] if row.outlets else []), days or "no date"]
    if row.origins is not None:
        low, high = row.origins.low, row.origins.high
        counted = f"{low if low == high else f'{low}–{high}'} origin{'s' * (high != 1)} of the lead claim"
        facts.append(counted if row.told == row.revision else f"{counted}, as last told")
    elif row.told is not None:
        facts.append("no claim in common")
    elif row.reports > 1:
        facts.append(f"not counted yet: whence brief --story {row.id}")
    if row.differing:
        facts.append(f"{row.differing} difference{'s' * (row.differing > 1)}")
    lines = [f"{row.id}  {row.title or 'no title'}", f"    {' · '.join(facts)}"]
    if row.weakest:
        more = f" and {len(row.weakest) - _PARTIES} more" if len(row.weakest) > _PARTIES else ""
        lines.append(f"    weakest point: {', '.join(row.weakest[:_PARTIES])}{more}")
    return "\n".join(lines)
