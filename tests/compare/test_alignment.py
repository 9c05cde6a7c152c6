"""Rows of clauses: answers in other words are known, a row is joined by its likest cells and is only as sure as they are of each other."""

from __future__ import annotations

import numpy as np

from whence.compare.alignment import rows_of
from whence.compare.units import Unit
from whence.compare.wording import answered, wording_of


def unit(report: str, at: int) -> Unit:
    return Unit(
        report=report, region=(at, at + 1), sentence=(at, at + 1), order=0.0, text="", stems=(), words=(), quantities=(), quoted=(), attribution=None,
        notions=frozenset(), dates=frozenset(),
    )  # fmt: skip


def rows(reports: str, chances: dict[tuple[int, int], float], threshold: float = 0.3) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
    pairs = np.array(sorted(chances))
    return rows_of([unit(r, i) for i, r in enumerate(reports)], pairs, np.array([chances[i, j] for i, j in pairs.tolist()]), threshold, 0.45)


class TestRows:
    def test_what_is_like_one_cell_joins_a_row_though_unlike_another(self) -> None:
        found = rows("abc", {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0})
        assert [(0, 1, 2)] == [row for row, _ in found]

    def test_a_cell_is_as_sure_as_those_before_it_are_of_it(self) -> None:
        (_, sure), = rows("abc", {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.1})
        assert np.allclose(sure, (0.9, 0.9, 0.45))

    def test_a_row_has_one_clause_a_report(self) -> None:
        found = rows("aabb", {(0, 2): 0.9, (0, 3): 0.5, (1, 2): 0.4, (1, 3): 0.8})
        assert [(0, 2), (1, 3)] == [row for row, _ in found]

    def test_below_the_threshold_there_is_no_row(self) -> None:
        assert [] == rows("ab", {(0, 1): 0.2})


    def test_a_clause_whose_answers_stand_in_a_surer_row_must_be_sure_of_one(self) -> None:
        likely, less = {(0, 2): 0.9, (1, 2): 0.5}, {(0, 2): 0.9, (1, 2): 0.4}
        assert [(0, 2), (1, 2)] == [row for row, _ in rows("aab", likely)]
        assert [(0, 2)] == [row for row, _ in rows("aab", less)]


class TestWording:
    def test_other_words_answer_more_than_another_fact_does(self) -> None:
        wording = wording_of(["Three miners died in the blast", "the explosion killed three people underground", "The company's shares fell on Monday"])
        shares = answered(wording.top, wording.weights, np.array([[0, 1], [0, 2], [1, 2]])).mean(1)
        assert shares[0] > shares[1] + 0.1
        assert shares[0] > shares[2] + 0.1

    def test_the_same_clause_is_answered_in_full_and_an_empty_one_by_nothing(self) -> None:
        wording = wording_of(["The pier is closed", "The pier is closed", "", "Nobody was hurt in the town"])
        assert np.allclose(answered(wording.halfway, wording.weights, np.array([[0, 1], [0, 2], [2, 3]])), [[1, 1], [0, 0], [0, 0]], atol=1e-5)

    def test_no_clauses_have_no_wording(self) -> None:
        assert (0, 384) == wording_of([]).top.meaning.shape
