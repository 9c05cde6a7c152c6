"""The question that a row of cells answers, made from what the cells share; it names only words that stand in them."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from .. import expressions as re
from ..lang import load
from ..text import folded_words, touches, words
from ..types import Annotated, Cell, Party, PartyId, Quantity, Region
from .quotes import quotation
from .relation_sides import quantities_in
from .scales import scale

__all__ = ["question"]

_LONGEST = 5  # words
_TERMS = 3
_SHOWN = 48  # characters of a clause that is quoted for want of anything shared
_POSSESSIVE = re.compile(r"['’]s?$")
_APOSTROPHE = re.compile("['’]")
_OWNER = re.compile(r"['’]s?$|[^s]s$")
"""A plural or a possessive: what stands behind it begins a phrase of its own."""

Run = tuple[int, int]


def question(cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], language: str = "en") -> str:
    """One short question for a row: who said it where all cells quote one party, how many or how much where all count the same, else what is said of it."""
    forms: dict[str, str] = load(language, "compare")["questions"]
    speaker = parties.get(cells[0].chain[-1])
    if speaker is not None and all(quotation(c.text) and c.chain[-1] == speaker.id for c in cells):
        return forms["quote"].format(who=speaker.name)
    counted = [quantities_in(c, reports) for c in cells]
    for q in counted[0]:
        if q.unit and all(any(q.unit == other.unit for other in found) for found in counted):
            return _how_many(q, cells, reports, parties, forms, language)
    return forms["default"].format(what=_topic(cells, reports, parties, language))


def _how_many(
    q: Quantity, cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], forms: Mapping[str, str], language: str
) -> str:
    counted = folded_words(q.text)
    if re.fullmatch(r"[A-Z]{3}", q.unit):
        return forms["money"].format(what=_topic(cells, reports, parties, language, but=counted))
    if q.unit == "1":
        return forms["share"].format(what=_topic(cells, reports, parties, language, but=counted))
    state = _state(cells, language) if q.unit == "person" else None
    if state is not None:
        return forms["person"].format(state=state)
    unit = re.sub(r" \*\* \d| /.*|_", " ", q.unit).strip()
    noun = {"person": "people"}.get(unit, unit + "s")
    names = (*noun.split(), *unit.split(), *(counted if scale(q.unit) is not None else ()))
    kind = _kind(cells, names, language)
    return forms["count"].format(noun=f"{kind} {noun}".strip(), what=_topic(cells, reports, parties, language, but=(*names, kind.lower())))


def _kind(cells: Sequence[Cell], names: Sequence[str], language: str) -> str:
    """The word before the counted noun that every cell has: "domestic" where all count domestic routes; "" where there is none."""
    first = [cells[0].text[a:b] for a, b in words(cells[0].text)]
    others = [[_key(w) for w in folded_words(c.text)] for c in cells[1:]]
    before = (w for w, noun in pairwise(first) if noun.lower() in names and _telling(w, language) and not _weak(w, language))
    return next((w for w in before if w.lower() not in names and others and _carried([w], others) == len(others)), "")


def _state(cells: Sequence[Cell], language: str) -> str | None:
    """What happened to the people counted, in words the cells use: "were killed"."""
    said = {w for c in cells for w in folded_words(c.text)}
    return next((state for word, state in load(language, "compare")["states"].items() if word in said), None)


def _topic(
    cells: Sequence[Cell], reports: Mapping[str, Annotated], parties: Mapping[PartyId, Party], language: str, but: Sequence[str] = ()
) -> str:
    """What the cells have in common, in the first one's letters and order: up to three phrases, those that most of the others have first.

    The words ``but`` and those that only say who told it are taken where there is nothing else, and then names of days and months. Where none of
    this is shared, the first one's own words in quotation marks.
    """
    regions = list(words(cells[0].text))
    first = [cells[0].text[a:b] for a, b in regions]
    joined = [not cells[0].text[a[1] : b[0]].strip() for a, b in pairwise(regions)]
    others = [[_key(w) for w in folded_words(c.text)] for c in cells[1:]]
    plain = {i for i, w in enumerate(first) if _telling(w, language)}
    heard_by = {parties[p] for c in cells for p in c.chain if p in parties and parties[p].kind in ("outlet", "agency")}
    crediting = _crediting(cells[0], reports[cells[0].report], regions) | _named(first, heard_by)
    telling = {i for i in plain if not _weak(first[i], language) and first[i].lower() not in but}
    runs: list[Run] = []
    for spare in (telling - crediting, telling, {i for i in plain if first[i][:1].isupper()}):
        while len(runs) < _TERMS and (run := _best(first, joined, spare, others, language)) is not None:
            runs.append(run)
            said = {_key(w) for w in first[run[0] : run[1]]}
            spare = {i for i in spare if _key(first[i]) not in said}
        if runs:
            break
    if not runs:
        return f"“{_cut(cells[0].text)}”"
    if first[0][:1].isupper() and _is_common(first[0], reports):
        first[0] = first[0][:1].lower() + first[0][1:]
    infinitives = load(language, "compare")["clauses"]["infinitives"]
    return _listed([" ".join(first[i:j]) for i, j in _widened(runs, joined, telling - crediting, first, infinitives)])


def _crediting(cell: Cell, report: Annotated, regions: Sequence[Region]) -> set[int]:
    """The words of a cell that name a source, credit somebody with the report, or say that he speaks."""
    credits = [(x.start, x.end) for a in report.marks.attributions for x in (a.source, a.cue) if x is not None]
    credits += [(x.start, x.end) for x in report.marks.credits]
    return {i for i, (a, b) in enumerate(regions) if touches((cell.start + a, cell.start + b), credits)}


def _named(first: Sequence[str], parties: Collection[Party]) -> set[int]:
    """The words that are one of the parties' names."""
    said = [_key(w) for w in first]
    names = {tuple(_key(w) for w in folded_words(n.removeprefix("The "))) for p in parties for n in (p.name, *p.aliases)} - {()}
    return {i + k for n in names for i in range(len(said) - len(n) + 1) if tuple(said[i : i + len(n)]) == n for k in range(len(n))}


def _is_common(word: str, reports: Mapping[str, Annotated]) -> bool:
    """True for a word that some report has with a small letter: its capital is that of a sentence."""
    small = word[:1].lower() + word[1:]
    return any(small in r.article.text and re.search(rf"\b{re.escape(small)}\b", r.article.text) is not None for r in reports.values())


def _widened(runs: Sequence[Run], joined: Sequence[bool], telling: set[int], first: Sequence[str], infinitives: Sequence[str]) -> list[Run]:
    """The runs in order, each with the words that belong to it on either side ("security | guards"), and those that meet made one."""
    found: list[Run] = []
    belonging = {i for i in telling if not (first[i][:1].islower() and (first[i].endswith("ing") or (i > 0 and first[i - 1].lower() in infinitives)))}
    for i, j in sorted(runs):
        while i > 0 and j - i < _LONGEST and i - 1 in belonging and joined[i - 1] and not _OWNER.search(first[i - 1]):
            i -= 1
        while j < len(first) and j - i < _LONGEST and j in belonging and joined[j - 1] and not _OWNER.search(first[j - 1]):
            j += 1
        if found and i <= found[-1][1] and joined[i - 1]:
            found[-1] = (found[-1][0], max(j, found[-1][1]))
        else:
            found.append((i, j))
    return found


def _listed(phrases: Sequence[str]) -> str:
    """ "harbour, pumps and crews"; each once, no possessive at an end."""
    bare = list(dict.fromkeys(_POSSESSIVE.sub("", p) for p in phrases))
    bare = [p for p in bare if not any(p != other and f" {p.lower()} " in f" {other.lower()} " for other in bare)]
    return " and ".join(x for x in (", ".join(bare[:-1]), bare[-1]) if x)


def _cut(text: str) -> str:
    """The beginning of a clause, up to a blank, without marks at its ends."""
    text = " ".join(text.split()).strip(" ,.;:“”\"")
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0].rstrip(" ,.;:“”\"") + "…"


def _best(first: Sequence[str], joined: Sequence[bool], spare: set[int], others: Sequence[Sequence[str]], language: str) -> Run | None:
    """The run of words that most of the other cells have, of those the longest in letters; it begins and ends with a word to spare, blanks between."""
    found = []
    for i in sorted(spare):
        for j in range(i + 1, min(len(first), i + _LONGEST) + 1):
            inside = [first[k] for k in range(i, j)]
            if not all(joined[i : j - 1]):
                break
            if j - 1 in spare and all(k in spare or inside[k - i].lower() in _linking(language) for k in range(i, j)):
                carried = _carried(inside, others) if others else len([w for w in inside if w[:1].isupper()])
                found.append(((carried, sum(len(first[k]) for k in range(i, j) if k in spare)), (-i, -j)))
    if not found:
        return None
    (carried, _), (i, j) = max(found)
    return (-i, -j) if carried or not others else None


def _carried(run: Sequence[str], others: Sequence[Sequence[str]]) -> int:
    """How many of the other cells have the run, or, of one word, its beginning."""
    want = [_key(w) for w in run]
    if len(want) == 1:
        return sum(any(w[:5] == want[0][:5] for w in other) for other in others)
    return sum(any(list(other[i : i + len(want)]) == want for i in range(len(other))) for other in others)


def _key(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())


def _telling(word: str, language: str) -> bool:
    """A word that can stand for a topic at all: no number, and none of those that link others, deny, hedge or say only when and how."""
    return len(word) > 1 and not word[:1].isdigit() and not {word.lower(), _APOSTROPHE.split(word.lower())[0]} & _empty(language)


def _weak(word: str, language: str) -> bool:
    """A verb, as far as a form shows it, or a word of the calendar."""
    return word.lower() in _calendar(language) or (word[:1].islower() and (word in _verbs(language) or word.endswith(("ed", "ly"))))


@functools.cache
def _verbs(language: str) -> frozenset[str]:
    return frozenset(load(language, "compare")["clauses"]["verbs"])


@functools.cache
def _calendar(language: str) -> frozenset[str]:
    table = load(language, "dates")
    return frozenset(name.lower() for part in ("months", "weekdays") for name in table[part]["names"])


@functools.cache
def _linking(language: str) -> frozenset[str]:
    """Words that may stand inside a phrase: "wreck off Sela", "cause of death"."""
    return frozenset(load(language, "compare")["stopwords"]["words"])


@functools.cache
def _empty(language: str) -> frozenset[str]:
    table, numbers = load(language, "compare"), load(language, "quantities")
    said = (*table["questions"]["empty"], *table["negations"]["words"], *table["hedges"]["words"], *load(language, "syntax")["words"]["adverb"])
    return _linking(language) | {*said, *numbers["number_words"], *numbers["scales"], *(s + "s" for s in numbers["scales"])}
