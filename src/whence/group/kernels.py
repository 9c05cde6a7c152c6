"""The compiled part of grouping: which articles to compare, what two of them have in common, and how likely they are of one story."""

# mypy: disable-error-code="assignment, no-any-return, no-untyped-def"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["FEATURES", "SUMS", "compared", "cosines", "crowds", "heaviest", "nearest", "score", "settled", "sums"]

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

compiled = njit(cache=True, nogil=True)


@compiled
def often(mark: int) -> float:
    """About how often a term stands in its article."""
    return 1.5 ** (mark >> 4)


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
def nearest(
    rows: Any, key_starts: Any, keys: Any, worth: Any, post_starts: Any, posts: Any, where: Any, days: Any, window: int, cap: int, limit: int, least: float,
    out: Any,
) -> int:  # fmt: skip
    """For each article of ``rows`` the ``limit`` others with which it shares most, by its keys.

    ``out`` (rows × limit) gets their numbers, -1 where there are fewer; less than the cosine ``least`` of their keys is nothing. A posting of more than
    twice ``cap`` is searched only that far on either side of the article; how many were passed over comes back.
    """
    n = key_starts.size - 1
    lengths = np.zeros(n, np.float32)
    for i in range(n):
        for k in range(key_starts[i], key_starts[i + 1]):
            lengths[i] += worth[k] * worth[k]
        lengths[i] = np.sqrt(lengths[i])
    shared = np.zeros(n, np.float32)
    met = np.empty(n, np.int64)
    near = np.empty(n, np.int64)
    passed = 0
    for r in range(rows.size):
        i = rows[r]
        count = 0
        for k in range(key_starts[i], key_starts[i + 1]):
            key = keys[k]
            begin, end = post_starts[key], post_starts[key + 1]
            if end - begin > 2 * cap:
                here = where[k]
                low, high = max(begin, here - cap), min(end, here + cap + 1)
                passed += end - begin - (high - low)
                begin, end = low, high
            for p in range(begin, end):
                j = posts[p]
                if j == i:
                    continue
                if days[i] > -1 and days[j] > -1 and abs(days[i] - days[j]) > window:
                    continue
                if shared[j] == 0:
                    met[count] = j
                    count += 1
                shared[j] += worth[k] * worth[k]
        alike = 0
        for c in range(count):  # those that share too little need not be put in order
            j = met[c]
            if shared[j] >= least * lengths[i] * lengths[j]:
                near[alike] = j
                alike += 1
        found = near[:alike]
        kept = 0
        for at in np.argsort(-shared[found], kind="mergesort"):
            if kept == limit:
                break
            out[r, kept] = found[at]
            kept += 1
        for c in range(count):
            shared[met[c]] = 0
        for c in range(kept, limit):
            out[r, c] = -1
    return passed


@compiled
def part(a: float, b: float) -> float:
    """a / b, nought where b is."""
    return a / b if b > 0 else 0.0


@compiled
def cosines(first: Any, second: Any, starts: Any, hashes: Any, marks: Any, weights: Any, own: Any, out: Any) -> None:
    """The cosine of the words, names and numbers of each pair."""
    for n in range(first.size):
        i, j = first[n], second[n]
        a, b, a_end, b_end = starts[i], starts[j], starts[i + 1], starts[j + 1]
        dot = 0.0
        while a < a_end and b < b_end:
            x, y = hashes[a], hashes[b]
            if x == y and marks[a] & KIND < NUMBERED:
                dot += weights[a] * weights[b]
            a += x <= y
            b += y <= x
        out[n] = part(dot, own[i, S_ALL] * own[j, S_ALL])


@compiled
def compared(
    first: Any, second: Any, starts: Any, hashes: Any, marks: Any, rare: Any, weights: Any, own: Any, days: Any, words: Any, vectors: Any, out: Any
) -> None:
    """Fill ``out`` (pairs × FEATURES) with all but the last four, which need the neighbours of an article."""
    three = np.zeros(3, np.float32)
    for n in range(first.size):
        i, j = first[n], second[n]
        a, b, a_end, b_end = starts[i], starts[j], starts[i + 1], starts[j + 1]
        si, sj = own[i], own[j]
        dot = names = plain = lead = lead_i = lead_j = top_i = top_j = many = numbered = years = dates = rarely = alike = main_i = main_j = 0.0
        shared = 0
        three[:] = 0
        while a < a_end and b < b_end:
            if hashes[a] < hashes[b]:
                a += 1
                continue
            if hashes[b] < hashes[a]:
                b += 1
                continue
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
            a += 1
            b += 1
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
    constant.
    """
    count = features.shape[1]
    for n in range(features.shape[0]):
        trees = base
        for root in roots:
            at = root
            while places[at] >= 0:
                at = left[at] if features[n, places[at]] <= splits[at] else right[at]
            trees += splits[at]
        straight = line[2 * count]
        for k in range(count):
            f = features[n, k]
            straight += f * line[k] + np.log1p(max(0.0, f)) * line[count + k]
        out[n] = 1.0 / (1.0 + np.exp(-(bounded(trees) + bounded(straight)) / 2))


@compiled
def bounded(odds: float) -> float:
    """Log-odds no surer than one in ten thousand."""
    return min(9.21, max(-9.21, odds))


@compiled
def settled(first: Any, second: Any, chance: Any, starts: Any, others: Any, chances: Any, line: Any, contexts: Any, out: Any) -> None:
    """The chance of each pair in view of all others: two of one story have the same likes.

    ``others[starts[i]:starts[i + 1]]`` are the likes of article i, ascending, with their ``chances``. ``contexts`` (pairs × 10) gets what is seen unless it
    is empty; ``line`` holds its weights and the constant.
    """
    n = starts.size - 1
    degree = np.zeros(n)
    square = np.zeros(n)
    for i in range(n):
        for k in range(starts[i], starts[i + 1]):
            degree[i] += chances[k]
            square[i] += chances[k] * chances[k]
    c = np.zeros(10)
    for pair in range(first.size):
        i, j, p = first[pair], second[pair], chance[pair]
        a, b, a_end, b_end = starts[i], starts[j], starts[i + 1], starts[j + 1]
        product = least = apart = met_i = met_j = 0.0
        while a < a_end and b < b_end:
            if others[a] < others[b]:
                a += 1
            elif others[b] < others[a]:
                b += 1
            else:
                x, y = chances[a], chances[b]
                product += x * y
                least += min(x, y)
                apart += abs(x - y) * max(x, y)
                met_i += x * x
                met_j += y * y
                a += 1
                b += 1
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
def heaviest(starts: Any, weight: Any, keys: int, out: Any) -> None:
    """The places of each article's ``keys`` heaviest terms (those above nought), in ``out`` (n × keys, flat), in order of place."""
    for i in range(starts.size - 1):
        begin, end = starts[i], starts[i + 1]
        if end - begin <= keys:
            for t in range(begin, end):
                if weight[t] > 0:
                    out[i * keys + t - begin] = t
            continue
        order = np.argsort(-weight[begin:end], kind="mergesort")[:keys]
        chosen = np.sort(order)
        for k in range(keys):
            if weight[begin + chosen[k]] > 0:
                out[i * keys + k] = begin + chosen[k]


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
