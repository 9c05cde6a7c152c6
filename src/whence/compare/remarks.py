"""What a report leaves out of, or makes more of, what stands in the report it draws on: said with the words of both, never called intent."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from .. import expressions as re
from ..lang import load
from ..text import overlap, span, words
from ..types import Annotated, Cell, Claim, Link, Party, PartyId, Remark, ReportId, Spot
from .relation_sides import quantities_in
from .stems import content_words, stem

__all__ = ["remarks"]

_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")  # a month or a day of a known year
_HEDGED = 3  # content words after a hedge that it may bear on
_SHARED = 2  # content words of a dated clause that the undated one must have
_DRAWN = {"copies", "edits", "rewrites", "shares-origin"}


def remarks(claims: Sequence[Claim], reports: Sequence[Annotated], parties: Sequence[Party], links: Sequence[Link]) -> tuple[Remark, ...]:
    """Plural inflation, and what is left out relative to a visible upstream: the unnamed source behind an outlet, a denial, a hedge, a date.

    A report draws on another where it cites its outlet or where shared passages show it. Nothing is said of a report that is dated before the other.
    """
    by_id, by_party = {r.id: r for r in reports if r.related}, {p.id: p for p in parties}
    upstream = _upstream(by_id, links)
    found = [m for c in claims for a, b in permutations(c.cells, 2) for m in _of_cells(a, b, by_id, by_party, upstream)]
    found += [m for c in claims for a, b in permutations([x for x in c.cells if not x.doubtful], 2) for m in _lost(a, b, by_id, upstream)]
    found += [m for up, down in sorted(upstream) for m in _denials(by_id[up], by_id[down], claims, by_party)]
    return tuple({m.why: m for m in reversed(found)}.values())[::-1]


def _upstream(reports: Mapping[ReportId, Annotated], links: Sequence[Link]) -> set[tuple[ReportId, ReportId]]:
    """Pairs of reports of which the second draws on the first."""
    pairs = {(x.from_, x.to) for x in links if x.directed and x.kind in _DRAWN}
    for down in reports.values():
        cited = {p for a in down.marks.attributions for p in a.chain[1:]}
        pairs |= {(up.id, down.id) for up in reports.values() if up.marks.own in cited and up.marks.own != down.marks.own}
    return {(a, b) for a, b in pairs if a in reports and b in reports and not _later(reports[a], reports[b])}


def _later(up: Annotated, down: Annotated) -> bool:
    one, two = up.article.published, down.article.published
    return one is not None and two is not None and one.value[:10] > two.value[:10]


def _of_cells(
    a: Cell, b: Cell, reports: Mapping[ReportId, Annotated], parties: Mapping[PartyId, Party], upstream: set[tuple[ReportId, ReportId]]
) -> Iterator[Remark]:
    first, last = parties[a.chain[-1]], parties[b.chain[-1]]
    if (a.report, b.report) not in upstream or first.kind != "unnamed" or first.unnamed is None:
        return
    here, there = _who(reports[a.report]), _who(reports[b.report])
    spots = tuple(Spot(report=c.report, span=span(reports[c.report].article.text, (c.start, c.end))) for c in (a, b))
    if last.kind == "unnamed" and last.unnamed is not None and (first.unnamed.number, last.unnamed.number) == ("one", "several") and _one_noun(first, last):
        yield Remark(kind="plural-inflation", spots=spots, why=f"{here} has one source, “{first.name}”; {there}, which draws on it, has several: “{last.name}”")
    elif last.id == reports[a.report].marks.own:
        yield Remark(kind="unnamed-left-out", spots=spots, why=f"{there} has it from {here}, and does not say that {here} has it from “{first.name}”, unnamed")


def _lost(a: Cell, b: Cell, reports: Mapping[ReportId, Annotated], upstream: set[tuple[ReportId, ReportId]]) -> Iterator[Remark]:
    """A hedge or a stated date in the upstream's clause, where neither the other's sentence nor, of a date, anything in its text has one."""
    if (a.report, b.report) not in upstream:
        return
    up, down = reports[a.report], reports[b.report]
    spots = tuple(Spot(report=c.report, span=span(reports[c.report].article.text, (c.start, c.end))) for c in (a, b))
    said = set(_stems(b.text))
    hedge = next((h for h, about in _hedged(a.text) if said & set(about)), None)
    if hedge is not None and not any(_hedged(_sentences(down, b))) and not any(q.hedge for q in quantities_in(b, reports)):
        yield Remark(kind="hedge-left-out", spots=spots, why=f"{_who(up)} says “{hedge}”; {_who(down)}, which draws on it, says it without")
    for d in up.marks.timeline:
        here = d.basis == "stated" and _DAY.fullmatch(d.date) and overlap((d.start, d.end), (a.start, a.end))
        if here and len(said & set(_stems(a.text))) >= _SHARED and not any(_agree(d.date, x.date) for x in down.marks.timeline):
            yield Remark(kind="date-left-out", spots=spots, why=f"{_who(up)} dates it {d.date}; {_who(down)}, which draws on it, gives no such date")


def _hedged(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each hedge of a text with the stems of the content words that follow it: what it hedges; the month of May is none."""
    table = frozenset(load("en", "compare")["hedges"]["words"])
    regions = list(words(text))
    for n, (start, end) in enumerate(regions):
        word = text[start:end]
        if word.lower() in table and not (n and word[:1].isupper()):
            yield word, _stems(text[end:])[:_HEDGED]


def _stems(text: str) -> list[str]:
    return [stem(w) for w in content_words(text, "en")]


def _sentences(report: Annotated, cell: Cell) -> str:
    return " ".join(report.article.text[x:y] for x, y in report.marks.sentences if overlap((x, y), (cell.start, cell.end)))


def _agree(exact: str, other: str) -> bool:
    """The other date is the same, a part of it or what it is a part of."""
    return exact.startswith(other) or other.startswith(exact) or "/" in other


def _who(report: Annotated) -> str:
    return report.article.outlet.value if report.article.outlet else report.article.path


def _one_noun(a: Party, b: Party) -> bool:
    """The same role in the singular and the plural: official, officials."""
    one, two = ({w.lower().rstrip("s") for w in re.findall(r"[A-Za-z]{4,}", p.name)} for p in (a, b))
    return bool(one & two)


def _denials(up: Annotated, down: Annotated, claims: Sequence[Claim], parties: Mapping[PartyId, Party]) -> Iterator[Remark]:
    """Denials of the upstream that stand in no row with the downstream, where the downstream has no denial of the same party."""
    own = {parties[a.chain[-1]].id for a in down.marks.attributions if a.cue is not None and _denying("en").search(a.cue.text)}
    for a in up.marks.attributions:
        if a.cue is None or not _denying("en").search(a.cue.text) or not a.content or a.chain[-1] in own:
            continue
        region = next((s for s in up.marks.sentences if overlap(s, (a.cue.start, a.cue.end))), (a.cue.start, a.content[-1].end))
        if not any(_carries(c, up.id, region) and any(x.report == down.id for x in c.cells) for c in claims):
            who = parties[a.chain[-1]].name
            spots = (Spot(report=up.id, span=span(up.article.text, region)),)
            yield Remark(kind="denial-left-out", spots=spots, why=f"{_who(up)} has a denial by {who} that {_who(down)}, which draws on it, does not carry")


def _carries(claim: Claim, report: ReportId, region: tuple[int, int]) -> bool:
    return any(x.report == report and overlap((x.start, x.end), region) for x in claim.cells)


@functools.cache
def _denying(language: str) -> re.Pattern[str]:
    words = load(language, "compare")["denials"]["words"]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
