"""Rows of attribution right, over case folders and marked passages: found, ultimate source, whole chain, kind.

    python bench/score_chains.py ../shared/cases/* examples/retold/* examples/attribution/*.toml [--misses] [--rules]

Case folders are read as ``whence brief OUTLET=PATH`` reads them (the outlet is given). Of the repository's own examples only the work
half is looked at: names whose CRC-32 is odd are the test half, and are left out unless ``--test`` is given.
``--rules`` runs the rules alone, as where no model is.
"""

from __future__ import annotations

import collections
import re
import sys
import time
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from whence.annotate import annotate, fronts, rules
from whence.types import Article, Attribution, Fact, Furniture, Marks

ROWS = ("found", "source", "chain", "kind")
Gold = dict[str, Any]


def fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("’", "'")).strip()


def find(text: str, snippet: str, nth: int = 1) -> tuple[int, int]:
    hits = list(re.finditer(r"\s+".join(re.escape(w) for w in snippet.split()), text))
    return hits[min(nth, len(hits)) - 1].span() if hits else (0, 0)


def place(text: str, mark: Gold) -> list[tuple[int, int]]:
    """Where the pieces of a passage's content stand; ``nth`` says which time, counted over whole words, as ``examples/attribution/check.py`` counts."""
    pieces = mark["content"]
    times = mark.get("nth", {}).get("content", [1] * len(pieces))
    out = []
    for piece, nth in zip(pieces, times, strict=True):
        left, right = (r"(?<!\w)" if piece[:1].isalnum() else ""), (r"(?!\w)" if piece[-1:].isalnum() else "")
        hits = [m.start() for m in re.finditer(f"(?={left}{re.escape(piece)}{right})", text)]
        out.append((hits[nth - 1], hits[nth - 1] + len(piece)) if nth <= len(hits) else (0, 0))
    return out


def is_party(marks: Marks, party: str, gold: Gold) -> bool:
    got = next(p for p in marks.parties if p.id == party)
    mine = {fold(x) for x in (got.name, *got.aliases)} - {""}
    want = {fold(x) for x in (gold["name"], *gold.get("also", []))} - {""}
    return any(m == w or f" {w} " in f" {m} " or f" {m} " in f" {w} " for m in mine for w in want)


def rows(marks: Marks, want: list[tuple[int, int]], chain: list[Gold | None], kind: str) -> dict[str, bool]:
    size = sum(b - a for a, b in want)
    hits = [x for x in marks.attributions if size and sum(max(0, min(b, c.end) - max(a, c.start)) for a, b in want for c in x.content) >= 0.5 * size]

    def same(party: str, gold: Gold | None) -> bool:
        return party == marks.own if gold is None else is_party(marks, party, gold)

    def whole(x: Attribution) -> bool:
        return len(x.chain) == len(chain) and all(map(same, x.chain, chain))

    last = [x for x in hits if x.chain and same(x.chain[-1], chain[-1])]
    return {"found": bool(hits), "source": bool(last), "chain": any(map(whole, last)), "kind": any(x.kind == kind for x in hits)}


def cleaned(path: str, text: str, outlet: str) -> Article:
    """The article as the program itself would have it, or plain text with the gold's furniture where the clean room is not there."""
    try:
        from whence.clean import clean
        from whence.types import Page

        return clean(Page(path=path, text=text, media="text", outlet=outlet))
    except ImportError:
        return Article(path=path, text=text, outlet=Fact(value=outlet, basis="given"))


def cases(folder: Path) -> Iterator[tuple[str, Marks, str, dict[str, bool], Gold]]:
    gold = tomllib.loads((folder / "gold.toml").read_text())
    marks: dict[str, tuple[Marks, str]] = {}
    for key, report in gold["reports"].items():
        text = (folder / report["file"]).read_text()
        marks[key] = annotate(cleaned(report["file"], text, report["outlet"]), "r1"), text
    for a in gold.get("attributions", []):
        got, text = marks[a["report"]]
        chain: list[Gold | None] = [None, *(gold["parties"][k] for k in a["chain"][1:])]
        yield f"{folder.name}/{a['report']}", got, text, rows(got, [find(text, a["content"])], chain, a["kind"]), a


def passages(file: Path, half: int) -> Iterator[tuple[str, Marks, str, dict[str, bool], Gold]]:
    for p in tomllib.loads(file.read_text())["passage"]:
        if zlib.crc32(p["id"].encode()) % 2 != half:
            continue
        text, title, marked = p["text"].strip("\n"), p.get("title", ""), ()
        at = len(title) + 2 if title else 0
        if title:
            text, marked = f"{title}\n\n{text}", (Furniture(start=0, end=0, kind="none"),)
        fact = Fact(value=title, basis="given", region=(0, len(title))) if title else None
        outlet = Fact(value=p["outlet"], basis="given") if p.get("outlet") else None
        got = annotate(Article(path=f"{p['id']}.txt", text=text, title=fact, outlet=outlet, furniture=marked), "r1")
        gold = p.get("attribution", [])
        for a in gold:
            chain = [None if k == "own" else p["parties"][k] for k in a["chain"]]
            yield f"{file.stem}/{p['id']}", got, text, rows(got, [(s + at, e + at) for s, e in place(p["text"].strip("\n"), a)], chain, a["kind"]), a
        yield f"{file.stem}/{p['id']}", got, text, {}, {"given": len(got.attributions), "marked": len(gold)}


def main(paths: Iterable[str]) -> None:
    if "--rules" in sys.argv:
        fronts.find_heard = lambda text, paragraphs: (rules.find_heard(text, paragraphs), None)
    misses, half = "--misses" in sys.argv, int("--test" in sys.argv)
    total: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    start, words = time.perf_counter(), 0
    for path in (Path(p) for p in paths if not p.startswith("--")):
        if path.is_dir():
            if not (path / "gold.toml").exists() or (path.parent.name == "retold" and zlib.crc32(path.name.encode()) % 2 != half):
                continue
            group, got = path.parent.name, cases(path)
        else:
            group, got = "marked", passages(path, half)
        for where, marks, text, right, gold in got:
            words += len(text.split()) if not right else 0
            if not right:
                total[group]["given"] += gold["given"]
                total[group]["marked"] += gold["marked"]
                continue
            total[group]["n"] += 1
            total[group].update(k for k in ROWS if right[k])
            if len(gold["chain"]) > 2:
                total[group]["long"] += 1
                total[group]["long right"] += right["chain"]
            if misses and not (right["found"] and right["chain"] and right["kind"]):
                content = gold["content"] if isinstance(gold["content"], str) else gold["content"][0]
                at = find(text, content)
                named = {p.id: p.name for p in marks.parties}
                near = [
                    f"      {' < '.join(named[k] for k in x.chain[1:])} | {x.kind} | {x.source.text if x.source else None}"
                    f" | {x.cue.text if x.cue else None} | {x.content[0].text[:70]}"
                    for x in marks.attributions
                    if any(c.start < at[1] and at[0] < c.end for c in x.content)
                ]
                print(
                    f"{where} {'/'.join(k for k in ROWS if not right[k])}\n"
                    f"   {gold.get('source')} | {gold['kind']} | {' < '.join(gold['chain'])} | {content[:100]}"
                )
                print("   text:", text[max(0, at[0] - 160) : at[1] + 120].replace("\n", " ¶ "))
                print("\n".join(near))
    for group, c in total.items():
        n = max(1, c["n"])
        extra = f"  given {c['given']} for {c['marked']} marked" if c["marked"] else ""
        print(
            f"{group:10} {c['n']:4} attributions  "
            + "  ".join(f"{k} {100 * c[k] / n:5.1f}" for k in ROWS)
            + f"  chains of three and more {c['long right']}/{c['long']}{extra}"
        )
    print(f"{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
