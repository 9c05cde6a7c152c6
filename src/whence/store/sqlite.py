"""A library in a folder: SQLite with a write-ahead log, so that some read while one writes, and FTS5."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, FromClause, column, create_engine, event, func, literal_column, select, table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from .backend import Phrases

__all__ = ["FILE", "Sqlite"]

FILE = "library.db"
_WAIT = 60  # seconds that a writer waits for another; a batch is committed in a fraction of one


class Sqlite:
    """The file ``library.db`` in a folder."""

    types = {"counter": "INTEGER PRIMARY KEY AUTOINCREMENT", "number": "INTEGER", "blob": "BLOB", "float": "REAL"}  # noqa: RUF012

    def __init__(self, place: str) -> None:
        self.place = place
        self._file = Path(place) / FILE
        self.readonly = self._file.exists() and not (os.access(self._file, os.W_OK) and os.access(place, os.W_OK))

    def engine(self) -> Engine:
        # the pool is named, as without a file in its address the default is one for databases in memory: with more than five threads that closes
        # connections which others are reading from, and the process falls
        engine = create_engine("sqlite+pysqlite://", creator=self._connect, poolclass=QueuePool, pool_size=5, max_overflow=-1)
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlite3.Connection:
        name = f"file:{quote(str(self._file.absolute()))}"
        if self.readonly:
            # without leave to write beside it a log cannot be shared; where there is none the file itself is all there is
            log = self._file.with_name(f"{FILE}-wal")
            alone = "&immutable=1" if not log.exists() or not log.stat().st_size else ""
            connection = sqlite3.connect(f"{name}?mode=ro{alone}", uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA query_only = 1")
            return connection
        connection = sqlite3.connect(f"{name}?mode=rwc", uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # an acknowledged batch outlives a power cut, at the cost of one flush a batch
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute("PRAGMA cache_size = -65536")  # 64 MB: a search reads rows from all over the file
        return connection

    def lock(self, connection: Connection) -> None:
        """Nothing to do: the transaction began as IMMEDIATE."""

    def make_index(self, connection: Connection) -> None:
        # without content: the text stands in `versions`, and the words are taken out by giving them again
        connection.execute(text("CREATE VIRTUAL TABLE words USING fts5(folded, content='', tokenize='unicode61 remove_diacritics 0')"))

    def index(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        if rows:
            connection.execute(text("INSERT INTO words (rowid, folded) VALUES (:number, :folded)"), [{"number": n, "folded": f} for n, f in rows])

    def unindex(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        if rows:
            gone = text("INSERT INTO words (words, rowid, folded) VALUES ('delete', :number, :folded)")
            connection.execute(gone, [{"number": n, "folded": f} for n, f in rows])

    def scrub(self, engine: Engine) -> bool:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("INSERT INTO words (words) VALUES ('optimize')")  # what was taken out of the index stands in it until it is merged
            connection.cursor().execute("VACUUM")  # and what was taken out of a table, in the pages that it leaves
            (busy, _, _) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # and both, in the log
        finally:
            connection.close()
        return not busy

    def matching(self, phrases: Phrases, most: int | None = None) -> FromClause:
        query = " AND ".join('"' + " ".join(p) + '"' for p in phrases)
        words: Any = table("words", column("rowid"))
        holds = text("words MATCH :words").bindparams(words=query)
        found = select(words.c.rowid.label("article"), literal_column("-bm25(words)").label("score")).where(holds)
        if most is not None:
            last = select(words.c.rowid).where(holds).order_by(words.c.rowid.desc()).limit(most).subquery("last")
            found = found.where(words.c.rowid >= select(func.min(last.c.rowid)).scalar_subquery())
        return found.subquery("matching")

    def why(self, error: DBAPIError) -> str:
        said = str(error.orig)
        if "full" in said or "disk I/O" in said:
            return f"the disk is full, or cannot be written ({said}): what was acknowledged is kept; make room and run the same command again"
        if "readonly" in said or "read-only" in said:
            return "the library may be read but not written: give yourself leave to write (chmod u+w) or copy the folder"
        if "not a database" in said or "malformed" in said:
            return f"the file {FILE} is damaged ({said}): put back a copy, or save what can be read with: sqlite3 {FILE} .recover"
        if "locked" in said:
            return f"another process has been writing for {_WAIT} seconds: wait for it, or end it, and run the same command again"
        return f"the database says: {said}"


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
