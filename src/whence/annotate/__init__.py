"""Marks on one article: sentences, attributions with their chains, parties, quantities, dates, credits."""

from __future__ import annotations

from pathlib import PurePath

from ..text import paragraphs, span, touches
from ..types import Article, Credit, Marks, NotChecked, Region
from .dates_story import date_by_story

__all__ = ["annotate", "date_by_story"]


def _outlet_of(article: Article) -> str:
    return article.outlet.value if article.outlet else PurePath(article.path).name or "the report"


def annotate(article: Article, report: str) -> Marks:
    """What is found in one article; party, attribution and quantity ids are local to it ("p1" is its own outlet).

    Never raises on any text; what could not be done stands in ``not_checked``.
    """
    from ..data import gazetteer
    from .chains import build
    from .credits import after_dateline, find_credits, whole, wire_state
    from .dates import find_dates
    from .fronts import find_heard
    from .introduced import introduced
    from .names import surnames
    from .parties import Cast
    from .quantities import find_quantities
    from .quotes import find_quotes
    from .sentences import split

    text = article.text
    furniture = [(f.start, f.end) for f in article.furniture]
    body: list[Region] = [p for p in paragraphs(text) if not touches(p, furniture)]
    if article.title and article.title.region:
        body = [p for p in body if p != article.title.region]
    body = [after_dateline(text, p) for p in body]
    sentences = split(text, furniture)
    name = _outlet_of(article)
    own = (gazetteer.by_name(name) or gazetteer.by_domain(name.split("/")[0])) if article.outlet else None
    outlets = gazetteer.find_outlets(text, known=[own] if own else [])
    outlets = introduced(text, outlets, name, surnames(text))
    quotes = [q for p in body for q in find_quotes(text, p)]
    headline = article.title.region if article.title else None
    told = [s for s in sentences if headline is None or not touches(s, [headline])]
    cast = Cast(text, outlets, name, own, told, [(q.start, q.end) for q in quotes if not q.single])
    found = find_credits(article, outlets, own)
    credit = tuple(dict.fromkeys(cast.outlet(f.outlet, text[slice(*f.region)], f.region[0]) for f in found if whole(f, own)))[:1]
    heard, absent = find_heard(text, body)
    members, attributions = build(text, sentences, heard, cast, credit, quotes, report)
    for f in found:
        member = cast.outlet(f.outlet, text[slice(*f.region)], f.region[0])
        if member not in members:
            members.append(member)
    ids = {m.number: f"p{n + 1}" for n, m in enumerate(members)}
    credits = tuple(
        Credit(
            party=ids[cast.outlet(f.outlet, text[slice(*f.region)], f.region[0]).number],
            start=f.region[0],
            end=f.region[1],
            text=span(text, f.region).text,
        )
        for f in found
    )
    return Marks(
        sentences=sentences,
        parties=cast.parties(members, report),
        own="p1",
        attributions=tuple(a for a, _ in attributions),
        quantities=find_quantities(text, sentences, report, country=own.country if own else None),
        timeline=find_dates(text, sentences, article.published.value if article.published else None, report),
        credits=credits,
        wire=wire_state(article, found, own),
        not_checked=(NotChecked(check="attribution-model", why=absent),) if absent else (),
    )
