"""The compiled part of grouping that finds which articles to compare."""

# mypy: disable-error-code="assignment, no-any-return, no-untyped-def"
# (compiled code has machine integers where the interpreter has its own; numba checks the types)

from __future__ import annotations

from typing import Any

import numpy as np

from .kernels import compiled

__all__ = ["heaviest", "nearest"]


@compiled
def nearest(
    rows: Any, key_starts: Any, keys: Any, worth: Any, post_starts: Any, posts: Any, where: Any, days: Any, window: int, cap: int, limit: int, least: float,
    out: Any,
) -> int:  # fmt: skip
    """For each article of ``rows`` the ``limit`` others with which it shares most, by its keys.

    ``out`` (rows × limit) gets their numbers, in no order, -1 where there are fewer; less than the cosine ``least`` of their keys is nothing. A posting
    of more than twice ``cap`` is searched only that far on either side of the article; how many were passed over comes back.
    """
    n = key_starts.size - 1
    lengths = np.zeros(n, np.float32)
    for i in range(n):
        for k in range(key_starts[i], key_starts[i + 1]):
            lengths[i] += worth[k] * worth[k]
        lengths[i] = np.sqrt(lengths[i])
    shared = np.zeros(n, np.float32)
    met = np.empty(n + 1, np.int64)  # one more is written than is kept
    near = np.empty(n, np.int64)
    values = np.empty(n, np.float32)
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
            early, late = days[posts[begin]], days[posts[end - 1]]  # a posting stands by date, those without one first
            check = days[i] > -1 and not (early > -1 and days[i] - early <= window and late - days[i] <= window)
            square = worth[k] * worth[k]
            for p in range(begin, end):
                j = posts[p]
                if check and days[j] > -1 and abs(days[i] - days[j]) > window:
                    continue
                met[count] = j
                count += shared[j] == 0
                shared[j] += square
        shared[i] = 0
        alike = 0
        for c in range(count):  # those that share too little need not be put in order
            j = met[c]
            near[alike] = j
            values[alike] = shared[j]
            alike += shared[j] >= least * lengths[i] * lengths[j] and shared[j] > 0
        kept = 0
        if alike > limit:
            least_shared = kth_greatest(values[:alike], limit)
            equal = limit
            for c in range(alike):
                equal -= shared[near[c]] > least_shared
            for c in range(alike):
                value = shared[near[c]]
                if value > least_shared or (value == least_shared and equal > 0):
                    equal -= value == least_shared
                    out[r, kept] = near[c]
                    kept += 1
        else:
            for c in range(alike):
                out[r, c] = near[c]
            kept = alike
        for c in range(count):
            shared[met[c]] = 0
        for c in range(kept, limit):
            out[r, c] = -1
    return passed


@compiled
def kth_greatest(values: Any, k: int) -> float:
    """The ``k``-th greatest of some values, which are put in another order (Hoare's selection)."""
    low, high = 0, values.size - 1
    while low < high:
        pivot = values[(low + high) // 2]
        a, b = low, high
        while a <= b:
            while values[a] > pivot:
                a += 1
            while values[b] < pivot:
                b -= 1
            if a <= b:
                values[a], values[b] = values[b], values[a]
                a += 1
                b -= 1
        if k - 1 <= b:
            high = b
        elif k - 1 >= a:
            low = a
        else:
            break
    return values[k - 1]


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
