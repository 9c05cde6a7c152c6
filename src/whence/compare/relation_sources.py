"""Who says it, and how surely: an attribution that one cell's sentence has and another's lacks, a hedge dropped or added."""

from __future__ import annotations

import functools
from collections.abc import Sequence, Set
from itertools import combinations

from .. import expressions as re
from ..lang import load
from ..text import folded_words, overlap, words
from ..types import Attribution
from .relation_sides import Found, Side
from .scales import meet
from .stems import stem, stopwords

__all__ = ["attribution_dropped", "hedge_changed"]


_TELLS = set("ctqrnd")  # of the letters of cues.toml: a clause, a quotation, a listener, a figure or a document's entry follows


def attribution_dropped(sides: Sequence[Side], language: str) -> Found:
    """One cell's own sentence names a source, another's states the same and names nobody."""
    told = [(s, _told_here(s), frozenset[str]().union(*(o.stems for o in sides if o is not s))) for s in sides]
    full = [
        (s, source)
        for s, said, others in told
        if (source := next((_source(a, s) for a in said if _tells(a, language) and _fills(a, s) and _carries(a, s, others)), None))
    ]
    cited = {p for s, _ in full for p in s.cell.chain[1:]}
    bare = [
        s
        for s, said, others in told
        if not any(a.source is not None and _tells(a, language) and (_fills(a, s) or (_shared(s, others) and _carries(a, s, others))) for a in said)
    ]
    for s in bare:
        for other, source in full:
            if s.cell.chain[0] not in cited and not _of_its_own(s) and not _names(s, source, language):  # who is cited is no relay
                return "attribution-dropped", f"{other.who} attributes it to “{source}”; {s.who} states it without a source"
    return None


def _names(side: Side, source: str, language: str) -> bool:
    """The sentences the cell stands in name whom another report gives as the source: they tell what he did, not what they know from nobody."""
    cell, report = side.cell, side.report
    here = " ".join(report.article.text[a:b] for a, b in report.marks.sentences if overlap((a, b), (cell.start, cell.end)))
    said = [w for w in re.findall(r"\b\w[\w’'-]{3,}", source) if w.lower() not in stopwords(language)]
    names = [w for w in said if w[0].isupper()] or (said if len(said) > 1 else [])
    return bool(names) and 2 * sum(bool(re.search(rf"\b{re.escape(w)}", here)) for w in names) > len(names)


def _of_its_own(side: Side) -> bool:
    """The report is a body's own statement: what it states of its own doing needs no source."""
    marks = side.report.marks
    return any(p.id == marks.own and p.kind == "organisation" for p in marks.parties)


def _told_here(side: Side) -> list[Attribution]:
    """The attributions whose source or cue stands in the sentences of the cell, or anywhere where what is said is a quotation."""
    cell, marks = side.cell, side.report.marks
    here = [s for s in marks.sentences if overlap(s, (cell.start, cell.end))] or [(cell.start, cell.end)]
    return [
        a
        for a in marks.attributions
        if a.kind == "direct" or any(overlap((x.start, x.end), s) for x in (a.source, a.cue) if x is not None for s in here)
    ]


def _source(said: Attribution, side: Side) -> str:
    """The words that name the source; "" where none is named."""
    return said.source.text if said.source is not None else ""


def _tells(said: Attribution, language: str) -> bool:
    """Its cue says that somebody tells something, by a clause, a quotation or a figure, not that he did something to it ("attacked", "is investigating")."""
    if said.cue is None:
        return True
    cue = folded_words(said.cue.text)
    phrase = " ".join(cue)
    return phrase.startswith(_opening(language)) or bool({*cue, phrase} & _telling(language))


@functools.cache
def _opening(language: str) -> tuple[str, ...]:
    return ("as ", *load(language, "cues")["prepositional"]["phrases"])


@functools.cache
def _telling(language: str) -> frozenset[str]:
    """Every form of the verbs that tell, by the letters of their table."""
    table = load(language, "cues")
    irregular: dict[str, str] = table["irregular"]
    verbs = {**table["verbs"], **table["phrases"]}
    told = [v for v, letters in verbs.items() if set(letters) & _TELLS]
    regular = {base + ending for v in told if v not in irregular for base in (v, v.removesuffix("e")) for ending in ("", "s", "es", "ed", "ing")}
    return frozenset(
        {*regular, *(form for v in told for form in irregular.get(v, "").split()), *table["passive"]["hearsay"], *table["passive"]["quoted"]}
    )


def _fills(said: Attribution, side: Side) -> bool:
    """What is said takes half of the cell, or half of it stands there."""
    cell = side.cell
    return any(2 * overlap((c.start, c.end), (cell.start, cell.end)) >= min(cell.end - cell.start, c.end - c.start) for c in said.content)


def _carries(said: Attribution, side: Side, others: Set[str]) -> bool:
    """What is said holds half of the words that the cell has in common with others, not those around it ("X, who fell ill in May, said that …")."""
    shared = _shared(side, others)
    return 2 * sum(any(c.start <= x < c.end for c in said.content) for x in shared) >= len(shared)


def _shared(side: Side, others: Set[str]) -> list[int]:
    """Where the cell's words stand that others have."""
    text, cell = side.report.article.text, side.cell
    return [a for a, b in words(text, cell.start, cell.end) if stem(text[a:b].lower().replace("’", "'")) in side.stems & others]


def hedge_changed(sides: Sequence[Side], language: str) -> Found:
    """One cell hedges what another says outright, or a figure that another gives without a hedge."""
    table = set(load(language, "compare")["hedges"]["words"])
    hedges = [{w for w in s.words if w in table and not _capital(s, w)} for s in sides]
    for (a, x), (b, y) in combinations(zip(sides, hedges, strict=True), 2):
        if bool(x) != bool(y):
            hedge = sorted(x or y)[0]
            here, there = (a, b) if x else (b, a)
            return "hedge-changed", f"{here.who} says “{hedge}”; {there.who} does not"
        for p in a.figures:
            for q in b.figures:
                if bool(p.hedge) != bool(q.hedge) and p.unit == q.unit and meet(p, q):
                    here, there = (a, b) if p.hedge else (b, a)
                    return "hedge-changed", f"{here.who} says “{p.hedge or q.hedge}” of the figure; {there.who} does not"
    return None


def _capital(side: Side, word: str) -> bool:
    """A month's name ("until May 17"), no verb."""
    return re.search(rf"\b{word}\b", side.cell.text) is None and re.search(rf"(?<=\w )\b{word.capitalize()}\b", side.cell.text) is not None
