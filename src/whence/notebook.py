"""A story as Python and notebooks meet it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from .errors import InputError, MissingExtra
from .pipeline import brief
from .report.exports import Graph, graph_of, tables_of
from .types import Refused, Story

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["LineageView", "StoryView", "view"]


class LineageView(Graph, frozen=True, kw_only=True):
    """Who has each claim from whom, as vertices and edges, and as networkx knows graphs."""

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A directed multigraph: a node a party, an edge a step of a chain, from the party that tells to the one it has it from.

        Needs networkx (``pip install 'whence[notebook]'``); node and edge attributes are the fields of ``Vertex`` and ``Edge``.
        """
        try:
            import networkx
        except ImportError:
            raise MissingExtra("to_networkx()", "notebook") from None
        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        for v in self.vertices:
            graph.add_node(v.id, **_without(msgspec.structs.asdict(v), "id"))
        for e in self.edges:
            graph.add_edge(e.downstream, e.upstream, **_without(msgspec.structs.asdict(e), "downstream", "upstream"))
        return graph


class StoryView(Story, frozen=True, kw_only=True):
    """A story that a notebook can show, with what was refused beside it."""

    refused: tuple[Refused, ...] = ()

    def _repr_html_(self) -> str:
        from .report import to_html

        return to_html(self)

    @property
    def graph(self) -> LineageView:
        """Who has each claim from whom: ``story.graph.to_networkx()``, or its vertices and edges as they are."""
        found = graph_of(self)
        return LineageView(vertices=found.vertices, edges=found.edges)

    def to_frame(self, table: str = "cells") -> pandas.DataFrame:
        """One of the story's tables (as ``whence export --table``) as a data frame: a column a field, offsets in code points.

        Needs pandas (``pip install 'whence[notebook]'``); raises InputError for a table that is not known.
        """
        try:
            import pandas
        except ImportError:
            raise MissingExtra("to_frame()", "notebook") from None
        tables = tables_of(self)
        if table not in tables:
            raise InputError(table, f"no such table: one of {', '.join(tables)}")
        found = tables[table]
        kinds = {"text": "string", "whole": "Int64", "number": "Float64", "truth": "boolean"}
        frame = pandas.DataFrame(list(found.rows), columns=[c.name for c in found.columns])
        return frame.astype({c.name: kinds[c.kind] for c in found.columns})


def view(specs: Sequence[str]) -> StoryView:
    """The story of the given reports; InputError names the first refusal where nothing could be read."""
    result = brief(specs)
    if result.story is None:
        first = result.refused[0] if result.refused else Refused(path="(nothing)", why="no report was given")
        raise InputError(first.path, first.why, line=first.line)
    return StoryView(**msgspec.structs.asdict(result.story), refused=result.refused)


def _without(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {k: v for k, v in fields.items() if k not in names}
