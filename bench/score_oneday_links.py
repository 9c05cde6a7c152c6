"""Precision of links on the one-day story, by pairs read by eye: ``labels/oneday_pairs.tsv``.

    python bench/score_oneday_links.py [--shared ../shared]

``shares`` says what a pair was found to share when read: text (one is made from the other, or both from a third), a quotation, a photograph's
caption, boilerplate. A link is right where it is text or a quotation; its kind is right where ``quotes`` is said of quotations alone. Samples:
``random`` of all links, ``near`` those with the least evidence, ``below`` of the pairs that no link shows and that share ten content words beyond
chance or a run of fourteen words: what the threshold leaves out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from pathlib import Path

from whence.trace import Text, links_of_corpus


def main() -> None:
    """Link the story and compare with the labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    with gzip.open(args.shared / "data/oneday-dev.jsonl.gz", "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    kinds = {
        frozenset((link.from_, link.to)): link.kind
        for link in links_of_corpus([Text(text=r["text"], id=str(r["id"]), outlet=r["outlet"]) for r in rows])
    }
    with (Path(__file__).parent / "labels/oneday_pairs.tsv").open(encoding="utf-8") as f:
        labels = list(csv.DictReader(f, delimiter="\t"))
    print(json.dumps({"links": len(kinds)}))
    for sample in ("random", "near"):
        read = [
            (kinds[pair], row["shares"]) for row in labels if row["sample"] == sample and (pair := frozenset((row["one"], row["other"]))) in kinds
        ]
        right = [(kind, shares) for kind, shares in read if shares in ("text", "quotation")]
        told = sum((kind == "quotes") == (shares == "quotation") for kind, shares in right)
        print(json.dumps({"sample": sample, "linked": len(read), "precision": round(len(right) / len(read), 3), "kind": round(told / len(right), 3)}))
    below = [row for row in labels if row["sample"] == "below"]
    silent = Counter(row["shares"] for row in below if frozenset((row["one"], row["other"])) not in kinds)
    print(json.dumps({"sample": "below", "read": len(below), "not_linked": dict(sorted(silent.items()))}))


if __name__ == "__main__":
    main()
