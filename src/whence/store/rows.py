"""Articles out of the store: rows of a list, one version whole, all versions of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from ..types import ArticleRow, Run
from .tables import articles, rejects, runs, versions

__all__ = ["LISTED", "article_row", "find", "listed", "members", "refused", "texts", "whole"]

LISTED = [
    articles.c.number, articles.c.id, articles.c.version, articles.c.outlet, articles.c.title, articles.c.published, articles.c.language, articles.c.wire,
    articles.c.url, articles.c.path, articles.c.story, articles.c.added, articles.c.words, articles.c.day,
]  # fmt: skip


def article_row(row: Any) -> ArticleRow:
    """The value of a row that has the LISTED columns."""
    return ArticleRow(
        id=row.id, version=row.version, versions=row.version, outlet=row.outlet, title=row.title, published=row.published, language=row.language,
        wire=row.wire, url=row.url, path=row.path, story=row.story, added=row.added, words=row.words,
    )  # fmt: skip


def listed(connection: Connection, where: Sequence[ColumnElement[bool]], limit: int, after: str | None) -> list[ArticleRow]:
    """Articles, the latest day first, those without a date last; ``after`` is the id of the last one seen."""
    asked = select(*LISTED).where(*where)
    if after is not None:
        mark = connection.execute(select(articles.c.day, articles.c.number).where(articles.c.id == after)).first()
        if mark is None:
            return []
        asked = asked.where(or_(articles.c.day < mark.day, and_(articles.c.day == mark.day, articles.c.number < mark.number)))
    asked = asked.order_by(articles.c.day.desc(), articles.c.number.desc()).limit(limit)
    return [article_row(row) for row in connection.execute(asked)]


def find(connection: Connection, given: str) -> list[ArticleRow]:
    """The articles whose id is the one given, or begins with it (8 characters at least), or whose address or path it is; at most two."""
    asked = select(*LISTED).where(articles.c.id == given)
    found = [article_row(r) for r in connection.execute(asked)]
    if not found:
        begins = articles.c.id.like(given + "%") if len(given) >= 8 and given.isalnum() else articles.c.id == given
        found = [article_row(r) for r in connection.execute(select(*LISTED).where(or_(begins, articles.c.url == given, articles.c.path == given)).limit(2))]
    return found


def whole(connection: Connection, ids: Sequence[str], version: int | None = None) -> Iterator[tuple[ArticleRow, Any]]:
    """Each article with one version of it (the last where none is named): text, facts, marks; in no order."""
    at = articles.c.version if version is None else version
    joined = articles.join(versions, (versions.c.article == articles.c.number) & (versions.c.version == at))
    asked = select(*LISTED, versions.c.text, versions.c.facts, versions.c.marks, versions.c.signature, versions.c.version.label("at"))
    for row in connection.execute(asked.select_from(joined).where(articles.c.id.in_(ids))):
        yield article_row(row), row


def texts(connection: Connection, article: str) -> Iterator[tuple[int, str, str, bytes, Run]]:
    """Every version of an article, the first first: its number, when it came, its text, its facts, the run that made it."""
    joined = versions.join(articles, articles.c.number == versions.c.article).join(runs, runs.c.id == versions.c.run)
    columns = (versions.c.version, versions.c.added, versions.c.text, versions.c.facts)
    made = (runs.c.id, runs.c.step, runs.c.version.label("by"), runs.c.settings, runs.c.started)
    asked = select(*columns, *made).select_from(joined).where(articles.c.id == article).order_by(versions.c.version)
    for r in connection.execute(asked):
        yield r.version, r.added, r.text, r.facts, Run(id=r.id, step=r.step, version=r.by, settings=r.settings, started=r.started)


def members(connection: Connection, story: str) -> list[str]:
    """The ids of a story's articles, the earliest first, those without a date last."""
    asked = select(articles.c.id, articles.c.day).where(articles.c.story == story)
    return [row.id for row in sorted(connection.execute(asked), key=lambda r: (r.day == "", r.day, r.id))]


def refused(connection: Connection) -> Iterator[Any]:
    """What could not be read, in the order of path and line."""
    asked = select(rejects.c.path, rejects.c.line, rejects.c.why, rejects.c.added).order_by(rejects.c.path, rejects.c.line)
    yield from connection.execute(asked)
