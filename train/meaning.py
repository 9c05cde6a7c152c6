"""Make the small word vectors that claims are aligned with: `python train/meaning.py`.

Each word piece of MiniLM (all-MiniLM-L6-v2, Apache-2.0) is read alone, its sentence vector taken and all of them reduced by PCA; frequent pieces weigh
less (after Model2Vec, Minish Lab 2024). No text is needed. Needs the extra `train`.
"""

from __future__ import annotations

import pathlib

import numpy as np
import torch
from vectors import minilm, vocabulary

OUT = pathlib.Path(__file__).parent.parent / "src/whence/models/meaning.npz"
SIZE = 96


def main() -> None:
    """Write the table: int8 vectors with a scale a column, and the pieces in their order."""
    torch.set_num_threads(1)
    pieces, model = vocabulary(), minilm().eval()
    rows = []
    with torch.no_grad():
        for i in range(0, len(pieces), 512):
            alone = torch.arange(i, min(len(pieces), i + 512))
            ids = torch.stack([torch.full_like(alone, 101), alone, torch.full_like(alone, 102)], 1)
            rows.append(model(ids, attention_mask=torch.ones_like(ids)).last_hidden_state.mean(1).numpy())
    vectors = np.concatenate(rows)
    vectors = vectors - vectors.mean(0)
    values, axes = np.linalg.eigh(np.cov(vectors.T))
    reduced = vectors @ axes[:, np.argsort(-values)[:SIZE]]
    scale = np.abs(reduced).max(0) / 127
    table = np.clip(np.round(reduced / scale), -127, 127).astype(np.int8)
    text = "\n".join(pieces).encode()
    np.savez_compressed(OUT, vectors=table, scale=scale.astype(np.float32), pieces=np.frombuffer(text, np.uint8))


if __name__ == "__main__":
    main()
