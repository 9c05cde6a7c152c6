"""The two front ends together: rules and model read the same text, and each attribution says which of them found it.

The model goes first: what it finds outermost stands, with the rules' borders where they know better. Inside contents it is believed only where
the rules agree. What the rules alone found is added: at a free place, inside a content, or around what the model found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from ..errors import ModelError
from ..text import overlap
from ..types import Heard, Region
from . import rules
from .fronts_borders import CUE, borders, ends_in_cue, peak
from .fronts_confidence import Found, How, confidence

if TYPE_CHECKING:
    from .tagger import Read

__all__ = ["find_heard", "find_heard_all", "inner_cues", "join"]

_SURE = 0.5
"""Least confidence of what the model alone found."""
_FIRM = 0.7
"""Least confidence of a rule for what the model did not find, where it is not at a free place."""
_CUE = 0.5
"""Least probability of a cue where the rules put one, for what overlaps with what the model found."""
_SHARED = 0.2
"""The part of the shorter content from which two attributions are about the same words."""
_WITHIN = 0.8
_ASIDE = 40
"""Characters of a speaker and cue that stand aside, between commas."""
_MARKS = frozenset("\"“”«»„‘'")


def _size(regions: Sequence[Region]) -> int:
    return sum(e - s for s, e in regions)


def _common(a: Sequence[Region], b: Sequence[Region]) -> int:
    """The characters two contents share."""
    return sum(overlap(x, y) for x in a for y in b)


def _within(inner: Sequence[Region], outer: Sequence[Region]) -> bool:
    return bool(inner) and _common(inner, outer) >= _WITHIN * _size(inner)


class _Regions:
    """Regions with a number each, to be asked which of them a region touches."""

    def __init__(self, regions: Iterator[tuple[Region, int]]) -> None:
        self.kept = sorted(regions)
        self.starts = [r[0] for r, _ in self.kept]
        self.reach = list(accumulate((r[1] for r, _ in self.kept), max))

    def touching(self, region: Region) -> Iterator[int]:
        """The numbers of those that share a character with the region, from left to right."""
        stop = bisect_left(self.starts, region[1])
        for i in range(bisect_right(self.reach, region[0], 0, stop), stop):
            if self.kept[i][0][1] > region[0]:
                yield self.kept[i][1]


def _pairs(found: Sequence[Heard], learned: Sequence[Heard]) -> dict[int, int]:
    """For what the model found the number of the rules' attribution with the same cue."""
    cues = _Regions((h.cue, j) for j, h in enumerate(found) if h.cue is not None)
    out: dict[int, int] = {}
    taken: set[int] = set()
    for i, h in enumerate(learned):
        j = None if h.cue is None else next((j for j in sorted(cues.touching(h.cue)) if j not in taken), None)
        if j is None and h.cue is not None and h.source is not None:
            j = next((j for j in sorted(cues.touching(h.source)) if j not in taken and _turned(found[j], h)), None)
        if j is not None:
            out[i] = j
            taken.add(j)
    return out


def _parenthetical(text: str, start: int, end: int) -> bool:
    """True for ", the affidavit states," between two commas."""
    return text[max(0, start - 2) : start] == ", " and text[end : end + 1] == "," and end - start < _ASIDE


def _turned(rule: Heard, model: Heard) -> bool:
    """True where one takes the other's cue for its source or for part of it ("sources from | the Federation affirm", "Top Channel reports | citing")."""
    if rule.source is None or model.cue is None or model.source is None or rule.cue is None:
        return False
    return overlap(rule.source, model.cue) > 0 or ends_in_cue(rule, model)


class _Join:
    """One text while its attributions are put together."""

    def __init__(self, text: str, read: Read, found: Sequence[Heard], learned: Sequence[Heard]) -> None:
        self.text, self.read, self.found, self.learned = text, read, found, learned
        self.pairs = _pairs(found, learned)
        self.outers = {h.inside for h in found if h.inside is not None}
        self.swallowed: set[int] = set()
        self.out: list[Found] = []
        self.by_rule: dict[int, int] = {}  # number of a rule's attribution to its place in ``out``

    def add(self, heard: Heard, how: How, inside: int | None, rule: int | None = None) -> int:
        if rule is not None:
            self.by_rule[rule] = len(self.out)
        self.out.append(Found(msgspec.structs.replace(heard, inside=inside), how, heard.confidence, None if rule is None else self.found[rule]))
        return len(self.out) - 1

    def run(self) -> list[Found]:
        """Everything that is kept."""
        self.from_model()
        self.part()
        self.contents = _Regions((r, k) for k, f in enumerate(self.out) if f.heard.inside is None for r in f.heard.content)
        self.cues = _Regions((f.heard.cue, k) for k, f in enumerate(self.out) if f.heard.inside is None and f.heard.cue is not None)
        for j in range(len(self.found)):
            if j not in self.by_rule and self.found[j].content:
                self.from_rule(j)
        self.settle()
        return self.out

    def from_model(self) -> None:
        """What the model found outermost, alone or with the rules; inside contents only with the rules."""
        places: dict[int, int] = {}
        for i, h in enumerate(self.learned):
            j = self.pairs.get(i)
            if h.inside is None and h.content and h.confidence >= _SURE:
                better = h if j is None else borders(self.text, self.read, self.found[j], h, nested=j in self.outers)
                if j is not None and (outer := self.found[j].inside) is not None and self.swallows(h, outer):
                    self.swallowed.add(outer)
                    better = msgspec.structs.replace(self.found[j], confidence=h.confidence)
                around = None if j is None else self.phrased_inside(j, better)
                places[i] = self.add(better, "model" if j is None else "both" if around is None else "both inside", around, j)
            elif h.inside in places and j is not None and self.found[j].inside is not None:
                places[i] = self.add(msgspec.structs.replace(self.found[j], confidence=h.confidence), "both inside", places[h.inside], j)

    def swallows(self, model: Heard, outer: int) -> bool:
        """True where the model takes for content the source and cue of him in whose words the rules hear it ("The mayor said that, according to …"),
        or for one source him and the next speaker ("According to Cruz, Lund said")."""
        source, cue = self.found[outer].source, self.found[outer].cue
        if source is None or cue is None:
            return False
        return _within([source, cue], model.content) or (model.source is not None and cue[1] <= source[0] and _within([source], [model.source]))

    def phrased_inside(self, j: int, better: Heard) -> int | None:
        """The place of him who says "that, according to Cruz, …", where rules and model hear Cruz and the rules hear him inside."""
        outer = self.found[j].inside
        place = None if outer is None else self.by_rule.get(outer)
        if place is None or better.cue is None or better.source is None or better.cue[1] > better.source[0]:
            return None
        return place if _within([better.cue, *better.content], self.out[place].heard.content) else None

    def settle(self) -> None:
        """Who stands inside a piece of content that now belongs to another stands inside the other's."""
        pieces = _Regions((r, k) for k, f in enumerate(self.out) if f.heard.inside is None and f.heard.cue is not None for r in f.heard.content)
        for k, f in enumerate(self.out):
            if f.heard.inside is None and (holder := self.holder(k, pieces)) is not None:
                self.out[k] = f._replace(heard=msgspec.structs.replace(f.heard, inside=holder))
        for k, f in enumerate(self.out):
            up, cue = f.heard.inside, f.heard.cue
            if up is None or cue is None or _within([cue], self.out[up].heard.content):
                continue
            holders = (n for n, x in enumerate(self.out) if n != k and x.heard.inside is None and _within([cue], x.heard.content))
            self.out[k] = f._replace(heard=msgspec.structs.replace(f.heard, inside=next(holders, up)))

    def holder(self, k: int, pieces: _Regions) -> int | None:
        """In whose one piece of content an outermost attribution stands whole: he reports what it says."""
        h = self.out[k].heard
        if h.source is None or h.cue is None or not h.content:
            return None
        first, last = min(h.source[0], h.cue[0], h.content[0][0]), max(h.source[1], h.cue[1], h.content[-1][1])
        for n in pieces.touching(h.cue):
            if n != k and any(a <= first and last <= b for a, b in self.out[n].heard.content):
                return n
        return None

    def part(self) -> None:
        """A piece of content that the model gave to one cue and the rules to another goes to the rules' alone."""
        owners = _Regions((r, j) for j, h in enumerate(self.found) if h.inside is None for r in h.content)
        for k, f in enumerate(self.out):
            if f.heard.inside is not None or len(f.heard.content) < 2:
                continue
            rest = tuple(r for r in f.heard.content if not self.belongs_elsewhere(r, f, owners))
            if rest and len(rest) < len(f.heard.content):
                self.out[k] = f._replace(heard=msgspec.structs.replace(f.heard, content=rest))

    def belongs_elsewhere(self, piece: Region, f: Found, owners: _Regions) -> bool:
        """True for a piece that the rules have whole as content of another cue, and not of this one."""
        if f.rule is None or f.heard.cue is None or _common([piece], f.rule.content):
            return False
        quoted = self.text[piece[0]] in _MARKS
        if quoted and not any(r[0] > f.heard.cue[1] > piece[1] and self.text[r[0]] not in _MARKS for r in f.heard.content):
            return False
        return any(_within([piece], self.found[j].content) and self.found[j].confidence >= _FIRM for j in owners.touching(piece))

    def from_rule(self, j: int) -> None:
        """What the rules alone found, where it goes with what stands already."""
        h = self.found[j]
        touched = list(dict.fromkeys(k for r in h.content for k in self.contents.touching(r)))
        outer = next((k for k in self.contents.touching(h.cue)), None) if h.cue is not None else None
        if outer is not None and not _within([h.cue] if h.cue else [], self.out[outer].heard.content):
            outer = None
        if outer is not None:
            if h.source is not None and h.confidence >= _FIRM and _within(h.content, self.out[outer].heard.content):
                self.add(h, "rule inside", outer, j)
        elif h.inside is not None:
            if h.inside in self.by_rule and h.confidence >= _FIRM:
                self.add(h, "rule inside", self.by_rule[h.inside], j)
        elif not any(_common(h.content, c) > _SHARED * min(_size(h.content), _size(c)) for c in (self.out[k].heard.content for k in touched)):
            self.add(h, "rule", None, j)
        elif h.confidence >= _FIRM and (peak(self.read, h.cue, CUE) >= _CUE or self.relays(j)):
            self.around(j, touched)

    def relays(self, j: int) -> bool:
        """True for "…, X said, N reports" and "X, N reports, said": the rules hear X inside what N reports, and the model heard X alone."""
        cue = self.found[j].cue
        source = self.found[j].source
        if j in self.outers and cue is not None and source is not None and source[1] < cue[0] and _parenthetical(self.text, source[0], cue[1]):
            return True
        return j in self.swallowed or (
            j in self.outers and cue is not None and self.text[slice(*cue)].lower() in ("reports", "reported", "has reported", "had reported")
        )

    def around(self, j: int, touched: Sequence[int]) -> None:
        """What the rules found around attributions of the model, or on the same words: a piece of these that it takes whole is its own."""
        h = self.found[j]
        inner = [k for r in h.content for k in self.cues.touching(r)]
        inner = [k for k in dict.fromkeys(inner) if self.out[k].heard.inside is None and _within(self.out[k].heard.content, h.content)]
        place = self.add(h, "rule around" if inner else "rule beside", None, j)
        for k in touched if not inner else ():
            rest = tuple(c for c in self.out[k].heard.content if not _within([c], h.content))
            if rest:
                self.out[k] = self.out[k]._replace(heard=msgspec.structs.replace(self.out[k].heard, content=rest))
        for k in inner:
            self.out[k] = self.out[k]._replace(heard=msgspec.structs.replace(self.out[k].heard, inside=place))


def join(text: str, read: Read, found: Sequence[Heard], learned: Sequence[Heard]) -> list[Found]:
    """What rules and model found in a text that the model has read, as one list; ``inside`` counts in that list."""
    return _Join(text, read, found, learned).run()


def inner_cues(found: Sequence[Heard]) -> list[int]:
    """Where the rules hear somebody inside a content: only there the model is asked too."""
    return sorted(h.cue[0] for h in found if h.cue is not None and h.inside is not None)


def find_heard(text: str, paragraphs: Sequence[Region]) -> tuple[tuple[Heard, ...], str | None]:
    """Every attribution of a text; and why the model did not run, or None where it did."""
    return find_heard_all([(text, paragraphs)])[0]


def find_heard_all(texts: Sequence[tuple[str, Sequence[Region]]]) -> list[tuple[tuple[Heard, ...], str | None]]:
    """Each text as ``find_heard`` has it; the model reads them side by side."""
    found = [rules.find_heard(text, paragraphs) for text, paragraphs in texts]
    try:
        from . import tagger

        model = tagger.load()
    except (ModelError, OSError) as error:
        return [(f, str(error)) for f in found]
    reads = tagger.read_all(model, texts)
    learned = tagger.heard_in_all(model, [(t, r, inner_cues(f)) for (t, _), r, f in zip(texts, reads, found, strict=True)])
    out: list[tuple[tuple[Heard, ...], str | None]] = []
    for (text, _), seen, f, heard in zip(texts, reads, found, learned, strict=True):
        joined = join(text, seen, f, heard)
        out.append((tuple(msgspec.structs.replace(x.heard, confidence=confidence(x, seen)) for x in joined), None))
    return out
