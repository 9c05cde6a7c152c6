"""The store: articles with all their versions and marks, stories, corrections; in SQLite by default, in PostgreSQL by address."""

from __future__ import annotations

from .opened import Store, open_store

__all__ = ["Store", "open_store"]
