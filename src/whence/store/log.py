"""The log of corrections: appended to, never rewritten; one that was undone says when and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from ..types import Correction, Logged
from .tables import corrections

__all__ = ["append", "entries", "undo"]


def append(connection: Connection, correction: Correction, anchors: bytes, who: str, now: str) -> int:
    """Writes a correction down, with that by which it finds its subjects again; its number."""
    row = {
        "kind": correction.kind, "story": correction.story, "correction": msgspec.msgpack.encode(correction), "anchors": anchors, "who": who, "made": now,
    }  # fmt: skip
    return int(connection.execute(insert(corrections).returning(corrections.c.id), row).scalar_one())


def entries(connection: Connection, *, holding: bool = False) -> Iterator[tuple[Logged, bytes]]:
    """All corrections with their anchors, the first first; ``holding``: only those that were not undone."""
    asked: Any = select(corrections).order_by(corrections.c.id)
    if holding:
        asked = asked.where(corrections.c.undone.is_(None))
    for r in connection.execute(asked):
        correction = msgspec.msgpack.decode(r.correction, type=Correction)
        yield Logged(id=r.id, correction=correction, who=r.who, when=r.made, undone=r.undone), r.anchors


def undo(connection: Connection, id: int, who: str, now: str) -> None:
    """Says that a correction holds no longer."""
    connection.execute(update(corrections).where(corrections.c.id == id).values(undone=now, undone_by=who))
