"""Sums that words frame by themselves, so that one which does not come out is wrong: a lead over two counts, the other part of a whole, a further sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import expressions as re
from ..types import Annotated, Claim
from .arithmetic_figures import Figure, figures, kin, values_of
from .arithmetic_sum import Sum, closed, countable, interval, is_money, rounded, verdict

__all__ = ["framed"]

_LEAD = re.compile(r"(?i)\b(?:lead|majority|margin|gap|difference|advantage)\s+of\s+(?:just\s+|only\s+)?\Z")
_OTHER = re.compile(r"(?i)\bthe\s+(?:other|remaining)\s+\Z")
_FURTHER = re.compile(r"(?i)\b(?:a\s+further|an\s+(?:additional|extra))\s+\Z")
_HELD_BY = re.compile(r"(?i)^\W*\b(?:was|were|has|have|had|is|are|went|will|remain|came|got|could|would|did)\b")
_NEAR = 2
_CLOSE = 0.34  # how far, as a share, a lead may lie from what two counts make and still be of them


def framed(reports: Sequence[Annotated], claims: Sequence[Claim], language: str, known: Sequence[Sum] = ()) -> Iterator[Sum]:
    """The framed sums of each report that are not ``known`` yet."""
    found = figures(reports, claims, language)
    used = [values_of(s, found) for s in known]
    for order in sorted({f.order for f in found}):
        here = [f for f in found if f.order == order]
        for i in range(len(here)):
            for values, one in (*_leads(here, i), *_others(here, i), *_further(here, i)):
                if not any(values <= other for other in used):
                    used.append(values)
                    yield one


_Found = Iterator[tuple[frozenset[float], Sum]]


def _before(f: Figure, size: int = 32) -> str:
    start = f.report.marks.sentences[f.place][0]
    return f.report.article.text[max(start, f.q.start - size) : f.q.start]


def _leads(here: Sequence[Figure], i: int) -> _Found:
    """ "6,412 votes to 6,381, a lead of 31": the lead is what one count has over the other."""
    lead = here[i]
    if not _LEAD.search(_before(lead)) or not countable(lead.q):
        return
    counts = [f for f in here[max(0, i - 3) : i] if lead.place - f.place <= 1 and kin(f, lead) and f.value > 5 * lead.value]
    if len(counts) != 2 or abs(counts[0].value - counts[1].value) <= 0 or not all(closed(f.q) for f in (*counts, lead)):
        return
    small, large = sorted(counts, key=lambda f: f.value)
    gap = large.value - small.value
    if abs(gap - lead.value) <= _CLOSE * max(gap, lead.value):
        yield frozenset((small.value, large.value, lead.value)), _made(lead, "what is left of the total", f"{large.q.text} − {small.q.text}", gap)


def _others(here: Sequence[Figure], i: int) -> _Found:
    """ "There were 38 singers. Eleven are in hospital. The other 27 went home": the other part is the whole less the one before."""
    other = here[i]
    if i < 2 or not _OTHER.search(_before(other)) or not countable(other.q) or other.q.hedge:
        return
    part, whole = here[i - 1], here[i - 2]
    after = other.report.article.text[other.q.end : other.q.end + 16]
    exact = all((ends := closed(f.q)) is not None and ends[0] == ends[1] for f in (part, whole, other))
    if not exact or part.value >= whole.value or whole.unit == "" or other.place - whole.place > _NEAR or other.place == part.place != whole.place:
        return
    if any(f.q.hedge for f in (part, whole)) or not kin(part, whole) or not (other.q.unit == whole.unit or (other.q.unit == "" and _HELD_BY.match(after))):
        return
    rest = whole.value - part.value
    if abs(rest - other.value) <= _CLOSE * max(rest, other.value):
        yield frozenset((part.value, whole.value, other.value)), _made(other, "what is left of the total", f"{whole.q.text} − {part.q.text}", rest)


def _further(here: Sequence[Figure], i: int) -> _Found:
    """ "61 million kronor … a further 9 million": both together, which the text only allows."""
    more = here[i]
    if i == 0 or _FURTHER.search(_before(more)) is None:
        return
    first = here[i - 1]
    named = is_money(first.q) and (more.q.unit == first.q.unit or (more.q.unit == "" and more.value >= 1000))
    if not named or more.place - first.place > 1 or first.value <= more.value / 10:
        return
    a, b = rounded(first.q), rounded(more.q)
    if a is not None and b is not None:
        both = (a[0] + b[0], a[1] + b[1])
        one = Sum(
            report=more.report, about=more.q, reading="both together", working=f"{first.q.text} + {more.q.text} = {interval(*both)}", low=both[0], high=both[1],
            stated=None, verdict="not-checkable",
        )  # fmt: skip
        yield frozenset((first.value, more.value)), one


def _made(about: Figure, reading: str, working: str, value: float) -> Sum:
    got = (value, value)
    return Sum(
        report=about.report, about=about.q, reading=reading, working=f"{working} = {interval(*got)}", low=value, high=value, stated=about.q,
        verdict=verdict(got, about.q),
    )  # fmt: skip
