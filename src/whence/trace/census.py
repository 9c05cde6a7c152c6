"""A story's coverage as a whole: which pages are one text, whom each text credits, what shows that anybody reported it, and who has it from whom."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from .. import expressions as re
from ..data import gazetteer
from ..lang import load
from ..text import fold, overlap, span
from ..types import Annotated, Feed, Link, OneText, Region, ReportId, Span

__all__ = ["Upstream", "copies", "feeds", "outlet_of", "upstreams"]

_COPY = 0.5  # the share of the shorter text's body that must stand in the other for the two to be one text
_OUTSIDE = 0.5  # the share of a passage that may be another text's words for it still to be this one's own
_OWN_WORDS = 40  # words that nobody else has, from which a text may report something of its own
_MAKERS = ("outlet", "agency")


class Body(NamedTuple):
    """A page without its furniture: the regions that are, and how many characters they hold."""

    regions: tuple[Region, ...]
    size: int


class Upstream(NamedTuple):
    """``downstream`` (a text) has it from ``upstream`` (a text, an agency or a newsroom); where ``mutual``, either from the other."""

    upstream: str
    downstream: str
    strength: Literal["stated", "shown"]
    mutual: bool


def copies(reports: Sequence[Annotated], links: Sequence[Link]) -> tuple[OneText, ...]:
    """The texts of a story, each with its copies, in the order of the pages; ``links`` name the reports by their ids.

    Two pages carry one text where half of the shorter one's body stands in the other. What a text reports of its own is looked for outside the
    passages that it shares with other texts; quotations shared by several are nobody's own.
    """
    bodies = {r.id: _body(r) for r in reports}
    root = {r.id: r.id for r in reports}
    for link in links:
        if link.kind != "quotes" and _share(link, bodies) >= _COPY:
            one, two = _root(root, link.from_), _root(root, link.to)
            root[two] = one
    members: dict[ReportId, list[Annotated]] = {}
    for r in reports:
        members.setdefault(_root(root, r.id), []).append(r)
    text_of = {r.id: key for key, group in members.items() for r in group}
    shared: dict[ReportId, list[Region]] = {r.id: [] for r in reports}
    for link in links:
        if text_of[link.from_] != text_of[link.to]:
            shared[link.from_] += [(e.from_.start, e.from_.end) for e in link.evidence]
            shared[link.to] += [(e.to.start, e.to.end) for e in link.evidence]
    return tuple(_text(f"t{n}", group, bodies, shared) for n, group in enumerate(members.values(), 1))


def credited(report: Annotated) -> dict[str, str]:
    """The agencies and newsrooms that a page gives its text to, wholly or in part, by their folded names."""
    if report.marks.wire != "yes":
        return {}
    parties = {p.id: p for p in report.marks.parties}
    named = [parties[c.party] for c in report.marks.credits if c.party != report.marks.own and c.party in parties]
    own = parties.get(report.marks.own or "")
    makers = [p for p in named if p.kind in _MAKERS] or ([own] if own is not None and own.kind == "agency" else [])
    return {fold(p.name): p.name for p in makers}


def upstreams(texts: Sequence[OneText], links: Sequence[Link]) -> tuple[Upstream, ...]:
    """Who each text is had from: whom its pages credit, else the one newsroom that runs it, and the texts it shares a passage with.

    Of two texts that share a passage, one that shows reporting of its own is not had from the other.
    """
    found = [Upstream(name, t.id, "stated", False) for t in texts for name in t.credits]
    found += [Upstream(t.outlets[0], t.id, "stated", False) for t in texts if not t.credits and len(t.outlets) == 1]
    found += [Upstream(t.maker, t.id, "stated", False) for t in texts if t.maker is not None]
    by_page = {page: t for t in texts for page in t.pages}
    for link in links:
        one, two = by_page[link.from_], by_page[link.to]
        if link.kind != "quotes" and one.id != two.id and "shown" not in (one.own, two.own):
            found.append(Upstream(one.id, two.id, "shown", not link.directed))
    return tuple(dict.fromkeys(found))


def feeds(texts: Sequence[OneText], reports: Sequence[Annotated]) -> tuple[Feed, ...]:
    """How many pages of each outlet carry what each source made, sources with most pages first.

    A text that is nobody's by its credits and that several outlets run is a source under its own id.
    """
    by_id = {r.id: r for r in reports}
    found: Counter[tuple[str, str, Literal["stated", "shown"]]] = Counter()
    for t in texts:
        for page in t.pages:
            names = tuple(credited(by_id[page]).values())
            for source in names or t.credits or ((t.id,) if len(t.outlets) > 1 else ()):
                if fold(source) != fold(outlet_of(by_id[page])):
                    found[source, outlet_of(by_id[page]), "stated" if names else "shown"] += 1
    total: Counter[str] = Counter()
    for (source, _, _), n in found.items():
        total[source] += n
    order = sorted(found, key=lambda key: (-total[key[0]], key[0], -found[key], key[1], key[2]))
    return tuple(Feed(source=key[0], outlet=key[1], pages=found[key], strength=key[2]) for key in order)


def outlet_of(report: Annotated) -> str:
    """Whose page it is, by the name the list of outlets has for it; its path where nothing is known."""
    if report.article.outlet is None:
        return report.article.path
    known = _listed(report.article.outlet.value)
    return known.name if known else report.article.outlet.value


def _listed(name: str) -> gazetteer.Outlet | None:
    return gazetteer.by_name(name) or gazetteer.by_domain(name.split("/")[0])


def _root(root: dict[ReportId, ReportId], report: ReportId) -> ReportId:
    while root[report] != report:
        root[report] = root[root[report]]
        report = root[report]
    return report


def _body(report: Annotated) -> Body:
    """A page that is all furniture (a photograph with its caption) has its whole text for a body."""
    text, at, regions = report.article.text, 0, []
    for mark in sorted(report.article.furniture, key=lambda f: f.start):
        if mark.start > at:
            regions.append((at, mark.start))
        at = max(at, mark.end)
    regions.append((at, len(text)))
    kept = tuple(r for r in regions if text[slice(*r)].strip())
    return Body(kept, sum(e - s for s, e in kept)) if kept else Body(((0, len(text)),), len(text))


def _share(link: Link, bodies: Mapping[ReportId, Body]) -> float:
    """The greater share of either body that stands in the other."""
    sides = ((link.from_, [(e.from_.start, e.from_.end) for e in link.evidence]), (link.to, [(e.to.start, e.to.end) for e in link.evidence]))
    return max(sum(overlap(p, r) for p in passages for r in bodies[page].regions) / max(1, bodies[page].size) for page, passages in sides)


def _text(name: str, group: Sequence[Annotated], bodies: Mapping[ReportId, Body], shared: Mapping[ReportId, Sequence[Region]]) -> OneText:
    full = sorted(group, key=lambda r: -bodies[r.id].size)
    credits = [credited(r) for r in group]
    names = {key: value for found in credits for key, value in found.items()}
    rank = ("none", "possible", "shown")
    level, why, words, maker, first = "none", "", None, None, full[0]
    for r in full:
        found, reason, where, told = _own(r, list(dict.fromkeys([outlet_of(r), *names.values()])), shared[r.id])
        if rank.index(found) > rank.index(level):
            level, why, words, maker, first = found, reason, where, told, r
    pages = (first, *(r for r in full if r is not first))
    return OneText(
        id=name,
        pages=tuple(r.id for r in pages),
        outlets=tuple(dict.fromkeys(outlet_of(r) for r in pages)),
        credits=tuple(names.values()),
        credited=sum(bool(c) for c in credits),
        own=level,  # type: ignore[arg-type]
        why=why or "nothing in it is its own: it shares its words, or cites other outlets",
        shown=words,
        maker=maker,
    )


class _Own(NamedTuple):
    """Whether a page reports anything, by what, where it says so, and who was told."""

    level: str
    why: str
    shown: Span | None
    maker: str | None


_NOTHING = _Own("none", "", None, None)


def _own(report: Annotated, makers: Sequence[str], shared: Sequence[Region]) -> _Own:
    """What a page reports outside what it shares: shown by words that name a maker of it as the one told, possible, or nothing."""
    text, marks = report.article.text, report.marks
    taken = [*shared, *((f.start, f.end) for f in report.article.furniture)]
    free = [s for s in marks.sentences if not _inside(s, taken)]
    for maker in makers:
        pattern = _reporting("en", tuple(_names([maker])))
        for sentence in free:
            if (match := pattern.search(text, *sentence)) is not None:
                return _Own("shown", f"says that {maker} was told, saw or holds it", span(text, match.span()), maker)
    if sum(len(text[slice(*s)].split()) for s in free) < _OWN_WORDS:
        return _NOTHING
    parties = {p.id: p for p in marks.parties}
    for said in marks.attributions:
        place = (said.content[0].start, said.content[-1].end) if said.content else None
        if place is None or len(said.chain) != 2 or said.source is None or not any(overlap(place, s) for s in free):
            continue
        last = parties.get(said.chain[-1])
        if last is not None and last.kind not in _MAKERS and not _relayed(report, place, _names(makers)):
            return _Own("possible", "cites somebody for words that no other text here has, and does not say how it had them", said.source, None)
    return _NOTHING


def _inside(region: Region, taken: Sequence[Region]) -> bool:
    return sum(overlap(region, t) for t in taken) > _OUTSIDE * max(1, region[1] - region[0])


def _names(makers: Sequence[str]) -> list[str]:
    """The makers' names as a text may write them, the longest first."""
    listed = [known for maker in makers if (known := _listed(maker)) is not None]
    names = {*makers, *(n for known in listed for n in (known.name, *known.aliases, *known.short))}
    return sorted({n.removeprefix("The ") for n in names if len(n) > 1}, key=lambda n: (-len(n), n))


def _relayed(report: Annotated, place: Region, names: Sequence[str]) -> bool:
    """True where the sentence names an outlet or agency that is not its maker: what it says was said there."""
    text = report.article.text
    sentence = next((s for s in report.marks.sentences if overlap(s, place)), place)
    words = text[slice(*sentence)]
    others = [n for p in report.marks.parties if p.kind in _MAKERS for n in (p.name, *p.aliases) if n.removeprefix("The ") not in names]
    return any(re.search(rf"\b{re.escape(n.removeprefix('The '))}\b", words) for n in others)


@functools.cache
def _reporting(language: str, names: tuple[str, ...]) -> re.Pattern[str]:
    maker = rf"(?:the |a |an )?(?-i:{'|'.join(re.escape(n) for n in names)})"
    return re.compile("|".join(rf"\b{w.replace('{maker}', maker)}\b" for w in load(language, "census")["own_reporting"]["words"]), re.IGNORECASE)
