"""When things happened, by the reports' own words, and when the reports themselves came out."""

from __future__ import annotations

from .. import expressions as re
from ..types import ReportId, Story, Value
from .naming import Cast
from .plain import clip

__all__ = ["Moment", "timeline_of"]

_PUBLISHED = "the report’s date"
_BASIS = {"stated": "stated in the text", "resolved": "worked out from the report’s date"}


class Moment(Value, frozen=True, kw_only=True):
    """One date (EDTF) with the words for it and the reports that have them; ``basis`` says how it is known."""

    date: str
    words: str
    outlets: tuple[str, ...]
    places: tuple[tuple[ReportId, int], ...]
    basis: str
    published: bool = False


def timeline_of(story: Story, cast: Cast) -> list[Moment]:
    """All dates in order of time; the same date in the same words is one moment, whoever says it."""
    found: dict[tuple[str, str, str], list[tuple[ReportId, int]]] = {}
    for d in story.timeline:
        found.setdefault((clip(d.date, 40), clip(d.text, 160), _BASIS[d.basis]), []).append((d.report, d.start))
    moments = [
        Moment(date=date, words=words, outlets=tuple(dict.fromkeys(cast.outlets[r] for r, _ in places)), places=tuple(places), basis=basis)
        for (date, words, basis), places in found.items()
    ]
    published = [
        Moment(date=clip(r.published, 40), words="published", outlets=(cast.outlets[r.id],), places=((r.id, 0),), basis=_PUBLISHED, published=True)
        for r in story.reports
        if r.published
    ]
    return sorted([*moments, *published], key=lambda m: _when(m.date))


def _when(date: str) -> tuple[bool, list[int], str]:
    """Order of an EDTF date by its first moment; what has no number comes last."""
    first = date.lstrip("./ ").partition("/")[0]
    sign = -1 if first.startswith("-") else 1
    numbers = [int(n[:9]) for n in re.findall(r"\d+", first)]
    return not numbers, [sign * numbers[0], *numbers[1:]] if numbers else [], date
