"""From a page to what is kept of it: cleaned, annotated, indexed. Pure, so that it may be done in any process."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .. import pipeline
from ..errors import InputError
from ..store.entry import Entry
from ..store.search import sized
from ..store.wording import folded
from ..text import fold, words
from ..types import Annotated, Article, Marks, Page, Refused
from .identity import Identity, place
from .meaning import vector

__all__ = ["annotated", "entries", "facts", "party_key"]


def entries(given: Sequence[tuple[Page, Identity]]) -> list[Entry | Refused]:
    """All that is kept of each page, or why there is nothing to keep."""
    found: list[tuple[Article | Refused, Page, Identity]] = []
    for page, who in given:
        articles, refused = pipeline.prepare([page])
        found.append((articles[0] if articles else refused[0], page, who))
    read = [a for a, _, _ in found if isinstance(a, Article)]
    made = iter(zip(pipeline.all_marked(read), pipeline.signed(read), strict=True))
    return [a if isinstance(a, Refused) else _entry(a, page, who, *next(made)) for a, page, who in found]


def _entry(article: Article, page: Page, who: Identity, marks: Marks, signature: bytes) -> Entry:
    names = {p.id: p for p in marks.parties}
    quantities = (sized(q.start, q.end, q.low, q.high, q.value, q.unit) for q in marks.quantities)
    return Entry(
        id=who.id, key=who.key, given=who.given, place=place(page.path, page.line), text=article.text, facts=facts(article),
        marks=msgspec.msgpack.encode(marks), signature=signature, outlet=article.outlet.value if article.outlet else None,
        title=article.title.value if article.title else None, published=article.published.value if article.published else None,
        language=article.language.value if article.language else None, wire=marks.wire, url=article.url, path=article.path,
        words=sum(1 for _ in words(article.text)), folded=folded(article.text), vector=vector(article.text),
        quantities=tuple(q for q in quantities if q is not None),
        credited=tuple(dict.fromkeys(party_key(n) for c in marks.credits for n in (names[c.party].name, *names[c.party].aliases))),
    )  # fmt: skip


def facts(article: Article) -> bytes:
    """What is known of an article, without its text, which is kept beside it."""
    return msgspec.msgpack.encode(msgspec.structs.replace(article, text=""))


def annotated(name: str, text: str, known: bytes, marks: bytes) -> Annotated:
    """An article with its marks as they were kept, under a name."""
    try:
        article = msgspec.msgpack.decode(known, type=Article)
        found = msgspec.msgpack.decode(marks, type=Marks)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(name, f"what is kept of this article cannot be read ({error}): forget it and add it again") from error
    report = Annotated(id="r1", article=msgspec.structs.replace(article, text=text), marks=found)
    return pipeline.named(report, name)


def party_key(name: str) -> str:
    """A credited party's name as it is looked up."""
    return fold(name).removeprefix("the ")
