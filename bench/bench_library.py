"""How fast a library takes articles in and finds them again:

    python bench/bench_library.py add CORPUS.jsonl PLACE --most 3000 --workers 2    articles a second, read, annotated and indexed; memory
    python bench/bench_library.py fill CORPUS.jsonl PLACE                            the same articles without their marks, to have many
    python bench/bench_library.py search PLACE CORPUS.jsonl --each 60               p50 and p95 in ms, of each kind, while another process adds

CORPUS.jsonl: ``../shared/tools/plant_copies.py ../shared/data/articles.jsonl.gz 100000 OUT``. What is filled is put in through the store: words, numbers (by a
plain pattern), credits and vectors as adding makes them, but no marks. Prints JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from whence.codec import encode
from whence.library import open_library
from whence.library.entries import facts, party_key
from whence.library.identity import identity, place
from whence.library.meaning import vector
from whence.read import pages
from whence.store.entry import Entry
from whence.store.search import sized
from whence.store.wording import folded
from whence.store.writing import begin_run, put
from whence.types import Added, Article, Fact, Marks, Page, Query

_NUMBER = re.compile(r"\b\d+(?:,\d{3})*(?:\.\d+)?( million| billion)?\b")
_TIMES = {"": 1.0, " million": 1e6, " billion": 1e9}
_AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse")


def given(corpus: str, most: int) -> Iterator[Page]:
    """The pages of a corpus, the first ones."""
    return itertools.islice((p for p in pages([corpus]) if isinstance(p, Page)), most)


def add(corpus: str, place: str, most: int, workers: int) -> dict[str, Any]:
    """Adding as the command does it."""
    began, spent = time.perf_counter(), _cpu()
    with open_library(place, create=True) as library:
        done = library.add(given(corpus, most), workers=workers)
    wall, cpu = time.perf_counter() - began, _cpu() - spent
    count = done.new + done.changed + done.same
    usage = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"articles": count, "new": done.new, "workers": workers, "wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "per_wall_s": round(count / wall, 1),
            "per_cpu_s": round(count / cpu, 1), "two_cores_per_s": round(2 * count / cpu, 1), "peak_mb": round(usage[0]), "peak_worker_mb": round(usage[1]),
            "load": round(os.getloadavg()[0], 1)}  # fmt: skip


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def fill(corpus: str, at: str, most: int) -> dict[str, Any]:
    """Articles without marks, through the store."""
    began = time.perf_counter()
    with open_library(at, create=True) as library, ProcessPoolExecutor(2) as pool:
        store = library._store
        batches = _batched(given(corpus, most), 500)
        with store.writing() as connection:
            run = begin_run(connection, "bench", "0", "{}", "2026-01-01T00:00:00Z")
        count = 0
        for entries in pool.map(_entries, batches):
            with store.writing() as connection:
                put(connection, store.backend, entries, run, "2026-01-01T00:00:00Z")
            count += len(entries)
    return {"articles": count, "wall_s": round(time.perf_counter() - began, 1)}


def _batched(found: Iterator[Page], size: int) -> Iterator[list[Page]]:
    while batch := list(itertools.islice(found, size)):
        yield batch


def _entries(batch: list[Page]) -> list[Entry]:
    return [_entry(p) for p in batch]


def _entry(page: Page) -> Entry:
    who = identity(page)
    fact = Fact(value=page.outlet or "", basis="given")
    article = Article(path=page.path, text=page.text, id=page.id, outlet=fact, title=Fact(value=page.text[:60], basis="first-line"))
    numbers = []
    for m in _NUMBER.finditer(page.text):
        value = float(m[0].removesuffix(m[1] or "").replace(",", "")) * _TIMES[m[1] or ""]
        found = sized(m.start(), m.end(), value * 0.98, value * 1.02, value, "1")
        numbers += [found] if found else []
    chosen = who.given[0]
    return Entry(
        id=who.id, key=who.key, given=who.given, place=place(page.path, page.line), text=page.text, facts=facts(article),
        marks=msgspec.msgpack.encode(Marks()), signature=None, outlet=page.outlet, title=page.text[:60], published=page.published, language="en",
        wire="unknown", url=None, path=page.path, words=len(page.text.split()), folded=folded(page.text), vector=vector(page.text),
        quantities=tuple(numbers), credited=(party_key(_AGENCIES[chosen % 3]),) if chosen < 64 else (),
    )  # fmt: skip


def queries(corpus: str, each: int) -> dict[str, list[Query]]:
    """Questions of every kind, drawn from the corpus itself so that most have answers; always the same ones."""
    rng = random.Random(7)
    sample = [p for p in given(corpus, 20_000) if len(p.text.split()) > 60]
    found: dict[str, list[Query]] = {k: [] for k in ("one word", "two words", "common word", "quote", "number", "meaning", "filtered", "latest")}
    common = ["said", "the", "government", "year", "company", "people", "percent", "will"]
    for _ in range(each):
        page = rng.choice(sample)
        words = re.findall(r"[^\W\d_]{4,}", page.text)
        at = rng.randrange(len(words) - 8)
        numbers = _NUMBER.findall(page.text) and [m[0] for m in _NUMBER.finditer(page.text)]
        text = page.text.split()
        start = rng.randrange(len(text) - 8)
        found["one word"].append(Query(words=words[at]))
        found["two words"].append(Query(words=f"{words[at]} {words[at + 3]}"))
        found["common word"].append(Query(words=rng.choice(common)))
        found["quote"].append(Query(quote=" ".join(text[start : start + 6])))
        found["number"].append(Query(number=rng.choice(numbers) if numbers else "918 million"))
        found["meaning"].append(Query(meaning=" ".join(words[at : at + 4])))
        found["filtered"].append(Query(words=words[at], outlet=page.outlet, since=(page.published or "")[:7] or None))
        found["latest"].append(Query(agency="Reuters", since="2024-01-01"))
    return found


def search(at: str, corpus: str, each: int) -> dict[str, Any]:
    """Times of questions while another process adds, annotating."""
    asked = queries(corpus, each)
    more = str(Path(corpus))
    writer = subprocess.Popen([sys.executable, __file__, "write", more, at], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    writer.stdout.readline()
    out: dict[str, Any] = {}
    try:
        with open_library(at) as library:
            out["articles"] = _count(library)
            library.search(asked["meaning"][0])  # the vectors are read once, and the weights
            library.search(asked["number"][0])
            every: list[float] = []
            every_cpu: list[float] = []
            for kind, of_kind in asked.items():
                times, cpu, hits = [], [], 0
                for q in of_kind:
                    began, spent = time.perf_counter(), time.process_time()
                    hits += len(_answered(library, q))
                    times.append(1000 * (time.perf_counter() - began))
                    cpu.append(1000 * (time.process_time() - spent))
                every += times
                every_cpu += cpu
                out[kind] = {**_percentiles(times), "cpu": _percentiles(cpu), "hits": hits}
            out["all"] = {**_percentiles(every), "cpu": _percentiles(every_cpu)}
    finally:
        out["still_adding"] = writer.poll() is None
        writer.kill()
        said = writer.stdout.read().split()
    out["added_meanwhile"] = int(said[-1]) if said else 0
    out["load"] = round(os.getloadavg()[0], 1)
    return out


def _answered(library: Any, query: Query) -> list[Any]:
    from whence.errors import InputError

    try:
        return list(library.search(query))
    except InputError:  # words without a known meaning
        return []


def _count(library: Any) -> int:
    from sqlalchemy import func, select

    from whence.store.tables import articles

    with library._store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(articles)).scalar_one())


def _percentiles(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50_ms": round(ordered[len(ordered) // 2], 1), "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1), "worst_ms": round(ordered[-1], 1)}


def write(corpus: str, at: str) -> None:
    """The other process: the corpus again, every page changed so that it is new."""
    print("ready", flush=True)
    changed = (msgspec.structs.replace(p, text=f"{p.text}\nAn addition.\n", id=f"{p.id}+", path="again.jsonl") for p in given(corpus, 10**9))
    with open_library(at) as library:
        library.add(changed, lambda done: print(_all(done), flush=True))


def _all(done: Added) -> int:
    return done.new + done.changed + done.same


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["add", "fill", "search", "write"])
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--most", type=int, default=10**9)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--each", type=int, default=60)
    asked = parser.parse_args()
    if asked.what == "write":
        write(asked.first, asked.second)
    elif asked.what == "add":
        print(encode(add(asked.first, asked.second, asked.most, asked.workers)).decode())
    elif asked.what == "fill":
        print(encode(fill(asked.first, asked.second, asked.most)).decode())
    else:
        print(json.dumps(search(asked.first, asked.second, asked.each)))
