"""An article on its way into the store: all that is kept of it, made before the database is touched."""

from __future__ import annotations

from ..types import Value, WireState

__all__ = ["Entry", "Sized"]


class Sized(Value):
    """A quantity as it is looked up: where it stands, its interval with open ends closed, and the class of sizes that holds it whole."""

    start: int
    end: int
    size: int
    low: float
    high: float
    value: float | None
    unit: str


class Entry(Value):
    """One version of an article. ``key`` says which article it is, ``given`` is the hash of what was given; ``facts`` and ``marks`` are MessagePack."""

    id: str
    key: str
    given: bytes
    place: bytes
    text: str
    facts: bytes
    marks: bytes
    signature: bytes | None
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    wire: WireState
    url: str | None
    path: str
    words: int
    folded: str
    vector: bytes
    quantities: tuple[Sized, ...]
    credited: tuple[str, ...]
