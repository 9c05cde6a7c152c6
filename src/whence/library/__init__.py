"""The library: a standing collection of reports that is added to, searched, grouped into stories, and corrected."""

from __future__ import annotations

from .library import Library, open_library

__all__ = ["Library", "open_library"]
