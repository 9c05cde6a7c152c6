"""Scores ``wire`` and the agency credited on 100 pages of the one-day story, marked by hand: ``labels/oneday_wire.tsv``.

    python bench/score_wire.py [--shared ../shared] [--misses]

One row a half, and one of both. Precision and recall of wire = yes; of the agency: of pairs of a page and a party credited with its text. The test half is
not looked into: ``--misses`` names the misses of the work half alone. Pages marked unknown count: saying yes there is wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import zlib
from pathlib import Path
from typing import NamedTuple

from whence.annotate import annotate
from whence.clean import clean
from whence.types import Page


class Answer(NamedTuple):
    """What is said of a page: wire, and the parties other than its own outlet that its text is credited to."""

    wire: str
    parties: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--misses", action="store_true", help="name what was not right in the work half")
    options = parser.parse_args()
    with gzip.open(options.shared / "data/oneday-dev.jsonl.gz", "rt", encoding="utf-8") as f:
        pages = {str(row["id"]): row for row in map(json.loads, f)}
    with (Path(__file__).parent / "labels/oneday_wire.tsv").open(encoding="utf-8") as f:
        labels = list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))
    told = [(row, answer(pages[row["id"]])) for row in labels]
    halves = {"work": [x for x in told if half(x[0]["id"]) == "work"], "test": [x for x in told if half(x[0]["id"]) == "test"], "both": told}
    for name, rows in halves.items():
        print(json.dumps({"half": name, "pages": len(rows), **score(rows)}))
    for row, got in halves["work"] if options.misses else ():
        wanted = {row["agency"]} - {""}
        if (got.wire == "yes") != (row["wire"] == "yes") or (got.wire == "yes" and got.parties != wanted):
            print(row["id"], pages[row["id"]]["outlet"], f"wire {row['wire']} {sorted(wanted)}, told {got.wire} {sorted(got.parties)}", sep="\t")


def half(name: str) -> str:
    """A page is of the test half where the CRC-32 of its id is odd."""
    return "test" if zlib.crc32(name.encode()) % 2 else "work"


def answer(row: dict[str, str]) -> Answer:
    """What cleaning and annotating one page say of it."""
    article = clean(Page(path=str(row["id"]), text=row["text"], media="text", outlet=row["outlet"]))
    marks = annotate(article, "r1")
    names = {p.id: p.name for p in marks.parties}
    return Answer(marks.wire, frozenset(names[c.party] for c in marks.credits if c.party != marks.own))


def score(rows: list[tuple[dict[str, str], Answer]]) -> dict[str, object]:
    """Precision and recall, the numbers they are made of, and how often "no" is said where the page was marked yes."""
    yes = {row["id"] for row, _ in rows if row["wire"] == "yes"}
    said = {row["id"] for row, got in rows if got.wire == "yes"}
    pairs = {(row["id"], row["agency"]) for row, _ in rows if row["wire"] == "yes"}
    named = {(row["id"], party) for row, got in rows if got.wire == "yes" for party in got.parties}
    own = {row["id"] for row, _ in rows if row["wire"] == "no"}
    told_own = {row["id"] for row, got in rows if got.wire == "no"}
    return {"wire": ratio(said, yes), "agency": ratio(named, pairs), "no": ratio(told_own, own), "yes told as no": len(yes & told_own)}


def ratio(said: set[object] | set[str], true: set[object] | set[str]) -> dict[str, object]:
    """Precision and recall of one set of answers."""
    both = len(said & true)
    precision, recall = both / len(said) if said else None, both / len(true) if true else None
    return {"precision": precision and round(precision, 3), "recall": recall and round(recall, 3), "said": len(said), "true": len(true)}


if __name__ == "__main__":
    main()
