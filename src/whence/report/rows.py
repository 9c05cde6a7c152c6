"""The claims side by side, as every form of the report shows them: one row a question, in each the reports' own words."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Cell, Claim, Region, ReportId, Story, Value
from .naming import BASIS, RELATIONS, Cast, chain_text, is_difference, is_doubtful, origins_text, weakest_text, witnesses_text
from .plain import clip, one_line, shown
from .wording import different_words

__all__ = ["Answer", "Row", "alike", "reports_in_order", "rows_of", "solitary_of"]

_LONGEST_CELL = 700
_UNSURE = ", if these answer one question"
_DOUBTFUL = " (doubtful)"  # it may answer another question: nothing is counted on it
_MARKED = ("quote-wording", "evolving", "rounding")


class Answer(Value, frozen=True, kw_only=True):
    """One report's words on one question. ``pieces`` are the same words, cut where they differ from the others' (True)."""

    report: ReportId
    outlet: str
    start: int
    words: str
    pieces: tuple[tuple[str, bool], ...]
    chain: str
    basis: str


class Row(Value, frozen=True, kw_only=True):
    """One question with the answers of all reports that have one, in the order of the reports."""

    id: str
    question: str
    sign: str
    label: str
    relation: str
    differs: bool
    why: str
    origins: str
    witnesses: str
    weakest: str
    answers: tuple[Answer, ...]


def reports_in_order(story: Story) -> list[ReportId]:
    """Reports in the order of their dates, those without one last, ties as given; as given where fewer than two have one."""
    given = [(r.id, r.published) for r in story.reports]
    if sum(p is not None for _, p in given) < 2:
        return [r for r, _ in given]
    return [r for r, _ in sorted(given, key=lambda x: (x[1] is None, x[1] or ""))]


def rows_of(story: Story, cast: Cast) -> list[Row]:
    """The rows that several reports share, and those one report answers twice, in the story's order."""
    order = reports_in_order(story)
    return [_row(c, cast, order) for c in story.claims if len(c.cells) > 1]


def solitary_of(story: Story, cast: Cast) -> dict[ReportId, list[Row]]:
    """What only one report says, by report, in the order of its text."""
    order = reports_in_order(story)
    alone: dict[ReportId, list[tuple[int, Row]]] = {r: [] for r in order}
    for c in story.claims:
        if len(c.cells) == 1 and c.cells[0].report in alone:
            alone[c.cells[0].report].append((c.cells[0].start, _row(c, cast, order)))
    return {r: [row for _, row in sorted(rows, key=lambda x: x[0])] for r, rows in alone.items() if rows}


def alike(answers: Sequence[Answer], *, words: bool = True, chain: bool = True) -> list[list[Answer]]:
    """Answers in groups that have the same words, or the same chain, or both; the groups in the order of their first answer."""
    groups: dict[tuple[str, ...], list[Answer]] = {}
    for a in answers:
        groups.setdefault((a.words if words else "", *((a.chain, a.basis) if chain else ())), []).append(a)
    return list(groups.values())


def _row(claim: Claim, cast: Cast, order: Sequence[ReportId]) -> Row:
    cells = sorted((c for c in claim.cells if c.report in order), key=lambda c: (order.index(c.report), c.start))
    texts = [_words(c.text) for c in cells]
    marks = different_words(texts, always=claim.relation == "quote-wording") if claim.relation in _MARKED else [() for _ in cells]
    sign, label = RELATIONS[claim.relation]
    return Row(
        id=claim.id, question=clip(claim.question, 200), sign=sign, label=label + (_UNSURE if is_doubtful(claim) else ""), relation=claim.relation,
        differs=is_difference(claim),
        why=clip(claim.why, 500), origins=origins_text(claim.origins), witnesses=witnesses_text(claim.witnesses), weakest=weakest_text(cast, claim),
        answers=tuple(_answer(c, t, m, cast) for c, t, m in zip(cells, texts, marks, strict=True)),
    )  # fmt: skip


def _answer(cell: Cell, text: str, marks: Sequence[Region], cast: Cast) -> Answer:
    return Answer(
        report=cell.report, outlet=cast.outlets[cell.report] + (_DOUBTFUL if cell.doubtful else ""), start=cell.start, words=text,
        pieces=_pieces(text, marks),
        chain=chain_text(cast, cell.chain[1:]), basis=BASIS[cell.basis],
    )  # fmt: skip


def _words(text: str) -> str:
    return one_line(text) if len(text) <= _LONGEST_CELL else one_line(shown(text[: _LONGEST_CELL - 1])) + "…"


def _pieces(text: str, marks: Sequence[Region]) -> tuple[tuple[str, bool], ...]:
    out, at = [], 0
    for a, b in marks:
        out += [(text[at:a], False), (text[a:b], True)]
        at = b
    return tuple((t, m) for t, m in [*out, (text[at:], False)] if t)
