"""Sums of short passages found right: ``python bench/score_sums.py [--test] [--misses]`` over ``tests/compare/cases/sums.toml``.

A passage is right where one sum holds its value between its ends, these no further from it than its half, with its verdict; a weekday where the sum names it;
one marked ``never`` where no sum is called wrong. Without ``--test`` only items whose name has an even crc32 are read; with it the others, totals alone.
"""

from __future__ import annotations

import pathlib
import sys
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from whence.annotate.dates import find_dates
from whence.annotate.quantities import find_quantities
from whence.annotate.sentences import split
from whence.compare import compare
from whence.compare.arithmetic import sums
from whence.types import Annotated, Arithmetic, Article, Fact, Marks, Party

FILE = pathlib.Path(__file__).resolve().parents[1] / "tests/compare/cases/sums.toml"
_WIDE = 0.5


def main(arguments: list[str]) -> None:
    test = "--test" in arguments
    right: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in tomllib.loads(FILE.read_text(encoding="utf-8"))["cases"]:
        if bool(zlib.crc32(case["name"].encode()) % 2) != test:
            continue
        found = done(case)
        ok = holds(case, found)
        right[case["kind"]][0] += ok
        right[case["kind"]][1] += 1
        if not ok and not test and "--misses" in arguments:
            print("MISS", case["name"], case.get("value", case.get("weekday", "")), case.get("verdict", "never"))
            print("    ", case["text"])
            for a in found:
                print("      -", a.reading, "|", a.working, "|", a.verdict)
    if not test:
        print({kind: f"{a}/{b}" for kind, (a, b) in right.items()})
    print(f"sums: {sum(a for a, _ in right.values())} of {sum(b for _, b in right.values())} right ({'test' if test else 'work'} half)")


def done(case: dict[str, Any]) -> tuple[Arithmetic, ...]:
    """The sums of a passage's reports."""
    texts = [case["text"], *([case["also"]] if "also" in case else [])]
    reports = [_report(t, f"r{i}", case.get("published")) for i, t in enumerate(texts, 1)]
    return compare(reports, [Party(id="p1", kind="outlet", name="The Post")], [], [])[1] if len(reports) > 1 else sums(reports, [])


def _report(text: str, name: str, published: str | None) -> Annotated:
    sentences = split(text)
    marks = Marks(sentences=sentences, own="p1", quantities=find_quantities(text, sentences, name), timeline=find_dates(text, sentences, published, name))
    return Annotated(id=name, article=Article(path=name, text=text, published=Fact(value=published, basis="given") if published else None), marks=marks)


def holds(case: dict[str, Any], found: Sequence[Arithmetic]) -> bool:
    """Whether the sums are what the passage asks for."""
    if case.get("never"):
        return all(a.verdict not in {"inconsistent", "hedge-side"} for a in found)
    if "weekday" in case:
        return any(a.verdict == case["verdict"] and case["weekday"] in a.reading for a in found)
    value = case["value"]
    return any(
        a.low is not None
        and a.high is not None
        and a.low <= value * (1 + 1e-6)
        and a.high >= value * (1 - 1e-6)
        and max(value - a.low, a.high - value) <= _WIDE * value
        and a.verdict == case["verdict"]
        for a in found
    )


if __name__ == "__main__":
    main(sys.argv[1:])
