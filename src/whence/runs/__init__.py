"""Runs over a corpus: the use cases that put steps and engines together. The same rows come out whatever engine did the work."""

from __future__ import annotations

from .corpus import COMMANDS, Manifest, run

__all__ = ["COMMANDS", "Manifest", "run"]
