"""The command line: it parses, calls and shows; nothing is computed here."""

from __future__ import annotations

from .main import commands, main

__all__ = ["commands", "main"]
