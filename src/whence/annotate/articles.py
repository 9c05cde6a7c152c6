"""The marks of an article, or of many at once: a pure function from batch to batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from ..text import paragraphs, span, touches
from ..types import Article, Credit, Heard, Marks, NotChecked, Region

if TYPE_CHECKING:
    from ..data.gazetteer import Outlet
    from .credits import Found
    from .members import Member
    from .parties import Cast
    from .quotes import Quote

__all__ = ["annotate", "annotate_batch"]

_SIDE_BY_SIDE = 40_000
"""About so many characters of articles are read side by side: more are no faster and take more memory."""


class _Prepared(NamedTuple):
    """An article as far as it can be marked before anybody is heard in it."""

    article: Article
    report: str
    body: list[Region]
    sentences: tuple[Region, ...]
    quotes: list[Quote]
    own: Outlet | None
    cast: Cast
    found: list[Found]


def annotate(article: Article, report: str) -> Marks:
    """What is found in one article; party, attribution and quantity ids are local to it ("p1" is its own outlet).

    Never raises on any text; what could not be done stands in ``not_checked``.
    """
    return annotate_batch([(article, report)])[0]


def annotate_batch(articles: Sequence[tuple[Article, str]]) -> list[Marks]:
    """The marks of each (article, report id), as ``annotate`` gives them one by one; many short articles are done faster together."""
    from .fronts import find_heard_all

    out: list[Marks] = []
    first = 0
    while first < len(articles):
        last, size = first, 0
        while last < len(articles) and (last == first or size + len(articles[last][0].text) <= _SIDE_BY_SIDE):
            size += len(articles[last][0].text)
            last += 1
        prepared = [_prepare(article, report) for article, report in articles[first:last]]
        heard = find_heard_all([(p.article.text, p.body) for p in prepared])
        out += [_marks(p, h, absent) for p, (h, absent) in zip(prepared, heard, strict=True)]
        first = last
    return out


def _outlet_of(article: Article) -> str:
    return article.outlet.value if article.outlet else PurePath(article.path).name or "the report"


def _prepare(article: Article, report: str) -> _Prepared:
    """Paragraphs, sentences, quotations, credits, and the outlets that the text names."""
    from ..data import gazetteer
    from .credits import after_dateline, find_credits
    from .introduced import introduced
    from .names import surnames
    from .parties import Cast
    from .quotes import find_quotes
    from .sentences import split

    text = article.text
    furniture = [(f.start, f.end) for f in article.furniture]
    headline = article.title.region if article.title else None
    body = [p for p in paragraphs(text) if not touches(p, furniture) and p != headline]
    body = [after_dateline(text, p) for p in body]
    sentences = split(text, furniture)
    name = _outlet_of(article)
    own = (gazetteer.by_name(name) or gazetteer.by_domain(name.split("/")[0])) if article.outlet else None
    known = surnames(text)
    outlets = introduced(text, gazetteer.find_outlets(text, known=[own] if own else []), name, known)
    quotes = [q for p in body for q in find_quotes(text, p)]
    told = [s for s in sentences if headline is None or not touches(s, [headline])]
    cast = Cast(text, outlets, name, own, told, [(q.start, q.end) for q in quotes if not q.single], known)
    return _Prepared(article, report, body, sentences, quotes, own, cast, find_credits(article, outlets, own))


def _marks(p: _Prepared, heard: Sequence[Heard], absent: str | None) -> Marks:
    """Everything that is marked, once it is known who is heard."""
    from .chains import build
    from .credits import whole, wire_state
    from .dates import find_dates
    from .quantities import find_quantities

    text, cast = p.article.text, p.cast
    credit = tuple(dict.fromkeys(_credited(p, f) for f in p.found if whole(f, p.own)))[:1]
    members, attributions = build(text, p.sentences, heard, cast, credit, p.quotes, p.report)
    for f in p.found:
        if (member := _credited(p, f)) not in members:
            members.append(member)
    ids = {m.number: f"p{n + 1}" for n, m in enumerate(members)}
    credits = tuple(Credit(party=ids[_credited(p, f).number], start=f.region[0], end=f.region[1], text=span(text, f.region).text) for f in p.found)
    return Marks(
        sentences=p.sentences,
        parties=cast.parties(members, p.report),
        own="p1",
        attributions=tuple(a for a, _ in attributions),
        quantities=find_quantities(text, p.sentences, p.report, country=_country(p), worldwide=p.own is not None and p.own.kind == "agency"),
        timeline=find_dates(text, p.sentences, p.article.published.value if p.article.published else None, p.report),
        credits=credits,
        wire=wire_state(p.article, p.found, p.own),
        not_checked=(NotChecked(check="attribution-model", why=absent),) if absent else (),
    )


def _country(p: _Prepared) -> str | None:
    """The country of the report's outlet: as listed, else where a place in its name is ("Nairobi Dawn")."""
    from ..data.countries import countries_in

    if p.own is not None:
        return p.own.country
    named = set(countries_in(p.article.outlet.value, (0, len(p.article.outlet.value)))) if p.article.outlet else set()
    return named.pop() if len(named) == 1 else None


def _credited(p: _Prepared, f: Found) -> Member:
    return p.cast.outlet(f.outlet, p.article.text[slice(*f.region)], f.region[0])
