"""A library of stories made by hand, in memory: the fake of the door that the pages stand on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from whence.errors import InputError
from whence.report import cast_of, lead_claim, party_name
from whence.types import (
    Added,
    Annotated,
    Article,
    ArticleRow,
    Correction,
    Fact,
    Hit,
    Kept,
    Logged,
    Marks,
    Page,
    Query,
    Refused,
    Regrouped,
    Reject,
    Story,
    StoryRow,
    Version,
)  # fmt: skip

WHEN = "2026-07-01T10:00:00Z"


class MadeLibrary:
    """Holds the given stories by id; corrections are logged and raise the story's revision, nothing is counted again."""

    def __init__(self, **stories: Story) -> None:
        self.told = stories
        self.revisions = dict.fromkeys(stories, 1)
        self.log: list[Logged] = []
        self.added: list[Page | Refused] = []

    def add(self, pages: Iterable[Page | Refused]) -> Added:
        self.added += pages
        return Added(new=len(self.added))

    def regroup(self) -> Regrouped:
        return Regrouped(stories=len(self.told), new=(), changed=(), gone=())

    def articles(
        self, *, story: str | None = None, outlet: str | None = None, since: str | None = None, until: str | None = None, limit: int = 50,
        after: str | None = None,
    ) -> list[ArticleRow]:  # fmt: skip
        rows = [self._row(s, r) for s, told in self.told.items() if story in (None, s) for r in range(len(told.reports))]
        start = next((i + 1 for i, r in enumerate(rows) if r.id == after), 0)
        return rows[start : start + limit]

    def _row(self, story: str, at: int) -> ArticleRow:
        r = self.told[story].reports[at]
        return ArticleRow(
            id=f"{story}-{r.id}", version=1, versions=1, outlet=r.outlet, title=r.title, published=r.published, language=r.language, wire=r.wire, url=r.url,
            path=r.path, story=story, added=WHEN, words=len(r.text.split()),
        )  # fmt: skip

    def article(self, id: str, version: int | None = None) -> Kept:
        row = next((r for r in self.articles(limit=10**6) if r.id == id), None)
        if row is None or version not in (None, 1):
            raise InputError(id, "there is no such article")
        report = next(r for r in self.told[row.story or ""].reports if row.id.endswith(f"-{r.id}"))
        title = Fact(value=report.title, basis="given") if report.title else None
        return Kept(row=row, annotated=Annotated(id=id, article=Article(path=report.path, text=report.text, title=title), marks=Marks()))

    def versions(self, id: str) -> list[Version]:
        self.article(id)
        return []

    def stories(
        self, *, query: Query | None = None, changed_since: str | None = None, least: int = 1, limit: int = 50, after: str | None = None
    ) -> list[StoryRow]:
        ids = [s for s in self.told if query is None or query.words in self.told[s].reports[0].text]
        start = ids.index(after) + 1 if after in ids else 0
        return [x for x in map(self.story_row, ids[start:]) if x.reports >= least][:limit]

    def story_row(self, id: str) -> StoryRow:
        if id not in self.told:
            raise InputError(id, "there is no such story")
        story = self.told[id]
        lead, cast = lead_claim(story), cast_of(story)
        return StoryRow(
            id=id, title=story.reports[0].title or "", reports=len(story.reports), outlets=len({r.outlet for r in story.reports}), first="2026-07-01",
            last="2026-07-03", origins=lead.origins if lead else None, weakest=tuple(party_name(cast, p) for p in lead.weakest) if lead else (),
            differing=1, changed=WHEN, revision=self.revisions[id], articles=tuple(f"{id}-{r.id}" for r in story.reports), told=1,
        )  # fmt: skip

    def story(self, id: str) -> Story:
        self.story_row(id)
        return self.told[id]

    def search(self, query: Query) -> list[Hit]:
        rows: Sequence[ArticleRow] = self.articles(limit=10**6)
        texts = {r.id: self.article(r.id).annotated.article.text[:300] for r in rows}
        found = [(r, texts[r.id].find(query.words)) for r in rows if query.words and query.words in texts[r.id]]
        return [
            Hit(article=r, score=1.0, start=0, end=len(texts[r.id]), passage=texts[r.id], marks=((at, at + len(query.words)),), next=r.id)
            for r, at in found[: query.limit]
        ]

    def correct(self, correction: Correction, who: str) -> int:
        self.log.append(Logged(id=len(self.log) + 1, correction=correction, who=who, when=WHEN, undone=None))
        self._changed(correction.story)
        return len(self.log)

    def undo(self, id: int, who: str) -> None:
        if not 0 < id <= len(self.log):
            raise InputError(str(id), "there is no such correction")
        self.log[id - 1] = replace(self.log[id - 1], undone=WHEN)
        self._changed(self.log[id - 1].correction.story)

    def _changed(self, story: str | None) -> None:
        if story in self.revisions:
            self.revisions[story] += 1

    def corrections(self, story: str | None = None) -> list[Logged]:
        return [x for x in self.log if story in (None, x.correction.story)]

    def rejects(self) -> list[Reject]:
        return [Reject(path=p.path, line=p.line, why=p.why, added=WHEN) for p in self.added if isinstance(p, Refused)]
