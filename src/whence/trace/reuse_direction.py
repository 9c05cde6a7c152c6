"""Which of two reports was first, where anything tells: dates, one crediting the other, one contained in the other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from .. import text as words
from ..types import Article, Marks, Party
from .reuse_judge import Direction, Shared

CONTAINED = 0.95
"""A report that stands in the other up to a few words was cut from it…"""

LONGER = 0.75
"""…if the other is longer by a third at least."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says of itself and of others: its date, every folded name of its outlet, and, by folded names, whom it names.

    ``named`` are all parties it credits or has anything from, by every folded name and alias; ``credited`` are credited with the report as a
    whole, ``agencies`` are those of them that are agencies, ``cited`` are outlets and agencies it has something from. Its own outlet is in none.
    """

    published: str | None
    own: frozenset[str]
    named: dict[str, Party]
    credited: dict[str, str]
    agencies: dict[str, str]
    cited: dict[str, str]


def standing(article: Article, marks: Marks, parties: Mapping[str, Party]) -> Standing:
    """A report's standing; ``parties`` are those its marks speak of, by their ids."""
    own = parties.get(marks.own or "")
    given = [article.outlet.value] if article.outlet else []
    credits = {c.party for c in marks.credits} - {marks.own}
    chains = {p for a in marks.attributions for p in a.chain} - {marks.own}
    known = {p: parties[p] for p in sorted(credits | chains) if p in parties}
    return Standing(
        published=article.published.value if article.published else None,
        own=frozenset(words.fold(n) for n in [*given, *((own.name, *own.aliases) if own else ())] if n.strip()),
        named={words.fold(n): p for p in known.values() for n in (p.name, *p.aliases)},
        credited={words.fold(p.name): p.name for i, p in known.items() if i in credits},
        agencies={words.fold(p.name): p.name for i, p in known.items() if i in credits and p.kind == "agency"},
        cited={words.fold(p.name): p.name for i, p in known.items() if i in chains and p.kind in ("outlet", "agency")},
    )


def direct(one: Standing, other: Standing, shared: Shared | None) -> Direction:
    """The earlier of two reports that share text, or that it cannot be told. The order in which they were given never counts."""
    credited = [names_other(other, one), names_other(one, other)]
    if credited[0] != credited[1]:
        return Direction(first=0 if credited[0] else 1, why="credits the other", certain=0.97)
    return told(one.published, other.published, shared)


def names_other(report: Standing, other: Standing) -> bool:
    """True where a report credits, or names as a source, the outlet of the other."""
    return any(name in report.named for name in other.own)


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
