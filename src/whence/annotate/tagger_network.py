"""The tagger's network in numpy: two bidirectional LSTM layers under a linear-chain CRF, over segments packed by length.

Packing: segments are sorted from long to short and laid out step by step, so that step t touches only the segments that reach it and no work
is done on padding. Both directions run in the same step, the second one over the segments reversed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

TAGS = 7
"""Outside, then begins and continues for source, cue, content."""


SMALL = 1_000_000
"""Products of a matrix that OpenBLAS multiplies as a small one: without copying it (up to twice as fast) and without threads, which on a machine
that others use as well were measured to make a report of 600 words ten times slower."""
ROWS = 60
"""Most rows multiplied at once by a hidden layer of 128: SMALL // 128**2, rounded down."""


class Layer(NamedTuple):
    """A bidirectional LSTM layer, ready to run: ``inputs`` (2, 4, width, hidden), ``hidden`` (2, 4, hidden, hidden), ``bias`` (2, 4, 1, hidden).

    Gates stand in the order in, forget, out, new, each apart; see ``prepare`` for what the weights are multiplied with.
    """

    inputs: Floats
    hidden: Floats
    bias: Floats


class Packing(NamedTuple):
    """``at`` (2, tokens): which token stands at each packed place, forwards and backwards; ``active``: segments still running at each step."""

    at: Ints
    active: list[int]
    length: Ints


class Chain(NamedTuple):
    """The CRF: ``step`` (tags, tags) and ``start`` as scores, -1e4 where a tag may not follow."""

    step: Floats
    start: Floats


def prepare(inputs: Floats, hidden: Floats, bias: Floats, halved: bool) -> Layer:
    """Weights as torch has them (2, 4 hidden, width) turned for ``run``.

    A sigmoid is written as half of 1 + tanh(x / 2), so one tanh does for all gates; the states carried are twice the cell and twice the output,
    which the weights that read them undo (``halved``: the layer's input is such a doubled output as well).
    """
    import numpy as np

    size = hidden.shape[2]
    order = [0, 1, 3, 2]
    scale = np.array([0.5, 0.5, 0.5, 1], np.float32).reshape(1, 4, 1, 1)

    def turned(weights: Floats) -> Floats:
        apart = weights.reshape(2, 4, size, -1)[:, order] * scale
        return np.ascontiguousarray(apart.transpose(0, 1, 3, 2))

    first = np.float32(0.5 if halved else 1)
    return Layer(turned(inputs) * first, turned(hidden) * np.float32(0.5), turned(bias[:, :, None]))


def multiply(a: Floats, b: Floats, out: Floats | None = None) -> Floats:
    """``a`` (rows, k) times ``b`` (..., k, n), a few rows at a time: (..., rows, n)."""
    import numpy as np

    if out is None:
        out = np.empty((*b.shape[:-2], len(a), b.shape[-1]), np.float32)
    few = max(1, SMALL // (b.shape[-2] * b.shape[-1]))
    for left in range(0, len(a), few):
        np.matmul(a[left : left + few], b, out=out[..., left : left + few, :])
    return out


def pack(length: Ints, first: Ints) -> Packing:
    """The packing of segments that are given from long to short by their length and first token."""
    import numpy as np

    steps = int(length[0])
    active = np.searchsorted(-length, -np.arange(steps), side="left")
    offsets = np.concatenate(([0], np.cumsum(active)))
    step = np.repeat(np.arange(steps), active)
    row = np.arange(int(offsets[-1])) - offsets[step]
    return Packing(np.stack([first[row] + step, first[row] + length[row] - 1 - step]), active.tolist(), length)


def run(layer: Layer, gates: Floats, active: list[int]) -> Floats:
    """Twice the outputs of a layer, (2, tokens, hidden), from the packed inputs of its gates (2, 4, tokens, hidden), which are overwritten."""
    import numpy as np

    size = layer.hidden.shape[2]
    outputs = np.empty((2, gates.shape[2], size), np.float32)
    cell = np.zeros((2, active[0], size), np.float32)
    work = np.empty((2, 4, min(ROWS, active[0]), size), np.float32)
    half = np.float32(0.5)
    before, here = outputs[:, :0], 0
    for n in active:
        z = gates[:, :, here : here + n]
        if here:
            for left in range(0, n, ROWS):
                few = z[:, :, left : left + ROWS]
                few += np.matmul(before[:, None, left : min(left + ROWS, n)], layer.hidden, out=work[:, :, : few.shape[2]])
        np.tanh(z, out=z)
        z[:, :3] += 1
        c = cell[:, :n]
        c *= z[:, 1]
        c *= half
        z[:, 0] *= z[:, 3]
        c += z[:, 0]
        h = outputs[:, here : here + n]
        np.multiply(c, half, out=h)
        np.tanh(h, out=h)
        h *= z[:, 2]
        before, here = h, here + n
    return outputs


def both(outputs: Floats, packing: Packing, base: int, count: int) -> Floats:
    """Packed outputs (2, tokens, hidden) put back in the order of tokens, directions side by side: (count, 2 hidden)."""
    import numpy as np

    size = outputs.shape[2]
    flat = np.empty((count, 2 * size), np.float32)
    flat[packing.at[0] - base, :size] = outputs[0]
    flat[packing.at[1] - base, size:] = outputs[1]
    return flat


def decode(chain: Chain, emissions: Floats, packing: Packing) -> Ints:
    """The best tag of each token (in the order of tokens; ``packing.at`` must count from 0)."""
    import numpy as np

    forwards = emissions[packing.at[0]]
    back = np.zeros((len(forwards), TAGS), np.int64)
    score = forwards[: packing.active[0]] + chain.start
    ends = np.empty(packing.active[0], np.int64)
    turned = np.ascontiguousarray(chain.step.T)
    here = packing.active[0]
    for before, n in zip(packing.active, packing.active[1:], strict=False):
        if n < before:
            ends[n:before] = score[n:before].argmax(1)
        paths = score[:n, None, :] + turned
        where = paths.argmax(2)
        back[here : here + n] = where
        score = paths.max(2) + forwards[here : here + n]
        here += n
    ends[: packing.active[-1]] = score.argmax(1)
    tags = np.empty(len(forwards), np.int64)
    rows = np.arange(len(ends))
    following = len(forwards)
    for n in reversed(packing.active):
        here = following - n
        tags[packing.at[0, here:following]] = ends[:n]
        ends[:n] = back[here:following][rows[:n], ends[:n]]
        following = here
    return tags


def marginals(chain: Chain, emissions: Floats, packing: Packing) -> Floats:
    """The probability of each tag at each token, (tokens, tags), in the order of tokens."""
    import numpy as np

    step = np.exp(chain.step)
    tables = np.stack([step, step.T])
    likely = np.exp(emissions - emissions.max(1, keepdims=True)) + np.float32(1e-12)
    e = likely[packing.at]
    first = packing.active[0]
    e[0, :first] *= np.exp(chain.start)
    before, here = e[:, :0], 0
    for n in packing.active:
        p = e[:, here : here + n]
        if here:
            p *= np.matmul(before[:, :n], tables)
        p /= p.sum(2, keepdims=True)
        before, here = p, here + n
    out = np.empty((len(emissions), TAGS), np.float32)
    out[packing.at[0]] = e[0]
    out[packing.at[1]] *= e[1]
    out /= likely
    out /= out.sum(1, keepdims=True) + np.float32(1e-30)
    return out
