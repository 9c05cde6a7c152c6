"""The seam: what differs between one database and another, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine, FromClause
from sqlalchemy.exc import DBAPIError

__all__ = ["Backend", "Phrases"]

Phrases = Sequence[Sequence[str]]
"""What to look for: phrases of words as ``wording.tokens`` gives them, all of which must be found."""


class Backend(Protocol):
    """One database behind a library. ``place`` names it as the user did; ``types`` are its names of the types in the migrations."""

    place: str
    readonly: bool
    types: dict[str, str]

    def engine(self) -> Engine:
        """The way to the database, made once."""

    def lock(self, connection: Connection) -> None:
        """Waits until this transaction is the only one that writes."""

    def make_index(self, connection: Connection) -> None:
        """The index over words, empty."""

    def index(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Puts articles into the index: their numbers and folded words."""

    def unindex(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Takes articles out of the index: their numbers and the folded words they were put in with."""

    def scrub(self, engine: Engine) -> bool:
        """Leaves nothing in the database's files of what was taken out; False where a reader keeps it there until it lets go."""

    def matching(self, phrases: Phrases, most: int | None = None) -> FromClause:
        """The numbers (``article``) of the articles that hold all the phrases, each with a ``score``: the higher the better.

        ``most``: of this many that came in last, where there are more.
        """

    def why(self, error: DBAPIError) -> str:
        """What went wrong and what to do, for a user."""
