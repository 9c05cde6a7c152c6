"""The calls of the API: what each is asked with and what it answers, as values from which both the checks and the description are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import msgspec

from ..types import ArticleRow, CorrectionKind, Hit, Logged, Marks, Reject, StoryRow, Value, Version
from .adding import Outcome

__all__ = [
    "Addition", "Articles", "ArticlesAsked", "Call", "Corrections", "CorrectionsAsked", "Done", "Failure", "Found", "Job", "NewArticle", "NewArticles",
    "NewCorrection", "One", "Rejects", "SearchAsked", "Stories", "StoriesAsked", "Undone", "VersionAsked", "Versions",
]  # fmt: skip

_Limit = Annotated[int, msgspec.Meta(ge=1, le=500)]
_Id = Annotated[str, msgspec.Meta(max_length=200)]
_Words = Annotated[str, msgspec.Meta(max_length=1000)]
_Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", max_length=10)]
_Time = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,15}(Z|[+-][0-9:]{5})?)?$", max_length=40)]
_Who = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class Call(NamedTuple):
    """One call: method, path under /api/v1, name, what it does, who does it, what comes back."""

    method: str
    path: str
    name: str
    what: str
    handler: Callable[..., Any]
    answer: Any
    query: Any = None
    body: Any = None
    status: int = 200


class StoriesAsked(Value, frozen=True, kw_only=True):
    """Which stories: those whose articles hold all the words, changed since a time, of at least so many reports; ``after`` is an earlier ``next``."""

    words: _Words = ""
    changed_since: _Time | None = None
    least: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    limit: _Limit = 50
    after: _Id | None = None


class ArticlesAsked(Value, frozen=True, kw_only=True):
    """Which articles; days are both included."""

    story: _Id | None = None
    outlet: _Id | None = None
    since: _Day | None = None
    until: _Day | None = None
    limit: _Limit = 50
    after: _Id | None = None


class SearchAsked(Value, frozen=True, kw_only=True):
    """What to look for; all that is given must hold."""

    words: _Words = ""
    quote: _Words | None = None
    number: _Words | None = None
    meaning: _Words | None = None
    outlet: _Id | None = None
    agency: _Id | None = None
    story: _Id | None = None
    since: _Day | None = None
    until: _Day | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 20
    after: _Id | None = None


class VersionAsked(Value, frozen=True, kw_only=True):
    """Which version; the last unless it is said."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None


class CorrectionsAsked(Value, frozen=True, kw_only=True):
    """Of one story, or all."""

    story: _Id | None = None


class Undone(Value, frozen=True, kw_only=True):
    """Who undoes it."""

    who: _Who


class NewCorrection(Value, frozen=True, kw_only=True):
    """A correction and who makes it; the kinds say what ``subjects`` and ``value`` are."""

    kind: CorrectionKind
    who: _Who
    subjects: Annotated[tuple[_Id, ...], msgspec.Meta(min_length=1, max_length=1000)]
    story: _Id | None = None
    value: _Words | None = None


class NewArticle(Value, frozen=True, kw_only=True):
    """A report: its text, plain or HTML, and what is known of it."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=5_000_000)]
    outlet: _Id | None = None
    url: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    title: _Words | None = None
    published: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class NewArticles(Value, frozen=True, kw_only=True):
    """Reports to add."""

    articles: Annotated[tuple[NewArticle, ...], msgspec.Meta(min_length=1, max_length=1000)]


class Stories(Value, frozen=True, kw_only=True):
    """Stories, and the ``after`` of those that follow."""

    stories: tuple[StoryRow, ...]
    next: str | None


class Articles(Value, frozen=True, kw_only=True):
    """Articles, and the ``after`` of those that follow."""

    articles: tuple[ArticleRow, ...]
    next: str | None


class One(Value, frozen=True, kw_only=True):
    """An article with its text and all that was found in it; offsets are Unicode code points into the text."""

    article: ArticleRow
    text: str
    marks: Marks


class Versions(Value, frozen=True, kw_only=True):
    """An article's versions, the first first."""

    versions: tuple[Version, ...]


class Found(Value, frozen=True, kw_only=True):
    """Hits, and the ``after`` of those that follow."""

    hits: tuple[Hit, ...]
    next: str | None


class Corrections(Value, frozen=True, kw_only=True):
    """The log, the first first."""

    corrections: tuple[Logged, ...]


class Rejects(Value, frozen=True, kw_only=True):
    """What could not be read."""

    rejects: tuple[Reject, ...]


class Done(Value, frozen=True, kw_only=True):
    """The correction's number in the log."""

    id: int


class Job(Value, frozen=True, kw_only=True):
    """The name under which ``/additions/{job}`` says what came of it."""

    job: str


class Failure(Value, frozen=True, kw_only=True):
    """Why something could not be done, and what to do."""

    error: str


class Addition(Value, frozen=True, kw_only=True):
    """How far an addition has come: ``outcome`` is null while it is at work."""

    job: str
    outcome: Outcome | None
