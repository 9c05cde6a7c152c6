"""The tables of a library, one description for all backends. Times are ISO 8601 text in UTC; blobs are MessagePack."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text

__all__ = [
    "articles", "corrections", "credited", "library", "metadata", "quantities", "rejects", "runs", "stories", "told", "versions", "watched",
]  # fmt: skip

metadata = MetaData()
_number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself only what is called INTEGER

library = Table("library", metadata, Column("version", Integer, nullable=False), Column("made_by", Text, nullable=False))
"""One row: the number of the last migration, and the version of whence that ran it."""

runs = Table(
    "runs", metadata,
    Column("id", _number, primary_key=True, autoincrement=True),
    Column("step", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("started", Text, nullable=False),
)  # fmt: skip
"""What made the rows: the step, the version of whence and its settings as JSON."""

articles = Table(
    "articles", metadata,
    Column("number", _number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("day", Text, nullable=False),
    Column("published", Text),
    Column("language", Text),
    Column("wire", Text, nullable=False),
    Column("url", Text),
    Column("path", Text, nullable=False),
    Column("story", Text),
    Column("added", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("grouped", Integer, nullable=False),
    Column("vector", LargeBinary),
    Column("altered", Integer, nullable=False, server_default="0"),
    Index("articles_by_day", "day", "number"),
    Index("articles_by_story", "story"),
    Index("articles_by_outlet", "outlet", "day"),
    Index("articles_by_alteration", "altered"),
)  # fmt: skip
"""Each article as of its last version. ``key`` says when two inputs are the same article; ``day`` is "" where it has no date; ``grouped`` is the version
as which it was given its story, 0 where it has none yet; ``altered`` counts up over all articles each time that one gets a new version, 0 where it has one."""

versions = Table(
    "versions", metadata,
    Column("article", _number, ForeignKey("articles.number"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("given", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("marks", LargeBinary, nullable=False),
    Column("signature", LargeBinary),
    Column("run", _number, ForeignKey("runs.id"), nullable=False),
    Column("added", Text, nullable=False),
    PrimaryKeyConstraint("article", "version"),
    Index("versions_by_given", "given"),
)  # fmt: skip
"""Every version of every article: what was given (its hash), the text, what is known of it, and its marks."""

quantities = Table(
    "quantities", metadata,
    Column("article", _number, ForeignKey("articles.number"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("value", Float),
    Column("unit", Text, nullable=False),
    Index("quantities_by_size", "size", "low", "high", "value", "article"),
    Index("quantities_by_value", "value", "article"),
    Index("quantities_by_article", "article"),
)  # fmt: skip
"""The numbers of each article's last version, open ends closed; ``size`` is the class of sizes that holds it whole."""

credited = Table(
    "credited", metadata,
    Column("article", _number, ForeignKey("articles.number"), nullable=False),
    Column("party", Text, nullable=False),
    Index("credited_by_party", "party", "article"),
    Index("credited_by_article", "article"),
)  # fmt: skip
"""Whom each article's last version credits, by folded name."""

rejects = Table(
    "rejects", metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("place", LargeBinary, nullable=False),
    Column("path", Text, nullable=False),
    Column("line", Integer),
    Column("why", Text, nullable=False),
    Column("run", _number, ForeignKey("runs.id"), nullable=False),
    Column("added", Text, nullable=False),
    Index("rejects_by_place", "place"),
)  # fmt: skip
"""What could not be read, and why."""

stories = Table(
    "stories", metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("first", Text),
    Column("last", Text),
    Column("day", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("run", _number, ForeignKey("runs.id"), nullable=False),
    Index("stories_by_day", "day", "id"),
    Index("stories_by_change", "changed"),
)  # fmt: skip
"""Each story as of its last regrouping."""

told = Table(
    "told", metadata,
    Column("story", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("origins", LargeBinary, nullable=False),
    Column("weakest", LargeBinary, nullable=False),
    Column("differing", Integer, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("run", _number, ForeignKey("runs.id"), nullable=False),
)  # fmt: skip
"""The last telling of each story: ``whence.report/1``, compressed, and what a list shows of it."""

watched = Table(
    "watched", metadata,
    Column("story", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("run", _number, ForeignKey("runs.id"), nullable=False),
)  # fmt: skip
"""Each story as those who watch were told of it last, whoever had it told since: ``whence.report/1``, compressed."""

corrections = Table(
    "corrections", metadata,
    Column("id", _number, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("story", Text),
    Column("correction", LargeBinary, nullable=False),
    Column("anchors", LargeBinary, nullable=False),
    Column("who", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("undone", Text),
    Column("undone_by", Text),
    Index("corrections_by_story", "story"),
)  # fmt: skip
"""The log of corrections; ``anchors`` are the articles and the places in them by which a correction finds its subjects again."""
