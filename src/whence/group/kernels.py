"""The compiled part of grouping: which articles to compare, what two of them have in common, and how likely they are of one story."""

# mypy: disable-error-code="assignment, no-any-return, no-untyped-def"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["FEATURES", "SUMS", "compared", "crowds", "heaviest", "nearest", "score", "sums"]

KIND, LEAD = 7, 8
WORD, NAME, NUMBER, NUMBERED, YEAR, DAY = range(6)

FEATURES = (
    "cosine", "cosine-names", "cosine-words", "cosine-lead", "lead-in-least", "lead-in-most", "names-in-least", "names-in-most", "names-product",
    "rarest-three", "rare-names", "shared-names", "numbered", "numbered-jaccard", "years", "years-apart", "days", "days-apart",
    "meaning", "dates", "shorter", "length-ratio", "near-least", "near-most", "near-mean", "crowd",
)  # fmt: skip
"""What is known of a pair, in the order of the trees."""

SUMS = 10
"""How many sums are kept of an article."""

S_ALL, S_NAMES, S_WORDS, S_LEAD, S_LEAD_SUM, S_TOP_SUM, S_TOP_LEAST, S_NUMBERED, S_YEARS, S_DAYS = range(SUMS)

TOP_NAMES = 6
RARE = 4.0

compiled = njit(cache=True, nogil=True)


@compiled
def sums(starts: Any, marks: Any, rare: Any, weights: Any, out: Any) -> None:
    """Fill ``out`` (n × SUMS, float32) with what is summed over an article's own terms."""
    top = np.zeros(TOP_NAMES, np.float32)
    for i in range(starts.size - 1):
        s = out[i]
        s[:] = 0
        top[:] = 0
        for t in range(starts[i], starts[i + 1]):
            kind = marks[t] & KIND
            w = weights[t]
            if kind >= NUMBERED:
                s[S_NUMBERED + kind - NUMBERED] += rare[t] if kind == NUMBERED else 1
                continue
            s[S_ALL] += w * w
            if kind == NAME:
                s[S_NAMES] += w * w
                if w > top[TOP_NAMES - 1]:
                    at = TOP_NAMES - 1
                    while at > 0 and top[at - 1] < w:
                        top[at] = top[at - 1]
                        at -= 1
                    top[at] = w
            elif kind == WORD:
                s[S_WORDS] += w * w
            if marks[t] & LEAD:
                s[S_LEAD] += rare[t] * rare[t]
                s[S_LEAD_SUM] += rare[t]
        s[S_TOP_SUM] = top.sum()
        s[S_TOP_LEAST] = top[TOP_NAMES - 1]
        for k in (S_ALL, S_NAMES, S_WORDS, S_LEAD):
            s[k] = np.sqrt(s[k])


@compiled
def nearest(
    rows: Any, key_starts: Any, keys: Any, worth: Any, post_starts: Any, posts: Any, days: Any, window: int, cap: int, limit: int, least: float,
    out: Any, near: Any,
) -> int:  # fmt: skip
    """For each article of ``rows`` the ``limit`` others with which it shares most, by its keys.

    ``out`` (rows × limit) gets their numbers, -1 where there are fewer, ``near`` how much is shared. A posting of more than twice ``cap`` is searched
    only that far on either side of the article; how many were passed over comes back.
    """
    n = key_starts.size - 1
    shared = np.zeros(n, np.float32)
    met = np.empty(n, np.int64)
    passed = 0
    for r in range(rows.size):
        i = rows[r]
        count = 0
        for k in range(key_starts[i], key_starts[i + 1]):
            key = keys[k]
            begin, end = post_starts[key], post_starts[key + 1]
            if end - begin > 2 * cap:
                here = begin
                while posts[here] != i:
                    here += 1
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
        found = met[:count]
        total = shared[found]
        kept = 0
        order = np.argsort(-total, kind="mergesort")
        for at in order:
            if kept == limit or total[at] < least:
                break
            out[r, kept] = found[at]
            near[r, kept] = total[at]
            kept += 1
        for c in range(count):
            shared[found[c]] = 0
        for c in range(kept, limit):
            out[r, c] = -1
    return passed


@compiled
def part(a: float, b: float) -> float:
    """a / b, nought where b is."""
    return a / b if b > 0 else 0.0


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
        dot = names = plain = lead = lead_i = lead_j = top_i = top_j = many = numbered = years = dates = 0.0
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
                    shared += 1
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


@compiled
def score(features: Any, roots: Any, places: Any, splits: Any, left: Any, right: Any, base: float, out: Any) -> None:
    """The chance that a pair is of one story: trees summed. ``places`` is a node's feature, -1 in a leaf, where ``splits`` is its value."""
    for n in range(features.shape[0]):
        total = base
        for root in roots:
            at = root
            while places[at] >= 0:
                at = left[at] if features[n, places[at]] <= splits[at] else right[at]
            total += splits[at]
        out[n] = 1.0 / (1.0 + np.exp(-total))


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
