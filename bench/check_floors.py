"""Scores marked stories and compares with the figures reached: ``python bench/check_floors.py [NAME…]``; exit status 1 where one fell.

Figures stand in ``bench/floors.toml`` and are only ever raised. Stories outside this repository are scored where ``../shared`` is there.
The scorer is run as it is, as a process of its own; ``spans_bad`` and ``over_counted`` have ceilings.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("WHENCE_SHARED", ROOT.parent / "shared"))
FLOORS = ROOT / "bench/floors.toml"


class Floor(NamedTuple):
    """One set of stories and what was reached on it: the least share of rows right, the most spans and counts wrong."""

    name: str
    stories: tuple[Path, ...]
    command: str
    share: float
    spans_bad: int
    over_counted: int


class Reached(NamedTuple):
    share: float
    spans_bad: int
    over_counted: int
    failed: int


def floors() -> list[Floor]:
    """The floors, with the folders of their stories; a pattern beginning with ``shared/`` is looked up beside the repository."""
    found = []
    for name, row in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items():
        stories: list[Path] = []
        for pattern in row["stories"]:
            base, rest = (SHARED, pattern.removeprefix("shared/")) if pattern.startswith("shared/") else (ROOT, pattern)
            stories += [p for p in sorted(base.glob(rest)) if (p / "gold.toml").is_file()]
        found.append(Floor(name, tuple(stories), row["command"], row["share"], row["spans_bad"], row["over_counted"]))
    return found


def scorer() -> Path | None:
    """The scorer of many stories, where it is there."""
    path = SHARED / "tools/score_cases.py"
    return path if path.is_file() else None


def score(floor: Floor) -> Reached:
    """What this version reaches on the stories of a floor. Raises FileNotFoundError where the scorer is absent."""
    tool = scorer()
    if tool is None or not floor.stories:
        raise FileNotFoundError(f"{floor.name}: the scorer or its stories are not beside this repository ({SHARED.name})")
    command = floor.command.replace("whence ", f"{sys.executable} -m whence ", 1)
    done = subprocess.run([sys.executable, str(tool), *map(str, floor.stories), "--command", command], capture_output=True, text=True, check=False)
    last = json.loads(done.stdout.splitlines()[-1])
    return Reached(last["share"], last["spans_bad"], last["over_counted"], last["failed"])


def below(floor: Floor, reached: Reached) -> list[str]:
    """What fell, in words; empty where nothing did."""
    out = []
    if reached.share < floor.share:
        out.append(f"{floor.name}: {reached.share:.3f} of all rows right, {floor.share:.3f} were")
    for what in ("spans_bad", "over_counted"):
        if getattr(reached, what) > getattr(floor, what):
            out.append(f"{floor.name}: {what} is {getattr(reached, what)}, {getattr(floor, what)} is the most")
    if reached.failed:
        out.append(f"{floor.name}: {reached.failed} stories failed")
    return out


def main(names: list[str]) -> int:
    fell = []
    for floor in floors():
        if names and floor.name not in names:
            continue
        try:
            reached = score(floor)
        except FileNotFoundError as error:
            print(f"skipped  {error}")
            continue
        print(f"{floor.name}: share {reached.share} (floor {floor.share}), spans_bad {reached.spans_bad}, over_counted {reached.over_counted}")
        fell += below(floor, reached)
    for line in fell:
        print(f"FELL  {line}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
