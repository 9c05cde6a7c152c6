"""What a reader is: the endings and first bytes it knows, and how it turns a source into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..types import Page, Refused
from .source import Reading, Source

__all__ = ["Reader"]


class Reader(NamedTuple):
    """``knows`` is asked about the first bytes of an input, ``endings`` about its name. ``signed``: those bytes admit no other reading.

    ``read`` gives a page or a refusal for each report, one at a time, and raises InputError where it cannot go on.
    """

    name: str
    endings: tuple[str, ...]
    knows: Callable[[bytes, Reading], bool]
    read: Callable[[Source, Reading], Iterator[Page | Refused]]
    signed: bool = False
