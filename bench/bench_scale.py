"""A corpus through `whence run`: CPU-seconds by step, memory, and what Spark shuffles; the same rows from every engine; one core against two.

    python bench/bench_scale.py CORPUS.jsonl [--command links] [--engines duckdb,spark] [--workers 2] [--memory 2.0] [--same] [--work DIR]
    python bench/bench_scale.py CORPUS.jsonl --command annotate --workers 1,2 --most 2000 --part 0.2
    python bench/bench_scale.py CORPUS.jsonl --quiet

The last does in a row what wants a machine that does nothing else: links by the default engine, links by Spark, their rows compared, and annotations of 2,000
articles by one worker and by two.

Every run is a process of its own. The clock is CPU-seconds of that process and all below it, workers and Java with them, as the system counts them, sampled
ten times a second. Memory is the most that they held together at a sample, pages that they share counted once (PSS). Wall time says little where the machine
does other work: the load is given beside it. --same compares the rows of all engines. --score scores links against the planted copies. Plant a corpus with
`../shared/tools/plant_copies.py ../shared/data/articles.jsonl.gz 100000 OUT`.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil


def child(command: str, corpus: str, out: str, engine: str, workers: int, memory: float, part: float) -> None:
    """Do the run and print its steps as they begin, then what it counted."""
    from whence.runs import run

    shuffled = 0

    def step(name: str) -> None:
        nonlocal shuffled
        shuffled = shuffle_bytes() if engine == "spark" else 0
        print(json.dumps({"step": name, "shuffled": shuffled}), flush=True)

    size = int(part * 1e6) or None
    done = run(command, [corpus], out, engine=engine, workers=workers, memory=int(memory * 1e9), part=size, progress=step)  # type: ignore[arg-type]
    told = {"articles": done.articles, "tables": done.tables, "notes": done.notes, "shuffled": shuffled, "steps": {s.step: s.counts for s in done.steps}}
    print(json.dumps(told), flush=True)


def shuffle_bytes() -> int:
    """Bytes that Spark's tasks have written for others to read."""
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is None:
        return 0
    executors = session.sparkContext._jsc.sc().statusStore().executorList(True)
    return sum(executors.apply(n).totalShuffleWrite() for n in range(executors.size()))


class Watch(threading.Thread):
    """Adds up the CPU and memory of a process and all below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root, self.spent, self.peak, self.turn = psutil.Process(pid), dict[int, float](), 0, 0

    def run(self) -> None:
        while self.root.is_running() and self.root.status() != psutil.STATUS_ZOMBIE:
            with contextlib.suppress(psutil.Error):
                self.look()
            time.sleep(0.1)

    def look(self) -> None:
        held = 0
        self.turn += 1
        for process in [self.root, *self.root.children(recursive=True)]:
            try:
                times = process.cpu_times()
                self.spent[process.pid] = times.user + times.system
                held += process.memory_full_info().pss if self.turn % 10 == 0 else 0
            except psutil.Error:
                continue
        self.peak = max(self.peak, held)

    def cpu(self) -> float:
        return sum(self.spent.values())


def measured(command: str, corpus: Path, out: Path, engine: str, workers: int, memory: float, part: float = 0.0) -> dict[str, Any]:
    """One run's figures."""
    began = time.monotonic()
    arguments = [sys.executable, __file__, "--child", command, str(corpus), str(out), engine, str(workers), str(memory), str(part)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    watch = Watch(process.pid)
    watch.start()
    steps: list[tuple[str, float]] = []
    told: dict[str, Any] = {}
    assert process.stdout is not None
    for line in process.stdout:
        told = json.loads(line)
        if "step" in told:
            steps.append((told["step"].split(":")[0] if told["step"].endswith("parts") else told["step"], watch.cpu()))
    if process.wait():
        raise SystemExit(f"the run failed: {engine}")
    watch.join(2)
    ends = [at for _, at in steps[1:]] + [watch.cpu()]
    spent: dict[str, float] = {"start": steps[0][1]}
    by_table: dict[str, float] = {}
    for (name, begun), end in zip(steps, ends, strict=True):
        table = name.partition(": ")[2]
        key = "sql" if table else name
        spent[key] = spent.get(key, 0.0) + end - begun
        if table:
            by_table[table] = by_table.get(table, 0.0) + end - begun
    articles = told["articles"]["in"]
    return {
        "command": command, "engine": engine, "workers": workers, "articles": articles, "cpu_s": round(watch.cpu(), 1),
        "cpu_s_per_100k": round(watch.cpu() / articles * 1e5, 1), "wall_s": round(time.monotonic() - began, 1), "load": round(os.getloadavg()[0], 1),
        "peak_mb": round(watch.peak / 1e6), "cpu_by_step": {name: round(value, 1) for name, value in spent.items()},
        "sql_by_table": {name: round(value, 1) for name, value in by_table.items()},
        "shuffled_mb": round(told["shuffled"] / 1e6), "tables": told["tables"], "notes": told["notes"], "steps": told["steps"],
    }  # fmt: skip


def different(one: Path, other: Path, tables: list[str]) -> int:
    """Rows that one run has and the other has not, either way."""
    import duckdb

    total = 0
    with duckdb.connect() as db:
        for table in tables:
            for a, b in ((one, other), (other, one)):
                rows = [f"SELECT * FROM read_parquet('{place}/{table}/*.parquet')" for place in (a, b)]
                found = db.execute(f"SELECT count(*) FROM ({rows[0]} EXCEPT ALL {rows[1]})").fetchone()
                total += 0 if found is None else found[0]
    return total


def scored(corpus: Path, out: Path, shared: Path) -> dict[str, Any]:
    """Links against the copies that were planted."""
    import pyarrow.parquet as pq

    lines = out / "links.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for path in sorted((out / "links").glob("*.parquet")):
            file.writelines(json.dumps(row) + "\n" for row in pq.read_table(path).to_pylist())
    scorer = [sys.executable, str(shared / "tools/score_copies.py"), str(corpus.with_suffix("")), str(lines)]
    scores: dict[str, Any] = json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)
    return scores


def first(corpus: Path, most: int, work: Path) -> Path:
    """The first articles of a corpus as one of its own."""
    out = work / f"first-{most}.jsonl"
    with corpus.open("rb") as file:
        out.write_bytes(b"".join(itertools.islice(file, most)))
    return out


def faster(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """By how much the last of some runs is faster on the clock than the first, and what it costs more."""
    one, other = lines[0], lines[-1]
    times = {"wall": round(one["wall_s"] / other["wall_s"], 2), "cpu": round(other["cpu_s"] / one["cpu_s"], 2)}
    return {"workers": [one["workers"], other["workers"]], "articles_per_s": [round(r["articles"] / r["wall_s"], 1) for r in (one, other)], **times}


def quiet(corpus: Path, work: Path) -> None:
    """What is said only of a machine that does nothing else."""
    linked = []
    for engine in ("duckdb", "spark"):
        linked.append(measured("links", corpus, work / engine, engine, 2, 4.0))
        print(json.dumps(linked[-1]), flush=True)
    against = {name: round(linked[1][name] / linked[0][name], 2) for name in ("wall_s", "cpu_s")}
    print(json.dumps({"spark_times_duckdb": against, "rows_different": different(work / "duckdb", work / "spark", ["links", "common"])}), flush=True)
    some = first(corpus, 2000, work)
    lines = []
    for workers in (1, 2):
        lines.append(measured("annotate", some, work / f"annotate-{workers}", "duckdb", workers, 2.0, some.stat().st_size / 24e6))
        print(json.dumps(lines[-1]), flush=True)
    print(json.dumps(faster(lines)), flush=True)


def main() -> None:
    """Run, compare, score, print."""
    if sys.argv[1:2] == ["--child"]:
        command, corpus, out, engine, workers, memory, part = sys.argv[2:]
        child(command, corpus, out, engine, int(workers), float(memory), float(part))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--command", default="links")
    parser.add_argument("--engines", default="duckdb")
    parser.add_argument("--workers", default="2", help="one number, or several: a run for each")
    parser.add_argument("--memory", type=float, default=2.0)
    parser.add_argument("--part", type=float, default=0.0, help="megabytes of a part; what the command takes itself if not given")
    parser.add_argument("--most", type=int, help="only so many articles, the first")
    parser.add_argument("--quiet", action="store_true", help="all that wants a quiet machine, in a row")
    parser.add_argument("--same", action="store_true", help="compare the rows of the engines")
    parser.add_argument("--score", action="store_true", help="score the links of the first engine")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path)
    args = parser.parse_args()
    work = args.work or Path(tempfile.mkdtemp())
    work.mkdir(parents=True, exist_ok=True)
    if args.quiet:
        quiet(args.corpus, work)
        return
    corpus = args.corpus if args.most is None else first(args.corpus, args.most, work)
    engines, numbers = args.engines.split(","), [int(n) for n in args.workers.split(",")]
    for engine in engines:
        lines = []
        for workers in numbers:
            out = work / engine if len(numbers) == 1 else work / f"{engine}-{workers}"
            lines.append(measured(args.command, corpus, out, engine, workers, args.memory, args.part))
            print(json.dumps(lines[-1]), flush=True)
        if len(lines) > 1:
            print(json.dumps(faster(lines)), flush=True)
    if args.same:
        from whence.runs.corpus import TABLES

        others = {engine: different(work / engines[0], work / engine, list(TABLES[args.command])) for engine in engines[1:]}
        print(json.dumps({"rows_different_from": engines[0], **others}))
    if args.score:
        print(json.dumps(scored(args.corpus, work / engines[0], args.shared)))


if __name__ == "__main__":
    main()
