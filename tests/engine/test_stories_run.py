"""Stories of a corpus: windows of days, what stands in two of them, components, and the count of each story."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_corpus import happenings, write_lines

from whence.engine import open_engine
from whence.runs import run
from whence.runs.components import components
from whence.runs.parts import read_table, write_table
from whence.runs.run import Run
from whence.runs.stories import EVER, UNDATED, group_corpus, windows


def bare(folder: Path, engine: Any) -> Run:
    return Run("stories", [], str(folder / "out"), str(folder / "work"), engine, {}, lambda step: None)


def members(out: Path) -> dict[str, str]:
    return {r["id"]: r["story"] for p in (out / "members").glob("*.parquet") for r in pq.read_table(p).to_pylist()}


class TestWindows:
    def test_a_small_corpus_is_one_window(self) -> None:
        assert [(UNDATED, EVER)] == windows({5: 10, UNDATED: 3}, 100)

    def test_every_day_is_in_a_window_and_the_days_before_it_too(self) -> None:
        days = {100 + d: 10 for d in range(30)}
        found = windows({**days, UNDATED: 5}, 50)
        assert (UNDATED, UNDATED) == found[0]
        assert set(days) == {d for first, last in found[1:] for d in range(first, last + 1)} & set(days)
        assert all(later[0] < earlier[1] + 1 for earlier, later in itertools.pairwise(found[1:]))

    def test_a_day_greater_than_a_window_is_a_window(self) -> None:
        assert [(7, 10), (8, 11)] == windows({10: 1000, 11: 1000}, 100)


class TestComponents:
    @pytest.mark.parametrize("seed", range(3))
    def test_arrays_and_sql_find_what_walking_finds(self, tmp_path: Path, seed: int) -> None:
        rng = random.Random(seed)
        pairs = [(rng.randrange(400), rng.randrange(400)) for _ in range(250)] + [(n, n + 1) for n in range(1000, 1100)] + [(2000, 2001 + n) for n in range(99)]
        edges = [(min(p) + (1 << 41), max(p) + (1 << 41)) for p in pairs if p[0] != p[1]]
        walked: dict[int, int] = {}
        near: dict[int, set[int]] = {}
        for a, b in edges:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
        for start in sorted(near):
            waiting = [start] if start not in walked else []
            while waiting:
                at = waiting.pop()
                walked[at] = start
                waiting += [n for n in near[at] if n not in walked]
        for held in (1 << 30, 0):
            with open_engine("process") as engine:
                this = bare(tmp_path / str(held), engine)
                table = pa.table({"a": [a for a, _ in edges], "b": [b for _, b in edges]})
                write_table(this.table("edges") + "/part-0.parquet", table)
                components(this, held=held)
                found = read_table(this.table("component"))
            assert walked == dict(zip(found.column("n").to_pylist(), found.column("story").to_pylist(), strict=True))


class TestStories:
    def test_the_same_stories_whatever_the_parts_and_the_engine(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", happenings(12, 5))
        one = run("stories", [str(given)], str(tmp_path / "a"), engine="process")
        run("stories", [str(given)], str(tmp_path / "b"), engine="duckdb", workers=2, part=9_000)
        assert members(tmp_path / "a") == members(tmp_path / "b")
        assert {"in": 60, "out": 60, "rejected": 0} == one.articles

    def test_windows_join_what_goes_over_their_borders(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", happenings(12, 6))
        run("stories", [str(given)], str(tmp_path / "whole"), engine="process")
        with open_engine("process") as engine:
            from whence.runs.inputs import inputs

            this = bare(tmp_path, engine)
            this.files = tuple(inputs([str(given)]))
            group_corpus(this, at_once=20)
        assert this.notes["windows"] > 2
        whole, cut = members(tmp_path / "whole"), members(tmp_path / "out")
        assert len(set(whole.values())) == len(set(cut.values()))
        for happening in range(12):
            assert 1 == len({cut[f"h{happening}-{k}"] for k in range(6)}) == len({whole[f"h{happening}-{k}"] for k in range(6)})


class TestOrigins:
    def test_each_story_of_more_than_one_article_is_counted(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", happenings(3, 4))
        manifest = run("origins", [str(given)], str(tmp_path / "out"), engine="process")
        found = [r for p in (tmp_path / "out/origins").glob("*.parquet") for r in pq.read_table(p).to_pylist()]
        assert manifest.tables["stories"] == manifest.tables["origins"] == len(found) > 0
        for row in found:
            census = json.loads(row["census"])
            assert row["pages"] == census["pages"] == sum(len(t["pages"]) for t in census["copies"])
            assert row["origins_low"] <= row["origins_best"]
