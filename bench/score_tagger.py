"""Figures of the learned tagger on PolNeAR, the rules beside it: the scorer's figures, words a second, reliability of the confidence.

python bench/score_tagger.py [GOLD.jsonl.gz]
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from whence import text as texts
from whence.annotate import tagger
from whence.types import Heard, Region

SHARED = Path(__file__).resolve().parents[2] / "shared"
Finder = Callable[[str, Sequence[Region]], tuple[Heard, ...]]


def finders() -> dict[str, Finder]:
    """The tagger, and the rules where they are."""
    out: dict[str, Finder] = {"tagger": tagger.find_heard}
    try:
        from whence.annotate import rules

        out["rules"] = rules.find_heard
    except (ImportError, AttributeError) as error:
        print(f"rules: not measured ({error})", file=sys.stderr)
    return out


def articles(path: Path) -> list[dict[str, Any]]:
    """The first version of each article."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found: dict[str, dict[str, Any]] = {}
        for d in map(json.loads, lines):
            found.setdefault(d["id"], d)
    return list(found.values())


def as_lines(heard: Sequence[Heard]) -> list[dict[str, Any]]:
    """The outermost attributions as the scorer reads them."""

    def span(region: Region | None) -> dict[str, int] | None:
        return None if region is None else {"start": region[0], "end": region[1]}

    return [{"source": span(h.source), "cue": span(h.cue), "content": [span(r) for r in h.content]} for h in heard if h.inside is None]


def measure(find: Finder, gold: Path) -> tuple[dict[str, Any], list[tuple[float, bool]]]:
    """The scorer's figures with words a second; and each confidence with whether the attribution is right."""
    given = articles(gold)
    find(given[0]["text"], list(texts.paragraphs(given[0]["text"])))
    began = time.process_time()
    found = [find(d["text"], list(texts.paragraphs(d["text"]))) for d in given]
    taken = time.process_time() - began
    words = sum(len(d["text"].split()) for d in given)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps({"id": d["id"], "attributions": as_lines(f)}) + "\n" for d, f in zip(given, found, strict=True)), "utf-8")
        out = subprocess.run(
            [sys.executable, str(SHARED / "tools/score_attribution.py"), str(gold), str(path)], check=True, capture_output=True, text=True
        )
    figures = json.loads(out.stdout) | {"words_per_cpu_s": round(words / taken)}
    outermost = [[h for h in f if h.inside is None] for f in found]  # the corpus marks no others
    sure = [(h.confidence, hit) for d, f in zip(given, outermost, strict=True) for h, hit in zip(f, right(d, f), strict=True)]
    return figures, sure


def right(gold: dict[str, Any], found: Sequence[Heard]) -> list[bool]:
    """Whether each attribution found is one of the marked, as the scorer's relation has it: all parts share a word, what is absent is absent."""

    def touch(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> bool:
        return any(s < y and x < e for s, e in a for x, y in b) if a else not b

    out, used = [False] * len(found), set()
    for g in gold["attributions"]:
        for i, h in enumerate(found):
            parts = ((g["source"], [h.source] if h.source else []), (g["cue"], [h.cue] if h.cue else []), (g["content"], h.content))
            if i not in used and all(touch(a or [], b) for a, b in parts):
                used.add(i)
                out[i] = True
                break
    return out


def reliability(sure: Sequence[tuple[float, bool]]) -> tuple[list[tuple[str, int, float, float]], float]:
    """Ten bins (confidence, count, mean confidence, share right) and the expected calibration error."""
    rows, error = [], 0.0
    for k in range(10):
        group = [(c, r) for c, r in sure if min(9, int(c * 10)) == k]
        if group:
            mean, share = sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group)
            rows.append((f"{k / 10:.1f}-{(k + 1) / 10:.1f}", len(group), mean, share))
            error += len(group) / len(sure) * abs(mean - share)
    return rows, error


def main(gold: Path) -> None:
    """Print the figures of every finder."""
    for name, find in finders().items():
        figures, sure = measure(find, gold)
        print(name, json.dumps(figures))
        if name == "tagger":
            rows, error = reliability(sure)
            for bin_, count, mean, share in rows:
                print(f"  {bin_}  {count:5d}  confidence {mean:.3f}  right {share:.3f}")
            print(f"  expected calibration error {error:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "data/attribution-polnear-dev.jsonl.gz")
