"""Quantities, dates and sums of marked stories found right: a story's `gold.toml` against these steps alone.

    python bench/score_quantities.py ../shared/cases/* examples/* examples/retold/* [--misses]

A gold quantity is right where one given quantity touches its words and agrees in unit, in every bound that the gold states (to 1 %) and in its
hedge; a gold date where its EDTF string is among those given; a gold sum where one of the story has both its ends to 2 % (claims, which sums across
currencies need, are not aligned here). Of `examples/retold` only the work half is read (crc32 of the folder's name even).
Publication dates are the gold's; the country is that of the gold's outlet where the gazetteer knows it.
"""

from __future__ import annotations

import pathlib
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator
from typing import Any

from whence.annotate.dates import find_dates
from whence.annotate.dates_story import date_by_story
from whence.annotate.quantities import find_quantities
from whence.annotate.sentences import split
from whence.compare.arithmetic import sums
from whence.data import gazetteer
from whence.types import Annotated, Arithmetic, Article, Dated, Fact, Marks, Quantity

SAME = {
    "km2": "kilometer 2", "mi2": "mile 2", "square kilometer": "kilometer 2", "square mile": "mile 2", "km": "kilometer", "mi": "mile", "m": "meter",
    "metre": "meter", "kilometre": "kilometer", "ft": "foot", "h": "hour", "min": "minute", "s": "second", "kg": "kilogram", "g": "gram",
    "gramme": "gram", "tonne": "metric ton", "yr": "year", "mph": "mile hour", "kph": "kilometer hour", "percent": "1", "dimensionless": "1", "": "1",
    "people": "person", "mw": "megawatt",
}  # fmt: skip


def main(arguments: list[str]) -> None:
    misses = "--misses" in arguments
    right = {"quantities": 0, "dates": 0, "sums": 0}
    count = dict(right)
    given = dict(right)
    reports = 0
    for folder in (pathlib.Path(a) for a in arguments if not a.startswith("--")):
        if not (folder / "gold.toml").is_file() or (folder.parent.name == "retold" and zlib.crc32(folder.name.encode()) % 2):
            continue
        gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
        texts, quantities, dates, made = read(folder, gold)
        given["quantities"] += sum(map(len, quantities.values()))
        given["dates"] += len(dates)
        given["sums"] += len(made)
        reports += len(texts)
        for row in gold.get("quantities", []):
            place = find(texts[row["report"]], row["text"])
            near = [q for q in quantities[row["report"]] if place and q.start < place[1] and place[0] < q.end]
            ok = any(agrees(q, row) for q in near)
            count["quantities"] += 1
            right["quantities"] += ok
            if misses and not ok:
                print("quantity", folder.name, row, [(q.text, q.value, q.low, q.high, q.unit, q.hedge) for q in near])
        for row in gold.get("timeline", []):
            ok = row["date"] in {d.date for d in dates}
            count["dates"] += 1
            right["dates"] += ok
            if misses and not ok:
                print("date", folder.name, row)
        for row in gold.get("arithmetic", []):
            ok = any(a.low is not None and a.high is not None and close(a.low, row["result"][0]) and close(a.high, row["result"][1]) for a in made)
            count["sums"] += 1
            right["sums"] += ok
            if misses and not ok:
                print("sum", folder.name, row["reading"], row["result"])
    print(f"{reports} reports")
    for name in right:
        share = f"{right[name] / count[name]:.1%}" if count[name] else "none marked"
        print(f"{name}: {right[name]} of {count[name]} right ({share}); {given[name]} given")


def close(got: float, want: float) -> bool:
    return abs(got - want) <= 0.02 * abs(want)


Found = tuple[dict[str, str], dict[str, tuple[Quantity, ...]], list[Dated], tuple[Arithmetic, ...]]


def read(folder: pathlib.Path, gold: dict[str, Any]) -> Found:
    """The texts of a story by report key, their quantities, and all dates and sums; an undated report takes its years from the story."""
    texts, quantities, reports = {}, {}, []
    for key, report in gold["reports"].items():
        text = texts[key] = (folder / report["file"]).read_text(encoding="utf-8")
        furniture = [x for x in (find(text, s) for s in report.get("furniture", [])) if x]
        outlet = gazetteer.by_name(report.get("outlet", ""))
        published = report.get("published") or None
        body = split(text, furniture)
        quantities[key] = find_quantities(text, split(text), key, country=outlet.country if outlet else None)
        marks = Marks(
            sentences=body,
            own="p1",
            quantities=quantities[key],
            timeline=find_dates(text, body, published, key),
        )
        article = Article(path=key, text=text, published=Fact(value=published, basis="gold") if published else None)
        reports.append(Annotated(id=key, article=article, marks=marks))
    told = date_by_story(reports)
    return texts, quantities, [d for r in told for d in r.marks.timeline], sums(told, ())


def find(text: str, words: str) -> tuple[int, int] | None:
    m = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return m.span() if m else None


def folded(unit: str | None) -> str:
    name = re.sub(r"[^a-z0-9]+", " ", (unit or "").lower().replace("²", "2")).strip()
    return SAME.get(name, name)


def agrees(q: Quantity, row: dict[str, Any]) -> bool:
    mine, want = folded(q.unit), folded(row.get("unit"))
    nouns = [len(u) > 3 and u not in SAME.values() for u in (mine, want)]
    if (
        "unit" in row
        and mine != want
        and not ("person" in (mine, want) and all(n or u == "person" for n, u in zip(nouns, (mine, want), strict=True)))
    ):
        return False
    for name, got in bounds(q):
        if name in row and (got is None or abs(got - row[name]) > 0.01 * abs(row[name])):
            return False
    return "hedge" not in row or (q.hedge or "") == row["hedge"].lower()


def bounds(q: Quantity) -> Iterator[tuple[str, float | None]]:
    yield from (("value", q.value), ("low", q.low), ("high", q.high))


if __name__ == "__main__":
    main(sys.argv[1:])
