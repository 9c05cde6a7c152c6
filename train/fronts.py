"""Fit the confidence of what rules and model found, by who found it: ``python train/fronts.py --train TRAIN.jsonl.gz [--dev DEV.jsonl.gz]``.

Articles of TRAIN and the work half of ``examples/attribution`` count the same in each group, whatever their number: the corpus marks only the
outermost attributions of one kind of news. DEV is only shown: ten bins and the expected calibration error of everything that is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import invented
import numpy as np
from passages import Marked, read

from whence import text as texts
from whence.annotate import fronts, rules, tagger
from whence.annotate.fronts_confidence import Found, facts, group

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))
from score_tagger import reliability, right  # noqa: E402

ARTICLES = 170
RIDGE = 30.0
MOST = 10.0  # what one attribution counts at most


def once(articles: Sequence[Marked]) -> list[Marked]:
    """The first version of each article, in an order that has nothing to do with its name's."""
    first: dict[str, Marked] = {}
    for a in articles:
        first.setdefault(a.id, a)
    kept = list(first.values())
    return [kept[i] for i in np.random.default_rng(1).permutation(len(kept))]


def joined(article: Marked) -> tuple[list[Found], tagger.Read]:
    """What is kept of an article, and the article as the model reads it."""
    paragraphs = list(texts.paragraphs(article.text))
    model = tagger.load()
    seen = tagger.read(model, article.text, paragraphs)
    found = rules.find_heard(article.text, paragraphs)
    learned = tagger.heard_in(model, article.text, seen, fronts.inner_cues(found))
    return fronts.join(article.text, seen, found, learned), seen


def examples(articles: Sequence[Marked]) -> dict[str, list[tuple[tuple[float, float, float], bool]]]:
    """For each group the evidence of its attributions and whether they are right."""
    out: dict[str, list[tuple[tuple[float, float, float], bool]]] = {}
    for a in articles:
        kept, seen = joined(a)
        for f, hit in zip(kept, right({"attributions": a.attributions}, [f.heard for f in kept]), strict=True):
            out.setdefault(group(f.how), []).append((facts(f, seen), hit))
    return out


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights and, last, the bias, by Newton's method; without reason to think otherwise, the finder's own confidence stands."""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    keep = np.r_[np.full(x.shape[1] - 1, RIDGE), 1e-3]
    expected = np.eye(1, x.shape[1])[0]
    w = expected.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(keep), x.T @ (weight * (p - y)) + keep * (w - expected))
    return w


def alone(seen: dict[str, list[tuple[tuple[float, float, float], bool]]], both: Sequence[float]) -> float:
    """The bias for what the model alone found.

    The model has seen these articles, so how often it is right on them says nothing. But its own confidence was fitted on others, where it holds on
    average over all that it finds: what agreement with the rules adds, being alone takes away.
    """

    def total(name: str, weights: Sequence[float]) -> float:
        x = np.array([f for f, _ in seen[name]])
        return float((1 / (1 + np.exp(-(x @ np.array(weights[:3]) + weights[3])))).sum())

    own = [1.0, 0.0, 0.0]
    wanted = total("both", [*own, 0.0]) + total("model", [*own, 0.0]) - total("both", both)
    low, high = -5.0, 5.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if total("model", [*own, middle]) > wanted else (middle, high)
    return low


def marked() -> list[Marked]:
    """The work half of our own passages with all their attributions."""
    return [Marked(p["id"], p["text"], [invented.regions(p, a) for a in p.get("attribution", [])]) for p in invented.passages()]


def main() -> None:
    """Fit, write, show."""
    parser = argparse.ArgumentParser(description="Fit the confidence of what rules and model found.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/whence/models/fronts.json")
    given = parser.parse_args()
    parts = [examples(once(read(given.train))[:ARTICLES]), examples(marked())]
    table = {}
    for name in sorted(set(parts[0]) | set(parts[1])):
        rows = [p.get(name, []) for p in parts]
        size = sum(map(len, rows)) / sum(bool(r) for r in rows)
        weight = np.concatenate([np.full(len(r), min(MOST, size / len(r))) for r in rows if r])
        x, y = np.array([f for r in rows for f, _ in r]), np.array([float(hit) for r in rows for _, hit in r])
        table[name] = [round(float(w), 3) for w in logistic(x, y, weight)]
        print(name, [(len(r), round(float(np.mean([hit for _, hit in r])), 2)) for r in rows if r], table[name])
    table["model"] = [1.0, 0.0, 0.0, round(alone(parts[0], table["both"]), 3)]
    print("model", table["model"])
    given.out.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if given.dev is not None:
        show(once(read(given.dev)))


def show(articles: Sequence[Marked]) -> None:
    """Print the table of reliability of all that is printed, and of the outermost alone."""
    every, outermost = [], []
    for a in articles:
        heard = fronts.find_heard(a.text, list(texts.paragraphs(a.text)))[0]
        sure = [(h.confidence, hit) for h, hit in zip(heard, right({"attributions": a.attributions}, heard), strict=True)]
        every += sure
        outermost += [s for s, h in zip(sure, heard, strict=True) if h.inside is None]
    rows, error = reliability(every)
    for name, count, average, share in rows:
        print(f"| {name} | {count} | {average:.2f} | {share:.2f} |")
    print(f"expected calibration error {error:.3f}, of the outermost alone {reliability(outermost)[1]:.3f}")


if __name__ == "__main__":
    main()
