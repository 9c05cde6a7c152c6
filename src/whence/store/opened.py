"""A store, opened: the shape of its tables brought to that of this version, its errors said as a user needs them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import LibraryError
from . import migrations
from .backend import Backend
from .postgres import Postgres
from .sqlite import FILE, Sqlite
from .tables import library, metadata

__all__ = ["Store", "open_store"]


class Store:
    """A database that holds a library. One process writes at a time; any number read."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.place = backend.place
        self._engine = backend.engine()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the library. Raises LibraryError where the database does not answer."""
        with self._said(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer shares, committed at its end and undone by any error in it."""
        self.must_be_writable()
        with self._said(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            self.backend.lock(connection)
            yield connection

    def must_be_writable(self) -> None:
        """Raises LibraryError where the library may be read but not written."""
        if self.backend.readonly:
            raise LibraryError(self.place, "the library may be read but not written: give yourself leave to write (chmod -R u+w), or copy the folder")

    def scrub(self) -> bool:
        """Leaves nothing in the database's files of what was taken out; False where a reader keeps it there until it lets go."""
        self.must_be_writable()
        with self._said():
            return self.backend.scrub(self._engine)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise LibraryError(self.place, self.backend.why(error)) from error
        except SQLAlchemyError as error:
            raise LibraryError(self.place, f"the database says: {error}") from error


def open_store(place: str, *, create: bool, made_by: str) -> Store:
    """The store at a folder or a ``postgresql://`` address; ``made_by`` is the version of whence that opens it.

    Raises LibraryError where there is none (and ``create`` is False), or where it is of a newer version.
    """
    store = Store(_backend(place, create))
    try:
        _brought_up(store, create, made_by)
    except BaseException:
        store.close()
        raise
    return store


def _backend(place: str, create: bool) -> Backend:
    if place.startswith(("postgresql:", "postgres:", "postgresql+")):
        return Postgres(place.replace("postgres:", "postgresql:", 1) if place.startswith("postgres:") else place)
    if "://" in place:
        raise LibraryError(place, "is no place for a library: give a folder, or postgresql://user@host/database")
    folder = Path(place)
    if folder.exists() and not folder.is_dir():
        raise LibraryError(place, "is a file: a library is a folder; give another name")
    if not (folder / FILE).exists():
        if not create:
            raise LibraryError(place, "there is no library here: make one with `whence add`, or name another with --library")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(place, f"no folder can be made there ({error.strerror}): give another place") from None
    return Sqlite(place)


def _brought_up(store: Store, create: bool, made_by: str) -> None:
    """The tables as this version knows them: made, or brought up step by step."""
    newest = migrations.last()
    with store.reading() as connection:
        at, by = _version(connection)
    if at > newest:
        raise LibraryError(store.place, f"the library was made by a newer whence ({by}; its tables are number {at}, known here up to {newest}): update whence")
    if at == newest:
        return
    if at == 0 and not create:
        raise LibraryError(store.place, "there is no library in this database: make one with `whence add`")
    if store.backend.readonly:
        why = f"the library was made by an older whence ({by}) and may not be written: open it once where it may, so that it is brought up, or copy the folder"
        raise LibraryError(store.place, why)
    with store.writing() as connection:
        at, _ = _version(connection)  # another process may have been quicker
        if at == 0 and (taken := sorted({*metadata.tables, "words"} & set(inspect(connection).get_table_names()))):
            raise LibraryError(store.place, f"the database holds other things under the names of a library ({', '.join(taken)}): give another place")
        for number in range(at + 1, newest + 1):
            _step(store, connection, number, made_by)


def _step(store: Store, connection: Connection, number: int, made_by: str) -> None:
    for statement in migrations.script(number).format(**store.backend.types).split(";"):
        if statement.strip():
            connection.execute(text(statement))
    if number == 1:
        store.backend.make_index(connection)
    connection.execute(library.delete())
    connection.execute(library.insert(), [{"version": number, "made_by": made_by}])


def _version(connection: Connection) -> tuple[int, str]:
    if not inspect(connection).has_table(library.name):
        return 0, ""
    row = connection.execute(select(library.c.version, library.c.made_by)).first()
    return (0, "") if row is None else (row.version, row.made_by)
