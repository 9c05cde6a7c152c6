"""The teacher: a tagger that reads each word in its context, as MiniLM's middle and last layers have it. Too slow to ship; it teaches the small one.

MiniLM is left as it is and read once, so that the teacher costs little more to train than what it teaches.
"""

from __future__ import annotations

import numpy as np
import torch
from network import Batch, Sizes, Tagger
from passages import Lexicon, Rows
from torch import nn
from vectors import minilm

from whence.annotate import tagger_words

LAYERS = (4, 6)
WIDTH = 384 * len(LAYERS)
LONGEST = 510
PIECES = 6
NARROW = 192


def contexts(rows: Rows, lexicon: Lexicon) -> np.ndarray:
    """MiniLM's layers at the first piece of each token: (tokens, WIDTH) in sixteen bits, zero where a segment is longer than MiniLM reads."""
    model = minilm().eval()
    pieces = [r.pieces[:PIECES] or (100,) for r in lexicon.records]
    out = np.zeros((len(rows.words), WIDTH), np.float16)
    segments = []
    for a, b in zip(rows.bounds[:-1].tolist(), rows.bounds[1:].tolist(), strict=True):
        ids, heads = [101], []
        for word in rows.words[a:b].tolist():
            heads.append(len(ids))
            ids += pieces[word]
        segments.append((ids[:LONGEST], [h for h in heads if h < LONGEST], a))
    segments.sort(key=lambda s: len(s[0]))
    left = 0
    while left < len(segments):
        group = segments[left : left + max(1, 3000 // len(segments[left][0]))]
        left += len(group)
        ids_ = torch.zeros((len(group), len(group[-1][0]) + 1), dtype=torch.long)
        for k, (ids, _, _) in enumerate(group):
            ids_[k, : len(ids) + 1] = torch.tensor([*ids, 102])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            read = model(input_ids=ids_, attention_mask=(ids_ > 0).long(), output_hidden_states=True).hidden_states
        both = torch.cat([read[i].float() for i in LAYERS], -1).to(torch.float16).numpy()
        for k, (_, heads, a) in enumerate(group):
            out[a : a + len(heads)] = both[k, heads]
    return out


class Teacher(Tagger):
    """A tagger whose vectors are narrowed from ``contexts``."""

    def __init__(self, sizes: Sizes, around: int) -> None:
        super().__init__(sizes._replace(vector=NARROW), tagger_words.HASHES, tagger_words.SHAPES, tagger_words.QUOTE_STATES)
        self.narrow = nn.Linear(WIDTH, NARROW)
        self.context = nn.Linear(around, sizes.context)

    def contextual(self, batch: Batch, rows: Rows, at: torch.Tensor) -> Batch:
        """The batch with each word as its context has it."""
        if rows.contexts is None:
            raise ValueError("the teacher needs rows with contexts")
        read = torch.from_numpy(rows.contexts[at.numpy()]).float()
        return batch._replace(vectors=self.narrow(self.drop(read)))
