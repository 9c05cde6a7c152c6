"""Fitting the linker on marked spans: a choice among cues for each content, among sources for each cue, "none" always being one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from passages import Marked, tags
from torch import nn

from whence import text as texts
from whence.annotate import tagger_links as links
from whence.annotate import tagger_words

WIDE = 24


def gold(
    article: Marked, heads: dict[str, np.ndarray], rng: np.random.Generator, dropped: float
) -> dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For contents (2) and sources (0): who chooses, the descriptions, and which are right; some spans left out as a tagger leaves them out."""
    tokens = tagger_words.tokenize(article.text, list(texts.paragraphs(article.text)))
    empty = np.zeros(0, np.int64)
    if not tokens.words:
        return {}
    marks = tags(tokens, article.attributions)
    edges = np.array([s[0] for s in tokens.segments], np.int64)
    found = links.spans(marks, edges)
    keep = rng.random(len(found.first)) >= dropped
    found = links.Spans(*(x[keep] for x in found))
    paragraph = np.repeat([s[2] for s in tokens.segments], [s[1] - s[0] for s in tokens.segments])
    head = np.stack([heads[w] for w in tokens.words])
    where = links.places(tokens.words, paragraph, head, found)
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)

    def rows(label: int, regions: Sequence[Sequence[int]] | None) -> list[int]:
        out = []
        for left, right in regions or ():
            hit = (found.label == label) & (starts[found.first] < right) & (left < ends[found.last - 1])
            out += np.flatnonzero(hit).tolist()
        return out

    right = {2: set(), 0: set()}
    for a in article.attributions:
        for cue in rows(1, a.get("cue")):
            for label, name in ((2, "content"), (0, "source")):
                right[label] |= {(i, cue) for i in rows(label, a.get(name))}
    out = {}
    for label in (2, 0):
        a, q = links.pairs(found, label, where)
        target = np.array([(i, j) in right[label] for i, j in zip(a.tolist(), q.tolist(), strict=True)], bool)
        chooser = a if label == 2 else q
        out[label] = (chooser if len(a) else empty, links.describe(found, where, a, q) if len(a) else np.zeros((0, links.WIDTH), np.float32), target)
    return out


def fit(articles: Sequence[Marked], heads: dict[str, np.ndarray], label: int, seed: int = 0, epochs: int = 12) -> tuple[links.Judge, float]:
    """A judge for contents (2) or sources (0) and the share of choices it makes rightly on the last tenth, which it does not see."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    groups: list[tuple[np.ndarray, np.ndarray]] = []
    test: list[tuple[np.ndarray, np.ndarray]] = []
    for n, article in enumerate(articles):
        for dropped in (0.0,) if n >= 0.9 * len(articles) else (0.0, 0.08):
            got = gold(article, heads, rng, dropped).get(label)
            if got is not None:
                for c in np.unique(got[0]):
                    (test if n >= 0.9 * len(articles) else groups).append((got[1][got[0] == c], got[2][got[0] == c]))
    net = nn.Sequential(nn.Linear(links.WIDTH, WIDE), nn.Tanh(), nn.Linear(WIDE, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=1e-3)
    count = max(1, (len(groups) + 255) // 256) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: max(0.02, 1 - s / count))
    for _ in range(epochs):
        order = rng.permutation(len(groups))
        for left in range(0, len(order), 256):
            chosen = [groups[i] for i in order[left : left + 256]]
            loss = -_right(net, chosen).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        weights = [p.detach().numpy() for p in net.parameters()]
    judge = links.Judge(weights[0].T.copy(), weights[1], weights[2][0].copy(), weights[3])
    hits = 0
    for description, target in test:
        score = judge.score(description)
        top = int(score.argmax())
        hits += bool(target[top]) if score[top] > 0 else not target.any()
    return judge, hits / max(1, len(test))


def _right(net: nn.Module, groups: list[tuple[np.ndarray, np.ndarray]]) -> torch.Tensor:
    """Log probability of the right choice (any of the right ones, or none) in each group."""
    score = net(torch.from_numpy(np.concatenate([g[0] for g in groups])))[:, 0]
    size = [len(g[0]) for g in groups]
    padded = torch.nn.utils.rnn.pad_sequence(list(score.split(size)), batch_first=True, padding_value=-1e4)
    padded = torch.cat([torch.zeros(len(groups), 1), padded], 1)
    target = torch.zeros(padded.shape, dtype=torch.bool)
    for i, (_, t) in enumerate(groups):
        target[i, 1 : 1 + len(t)] = torch.from_numpy(t)
        target[i, 0] = not t.any()
    chosen = torch.where(target, padded, torch.tensor(-1e4)).logsumexp(1)
    return chosen - padded.logsumexp(1)
