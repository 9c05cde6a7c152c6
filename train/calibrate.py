"""What the confidence of an attribution means: a logistic regression on what the tagger and linker were sure of, fitted on marked articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from passages import Marked

from whence import text as texts
from whence.annotate import tagger
from whence.types import Heard

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from score_tagger import reliability, right


def facts(model: tagger.Model, articles: Sequence[Marked]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The evidence of every attribution found, whether it is right, and the number of its article."""
    rows, hits, of = [], [], []
    for n, article in enumerate(articles):
        read = tagger.read(model, article.text, list(texts.paragraphs(article.text)))
        if not read.tokens.words:
            continue
        found, linked, evidence = model.linker.relations(read)

        def region(i: int) -> tuple[int, int]:
            return read.tokens.starts[found.first[i]], read.tokens.ends[found.last[i] - 1]  # noqa: B023

        heard = [
            Heard(source=None if s is None else region(s), cue=region(c), content=tuple(map(region, said)), confidence=1.0) for c, s, said in linked
        ]
        rows.append(evidence)
        hits += right({"attributions": article.attributions}, heard)
        of += [n] * len(heard)
    return np.concatenate(rows).astype(np.float64), np.array(hits), np.array(of)


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 3.0) -> np.ndarray:
    """Weights and, last, the bias, by Newton's method."""
    x = np.concatenate([x, np.ones((len(x), 1))], 1)
    keep = np.r_[np.full(x.shape[1] - 1, ridge), 1e-6]
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(keep), x.T @ (p - y) + keep * w)
    return w


def fit(model: tagger.Model, articles: Sequence[Marked], folds: int = 5) -> tuple[np.ndarray, list[tuple[float, bool]]]:
    """The weights from all articles; and each attribution's confidence by weights from articles other than its own, with whether it is right."""
    x, y, of = facts(model, articles)
    sure: list[tuple[float, bool]] = []
    for k in range(folds):
        test = of % folds == k
        w = logistic(x[~test], y[~test])
        sure += zip((1 / (1 + np.exp(-(x[test] @ w[:-1] + w[-1])))).tolist(), y[test].tolist(), strict=True)
    return logistic(x, y), sure


def threshold(sure: Sequence[tuple[float, bool]], marked: int) -> float:
    """The least confidence with the best F1, to two places."""

    def f1(least: float) -> float:
        kept = [hit for c, hit in sure if c >= least]
        return 2 * sum(kept) / (len(kept) + marked)

    return max((k / 100 for k in range(70)), key=f1)


def show(sure: Sequence[tuple[float, bool]]) -> None:
    """Print the table of reliability and the expected calibration error."""
    rows, error = reliability(sure)
    for name, count, mean, share in rows:
        print(f"| {name} | {count} | {mean:.2f} | {share:.2f} |")
    print(f"expected calibration error {error:.3f}")
