"""How the cells of a row stand to each other: the first relation that holds, in the order of the marking guide, with its reason in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..types import Annotated, Cell, Relation
from .relation_days import another_day, exacter
from .relation_figures import answering, converted, grown, rounded, slipped, vaguer
from .relation_sides import side_of
from .relation_sources import attribution_dropped, hedge_changed
from .relation_words import differs, more_said, other_quotation, other_words, quote_wording

__all__ = ["relate"]

_SURE = 0.7  # how probable the cells must be to belong together for other words to be another answer
_TESTS = (
    slipped,
    another_day,
    quote_wording,
    grown,
    attribution_dropped,
    hedge_changed,
    more_said,
    exacter,
    vaguer,
    converted,
    rounded,
    differs,
)
_WORDS = (other_quotation, other_words)


def relate(cells: Sequence[Cell], reports: Mapping[str, Annotated], sure: float = 1.0, language: str = "en") -> tuple[Relation, str]:
    """The relation of all cells together and why, in a plain sentence that quotes the words.

    Other words and other days are another answer only where ``sure`` is high. A doubtful cell takes part where it answers by a figure of the same
    thing as another does.
    """
    known = [side_of(c, reports, language) for c in cells]
    taking_part = answering([s for s in known if s.cell.doubtful], [s for s in known if not s.cell.doubtful], language)
    sides = [s for s in known if not s.cell.doubtful or s in taking_part]
    if len(sides) == 1:
        return "only-in", f"only {sides[0].who} has it"
    for test in (*_TESTS, *_WORDS) if sure >= _SURE else (t for t in _TESTS if t is not another_day):
        found = test(sides, language)
        if found is not None:
            return found
    return "same", "the reports say the same in other words"
