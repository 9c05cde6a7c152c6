"""How many sources a news story really has."""

from __future__ import annotations

__version__ = "0.1.0"
