"""The readers, and which of them an input is for: by bytes that admit one reading alone, then by name, then by what its first bytes look like."""

from __future__ import annotations

from pathlib import PurePosixPath

from .binary import binary_kind
from .csv_rows import CSV
from .lines import LINES
from .parquet import PARQUET
from .plain import HTML, TEXT
from .reader import Reader
from .source import Reading, Source

__all__ = ["READERS", "reader_of"]

READERS: tuple[Reader, ...] = (PARQUET, LINES, HTML, CSV, TEXT)
"""In the order in which they are asked about first bytes."""


def reader_of(given: Source, reading: Reading) -> Reader:
    """The reader for a source. Raises InputError where it is empty, or of a kind that none reads."""
    if not given.head.strip():
        given.file.peek(1)  # type: ignore[attr-defined]  # a fault met in the head is raised here
        raise given.refuse("is empty: there is no text in it")
    known = [reader for reader in READERS if reader.knows(given.head, reading)]
    if signed := next((reader for reader in known if reader.signed), None):
        return signed
    if (kind := binary_kind(given.head)) is not None:
        raise given.refuse(f"looks like {kind[0]}, not text: {kind[1]}")
    ending = PurePosixPath(given.name).suffix.lower()
    by_name = next((reader for reader in READERS if ending in reader.endings), None)
    return by_name or (known[0] if known else TEXT)
