"""What a library keeps and gives back: rows, queries and hits, corrections. Frozen values without logic.

Times are ISO 8601 in UTC, to the second. Offsets are Unicode code points into the text of one version of one article, half-open.
"""

from __future__ import annotations

from typing import Literal

from .found import Annotated, Region, Value, WireState
from .told import Origins

CorrectionKind = Literal["merge-stories", "split-story", "move-article", "merge-parties", "split-parties", "party-is-outlet"]


class ArticleRow(Value):
    """One article of a library, as of its last version: what a list shows. ``words`` counts the words of its text."""

    id: str
    version: int
    versions: int
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    wire: WireState
    url: str | None
    path: str
    story: str | None
    added: str
    words: int


class Kept(Value):
    """An article with its marks, as of one version; ``annotated.id`` is the article's id."""

    row: ArticleRow
    annotated: Annotated


class Change(Value):
    """A stretch of words that differs between two versions: ``old`` in the one before, ``new`` in this one; one of them may be empty."""

    old: Region
    new: Region
    old_text: str
    new_text: str


class Version(Value):
    """One version of an article: when and by which run it came, and where it differs from the version before it."""

    article: str
    version: int
    added: str
    title: str | None
    words: int
    run: Run
    changes: tuple[Change, ...]


class Run(Value):
    """What made a row: the step, the version of whence, and the settings as a JSON object."""

    id: int
    step: str
    version: str
    settings: str
    started: str


class StoryRow(Value):
    """One story of a library.

    ``articles`` are its members' ids, the earliest first. ``origins`` (of its lead claim), ``weakest`` (by name) and ``differing`` (claims whose
    reports differ) are as of the last telling of it: ``told`` is the revision they were counted at, None where it was never told.
    """

    id: str
    title: str
    reports: int
    outlets: int
    first: str | None
    last: str | None
    origins: Origins | None
    weakest: tuple[str, ...]
    differing: int
    changed: str
    revision: int
    articles: tuple[str, ...]
    told: int | None = None


class Query(Value):
    """What to look for. All that is given must hold; nothing but filters gives the latest articles.

    ``words``: all of these, in any form of plural. ``quote``: exactly these words in this order, whatever the quotation marks, dashes and case.
    ``number``: a quantity whose interval holds it ("918 million", "$2bn"). ``meaning``: like this in meaning. ``since`` and ``until`` are days, both
    included. ``after`` is the ``next`` of an earlier answer.
    """

    words: str = ""
    quote: str | None = None
    number: str | None = None
    meaning: str | None = None
    outlet: str | None = None
    agency: str | None = None
    story: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int = 20
    after: str | None = None


class Hit(Value):
    """An article found. ``text[start:end] == passage``; ``marks`` are the words found, by where they stand in the article's text.

    ``next`` is the ``after`` with which the same query goes on behind this hit.
    """

    article: ArticleRow
    score: float
    start: int
    end: int
    passage: str
    marks: tuple[Region, ...]
    next: str


class Added(Value):
    """What an adding did: articles that are new, have changed, were known already, and inputs that could not be read.

    ``nameless`` of those that are new or have changed name no outlet: each then counts as a party of its own.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    nameless: int = 0


class Reject(Value):
    """An input that could not be read, kept with its reason."""

    path: str
    line: int | None
    why: str
    added: str


class Regrouped(Value):
    """What a regrouping did: stories there are now, those that are new, changed in their members, or gone (their members went to others)."""

    stories: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


class Correction(Value):
    """A user's correction.

    ``merge-stories``: ``subjects`` are story ids. ``split-story``: ``subjects`` are the ids of articles of ``story`` that become a story of their own.
    ``move-article``: ``subjects`` are article ids, ``value`` the id of the story they go to.
    ``merge-parties``: ``subjects`` are ids of parties of ``story`` as it was last told. ``split-parties``: the first subject is such an id, the others the
    ids of articles in which it is somebody else. ``party-is-outlet``: ``subjects`` are such ids, ``value`` the name of the outlet they are.
    """

    kind: CorrectionKind
    story: str | None
    subjects: tuple[str, ...]
    value: str | None = None


class Logged(Value):
    """A correction as it stands in the log: by whom, when, and when it was undone (None while it holds)."""

    id: int
    correction: Correction
    who: str
    when: str
    undone: str | None
