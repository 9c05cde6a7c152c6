"""SQL kept as data: files of statements, each under a comment that names its table and says what is in it."""

from __future__ import annotations

import functools
import re
from importlib import resources

__all__ = ["statements"]

_NAME = re.compile(r"^-- table (\w+):.*\n", re.MULTILINE)
_WORD = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)




@functools.cache
def statements(name: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The statements of ``NAME.sql`` by the tables they make, in order: the text, with its settings in braces, and the tables that it reads."""
    text = resources.files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
    pieces = _NAME.split(text)[1:]
    named = dict(zip(pieces[::2], (" ".join(p.split()) for p in pieces[1::2]), strict=True))
    return {table: (sql, tuple(sorted(set(_WORD.findall(sql))))) for table, sql in named.items()}
