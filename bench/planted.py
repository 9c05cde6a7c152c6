"""Corpora of real articles with known copies, made once for a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["planted"]


def planted(sizes: str, shared: Path, work: Path) -> Iterator[tuple[int, Path]]:
    """Each size of "20000,100000" with its corpus in ``work``: the one that lies there, or one made by the tool in ``shared``."""
    for size in (int(n) for n in sizes.split(",") if n):
        corpus = work / f"planted-{size}.jsonl"
        if not corpus.exists():
            planter = [sys.executable, str(shared / "tools/plant_copies.py"), str(shared / "data/articles.jsonl.gz")]
            subprocess.run([*planter, str(size), str(corpus.with_suffix(""))], check=True, stdout=subprocess.DEVNULL)
        yield size, corpus
