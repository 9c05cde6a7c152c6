"""Words of two cells: one quotation in other words, more said, a denial, other names."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import combinations

from .. import expressions as re
from ..lang import load
from ..text import folded_words
from ..types import Quantity
from .quotes import compare_quotes, same_utterance
from .relation_figures import unlike
from .relation_sides import Found, Side
from .scales import meet, scale
from .stems import stem, stopwords

__all__ = ["differs", "more_said", "other_quotation", "other_words", "quote_wording"]

_UTTERANCE = 5  # words a quotation needs to be held against another
_COMMON = 0.3  # the share of the shorter cell's content that the other must have for both to say the same
_FEW = 2  # words more or less that make no shorter quotation
_DENIED = 0.5  # the share of the shorter cell's content that the other must have for a negation to be of the same thing
_SPECIFIC = 0.6  # the share of the vaguer cell's content that the more specific one repeats


def quote_wording(sides: Sequence[Side], language: str) -> Found:
    """The same quotation, other words inside the marks."""
    for a, b in combinations(sides, 2):
        variant = compare_quotes(a.quotation, b.quotation, language)
        if variant is None:
            continue
        left, right = (sum(len(folded_words(c[n])) for c in variant.changes) for n in (0, 1))
        if variant.kind == "shortened" and (variant.within or left + right > _FEW):
            how = "cuts the quotation inside a sentence" if variant.within else "quotes less"
            short, long, n = (a, b, 1) if left < right else (b, a, 0)
            return "quote-wording", f"{short.who} {how}: {long.who} has “{_joined(variant.changes, n)}” as well"
        if variant.kind != "shortened" and left and right:
            swapped = [c for c in variant.changes if all(c) or len(folded_words("".join(c))) <= _FEW]
            told = swapped if _joined(swapped, 0) and _joined(swapped, 1) else variant.changes
            return "quote-wording", f"inside the quotation marks {a.who} has “{_joined(told, 0)}” where {b.who} has “{_joined(told, 1)}” ({variant.kind})"
    return None


def _joined(changes: Sequence[tuple[str, str]], side: int) -> str:
    """What one quotation has, in its order; dots stand for what both have."""
    return " … ".join(c[side] for c in changes if c[side])


def more_said(sides: Sequence[Side], language: str) -> Found:
    """One cell repeats most of another and says as much again."""
    small, large = (f(range(len(sides)), key=lambda i: (len(sides[i].stems), i)) for f in (min, max))
    few, many = sides[small].stems, sides[large].stems
    if small == large or not few or (sides[small].quotation and sides[large].quotation) or _agreed(sides[small], sides[large]):
        return None
    if len(few & many) >= _SPECIFIC * len(few) and len(many - few) >= max(4, len(few)):
        return "more-specific", f"{sides[large].who} says more than {sides[small].who}: “{sides[large].cell.text}”"
    return None


def _agreed(a: Side, b: Side) -> bool:
    """They have a figure in common: that is what the row is of."""
    return any(meet(p, q) or (p.value == q.value and _counts(p, q)) for p in a.figures for q in b.figures)


def _counts(p: Quantity, q: Quantity) -> bool:
    """Both are numbers of things, whatever each report calls them."""
    return not any(x.unit == "1" or scale(x.unit) or re.fullmatch("[A-Z]{3}", x.unit) for x in (p, q))


def differs(sides: Sequence[Side], language: str) -> Found:
    """Another figure, or a negation that one has and the other has not."""
    found = unlike(sides, language)
    if found is not None:
        a, p, b, q = found
        return "differs", f"“{p.text}” in {a.who}, “{q.text}” in {b.who}"
    table = set(load(language, "compare")["negations"]["words"])
    stop = stopwords(language) | table
    said = [{stem(w) for w in s.words if w not in stop} for s in sides]
    denied = [bool(table & set(folded_words(_empty_negations(language).sub(" ", s.cell.text)))) for s in sides]
    for (a, x, no), (b, y, also) in combinations(zip(sides, said, denied, strict=True), 2):
        if no != also and len(x & y) >= _DENIED * min(len(x), len(y)):
            here, there = (a, b) if no else (b, a)
            return "differs", f"{here.who} has a negation that {there.who} has not"
    return None


def other_quotation(sides: Sequence[Side], language: str) -> Found:
    """What one speaker said, in quotation marks on both sides, in wholly other words: heard or translated twice."""
    quoting = [s for s in sides if len(s.quotation.split()) >= _UTTERANCE and 2 * len(s.quotation) >= s.cell.end - s.cell.start]
    for a, b in combinations(quoting, 2):
        if a.cell.chain[-1] == b.cell.chain[-1] and not same_utterance(a.quotation, b.quotation):
            return "quote-wording", f"{a.who} quotes “{a.quotation}”, {b.who} “{b.quotation}”"
    return None


def other_words(sides: Sequence[Side], language: str) -> Found:
    """Two cells have hardly a word and no figure in common: whatever each says, they do not say the same."""
    for a, b in combinations(sides, 2):
        if len(a.stems & b.stems) < _COMMON * min(len(a.stems), len(b.stems)) and not _agreed(a, b):
            return "differs", f"{a.who} says “{a.cell.text}”, {b.who} “{b.cell.text}”"
    return None


@functools.cache
def _empty_negations(language: str) -> re.Pattern[str]:
    """Negations that deny nothing: "not only", "no fewer than", "no doubt"."""
    phrases = load(language, "compare")["negations"]["empty"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in phrases)})\b", re.IGNORECASE)
