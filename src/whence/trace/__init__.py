"""Where a story's reports come from: passages they share, in which direction, and who is who across them."""

from __future__ import annotations

from .parties import merge_parties
from .reuse import find_links

__all__ = ["find_links", "merge_parties"]
