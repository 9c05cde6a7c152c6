"""Where the work of a corpus is done: in this process, in a pool of processes beside DuckDB, or on Spark. No step knows on which."""

from __future__ import annotations

from .protocol import NAMES, Engine, Lost, open_engine

__all__ = ["NAMES", "Engine", "Lost", "open_engine"]
