"""Short reports made from a few sentences, and the sums they allow."""

from __future__ import annotations

from collections.abc import Sequence

from whence.annotate.dates import find_dates
from whence.annotate.quantities import find_quantities
from whence.annotate.sentences import split
from whence.compare.arithmetic import sums
from whence.types import Annotated, Arithmetic, Article, Fact, Marks


def report(text: str, name: str = "r1", published: str | None = None) -> Annotated:
    sentences = split(text)
    article = Article(path=name, text=text, published=Fact(value=published, basis="given") if published else None)
    marks = Marks(
        sentences=sentences, own="p1", quantities=find_quantities(text, sentences, name), timeline=find_dates(text, sentences, published, name)
    )
    return Annotated(id=name, article=article, marks=marks)


def done(*texts: str, published: str | None = None) -> tuple[Arithmetic, ...]:
    return sums([report(t, f"r{i}", published) for i, t in enumerate(texts, 1)], [])


def comes(found: Sequence[Arithmetic], low: float, high: float, verdict: str | None = None) -> bool:
    return any(
        a.low is not None
        and a.high is not None
        and abs(a.low - low) <= 0.001 * abs(low)
        and abs(a.high - high) <= 0.001 * abs(high)
        and verdict in (None, a.verdict)
        for a in found
    )
