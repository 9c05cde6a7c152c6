"""Which of the given reports are of one happening."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from ..lang import load, readable
from ..text import words
from ..types import Annotated

__all__ = ["group"]

_LEAST_LIKENESS = 0.045


def group(reports: Sequence[Annotated]) -> tuple[Annotated, ...]:
    """The reports, each marked as related or not to the story that most of them tell.

    Beginning with the report that is most like all others, of those in a language that is known where there are any, a report is related whose words are
    like those of one that is. One report alone is related.
    """
    if len(reports) < 2:
        return tuple(reports)
    bags = [_bag(r) for r in reports]
    likeness = [[_cosine(a, b) for b in bags] for a in bags]
    centre = max(range(len(bags)), key=lambda i: (_read(reports[i]), sum(likeness[i]), -i))
    related = {centre}
    while more := {i for i in range(len(bags)) if i not in related and max(likeness[i][j] for j in related) >= _LEAST_LIKENESS}:
        related |= more
    return tuple(msgspec.structs.replace(r, related=i in related) for i, r in enumerate(reports))


def _read(report: Annotated) -> bool:
    return readable(report.article.language.value if report.article.language else None)


def _bag(report: Annotated) -> Counter[str]:
    stop = set(load("en", "compare")["stopwords"]["words"])
    text, away = report.article.text, [(f.start, f.end) for f in report.article.furniture]
    bag: Counter[str] = Counter()
    for a, b in words(text):
        word = text[a:b]
        if word.lower() not in stop and len(word) > 2 and not any(s <= a < e for s, e in away):
            bag[word.lower().removesuffix("’s").removesuffix("'s")] += 3 if word[0].isupper() else 1
    return bag


def _weight(times: int) -> float:
    return 1 + math.log(times)


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(_weight(n) * _weight(b[w]) for w, n in a.items() if w in b)
    size = math.sqrt(sum(_weight(n) ** 2 for n in a.values()) * sum(_weight(n) ** 2 for n in b.values()))
    return dot / size if size else 0.0
