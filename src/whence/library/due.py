"""Which stories are told so that a list of them can show their counts."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import StoryRow

__all__ = ["due"]

_MOST_STORIES = 20
_MOST_REPORTS = 60  # a greater story may take long: it is told when it is asked for


def due(listed: Sequence[StoryRow]) -> list[StoryRow]:
    """Those that were never told or have changed since, as far as that is cheap: the first twenty, none of one report, none of more than sixty."""
    return [s for s in listed if s.told != s.revision and 2 <= s.reports <= _MOST_REPORTS][:_MOST_STORIES]
