"""Train the grouping: `python train/stories.py ../shared/data [--write]`.

DATA holds `stories-dev.jsonl.gz` (the stories), and `articles.jsonl.gz` and `attribution-polnear-train.jsonl.gz` (how rare words are in news). Prints
figures cross-validated by story, over several ways to part the stories in folds (the first alone, then the mean of all), and with each set left out in
turn; `--write` writes `models/stories.npz` from all stories instead.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import re
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from whence.group import background, compare
from whence.group.kernels import FEATURES, score
from whence.group.linkage import Judge, linked
from whence.group.parted import LEAST, Parting, contrast, seen_of
from whence.group.signature import Item, signatures, unpacked
from whence.group.terms import KIND, NUMBERED, bucket, terms

OUT = Path(__file__).parent.parent / "src/whence/models/stories.npz"
FOLDS = 5
FOLDINGS = 5
SETTINGS: dict[str, Any] = {"max_iter": 120, "learning_rate": 0.08, "max_leaf_nodes": 12, "l2_regularization": 5.0, "min_samples_leaf": 60}
STRICTNESS = 0.01
THRESHOLD = 0.38
MET_FROM = 0.36
PARTED = 0.6


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Lines of a file, the first of each id."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        kept: dict[Any, dict[str, Any]] = {}
        for n, line in enumerate(f):
            row = json.loads(line)
            kept.setdefault(row.get("id", n), row)
    return list(kept.values())


def rates(data: Path) -> Any:
    """The table of rates: the mean of three kinds of news, so that none outweighs the others."""
    groups: dict[str, list[str]] = collections.defaultdict(list)
    for row in rows_of(data / "articles.jsonl.gz"):
        groups[row["set"] if row["set"] in ("reuters", "bbc") else "other"].append(row["text"])
    groups["other"] += [row["text"] for row in rows_of(data / "attribution-polnear-train.jsonl.gz")]
    total = np.zeros(1 << background.TABLE_BITS)
    for name in sorted(groups):
        texts = groups[name]
        for at in range(0, len(texts), 500):
            found = terms([("", text) for text in texts[at : at + 500]])
            plain = found.hashes[(found.marks & KIND) < NUMBERED]
            total += np.bincount(bucket(plain, background.TABLE_BITS), minlength=len(total)) / len(texts) / len(groups)
    coded = np.full(len(total), 255, np.uint8)
    some = total > 0
    coded[some] = np.clip(np.round(-16 * np.log(total[some])), 0, 254)
    return coded


def fit(x: Any, y: Any) -> dict[str, Any]:
    """Boosted trees and a logistic regression over the features of pairs, as arrays."""
    learned = HistGradientBoostingClassifier(random_state=7, early_stopping=False, **SETTINGS).fit(x, y)
    roots, places, splits, left, right = [], [], [], [], []
    for (tree,) in learned._predictors:
        base = len(places)
        roots.append(base)
        for node in tree.nodes:
            leaf = bool(node["is_leaf"])
            places.append(-1 if leaf else int(node["feature_idx"]))
            splits.append(float(node["value"] if leaf else node["num_threshold"]))
            left.append(0 if leaf else base + int(node["left"]))
            right.append(0 if leaf else base + int(node["right"]))
    return {
        "roots": np.array(roots, np.int32), "places": np.array(places, np.int16), "splits": np.array(splits, np.float32), "left": np.array(left, np.int32),
        "right": np.array(right, np.int32), "base": np.float32(learned._baseline_prediction.ravel()[0]),
        "line": line(np.c_[x, np.log1p(np.maximum(x, 0))], y),
    }  # fmt: skip


def line(x: Any, y: Any, strictness: float = STRICTNESS) -> Any:
    """A logistic regression: its weights for features as they are, and the constant."""
    middle, spread = x.mean(0), np.maximum(x.std(0), 1e-9)
    learned = LogisticRegression(C=strictness, max_iter=2000).fit((x - middle) / spread, y)
    weights = learned.coef_[0] / spread
    return np.append(weights, learned.intercept_[0] - weights @ middle)


def chances(m: dict[str, Any], x: Any) -> Any:
    """What a model says of pairs."""
    out = np.empty(len(x), np.float32)
    score(x, m["roots"], m["places"], m["splits"], m["left"], m["right"], float(m["base"]), m["line"], out)
    return out


def figures(gold: Any, found: Any) -> dict[str, float]:
    """B-cubed and pairs, as the scorer gives them."""
    one, two, both = collections.Counter(gold), collections.Counter(found), collections.Counter(zip(gold, found, strict=True))
    p = sum(n * n / two[f] for (_, f), n in both.items()) / len(gold)
    r = sum(n * n / one[g] for (g, _), n in both.items()) / len(gold)

    def pairs(c: Any) -> int:
        return sum(n * (n - 1) // 2 for n in c.values())

    f1 = 200 * p * r / (p + r)
    return {"f1": round(f1, 1), "p": round(100 * p, 1), "r": round(100 * r, 1), "merged": pairs(two) - pairs(both), "split": pairs(one) - pairs(both)}


class Meeting(NamedTuple):
    """Two groups that linkage would merge: the story of most of each, and what is seen of them."""

    stories: tuple[str, str]
    seen: Any


class Bench:
    """The stories with their candidate pairs and features."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.gold = np.array([row["story"] for row in rows])
        self.sets = np.array([row["set"] for row in rows])
        blobs = signatures(Item(text=row["text"], title=row.get("title"), published=row.get("published")) for row in rows)
        self.corpus = compare.corpus_of(unpacked(blobs))
        self.first, self.second, cosine, _, self.full = compare.candidates_of(self.corpus, np.arange(len(rows)))
        self.x = compare.features(self.corpus, self.first, self.second, cosine)
        self.y = self.gold[self.first] == self.gold[self.second]
        self.fold = self.folds(0)

    def folds(self, way: int) -> Any:
        """The fold of each article, in one of several ways; the two stories of a topic stand in one."""
        before = f"{way}|" if way else ""
        return np.array([zlib.crc32((before + re.sub(r"-ecb(plus)?$", "", g)).encode()) % FOLDS for g in self.gold])

    def parts(self, folds: Any) -> Any:
        """For each two folds, the pairs between them, and the pairs that touch neither."""
        a, b = folds[self.first], folds[self.second]
        for i in range(int(folds.max()) + 1):
            for j in range(i, int(folds.max()) + 1):
                yield ((a == i) & (b == j)) | ((a == j) & (b == i)), ~(np.isin(a, [i, j]) | np.isin(b, [i, j]))

    def crossed(self, folds: Any) -> Any:
        """Chances of pairs, each by a model that saw neither article's fold."""
        out = np.zeros(len(self.y), np.float32)
        for asked, seen in self.parts(folds):
            if asked.any():
                out[asked] = chances(fit(self.x[seen], self.y[seen]), self.x[asked])
        return out

    def contexts(self, chance: Any) -> tuple[Any, Any]:
        """What is seen of the likely pairs in view of all others, and which they are."""
        likely = chance >= compare.LEAST_CHANCE
        seen = np.zeros((int(likely.sum()), 10))
        compare.in_view(compare.Pairs(self.first[likely], self.second[likely], chance[likely], 0, self.full), len(self.gold), np.zeros(11), seen)
        return seen, likely

    def viewed(self, chance: Any, folds: Any) -> Any:
        """Chances in view of all others, by models that saw neither article's fold."""
        context, likely = self.contexts(chance)
        out = np.zeros(len(self.y), np.float32)
        for asked, seen in self.parts(folds):
            weights = line(context[seen[likely]], self.y[likely & seen])
            out[likely & asked] = 1 / (1 + np.exp(-(context[asked[likely]] @ weights[:-1] + weights[-1])))
        return out

    def without(self, name: str) -> Any:
        """Chances by a model that saw no article of the set."""
        seen = (self.sets[self.first] != name) & (self.sets[self.second] != name)
        model = self.learned(seen)
        chance = chances(model, self.x)
        context, likely = self.contexts(chance)
        chance[likely] = 1 / (1 + np.exp(-(context @ model["view"][:-1] + model["view"][-1])))
        return chance

    def learned(self, seen: Any) -> dict[str, Any]:
        """A whole model of the pairs ``seen``; the view is learned from chances of models that did not see the pair."""
        context, likely = self.contexts(self.crossed(self.fold))
        return {**fit(self.x[seen], self.y[seen]), "view": line(context[seen[likely]], self.y[likely & seen])}

    def met(self, chance: Any) -> list[Meeting]:
        """The groups of ``LEAST`` articles and more that are merged where nothing keeps them apart."""
        out: list[Meeting] = []

        def note(ours: Sequence[int], theirs: Sequence[int], across: float, within: tuple[float, float]) -> bool:
            if min(len(ours), len(theirs)) >= LEAST:
                most = [collections.Counter(self.gold[list(group)].tolist()).most_common(1)[0][0] for group in (ours, theirs)]
                held = seen_of((len(ours), len(theirs)), across, within, contrast(self.corpus.signed, ours, theirs))
                out.append(Meeting((most[0], most[1]), held))
            return False

        self.grouped(chance, MET_FROM, note)
        return out

    def judge(self, meetings: list[Meeting]) -> Judge:
        """What keeps two groups apart: of an article's fold, or set, only what was learned from meetings without them."""
        fold = dict(zip(self.gold.tolist(), self.fold.tolist(), strict=True))
        learned = {k: self.parting([m for m in meetings if k not in (fold[m.stories[0]], fold[m.stories[1]])]) for k in range(FOLDS)}
        return lambda ours, theirs, across, within: learned[fold[str(self.gold[ours[0]])]].apart(ours, theirs, across, within)

    def parting(self, meetings: list[Meeting]) -> Parting:
        """The judgement learned from these meetings."""
        return Parting(self.corpus.signed, np.arange(len(self.gold)), parted(meetings))

    def grouped(self, chance: Any, threshold: float, judge: Judge | None) -> Any:
        """Stories by these chances."""
        likely = chance >= compare.LINKED
        return linked(len(self.gold), self.first[likely], self.second[likely], chance[likely], self.full, threshold, judge=judge).labels

    def told(self, found: Any, names: list[str]) -> dict[str, Any]:
        """Figures over all of the sets named, and of each."""
        return {name: figures(self.gold[m].tolist(), found[m].tolist()) for name in names for m in [self.sets == name if name != "all" else self.sets != ""]}


def parted(meetings: list[Meeting]) -> Any:
    """The weights of what is seen of two groups, the constant, and the chance from which they are two stories."""
    two = np.array([m.stories[0] != m.stories[1] for m in meetings])
    return np.append(line(np.array([m.seen for m in meetings]), two, 0.5), PARTED)


def write(bench: Bench, meetings: list[Meeting]) -> None:
    """Write the table of rates and the trees of all stories."""
    learned = bench.learned(np.ones(len(bench.y), bool))
    np.savez_compressed(OUT, rates=background.model()["rates"], threshold=np.float32(THRESHOLD), parting=parted(meetings), **learned)
    print(f"{OUT}: {OUT.stat().st_size} bytes, {len(FEATURES)} features")


def mean(told: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean of each figure, and for F1 and merges over all how far the ways lie from it (standard deviation)."""
    out = {name: {k: round(float(np.mean([t[name][k] for t in told])), 1) for k in told[0][name]} for name in told[0]}
    out["all"] |= {f"{k} ±": round(float(np.std([t["all"][k] for t in told])), 1) for k in ("f1", "merged")}
    return out


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.write or not OUT.exists():
        table = rates(args.data)
        np.savez_compressed(OUT, rates=table)
        background.model.cache_clear()
        background._rates.cache_clear()
    bench = Bench(rows_of(args.data / "stories-dev.jsonl.gz"))
    names = sorted(set(bench.sets.tolist()))
    together = math.comb(len(bench.gold), 2)
    same = sum(math.comb(n, 2) for n in collections.Counter(bench.gold.tolist()).values())
    print(f"{len(bench.y)} candidates of {together} pairs; {bench.y.sum()} of {same} true ones among them")
    crossed = [bench.viewed(bench.crossed(folds), folds) for folds in map(bench.folds, range(FOLDINGS))]
    meetings = [m for chance in crossed for m in bench.met(chance)]
    print(f"{len(meetings)} meetings of two groups, {sum(m.stories[0] != m.stories[1] for m in meetings)} of two stories")
    if args.write:
        write(bench, meetings)
        return
    judge = bench.judge(meetings)
    for t in (0.3, 0.34, 0.38, 0.42):
        for name, rule in (("", judge), (" linkage alone", None)):
            told = [bench.told(bench.grouped(chance, t, rule), ["all", *names]) for chance in crossed]
            print(f"by story{name}", t, json.dumps(told[0]), flush=True)
            print(f"by story{name}", t, f"mean of {FOLDINGS}", json.dumps(mean(told)), flush=True)
    for name in names:
        others = bench.parting([m for m in meetings if not any(bench.sets[bench.gold == g][0] == name for g in m.stories)])
        print("without", name, THRESHOLD, json.dumps(bench.told(bench.grouped(bench.without(name), THRESHOLD, others.apart), [name])), flush=True)


if __name__ == "__main__":
    sys.exit(main())
