"""Fit the network that hears to which outlet a speaker spoke: ``python train/hearing.py --unmarked NEWS.jsonl.gz … [--hold FILE …] [--out FILE.npz]``.

It learns from the work half of ``examples/attribution``, as it is and with its wording changed (``bench/changes.py``), from made-up constructions
(``bench/score_constructions.py``), and from what the patterns find in unmarked news, where what they do not find counts little. With ``--hold`` nothing is
written: the files named are left out and what network and patterns do on them is printed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench")]
import score_changed  # noqa: E402
import score_constructions  # noqa: E402
from changes import CHANGES, read  # noqa: E402
from score_chains import fold  # noqa: E402
from whence.annotate import annotate_batch, chains, hearing  # noqa: E402
from whence.types import Article, Fact  # noqa: E402

HIDDEN, EPOCHS, BATCH, RUNS = 24, 20, 128, 4
WEIGHTS = {"plain": 1.0, "changed": 0.25, "made": 0.15, "found": 0.3, "not found": 0.1}
TOGETHER = 50
_GAP = re.compile(r"\{\w\}")
LEAST = 0.6


class Pair(NamedTuple):
    """A name beside an attribution: its description, whether the speaker spoke to it, whether the chain has it, and where it is from."""

    facts: list[float]
    words: list[str]
    right: bool
    known: bool
    group: str
    file: str


BUILT: list[Any] = []


class Kept(chains._Builder):
    """A builder that is kept when it has run, without the network's word."""

    def run(self) -> None:
        super().run()
        BUILT.append(self)


def built(articles: Sequence[Article]) -> Iterator[Any]:
    """The builder of each article."""
    for left in range(0, len(articles), TOGETHER):
        part = articles[left : left + TOGETHER]
        BUILT.clear()
        annotate_batch([(a, "r1") for a in part])
        yield from list(BUILT)


def called(names: set[str], gold: dict[str, Any] | None, whole: bool) -> bool:
    """Whether names are a marked party's; a ``whole`` one must be all of it or its end."""
    want = {fold(x) for x in (gold["name"], *gold.get("also", []))} - {""} if gold is not None else set()
    if whole:
        return any(m == w or w.endswith(f" {m}") or m.endswith(f" {w}") for m in names for w in want)
    return any(m == w or f" {w} " in f" {m} " or f" {m} " in f" {w} " for m in names for w in want)


def names_of(b: Any, offer: hearing.Offer) -> set[str]:
    """What an offered name's party is called."""
    member = offer.member
    if member is None:
        return {fold(b.text[slice(*offer.region)])}
    return {fold(x) for x in (member.name, *member.forms)} - {""}


def pairs(b: Any, i: int) -> Iterator[tuple[hearing.Offer, bool, list[float], list[str]]]:
    """The names beside an attribution that its outer chain and its speaker do not hold: with each, whether its own chain holds it."""
    h = b.heard[i]
    speaker = b.source[i][1] if i in b.source else None
    if speaker is None or speaker.kind in ("outlet", "agency"):
        return
    outer = b.chains[h.inside] if h.inside is not None else b.base
    have = {fold(x) for m in b.chains[i] for x in (m.name, *m.forms)}
    for offer in hearing.offers(b, h):
        if offer.member is not None and (offer.member in outer or offer.member is speaker):
            continue
        yield offer, bool(names_of(b, offer) & have), *hearing.describe_offer(b, h, offer)


def marked(b: Any, gold: Sequence[tuple[list[tuple[int, int]], list[Any]]], group: str, file: str) -> Iterator[Pair]:
    """The pairs of attributions that a marked one is found for: its content, and its speaker somewhere in the chain."""
    for content, chain in gold:
        size = sum(e - s for s, e in content)
        for i, h in enumerate(b.heard):
            if i not in b.source or sum(max(0, min(e, y) - max(s, x)) for s, e in content for x, y in h.content) < max(1, 0.5 * size):
                continue
            speaker = {fold(x) for x in (b.source[i][1].name, *b.source[i][1].forms)} - {""}
            if not any(called(speaker, g, whole=False) for g in chain):
                continue
            for offer, known, facts, words in pairs(b, i):
                names = names_of(b, offer)
                right = any(called(names, g, whole=offer.kind == 3) for g in chain[:-1])
                if right or offer.kind != 3 or not any(called(names, g, whole=False) for g in chain):
                    yield Pair(facts, words, right, known, group, file)
            break


def from_passages() -> Iterator[Pair]:
    """Pairs of the marked passages, as they are and changed."""
    for file in sorted((ROOT / "examples/attribution").glob("*.toml")):
        plain = list(read(file))
        sets = [("plain", plain)]
        for change in CHANGES:
            sets.append(("changed", [c for p in plain if (c := change(p, random.Random(f"{change.__name__} {p.id}"))) is not None]))
        for group, passages in sets:
            for p, b in zip(passages, built([score_changed.article(p) for p in passages]), strict=True):
                at = len(p.title) + 2 if p.title else 0
                gold = [
                    ([(s + at, e + at) for s, e in content], [None if k == "own" else p.parties[k] for k in a["chain"]])
                    for a, (_, _, content) in zip(p.gold, p.marks, strict=True)
                ]
                yield from marked(b, gold, group, file.stem)


def from_constructions() -> Iterator[Pair]:
    """Pairs of the made-up constructions."""
    cases = list(score_constructions.cases())
    articles = [Article(path="made.txt", text=c.text, outlet=Fact(value="Tirol Anzeiger", basis="given")) for c in cases]
    for case, b in zip(cases, built(articles), strict=True):
        at = case.text.find(case.content)
        yield from marked(b, [([(at, at + len(case.content))], [None, *({"name": w} for w in case.chain)])], "made", _file(case))


def _file(case: score_constructions.Case) -> str:
    """The constructions of outlets that are no link as two files, for one to be left out; the rest as one."""
    if case.group != "beside":
        return "constructions"
    forms = [n for n, f in enumerate(score_constructions.BESIDE) if all(x.strip(" ,.").lower() in case.text.lower() for x in _GAP.split(f))]
    return f"beside-{forms[-1] % 2}"


def from_news(files: Sequence[Path], most: int) -> Iterator[Pair]:
    """What the patterns find in unmarked news, and what they do not."""
    texts: dict[str, str] = {}
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                texts.setdefault(row["id"], row["text"])
    kept = [t for t in texts.values() if " told " in t or "interview with" in t or "quoted by" in t][:most]
    for b in built([Article(path="news.txt", text=t) for t in kept]):
        for i in range(len(b.heard)):
            for _, known, facts, words in pairs(b, i):
                yield Pair(facts, words, known, known, "found" if known else "not found", "news")


def arrays(found: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Descriptions, labels, weights."""
    words = sorted({w for p in found for w in p.words})
    vector = dict(zip(words, hearing.vectors(words), strict=True))
    x = np.stack([np.concatenate([np.array(p.facts, np.float32), *(vector[w] for w in p.words)]) for p in found])
    return x, np.array([p.right for p in found], np.float32), np.array([WEIGHTS[p.group] for p in found], np.float32)


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, seed: int) -> list[np.ndarray]:
    """Weights of one network."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Dropout(0.1), nn.Linear(x.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=5e-2)
    inputs, labels, weights = map(torch.from_numpy, (x, y, weight))
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x)).split(BATCH):
            score = net(inputs[chosen])[:, 0]
            loss = (nn.functional.binary_cross_entropy_with_logits(score, labels[chosen], reduction="none") * weights[chosen]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return [p.detach().numpy().copy() for p in net.parameters()]


def joined(runs: Sequence[list[np.ndarray]]) -> dict[str, np.ndarray]:
    """Several networks side by side as one: the mean of their scores."""
    return {
        "hidden": np.concatenate([r[0].T for r in runs], 1).astype(np.float16),
        "hidden_bias": np.concatenate([r[1] for r in runs]).astype(np.float16),
        "out": (np.concatenate([r[2][0] for r in runs]) / len(runs)).astype(np.float16),
        "out_bias": np.array(sum(r[3][0] for r in runs) / len(runs), np.float16),
        "least": np.array(LEAST, np.float16),
    }


def scored(kept: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """The probability of each pair."""
    wide = {k: v.astype(np.float32) for k, v in kept.items()}
    return 1 / (1 + np.exp(-(np.tanh(x @ wide["hidden"] + wide["hidden_bias"]) @ wide["out"] + wide["out_bias"])))


def show(found: Sequence[Pair], p: np.ndarray) -> None:
    """What patterns alone and patterns with the network have wrong, at several least probabilities."""
    for group in ("plain", "changed", "made"):
        here = np.array([x.group == group for x in found])
        if not here.any():
            continue
        y, known = (np.array([getattr(x, k) for x in found])[here] for k in ("right", "known"))
        print(f"{group}: {len(y)} names, patterns wrong {int((known != y).sum())}")
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            more = ~known & (p[here] >= least)
            print(f"  from {least}: {int((more & y).sum())} links more that are right, {int((more & ~y).sum())} that are not")


def main() -> None:
    """Collect, fit, write or show."""
    parser = argparse.ArgumentParser(description="Fit the network that hears to which outlet a speaker spoke.")
    parser.add_argument("--unmarked", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int, default=1500, help="most articles of unmarked news")
    parser.add_argument("--pairs", type=Path, help="where the pairs are kept, so as not to be collected again")
    parser.add_argument("--hold", nargs="*", default=[])
    parser.add_argument("--without", default="", help="files left out of what is written")
    parser.add_argument("--out", type=Path, default=ROOT / "src/whence/models/hearing.npz")
    given = parser.parse_args()
    torch.set_num_threads(1)
    if given.pairs and given.pairs.exists():
        found = [Pair(*row) for row in json.loads(gzip.decompress(given.pairs.read_bytes()))]
    else:
        hearing.judge = lambda: None  # type: ignore[assignment]
        chains._Builder = Kept  # type: ignore[misc]
        found = [*from_passages(), *from_constructions(), *from_news(given.unmarked, given.most)]
        if given.pairs:
            given.pairs.write_bytes(gzip.compress(json.dumps(found).encode()))
    x, y, weight = arrays(found)
    for held in given.hold:
        out = np.array([p.file in held.split(",") for p in found])
        kept = joined([fit(x[~out], y[~out], weight[~out], seed) for seed in range(RUNS)])
        print(held)
        show([p for p, o in zip(found, out, strict=True) if o], scored(kept, x[out]))
    if not given.hold:
        some = np.array([p.file not in given.without.split(",") for p in found])
        np.savez_compressed(given.out, **joined([fit(x[some], y[some], weight[some], seed) for seed in range(RUNS)]))
        given.out.with_suffix(".sha256").write_text(hashlib.sha256(given.out.read_bytes()).hexdigest() + "\n", encoding="ascii")
        print(f"{int(some.sum())} pairs, {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
