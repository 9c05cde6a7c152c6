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

import psutil
import pyarrow.parquet as pq
import pytest
from made_corpus import POISON, corpus, killed, slow, write_lines

from whence.engine import Engine, open_engine
from whence.runs import run
from whence.runs.inputs import inputs, parts
from whence.runs.parts import Step, each

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


class TestSameRows:
    def test_links_are_those_of_one_process(self, tmp_path: Path) -> None:
        given = write_lines(tmp_path / "corpus.jsonl", corpus(150, copies=20, viral=30)[0])
        run("links", [str(given)], str(tmp_path / "one"), engine="process")
        run("links", [str(given)], str(tmp_path / "spark"), engine="spark", workers=2, part=60_000)
        for table in ("links", "common"):
            assert rows(tmp_path / "one", table) == rows(tmp_path / "spark", table) != []


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
