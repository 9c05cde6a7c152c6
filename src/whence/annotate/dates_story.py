"""Years that a story lends: dates without a year in a report without a date, by the dates of the other reports."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..types import Annotated
from .dates import find_dates
from .dates_calendar import day

__all__ = ["date_by_story"]

_ONE_STORY = 31


def date_by_story(reports: Sequence[Annotated], *, language: str = "en") -> tuple[Annotated, ...]:
    """The reports with the timeline of those that have no date of their own found again, now that the others lend them the year.

    Only years are lent ("July 26", "in January"), never a day: a weekday or "yesterday" stays unresolved. Nothing is lent where no related report is
    dated, or where their dates lie more than a month apart: then it is not certain when this one was written.
    """
    dates = sorted({d for r in reports if r.related and r.article.published and (d := day(r.article.published.value)) is not None})
    if not dates or (dates[-1] - dates[0]).days > _ONE_STORY:
        return tuple(reports)
    return tuple(_lent(r, dates[-1].isoformat(), language) if r.related and not r.article.published else r for r in reports)


def _lent(report: Annotated, near: str, language: str) -> Annotated:
    timeline = find_dates(report.article.text, report.marks.sentences, None, report.id, language=language, near=near)
    return msgspec.structs.replace(report, marks=msgspec.structs.replace(report.marks, timeline=timeline))
