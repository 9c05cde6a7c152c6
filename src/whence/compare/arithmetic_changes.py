"""A base and a change: against a stated ratio in both readings, against a stated share or difference, and marks above or below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ..types import Annotated, Claim, Quantity
from .arithmetic_sum import Interval, Sum, closed, cue, interval, is_money, taken, verdict

__all__ = ["changes"]

_FOLD = re.compile(r"\btimes\b|-?fold\b|%|per ?cent", re.IGNORECASE)
_FROM_TO = re.compile(r"(?:\bfrom\b|\bto\b)\s*(?:about\s|around\s)?\Z", re.IGNORECASE)


def changes(reports: Sequence[Annotated], _: Sequence[Claim], language: str) -> Iterator[Sum]:
    for report in reports:
        found = taken(report)
        for place in sorted({i for i, _ in found}):
            inside = [q for i, q in found if i == place]
            yield from _folds(report, place, inside, language)
            yield from _moves(report, place, inside, found)
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


def _moves(report: Annotated, place: int, inside: Sequence[Quantity], found: Sequence[tuple[int, Quantity]]) -> Iterator[Sum]:
    """ "From A to B" (or "to B from A") against a share or a difference stated in the sentence, or the same figure within four."""
    text, sentence = report.article.text, report.marks.sentences[place]
    for p, q in pairwise(inside):
        words = [text[max(sentence[0], x.start - 16) : x.start] for x in (p, q)]
        ways = [m[0].split()[0].lower() if (m := _FROM_TO.search(w)) else "" for w in words]
        units = {p.unit, q.unit} - {""}
        if sorted(ways) != ["from", "to"] or len(units) > 1 or q.start - p.end > 40:
            continue
        old, new = (p, q) if ways[0] == "from" else (q, p)
        a, b = closed(old), closed(new)
        if a is None or b is None or old.value is None or new.value is None or old.value == new.value:
            continue
        after = [x for x in inside if x not in (p, q)]
        unit = next(iter(units), "")
        shares = [x for x in after if x.unit == "1" and unit != "1" and x.value is not None and x.value < 1]
        gap = (b[0] - a[1], b[1] - a[0]) if new.value > old.value else (a[0] - b[1], a[1] - b[0])
        size = abs(new.value - old.value)
        same = [x for x in after if x.unit == unit and unit != "1"]
        far = [
            x
            for i, x in found
            if x not in (p, q) and abs(i - place) <= 6 and x.value is not None and abs(x.value - size) < 1e-9 * size and size >= 20 and x.unit != "1"
        ]
        points = [x for x in after if x.unit == "percentage point" and x.value is not None]
        if shares or (unit != "1" and not far and not same):
            yield from _share_of_change(report, old, new, a, b, shares[0] if shares else None)
        for stated in (far or same)[:1]:
            yield _made(report, p, "how much it changed by", f"{_larger(old, new)} − {_smaller(old, new)}", gap, stated)
        for stated in points[:1]:
            yield _made(
                report,
                p,
                "how many points it changed by",
                f"({_larger(old, new)} − {_smaller(old, new)}) × 100",
                (gap[0] * 100, gap[1] * 100),
                stated,
            )


def _larger(a: Quantity, b: Quantity) -> str:
    return a.text if (a.value or 0) >= (b.value or 0) else b.text


def _smaller(a: Quantity, b: Quantity) -> str:
    return b.text if (a.value or 0) >= (b.value or 0) else a.text


def _share_of_change(report: Annotated, old: Quantity, new: Quantity, a: Interval, b: Interval, share: Quantity | None) -> Iterator[Sum]:
    if b[1] < a[0]:
        got = (1 - b[1] / a[0], 1 - b[0] / a[1])
        yield _made(report, share or old, "the fall as a share of the old value", f"1 − {new.text} / {old.text}", got, share)
    elif b[0] > a[1]:
        got = (b[0] / a[1] - 1, b[1] / a[0] - 1)
        yield _made(report, share or old, "the rise as a share of the old value", f"{new.text} / {old.text} − 1", got, share)


def _marks(report: Annotated, inside: Sequence[Quantity], reports: Sequence[Annotated], language: str) -> Iterator[Sum]:
    """ "7.4 metres, 1.9 metres above the mark": where the mark is, held against any report that states it."""
    text = report.article.text
    for p, q in combinations(inside, 2):
        a, b = closed(p), closed(q)
        if a is None or b is None or p.unit != q.unit or not p.unit or p.unit in {"1", "year", "person"} or p.value is None or q.value is None:
            continue
        after = (q.end, min(len(text), q.end + 14))
        up, down = (bool(re.match(r"\s", text[q.end : q.end + 1])) and cue(text, after, "difference", side, language) for side in ("above", "below"))
        if up == down or "," not in text[p.end : q.start] or q.value >= p.value:
            continue
        got = (a[0] - b[1], a[1] - b[0]) if up else (a[0] + b[0], a[1] + b[1])
        value = p.value - q.value if up else p.value + q.value
        stated = [x for r in reports for x in r.marks.quantities if x.unit == p.unit and x.value is not None and abs(x.value - value) < 1e-6 * value]
        sign, reading = ("−", f"what it is {q.text} above") if up else ("+", f"what it is {q.text} below")
        yield _made(report, q, reading, f"{p.text} {sign} {q.text}", got, stated[0] if stated else None)


def _made(report: Annotated, about: Quantity, reading: str, working: str, got: Interval, stated: Quantity | None) -> Sum:
    return Sum(
        report=report, about=about, reading=reading, working=f"{working} = {interval(*got)}", low=got[0], high=got[1], stated=stated,
        verdict=verdict(got, stated) if stated is not None else "not-checkable",
    )  # fmt: skip
