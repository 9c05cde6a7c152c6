"""Grams that many documents share by habit: formulae of the trade, and what an outlet puts under all it prints.

A gram is *boilerplate* where five documents or more of one outlet have it, and the stretch it stands in is less than half of most of them: an
outlet's updates of one story share more. It is a *formula* where eight documents or more (in a large corpus, one in five thousand) have it and most pairs
of them share next to nothing around it: a text that forty outlets ran has forty of every gram too, but with its whole context.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled, entry
from .kernels_grams import INSIDE
from .kernels_pairs import beyond, one_text, seeded, strength
from .kernels_words import QUOTED
from .reuse_align import SEED, WITNESSES

TEXT, FORMULA, BOILERPLATE = 0, 1, 2
NUMBERED = -2 - BOILERPLATE

SPREAD, ONE_IN = 8, 5000
"""Documents from which a gram can be a formula: so many, or one in so many where that is more."""

WITHIN = 5
"""Documents of one outlet from which a gram is its boilerplate."""

SAMPLE = 8
"""Pairs of documents that are looked at round a gram."""

MOSTLY = 0.6
"""A document of which more than this would be boilerplate is a text run again (an update), not boilerplate."""


NEAREST = 7
"""Words, as a power of two, of which one in ``nearest`` stands for all."""


@compiled
def nearest(doc_start: Any, out: Any) -> None:
    """The document of one word in ``1 << NEAREST``, from which the document of those after it is found by walking."""
    doc = 0
    for n in range(out.size):
        while doc + 2 < doc_start.size and doc_start[doc + 1] <= n << NEAREST:
            doc += 1
        out[n] = doc


@entry("u4* i4* u4* u1* u1* i8* i4* i8 u1* i4* i4* i8* i8*")
def judge(
    members: Any, sizes: Any, hashes: Any, weights: Any, info: Any, doc_start: Any, outlets: Any, spread: int, out: Any, counted: Any, near: Any,
    words: Any, docs: Any,
) -> None:  # fmt: skip
    """Write for every group whether it is text, formula or boilerplate.

    ``outlets`` int32 a document, -1 unknown; ``spread`` is the number of documents from which a gram can be a formula.
    Written on: ``counted`` int32, a zero an outlet; ``near`` int32, one place in ``1 << NEAREST`` words and one; ``words`` and ``docs`` int64, as many
    places as the largest group has members.
    """
    nearest(doc_start, near)
    end = np.int64(0)
    for g in range(sizes.size):
        size = np.int64(sizes[g])
        i = end
        end = i + size
        if size >= WITHIN:
            n = most = 0
            for k in range(i, end):
                word = np.int64(members[k] & np.uint32(INSIDE - 1))
                doc = near[word >> NEAREST]
                while doc_start[doc + 1] <= word:
                    doc += 1
                if n == 0 or docs[n - 1] != doc:
                    words[n], docs[n] = word, doc
                    n += 1
                    if outlets[doc] >= 0:
                        counted[outlets[doc]] += 1
                        most = max(most, counted[outlets[doc]])
            for k in range(n):
                if outlets[docs[k]] >= 0:
                    counted[outlets[docs[k]]] = 0
            if most >= WITHIN or n >= spread:
                weak = long = 0
                formula, boilerplate = n >= spread, most >= WITHIN
                for s in range(SAMPLE):
                    p = s * n // SAMPLE
                    q = (p + 1 + (s * 7919) % (n - 1)) % n
                    p, q = min(p, q), max(p, q)
                    a, b, length, most_weight = seeded(hashes, weights, doc_start, docs[p], docs[q], words[p], words[q], doc_start[docs[q]])
                    if one_text(length, beyond(most_weight)):  # else it cannot be one text, whatever its words weigh in the other
                        value, run = strength(hashes, weights, info, a, b, length, False)
                        weak += not one_text(run, beyond(value))
                    else:
                        weak += 1
                    shorter = min(doc_start[docs[p] + 1] - doc_start[docs[p]], doc_start[docs[q] + 1] - doc_start[docs[q]])
                    long += 2 * length > shorter
                    boilerplate = boilerplate and 3 * long < 2 * SAMPLE
                    formula = formula and 3 * (weak + SAMPLE - 1 - s) >= 2 * SAMPLE
                    if not boilerplate and not formula:
                        break
                if boilerplate:
                    out[g] = BOILERPLATE
                elif formula:
                    out[g] = FORMULA


@entry("i8* i8* u4* i4* u1* i4* i4* -> i8")
def set_aside(doc_start: Any, entry_start: Any, entries: Any, groups: Any, weights: Any, numbers: Any, sizes: Any) -> int:
    """Take formulae and boilerplate out of the documents: weight 0 for their words, group -1 for their grams; how many groups are left.

    Those left are numbered anew as they are first met, so that what stands side by side in one text, and in its copies, lies side by side
    wherever something is held by group. ``sizes`` int32 gets how many grams each that is left has. ``numbers`` int32 holds -1 less the verdict on each
    group and is written on: its number takes the place of a text's verdict, ``NUMBERED`` less its number that of a boilerplate's.
    """
    left = 0
    for d in range(doc_start.size - 1):
        covered = 0
        reached = doc_start[d]
        for e in range(entry_start[d], entry_start[d + 1]):
            if groups[e] >= 0 and numbers[groups[e]] <= -1 - BOILERPLATE:
                word = np.int64(entries[e])
                covered += word + SEED - max(reached, word)
                reached = word + SEED
        again = covered > MOSTLY * (doc_start[d + 1] - doc_start[d])
        for e in range(entry_start[d], entry_start[d + 1]):
            g = groups[e]
            if g >= 0:
                number = numbers[g]
                boilerplate = number <= -1 - BOILERPLATE
                if number == -1 - FORMULA or (boilerplate and not again):
                    groups[e] = -1
                    for k in range(SEED):
                        weights[np.int64(entries[e]) + k] = 0
                else:
                    n = NUMBERED - number if boilerplate else number
                    if n < 0:
                        n = left
                        numbers[g] = NUMBERED - n if boilerplate else n
                        sizes[n] = 0
                        left += 1
                    groups[e] = n
                    sizes[n] += 1
    return left


@entry("u4* i4* u1*")
def spread_quotations(members: Any, sizes: Any, info: Any) -> None:
    """Mark a gram as quoted wherever it stands if one place in ``WITNESSES`` has it between quotation marks: some print a speech, or a post, without."""
    end = np.int64(0)
    for g in range(sizes.size):
        i = end
        end = i + np.int64(sizes[g])
        quoted = np.int64(0)
        for k in range(i, end):
            quoted += np.int64(members[k] >> np.uint32(31))
        if quoted > 0 and WITNESSES * quoted >= end - i:
            for k in range(i, end):
                word = np.int64(members[k] & np.uint32(INSIDE - 1))
                for n in range(SEED):
                    info[word + n] |= QUOTED
