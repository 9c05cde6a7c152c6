"""Articles found: by words, by number, by filters; which they are, the rest is read from them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, exists, func, literal, select

from ..types import Region
from .entry import Sized
from .rows import LISTED
from .tables import articles, credited, quantities, versions

__all__ = ["WIDE", "altered", "by_sources", "filters", "held_spans", "holding", "last_texts", "numbered", "sized", "stating", "vectors"]

WIDE = 1  # the class of an interval that no other holds
_LEVELS = 14
_OPEN = 2.0  # "at least 22" is looked up as 22 to 44: as an answer to a number asked for, an open end is worth no more


def sized(start: int, end: int, low: float | None, high: float | None, value: float | None, unit: str) -> Sized | None:
    """A quantity as it is looked up; None where it has no bound at all."""
    if low is None and high is None:
        return None
    if low is None:
        low = high / _OPEN if high > 0 else high * _OPEN  # type: ignore[operator]
    if high is None:
        high = low * _OPEN if low > 0 else low / _OPEN
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    return Sized(start=start, end=end, size=_size(low, high), low=low, high=high, value=value, unit=unit)


def _size(low: float, high: float) -> int:
    """The smallest class of sizes that holds a whole interval: classes are halved again and again, from 64 octaves to the 128th part of one.

    (Kent et al. 2002, the bins of a genome browser, over the logarithm.) What no class holds is WIDE.
    """
    if low <= 0 <= high:
        return 0 if low == high else WIDE
    ends = sorted((abs(low), abs(high)))
    for level in range(_LEVELS - 1, -1, -1):
        first, last = (_class(x, level) for x in ends)
        if first == last:
            return first if low > 0 else -first
    return WIDE


def _class(size: float, level: int) -> int:
    """The class of a size above nought at one level; the offset keeps the borders away from round numbers."""
    return (level + 1) * 1_000_000 + 500_000 + math.floor(math.ldexp(math.log2(size) + 0.237, level - 6))


def _sizes(number: float) -> list[int]:
    """Every class that may hold an interval which holds the number."""
    sign = 1 if number > 0 else -1
    return [WIDE, 0] if number == 0 else [WIDE, *(sign * _class(abs(number), level) for level in range(_LEVELS))]


def filters(*, outlet: str | None, agency: str | None, story: str | None, since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """What must hold of an article's row; days are both included, and an article without a date is on no day."""
    found: list[ColumnElement[bool]] = []
    if outlet is not None:
        found.append(articles.c.outlet == outlet)
    if story is not None:
        found.append(articles.c.story == story)
    if since is not None:
        found.append(articles.c.day >= since)
    if until is not None:
        found.append(and_(articles.c.day <= until, articles.c.day > ""))
    if agency is not None:
        found.append(exists().where(credited.c.article == articles.c.number, credited.c.party == agency))
    return found


def stating(number: float, unit: str | None) -> FromClause:
    """The numbers (``article``) of the articles that state this very number, in the unit asked for if any."""
    held = quantities.c.value == number if unit is None else and_(quantities.c.value == number, quantities.c.unit == unit)
    return select(quantities.c.article, literal(1.0).label("score")).where(held).distinct().subquery("stating")


def holding(number: float, unit: str | None) -> FromClause:
    """The numbers (``article``) of the articles with a quantity that holds the number; ``score`` is 1 where it is stated itself, less the wider it is held."""
    held = and_(quantities.c.size.in_(_sizes(number)), quantities.c.low <= number, quantities.c.high >= number)
    if unit is not None:
        held = and_(held, quantities.c.unit == unit)
    width = (quantities.c.high - quantities.c.low) / max(abs(number), 1e-300)
    score = case((quantities.c.value == number, 1.0), else_=0.5 / (1.0 + width))
    return select(quantities.c.article, func.max(score).label("score")).where(held).group_by(quantities.c.article).subquery("holding")


def by_sources(
    connection: Connection, sources: Sequence[FromClause], where: Sequence[ColumnElement[bool]], limit: int, skip: int, *, scored: bool = True
) -> list[Any]:
    """Rows (LISTED and ``score``) of the articles that are in all the sources, the best first; without a source the latest first.

    ``scored`` is False where all scores are one: the articles that came in last are then first, and no more of them are read than are asked for.
    """
    if not sources:
        asked = select(*LISTED, literal(0.0).label("score")).where(*where).order_by(articles.c.day.desc(), articles.c.number.desc())
        return list(connection.execute(asked.limit(limit).offset(skip)))
    # the places first, and then the rows of those alone: a row is large, and of what many articles hold few are shown
    number = articles.c.number if where else sources[0].c.article
    joined: FromClause = articles if where else sources[0]
    for source in sources if where else sources[1:]:
        joined = joined.join(source, source.c.article == number)
    score = sum((s.c.score for s in sources[1:]), sources[0].c.score).label("score")
    order = [score.desc(), number.desc()] if scored else [number.desc()]
    few = select(number.label("number"), score).select_from(joined).where(*where).order_by(*order).limit(limit).offset(skip).subquery("few")
    asked = select(*LISTED, few.c.score).join(few, few.c.number == articles.c.number)
    return list(connection.execute(asked.order_by(few.c.score.desc(), articles.c.number.desc())))


def numbered(connection: Connection, numbers: Sequence[int], sources: Sequence[FromClause], where: Sequence[ColumnElement[bool]]) -> dict[int, Any]:
    """Rows (LISTED) of those of the articles with these numbers that are in all the sources, by number."""
    inside = [articles.c.number.in_(select(s.c.article)) for s in sources]
    asked = select(*LISTED).where(articles.c.number.in_(numbers), *inside, *where)
    return {r.number: r for r in connection.execute(asked)}


def last_texts(connection: Connection, numbers: Sequence[int], *, marks: bool) -> dict[int, tuple[str, bytes]]:
    """The text of the last version of articles, by number, with its marks where they are asked for."""
    joined = versions.join(articles, (versions.c.article == articles.c.number) & (versions.c.version == articles.c.version))
    columns = [versions.c.article, versions.c.text, *([versions.c.marks] if marks else [])]
    asked = select(*columns).select_from(joined).where(versions.c.article.in_(numbers))
    return {r.article: (r.text, r.marks if marks else b"") for r in connection.execute(asked)}


def held_spans(connection: Connection, numbers: Sequence[int], number: float, unit: str | None) -> dict[int, list[Region]]:
    """Where those articles' quantities that hold a number stand."""
    held = and_(quantities.c.article.in_(numbers), quantities.c.low <= number, quantities.c.high >= number)
    asked = select(quantities.c.article, quantities.c.start, quantities.c.end).where(held if unit is None else and_(held, quantities.c.unit == unit))
    found: dict[int, list[Region]] = {}
    for r in connection.execute(asked.order_by(quantities.c.article, quantities.c.start)):
        found.setdefault(r.article, []).append((r.start, r.end))
    return found


def vectors(connection: Connection, after: int, limit: int) -> list[tuple[int, bytes]]:
    """The numbers and vectors of articles beyond a number, in order."""
    asked = select(articles.c.number, articles.c.vector).where(articles.c.number > after).order_by(articles.c.number).limit(limit)
    return [(r.number, r.vector) for r in connection.execute(asked)]


def altered(connection: Connection, after: int) -> list[tuple[int, int, bytes]]:
    """Which alteration, the number and the vector of articles altered after one, in the order of the alterations."""
    asked = select(articles.c.altered, articles.c.number, articles.c.vector).where(articles.c.altered > after).order_by(articles.c.altered)
    return [(r.altered, r.number, r.vector) for r in connection.execute(asked)]
