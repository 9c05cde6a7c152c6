"""The sums a reader would want done, each with its reading and its working. Every number is taken as its interval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ..text import overlap
from ..types import Annotated, Arithmetic, Claim, Quantity, Verdict

__all__ = ["sums"]

_MONEY = re.compile(r"[A-Z]{3}\Z")
_CHANGE = re.compile(r"\b(?:additional|extra|another|more|increase|rise|raise|add|further|boost|hike)\w*", re.IGNORECASE)
_BASE = re.compile(r"\b(?:from|last year|previous|earlier|base|over|on top of|current|existing)\b", re.IGNORECASE)
_FOLD = re.compile(r"\btimes\b|-?fold\b|%|per ?cent", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|in all|altogether|combined|overall|sum|together)\b", re.IGNORECASE)

Interval = tuple[float, float]


def sums(reports: Sequence[Annotated], claims: Sequence[Claim]) -> tuple[Arithmetic, ...]:
    """Implied exchange rates, base and change against a stated ratio (in both readings), and parts against a stated total."""
    found: list[Arithmetic] = []
    for report in reports:
        for sentence in report.marks.sentences:
            inside = [q for q in report.marks.quantities if overlap(sentence, (q.start, q.end))]
            found += [*_rates(report, inside, claims), *_folds(report, sentence, inside, claims)]
        found += _totals(report, claims)
    return tuple(_once(found))


def _once(found: Sequence[Arithmetic]) -> Iterator[Arithmetic]:
    seen = set()
    for a in found:
        key = (a.reading.split(" in ")[0], a.low, a.high)
        if key not in seen:
            seen.add(key)
            yield a


def _claim_of(report: Annotated, q: Quantity, claims: Sequence[Claim]) -> str | None:
    at = [(c.relation == "only-in", c.id) for c in claims for x in c.cells if x.report == report.id and overlap((x.start, x.end), (q.start, q.end))]
    return min(at)[1] if at else None


def _closed(q: Quantity) -> Interval | None:
    return (q.low, q.high) if q.low is not None and q.high is not None and q.low > 0 else None


def _rounded(q: Quantity) -> Interval | None:
    """The interval of the number itself, where the hedge has opened or bent it."""
    return _closed(q) or ((q.value, q.value) if q.value else None)


def _ratio(a: Interval, b: Interval) -> Interval:
    return a[0] / b[1], a[1] / b[0]


def _rates(report: Annotated, inside: Sequence[Quantity], claims: Sequence[Claim]) -> Iterator[Arithmetic]:
    """One sum given in two currencies: what one is worth in the other."""
    text = report.article.text
    for p, q in pairwise(inside):
        between = text[p.end : q.start]
        if (
            _MONEY.match(p.unit)
            and _MONEY.match(q.unit)
            and p.unit != q.unit
            and re.fullmatch(r"\s*(?:\(|, or |, about |\(about |\(or |or |\(around |\(equivalent to )", between)
        ):
            a, b = _closed(p), _closed(q)
            if a and b:
                many, few = (a, b) if a[0] >= b[0] else (b, a)
                names = (p.unit, q.unit) if a[0] >= b[0] else (q.unit, p.unit)
                low, high = _ratio(many, few)
                yield _sum(
                    report, p, claims, f"implied exchange rate, {names[0]} for one {names[1]}", f"{p.text} / {q.text}", low, high, None, "consistent"
                )


def _folds(report: Annotated, sentence: tuple[int, int], inside: Sequence[Quantity], claims: Sequence[Claim]) -> Iterator[Arithmetic]:
    """A change, a base and a stated ratio in one sentence: the base read as the old value, and as the new one."""
    text = report.article.text
    stated = [q for q in inside if q.unit == "1" and q.value and q.value > 1 and _FOLD.search(q.text)]
    if not stated:
        return
    for change, base in combinations(inside, 2):
        if not (_MONEY.match(change.unit) or change.unit == "person") or change.unit != base.unit:
            continue
        if _says(text, sentence, base, _CHANGE, inside) and not _says(text, sentence, change, _CHANGE, inside):
            change, base = base, change
        a, b = _closed(change), _closed(base)
        if a is None or b is None or a[1] >= b[0]:
            continue
        ratio = stated[0]
        plus = (1 + a[0] / b[1], 1 + a[1] / b[0])
        less = (1 / (1 - a[0] / b[1]), 1 / (1 - a[1] / b[0]))
        yield _sum(
            report,
            ratio,
            claims,
            f"{base.text} is the old value: (base + change) / base",
            f"({base.text} + {change.text}) / {base.text}",
            *plus,
            ratio,
            _verdict(plus, ratio),
        )
        yield _sum(
            report,
            ratio,
            claims,
            f"{base.text} is the new value: base / (base − change)",
            f"{base.text} / ({base.text} − {change.text})",
            *less,
            ratio,
            _verdict(less, ratio),
        )


def _says(text: str, sentence: tuple[int, int], q: Quantity, what: re.Pattern[str], inside: Sequence[Quantity]) -> bool:
    """The words belong to the quantity: they stand in it or between it and the quantity before."""
    before = max([x.end for x in inside if x.end <= q.start], default=sentence[0])
    return bool(what.search(text, before, q.end))


def _totals(report: Annotated, claims: Sequence[Claim]) -> Iterator[Arithmetic]:
    """Two or three parts of one unit against a total named as such, within three sentences."""
    marks, text = report.marks, report.article.text
    place = {q.id: next((i for i, s in enumerate(marks.sentences) if overlap(s, (q.start, q.end))), -9) for q in marks.quantities}
    for total in marks.quantities:
        bounds = _closed(total)
        if bounds is None or place[total.id] < 0 or total.unit in {"year", "", "1"}:
            continue
        parts = [q for q in marks.quantities if q.unit == total.unit and q is not total and abs(place[q.id] - place[total.id]) <= 3 and _closed(q)]
        named = bool(_TOTAL.search(text, *marks.sentences[place[total.id]]))
        for n in (2, 3):
            for some in combinations(parts, n):
                bounds_of = [b for b in map(_closed, some) if b is not None]
                low, high = sum(b[0] for b in bounds_of), sum(b[1] for b in bounds_of)
                exact = sum(q.value or 0 for q in some) == total.value
                if (
                    (named or _CHANGE.search(" ".join(text[max(0, q.start - 12) : q.end] for q in some)))
                    and exact
                    and len({q.value for q in some}) == n
                ):
                    yield _sum(
                        report,
                        total,
                        claims,
                        "the parts make the total: " + " + ".join(q.text for q in some),
                        " + ".join(q.text for q in some),
                        low,
                        high,
                        total,
                        "consistent",
                    )


def _verdict(got: Interval, stated: Quantity) -> Verdict:
    """Within the stated interval, beside it on the hedge's wrong side, or away from it."""
    low, high = stated.low, stated.high
    if (low is None or got[1] >= low) and (high is None or got[0] <= high):
        return "consistent"
    if stated.hedge and stated.value and abs(got[0] - stated.value) <= 0.05 * stated.value:
        return "hedge-side"
    return "inconsistent"


def _sum(
    report: Annotated,
    about: Quantity,
    claims: Sequence[Claim],
    reading: str,
    working: str,
    low: float,
    high: float,
    stated: Quantity | None,
    verdict: Verdict,
) -> Arithmetic:
    return Arithmetic(
        claim=_claim_of(report, about, claims), reading=reading, working=f"{working} = {low:.4g}–{high:.4g}", low=round(low, 6), high=round(high, 6),
        stated=stated.id if stated else None, verdict=verdict,
    )  # fmt: skip
