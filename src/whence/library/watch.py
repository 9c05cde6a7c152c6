"""Watching feeds: what is new in them is added and grouped, and the stories whose origins or figures changed are told apart from the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..errors import InputError
from ..read import feed_pages
from ..report import lead_claim
from ..types import Added, Claim, Page, Quantity, Refused, Story, StoryRow, Value

if TYPE_CHECKING:
    from .library import Library

__all__ = ["Change", "Figure", "Round", "Seen", "changes_of", "poll"]

_Key = tuple[str, float | None, float | None]  # a unit and an interval in it
Filter = Callable[[Iterable[Page | Refused]], Iterator[Page | Refused]]


class Figure(Value):
    """A question whose figures changed: those it had, those of the same unit that came, and those that no report gives any more, as written."""

    question: str
    before: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]


class Change(Value):
    """A story that changed: its lead claim's origins (at least, at most) before, None where it was never told, and now; and its figures."""

    story: StoryRow
    before: tuple[int, int] | None
    now: tuple[int, int] | None
    figures: tuple[Figure, ...]


class Round(Value):
    """What one look at the feeds gave; ``refused`` are the feeds that could not be read."""

    added: Added
    changes: tuple[Change, ...]
    refused: tuple[Refused, ...]


class Seen:
    """What was looked at: an entry is read again where its feed says that it changed since, and not otherwise."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._moments: dict[str, str | None] = {}

    def __call__(self, address: str, moment: str | None) -> bool:
        if address in self._moments:
            known = self._moments[address] == moment
        else:
            try:
                added = self._library.article(address).row.added
            except InputError:
                known = False
            else:
                known = moment is None or moment <= added
        self._moments[address] = moment
        return known


def poll(
    library: Library, feeds: Sequence[str], seen: Seen, *, allow: Iterable[str] = (), least: int = 2, passing: Filter = iter,
    progress: Callable[[str, int], None] = lambda step, done: None,
) -> Round:  # fmt: skip
    """Looks at the feeds once. ``passing`` may end the stream of pages early; what was read till then is kept. ``least``: reports of a story told."""
    refused: list[Refused] = []

    def kept(items: Iterable[Page | Refused]) -> Iterator[Page | Refused]:
        for item in items:
            if isinstance(item, Refused) and item.path in feeds:
                refused.append(item)
            yield item

    added = library.add(passing(kept(feed_pages(feeds, seen, allow))), lambda n: progress("articles", n.new + n.changed + n.same + n.rejected))
    changes: list[Change] = []
    stirred: list[str] = []
    if added.new or added.changed:
        regrouped = library.regroup()
        stirred += [*regrouped.new, *regrouped.changed]
    for number, id in enumerate(dict.fromkeys([*stirred, *library.moved_on()]), 1):  # others may have grouped and told since the last look
        progress("stories", number)
        row = library.story_row(id)
        if row.reports >= least and (change := _change(library, row)) is not None:
            changes.append(change)
    return Round(added=added, changes=tuple(changes), refused=tuple(refused))


def _change(library: Library, row: StoryRow) -> Change | None:
    """What changed in a story since those who watch were told of it; None where neither its origins nor its figures did."""
    before = library.watched_last(row.id)
    now = library.story(row.id)
    library.keep_watched(row, now)
    was, figures = (None, ()) if before is None else (_origins(before), changes_of(before, now))
    if before is not None and was == _origins(now) and not figures:
        return None
    return Change(story=library.story_row(row.id), before=was, now=_origins(now), figures=figures)


def _origins(story: Story) -> tuple[int, int] | None:
    lead = lead_claim(story)
    return None if lead is None else (lead.origins.low, lead.origins.high)


def changes_of(before: Story, now: Story) -> tuple[Figure, ...]:
    """The questions whose figures changed: a figure came that no report gave before, or one went that no report gives now.

    A question is the one of the earlier telling with which it has most cells in common; a figure is said once, under the first question it is of.
    """
    rows = _by_cell(before)
    paths = {r.id: r.path for r in now.reports}
    given, left = _all(before), _all(now)
    found, said = [], set[_Key]()
    for claim in now.claims:
        same = Counter(number for cell in claim.cells for number in rows.get((paths[cell.report], cell.text), ()))
        if not same:
            continue
        old = _figures(before, before.claims[same.most_common(1)[0][0]])
        units = {unit for unit, _, _ in old}
        added = {key: words for key, words in _figures(now, claim).items() if key[0] in units and key not in given and key not in said}
        gone = {key: words for key, words in old.items() if key not in left and key not in said}
        if added or gone:
            said |= {*added, *gone}
            asked = {unit for unit, _, _ in (*added, *gone)}
            was = dict.fromkeys(words for key, words in old.items() if key[0] in asked)
            found.append(Figure(question=claim.question, before=tuple(was), added=tuple(added.values()), gone=tuple(gone.values())))
    return tuple(found)


def _by_cell(story: Story) -> dict[tuple[str, str], list[int]]:
    """The numbers of the claims that have a cell, by the report's path and the cell's words."""
    paths = {r.id: r.path for r in story.reports}
    found: dict[tuple[str, str], list[int]] = {}
    for number, claim in enumerate(story.claims):
        for cell in claim.cells:
            found.setdefault((paths[cell.report], cell.text), []).append(number)
    return found


def _all(story: Story) -> set[_Key]:
    return {_key(q) for q in story.quantities}


def _key(quantity: Quantity) -> _Key:
    return str(quantity.unit), quantity.low, quantity.high


def _figures(story: Story, claim: Claim) -> dict[_Key, str]:
    """The figures in a claim's cells: unit and interval, and their words."""
    found: dict[_Key, str] = {}
    for cell in claim.cells:
        for q in story.quantities:
            if q.report == cell.report and cell.start <= q.start and q.end <= cell.end and (q.low is not None or q.high is not None):
                found.setdefault(_key(q), q.text)
    return found
