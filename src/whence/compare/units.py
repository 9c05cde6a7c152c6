"""Claim units: the clauses of a report that can answer a question, with all that is known of each."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from .. import expressions as re
from ..lang import load
from ..text import folded_words, overlap, touches, trim, words
from ..types import Annotated, Attribution, Quantity, Region, ReportId, Span, Value
from .notions import notions_in
from .stems import content_words, stem

__all__ = ["Unit", "unit_at", "units_of"]

_LEAST_WORDS = 4
_SOON = 6
_ALL = 0.9
_LONGEST_TELLING = 120  # characters, as these
_LONGEST_HEARER = 40
_QUOTED = re.compile(r"[“\"«](?P<words>[^“”\"«»]+)[”\"»]?")
_DATELINE = re.compile(r"[A-Z][A-Z’'.\- ]{2,}[A-Z](?:[,/][^–—\n]{0,60}?)?(?:\s*\([^)\n]{2,40}\))?\s*(?:[–—]|-\s|--)\s*")


class Unit(Value):
    """A clause: where it stands, the sentence it is part of, and its words as match keys."""

    report: ReportId
    region: Region
    sentence: Region
    order: float
    text: str
    stems: tuple[str, ...]
    words: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    quoted: tuple[str, ...]
    attribution: Attribution | None
    notions: frozenset[str]
    dates: frozenset[str]


def units_of(report: Annotated, language: str = "en") -> tuple[Unit, ...]:
    """The units of one report in order: clauses of its sentences, page furniture and its own headline left out."""
    text, marks = report.article.text, report.marks
    away = [(f.start, f.end) for f in report.article.furniture]
    if report.article.title is not None and report.article.title.region is not None:
        away.append(report.article.title.region)
    saying = [a for a in marks.attributions if _clausal(text, a, language)]
    quotations, tellings = list(_quotations(saying)), sorted(_tellings(text, saying, language))
    regions = [(q, next((s for s in marks.sentences if overlap(s, q)), q)) for q in quotations]
    for whole in marks.sentences:
        sentence = _told(text, whole)
        if _masthead(text, sentence, language):
            continue
        inside = [t for t in tellings if overlap(t, sentence)]
        for part in _outside(sentence, quotations):
            for clause in _clauses(text, part, saying, inside, language):
                if clause[1] > clause[0] and not _mostly(clause, inside, _ALL):
                    regions.append((_untold(text, clause, inside, saying), sentence))
    found = [unit_at(report, region, sentence, language) for region, sentence in sorted(regions) if not touches(region, away)]
    return tuple(u for u in found if len(u.stems) > 1 or (u.stems and u.quantities))


def _told(text: str, sentence: Region) -> Region:
    """The sentence without the dateline before it."""
    m = _DATELINE.match(text, *sentence)
    return (m.end(), sentence[1]) if m and m.end() < sentence[1] else sentence


def _masthead(text: str, sentence: Region, language: str) -> bool:
    """A line that is no sentence: no verb, and nothing that ends one."""
    return text[sentence[1] - 1] not in ".!?…”\"»'’:" and not _has_verb([text[a:b] for a, b in words(text, *sentence)], language)


def _quotations(attributions: Sequence[Attribution]) -> Iterator[Region]:
    """What one speaker says in quotation marks, in one piece, the "she said" in its middle included: a quotation is compared as a whole."""
    for a in attributions:
        if a.kind == "direct" and a.content:
            start, end = min(c.start for c in a.content), max(c.end for c in a.content)
            gaps = (end - start) - sum(c.end - c.start for c in a.content)
            if gaps <= _LONGEST_TELLING:
                yield start, end


def _clausal(text: str, said: Attribution, language: str) -> bool:
    """True where what is said is a quotation or a clause of its own, not the object or the infinitive of the verb that says it ("praised the bombing")."""
    if said.kind != "indirect" or not said.content:
        return True
    first = text[said.content[0].start : said.content[0].end]
    if _infinitive(language).match(first):
        return False
    stop = next((m.start() for m in _opener(language).finditer(first) if m.start() > 0), len(first))
    verbs = [_has_verb([first[a:b]], language) for a, b in words(first)]
    return any(v for v, (a, _) in zip(verbs, words(first), strict=True) if a < stop) or sum(verbs) > 1


def _tellings(text: str, attributions: Sequence[Attribution], language: str) -> Iterator[Region]:
    """The words that only say who speaks: the source, as far as its first clause, and the cue; one piece where nothing said stands between them."""
    contents = [(c.start, c.end) for a in attributions for c in a.content]
    for a in attributions:
        parts = []
        if a.source is not None:
            m = _opener(language).search(text, a.source.start, a.source.end)
            parts.append(trim(text, (a.source.start, m.start() if m and m.start() > a.source.start else a.source.end), " ,;:"))
        if a.cue is not None:
            parts.append((a.cue.start, a.cue.end))
        whole = (min((s for s, _ in parts), default=0), max((e for _, e in parts), default=0))
        gap = (parts[0][1], parts[1][0]) if len(parts) == 2 and parts[0] < parts[1] else (0, 0)
        if not any(overlap(whole, c) for c in contents) and not _has_verb([text[x:y] for x, y in words(text, *gap)], language):
            yield whole
        else:
            yield from parts


def _untold(text: str, clause: Region, tellings: Sequence[Region], attributions: Sequence[Attribution]) -> Region:
    """The clause without the words at either end that only say who speaks, and to whom."""
    start, end = clause
    for a, b in tellings:
        if a < end and len(text[start:a].split()) < 2 and start < b < end:
            said = [c.start for x in attributions for c in x.content if b <= c.start <= b + _LONGEST_HEARER and c.start < end]
            start, end = trim(text, (min(said, default=b), end), " ,;:")
    for a, b in reversed(tellings):
        if start < a < end <= b + 1:
            start, end = trim(text, (start, a), " ,;:")
    return (start, end) if end > start else clause


def _outside(region: Region, others: Sequence[Region]) -> Iterator[Region]:
    """What is left of a region without the others."""
    start = region[0]
    for a, b in sorted(others):
        if a < region[1] and b > start:
            if a > start:
                yield start, a
            start = b
    if start < region[1]:
        yield start, region[1]


def _mostly(region: Region, others: Sequence[Region], share: float) -> bool:
    """True where more than a share of a region stands in one of the others."""
    return any(overlap(region, o) > share * (region[1] - region[0]) for o in others)


def unit_at(report: Annotated, region: Region, sentence: Region | None = None, language: str = "en") -> Unit:
    """The unit that stands in a region, whatever its borders; its sentence is the one that it begins in unless it is given."""
    text, marks = report.article.text, report.marks
    inside = text[region[0] : region[1]]
    over = [(overlap(region, (c.start, c.end)), a, c) for a in marks.attributions for c in a.content]
    size = region[1] - region[0]
    said = [(n, a) for n, a, c in over if _named_after(region, a, c) or 2 * n >= (size if a.inside else min(size, _length(a)))]  # what is nested must fill it
    return Unit(
        report=report.id,
        region=region,
        sentence=sentence or next((s for s in marks.sentences if overlap(s, region)), region),
        order=region[0] / max(1, len(text)),
        text=inside,
        stems=tuple(stem(w) for w in content_words(inside, language)),
        words=tuple(content_words(inside, language)),
        quantities=tuple(q for q in marks.quantities if overlap((q.start, q.end), region)),
        quoted=tuple(w for m in _QUOTED.finditer(inside) for w in folded_words(m["words"])),
        attribution=max(said, key=lambda x: (len(x[1].chain), x[0], -x[1].content[0].start))[1] if said else None,
        notions=notions_in(folded_words(inside), language),
        dates=frozenset(d.date for d in marks.timeline if overlap((d.start, d.end), region)),
    )


def _length(a: Attribution) -> int:
    return sum(c.end - c.start for c in a.content)


def _named_after(region: Region, a: Attribution, content: Span) -> bool:
    """The clause is the end of what is said, and then names who said it: "and let 600 people go, the paper reported, citing …"."""
    return a.cue is not None and content.start <= region[0] < content.end <= a.cue.start and a.cue.end <= region[1]


def _clauses(text: str, sentence: Region, attributions: Sequence[Attribution], tellings: Sequence[Region], language: str) -> Iterator[Region]:
    """The sentence cut where a clause carries its own verb, other than one that says who speaks; a piece without one stays with the piece before it."""
    cuts = sorted({sentence[0], sentence[1], *_openings(text, sentence, language), *_content_borders(sentence, attributions)})
    pieces = [(a, b) for a, b in itertools.pairwise(cuts) if b > a]
    start = sentence[0]
    for i, (_, end) in enumerate(pieces):
        rest = (end, sentence[1])
        if i == len(pieces) - 1:
            yield trim(text, (start, end), " ,;:")
        elif _stands_alone(text, (start, end), tellings, language) and _stands_alone(text, rest, tellings, language, soon=_SOON):
            yield trim(text, (start, end), " ,;:")
            start = end


def _openings(text: str, sentence: Region, language: str) -> Iterator[int]:
    for m in _opener(language).finditer(text, *sentence):
        yield m.start(1) if m[1] else m.end()


def _content_borders(sentence: Region, attributions: Sequence[Attribution]) -> Iterator[int]:
    for a in attributions:
        for c in a.content:
            yield from (x for x in (c.start, c.end) if sentence[0] < x < sentence[1])


@functools.cache
def _opener(language: str) -> re.Pattern[str]:
    table = load(language, "compare")["clauses"]
    names, relatives, led, lead, spans = ("|".join(table[k]) for k in ("openers", "relatives", "led", "lead", "spans"))
    opening = rf"(?:(?:{lead})\s+)?(?:{relatives})|(?:\S+\s+(?:{spans})\s+)?(?:{led})|(?:{names})(?!\s+\w+\s+as\b)"
    ended = r"(?<!\b[A-Z])(?<!\bM[rs])(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?][”\"»]?\s+(?=[“\"«(]?[A-Z])"
    return re.compile(rf"(?:[,;]\s+|\s+[–—-]\s+|\s)((?i:{opening}))\b|;\s+|\s[–—]\s|{ended}")


@functools.cache
def _infinitive(language: str) -> re.Pattern[str]:
    """An infinitive, or a gerund: neither is a clause of its own."""
    return re.compile(rf"(?:(?:{'|'.join(load(language, 'compare')['clauses']['infinitives'])})|\w+ing)\b", re.IGNORECASE)


@functools.cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["clauses"]["verbs"])


def _stands_alone(text: str, region: Region, tellings: Sequence[Region], language: str, soon: int | None = None) -> bool:
    """Enough words and a verb, within the first ``soon`` words where given: "and Skerry without a flight" is no clause, "and let 600 people go" is."""
    found = [w for w in words(text, *region) if not touches(w, tellings)]
    return len(found) >= _LEAST_WORDS and _has_verb([text[a:b] for a, b in found[:soon]], language)


def _has_verb(found: Sequence[str], language: str) -> bool:
    return any(w in _verbs(language) or (w.endswith(("ed", "n't", "n’t")) and "-" not in w) for w in found)
