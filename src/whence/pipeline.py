"""The list of steps, to be read aloud: the only file that knows all rooms."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from . import __version__
from .annotate import annotate, annotate_batch, date_by_story
from .clean import clean
from .compare import compare, origins_of_coverage, remarks
from .errors import InputError
from .group import Grouped, Item, group, item_of, signatures, stories
from .lang import known, readable
from .read import read_pages, read_rates
from .report import summary_line
from .text import within
from .trace import Text, copies, feeds, find_links, links_of_corpus, merge_parties, outlet_of, upstreams
from .types import (
    Annotated,
    Annotation,
    Article,
    Census,
    Failed,
    Link,
    Marks,
    MaybeSame,
    NotChecked,
    Page,
    Party,
    Rate,
    Refused,
    Report,
    Story,
    Value,
)

__all__ = [
    "Brief", "Counted", "Gathered", "Settle", "all_marked", "annotate_pages", "brief", "count", "count_articles", "gather",
    "marked", "named", "prepare", "read_rates", "retell", "signed", "tell",
]  # fmt: skip

Progress = Callable[[str], None]


class Settle(Protocol):
    """Corrects who is who in a story, after its parties were merged and before anything is counted by them."""

    def __call__(
        self, parties: tuple[Party, ...], reports: tuple[Annotated, ...], maybes: tuple[MaybeSame, ...], /
    ) -> tuple[tuple[Party, ...], tuple[Annotated, ...], tuple[MaybeSame, ...]]: ...


class Brief(Value):
    """A story, if anything could be read, and what was refused."""

    story: Story | None
    refused: tuple[Refused, ...]


class Counted(Value):
    """A story's coverage counted, if anything could be read, and what was refused."""

    census: Census | None
    refused: tuple[Refused, ...]


class Gathered(Value):
    """What is known of a story's reports before their claims are compared."""

    reports: tuple[Annotated, ...]
    parties: tuple[Party, ...]
    maybes: tuple[MaybeSame, ...]
    links: tuple[Link, ...]


def brief(specs: Sequence[str], progress: Progress = lambda step: None, allow: Iterable[str] = (), rates: Sequence[Rate] = ()) -> Brief:
    """Read the given reports and say where their claims come from. ``specs`` are paths, web addresses, ``-`` or ``outlet=path``.

    ``allow`` names hosts that may be read from though they stand at private addresses; ``rates`` are exchange rates that the user gives.
    """
    progress("reading")
    pages, refused = read_pages(specs, allow)
    articles, more = prepare(pages)
    refused = [*refused, *more]
    return Brief(story=tell(articles, progress, rates) if articles else None, refused=tuple(refused))


def prepare(pages: Iterable[Page]) -> tuple[list[Article], list[Refused]]:
    """Clean each page; one that has no text is refused and the others go on."""
    articles, refused = [], []
    for page in pages:
        try:
            article = clean(page)
            place = page.path if page.line is None else f"{page.path}:{page.id or page.line}"
            articles.append(msgspec.structs.replace(article, path=place))
        except InputError as e:
            refused.append(Refused(path=e.path, why=e.why, line=e.line, id=page.id))
    return articles, refused


def annotate_pages(pages: Sequence[Page], refused: Sequence[Refused]) -> Iterator[Annotation | Failed]:
    """Each page with its own marks, one at a time and in the order they came in; what was refused keeps its place as a Failed."""
    places: dict[str, int] = {}
    given: list[Page | Refused] = [*pages, *refused]
    for item in given:
        places.setdefault(item.path, len(places))
    waiting: list[tuple[str, Article | str]] = []
    for item in sorted(given, key=lambda x: (places[x.path], x.line or 0)):
        name = item.id if item.id is not None else item.path if item.line is None else f"{item.path}:{item.line}"
        try:
            waiting.append((name, item.why if isinstance(item, Refused) else clean(item)))
        except InputError as e:
            waiting.append((name, e.why))
        if len(waiting) == _SIDE_BY_SIDE:
            yield from _annotations(waiting)
            waiting = []
    yield from _annotations(waiting)


_SIDE_BY_SIDE = 16
"""How many pages are annotated together; their marks come out together."""


def _annotations(items: Sequence[tuple[str, Article | str]]) -> Iterator[Annotation | Failed]:
    """The marks of each article, or why there is none."""
    marks = iter(annotate_batch([(a, "r1") for _, a in items if isinstance(a, Article)]))
    for name, article in items:
        if isinstance(article, str):
            yield Failed(id=name, error=article)
            continue
        r = Annotated(id="r1", article=article, marks=next(marks))
        yield Annotation(
            id=name, reports=(_report(r),), parties=r.marks.parties, attributions=r.marks.attributions, quantities=r.marks.quantities,
            timeline=r.marks.timeline, not_checked=(*r.marks.not_checked, *_foreign(article)),
        )  # fmt: skip


def _foreign(article: Article) -> tuple[NotChecked, ...]:
    """That an article was read by the rules for English, where it is in another language or in one that could not be told."""
    language = article.language.value if article.language else None
    if language is None:
        why = f"the language of {article.path} could not be told: it was read by the rules for English"
    elif not known(language):
        why = f"{article.path} is in a language that is not known here ({language}): it was read by the rules for English, which find little in it"
    else:
        return ()
    return (NotChecked(check="language", why=why),)


def marked(article: Article, report: str = "r1") -> Annotated:
    """One article with its own marks: what can be kept, so that a story need not annotate it again."""
    return Annotated(id=report, article=article, marks=annotate(article, report))


def _annotated(articles: Sequence[Article]) -> list[Annotated]:
    """The articles with their marks, as reports r1, r2 … in the order given."""
    named = [(a, f"r{i}") for i, a in enumerate(articles, 1)]
    return [Annotated(id=report, article=a, marks=m) for (a, report), m in zip(named, annotate_batch(named), strict=True)]


def find_stories(
    found: Iterable[Page | Refused], refused: Callable[[Refused], None], progress: Callable[[int, int], None] = lambda done, of: None
) -> tuple[list[str], Grouped]:
    """The names of all articles that could be read, and their stories: ``labels[i]`` is the index of the first article of the story of article i.

    ``progress`` gets pairs of articles compared, of how many. Texts are not kept: memory grows with what is telling in them, about 2 kB an article.
    """
    names: list[str] = []

    def items() -> Iterator[Item]:
        for page in found:
            if isinstance(page, Refused):
                refused(page)
                continue
            try:
                read = Item(text=page.text, title=page.title, published=page.published) if page.media == "text" else item_of(clean(page))
            except InputError as e:
                refused(Refused(path=e.path, why=e.why, line=e.line, id=page.id))
                continue
            names.append(page.id if page.id is not None else page.path if page.line is None else f"{page.path}:{page.line}")
            yield read

    kept = signatures(items(), threads=os.cpu_count() or 1)
    return names, stories(kept, progress=progress)


def all_marked(articles: Sequence[Article]) -> list[Marks]:
    """The marks that ``marked`` gives each article, of many at once, which is faster."""
    return list(annotate_batch([(a, "r1") for a in articles]))


def signed(articles: Sequence[Article]) -> list[bytes]:
    """The signature by which each article is grouped with others, to be kept."""
    return signatures(item_of(a) for a in articles)


def gather(articles: Sequence[Article], progress: Progress = lambda step: None) -> Gathered:
    """Annotate, group and trace: all that is known of some articles before their claims are compared."""
    progress("annotating")
    return _gathered(_annotated(articles), progress, None)


def _gathered(found: Sequence[Annotated], progress: Progress, settle: Settle | None) -> Gathered:
    progress("grouping")
    told = date_by_story(group(found))
    progress("tracing")
    parties, told, maybes = merge_parties(told)
    if settle is not None:
        parties, told, maybes = settle(parties, told, maybes)
    related = [r for r in told if r.related]
    links = find_links([r.article for r in related], [r.marks for r in related], [r.id for r in related], parties)
    return Gathered(reports=told, parties=parties, maybes=maybes, links=links)


def tell(articles: Sequence[Article], progress: Progress = lambda step: None, rates: Sequence[Rate] = ()) -> Story:
    """Annotate, group, trace, compare and count: the whole story of some articles."""
    return _told(gather(articles, progress), progress, rates)


def retell(reports: Sequence[Annotated], progress: Progress = lambda step: None, settle: Settle | None = None) -> Story:
    """The whole story of articles that were annotated before, with who is who as ``settle`` says; their ids become r1, r2 … in the order given."""
    return _told(_gathered([named(r, f"r{i}") for i, r in enumerate(reports, 1)], progress, settle), progress)


def named(report: Annotated, name: str) -> Annotated:
    """The report and all that was found in it under another id."""
    replace, marks = msgspec.structs.replace, report.marks
    if report.id == name:
        return report
    moved = replace(
        marks,
        parties=tuple(replace(p, report=None if p.report is None else name) for p in marks.parties),
        attributions=tuple(replace(a, report=name) for a in marks.attributions),
        quantities=tuple(replace(q, report=name) for q in marks.quantities),
        timeline=tuple(replace(d, report=name) for d in marks.timeline),
    )
    return replace(report, id=name, marks=moved)


def _told(known: Gathered, progress: Progress, rates: Sequence[Rate] = ()) -> Story:
    told, parties, links = _numbered(known.reports), known.parties, known.links
    progress("comparing")
    claims, arithmetic = compare(told, parties, links, known.maybes, rates)
    story = Story(
        schema="whence.report/1",
        version=__version__,
        summary="",
        not_checked=_not_checked(told, parties, links),
        reports=tuple(_report(r) for r in told),
        parties=parties,
        attributions=tuple(a for r in told for a in r.marks.attributions),
        quantities=tuple(q for r in told for q in r.marks.quantities),
        claims=claims,
        links=links,
        arithmetic=arithmetic,
        timeline=tuple(d for r in told for d in r.marks.timeline),
        events=(),
        remarks=remarks(claims, told, parties, links),
    )
    return msgspec.structs.replace(story, summary=summary_line(story))


def count(specs: Sequence[str], progress: Progress = lambda step: None) -> Counted:
    """How much of one story's coverage is reporting: texts, copies, credits, and how many origins all of it rests on."""
    progress("reading")
    pages, refused = read_pages(specs)
    articles, more = prepare(pages)
    refused = [*refused, *more]
    return Counted(census=count_articles(articles, progress) if articles else None, refused=tuple(refused))


def count_articles(articles: Sequence[Article], progress: Progress = lambda step: None) -> Census:
    """The count of one story's coverage, of articles at hand."""
    progress("annotating")
    reports = _annotated(articles)
    progress("tracing")
    dates = [r.article.published.value if r.article.published else None for r in reports]
    links = list(links_of_corpus([Text(text=r.article.text, id=r.id, outlet=outlet_of(r), published=d) for r, d in zip(reports, dates, strict=True)]))
    texts = copies(reports, links)
    progress("counting")
    names = {r.id: r.article.id or r.article.path for r in reports}
    first = {t.id: next(r for r in reports if r.id == t.pages[0]) for t in texts}
    return Census(
        schema="whence.origins/1", version=__version__,
        pages=len(reports), outlets=len({outlet_of(r) for r in reports}), texts=len(texts),
        crediting=sum(bool(t.credits) for t in texts), uncredited=sum(len(t.pages) - t.credited for t in texts if t.credits),
        own_low=sum(t.own == "shown" for t in texts), own_high=sum(t.own != "none" for t in texts),
        origins=origins_of_coverage(texts, upstreams(texts, links), {t.id: first[t.id].article.text[:200] for t in texts}),
        names={t.id: _headline(first[t.id]) for t in texts},
        copies=tuple(msgspec.structs.replace(t, pages=tuple(names[p] for p in t.pages)) for t in texts),
        feeds=feeds(texts, reports), not_checked=_not_counted(reports),
    )  # fmt: skip


def _headline(report: Annotated) -> str:
    title = report.article.title
    return title.value if title is not None else " ".join(report.article.text[:80].split())


def _not_counted(reports: Sequence[Annotated]) -> tuple[NotChecked, ...]:
    """What the count of a story's coverage did not look at."""
    found = [NotChecked(check="related", why="every page given was taken for a report of the story")]
    foreign = sum(r.article.language is None or not known(r.article.language.value) for r in reports)
    if foreign:
        pages = "1 page" if foreign == 1 else f"{foreign} pages"
        why = f"read by the rules for English, though in a language that is not known here or could not be told: {pages}"
        found.append(NotChecked(check="language", why=why))
    undated = sum(r.article.published is None for r in reports)
    if undated:
        pages = "1 page gives" if undated == 1 else f"{undated} pages give"
        found.append(NotChecked(check="date", why=f"{pages} no date of publication: who ran a text first is not judged by it"))
    found += dict.fromkeys(n for r in reports for n in r.marks.not_checked)
    return tuple(found)


def _numbered(reports: Sequence[Annotated]) -> tuple[Annotated, ...]:
    """The reports with ids of attributions and quantities that are unique in the story, where each article numbers its own from 1."""
    replace = msgspec.structs.replace
    new = {(a.report, a.id): f"a{i}" for i, a in enumerate((a for r in reports for a in r.marks.attributions), 1)}
    numbers = {(q.report, q.id): f"q{i}" for i, q in enumerate((q for r in reports for q in r.marks.quantities), 1)}
    found = []
    for r in reports:
        attributions = tuple(replace(a, id=new[a.report, a.id], inside=new.get((a.report, a.inside or ""))) for a in r.marks.attributions)
        quantities = tuple(replace(q, id=numbers[q.report, q.id]) for q in r.marks.quantities)
        found.append(replace(r, marks=replace(r.marks, attributions=attributions, quantities=quantities)))
    return tuple(found)


def _report(r: Annotated) -> Report:
    a = r.article
    facts = {"outlet": a.outlet, "title": a.title, "published": a.published, "language": a.language}
    return Report(
        id=r.id, path=a.path, url=a.url, outlet=a.outlet.value if a.outlet else None, title=a.title.value if a.title else None,
        published=a.published.value if a.published else None, language=a.language.value if a.language else None, text=a.text,
        furniture=a.furniture, wire=r.marks.wire, credits=r.marks.credits, related=r.related,
        evidence={name: fact.basis for name, fact in facts.items() if fact is not None},
    )  # fmt: skip


def _not_checked(reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link]) -> tuple[NotChecked, ...]:
    """What did not run, and why; nothing here is lost in silence."""
    found = [NotChecked(check="events", why="this version does not extract events")]
    cited = {p for r in reports for a in r.marks.attributions for p in a.chain[1:]} | {c.party for r in reports for c in r.marks.credits}
    missing = [p.name for p in parties if p.kind in {"outlet", "agency"} and p.report is None and p.id in cited]
    found += [NotChecked(check="origin-text", why=f"no report by {within(name)} was given") for name in missing]
    for r in reports:
        language = r.article.language.value if r.article.language else None
        if language is None:
            found.append(
                NotChecked(check="language", why=f"the language of {r.article.path} could not be told: it was read by the rules for English")
            )
        elif not known(language):
            found.append(
                NotChecked(check="language", why=f"{r.article.path} is in a language that is not known here ({language}): its claims were not read")
            )
        if r.article.published is None:
            found.append(NotChecked(check="date", why=f"{r.article.path} gives no date of publication: which report came first is not judged by it"))
        if not r.related:
            found.append(
                NotChecked(
                    check="related", why=f"{r.article.path} shares too little with the others to be a report of their story: it was not compared"
                )
            )
        found += list(r.marks.not_checked)
        found += [NotChecked(check="reading", why=f"{r.article.path}: {note}") for note in r.article.notes]
    if sum(r.related and readable(r.article.language.value if r.article.language else None) for r in reports) < 2:
        found.append(NotChecked(check="comparison", why="only one report of this story was given: nothing to compare it with"))
    return tuple(found)
