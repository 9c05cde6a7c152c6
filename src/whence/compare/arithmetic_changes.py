"""A base and a change: against a stated ratio in both readings, against a stated share or difference, and marks above or below one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from .. import expressions as re
from ..types import Annotated, Claim, Quantity
from .arithmetic_moves import moves
from .arithmetic_sum import Interval, Sum, closed, cue, interval, is_money, taken, verdict
from .scales import factor

__all__ = ["changes"]

_FOLD = re.compile(r"\btimes\b|-?fold\b|%|per ?cent", re.IGNORECASE)


def changes(reports: Sequence[Annotated], _: Sequence[Claim], language: str) -> Iterator[Sum]:
    for report in reports:
        found = taken(report)
        for place in sorted({i for i, _ in found}):
            inside = [q for i, q in found if i == place]
            yield from _folds(report, place, inside, language)
            yield from moves(report, place, found, language)
            yield from _marks(report, inside, reports, language)


def _folds(report: Annotated, place: int, inside: Sequence[Quantity], language: str) -> Iterator[Sum]:
    """A change, a base and a stated ratio in one sentence: the base read as the old value, and as the new one."""
    text, sentence = report.article.text, report.marks.sentences[place]
    stated = [q for q in inside if q.unit == "1" and q.value and q.value > 1 and _FOLD.search(q.text)]
    if not stated:
        return
    for change, base in combinations(inside, 2):
        if not (is_money(change) or change.unit == "person") or change.unit != base.unit:
            continue
        if _is_change(text, sentence, base, inside, language) and not _is_change(text, sentence, change, inside, language):
            change, base = base, change
        a, b = closed(change), closed(base)
        if a is None or b is None or a[1] >= b[0]:
            continue
        share = stated[0]
        plus = (1 + a[0] / b[1], 1 + a[1] / b[0])
        less = (1 / (1 - a[0] / b[1]), 1 / (1 - a[1] / b[0]))
        yield _made(
            report, share, f"{base.text} is the old value: (base + change) / base", f"({base.text} + {change.text}) / {base.text}", plus, share
        )
        yield _made(
            report, share, f"{base.text} is the new value: base / (base − change)", f"{base.text} / ({base.text} − {change.text})", less, share
        )


def _is_change(text: str, sentence: tuple[int, int], q: Quantity, inside: Sequence[Quantity], language: str) -> bool:
    """The words for a change stand in the quantity or between it and the quantity before."""
    before = max([x.end for x in inside if x.end <= q.start], default=sentence[0])
    return cue(text, (before, q.end), "change", "more", language)


def _marks(report: Annotated, inside: Sequence[Quantity], reports: Sequence[Annotated], language: str) -> Iterator[Sum]:
    """ "7.4 metres, 1.9 metres above the mark": where the mark is, held against any report that states it."""
    text = report.article.text
    for p, q in combinations(inside, 2):
        size = factor(q.unit, p.unit) if q.unit and p.unit else None
        a, b = closed(p), closed(q)
        if size is None or a is None or b is None or p.unit in {"1", "year", "person"} or p.value is None or q.value is None:
            continue
        b, value = (b[0] * size, b[1] * size), q.value * size
        after = (q.end, min(len(text), q.end + 16))
        up, down = (bool(re.match(r"\s", text[q.end : q.end + 1])) and cue(text, after, "difference", side, language) for side in ("above", "below"))
        if up == down or "," not in text[p.end : q.start] or value >= p.value:
            continue
        got = (a[0] - b[1], a[1] - b[0]) if up else (a[0] + b[0], a[1] + b[1])
        mark = p.value - value if up else p.value + value
        here = [x for x in inside if x.unit == p.unit and x.start > q.end and x.value is not None]
        stated = [x for r in reports for x in r.marks.quantities if x.unit == p.unit and x.value is not None and abs(x.value - mark) < 1e-6 * mark]
        sign, reading = ("−", f"what it is {q.text} above") if up else ("+", f"what it is {q.text} below")
        held = (here or stated)[0] if here or stated else None
        yield _made(report, q, reading, f"{p.text} {sign} {q.text}", got, held)


def _made(report: Annotated, about: Quantity, reading: str, working: str, got: Interval, stated: Quantity | None) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1], stated=stated,
        verdict=verdict(got, stated) if stated is not None else "not-checkable",
    )  # fmt: skip
