"""The library: a standing collection of reports that is added to, searched, grouped into stories, and corrected."""

from __future__ import annotations

from .due import due
from .library import Library, open_library

__all__ = ["Library", "due", "open_library"]
