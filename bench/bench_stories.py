"""Grouping measured: `python bench/bench_stories.py [--sizes 20000,100000] [--peer] [--shared ../shared] [--work FOLDER]`.

Plants corpora of each size (`tools/plant_copies.py`) and groups them in a process of its own: CPU-seconds (children included), wall-clock seconds and
peak memory, and how many planted copies stand in their source's story. With `--peer` the same by TF-IDF (scikit-learn), where texts of a cosine of 0.3
and more are joined. Then, on `stories-dev`: how far adding in ten parts, and one by one at the end, is from grouping all at once. (The shipped model
has seen `stories-dev`; its honest quality is what `train/stories.py` prints.)
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from planted import planted

SYSTEMS = ("whence", "tf-idf")


def run(system: str, corpus: Path, out: Path) -> None:
    """Group a corpus in this process; write its stories and print its figures."""
    begun, clock = time.process_time(), time.perf_counter()
    names, labels = ours(corpus) if system == "whence" else peer(corpus)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    with out.open("w", encoding="utf-8") as f:
        f.writelines(json.dumps({"id": n, "story": names[k]}) + "\n" for n, k in zip(names, labels, strict=True))
    cpu = time.process_time() - begun + children.ru_utime + children.ru_stime
    figures = {"cpu_s": cpu, "wall_s": time.perf_counter() - clock, "peak_mb": own.ru_maxrss / 1e3, "child_peak_mb": children.ru_maxrss / 1e3}
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


def ours(corpus: Path) -> tuple[list[str], list[int]]:
    """Stories of whence."""
    from whence.pipeline import find_stories
    from whence.read import pages

    names, found = find_stories(pages([str(corpus)]), refused=unread)
    return names, list(found.labels)


def unread(refused: Any) -> None:
    """No line of a planted corpus is to be refused."""
    raise SystemExit(str(refused))


def peer(corpus: Path) -> tuple[list[str], list[int]]:
    """Stories by TF-IDF: connected articles of a cosine of 0.3 and more."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = [json.loads(line) for line in corpus.open(encoding="utf-8")]
    x = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, dtype=np.float32).fit_transform(row["text"] for row in rows)
    first, second = [], []
    for at in range(0, x.shape[0], 500):
        near = (x[at : at + 500] @ x.T).tocoo()
        kept = near.data >= 0.3
        first.append(near.row[kept] + at)
        second.append(near.col[kept])
    a, b = np.concatenate(first), np.concatenate(second)
    _, label = connected_components(coo_matrix((np.ones(len(a)), (a, b)), shape=(len(rows), len(rows))), directed=False)
    _, begin = np.unique(label, return_index=True)
    return [row["id"] for row in rows], begin[label].tolist()


def together(corpus: Path, out: Path) -> dict[str, float]:
    """The share of planted copies that stand in their source's story, by kind, and the greatest story."""
    story = {row["id"]: row["story"] for row in map(json.loads, out.open(encoding="utf-8"))}
    gold = json.loads(corpus.with_suffix(".gold.json").read_text(encoding="utf-8"))
    kinds: dict[str, list[bool]] = collections.defaultdict(list)
    for copy in gold:
        kinds[copy["kind"]].append(story[copy["source"]] == story[copy["copy"]])
    sizes = collections.Counter(story.values())
    return {"stories": len(sizes), "greatest": max(sizes.values()), **{k: round(sum(v) / len(v), 3) for k, v in sorted(kinds.items())}}


def tolerance(shared: Path) -> None:
    """Print how far adding in parts is from grouping at once, on the stories of ``shared``."""
    from whence.group import Item, assign, signatures, stories

    with gzip.open(shared / "data/stories-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(1).shuffle(rows)
    blobs = signatures(Item(text=r["text"], title=r.get("title"), published=r.get("published")) for r in rows)
    at_once = stories(blobs).labels
    for name, ends in (("ten parts", [len(blobs) * k // 10 for k in range(1, 11)]), ("the last hundred one by one", range(len(blobs) - 100, len(blobs) + 1))):
        labels: tuple[int, ...] = ()
        done = 0
        for end in ends:
            labels = assign(blobs[done:end], blobs[:done], labels).labels
            done = end
        print(json.dumps({"added": name, "b_cubed_f1_against_at_once": round(b_cubed(at_once, labels), 4), "pairs_that_differ": differing(at_once, labels)}))


def b_cubed(gold: tuple[int, ...], found: tuple[int, ...]) -> float:
    """B-cubed F1 of one grouping against another."""
    one, two, both = collections.Counter(gold), collections.Counter(found), collections.Counter(zip(gold, found, strict=True))
    p = sum(n * n / two[f] for (_, f), n in both.items()) / len(gold)
    r = sum(n * n / one[g] for (g, _), n in both.items()) / len(gold)
    return 2 * p * r / (p + r)


def differing(one: tuple[int, ...], two: tuple[int, ...]) -> int:
    """Pairs that stand together in just one of two groupings."""
    both = collections.Counter(zip(one, two, strict=True))
    return pairs(collections.Counter(one)) + pairs(collections.Counter(two)) - 2 * pairs(both)


def pairs(sizes: collections.Counter[Any]) -> int:
    """How many pairs stand together."""
    return sum(n * (n - 1) // 2 for n in sizes.values())


def main() -> None:
    """Plant, group, print."""
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="20000,100000")
    parser.add_argument("--peer", action="store_true", help="run TF-IDF too")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, help="where to plant; kept, and used again if it holds the corpus")
    args = parser.parse_args()
    for size, corpus in planted(args.sizes, args.shared, args.work or Path(tempfile.mkdtemp())):
        for system in SYSTEMS if args.peer else SYSTEMS[:1]:
            out = corpus.with_suffix(".stories")
            ran = subprocess.run([sys.executable, __file__, "--run", system, str(corpus), str(out)], capture_output=True, text=True, check=True)
            told = {"articles": size, "system": system, "load": round(os.getloadavg()[0], 1), **json.loads(ran.stdout), **together(corpus, out)}
            print(json.dumps(told), flush=True)
    tolerance(args.shared)


if __name__ == "__main__":
    main()
