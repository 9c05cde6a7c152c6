"""Numbers as a reader wants them: the interval they allow, and sums with their working and verdict."""

from __future__ import annotations

from ..types import Arithmetic, Quantity, ReportId, Story, Value, Verdict
from .naming import Cast
from .plain import clip

__all__ = ["VERDICTS", "Figure", "Reading", "Sum", "figures_of", "number", "range_text", "sums_of"]

VERDICTS: dict[Verdict, str] = {
    "consistent": "consistent",
    "hedge-side": "on the wrong side of its hedge",
    "inconsistent": "does not fit",
    "depends-on-reading": "depends on the reading",
    "not-checkable": "no report states it",
}

_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class Figure(Value, frozen=True, kw_only=True):
    """One number in a report: its words, the interval, its unit and its hedge."""

    report: ReportId
    outlet: str
    start: int
    words: str
    range: str
    hedge: str


class Reading(Value, frozen=True, kw_only=True):
    """One way to understand a sum, what it comes to, and whether that fits what is stated."""

    reading: str
    working: str
    verdict: str


class Sum(Value, frozen=True, kw_only=True):
    """All readings of one sum: what is stated, and for each reading its working, result and verdict."""

    question: str
    claim: str | None
    stated: str
    stated_in: str
    readings: tuple[Reading, ...]
    verdict: str


def number(value: float) -> str:
    """ "1,500", "0.83", "441 million": at most six figures."""
    for size, name in _SIZES:
        if abs(value) >= size:
            return f"{value / size:,.6g} {name}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"


def range_text(low: float | None, high: float | None, unit: str) -> str:
    """ "440.5–441.5 billion KZT", "at least 22 people", "open at both ends"."""
    name = {"1": "", "person": " people"}.get(unit, f" {clip(unit, 30)}")
    if low is None and high is None:
        return f"open at both ends{name and ' ·' + name}"
    if low is None or high is None:
        return (f"at most {number(high)}" if high is not None else f"at least {number(low or 0)}") + name
    if low == high:
        return number(low) + name
    a, b = number(low), number(high)
    size = b.rpartition(" ")[2] if " " in b else ""
    return f"{a.removesuffix(' ' + size) if size and a.endswith(size) else a}–{b}{name}"


def figures_of(story: Story, cast: Cast) -> dict[ReportId, list[Figure]]:
    """Every number by report, in the order of its text; reports without any are left out."""
    out: dict[ReportId, list[Figure]] = {r.id: [] for r in story.reports}
    for q in story.quantities:
        out[q.report].append(_figure(q, cast))
    return {r: sorted(f, key=lambda x: x.start) for r, f in out.items() if f}


def _figure(q: Quantity, cast: Cast) -> Figure:
    words, hedge, allowed = clip(q.text, 120), clip(q.hedge or "", 30), range_text(q.low, q.high, q.unit)
    return Figure(report=q.report, outlet=cast.outlets[q.report], start=q.start, words=words, range=allowed, hedge=hedge)


def _reading(a: Arithmetic) -> Reading:
    result = "" if "=" in a.working or (a.low is None and a.high is None) else f" = {range_text(a.low, a.high, '1')}"
    return Reading(reading=clip(a.reading, 300), working=clip(a.working, 300) + result, verdict=VERDICTS[a.verdict])


def sums_of(story: Story, cast: Cast) -> list[Sum]:
    """The sums, one for each claim and stated number, readings in the story's order."""
    quantities = {q.id: q for q in story.quantities}
    questions = {c.id: c.question for c in story.claims}
    groups: dict[tuple[str | None, str | None], list[Arithmetic]] = {}
    for a in story.arithmetic:
        groups.setdefault((a.claim, a.stated), []).append(a)
    out = []
    for (claim, stated), readings in groups.items():
        said = quantities.get(stated or "")
        verdicts = list(dict.fromkeys(a.verdict for a in readings))
        out.append(Sum(
            question=clip(questions.get(claim or "", ""), 200), claim=claim if claim in questions else None,
            stated=clip(said.text, 120) if said else "", stated_in=cast.outlets[said.report] if said else "",
            readings=tuple(_reading(a) for a in readings),
            verdict=VERDICTS[verdicts[0]] if len(verdicts) == 1 else VERDICTS["depends-on-reading"] if stated else "",
        ))  # fmt: skip
    return out
