"""Which of two reports was first, where anything tells: dates, one crediting the other, one contained in the other."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from functools import lru_cache

from .. import text as words
from ..types import Article, Marks
from .reuse_judge import Direction, Shared

CONTAINED = 0.95
"""A report that stands in the other up to a few words was cut from it…"""

LONGER = 0.75
"""…if the other is longer by a third at least."""


def direct(articles: tuple[Article, Article], marks: tuple[Marks, Marks], shared: Shared | None) -> Direction:
    """The earlier of two reports that share text, or that it cannot be told. The order in which they were given never counts."""
    credited = [credits(marks[1], articles[0], marks[0]), credits(marks[0], articles[1], marks[1])]
    if credited[0] != credited[1]:
        first = 0 if credited[0] else 1
        return Direction(first=first, why="credits the other", certain=0.97)
    published = [a.published.value if a.published else None for a in articles]
    return told(published[0], published[1], shared)


def told(published_a: str | None, published_b: str | None, shared: Shared | None) -> Direction:
    """Direction by the dates of two reports, else by one being cut from the other."""
    by_date = dated(published_a, published_b)
    if by_date is not None:
        return by_date
    if shared is not None and in_order(shared):
        if shared.share_b >= CONTAINED and shared.share_a <= LONGER:
            return Direction(first=0, why="is wholly contained in the longer one", certain=0.8)
        if shared.share_a >= CONTAINED and shared.share_b <= LONGER:
            return Direction(first=1, why="is wholly contained in the longer one", certain=0.8)
    return Direction(first=None, why="neither date nor credit tells which was first")


def in_order(shared: Shared) -> bool:
    """True where the passages follow each other in both reports and begin where both begin, as in a text cut from its end."""
    order = sorted(shared.segments, key=lambda s: s.a)
    return bool(order) and order[0].a <= 3 and order[0].b <= 3 and all(s.b < t.b for s, t in itertools.pairwise(order))


def names(article: Article, marks: Marks) -> set[str]:
    """Every name of a report's own outlet, folded."""
    own = [p for p in marks.parties if p.id == marks.own]
    given = [article.outlet.value] if article.outlet else []
    return {words.fold(n) for n in [*given, *(n for p in own for n in (p.name, *p.aliases))] if n.strip()}


def credits(marks: Marks, other: Article, other_marks: Marks) -> bool:
    """True where a report credits, or names as a source, the outlet of the other."""
    wanted = names(other, other_marks)
    named = {c.party for c in marks.credits} | {p for a in marks.attributions for p in a.chain}
    named.discard(marks.own or "")
    return any(words.fold(n) in wanted for p in marks.parties if p.id in named for n in (p.name, *p.aliases))


def credited(marks: Marks, *kinds: str) -> dict[str, str]:
    """The parties that a report credits as a whole (of those kinds, or of any), folded name to name; its own outlet is none of them."""
    named = {c.party for c in marks.credits} - {marks.own}
    return {words.fold(p.name): p.name for p in marks.parties if p.id in named and (not kinds or p.kind in kinds)}


def cited(marks: Marks) -> dict[str, str]:
    """The outlets and agencies that a report names as a source of anything, folded name to name; its own outlet is none of them."""
    named = {p for a in marks.attributions for p in a.chain} - {marks.own}
    return {words.fold(p.name): p.name for p in marks.parties if p.id in named and p.kind in ("outlet", "agency")}


def dated(a: str | None, b: str | None) -> Direction | None:
    """Direction by date: days that differ, or times that differ where both have one; None where the dates do not tell."""
    if not a or not b or a == b:
        return None
    at, to = moment(a), moment(b)
    if at is None or to is None or at == to:
        return None
    timed = at[1] and to[1]
    apart = (to[0] - at[0]).total_seconds() / 3600 if timed else float((to[0].date() - at[0].date()).days * 24)
    if abs(apart) < 0.25:
        return None
    first = 0 if apart > 0 else 1
    much = f"{abs(round(apart / 24))} days" if abs(apart) >= 47 else "a day" if abs(apart) >= 23 else f"{abs(apart):.1f} hours"
    return Direction(first=first, why=f"is dated {much} later", certain=0.95 if abs(apart) >= 20 else 0.8)


@lru_cache(maxsize=65536)
def moment(value: str) -> tuple[datetime, bool] | None:
    """A date as a moment (UTC where no zone is given) and whether it has a time of day; None where it is no full date."""
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    timed = len(value.strip()) > 10
    return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)), timed
