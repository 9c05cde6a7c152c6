"""Copies planted in real articles, found by whence and by its peers, side by side: recall by kind, precision, direction, passages, speed, memory.

    python bench/bench_links.py [--sizes 20000,100000] [--peers] [--shared ../shared] [--work DIR]

Every system runs in a process of its own on texts in memory; its CPU-seconds are counted from the texts to the last pair (for whence: to the last
offset), compiled code warm, and its memory is the peak of the whole process, texts included. Prints a Markdown table and a line of JSON a run.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from peers_links import PEERS

OURS = ("whence", "whence, no dates")
KINDS = ("verbatim", "trim", "shuffle", "light10", "quote2", "rewrite", "heavy40")


def run(system: str, corpus: Path, out: Path) -> None:
    """Run one system in this process; write its links and print its figures."""
    rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    size = sum(len(row["text"].encode()) for row in rows) / 1e6
    links = ours(rows, dates=system == "whence") if system in OURS else peer(rows, system)
    begun = time.process_time()
    found = list(links)
    spent = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with out.open("w", encoding="utf-8") as f:
        f.writelines(json.dumps(link) + "\n" for link in map(plain, found))
    print(
        json.dumps({"mb": round(size, 1), "cpu": round(spent, 2), "mb_per_cpu_s": round(size / spent, 1), "memory_per_text": round(memory / size, 1)})
    )


def ours(rows: list[dict[str, Any]], *, dates: bool) -> Any:
    """Links of whence, its compiled code loaded before the clock runs."""
    from whence.trace import Text, links_of_corpus

    list(links_of_corpus([Text(text="a b c d e f g h")] * 2))
    texts = [Text(text=r["text"], id=r["id"], outlet=r["outlet"], published=r["published"] if dates else None) for r in rows]
    rows.clear()
    return links_of_corpus(texts)


def peer(rows: list[dict[str, Any]], system: str) -> Any:
    """Pairs of a peer, as links without direction or evidence."""
    ids = [row["id"] for row in rows]
    return ({"from": ids[a], "to": ids[b], "directed": False} for a, b in PEERS[system]([row["text"] for row in rows]))


def plain(link: Any) -> Any:
    """A link as the scorer reads it."""
    import msgspec

    return link if isinstance(link, dict) else msgspec.to_builtins(link)


def measured(system: str, corpus: Path, shared: Path) -> dict[str, Any]:
    """One system's figures of one corpus."""
    out = corpus.with_suffix(".links")
    ran = subprocess.run([sys.executable, __file__, "--run", system, str(corpus), str(out)], capture_output=True, text=True, check=True)
    scorer = [sys.executable, str(shared / "tools/score_copies.py"), str(corpus.with_suffix("")), str(out)]
    scores = subprocess.run(scorer, capture_output=True, text=True, check=True)
    return {"system": system, **json.loads(ran.stdout), **json.loads(scores.stdout)}


def table(size: int, figures: list[dict[str, Any]]) -> str:
    """The figures of one corpus as a Markdown table."""
    lines = [
        f"| {size:,} articles | {' | '.join(KINDS)} | all | precision | direction | passages | MB per CPU-s | memory × text |",
        "| --- " * 14 + "|",
    ]
    for f in figures:
        way = f["direction"]
        told = way.get("right", 0) + way.get("wrong", 0)
        direction = f"{way.get('right', 0) / told:.3f} of {told} told" if told else "–"
        passages = f"{f['span_recall']:.3f} / {f['span_precision']:.3f}" if f["span_precision"] else "–"
        kinds = [f"{f['recall'].get(k, 0):.3f}" for k in KINDS]
        rest = [f"{f['recall_all']:.3f}", f"{f['precision']:.3f}", direction, passages, str(f["mb_per_cpu_s"]), str(f["memory_per_text"])]
        lines.append(f"| {' | '.join([f['system'], *kinds, *rest])} |")
    return "\n".join(lines)


def main() -> None:
    """Plant, run, score, print."""
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="20000,100000")
    parser.add_argument("--peers", action="store_true", help="run the peers too")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, help="where to plant; kept, and used again if it holds the corpus")
    args = parser.parse_args()
    work = args.work or Path(tempfile.mkdtemp())
    for size in (int(n) for n in args.sizes.split(",")):
        corpus = work / f"planted-{size}.jsonl"
        if not corpus.exists():
            planter = [sys.executable, str(args.shared / "tools/plant_copies.py"), str(args.shared / "data/articles.jsonl.gz")]
            subprocess.run([*planter, str(size), str(corpus.with_suffix(""))], check=True, stdout=subprocess.DEVNULL)
        figures = [measured(system, corpus, args.shared) for system in (*OURS, *(PEERS if args.peers else ()))]
        print(table(size, figures), *(json.dumps(f) for f in figures), sep="\n", flush=True)


if __name__ == "__main__":
    main()
