"""The compiled part of grouping: what two articles have in common, and how likely they are of one story."""

# mypy: disable-error-code="assignment, no-any-return, no-untyped-def, return-value"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["FEATURES", "SUMS", "compared", "cosines", "crowds", "likes", "score", "settled", "sums"]

KIND, LEAD = 7, 8
WORD, NAME, NUMBER, NUMBERED, YEAR, DAY = range(6)

FEATURES = (
    "cosine", "cosine-names", "cosine-words", "cosine-lead", "lead-in-least", "lead-in-most", "names-in-least", "names-in-most", "names-product",
    "rarest-three", "rare-names", "shared-names", "numbered", "numbered-jaccard", "years", "years-apart", "days", "days-apart",
    "meaning", "dates", "shorter", "length-ratio",
    "cosine-rare", "names-alike", "main-names-least", "main-names-most", "latest-apart", "near-least", "near-most", "near-mean", "crowd",
)  # fmt: skip
"""What is known of a pair, in the order of the trees."""

SUMS = 14
"""How many sums are kept of an article."""

S_ALL, S_NAMES, S_WORDS, S_LEAD, S_LEAD_SUM, S_TOP_SUM, S_TOP_LEAST, S_NUMBERED, S_YEARS, S_DAYS, S_RARE, S_TIMES, S_MAIN_LEAST, S_LATEST = range(SUMS)

TOP_NAMES = 6
MAIN_NAMES = 2
RARE = 4.0

AT_ONCE = 256
"""How many pairs are judged at once."""

POWERS = 1.5 ** np.arange(16)

compiled = njit(cache=True, nogil=True)


@compiled
def often(mark: int) -> float:
    """About how often a term stands in its article."""
    return POWERS[mark >> 4]


@compiled
def insert(top: Any, value: float) -> None:
    """Put a value into a descending list if it is among the greatest."""
    at = top.size - 1
    if value <= top[at]:
        return
    while at > 0 and top[at - 1] < value:
        top[at] = top[at - 1]
        at -= 1
    top[at] = value


@compiled
def sums(starts: Any, hashes: Any, marks: Any, rare: Any, weights: Any, out: Any) -> None:
    """Fill ``out`` (n × SUMS, float32) with what is summed over an article's own terms."""
    top = np.zeros(TOP_NAMES, np.float32)
    main = np.zeros(MAIN_NAMES, np.float32)
    for i in range(starts.size - 1):
        s = out[i]
        s[:] = 0
        top[:] = 0
        main[:] = 0
        for t in range(starts[i], starts[i + 1]):
            kind = marks[t] & KIND
            w = weights[t]
            if kind >= NUMBERED:
                s[S_NUMBERED + kind - NUMBERED] += rare[t] if kind == NUMBERED else 1
                if kind == YEAR:
                    s[S_LATEST] = max(s[S_LATEST], hashes[t])
                continue
            s[S_ALL] += w * w
            s[S_RARE] += w * w * rare[t] * rare[t]
            if kind == NAME:
                s[S_NAMES] += w * w
                s[S_TIMES] += often(marks[t])
                insert(top, w)
                insert(main, often(marks[t]) + rare[t] / 100)
            elif kind == WORD:
                s[S_WORDS] += w * w
            if marks[t] & LEAD:
                s[S_LEAD] += rare[t] * rare[t]
                s[S_LEAD_SUM] += rare[t]
        s[S_TOP_SUM] = top.sum()
        s[S_TOP_LEAST] = top[TOP_NAMES - 1]
        s[S_MAIN_LEAST] = main[MAIN_NAMES - 1]
        for k in (S_ALL, S_NAMES, S_WORDS, S_LEAD, S_RARE):
            s[k] = np.sqrt(s[k])


@compiled
def part(a: float, b: float) -> float:
    """a / b, nought where b is."""
    return a / b if b > 0 else 0.0


@compiled
def places_of(starts: Any) -> Any:
    """Room for what ``index`` and ``both`` write, for articles of any size in a corpus."""
    most = 1
    for i in range(starts.size - 1):
        most = max(most, starts[i + 1] - starts[i])
    return np.empty(slots_for(most), np.uint16), np.empty(most, np.int64), np.empty(most, np.int64)


@compiled
def slots_for(terms: int) -> int:
    """How many slots so many terms are looked up in: a power of two, a sixteenth of which is full at most."""
    size = 64
    while size < 16 * terms:
        size *= 2
    return size


@compiled
def index(hashes: Any, begin: int, end: int, slots: Any) -> None:
    """Put the terms of an article, counted from one, into the first of the slots, so that those of others can be looked up there; nought is empty."""
    mask = slots_for(end - begin) - 1
    slots[: mask + 1] = 0
    for t in range(begin, end):
        at = hashes[t] & mask
        while slots[at] > 0:
            at = (at + 1) & mask
        slots[at] = t - begin + 1


@compiled
def both(hashes: Any, begin: int, end: int, other: int, other_end: int, slots: Any, found: Any, in_other: Any) -> int:
    """How many terms an article, whose ``slots`` these are, has in common with another; their places in both, hashes ascending.

    What may be in common is picked out without a branch, then looked at: a fourth of the time. (Unsigned places, as others may count from the end.)
    """
    mask = np.uint64(slots_for(end - begin) - 1)
    one = np.uint64(1)
    maybe = count = np.uint64(0)
    for t in range(np.uint64(other), np.uint64(other_end)):
        in_other[maybe] = t
        maybe += np.uint64(slots[np.uint64(hashes[t]) & mask] > 0)
    for k in range(maybe):
        t = np.uint64(in_other[k])
        at = np.uint64(hashes[t]) & mask
        while slots[at] > 0:
            place = np.uint64(begin + slots[at] - 1)
            if hashes[place] == hashes[t]:
                found[count] = place
                in_other[count] = t
                count += one
                break
            at = (at + one) & mask
    return np.int64(count)


@compiled
def cosines(first: Any, second: Any, starts: Any, hashes: Any, marks: Any, weights: Any, own: Any, out: Any) -> None:
    """The cosine of the words, names and numbers of each pair."""
    slots, of_i, of_j = places_of(starts)
    indexed = -1
    for n in range(first.size):
        i, j = first[n], second[n]
        if i != indexed:
            index(hashes, starts[i], starts[i + 1], slots)
            indexed = i
        dot = 0.0
        for k in range(both(hashes, starts[i], starts[i + 1], starts[j], starts[j + 1], slots, of_i, of_j)):
            if marks[of_i[k]] & KIND < NUMBERED:
                dot += weights[of_i[k]] * weights[of_j[k]]
        out[n] = part(dot, own[i, S_ALL] * own[j, S_ALL])


@compiled
def compared(
    first: Any, second: Any, starts: Any, hashes: Any, marks: Any, rare: Any, weights: Any, own: Any, days: Any, words: Any, vectors: Any, out: Any
) -> None:
    """Fill ``out`` (pairs × FEATURES) with all but the last four, which need the neighbours of an article."""
    three = np.zeros(3, np.float32)
    slots, of_i, of_j = places_of(starts)
    indexed = -1
    for n in range(first.size):
        i, j = first[n], second[n]
        if i != indexed:
            index(hashes, starts[i], starts[i + 1], slots)
            indexed = i
        si, sj = own[i], own[j]
        dot = names = plain = lead = lead_i = lead_j = top_i = top_j = many = numbered = years = dates = rarely = alike = main_i = main_j = 0.0
        shared = 0
        three[:] = 0
        for at in range(both(hashes, starts[i], starts[i + 1], starts[j], starts[j + 1], slots, of_i, of_j)):
            a, b = of_i[at], of_j[at]
            ka, kb = marks[a] & KIND, marks[b] & KIND
            w = weights[a] * weights[b]
            if ka >= NUMBERED:
                if ka == NUMBERED:
                    numbered += rare[a]
                elif ka == YEAR:
                    years += 1
                else:
                    dates += 1
            else:
                dot += w
                rarely += w * rare[a] * rare[a]
                if ka == WORD and kb == WORD:
                    plain += w
                if marks[a] & LEAD:
                    lead_i += rare[a]
                if marks[b] & LEAD:
                    lead_j += rare[a]
                    if marks[a] & LEAD:
                        lead += rare[a] * rare[a]
                if ka == NAME or kb == NAME:
                    if ka == NAME and kb == NAME:
                        names += w
                        alike += min(often(marks[a]) / si[S_TIMES], often(marks[b]) / sj[S_TIMES])
                    shared += 1
                    if ka == NAME and often(marks[a]) + rare[a] / 100 >= si[S_MAIN_LEAST]:
                        main_i += 1
                    if kb == NAME and often(marks[b]) + rare[a] / 100 >= sj[S_MAIN_LEAST]:
                        main_j += 1
                    if ka == NAME and weights[a] >= si[S_TOP_LEAST]:
                        top_i += weights[a]
                    if kb == NAME and weights[b] >= sj[S_TOP_LEAST]:
                        top_j += weights[b]
                    r = rare[a]
                    if r > RARE:
                        many += r
                    for k in range(3):
                        if r > three[k]:
                            r, three[k] = three[k], r
        f = out[n]
        f[0] = part(dot, si[S_ALL] * sj[S_ALL])
        f[1] = part(names, si[S_NAMES] * sj[S_NAMES])
        f[2] = part(plain, si[S_WORDS] * sj[S_WORDS])
        f[3] = part(lead, si[S_LEAD] * sj[S_LEAD])
        c, d = part(lead_i, si[S_LEAD_SUM]), part(lead_j, sj[S_LEAD_SUM])
        f[4], f[5] = min(c, d), max(c, d)
        c, d = min(1.0, part(top_i, si[S_TOP_SUM])), min(1.0, part(top_j, sj[S_TOP_SUM]))
        f[6], f[7], f[8] = min(c, d), max(c, d), c * d
        f[9], f[10], f[11] = three.sum(), many, shared
        f[12] = numbered
        f[13] = part(numbered, si[S_NUMBERED] + sj[S_NUMBERED] - numbered)
        f[14] = part(years, si[S_YEARS] + sj[S_YEARS] - years)
        f[15] = 1.0 if si[S_YEARS] > 0 and sj[S_YEARS] > 0 and years == 0 else 0.0
        f[16] = dates
        f[17] = 1.0 if si[S_DAYS] > 0 and sj[S_DAYS] > 0 and dates == 0 else 0.0
        v = 0
        for k in range(vectors.shape[1]):
            v += np.int64(vectors[i, k]) * np.int64(vectors[j, k])
        f[18] = v / 16129.0
        f[19] = np.log1p(abs(days[i] - days[j])) if days[i] > -1 and days[j] > -1 else -1.0
        shorter, longer = min(words[i], words[j]), max(words[i], words[j])
        f[20] = np.log(shorter + 1.0)
        f[21] = np.log((longer + 1.0) / (shorter + 1.0))
        f[22] = part(rarely, si[S_RARE] * sj[S_RARE])
        f[23] = alike
        f[24], f[25] = min(main_i, main_j), max(main_i, main_j)
        f[26] = np.log1p(abs(si[S_LATEST] - sj[S_LATEST])) if si[S_LATEST] > 0 and sj[S_LATEST] > 0 else -1.0


@compiled
def score(features: Any, roots: Any, places: Any, splits: Any, left: Any, right: Any, base: float, line: Any, out: Any) -> None:
    """The chance that a pair is of one story: the mean of two log-odds, of boosted trees and of a logistic regression.

    ``places`` is a node's feature, -1 in a leaf, where ``splits`` is its value. ``line`` holds the weights of the features, of their logarithms, and the
    constant. A node stands before those below it. Pairs are judged many at once, every node for all of them: then no step waits for the one before.
    """
    total, count = features.shape
    value = np.empty((places.size, AT_ONCE), np.float32)
    trees = np.empty(AT_ONCE)
    for begin in range(0, total, AT_ONCE):
        size = min(AT_ONCE, total - begin)
        turned = features[begin : begin + size].T.copy()
        trees[:] = base
        for tree in range(roots.size):
            first = roots[tree]
            last = roots[tree + 1] if tree + 1 < roots.size else places.size
            for node in range(last - 1, first - 1, -1):
                here, split = value[node - first], splits[node]
                if places[node] < 0:
                    here[:] = split
                    continue
                f, lower, upper = turned[places[node]], value[left[node] - first], value[right[node] - first]
                for n in range(size):
                    a, b = lower[n], upper[n]  # both are read, whichever is taken: then many are worked on at once
                    here[n] = a if f[n] <= split else b
            for n in range(size):
                trees[n] += value[0, n]
        for n in range(size):
            straight = line[2 * count]
            for k in range(count):
                x = turned[k, n]
                straight += x * line[k] + np.log(1 + max(0.0, x)) * line[count + k]
            out[begin + n] = 1.0 / (1.0 + np.exp(-(bounded(trees[n]) + bounded(straight)) / 2))


@compiled
def bounded(odds: float) -> float:
    """Log-odds no surer than one in ten thousand."""
    return min(9.21, max(-9.21, odds))


@compiled
def likes(first: Any, second: Any, chance: Any, starts: Any, others: Any, chances: Any, degree: Any, square: Any) -> None:
    """The likes of each article, ascending, from pairs ascending: ``others[starts[i]:starts[i + 1]]`` with their ``chances``; the sums of these, and of
    their squares."""
    free = starts[:-1].copy()
    for pair in range(first.size):
        i, j = first[pair], second[pair]
        others[free[i]], others[free[j]] = j, i
        chances[free[i]] = chances[free[j]] = chance[pair]
        free[i] += 1
        free[j] += 1
    for i in range(degree.size):
        for k in range(starts[i], starts[i + 1]):
            degree[i] += chances[k]
            square[i] += chances[k] * chances[k]


@compiled
def settled(
    first: Any, second: Any, chance: Any, starts: Any, others: Any, chances: Any, degree: Any, square: Any, line: Any, contexts: Any, out: Any
) -> None:  # fmt: skip
    """The chance of each pair in view of all others: two of one story have the same likes.

    What ``likes`` gave is what is seen. ``contexts`` (pairs × 10) gets what is made of it unless it is empty; ``line`` holds its weights and the constant.
    """
    c = np.zeros(10)
    place = np.full(starts.size, -1, np.int64)  # of each article among the likes of i
    marked = -1
    for pair in range(first.size):
        i, j, p = first[pair], second[pair], chance[pair]
        if i != marked:
            if marked >= 0:
                for k in range(starts[marked], starts[marked + 1]):
                    place[others[k]] = -1
            for k in range(starts[i], starts[i + 1]):
                place[others[k]] = k
            marked = i
        product = least = apart = met_i = met_j = 0.0
        for b in range(starts[j], starts[j + 1]):
            a = place[others[b]]
            if a >= 0:
                x, y = chances[a], chances[b]
                product += x * y
                least += min(x, y)
                apart += abs(x - y) * max(x, y)
                met_i += x * x
                met_j += y * y
        u, v = degree[i] - p, degree[j] - p
        c[0] = bounded(np.log(p / (1 - p)))
        c[1] = (product + 2 * p) / np.sqrt((1 + square[i]) * (1 + square[j]))
        c[2] = product
        c[3] = least
        c[4] = 2 + u + v - least
        c[5], c[6] = min(u, v), max(u, v)
        c[7] = product / max(0.05, c[6])
        c[8] = product / max(0.05, c[5])
        c[9] = apart + 2 * (1 - p) + max(0.0, square[i] - p * p - met_i) + max(0.0, square[j] - p * p - met_j)
        if contexts.size:
            contexts[pair] = c
        total = line[10]
        for k in range(10):
            total += c[k] * line[k]
        out[pair] = 1.0 / (1.0 + np.exp(-bounded(total)))


@compiled
def crowds(first: Any, second: Any, cosine: Any, near: Any) -> None:
    """Keep in ``near`` (n × k, descending) the greatest cosines of each article."""
    k = near.shape[1]
    for n in range(first.size):
        for i in (first[n], second[n]):
            if cosine[n] > near[i, k - 1]:
                at = k - 1
                while at > 0 and near[i, at - 1] < cosine[n]:
                    near[i, at] = near[i, at - 1]
                    at -= 1
                near[i, at] = cosine[n]
