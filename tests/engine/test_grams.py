"""Grams counted as arrays: what counting one by one finds, whatever the ranges, and a range cut in two gives what the whole gave."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from whence.runs.grams import RANGE, Posting, Repeating, cut, posted, ranges, repeated
from whence.runs.inputs import GRAMS, Part, halves
from whence.runs.parts import read_table, write_table

CAP, WITHIN, SPREAD = 4, 3, 3
Rows = list[tuple[int, int, int, int]]


def made(seed: int) -> Rows:
    """Rows (n, gram, place, outlet) of 60 articles in order: grams of one article, of some, of very many, and of one outlet."""
    rng = random.Random(seed)
    known = [rng.randrange(GRAMS) for _ in range(40)] + [0, GRAMS - 1]
    rows = []
    for n in range(60):
        grams = {*rng.sample(known, rng.randrange(6)), *(rng.randrange(GRAMS) for _ in range(5)), *(known[:2] if n % 5 == 0 else [known[2]] if n % 3 else [])}
        rows += [(n, gram, place, n % 5) for place, gram in enumerate(sorted(grams, key=str))]
    return rows


def counted(folder: Path, rows: Rows, parts: int, size: int, *, halved: bool = False) -> dict[str, Counter[Any]]:
    """Every table of the two steps as rows with how often each is there, the corpus written in so many files."""
    place = {name: str(folder / name) for name in ("shingles", "repeated", "again", "ran", "proposed", "many", "furniture", "under")}
    for k in range(parts):
        some = [r for r in rows if r[0] * parts // 60 == k]
        table = pa.table({name: pa.array(column, pa.int64()) for name, column in zip(("n", "gram", "place", "outlet"), zip(*some, strict=True), strict=True)})
        write_table(f"{place['shingles']}/part-{k:06d}.parquet", cut(table.set_column(2, "place", table["place"].cast("int32")), size))
    write_table(f"{place['again']}/part-0.parquet", pa.table({"n": pa.array([5, 10], pa.int64())}))
    steps: list[tuple[Any, Any, str]] = [
        (repeated, Repeating(shingles=place["shingles"], within=WITHIN), "shingles"),
        (posted, Posting(repeated=place["repeated"], again=place["again"], cap=CAP, spread=SPREAD), "repeated"),
    ]
    for work, settings, of in steps:
        todo: list[Part] = ranges(size, place[of])
        for part in [half for whole in todo for half in halves(whole) or ()] if halved else todo:
            for name, table in work(part, settings).tables.items():
                write_table(f"{place[name]}/part-{part.id}.parquet", table)
    pairs = Counter[Any]()
    for row in read_table(place["proposed"]).to_pylist():
        pairs[row["a"], row["b"]] += row["grams"]
    found = {name: Counter(tuple(row.values()) for row in read_table(place[name]).to_pylist()) for name in ("repeated", "many", "furniture", "under")}
    return {**found, "proposed": pairs}


def one_by_one(rows: Rows) -> dict[str, Counter[Any]]:
    """The same by counting."""
    of = defaultdict(list)
    for n, gram, place, outlet in rows:
        of[gram].append((n, place, outlet))
    out: dict[str, Counter[Any]] = {name: Counter() for name in ("repeated", "many", "furniture", "under", "proposed")}
    for gram, found in of.items():
        if len(found) < 2:
            continue
        boilerplate = any(times >= WITHIN for outlet, times in Counter(o for _, _, o in found).items() if outlet)
        out["repeated"].update((n, gram, place, boilerplate) for n, place, _ in found)
        if boilerplate and len(found) > CAP:
            out["under"][gram, len(found), found[0][0], min(p for _, p, _ in found)] += 1
        kept = [(n, place) for n, place, _ in found if not boilerplate or n in (5, 10)]
        out["furniture"].update((n, place) for n, place, _ in found if boilerplate and n not in (5, 10))
        numbers = [n for n, _ in kept]
        out["proposed"].update(itertools.combinations(numbers, 2) if len(kept) <= CAP else ((numbers[0], n) for n in numbers[1:]))
        if len(kept) >= min(SPREAD, CAP + 1):
            out["many"].update((n, gram, place, len(kept), numbers[0]) for n, place in kept)
    return out


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("parts", "size"), [(1, 0), (4, 3 * RANGE), (7, 20 * RANGE)])
def test_arrays_find_what_counting_finds(tmp_path: Path, seed: int, parts: int, size: int) -> None:
    rows = made(seed)
    told = one_by_one(rows)
    assert all(told[name] for name in told)
    assert told == counted(tmp_path, rows, parts, size)


def test_a_range_cut_in_two_gives_what_the_whole_gives(tmp_path: Path) -> None:
    rows = made(9)
    assert one_by_one(rows) == counted(tmp_path, rows, 3, 2 * RANGE, halved=True)
