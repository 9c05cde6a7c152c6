"""Marked articles as rows of numbers: tokens by the same code that runs in the package, labels as targets of a chain over seven tags."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from whence import text as texts
from whence.annotate import tagger_words

LABELS = ("source", "cue", "content")
TAGS = 7  # 0 outside, then 1 + 2k begins and 2 + 2k continues label k


class Marked(NamedTuple):
    """An article with its attributions; each has ``source``, ``cue``, ``content`` as lists of character ranges."""

    id: str
    text: str
    attributions: Sequence[dict[str, list[list[int]]]]


class Rows(NamedTuple):
    """Segments of many articles. ``words`` index ``lexicon``; a segment's tokens are ``bounds[i] : bounds[i + 1]``."""

    words: np.ndarray  # tokens
    quotes: np.ndarray  # tokens
    bounds: np.ndarray  # segments + 1
    flags: np.ndarray  # segments, 8
    around: np.ndarray  # segments, 2: the segment before and after, -1 for none
    unary: np.ndarray  # tokens, tags: target probabilities
    pairs: np.ndarray  # segments, tags, tags: expected transitions
    weight: np.ndarray  # segments
    contexts: np.ndarray | None = None  # tokens, what the teacher reads


def read(path: Path) -> list[Marked]:
    """Every version of every article in a PolNeAR file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Marked(d["id"], d["text"], d.get("attributions", [])) for d in map(json.loads, lines)]


class Lexicon:
    """Different words in order of appearance, with their records."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.table = {p: i for i, p in enumerate(pieces)}
        self.index: dict[str, int] = {}
        self.records: list[tagger_words.Record] = []

    def row(self, word: str) -> int:
        if word not in self.index:
            self.index[word] = len(self.records)
            self.records.append(tagger_words.record(word, self.table))
        return self.index[word]

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Piece rows padded with -1, hash rows, shapes."""
        pieces = np.full((len(self.records), tagger_words.MAX_PIECES), -1, np.int64)
        for i, r in enumerate(self.records):
            pieces[i, : len(r.pieces)] = r.pieces
        return pieces, np.array([r.hashes for r in self.records]), np.array([r.shape for r in self.records])


def tags(tokens: tagger_words.Tokens, attributions: Sequence[dict[str, list[list[int]]]]) -> np.ndarray:
    """One tag for each token; where labels overlap (26 characters of the corpus) the narrower one stands."""
    starts, ends = np.array(tokens.starts), np.array(tokens.ends)
    out = np.zeros(len(starts), np.int64)
    for k in (2, 0, 1):
        for a in attributions:
            for left, right in a.get(LABELS[k]) or ():
                inside = np.flatnonzero((starts < right) & (left < ends))
                for _, group in _by_segment(inside, tokens.segments):
                    out[group] = 2 + 2 * k
                    out[group[0]] = 1 + 2 * k
    previous = np.concatenate(([0], out[:-1]))
    previous[[a for a, _, _ in tokens.segments]] = 0
    out[(out > 0) & (out % 2 == 0) & (previous != out) & (previous != out - 1)] -= 1
    return out


def _by_segment(inside: np.ndarray, segments: Sequence[tuple[int, int, int]]) -> Iterable[tuple[int, np.ndarray]]:
    if not len(inside):
        return
    edges = np.array([s[0] for s in segments])
    of = np.searchsorted(edges, inside, side="right")
    for s in np.unique(of):
        yield int(s), inside[of == s]


def rows(articles: Sequence[Marked], lexicon: Lexicon, weights: Sequence[float] | None = None) -> tuple[Rows, list[tagger_words.Tokens]]:
    """All articles as one block, with the tokens of each article for going back to characters."""
    words: list[int] = []
    quotes: list[int] = []
    bounds, around, flags, unary, pairs, weight, kept = [0], [], [], [], [], [], []
    for n, article in enumerate(articles):
        tokens = tagger_words.tokenize(article.text, list(texts.paragraphs(article.text)))
        kept.append(tokens)
        base, first = len(words), len(around)
        words += [lexicon.row(w) for w in tokens.words]
        quotes += tokens.quotes
        gold = np.eye(TAGS, dtype=np.float32)[tags(tokens, article.attributions)]
        unary.append(gold)
        flags += tagger_words.flags(tokens.words, tokens.quotes, tokens.segments)
        for i, (a, b, _) in enumerate(tokens.segments):
            bounds.append(base + b)
            around.append((first + i - 1 if i else -1, first + i + 1 if i + 1 < len(tokens.segments) else -1))
            pairs.append(gold[a : b - 1].T @ gold[a + 1 : b])
            weight.append(1.0 if weights is None else weights[n])
    return Rows(
        np.array(words),
        np.array(quotes),
        np.array(bounds),
        np.array(flags, np.float32),
        np.array(around),
        np.concatenate(unary),
        np.array(pairs, np.float32),
        np.array(weight, np.float32),
    ), kept


def join(*parts: Rows) -> Rows:
    """Several blocks as one."""
    tokens = np.concatenate(([0], np.cumsum([len(p.words) for p in parts])))
    count = np.concatenate(([0], np.cumsum([len(p.flags) for p in parts])))
    plain = {k: np.concatenate([getattr(p, k) for p in parts]) for k in ("words", "quotes", "flags", "unary", "pairs", "weight")}
    bounds = np.concatenate([[0], *(p.bounds[1:] + n for p, n in zip(parts, tokens, strict=False))])
    around = np.concatenate([np.where(p.around < 0, -1, p.around + n) for p, n in zip(parts, count, strict=False)])
    contexts = None if any(p.contexts is None for p in parts) else np.concatenate([p.contexts for p in parts if p.contexts is not None])
    return Rows(bounds=bounds, around=around, contexts=contexts, **plain)


def spans(sequence: Sequence[int]) -> list[tuple[int, int, int]]:
    """(label, first, last + 1) of every span in a sequence of tags."""
    out: list[tuple[int, int, int]] = []
    for i, tag in enumerate(sequence):
        if tag and (tag % 2 or not out or out[-1][2] != i or out[-1][0] != (tag - 1) // 2):
            out.append(((tag - 1) // 2, i, i + 1))
        elif tag:
            out[-1] = (out[-1][0], out[-1][1], i + 1)
    return out
