"""The library to look at and to correct in a browser, and the same over REST: server-rendered, nothing fetched from anywhere else."""

from __future__ import annotations

from .app import make_app
from .settings import Settings

__all__ = ["Settings", "make_app"]
