"""A story as Python and notebooks meet it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .errors import InputError
from .pipeline import brief
from .types import Refused, Story

__all__ = ["StoryView", "view"]


class StoryView(Story, frozen=True, kw_only=True):
    """A story that a notebook can show, with what was refused beside it."""

    refused: tuple[Refused, ...] = ()

    def _repr_html_(self) -> str:
        from .report import to_html

        return to_html(self)


def view(specs: Sequence[str]) -> StoryView:
    """The story of the given reports; InputError names the first refusal where nothing could be read."""
    result = brief(specs)
    if result.story is None:
        first = result.refused[0] if result.refused else Refused(path="(nothing)", why="no report was given")
        raise InputError(first.path, first.why, line=first.line)
    return StoryView(**msgspec.structs.asdict(result.story), refused=result.refused)
