"""Two groups that are alike and yet two stories: what each has alone, and what linkage does of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from whence.group import Item, parted, signatures
from whence.group.linkage import linked
from whence.group.parted import Parting, contrast, seen_of
from whence.group.signature import unpacked

WAYS = [
    "Striker {name} of Veldt Rovers was fined for speeding near the harbour on Monday. The club said it would wait for the police.",
    "A player of Veldt Rovers, {name}, was stopped for speeding near the harbour, police said on Monday. The club waits.",
    "Veldt Rovers said it would wait for the police after its striker {name} was fined for speeding near the harbour.",
    "The police fined {name} for speeding near the harbour on Monday. The striker plays for Veldt Rovers.",
]
SIGNED = unpacked(signatures(Item(text=way.format(name=name)) for name in ("Anton Quillby", "Bastian Orme") for way in WAYS))
ONE, TWO = [0, 1, 2, 3], [4, 5, 6, 7]
LINE = np.array([0.0, 0.0, 0.0, 0.0, 4.0, 4.0, 4.0, -6.0, 0.5])
"""Weights by which what each has alone decides: the three measures are to have a mean of a half."""


def chances(count: int, chance: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    first, second = np.triu_indices(count, 1)
    return first, second, np.full(len(first), chance, np.float32)


class TestContrast:
    def test_what_each_of_two_groups_names_shows(self) -> None:
        for value in contrast(SIGNED, ONE, TWO):
            assert 0.6 < value < 1

    def test_groups_of_one_story_have_little_alone(self) -> None:
        for apart, together in zip(contrast(SIGNED, ONE, TWO), contrast(SIGNED, ONE[:2] + TWO[:2], ONE[2:] + TWO[2:]), strict=True):
            assert together < apart

    def test_it_is_the_same_from_either_side(self) -> None:
        assert contrast(SIGNED, ONE, TWO) == pytest.approx(contrast(SIGNED, TWO, ONE))

    def test_one_side_alone_is_not_enough(self) -> None:
        items = [Item(text=WAYS[k].format(name="Anton Quillby")) for k in range(3)]
        more = [Item(text=f"{item.text} Bastian Orme") for item in items]
        one, _, whole = contrast(unpacked(signatures(items + more)), [0, 1, 2], [3, 4, 5])
        assert one <= 0.25
        assert whole <= 0.25

    def test_articles_without_a_word_have_nothing(self) -> None:
        assert (0.0, 0.0, 0.0) == contrast(unpacked(signatures([Item(text=""), Item(text="…")])), [0], [1])


class TestParting:
    def test_two_stories_are_apart_and_one_is_not(self) -> None:
        parting = Parting(SIGNED, np.arange(8), LINE)
        assert parting.apart(ONE, TWO, 0.7, (0.9, 0.9))
        assert not parting.apart([0, 1, 4, 5], [2, 3, 6, 7], 0.7, (0.9, 0.9))

    def test_of_two_articles_nothing_is_asked(self) -> None:
        assert not Parting(SIGNED, np.arange(8), LINE).apart(ONE[:2], TWO, 0.7, (0.9, 0.9))

    def test_rows_are_looked_up(self) -> None:
        parting = Parting(SIGNED, np.array([0, 4, 1, 5, 2, 6, 3, 7]), LINE)
        assert parting.apart([0, 2, 4, 6], [1, 3, 5, 7], 0.7, (0.9, 0.9))
        assert not parting.apart([0, 1, 2, 3], [4, 5, 6, 7], 0.7, (0.9, 0.9))

    def test_texts_are_not_looked_at_where_they_can_change_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[int] = []
        monkeypatch.setattr(parted, "contrast", lambda *_: asked.append(1) or (1.0, 1.0, 1.0))
        line = LINE.copy()
        line[0] = -2.0
        parting = Parting(SIGNED, np.arange(8), line)
        assert not parting.apart(ONE, TWO, 0.99, (0.9, 0.9))
        assert [] == asked
        assert parting.apart(ONE, TWO, 0.5, (0.9, 0.9))
        assert [1] == asked

    def test_what_is_seen_says_how_far_the_groups_fall_short_of_themselves(self) -> None:
        alike, apart = (seen_of((3, 5), p, (0.9, 0.8), (0.1, 0.2, 0.3)) for p in (0.8, 0.4))
        assert parted.SEEN == len(alike)
        assert alike[1] == pytest.approx(0)
        assert apart[1] < 0
        assert apart[0] < alike[0]


class TestLinkage:
    def test_what_the_judge_calls_two_stories_is_not_merged(self) -> None:
        first, second, chance = chances(6, 0.8)
        chance[(first < 3) == (second < 3)] = 0.95
        met: list[tuple[list[int], list[int], float, tuple[float, float]]] = []

        def judge(ours: Sequence[int], theirs: Sequence[int], across: float, within: tuple[float, float]) -> bool:
            met.append((sorted(ours), sorted(theirs), across, within))
            return min(len(ours), len(theirs)) > 2

        full = np.zeros(6, bool)
        assert 1 == len(set(linked(6, first, second, chance, full, 0.4).labels.tolist()))
        assert [0, 0, 0, 3, 3, 3] == linked(6, first, second, chance, full, 0.4, judge=judge).labels.tolist()
        ours, theirs, across, within = met[-1]
        assert ([0, 1, 2], [3, 4, 5]) == (ours, theirs)
        assert across == pytest.approx(0.8)
        assert within == pytest.approx((0.95, 0.95))

    def test_what_must_stand_together_is_not_asked_about(self) -> None:
        first, second, chance = chances(6, 0.8)
        labels = linked(6, first, second, chance, np.zeros(6, bool), 0.4, must=[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)], judge=lambda *_: True).labels
        assert [0] * 6 == labels.tolist()
