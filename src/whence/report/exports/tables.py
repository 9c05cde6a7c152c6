"""A story as flat tables: what spreadsheets, data frames and Parquet hold. Every row that shows words says where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from ...types import Story, Value
from ..figures import VERDICTS
from ..naming import Cast, and_list, cast_of, chain_text, party_name

__all__ = ["TABLES", "Cell", "Column", "Kind", "Table", "tables_of"]

Kind = Literal["text", "whole", "number", "truth"]
Cell = str | int | float | bool | None


class Column(Value):
    """A column's name and what its values are; every column may hold None."""

    name: str
    kind: Kind = "text"


class Table(Value):
    """Rows of the same columns, in the story's order. ``about`` says in a sentence what a row is."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_Rows = list[tuple[Cell, ...]]


def tables_of(story: Story) -> dict[str, Table]:
    """Every table of a story by its name, in the order of ``TABLES``."""
    cast = cast_of(story)
    return {
        name: Table(name=name, about=about, columns=tuple(_column(c) for c in columns.split()), rows=tuple(make(story, cast)))
        for name, (about, columns, make) in _MAKERS.items()
    }


def _column(spec: str) -> Column:
    name, _, sort = spec.partition(":")
    kinds: Mapping[str, Kind] = {"": "text", "i": "whole", "f": "number", "b": "truth"}
    return Column(name=name, kind=kinds[sort])


def _claims(story: Story, cast: Cast) -> _Rows:
    return [
        (
            c.id, c.question, c.relation, c.why, len({x.report for x in c.cells}), c.origins.low, c.origins.best, c.origins.high,
            and_list([party_name(cast, p) for p in c.origins.parties], 99), and_list([party_name(cast, p) for p in c.weakest], 99),
            c.witnesses.low, c.witnesses.high, c.confidence,
        )
        for c in story.claims
    ]  # fmt: skip


def _cells(story: Story, cast: Cast) -> _Rows:
    return [
        (c.id, c.question, x.report, cast.outlets[x.report], x.text, x.basis, chain_text(cast, x.chain), c.relation, x.start, x.end)
        for c in story.claims
        for x in c.cells
    ]


def _reports(story: Story, cast: Cast) -> _Rows:
    return [
        (r.id, cast.outlets[r.id], r.title, r.published, r.language, r.wire, r.related, r.path, r.url, "; ".join(c.text for c in r.credits), len(r.text))
        for r in story.reports
    ]


def _parties(story: Story, cast: Cast) -> _Rows:
    return [(p.id, party_name(cast, p.id), p.kind, "; ".join(p.aliases), p.report) for p in story.parties]


def _attributions(story: Story, cast: Cast) -> _Rows:
    return [
        (
            a.id, a.report, cast.outlets[a.report], a.kind, chain_text(cast, a.chain), a.source.text if a.source else None,
            a.cue.text if a.cue else None, " … ".join(s.text for s in a.content), a.confidence, a.inside,
            a.content[0].start if a.content else None, a.content[-1].end if a.content else None,
        )
        for a in story.attributions
    ]  # fmt: skip


def _quantities(story: Story, cast: Cast) -> _Rows:
    return [(q.id, q.report, cast.outlets[q.report], q.text, q.low, q.value, q.high, q.unit, q.hedge, q.start, q.end) for q in story.quantities]


def _sums(story: Story, cast: Cast) -> _Rows:
    stated = {q.id: q.text for q in story.quantities}
    return [(a.claim, stated.get(a.stated or ""), a.reading, a.working, a.low, a.high, VERDICTS[a.verdict]) for a in story.arithmetic]


def _links(story: Story, cast: Cast) -> _Rows:
    return [
        (
            cast.outlets.get(x.from_, x.from_), cast.outlets.get(x.to, x.to), x.kind, x.directed, x.confidence, x.containment.from_in_to,
            x.containment.to_in_from, len(x.evidence), x.why, x.from_, x.to,
        )
        for x in story.links
    ]  # fmt: skip


def _timeline(story: Story, cast: Cast) -> _Rows:
    return [(d.date, d.text, d.basis, d.report, cast.outlets[d.report], d.start, d.end) for d in story.timeline]


def _notes(story: Story, cast: Cast) -> _Rows:
    said: Sequence[tuple[str, str]] = [(m.kind, m.why) for m in story.remarks]
    return [*(("remark", kind, why) for kind, why in said), *(("not checked", n.check, n.why) for n in story.not_checked)]


_MAKERS: Mapping[str, tuple[str, str, Callable[[Story, Cast], _Rows]]] = {
    "claims": (
        "One question that reports answer, with its origins as an interval.",
        "claim question relation why reports:i origins_low:i origins_best:f origins_high:i origins weakest witnesses_low:i witnesses_high:i confidence:f",
        _claims,
    ),
    "cells": (
        "One report's words on one question.",
        "claim question report outlet words basis chain relation start:i end:i",
        _cells,
    ),
    "reports": ("One report.", "report outlet title published language wire related:b path url credits characters:i", _reports),
    "parties": ("Somebody or something that stands in a chain.", "party name kind aliases report", _parties),
    "attributions": (
        "Who said what by way of whom.",
        "attribution report outlet kind chain source cue content confidence:f inside start:i end:i",
        _attributions,
    ),
    "quantities": ("One number as an interval.", "quantity report outlet words low:f value:f high:f unit hedge start:i end:i", _quantities),
    "sums": ("One reading of a sum, with its working.", "claim stated reading working low:f high:f verdict", _sums),
    "links": (
        "Two reports of which one is made from the other, or both from a third.",
        "from to kind directed:b confidence:f from_in_to:f to_in_from:f passages:i why from_report to_report",
        _links,
    ),
    "timeline": ("One date as EDTF.", "date words basis report outlet start:i end:i", _timeline),
    "notes": ("What a report leaves out of what it draws on, and what was not checked.", "sort kind why", _notes),
}
TABLES: tuple[str, ...] = tuple(_MAKERS)
"""Names of the tables of a story."""
