"""The teacher: MiniLM itself, tuned, under a tagger of one reading more. Too slow to ship; its probabilities teach the small one."""

from __future__ import annotations

import numpy as np
import torch
from network import Batch, Both, Sizes, Tagger, reversal
from passages import Lexicon, Rows
from torch import nn
from vectors import minilm

from whence.annotate import tagger_words

LONGEST = 510
PIECES = 6


class Teacher(Tagger):
    """A tagger whose vectors come from MiniLM reading the segment; spelling and quotation states are added to what MiniLM reads."""

    def __init__(self, sizes: Sizes, lexicon: Lexicon, around: int) -> None:
        super().__init__(sizes, tagger_words.HASHES, tagger_words.SHAPES, tagger_words.QUOTE_STATES)
        self.encoder = minilm()
        width = self.encoder.config.hidden_size
        self.spelling, self.quoted = nn.Embedding(tagger_words.SHAPES, width), nn.Embedding(tagger_words.QUOTE_STATES, width)
        nn.init.zeros_(self.spelling.weight)
        nn.init.zeros_(self.quoted.weight)
        self.context = nn.Linear(around, sizes.context)
        self.first = nn.Identity()
        self.second = Both(width + sizes.hashed + sizes.shape + sizes.quote + sizes.context, sizes.hidden)
        self.pieces = [r.pieces[:PIECES] or (100,) for r in lexicon.records]

    def encode(self, words: np.ndarray, mask: np.ndarray, shapes: torch.Tensor, quotes: torch.Tensor) -> torch.Tensor:
        """MiniLM's last layer at the first piece of each word: (B, T, width), zero where a segment is longer than MiniLM reads."""
        texts, heads, owners = [], np.zeros(words.shape, np.int64), []
        for b, row in enumerate(words):
            ids, owner = [101], [0]
            for t in range(int(mask[b].sum())):
                heads[b, t] = len(ids) if len(ids) < LONGEST else 0
                pieces = self.pieces[row[t]]
                ids += pieces
                owner += [t] * len(pieces)
            texts.append([*ids[:LONGEST], 102])
            owners.append([*owner[:LONGEST], 0])
        longest = max(map(len, texts))
        ids_, owner_ = torch.zeros((len(texts), longest), dtype=torch.long), torch.zeros((len(texts), longest), dtype=torch.long)
        for b, (ids, owner) in enumerate(zip(texts, owners, strict=True)):
            ids_[b, : len(ids)], owner_[b, : len(owner)] = torch.tensor(ids), torch.tensor(owner)
        if self.training and self.masked:
            ids_ = torch.where((torch.rand(ids_.shape) < self.masked / 2) & (ids_ > 102), torch.tensor(103), ids_)
        extra = self.spelling(shapes.gather(1, owner_)) + self.quoted(quotes.gather(1, owner_))
        with torch.autocast("cpu", torch.bfloat16):
            read = self.encoder(
                inputs_embeds=self.encoder.embeddings.word_embeddings(ids_) + extra, attention_mask=(ids_ > 0).long()
            ).last_hidden_state
        at = torch.from_numpy(heads)
        return read.float().gather(1, at[:, :, None].expand(-1, -1, read.shape[-1])) * (at > 0)[:, :, None]

    def emissions(self, b: Batch) -> torch.Tensor:
        """As the small tagger's; ``vectors`` is what ``encode`` gave."""
        x = self.drop(torch.cat([b.vectors, self.hash(b.hashes).sum(2), self.shape(b.shapes), self.quote(b.quotes)], -1))
        context = torch.tanh(self.context(self.wide(b.around)))[:, None].expand(-1, x.shape[1], -1)
        return self.out(self.drop(self.second(torch.cat([x, context], -1), reversal(b.length, x.shape[1]))))

    def read(self, batch: Batch, rows: Rows, at: torch.Tensor, mask: torch.Tensor) -> Batch:
        """The batch with MiniLM's reading in place of the fixed vectors."""
        return batch._replace(vectors=self.encode(rows.words[at.numpy()], mask.numpy(), batch.shapes, batch.quotes))
