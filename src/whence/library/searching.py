"""Search: what is asked becomes phrases, a number, a direction of meaning; what is found is shown by its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from .. import pipeline
from ..errors import InputError
from ..store import Store, search
from ..store.rows import article_row
from ..store.wording import plain_words, tokens
from ..types import Article, Hit, Quantity, Query, Region, Value
from .entries import party_key
from .passages import passage, phrases_in, sentences

if TYPE_CHECKING:
    from .nearest import Nearest

__all__ = ["find"]

_PART = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
_AHEAD = 200
_RANKED = 5000  # where more articles hold the words, the latest of them are ranked: a word that stands in most ranks nothing
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


class _Asked(Value):
    """A query as it is looked up: ``exact`` are the words of the quote as they must stand, folded in case and typography."""

    phrases: tuple[tuple[str, ...], ...]
    exact: tuple[str, ...]
    number: float | None
    unit: str | None


def find(store: Store, query: Query, nearest: Nearest) -> list[Hit]:
    """The articles that a query finds, the best first. Raises InputError for what cannot be looked up."""
    asked = _asked(query)
    where = search.filters(
        outlet=query.outlet, agency=None if query.agency is None else party_key(query.agency), story=query.story,
        since=_day(query.since), until=_until(query.until),
    )  # fmt: skip
    alone = not where and asked.number is None and query.meaning is None and query.quote is None
    sources = [store.backend.matching(asked.phrases, _RANKED if alone else None)] if asked.phrases else []
    skip = _skip(query.after)
    hits: list[Hit] = []
    with store.reading() as connection:
        meant = None if query.meaning is None else nearest.to(connection, query.meaning)
        if meant is not None:
            number = [search.holding(asked.number, asked.unit)] if asked.number is not None else []
            rows = _by_meaning(connection, meant, [*sources, *number], where, skip)
        elif asked.number is not None:
            rows = _by_number(connection, asked.number, asked.unit, sources, where, skip, query.limit)
        else:
            rows = _ordered(connection, sources, where, skip, query.limit)
        for batch in _batched(rows, query.limit):
            hits += _hits(connection, batch, asked, query, nearest, query.limit - len(hits))
            if len(hits) >= query.limit:
                break
    return hits


def _asked(query: Query) -> _Asked:
    parts = (next(filter(None, m.groups())) for m in _PART.finditer(query.words))
    phrases = [tuple(w for w, _ in tokens(part)) for part in parts]
    exact = tuple(w for w, _ in plain_words(query.quote or ""))
    if query.quote is not None:
        if not exact:
            raise InputError(query.quote, "holds no word to look for")
        phrases.append(tuple(w for w, _ in tokens(query.quote)))
    if query.words.strip() and not any(phrases):
        raise InputError(query.words, "holds no word to look for")
    found = None if query.number is None else _number(query.number)
    value = None if found is None else found.value if found.value is not None else found.low if found.low is not None else found.high
    unit = None if found is None or found.unit in ("", "1", _BARE.get(found.text)) else found.unit
    return _Asked(phrases=tuple(p for p in phrases if p), exact=exact, number=value, unit=unit)


_BARE: dict[str, str] = {}


@functools.lru_cache(maxsize=256)
def _number(words: str) -> Quantity:
    """The quantity that some words state, read as it is read in a report."""
    found = pipeline.marked(Article(path="the number asked for", text=f"It was {words.strip()}.")).marks.quantities
    if not found or (found[0].value is None and found[0].low is None and found[0].high is None):
        raise InputError(words, "holds no number: write it as in a report, 918 million or $2bn or 12 percent")
    return found[0]


def _day(day: str | None) -> str | None:
    if day is not None and not _DAY.fullmatch(day):
        raise InputError(day, "is no day: write it as 2024-05-31")
    return day


def _until(day: str | None) -> str | None:
    """The last day that a year, a month or a day holds, for comparing."""
    return None if day is None else (_day(day) or "") + "-99" * (3 - len(day.split("-")))


def _skip(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isdecimal():
        raise InputError(after, "is no place to go on from: give the `next` of a hit")
    return int(after)


def _ordered(
    connection: Connection, sources: Sequence[Any], where: Sequence[Any], skip: int, limit: int, *, scored: bool = True
) -> Iterator[tuple[int, Any, float]]:
    """Rows with their place in the whole order and their score, read on as they are needed."""
    size = max(limit, 1)
    while rows := search.by_sources(connection, sources, where, size, skip, scored=scored):
        for i, row in enumerate(rows):
            yield skip + i, row, float(row.score)
        skip += len(rows)
        if len(rows) < size:
            return
        size = max(size, _AHEAD)


def _by_number(
    connection: Connection, number: float, unit: str | None, sources: Sequence[Any], where: Sequence[Any], skip: int, limit: int
) -> Iterator[tuple[int, Any, float]]:
    """First the articles that state the very number, for which a few rows are read however many there are; then those that hold it in an interval."""
    last = skip - 1
    for at, row, score in _ordered(connection, [*sources, search.stating(number, unit)], where, skip, limit, scored=bool(sources)):
        last = at
        yield at, row, score
    if last < skip:  # none here: where the intervals' own places begin is not known without counting
        last = sum(1 for _ in _ordered(connection, [*sources, search.stating(number, unit)], where, 0, _AHEAD)) - 1
    first = last + 1
    for at, row, score in _ordered(connection, [*sources, search.holding(number, unit)], where, max(skip, first), limit):
        yield at, row, score


def _by_meaning(
    connection: Connection, meant: Sequence[tuple[int, float]], sources: Sequence[Any], where: Sequence[Any], skip: int
) -> Iterator[tuple[int, Any, float]]:
    for start in range(skip, len(meant), _AHEAD):
        part = meant[start : start + _AHEAD]
        rows = search.numbered(connection, [n for n, _ in part], sources, where)
        for i, (number, score) in enumerate(part):
            if number in rows:
                yield start + i, rows[number], score


def _batched(rows: Iterator[tuple[int, Any, float]], size: int) -> Iterator[list[tuple[int, Any, float]]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) >= max(1, size):
            yield batch
            batch = []
    if batch:
        yield batch


def _hits(
    connection: Connection, batch: Sequence[tuple[int, Any, float]], asked: _Asked, query: Query, nearest: Nearest, most: int
) -> list[Hit]:
    numbers = [row.number for _, row, _ in batch]
    texts = search.last_texts(connection, numbers, marks=query.meaning is not None)
    held = {} if asked.number is None else search.held_spans(connection, numbers, asked.number, asked.unit)
    hits: list[Hit] = []
    for at, row, score in batch:
        text, marks = texts[row.number]
        words = phrases_in(text, asked.phrases)
        if asked.exact:
            exact = phrases_in(text, [asked.exact], plain=True)
            if not exact:
                continue
            words = sorted({*exact, *(w for w in words if not any(a <= w[0] and w[1] <= b for a, b in exact))})
        found: list[Region] = sorted({*words, *held.get(row.number, [])})
        around = nearest.sentence(query.meaning, text, sentences(marks)) if query.meaning is not None and not found else None
        start, end = around or passage(text, found)
        hits.append(Hit(article=article_row(row), score=score, start=start, end=end, passage=text[start:end], marks=tuple(found), next=str(at + 1)))
        if len(hits) >= most:
            break
    return hits
