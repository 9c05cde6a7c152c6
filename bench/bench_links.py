"""Copies planted in real articles, found by whence and by its peers, side by side: recall by kind, precision, direction, passages, speed, memory.

    python bench/bench_links.py [--sizes 20000,100000] [--peers] [--shared ../shared] [--work DIR]

Every system runs in a process of its own, on one core, compiled code warm (made by an earlier run). The clock is CPU-seconds of the process. Peers are
given texts in memory and are timed to the last pair. Whence reads the file, and is timed until the last offset is written, once with the reading of its lines
and once with that taken off. Memory is the peak of the process as a multiple of the text: all of it, and what lies above ``base``, the
megabytes held before anything is read (for whence: interpreter, numba, compiled code). Prints a Markdown table and a line of JSON a run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parent))
from peers_links import PEERS
from planted import planted

OURS = ("whence", "whence, no dates")
KINDS = ("verbatim", "trim", "shuffle", "light10", "quote2", "rewrite", "heavy40")


def run(system: str, corpus: Path, out: Path) -> None:
    """Run one system in this process; write its links and print its figures."""
    source = corpus if system != OURS[1] else undated(corpus)
    size = sum(len(json.loads(line)["text"].encode()) for line in corpus.open(encoding="utf-8")) / 1e6
    links = ours(source) if system in OURS else peer([json.loads(line) for line in corpus.open(encoding="utf-8")], system)
    base = peak()
    encode = msgspec.json.Encoder().encode
    begun = time.process_time()
    with out.open("wb") as f:
        f.writelines(encode(link) + b"\n" for link in links)
    spent = time.process_time() - begun
    memory = peak()
    reading = read(source) if system in OURS else 0.0
    figures = {"mb": size, "cpu": spent, "mb_per_cpu_s": size / (spent - reading), "mb_per_cpu_s_with_lines": size / spent if reading else None}
    figures |= {"memory_per_text": memory / size, "base_mb": base, "above_base_per_text": (memory - base) / size}
    print(json.dumps({name: value and round(value, 2) for name, value in figures.items()}))


def peak() -> float:
    """Peak memory of this process so far, in millions of bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def undated(corpus: Path) -> Path:
    """The corpus without its dates, beside it."""
    path = corpus.with_suffix(".undated")
    with corpus.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as f:
        f.writelines(json.dumps({**json.loads(line), "published": None}, ensure_ascii=False) + "\n" for line in lines)
    return path


def ours(corpus: Path) -> Any:
    """Links of whence, its compiled code loaded before the clock runs."""
    from whence.trace import Text, links, links_of_corpus

    list(links_of_corpus([Text(text="a b c d e f g h")] * 2))
    return links(str(corpus), refused=unread)


def unread(refused: Any) -> None:
    """No line of a planted corpus is to be refused."""
    raise SystemExit(str(refused))


def read(corpus: Path) -> float:
    """CPU-seconds that the lines of a corpus take to be read, nothing done with them."""
    from whence.trace import Text

    decode = msgspec.json.Decoder(Text).decode
    begun = time.process_time()
    with corpus.open("rb") as lines:
        for line in lines:
            decode(line)
    return time.process_time() - begun


def peer(rows: list[dict[str, Any]], system: str) -> Any:
    """Pairs of a peer, as links without direction or evidence."""
    ids, texts = [row["id"] for row in rows], [row["text"] for row in rows]
    return ({"from": ids[a], "to": ids[b], "directed": False} for a, b in PEERS[system](texts))


def measured(system: str, corpus: Path, shared: Path) -> dict[str, Any]:
    """One system's figures of one corpus."""
    out = corpus.with_suffix(".links")
    ran = subprocess.run([sys.executable, __file__, "--run", system, str(corpus), str(out)], capture_output=True, text=True, check=True)
    scorer = [sys.executable, str(shared / "tools/score_copies.py"), str(corpus.with_suffix("")), str(out)]
    scores = subprocess.run(scorer, capture_output=True, text=True, check=True)
    return {"system": system, "load": round(os.getloadavg()[0], 1), **json.loads(ran.stdout), **json.loads(scores.stdout)}


def table(size: int, figures: list[dict[str, Any]]) -> str:
    """The figures of one corpus as a Markdown table."""
    lines = [
        f"| {size:,} articles | {' | '.join(KINDS)} | all | precision | direction | passages | MB per CPU-s (lines read) | memory × text (above base) |",
        "| --- " * 14 + "|",
    ]
    for f in figures:
        way = f["direction"]
        told = way.get("right", 0) + way.get("wrong", 0)
        direction = f"{way.get('right', 0) / told:.3f} of {told} told" if told else "–"
        passages = f"{f['span_recall']:.3f} / {f['span_precision']:.3f}" if f["span_precision"] else "–"
        kinds = [f"{f['recall'].get(k, 0):.3f}" for k in KINDS]
        lines_read = f["mb_per_cpu_s_with_lines"]
        speed = f"{f['mb_per_cpu_s']:.1f}" + (f" ({lines_read:.1f})" if lines_read else "")
        memory = f"{f['memory_per_text']:.1f} ({f['above_base_per_text']:.1f})"
        rest = [f"{f['recall_all']:.3f}", f"{f['precision']:.3f}", direction, passages, speed, memory]
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
    for size, corpus in planted(args.sizes, args.shared, args.work or Path(tempfile.mkdtemp())):
        figures = [measured(system, corpus, args.shared) for system in (*OURS, *(PEERS if args.peers else ()))]
        print(table(size, figures), *(json.dumps(f) for f in figures), sep="\n", flush=True)


if __name__ == "__main__":
    main()
