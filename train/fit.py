"""Fitting the tagger: batches of segments of like length, AdamW with warm-up and decay, an average of the weights kept as it goes."""

from __future__ import annotations

import copy
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from network import Batch, Sizes, Tagger
from passages import TAGS, Lexicon, Rows, spans
from teacher import Teacher

from whence.annotate import tagger_words


class Inputs:
    """Word vectors and hash rows of a lexicon, ready to be gathered."""

    def __init__(self, lexicon: Lexicon, vectors: np.ndarray) -> None:
        pieces, hashes, shapes = lexicon.arrays()
        padded = np.concatenate([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
        count = np.maximum(1, (pieces >= 0).sum(1, keepdims=True))
        self.vectors = torch.from_numpy((padded[pieces].sum(1) / count).astype(np.float32))
        self.hashes, self.shapes = torch.from_numpy(hashes), torch.from_numpy(shapes)

    def around(self, rows: Rows) -> torch.Tensor:
        """Mean vectors of the segments before and after, and the flags: (segments, 2 * vector + 8)."""
        total = torch.cat([torch.zeros(1, self.vectors.shape[1]), self.vectors[torch.from_numpy(rows.words)].cumsum(0, dtype=torch.float64).float()])
        bounds = torch.from_numpy(rows.bounds)
        mean = (total[bounds[1:]] - total[bounds[:-1]]) / (bounds[1:] - bounds[:-1])[:, None]
        mean = torch.cat([mean, torch.zeros(1, mean.shape[1])])
        return torch.cat([mean[rows.around[:, 0]], mean[rows.around[:, 1]], torch.from_numpy(rows.flags)], 1)


def gather(inputs: Inputs, rows: Rows, around: torch.Tensor, which: np.ndarray) -> tuple[Batch, torch.Tensor, torch.Tensor]:
    """The segments ``which`` as a batch, with the positions of their tokens and the mask of what is no padding."""
    first, length = rows.bounds[which], rows.bounds[which + 1] - rows.bounds[which]
    t = np.arange(length.max())[None]
    inside = t < length[:, None]
    at = np.where(inside, first[:, None] + t, 0)
    words = torch.from_numpy(rows.words[at])
    mask = torch.from_numpy(inside)
    batch = Batch(
        inputs.vectors[words],
        inputs.hashes[words],
        inputs.shapes[words],
        torch.from_numpy(rows.quotes[at].astype(np.int64)),
        around[which],
        torch.from_numpy(length),
    )
    return batch, torch.from_numpy(at), mask


def batches(rows: Rows, tokens: int, rng: np.random.Generator | None) -> Iterator[np.ndarray]:
    """Groups of segments of like length with about so many tokens, in random order where a generator is given; none of weight 0."""
    length = np.diff(rows.bounds)
    key = length * rng.uniform(0.9, 1.1, len(length)) if rng is not None else length
    order = np.argsort(key, kind="stable")
    order = order[rows.weight[order] > 0]
    groups, left = [], 0
    while left < len(order):
        size = int(np.clip(tokens // max(1, length[order[left]]), 8, 160))
        groups.append(order[left : left + size])
        left += size
    for i in rng.permutation(len(groups)) if rng is not None else range(len(groups)):
        yield groups[i]


def fit(
    rows: Rows,
    lexicon: Lexicon,
    vectors: np.ndarray,
    *,
    dev: Rows | None = None,
    sizes: Sizes | None = None,
    epochs: int = 8,
    tokens: int = 2200,
    rate: float = 3e-3,
    seed: int = 1,
    dropout: float = 0.35,
    decay: float = 0.998,
    start: dict[str, torch.Tensor] | None = None,
    teacher: bool = False,
) -> Tagger:
    """A tagger trained on the rows; what comes back are the averaged weights. With ``teacher`` it reads ``rows.contexts``."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    inputs = Inputs(lexicon, vectors)
    around = inputs.around(rows)
    sizes = sizes or Sizes(vector=vectors.shape[1])
    if teacher:
        model: Tagger = Teacher(sizes, around.shape[1])
    else:
        model = Tagger(sizes, tagger_words.HASHES, tagger_words.SHAPES, tagger_words.QUOTE_STATES, dropout)
    if start is not None:
        model.load_state_dict(start)
    mean = copy.deepcopy(model).eval()
    count = int((rows.weight > 0).sum())
    steps = epochs * sum(1 for _ in batches(rows, tokens, np.random.default_rng(0)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1.0, (s + 1) / 200) * max(0.02, 1 - s / steps))
    done, clock = 0, time.time()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for which in batches(rows, tokens, rng):
            batch, at, mask = gather(inputs, rows, around, which)
            if isinstance(model, Teacher):
                batch = model.contextual(batch, rows, at)
            unary = torch.from_numpy(rows.unary[at].astype(np.float32)) * mask[:, :, None]
            loss = model.loss(batch, unary, torch.from_numpy(rows.pairs[which].astype(np.float32)), torch.from_numpy(rows.weight[which]))
            optimizer.zero_grad()
            (loss / len(which)).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            done += 1
            total += float(loss.detach())
            keep = min(decay, (1 + done) / (10 + done))
            with torch.no_grad():
                for a, b in zip(mean.parameters(), model.parameters(), strict=True):
                    a.lerp_(b, 1 - keep)
        print(
            f"epoch {epoch + 1}  loss {total / count:.3f}  {time.time() - clock:.0f} s",
            "" if dev is None else score(predict(mean, inputs, dev), dev),
            flush=True,
        )
    return mean


def predict(model: Tagger, inputs: Inputs, rows: Rows) -> list[list[int]]:
    """The best tags of every segment."""
    around, out = inputs.around(rows), {}
    with torch.no_grad():
        for which in batches(rows, 8000, None):
            batch, at, _ = gather(inputs, rows, around, which)
            if isinstance(model, Teacher):
                batch = model.contextual(batch, rows, at)
            for i, path in zip(which, model.decode(model.emissions(batch), batch.length), strict=True):
                out[int(i)] = path
    return [out[i] for i in range(len(rows.bounds) - 1)]


def teach(models: Sequence[Tagger], inputs: Inputs, rows: Rows) -> Rows:
    """The rows with the mean of the models' probabilities as their targets."""
    around = inputs.around(rows)
    unary, pairs = np.zeros((len(rows.words), TAGS), np.float16), np.zeros((len(rows.bounds) - 1, TAGS, TAGS), np.float32)
    with torch.no_grad():
        for which in batches(rows, 3000, None):
            batch, at, mask = gather(inputs, rows, around, which)
            total: list[torch.Tensor] = []
            for model in models:
                read = model.contextual(batch, rows, at) if isinstance(model, Teacher) else batch
                found = model.marginals(model.emissions(read), read.length)
                total = [a + b for a, b in zip(total, found, strict=True)] if total else list(found)
            unary[at[mask].numpy()] = (total[0][mask] / len(models)).numpy()
            pairs[which] = (total[1] / len(models)).numpy()
    return rows._replace(unary=unary, pairs=pairs)


def score(paths: Sequence[Sequence[int]], rows: Rows) -> dict[str, float]:
    """F1 of exact spans, token for token, by label and in all; a guide while training, not the scorer of record."""
    hit: Counter[object] = Counter()
    for i, path in enumerate(paths):
        gold = rows.unary[rows.bounds[i] : rows.bounds[i + 1]].argmax(1)
        a, b = set(spans(gold)), set(spans(path))
        for group, name in ((a & b, "hit"), (a, "gold"), (b, "found")):
            for label, _, _ in group:
                hit[name, label] += 1
                hit[name, "all"] += 1
    f1 = {k: 200 * hit["hit", k] / max(1, hit["gold", k] + hit["found", k]) for k in (0, 1, 2, "all")}
    return {"source": round(f1[0], 2), "cue": round(f1[1], 2), "content": round(f1[2], 2), "micro": round(f1["all"], 2)}


__all__ = ["TAGS", "Inputs", "batches", "fit", "gather", "predict", "score"]
