"""Claim units: the clauses of a report that can answer a question, with all that is known of each."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from ..lang import load
from ..text import folded_words, overlap, touches, trim, words
from ..types import Annotated, Attribution, Quantity, Region, ReportId, Value

__all__ = ["Unit", "stem", "stopwords", "units_of"]

_LEAST_WORDS = 4
_SOON = 6
_MOST = 0.7
_ALL = 0.9
_LONGEST_TELLING = 120  # characters
_QUOTED = re.compile(r"[“\"«](?P<words>[^“”\"«»]+)[”\"»]?")
_DATELINE = re.compile(r"[A-Z][A-Z’'.\- ]{2,}[A-Z](?:[,/][^–—\n]{0,60}?)?(?:\s*\([^)\n]{2,40}\))?\s*(?:[–—]|-\s|--)\s*")
_NAME = re.compile(r"(?<!\w)[A-Z][\w’'\-]+")


class Unit(Value):
    """A clause: where it stands, the sentence it is part of, and its words as match keys."""

    report: ReportId
    region: Region
    sentence: Region
    order: float
    stems: tuple[str, ...]
    words: tuple[str, ...]
    names: frozenset[str]
    quantities: tuple[Quantity, ...]
    quoted: tuple[str, ...]
    attribution: Attribution | None


def units_of(report: Annotated, language: str = "en") -> tuple[Unit, ...]:
    """The units of one report in order: clauses of its sentences, page furniture and its own headline left out."""
    text, marks = report.article.text, report.marks
    away = [(f.start, f.end) for f in report.article.furniture]
    if report.article.title is not None and report.article.title.region is not None:
        away.append(report.article.title.region)
    quotations, tellings = list(_quotations(marks.attributions)), list(_tellings(marks.attributions))
    regions = [(q, next((s for s in marks.sentences if overlap(s, q)), q)) for q in quotations]
    for whole in marks.sentences:
        sentence = _told(text, whole)
        if _masthead(text, sentence, language):
            continue
        for clause in _clauses(text, sentence, marks.attributions, language):
            if not _mostly(clause, quotations, _MOST) and not _mostly(clause, tellings, _ALL):
                regions.append((clause, sentence))
    found = [_unit(report, region, sentence, language) for region, sentence in sorted(regions) if not touches(region, away)]
    return tuple(u for u in found if len(u.stems) > 1)


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


def _tellings(attributions: Sequence[Attribution]) -> Iterator[Region]:
    """The words that only say who speaks: source and cue together."""
    for a in attributions:
        parts = [(x.start, x.end) for x in (a.source, a.cue) if x is not None]
        if parts and max(e for _, e in parts) - min(s for s, _ in parts) <= _LONGEST_TELLING:
            yield min(s for s, _ in parts), max(e for _, e in parts)


def _mostly(region: Region, others: Sequence[Region], share: float) -> bool:
    """True where more than a share of a region stands in one of the others."""
    return any(overlap(region, o) > share * (region[1] - region[0]) for o in others)


def _unit(report: Annotated, region: Region, sentence: Region, language: str) -> Unit:
    text, marks = report.article.text, report.marks
    inside = text[region[0] : region[1]]
    over = [(overlap(region, (c.start, c.end)), a) for a in marks.attributions for c in a.content]
    size = region[1] - region[0]
    said = [(n, a) for n, a in over if 2 * n >= (size if a.inside else min(size, sum(c.end - c.start for c in a.content)))]  # what is nested must fill it
    return Unit(
        report=report.id,
        region=region,
        sentence=sentence,
        order=region[0] / max(1, len(text)),
        stems=tuple(stem(w) for w in _content_words(inside, language)),
        words=tuple(_content_words(inside, language)),
        names=frozenset(stem(m[0].lower()) for m in _NAME.finditer(text, region[0], region[1]) if m[0].lower() not in stopwords(language)),
        quantities=tuple(q for q in marks.quantities if overlap((q.start, q.end), region)),
        quoted=tuple(w for m in _QUOTED.finditer(inside) for w in folded_words(m["words"])),
        attribution=max(said, key=lambda x: (len(x[1].chain), x[0], -x[1].content[0].start))[1] if said else None,
    )


def _clauses(text: str, sentence: Region, attributions: Sequence[Attribution], language: str) -> Iterator[Region]:
    """The sentence cut where a clause carries its own verb; a piece without one stays with the piece before it."""
    cuts = sorted({sentence[0], sentence[1], *_openings(text, sentence, language), *_content_borders(sentence, attributions)})
    pieces = [(a, b) for a, b in itertools.pairwise(cuts) if b > a]
    start = sentence[0]
    for i, (_, end) in enumerate(pieces):
        rest = (end, sentence[1])
        if i == len(pieces) - 1:
            yield trim(text, (start, end), " ,;:")
        elif _stands_alone(text, (start, end), language) and _stands_alone(text, rest, language, soon=_SOON):
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
    names = "|".join(load(language, "compare")["clauses"]["openers"])
    return re.compile(rf"(?:[,;]\s+|\s+[–—-]\s+|\s)({names})\b|;\s+|\s[–—]\s|[.!?][”\"»]?\s+", re.IGNORECASE)


@functools.cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["clauses"]["verbs"])


@functools.cache
def stopwords(language: str) -> frozenset[str]:
    """Words that say nothing by themselves."""
    return frozenset(load(language, "compare")["stopwords"]["words"])


def _stands_alone(text: str, region: Region, language: str, soon: int | None = None) -> bool:
    """Enough words and a verb, within the first ``soon`` words where given: "and Skerry without a flight" is no clause, "and let 600 people go" is."""
    found = [text[a:b] for a, b in words(text, *region)]
    return len(found) >= _LEAST_WORDS and _has_verb(found[:soon], language)


def _has_verb(found: Sequence[str], language: str) -> bool:
    return any(w in _verbs(language) or w.endswith(("ed", "n't", "n’t")) for w in found)


def _content_words(text: str, language: str) -> Iterator[str]:
    for word in folded_words(text):
        for part in (word.removesuffix("'s"), *(word.split("-") if "-" in word else ())):
            if part not in stopwords(language) and len(part) > 1:
                yield part


@functools.cache
def stem(word: str) -> str:
    """A match key for a word's forms: common endings off, British and American spellings as one, at most eight letters."""
    if word[:1].isdigit():
        return word
    word = word.replace("our", "or").replace("isation", "ization").replace("ise", "ize").replace("ence", "ense")
    for ending in ("ments", "ment", "ations", "ation", "ings", "ing", "edly", "ies", "ied", "ers", "ers", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word.rstrip("y")[:8] or word
