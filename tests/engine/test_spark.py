"""The Spark engine: the same rows as in one process, and nothing lost where workers are killed."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_corpus import POISON, corpus, happenings, killed, slow, told, write_lines

from whence.engine import Engine, open_engine
from whence.runs import run
from whence.runs.components import components
from whence.runs.inputs import inputs, parts
from whence.runs.parts import Step, each, read_table, write_table
from whence.runs.run import Run
from whence.runs.stories import group_corpus

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pip install 'whence[spark]'"),
]

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True, scope="module")
def _workers_find_what_the_tests_do() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}:{Path(__file__).parent}")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # small work: quick to start goes before quick to run
        yield


def executors() -> list[int]:
    """The processes in which the cluster's workers do their tasks."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "CoarseGrainedExecutorBackend" in " ".join(process.cmdline()):
                found.append(process.pid)
    return sorted(found)


def rows(out: Path, table: str) -> list[str]:
    return sorted(str(row) for path in (out / table).rglob("*.parquet") for row in pq.read_table(path).to_pylist())


@pytest.fixture(scope="class")
def session() -> Iterator[Engine]:
    """A session that the runs find, so that Java is started once."""
    with open_engine("spark", workers=2) as engine:
        yield engine


@pytest.mark.usefixtures("session")
class TestSameRows:
    """Every command gives the same rows by all three engines, whatever the parts."""

    def test_links(self, tmp_path: Path) -> None:
        self.compare("links", write_lines(tmp_path / "corpus.jsonl", corpus(150, copies=20, viral=30)[0]), tmp_path)

    def test_annotations(self, tmp_path: Path) -> None:
        self.compare("annotate", write_lines(tmp_path / "corpus.jsonl", told(12)), tmp_path)

    def test_stories(self, tmp_path: Path) -> None:
        self.compare("stories", write_lines(tmp_path / "corpus.jsonl", happenings(8, 4)), tmp_path, without=("capped",))

    def test_origins(self, tmp_path: Path) -> None:
        self.compare("origins", write_lines(tmp_path / "corpus.jsonl", told(18)), tmp_path, without=("capped",))

    def compare(self, command: str, given: Path, tmp_path: Path, without: tuple[str, ...] = ()) -> None:
        engines: tuple[Literal["process", "duckdb", "spark"], ...] = ("process", "duckdb", "spark")
        for engine in engines:
            part = None if engine == "process" else given.stat().st_size // 3
            done = run(command, [str(given)], str(tmp_path / engine), engine=engine, workers=2, part=part)
            assert done.articles["out"] == len(given.read_text().splitlines())
        for table in done.tables:
            found = [rows(tmp_path / engine, table) for engine in engines]
            assert found[0] == found[1] == found[2]
            assert (found[0] == []) == (table in without)

    def test_stories_in_windows_joined_by_components(self, session: Engine, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", happenings(10, 5))
        found = []
        for name, engine in (("process", open_engine("process")), ("spark", session)):
            this = Run("stories", inputs([str(given)]), str(tmp_path / name), str(tmp_path / f"{name}-work"), engine, {}, lambda step: None)
            group_corpus(this, at_once=20)
            assert this.notes["windows"] > 2
            found.append(rows(tmp_path / name, "members"))
        assert found[0] == found[1] != []

    def test_components_by_sql(self, session: Engine, tmp_path: Path) -> None:
        edges = {"a": [1, 2, 3, 10, 10, 30], "b": [2, 3, 4, 11, 12, 31]}
        this = Run("stories", [], str(tmp_path / "out"), str(tmp_path / "work"), session, {}, lambda step: None)
        write_table(this.table("edges") + "/part-0.parquet", pa.table(edges))
        components(this, held=0)
        label = read_table(this.table("component")).to_pydict()
        assert {1: 1, 2: 1, 3: 1, 4: 1, 10: 10, 11: 10, 12: 10, 30: 30, 31: 30} == dict(zip(label["n"], label["story"], strict=True))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    """Two workers with an executor each."""
    with open_engine("spark", master="local-cluster[2,1,1024]") as engine:
        yield engine


class TestFaults:
    """On a cluster of two workers with an executor each, all processes of this machine."""

    def test_an_executor_killed_in_mid_run_loses_nothing(self, cluster: Engine, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(40, copies=0)[0])
        step = Step(
            name="read", work=slow, settings=None, receipts=str(tmp_path / "receipts"),
            tables={name: str(tmp_path / name) for name in ("articles", "shingles", "rejects")},
        )  # fmt: skip
        struck: list[int] = []

        def strike() -> None:
            while not list((tmp_path / "receipts").rglob("*.done")):
                time.sleep(0.05)
            struck.append(executors()[0])
            os.kill(struck[0], signal.SIGKILL)

        striker = threading.Thread(target=strike, daemon=True)
        striker.start()
        receipts = each(cluster, step, parts(inputs([str(given)]), 4_000))
        striker.join(60)
        assert 1 == len(struck)
        assert 40 == sum(r.counts["out"] for r in receipts) == len(set(ids(tmp_path))) == len(ids(tmp_path))
        assert not (tmp_path / "rejects").exists()

    def test_an_article_that_kills_its_worker_is_alone_among_the_rejects(self, cluster: Engine, tmp_path: Path) -> None:
        lines, _ = corpus(6, copies=0)
        lines[3]["text"] += f" {POISON}"
        step = Step(
            name="read", work=killed, settings=None, receipts=str(tmp_path / "receipts"),
            tables={name: str(tmp_path / name) for name in ("articles", "shingles", "rejects")},
        )  # fmt: skip
        receipts = each(cluster, step, parts(inputs([str(write_lines(tmp_path / "corpus.jsonl", lines))]), 2_000))
        assert 6 == sum(r.counts["in"] for r in receipts)
        assert {"a0", "a1", "a2", "a4", "a5"} == set(ids(tmp_path))
        (reject,) = (row for path in (tmp_path / "rejects").glob("*.parquet") for row in pq.read_table(path).to_pylist())
        assert "died each time" in reject["why"]


def ids(folder: Path) -> list[str]:
    return [i for path in (folder / "articles").glob("*.parquet") for i in pq.read_table(path, columns=["id"]).column("id").to_pylist()]
