"""The compiled part of grouping gives what plain Python gives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.group.background import model
from whence.group.kernels import FEATURES, both, index, places_of, score
from whence.group.kernels_candidates import kth_greatest, nearest

HASHES = st.lists(st.one_of(st.integers(0, 40), st.integers(0, 2**32 - 1)), max_size=60, unique=True).map(sorted)


@settings(deadline=None)  # the first call compiles
@given(HASHES, HASHES)
def test_the_terms_two_articles_have_in_common(one: list[int], other: list[int]) -> None:
    hashes = np.array([*one, *other], np.uint32)
    starts = np.array([0, len(one), len(one) + len(other)], np.int64)
    slots, found, in_other = places_of(starts)
    index(hashes, 0, len(one), slots)
    count = both(hashes, 0, len(one), len(one), len(hashes), slots, found, in_other)
    assert sorted({*one} & {*other}) == hashes[found[:count]].tolist() == hashes[in_other[:count]].tolist()
    assert all(0 <= p < len(one) for p in found[:count])


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.floats(0, 4, width=16), min_size=1, max_size=50), st.data())
def test_the_greatest_but_so_many(values: list[float], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(values)))
    assert sorted(values, reverse=True)[k - 1] == kth_greatest(np.array(values, np.float32), k)


def walked(features: Any, m: dict[str, Any]) -> float:
    """The chance of one pair, node by node."""
    trees = float(m["base"])
    for root in m["roots"].tolist():
        at = root
        while m["places"][at] >= 0:
            at = int(m["left"][at] if features[m["places"][at]] <= m["splits"][at] else m["right"][at])
        trees += float(m["splits"][at])
    known = features.astype(float)
    straight = float(np.concatenate([known, np.log1p(np.maximum(0, known)), [1]]) @ m["line"])
    return 1 / (1 + math.exp(-(min(9.21, max(-9.21, trees)) + min(9.21, max(-9.21, straight))) / 2))


@pytest.mark.parametrize("count", [1, 255, 256, 257, 600])
def test_pairs_judged_many_at_once_are_judged_as_each_alone(count: int) -> None:
    features = np.random.default_rng(count).normal(0.3, 1, (count, len(FEATURES))).astype(np.float32)
    m, out = model(), np.empty(count, np.float32)
    score(features, m["roots"], m["places"], m["splits"], m["left"], m["right"], float(m["base"]), m["line"], out)
    assert 1 < len(set(out.tolist())) or count == 1
    assert [walked(f, m) for f in features] == pytest.approx(out.tolist(), abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_the_nearest_of_each_article(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, window, limit, least = 60, 5, 7, 0.1
    days = np.where(rng.random(n) < 0.2, -1, rng.integers(0, 30, n))
    of_article = [sorted(rng.choice(25, 6, replace=False).tolist()) for _ in range(n)]
    weight = rng.random(25).astype(np.float32) + np.float32(0.1)
    starts, keys = np.arange(0, 6 * n + 1, 6), np.array([k for ks in of_article for k in ks])
    order = sorted(range(6 * n), key=lambda p: (keys[p], days[p // 6], p // 6))
    where = np.empty(6 * n, np.int64)
    where[order] = np.arange(6 * n)
    out = np.empty((n, limit), np.int64)
    posts = np.array(order) // 6
    assert 0 == nearest(np.arange(n), starts, keys, weight[keys], np.searchsorted(keys[order], np.arange(26)), posts, where, days, window, n, limit, least, out)
    squares = {i: {k: float(weight[k]) ** 2 for k in ks} for i, ks in enumerate(of_article)}
    for i in range(n):
        near = {}
        for j in range(n):
            shared = sum(squares[i][k] for k in of_article[i] if k in squares[j])
            alike = shared / math.sqrt(sum(squares[i].values()) * sum(squares[j].values()))
            if j != i and alike >= least and (days[i] < 0 or days[j] < 0 or abs(days[i] - days[j]) <= window):
                near[j] = shared
        found = [j for j in out[i].tolist() if j >= 0]
        assert len(set(found)) == len(found) == min(limit, len(near))
        assert sorted(near.values(), reverse=True)[: len(found)] == pytest.approx(sorted((near[j] for j in found), reverse=True), rel=1e-5)
