"""Two versions of one quotation, word by word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Literal

from .. import expressions as re
from ..lang import load
from ..text import folded_words, paragraphs, words
from ..types import Region, Value

__all__ = ["Variant", "compare_quotes", "quotation", "quotation_in", "same_utterance"]

VariantKind = Literal["typographic", "spelling", "shortened", "cleaned", "translated", "merged", "material"]
_MARKED = re.compile(r"(?:[“«]|(?<!\w)\"(?=\S)|'')(?P<words>(?:(?!'')[^“”\"«»]){3,})(?:[”\"»]|'')?")
_BRACKETS = re.compile(r"\s*\[[^\]]*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\.\.)\s+")
_SAME_SPEECH = 0.45
_ONE_UTTERANCE = 0.7
_DENSE = 0.3  # the least share that common words may have of the stretch they stand in: a short quotation's small words stand here and there in any long one
_SHORT = 2  # words put in or left out that change a sense rather than shorten a quotation


class Variant(Value):
    """How two quotations of one utterance differ: the kind, and in order what each has where the other has something else or nothing, in its own letters.

    ``within``: the shorter leaves words out inside a sentence.
    """

    kind: VariantKind
    changes: tuple[tuple[str, str], ...]
    likeness: float
    within: bool = False


def quotation(text: str) -> str:
    """What stands between quotation marks, joined; empty if nothing does."""
    return " ".join(m["words"].strip() for m in _MARKED.finditer(text))


def quotation_in(text: str, region: Region) -> str:
    """The sentences between quotation marks that share a character with the region, each whole though the region cuts it, joined."""
    found = []
    for a, b in paragraphs(text):
        if a < region[1] and region[0] < b:
            for m in _MARKED.finditer(text, a, b):
                found += [text[s:e] for s, e in _sentences(text, m.span("words")) if s < region[1] and region[0] < e]
    return " ".join(found)


def _sentences(text: str, region: Region) -> Iterator[Region]:
    start = region[0]
    for m in _SENTENCE_END.finditer(text, *region):
        yield start, m.start()
        start = m.end()
    if start < region[1]:
        yield start, region[1]


def same_utterance(a: str, b: str) -> bool:
    """True where the shorter quotation's words stand in the longer in their order, but for a few."""
    one, two = folded_words(_BRACKETS.sub("", a)), folded_words(_BRACKETS.sub("", b))
    match = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return sum(block.size for block in match.get_matching_blocks() if block.size > 1) >= _ONE_UTTERANCE * max(1, min(len(one), len(two)))


def compare_quotes(a: str, b: str, language: str = "en") -> Variant | None:
    """How two quotations differ; None where they are the same to the letter or are not of one utterance."""
    if not a or not b or a == b:
        return None
    plain_a, plain_b = _BRACKETS.sub("", a), _BRACKETS.sub("", b)
    one, two = folded_words(plain_a), folded_words(plain_b)
    match = difflib.SequenceMatcher(None, one, two, autojunk=False)
    blocks = [block for block in match.get_matching_blocks() if block.size]
    shared = sum(block.size for block in blocks)
    likeness = shared / max(1, min(len(one), len(two)))
    if likeness < _SAME_SPEECH or shared < 3 or shared < _DENSE * max(blocks[-1].a - blocks[0].a, blocks[-1].b - blocks[0].b):
        return None
    changed = [(i, j, k, m) for tag, i, j, k, m in match.get_opcodes() if tag != "equal"]
    kind = _kind([(tuple(one[i:j]), tuple(two[k:m])) for i, j, k, m in changed], a, b, language)
    in_a, in_b = list(words(plain_a)), list(words(plain_b))
    changes = tuple((_run(plain_a, in_a[i:j]), _run(plain_b, in_b[k:m])) for i, j, k, m in changed)
    return Variant(kind=kind, changes=changes, likeness=round(likeness, 3), within=_cut_within(a, b))


def _run(text: str, regions: Sequence[Region]) -> str:
    return text[regions[0][0] : regions[-1][1]] if regions else ""


def _cut_within(a: str, b: str) -> bool:
    """True where the shorter quotation has some of the words of a sentence of the longer one and leaves out others."""
    short, long = sorted((a, b), key=len)
    few = folded_words(_BRACKETS.sub("", short))
    for sentence in _SENTENCE_END.split(_BRACKETS.sub("", long)):
        whole = folded_words(sentence)
        blocks = difflib.SequenceMatcher(None, few, whole, autojunk=False).get_matching_blocks()
        shared = sum(x.size for x in blocks if x.size > _SHORT)
        if 0 < shared <= len(whole) - _SHORT:
            return True
    return False


def _kind(changes: list[tuple[tuple[str, ...], tuple[str, ...]]], a: str, b: str, language: str) -> VariantKind:
    if not changes:
        return "cleaned" if ("[" in a) != ("[" in b) else "typographic"
    table = load(language, "compare")
    weighty = {*table["negations"]["words"], *table["hedges"]["words"], *load(language, "quantities")["number_words"]}
    swapped = [c for c in changes if c[0] and c[1]]
    weighed = [set(x) ^ set(y) for x, y in changes if (x and y) or len(x) + len(y) <= _SHORT]
    if any(w in weighty or w[:1].isdigit() for change in weighed for w in change):
        return "material"
    if not swapped:
        return "shortened"
    if all(_near(x, y) for x, y in swapped):
        return "spelling"
    return "translated" if len(swapped) > 1 or sum(len(x) + len(y) for x, y in swapped) > 4 else "cleaned"


def _near(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    return difflib.SequenceMatcher(None, "".join(x), "".join(y)).ratio() > 0.8
