"""Who said what, by the learned tagger and linker: a small network in numpy over hashed and reduced inputs.

``find_heard`` gives the same form as ``rules.find_heard``. The weights stand in ``whence/models``; their card is ``models/attribution.md``.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .. import lang
from ..text import trim, words
from ..types import Heard, Region
from ..weights import MODELS, read_weights
from ..wordpieces import pieces_of
from . import tagger_words
from .cues import cues

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .tagger_links import Linker
    from .tagger_network import Chain, Floats, Layer

GROUP = 128
"""Most segments that run side by side; more do not fit the cache."""
DEPTH = 3
"""How deep attributions are looked for inside one another."""
SHORTEST = 20
"""Fewest characters of a content that is read again."""
TOKENS = 8_000
"""Most tokens that are read side by side, for the sake of memory (4 kB a token)."""
REMEMBERED = 20_000
"""Different words whose inputs are kept from text to text."""


class Model(NamedTuple):
    """The weights, ready to run, and what was worked out of words already seen (``known``: word to row of ``inputs``)."""

    vocabulary: Mapping[str, int]
    pieces: tuple[npt.NDArray[np.int8], Floats]
    hashes: tuple[npt.NDArray[np.int8], Floats]
    shapes: Floats
    quotes: Floats
    context: tuple[Floats, Floats]
    first: Layer
    second: Layer
    out: tuple[Floats, Floats]
    chain: Chain
    linker: Linker
    known: dict[str, int]
    inputs: list[Floats]


class Read(NamedTuple):
    """A text as the network leaves it: tokens, the tag and the probabilities of all tags of each."""

    tokens: tagger_words.Tokens
    tags: npt.NDArray[np.int64]
    marginals: Floats
    head: Floats  # (tokens, HEAD): the first numbers of each word's vector


@functools.cache
def load(folder: Path = MODELS) -> Model:
    """The shipped weights. Raises ModelError where they are absent or damaged."""
    import numpy as np

    from . import tagger_links, tagger_network

    kept = read_weights("attribution", folder)
    scale = {k: kept[k + "_scale"].astype(np.float32) for k in ("pieces", "hashes")}
    wide = {k: v.astype(np.float32) for k, v in kept.items() if v.dtype == np.float16}
    first = tagger_network.prepare(wide["first_inputs"], wide["first_hidden"], wide["first_bias"], halved=False)
    second = tagger_network.prepare(wide["second_inputs"], wide["second_hidden"], wide["second_bias"], halved=False)
    second.inputs[:, :, : 2 * first.hidden.shape[2]] *= np.float32(0.5)
    second = second._replace(inputs=np.concatenate([second.inputs, second.bias], 2))  # the bias is read as a last input that is always 1
    width = kept["pieces"].shape[1] + kept["hashes"].shape[1] + wide["shapes"].shape[1]
    return Model(
        vocabulary=pieces_of(bytes(kept["vocabulary"])),
        pieces=(kept["pieces"].astype(np.int8), scale["pieces"]),
        hashes=(kept["hashes"].astype(np.int8), scale["hashes"]),
        shapes=wide["shapes"],
        quotes=wide["quotes"],
        context=(wide["context_inputs"].T.copy(), wide["context_bias"]),
        first=first,
        second=second,
        out=(wide["out_inputs"].T * np.float32(0.5), wide["out_bias"]),
        chain=tagger_network.Chain(wide["step"], wide["start"]),
        linker=tagger_links.Linker.of(kept),
        known={},
        inputs=[np.zeros((0, width), np.float32)],
    )


def available() -> bool:
    """Whether weights are installed (whether they are whole is seen when they are loaded)."""
    return (MODELS / "attribution.npz").is_file()


def rows(model: Model, words: Sequence[str]) -> tuple[npt.NDArray[np.int64], Floats]:
    """For each word its row in the second array, which holds the vector, hashes and shape of every word remembered."""
    import numpy as np

    known = model.known
    new = [w for w in dict.fromkeys(words) if w not in known]
    if len(known) + len(new) > REMEMBERED:
        known.clear()
        model.inputs[0] = model.inputs[0][:0]
        new = list(dict.fromkeys(words))
    if new:
        known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
        records = [tagger_words.record(w, model.vocabulary) for w in new]
        counts = np.array([len(r.pieces) for r in records])
        owner = np.repeat(np.arange(len(new)), counts)
        table, scale = model.pieces
        vectors = np.zeros((len(new), table.shape[1]), np.float32)
        flat = table[np.fromiter((p for r in records for p in r.pieces), np.int64, int(counts.sum()))] * scale
        some = counts > 0
        if len(owner):
            edges = np.concatenate(([0], np.cumsum(counts[some])[:-1]))
            vectors[some] = np.add.reduceat(flat, edges, axis=0) / counts[some, None]
        table, scale = model.hashes
        hashed = table[np.array([r.hashes for r in records])].sum(1, dtype=np.float32) * scale
        shaped = model.shapes[np.array([r.shape for r in records])]
        model.inputs[0] = np.concatenate([model.inputs[0], np.concatenate([vectors, hashed, shaped], 1)])
    return np.fromiter(map(known.__getitem__, words), np.int64, len(words)), model.inputs[0]


def read(model: Model, text: str, paragraphs: Sequence[Region], apart: bool = False) -> Read:
    """The text's tokens with their tags; with ``apart`` the regions are no neighbours of one another."""
    return read_all(model, [(text, paragraphs)], apart)[0]


def read_all(model: Model, texts: Sequence[tuple[str, Sequence[Region]]], apart: bool = False) -> list[Read]:
    """Each text as ``read`` has it; their segments run side by side, which is why many short ones are read faster together."""
    import numpy as np

    from . import tagger_links, tagger_network

    every = [tagger_words.tokenize(text, paragraphs) for text, paragraphs in texts]
    words = [w for tokens in every for w in tokens.words]
    index, inputs = rows(model, words)
    ends = np.cumsum([len(tokens.words) for tokens in every])
    tags, found = np.zeros(len(words), np.int64), np.zeros((len(words), tagger_network.TAGS), np.float32)
    if words:
        bounds = np.array([(a + start, b + start) for tokens, start in zip(every, [0, *ends.tolist()], strict=False) for a, b, _ in tokens.segments])
        vectors = inputs[index, : model.pieces[0].shape[1]]
        around = np.concatenate([_around(model, t, vectors[end - len(t.words) : end], apart) for t, end in zip(every, ends, strict=True) if t.words])
        quotes = np.concatenate([np.array(t.quotes, np.int64) for t in every])
        length = bounds[:, 1] - bounds[:, 0]
        order = np.argsort(-length, kind="stable")
        left = 0
        while left < len(order):
            group = order[left : left + max(1, min(GROUP, TOKENS // int(length[order[left]])))]
            left += len(group)
            at = np.concatenate([np.arange(a, b) for a, b in bounds[group]])
            tags[at], found[at] = _tag(model, index[at], inputs, quotes[at], around[group], length[group])
    head = inputs[index, : tagger_links.HEAD]
    parts = [slice(end - len(tokens.words), end) for tokens, end in zip(every, ends.tolist(), strict=True)]
    return [Read(tokens, tags[p], found[p], head[p]) for tokens, p in zip(every, parts, strict=True)]


ALONE = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
"""The flags of a segment without neighbours."""


def _around(model: Model, tokens: tagger_words.Tokens, vectors: Floats, apart: bool) -> Floats:
    """What the second layer is told of each segment's neighbours in its text: (segments, context)."""
    import numpy as np

    from .tagger_network import multiply

    bounds = np.array([s[:2] for s in tokens.segments])
    mean = np.add.reduceat(vectors, bounds[:, 0], axis=0) / (bounds[:, 1] - bounds[:, 0])[:, None].astype(np.float32)
    none = np.zeros((1, mean.shape[1]), np.float32)
    flags = np.array(tagger_words.flags(tokens.words, tokens.quotes, tokens.segments), np.float32)
    if apart:
        mean *= 0
        flags[:] = ALONE
    both = np.concatenate([np.concatenate([none, mean[:-1]]), np.concatenate([mean[1:], none]), flags], 1)
    weights, bias = model.context
    context: Floats = np.tanh(multiply(both, weights) + bias, dtype=np.float32)
    return context


def _tag(
    model: Model, index: npt.NDArray[np.int64], inputs: Floats, quotes: npt.NDArray[np.int64], around: Floats, length: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Tags and probabilities of segments given one after another, from long to short."""
    import numpy as np

    from . import tagger_network as net

    packing = net.pack(length, np.concatenate(([0], np.cumsum(length)[:-1])))
    states = len(model.quotes)
    different, where = np.unique(index * states + quotes, return_inverse=True)
    read = np.concatenate([inputs[different // states], model.quotes[different % states]], 1)
    size = model.first.hidden.shape[2]
    gates = np.empty((2, 4, len(index), size), np.float32)
    for d in (0, 1):
        words = net.multiply(read, model.first.inputs[d]) + model.first.bias[d]
        here = where[packing.at[d]]
        for k in range(4):
            np.take(words[k], here, axis=0, out=gates[d, k], mode="clip")
    first = net.both(net.run(model.first, gates, packing.active), packing, 0, len(index))
    read = np.concatenate([first, np.repeat(around, length, axis=0), np.ones((len(index), 1), np.float32)], 1)
    for d in (0, 1):
        net.multiply(read[packing.at[d]], model.second.inputs[d], out=gates[d])
    second = net.both(net.run(model.second, gates, packing.active), packing, 0, len(index))
    weights, bias = model.out
    emissions = net.multiply(second, weights) + bias
    return net.decode(model.chain, emissions, packing), net.marginals(model.chain, emissions, packing)


def find_heard(text: str, paragraphs: Sequence[Region]) -> tuple[Heard, ...]:
    """Every attribution of the text with a calibrated confidence, in the order of their cues; then those inside the contents of these, and so on.

    Never raises on any text; the time it takes grows with the text's length alone.
    """
    model = load()
    return heard_in(model, text, read(model, text, paragraphs))


def heard_in(model: Model, text: str, outermost: Read, where: Sequence[int] | None = None) -> tuple[Heard, ...]:
    """What ``find_heard`` finds in a text that is read already; inside contents only where one of the offsets ``where`` (ascending) lies in them."""
    return heard_in_all(model, [(text, outermost, where)])[0]


def heard_in_all(model: Model, texts: Sequence[tuple[str, Read, Sequence[int] | None]]) -> list[tuple[Heard, ...]]:
    """Each text as ``heard_in`` has it; what stands inside contents is read side by side."""
    every = [list(model.linker.link(outermost)) for _, outermost, _ in texts]
    firsts = [0] * len(texts)
    for _ in range(DEPTH - 1):
        inner = [_inner(text, out, first, where) for (text, _, where), out, first in zip(texts, every, firsts, strict=True)]
        firsts = [len(out) for out in every]
        some = [n for n, regions in enumerate(inner) if regions]
        if not some:
            break
        reads = read_all(model, [(texts[n][0], [r for r, _ in inner[n]]) for n in some], apart=True)
        for n, seen in zip(some, reads, strict=True):
            text, out = texts[n][0], every[n]
            for number, h in model.linker.link_all(seen):
                outer = inner[n][number][1]
                if h.source is not None and text[slice(*h.source)].lower() in _himself():
                    continue
                sure = round(h.confidence * out[outer].confidence, 4)
                out.append(Heard(source=h.source, cue=h.cue, content=h.content, confidence=sure, inside=outer))
    return [tuple(out) for out in every]


def _inner(text: str, out: Sequence[Heard], first: int, where: Sequence[int] | None) -> list[tuple[Region, int]]:
    """The contents from the ``first`` attribution on in which somebody else may be heard, each with the number of its attribution."""
    contents = [(r, i) for i in range(first, len(out)) for r in out[i].content]
    if where is not None:
        contents = [(r, i) for r, i in contents if bisect_left(where, r[0]) < bisect_left(where, r[1])]
    return [(r, i) for r, i in ((_unquoted(text, r), i) for r, i in contents) if _reports(text, r)]


def _unquoted(text: str, region: Region) -> Region:
    """The region without the quotation marks at its ends."""
    return trim(text, region, '"“”')


def _reports(text: str, region: Region) -> bool:
    """Whether somebody else may be heard inside a content: it is long enough and holds a word that reports (not "I think")."""
    if region[1] - region[0] < SHORTEST:
        return False
    table, himself, before = _reporting(), _himself(), ""
    for a, b in words(text, *region):
        word = text[a:b].lower()
        if word in table and before not in himself:
            return True
        before = word
    return False


@functools.cache
def _reporting() -> frozenset[str]:
    """Words that take a clause or a quotation and are no nouns."""
    known = cues()
    return frozenset(form for form, takes in known.verbs.items() if set(takes) & set("ctq") and form not in known.nouns) | {"according"}


@functools.cache
def _himself() -> frozenset[str]:
    return frozenset(lang.load("en", "tagger").get("himself", []))
