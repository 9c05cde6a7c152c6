"""Train the scorer that says which clauses answer one question: `python train/alignment.py FOLDER… [--write]`.

FOLDERs hold marked stories (`gold.toml`, `reports/`). Pairs of units that cover cells of one marked claim are positive; pairs of which one covers a
cell and the other does not cover that claim are negative. Figures are cross-validated by story; the weights written are those of all stories.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import tomllib
from dataclasses import dataclass

import msgspec
import numpy as np

from whence.compare.alignment import Logistic, Scorer, chances, rows_of
from whence.compare.likeness import FEATURES, candidates, pair_features
from whence.compare.rivals import CONTEXT, context_features
from whence.compare.units import Unit, units_of
from whence.compare.wording import wording_of
from whence.pipeline import gather, prepare
from whence.read import read_pages

THRESHOLD = 0.3  # below it more claims come out whole, but more than two in five of the facts that one report alone has are joined to something
AGAIN = 0.45  # of a clause whose best answers stand in a row already; without it rows are a third more, most of them a question told twice
OUT = pathlib.Path(__file__).parent.parent / "src/whence/models/alignment.json"


@dataclass
class Story:
    """A marked story: its units, the candidate pairs with their features, and which units cover which claim's cells."""

    name: str
    units: list[Unit]
    pairs: np.ndarray
    features: np.ndarray
    claims: list[dict[str, set[int]]]  # report id -> indices of units that cover its cell
    alone: list[set[int]]  # the units of each fact that one report alone has


def load(folder: pathlib.Path) -> Story:
    """One marked story as pairs of units."""
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    keys = list(gold["reports"])
    pages, _ = read_pages([f"{r['outlet']}={folder / r['file']}" for r in gold["reports"].values()])
    articles, _ = prepare(pages)
    told = gather(articles)
    ids = {k: f"r{i}" for i, k in enumerate(keys, 1)}
    text = {r.id: r.article.text for r in told.reports}
    units = [u for r in told.reports if r.related for u in units_of(r)]
    claims = []
    for claim in gold.get("claims", []):
        cells = {ids[k]: covering(units, ids[k], find(text[ids[k]], claim[k])) for k in keys if k in claim}
        if len(cells) > 1:
            claims.append(cells)
    alone = [overlapping(units, ids[x["report"]], find(text[ids[x["report"]]], x["text"])) for x in gold.get("only_in", [])]
    wording = wording_of([u.text for u in units])
    pairs = candidates(units, wording)
    return Story(folder.name, units, pairs, pair_features(units, pairs, wording), claims, [a for a in alone if a])


def find(text: str, snippet: str) -> tuple[int, int]:
    """Offsets of a snippet, white space folded."""
    m = re.search(r"\s+".join(re.escape(w) for w in snippet.split()), text)
    if m is None:
        raise SystemExit(f"marked text not in the report: {snippet!r}")
    return m.span()


def covering(units: list[Unit], report: str, region: tuple[int, int]) -> set[int]:
    """The units of a report that overlap a cell by 40 % of the shorter of the two."""
    found = set()
    for i, u in enumerate(units):
        shared = min(u.region[1], region[1]) - max(u.region[0], region[0])
        if u.report == report and shared >= 0.4 * min(u.region[1] - u.region[0], region[1] - region[0]):
            found.add(i)
    return found


def overlapping(units: list[Unit], report: str, region: tuple[int, int]) -> set[int]:
    """The units of a report that share a character with a region."""
    return {i for i, u in enumerate(units) if u.report == report and u.region[0] < region[1] and region[0] < u.region[1]}


def labels(story: Story) -> np.ndarray:
    """1: one claim's cells; 0: not, or one is a fact that its report alone has; -1: unmarked, left out."""
    alone = set().union(*(a for a in story.alone))
    claims_of: dict[int, set[int]] = {}
    for c, cells in enumerate(story.claims):
        for units in cells.values():
            for i in units:
                claims_of.setdefault(i, set()).add(c)
    out = []
    for a, b in story.pairs:
        x, y = claims_of.get(int(a), set()), claims_of.get(int(b), set())
        out.append(1 if x & y else 0 if x or y or alone & {int(a), int(b)} else -1)
    return np.array(out)


def fit(stories: list[Story], threshold: float = 0.0) -> Scorer:
    """Both scores; the second learns from first scores that each half of the stories gives the other, as it will meet them."""
    first = regress(stories, [s.features for s in stories])
    half = len(stories) // 2
    crossed = [regress(part, [s.features for s in part]) for part in (stories[half:], stories[:half])]
    wide = [
        np.column_stack([s.features, context_features(s.units, s.pairs, crossed[i >= half](s.features))]) for i, s in enumerate(stories)
    ]  # fmt: skip
    return Scorer(first=first, second=regress(stories, wide), threshold=threshold, again=AGAIN)


def regress(stories: list[Story], tables: list[np.ndarray], l2: float = 1.0) -> Logistic:
    """Logistic regression by Newton's method; positives together weigh a quarter of all pairs."""
    features = np.concatenate(tables)
    target = np.concatenate([labels(s) for s in stories])
    keep = target >= 0
    x, y = np.column_stack([features[keep], np.ones(keep.sum())]), target[keep].astype(float)
    weight = np.where(y == 1, 0.25 * len(y) / max(1, y.sum()), 1.0)
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + l2 * np.append(w[:-1], 0)
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + l2 * np.eye(len(w)) * np.append(np.ones(len(w) - 1), 1e-6)
        w -= np.linalg.solve(hessian, gradient)
    return Logistic(weights=tuple(float(x) for x in w[:-1]), bias=float(w[-1]))


def judge(stories: list[Story], scorer: Scorer) -> dict[str, float]:
    """Claims whose cells all stand in one row; pairs in rows that join cells of different claims, of those that join marked cells;
    facts that one report alone has, left in no row."""
    whole = marked = wrong = joined = left = single = 0
    for s in stories:
        chance = chances(s.units, s.pairs, s.features, scorer)
        rows = [row for row, _ in rows_of(s.units, s.pairs, chance, scorer.threshold, max(scorer.threshold, AGAIN))]
        for cells in s.claims:
            marked += 1
            sets = [{r for r, row in enumerate(rows) if units & set(row)} for units in cells.values()]
            whole += bool(set.intersection(*sets))
        left += sum(bool(a - {i for row in rows for i in row}) for a in s.alone)
        single += len(s.alone)
        claims_of = {i: {c for c, cells in enumerate(s.claims) for us in cells.values() if i in us} for row in rows for i in row}
        for row in rows:
            for n, i in enumerate(row):
                for j in row[n + 1 :]:
                    if claims_of[i] and claims_of[j]:
                        joined += 1
                        wrong += not claims_of[i] & claims_of[j]
    return {"aligned": whole / max(1, marked), "claims": marked, "wrong_joins": wrong / max(1, joined), "joins": joined, "alone": left, "of": single}


def main(argv: list[str]) -> None:
    """Cross-validate by story over thresholds, print the figures, and write the weights of all stories."""
    stories = [load(pathlib.Path(a)) for a in argv if not a.startswith("--")]
    possible = sum(all(c.values()) for s in stories for c in s.claims)
    print(json.dumps({"stories": len(stories), "claims": sum(len(s.claims) for s in stories), "claims with a unit for every cell": possible}))
    fitted = {s.name: fit([x for x in stories if x is not s]) for s in stories}
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        total = np.zeros(6)
        for held in stories:
            f = judge([held], msgspec.structs.replace(fitted[held.name], threshold=threshold))
            total += [f["aligned"] * f["claims"], f["claims"], f["wrong_joins"] * f["joins"], f["joins"], f["alone"], f["of"]]
        aligned, wrong, alone = (total[i] / max(1, total[i + 1]) for i in (0, 2, 4))
        figures = {"aligned": aligned, "wrong_joins": wrong, "alone": alone}
        print(json.dumps({"threshold": threshold, **{k: round(v, 3) for k, v in figures.items()}, "joins": int(total[3])}))
    scorer = fit(stories, THRESHOLD)
    out = {"first": named(FEATURES, scorer.first), "second": named((*FEATURES, *CONTEXT), scorer.second), "threshold": scorer.threshold, "again": scorer.again}
    print(json.dumps(out))
    if "--write" in argv:
        OUT.write_text(json.dumps(out, indent=2) + "\n")


def named(names: tuple[str, ...], model: Logistic) -> dict[str, float]:
    """Weights by name, as they are kept."""
    return {**{n: round(w, 4) for n, w in zip(names, model.weights, strict=True)}, "bias": round(model.bias, 4)}


if __name__ == "__main__":
    main(sys.argv[1:])
