"""How the cells of a row stand to each other: the first relation that holds, in the order of the marking guide, with its reason in one sentence."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from itertools import combinations, permutations
from pathlib import PurePath

from ..lang import load
from ..text import folded_words, overlap
from ..types import Annotated, Cell, Quantity, Relation
from .quotes import compare_quotes, quotation
from .scales import in_unit, meet
from .stems import stem, stopwords

__all__ = ["quantities_in", "relate"]

_DENIED = 0.5  # the share of the shorter cell's content that the other must have for a negation to be of the same thing
_SPECIFIC = 0.6  # the share of the vaguer cell's content that the more specific one repeats


def relate(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str = "en") -> tuple[Relation, str]:
    """The relation of all cells together and why, in a plain sentence that quotes the words."""
    if len(cells) == 1:
        return "only-in", f"only {_who(cells[0], reports)} has it"
    tests = (
        _slipped, _quote_wording, _figures_that_may_grow, _attribution_dropped, _hedge_changed, _more_specific,
        _exacter_date, _converted, _rounding, _differs,
    )  # fmt: skip
    for test in tests:
        found = test(cells, reports, language)
        if found is not None:
            return found
    return "same", "the reports say the same in other words"


def quantities_in(cell: Cell, reports: Mapping[str, Annotated]) -> tuple[Quantity, ...]:
    """The quantities of a cell's words."""
    return tuple(q for q in reports[cell.report].marks.quantities if overlap((q.start, q.end), (cell.start, cell.end)))


def _who(cell: Cell, reports: Mapping[str, Annotated]) -> str:
    article = reports[cell.report].article
    return article.outlet.value if article.outlet else PurePath(article.path).name


def _quote_wording(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str) -> tuple[Relation, str] | None:
    for a, b in combinations(cells, 2):
        variant = compare_quotes(quotation(_widened(a, reports)), quotation(_widened(b, reports)), language)
        if variant is not None and variant.kind == "shortened" and variant.within:
            short, long = (a, b) if len(variant.left) < len(variant.right) else (b, a)
            left_out = " ".join(variant.left if len(variant.left) > len(variant.right) else variant.right)
            return "quote-wording", f"{_who(short, reports)} cuts the quotation inside a sentence: {_who(long, reports)} has “{left_out}” as well"
        if variant is not None and variant.kind != "shortened" and variant.left and variant.right:
            left, right = " ".join(variant.left), " ".join(variant.right)
            return (
                "quote-wording",
                f"inside the quotation marks {_who(a, reports)} has “{left}” where {_who(b, reports)} has “{right}” ({variant.kind})",
            )
    return None


def _widened(cell: Cell, reports: Mapping[str, Annotated]) -> str:
    """The cell with the quotation marks that stand just outside it."""
    text = reports[cell.report].article.text
    return text[max(0, cell.start - 1) : cell.end + 1]


def _unlike(cells: Sequence[Cell], reports: Mapping[str, Annotated]) -> tuple[Cell, Quantity, Cell, Quantity] | None:
    """Two cells whose figures of one unit exclude each other, where no other figures of theirs agree."""
    for a, b in combinations(cells, 2):
        pairs = [(p, q) for p in quantities_in(a, reports) for q in quantities_in(b, reports) if p.unit and in_unit(q, p.unit) is not None]
        apart = [(p, q) for p, q in pairs if not meet(p, q) or _other_bound(p, q)]
        if apart and len(apart) == len(pairs):
            return a, apart[0][0], b, apart[0][1]
    return None


def _slipped(cells: Sequence[Cell], reports: Mapping[str, Annotated], _: str) -> tuple[Relation, str] | None:
    """The same digits of the same unit at another power of ten: they cannot both be true of one thing."""
    for a, b in combinations(cells, 2):
        for p in quantities_in(a, reports):
            for q in quantities_in(b, reports):
                if p.unit and p.unit == q.unit and p.value and q.value and p.value != q.value and _digits(p.value) == _digits(q.value) != _digits(p.value)[:1]:
                    return "conflicting", f"“{p.text}” in {_who(a, reports)}, “{q.text}” in {_who(b, reports)}: the same digits at another scale"
    return None


def _digits(value: float) -> str:
    """The stated digits of a number, without its noughts at either end."""
    return f"{value:.12g}".split("e")[0].replace(".", "").strip("0-")


def _other_bound(p: Quantity, q: Quantity) -> bool:
    """Two open counts ("at least nine", "at least fourteen") that are not one."""
    open_ends = (p.low is None) == (q.low is None) and (p.high is None) == (q.high is None) and (p.low is None or p.high is None)
    return open_ends and p.unit == q.unit and p.value is not None and q.value is not None and abs(p.value - q.value) > 0.1 * max(p.value, q.value)


def _figures_that_may_grow(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str) -> tuple[Relation, str] | None:
    unlike = _unlike(cells, reports)
    if unlike is None:
        return None
    a, p, b, q = unlike
    said = {w for c in cells for w in folded_words(c.text)}
    growing = sorted(said & set(load(language, "compare")["evolving"]["words"]))
    if not growing or p.unit in {"year", "1"} or re.fullmatch(r"[A-Z]{3}", p.unit):
        return None
    return "evolving", f"“{p.text}” in {_who(a, reports)}, “{q.text}” in {_who(b, reports)}: a later report may count more"


def _attribution_dropped(cells: Sequence[Cell], reports: Mapping[str, Annotated], _: str) -> tuple[Relation, str] | None:
    named = [(c, _source_here(c, reports)) for c in cells]
    full = [(c, source) for c, source in named if source]
    cited = {p for other, _ in full for p in other.chain[1:]}
    bare = [c for c, source in named if source is None and c.chain[0] not in cited and not _of_its_own(c, reports)]  # who is cited is no relay
    for c in bare:
        for other, source in full:
            if not _names(c, source, reports):
                return "attribution-dropped", f"{_who(other, reports)} attributes it to “{source}”; {_who(c, reports)} states it without a source"
    return None


def _names(cell: Cell, source: str, reports: Mapping[str, Annotated]) -> bool:
    """The sentences the cell stands in name whom another report gives as the source: they tell what he did, not what they know from nobody."""
    report = reports[cell.report]
    here = " ".join(report.article.text[a:b] for a, b in report.marks.sentences if overlap((a, b), (cell.start, cell.end)))
    names = [w for w in re.findall(r"\b[A-Z][\w’'-]{3,}", source) if w.lower() not in stopwords("en")]
    return bool(names) and all(re.search(rf"\b{re.escape(w)}", here) for w in names)


def _of_its_own(cell: Cell, reports: Mapping[str, Annotated]) -> bool:
    """The report is a body's own statement: what it states of its own doing needs no source."""
    marks = reports[cell.report].marks
    return any(p.id == marks.own and p.kind == "organisation" for p in marks.parties)


def _source_here(cell: Cell, reports: Mapping[str, Annotated]) -> str | None:
    """The words that name the cell's source in the sentences it stands in, or anywhere where it is a quotation; "" where a cue stands without a source."""
    marks = reports[cell.report].marks
    here = [s for s in marks.sentences if overlap(s, (cell.start, cell.end))] or [(cell.start, cell.end)]
    for a in marks.attributions:
        if any(2 * overlap((c.start, c.end), (cell.start, cell.end)) >= min(cell.end - cell.start, c.end - c.start) for c in a.content):
            near = [x for x in (a.source, a.cue) if x is not None and (a.kind == "direct" or any(overlap((x.start, x.end), s) for s in here))]
            if near:
                return a.source.text if a.source is not None and (a.source in near or a.cue in near) else ""
    return None


def _hedge_changed(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str) -> tuple[Relation, str] | None:
    table = set(load(language, "compare")["hedges"]["words"])
    hedges = [{w for w in folded_words(c.text) if w in table} for c in cells]
    figures = [{q.hedge for q in quantities_in(c, reports)} for c in cells]
    for (a, x, m), (b, y, n) in combinations(zip(cells, hedges, figures, strict=True), 2):
        if bool(x) != bool(y):
            hedge = sorted(x or y)[0]
            here, there = (a, b) if x else (b, a)
            return "hedge-changed", f"{_who(here, reports)} says “{hedge}”; {_who(there, reports)} does not"
        if m and n and (m == {None}) != (n == {None}):
            hedge = sorted(h for h in m | n if h)[0]
            here, there = (a, b) if hedge in m else (b, a)
            return "hedge-changed", f"{_who(here, reports)} says “{hedge}” of the figure; {_who(there, reports)} does not"
    return None


def _more_specific(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str) -> tuple[Relation, str] | None:
    stop = stopwords(language)
    stems = [{stem(w) for w in folded_words(c.text) if w not in stop} for c in cells]
    small, large = (f(range(len(cells)), key=lambda i: (len(stems[i]), i)) for f in (min, max))
    if small == large or not stems[small]:
        return None
    extra = stems[large] - stems[small]
    if len(stems[small] & stems[large]) >= _SPECIFIC * len(stems[small]) and len(extra) >= max(4, len(stems[small])):
        return "more-specific", f"{_who(cells[large], reports)} says more than {_who(cells[small], reports)}: “{cells[large].text}”"
    return None


def _exacter_date(cells: Sequence[Cell], reports: Mapping[str, Annotated], _: str) -> tuple[Relation, str] | None:
    """One cell says the year or the month, another the day of it."""
    dates = [{d.date: d.text for d in reports[c.report].marks.timeline if overlap((d.start, d.end), (c.start, c.end))} for c in cells]
    for (a, x), (b, y) in permutations(zip(cells, dates, strict=True), 2):
        for date, text in x.items():
            exact = next((other for other in y if other.startswith(date + "-") and "/" not in other), None)
            if exact is not None and not any(other.startswith(date + "-") for other in x):
                return "more-specific", f"{_who(b, reports)} has “{y[exact]}” where {_who(a, reports)} has “{text}”"
    return None


def _converted(cells: Sequence[Cell], reports: Mapping[str, Annotated], _: str) -> tuple[Relation, str] | None:
    for a, b in combinations(cells, 2):
        left, right = quantities_in(a, reports), quantities_in(b, reports)
        for p in left:
            for q in right:
                if p.unit != q.unit and in_unit(q, p.unit) is not None and meet(p, q) and p.unit not in {x.unit for x in right}:
                    return "converted", f"“{p.text}” and “{q.text}” are the same in other units"
    return None


def _rounding(cells: Sequence[Cell], reports: Mapping[str, Annotated], _: str) -> tuple[Relation, str] | None:
    for a, b in combinations(cells, 2):
        for p in quantities_in(a, reports):
            for q in quantities_in(b, reports):
                if p.unit == q.unit and p.unit and p.value is not None and q.value is not None and p.value != q.value and meet(p, q):
                    return "rounding", f"“{p.text}” and “{q.text}” are the same figure, rounded differently"
    return None


def _plain_negations(text: str, language: str) -> str:
    """The text without the negations that deny nothing: "not only", "no fewer than", "no doubt"."""
    return _empty_negations(language).sub(" ", text)


@functools.cache
def _empty_negations(language: str) -> re.Pattern[str]:
    phrases = load(language, "compare")["negations"]["empty"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in phrases)})\b", re.IGNORECASE)


def _differs(cells: Sequence[Cell], reports: Mapping[str, Annotated], language: str) -> tuple[Relation, str] | None:
    unlike = _unlike(cells, reports)
    if unlike is not None:
        a, p, b, q = unlike
        return "differs", f"“{p.text}” in {_who(a, reports)}, “{q.text}” in {_who(b, reports)}"
    table = set(load(language, "compare")["negations"]["words"])
    stop = stopwords(language) | table
    said = [{stem(w) for w in folded_words(c.text) if w not in stop} for c in cells]
    denied = [bool(table & set(folded_words(_plain_negations(c.text, language)))) for c in cells]
    for (a, x, no), (b, y, also) in combinations(zip(cells, said, denied, strict=True), 2):
        if no != also and len(x & y) >= _DENIED * min(len(x), len(y)):
            here, there = (a, b) if no else (b, a)
            return "differs", f"{_who(here, reports)} has a negation that {_who(there, reports)} has not"
    return None
