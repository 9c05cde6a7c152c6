"""How long two reports of about 600 words take: ``python bench/bench_brief.py [--runs 10] [--against OTHER/src]``.

The reports are put together from those of ``examples/``. Each run is ``python -m whence brief --json A B`` as a process of its own, from this tree and from
the other in turn, after one run of each that is not counted and writes the compiled modules, as an installation does. Prints a line of JSON a story and
tree: medians of the time on the clock, of the CPU-seconds and of the peak memory, the least of the first two, and whether both trees said the same.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORIES = {
    "laundered-memo": (("ledger", "ledger-update", "tribune"), ("skyline", "meridian", "tribune")),
    "flood-toll": (("ap", "afp", "worldwatch"), ("reuters", "observer", "worldwatch")),
}


def reports(story: str, folder: Path) -> list[str]:
    """Two reports, each of several of a story's, written to a folder: their paths."""
    paths = []
    for number, names in enumerate(STORIES[story], 1):
        path = folder / f"{story}-{number}.txt"
        path.write_text("\n\n".join((ROOT / "examples" / story / "reports" / f"{n}.txt").read_text("utf-8") for n in names), "utf-8")
        paths.append(str(path))
    return paths


def run(source: Path, paths: list[str]) -> tuple[float, float, float, bytes]:
    """Seconds on the clock, CPU-seconds, the peak in MB, and what was said."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(source)}
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "whence", "brief", "--json", *paths], env=environment, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    if process.returncode or not said:
        raise SystemExit(f"whence of {source} ended with {process.returncode}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--against", type=Path, help="the src of another tree")
    given = parser.parse_args()
    trees = [ROOT / "src", *([given.against.resolve()] if given.against else [])]
    with tempfile.TemporaryDirectory() as folder:
        for story in STORIES:
            paths = reports(story, Path(folder))
            said = [run(tree, paths)[3] for tree in trees]
            runs = [[run(tree, paths)[:3] for tree in trees] for _ in range(given.runs)]
            for tree, *figures in zip(trees, *runs, strict=True):
                wall, cpu, peak = zip(*figures, strict=True)
                print(json.dumps({
                    "story": story, "source": str(tree), "wall_s": round(statistics.median(wall), 3), "cpu_s": round(statistics.median(cpu), 3),
                    "least_wall_s": round(min(wall), 3), "least_cpu_s": round(min(cpu), 3), "peak_mb": round(statistics.median(peak)),
                    "same": len(set(said)) == 1, "load": round(os.getloadavg()[0], 1),
                }))  # fmt: skip


if __name__ == "__main__":
    main()
