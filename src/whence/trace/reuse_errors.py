"""Errors and oddities that two reports share and most others do not have: a spelling, a figure, a comma at one place.

One shared rare error says more of copying than many shared truths (Dong, Berti-Équille & Srivastava 2009). What is right is not known here: what
few reports have where more have one other thing is called odd, with how many have it. The same place is known by the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from .. import expressions as re
from ..types import Region
from .reuse_align import WORTH
from .reuse_words import Words

SPELT = 7
"""Letters of a word whose odd spelling can be told from another word."""


STYLES = (("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("c", "s"))
"""Spellings that countries differ in."""

AROUND = 2
"""Words before and after a figure by which its place is known again; one more on either side of a comma, of which there are many."""

SPELLING, FIGURE, COMMA = 0.33, 0.5, 0.75
"""What is left of the doubt that two reports are of one text, for each oddity they share."""

FIGURES = re.compile(r"[0-9][0-9.,]*")

Place = tuple[int, ...]
"""The numbers of the words around a place."""


class Oddity(msgspec.Struct, frozen=True, kw_only=True):
    """What ``few`` of ``all`` reports have, in words; ``doubt`` is what it leaves of the doubt that two who have it are of one text."""

    said: str
    few: int
    all: int
    doubt: float


class SharedError(msgspec.Struct, frozen=True, kw_only=True):
    """An oddity of two reports and where it stands in each."""

    oddity: Oddity
    here: Region
    there: Region


def shared_errors(raw: Sequence[str], texts: Sequence[Words], pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[SharedError, ...]]:
    """The oddities that pairs of texts share, rarest first; ``texts`` are the words of ``raw``."""
    odd: list[dict[Oddity, Region]] = [{} for _ in texts]
    for oddity, places in (*_spellings(raw, texts), *_figures(raw, texts), *_commas(raw, texts)):
        for n, region in places.items():
            odd[n][oddity] = region
    found = {}
    for n, m in pairs:
        both = [o for o in odd[n] if o in odd[m]]
        if both:
            both.sort(key=lambda o: (o.doubt, o.few, -o.all, o.said))
            found[n, m] = tuple(SharedError(oddity=o, here=odd[n][o], there=odd[m][o]) for o in both)
    return found


def _minorities(variants: dict[str, dict[int, Region]], most: int) -> Iterator[tuple[str, str, int]]:
    """Every variant that two texts or more have where twice as many (``most`` at least) have one other, that other, and how many have it."""
    if len(variants) < 2:
        return
    usual = max(sorted(variants), key=lambda v: len(variants[v]))
    for variant, places in variants.items():
        others = variants[usual].keys() - places.keys()
        if variant != usual and len(places) > 1 and len(others) >= max(most, 2 * len(places) - 2) and len(others) == len(variants[usual]):
            yield variant, usual, len(others)


def _spellings(raw: Sequence[str], texts: Sequence[Words]) -> Iterator[tuple[Oddity, dict[int, Region]]]:
    """Words in small letters that few spell so, one slip from what others have."""
    spread: dict[str, dict[int, Region]] = {}
    for n, (text, words) in enumerate(zip(raw, texts, strict=True)):
        for begin, end in zip(words.starts, words.ends, strict=True):
            if end - begin >= SPELT and (word := text[begin:end]).isalpha() and word.islower():
                spread.setdefault(word, {}).setdefault(n, (begin, end))
    shapes: dict[str, list[str]] = {}
    for word in spread:
        for shape in _shapes(word):
            shapes.setdefault(shape, []).append(word)
    for odd, places in spread.items():
        if len(places) > 1:
            near = sorted({w for shape in _shapes(odd) for w in shapes[shape] if w != odd and _slip(odd, w)})
            for usual in near:
                if any(_minorities({odd: places, usual: spread[usual]}, 2)):
                    few, others = len(places), len(spread[usual])
                    said = f"spell “{odd}”, as {few} of {few + others} reports do where the others have “{usual}”"
                    yield Oddity(said=said, few=few, all=few + others, doubt=SPELLING), places
                    break


def _figures(raw: Sequence[str], texts: Sequence[Words]) -> Iterator[tuple[Oddity, dict[int, Region]]]:
    """Figures that few give between the same words."""
    slots: dict[Place, dict[str, dict[int, Region]]] = {}
    for n, (text, words) in enumerate(zip(raw, texts, strict=True)):
        ids, starts, weights = words.ids, words.starts, words.weights
        i = AROUND
        while i < len(ids):
            shape = FIGURES.match(text, starts[i])
            last = i
            while shape and last + 1 < len(ids) and starts[last + 1] < shape.end():
                last += 1
            if shape and last + AROUND < len(ids):
                around = (*range(i - AROUND, i), *range(last + 1, last + 1 + AROUND))
                if sum(weights[k] for k in around) >= WORTH:
                    figure = shape.group().rstrip(".,")
                    place = tuple(ids[k] for k in around)
                    slots.setdefault(place, {}).setdefault(figure, {}).setdefault(n, (starts[i], starts[i] + len(figure)))
            i = last + 1
    for place, variants in slots.items():
        for figure, usual, others in _minorities(variants, 2):
            few = len(variants[figure])
            before, after = _around(raw, texts, place, variants[figure])
            said = f"give “{figure}” in “{before} … {after}”, as {few} of {few + others} reports do where the others have “{usual}”"
            yield Oddity(said=said, few=few, all=few + others, doubt=FIGURE), variants[figure]


def _around(raw: Sequence[str], texts: Sequence[Words], place: Place, places: dict[int, Region]) -> tuple[str, str]:
    """The words before and after a figure where it first stands."""
    n, (begin, end) = next(iter(places.items()))
    words, half = texts[n], len(place) // 2
    first = words.starts.index(begin)
    last = next(k for k in range(first, len(words.ids)) if words.starts[k] >= end)
    before, after = raw[n][words.starts[first - half] : words.ends[first - 1]], raw[n][words.starts[last] : words.ends[last + half - 1]]
    return " ".join(before.split()), " ".join(after.split())


def _commas(raw: Sequence[str], texts: Sequence[Words]) -> Iterator[tuple[Oddity, dict[int, Region]]]:
    """A comma that few have, or few leave out, between the same six words."""
    half, width = AROUND + 1, 2 * AROUND + 2
    slots: dict[Place, dict[str, dict[int, Region]]] = {}
    for text, words in zip(raw, texts, strict=True):
        ids, starts, ends = words.ids, words.starts, words.ends
        for i in range(half - 1, len(ids) - half):
            if text[ends[i]] == "," and starts[i + 1] - ends[i] == 2:
                slots[tuple(ids[i + 1 - half : i + 1 + half])] = {}
    for n, (text, words) in enumerate(zip(raw, texts, strict=True)):
        starts, ends = words.starts, words.ends
        for i, place in enumerate(zip(*(words.ids[k:] for k in range(width)), strict=False), half - 1):
            if place in slots and (gap := text[ends[i] : starts[i + 1]]) in (" ", ", "):
                slots[place].setdefault(gap, {}).setdefault(n, (starts[i], ends[i + 1]))
    for variants in slots.values():
        for gap, _, others in _minorities(variants, 3):
            few = len(variants[gap])
            n, (begin, end) = next(iter(variants[gap].items()))
            what = "a comma" if gap == ", " else "no comma"
            said = f"have {what} in “{raw[n][begin:end]}”, as {few} of {few + others} reports do"
            yield Oddity(said=said, few=few, all=few + others, doubt=COMMA), variants[gap]


def _shapes(word: str) -> set[str]:
    """A word and the word without each of its inner letters: two words one slip apart have one in common."""
    return {word, *(word[:k] + word[k + 1 :] for k in range(2, len(word) - 2))}


def _slip(odd: str, usual: str) -> bool:
    """True where two spellings differ by a slip of the pen and not by the house style of a country or by a name's transcription."""
    if any(odd.replace(a, b) == usual.replace(a, b) for a, b in STYLES):
        return False
    if len(odd) == len(usual):
        wrong = [k for k, (x, y) in enumerate(zip(odd, usual, strict=True)) if x != y]
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and odd[wrong[0]] == usual[wrong[1]] and odd[wrong[1]] == usual[wrong[0]]
    doubled = [w for w in (odd, usual) if any(x == y for x, y in pairwise(w))]
    return abs(len(odd) - len(usual)) == 1 and len(doubled) < 2
