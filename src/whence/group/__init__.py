"""Which articles are of one happening: among the reports of a brief, and in a corpus or a library of any size."""

from __future__ import annotations

from .related import group
from .signature import Item, item_of, signatures
from .stories import Grouped, assign, candidates, stories

__all__ = ["Grouped", "Item", "assign", "candidates", "group", "item_of", "signatures", "stories"]
