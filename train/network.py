"""The tagger's network while it learns: two bidirectional LSTM layers under a linear-chain CRF. The package runs the same in numpy."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import nn

TAGS = 7


class Sizes(NamedTuple):
    """Widths of the parts, in numbers per token."""

    vector: int = 96
    hashed: int = 32
    shape: int = 8
    quote: int = 8
    context: int = 32
    hidden: int = 128


class Batch(NamedTuple):
    """Segments of like length, padded: ``vectors`` (B, T, vector), the indices (B, T[, 4]), ``around`` (B, 2 * vector + 8), ``length`` (B)."""

    vectors: torch.Tensor
    hashes: torch.Tensor
    shapes: torch.Tensor
    quotes: torch.Tensor
    around: torch.Tensor
    length: torch.Tensor


def reversal(length: torch.Tensor, time: int) -> torch.Tensor:
    """For each row the positions read backwards within its length; padding stays where it is."""
    t = torch.arange(time)[None]
    return torch.where(t < length[:, None], length[:, None] - 1 - t, t)


class Locked(nn.Module):
    """Dropout with one mask for all positions of a row."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or not self.p:
            return x
        mask = torch.empty(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]).bernoulli_(1 - self.p) / (1 - self.p)
        return x * mask


class Both(nn.Module):
    """A layer that reads each row forwards and backwards; both readings side by side."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.forwards = nn.LSTM(width, hidden, batch_first=True)
        self.backwards = nn.LSTM(width, hidden, batch_first=True)

    def forward(self, x: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
        def turned(y: torch.Tensor) -> torch.Tensor:
            return y.gather(1, turn[:, :, None].expand_as(y))

        with torch.autocast("cpu", torch.bfloat16, enabled=self.training):
            a, b = self.forwards(x)[0], self.backwards(turned(x))[0]
        return torch.cat([a.float(), turned(b.float())], -1)


class Tagger(nn.Module):
    """Scores of seven tags for each token, and of each tag after each other."""

    def __init__(self, sizes: Sizes, hashes: int, shapes: int, quotes: int, dropout: float = 0.35, masked: float = 0.06) -> None:
        super().__init__()
        self.sizes, self.masked = sizes, masked
        self.hash = nn.Embedding(hashes, sizes.hashed)
        self.shape = nn.Embedding(shapes, sizes.shape)
        self.quote = nn.Embedding(quotes, sizes.quote)
        for table in (self.hash, self.shape, self.quote):
            nn.init.normal_(table.weight, std=0.1 if table is self.hash else 0.5)
        self.context = nn.Linear(2 * sizes.vector + 8, sizes.context)
        self.first = Both(sizes.vector + sizes.hashed + sizes.shape + sizes.quote, sizes.hidden)
        self.second = Both(2 * sizes.hidden + sizes.context, sizes.hidden)
        self.out = nn.Linear(2 * sizes.hidden, TAGS)
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.start = nn.Parameter(torch.zeros(TAGS))
        self.drop, self.wide = Locked(dropout), nn.Dropout(0.5)
        allowed = torch.ones(TAGS, TAGS)
        for k in range(3):
            allowed[:, 2 + 2 * k] = 0
            allowed[1 + 2 * k, 2 + 2 * k] = allowed[2 + 2 * k, 2 + 2 * k] = 1
        begin = torch.tensor([1.0, 1, 0, 1, 0, 1, 0])
        self.register_buffer("allowed", allowed)
        self.register_buffer("begin", begin)

    def emissions(self, b: Batch) -> torch.Tensor:
        vectors, hashed = b.vectors, self.hash(b.hashes).sum(2)
        if self.training and self.masked:
            keep = (torch.rand(vectors.shape[:2]) > self.masked).float()[:, :, None]
            vectors, hashed = vectors * keep, hashed * keep
        turn = reversal(b.length, vectors.shape[1])
        x = self.drop(torch.cat([vectors, hashed, self.shape(b.shapes), self.quote(b.quotes)], -1))
        x = self.drop(self.first(x, turn))
        context = torch.tanh(self.context(self.wide(b.around)))[:, None].expand(-1, x.shape[1], -1)
        return self.out(self.drop(self.second(torch.cat([x, context], -1), turn)))

    def log_z(self, emissions: torch.Tensor, length: torch.Tensor) -> torch.Tensor:
        """Log of the sum over all allowed tag sequences of each row."""
        step = torch.exp(self.transitions) * self.allowed
        top = emissions.max(-1, keepdim=True).values.detach()
        e = torch.exp(emissions - top).unbind(1)
        p = e[0] * torch.exp(self.start) * self.begin
        total = torch.zeros(len(length))
        sizes = []
        for t in range(len(e)):
            if t:
                active = (length > t)[:, None]
                p = torch.where(active, (p @ step) * e[t], p)
            z = p.sum(-1, keepdim=True)
            sizes.append(z)
            p = p / z
        total = torch.log(torch.cat(sizes, 1)).sum(1)
        inside = (torch.arange(emissions.shape[1])[None] < length[:, None]).float()
        return total + (top[:, :, 0] * inside).sum(1)

    def loss(self, b: Batch, unary: torch.Tensor, pairs: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        """Cross-entropy of the target chain (marks as certainties, or another model's probabilities), per row, weighted and summed."""
        emissions = self.emissions(b)
        score = (emissions * unary).sum((1, 2)) + (pairs * self.transitions).sum((1, 2)) + (unary[:, 0] * self.start).sum(1)
        return ((self.log_z(emissions, b.length) - score) * weight).sum()

    def marginals(self, emissions: torch.Tensor, length: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Probability of each tag at each token, and expected transitions summed over each row."""
        emissions = emissions.detach().requires_grad_()
        with torch.enable_grad():
            # one copy of the transitions for each row, so that the gradient is the expectation of each row
            step = self.transitions.detach().repeat(len(length), 1, 1).requires_grad_()
            table = torch.exp(step) * self.allowed
            top = emissions.max(-1, keepdim=True).values.detach()
            e = torch.exp(emissions - top)
            p = e[:, 0] * torch.exp(self.start.detach()) * self.begin
            total = torch.zeros(len(length))
            for t in range(e.shape[1]):
                if t:
                    p = torch.where((length > t)[:, None], torch.einsum("bi,bij->bj", p, table) * e[:, t], p)
                z = p.sum(-1, keepdim=True)
                total = total + torch.log(z[:, 0])
                p = p / z
            unary, pairs = torch.autograd.grad(total.sum(), (emissions, step))
        return unary, pairs

    def decode(self, emissions: torch.Tensor, length: torch.Tensor) -> list[list[int]]:
        """The best tag sequence of each row."""
        step = torch.where(self.allowed > 0, self.transitions, torch.tensor(-1e4))
        score = emissions[:, 0] + self.start + (self.begin - 1) * 1e4
        back = []
        for t in range(1, emissions.shape[1]):
            best, where = (score[:, :, None] + step).max(1)
            active = (length > t)[:, None]
            score = torch.where(active, best + emissions[:, t], score)
            back.append(torch.where(active, where, torch.arange(TAGS)[None]))
        out = [[int(i)] for i in score.argmax(-1)]
        for where in reversed(back):
            for row, path in zip(where, out, strict=True):
                path.append(int(row[path[-1]]))
        return [path[::-1][: int(n)] for path, n in zip(out, length, strict=True)]
