"""The door for assistants: a read-only server of the Model Context Protocol. It parses, calls and shows; nothing is computed here."""

from __future__ import annotations

from .server import Shelf, server_of

__all__ = ["Shelf", "server_of"]
