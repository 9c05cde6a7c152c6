"""Paragraphs of marked articles reshaped as what somebody said, so that the tagger also reads inside the contents of attributions.

A content stands without its full stop, often after "that" and without a capital; the corpus marks only the outermost attributions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from passages import Marked

from whence import text as texts

LOWERED = frozenset(
    [
        "A",
        "An",
        "The",
        "This",
        "That",
        "These",
        "Those",
        "He",
        "She",
        "They",
        "It",
        "We",
        "There",
        "In",
        "On",
        "At",
        "By",
        "For",
        "But",
        "And",
        "If",
        "When",
        "While",
        "After",
        "Some",
        "Many",
        "One",
        "Two",
        "His",
        "Her",
        "Their",
        "Its",
    ]
)


def reshaped(article: Marked, region: tuple[int, int], that: bool) -> Marked:
    """One paragraph as a text of its own, without its full stop, with "that" before it where asked for."""
    start, end = region
    while end > start and article.text[end - 1] in ".,;":
        end -= 1
    words, shift = article.text[start:end], -start
    if that:
        first = words.split(" ", 1)[0]
        if first in LOWERED:
            words = words[0].lower() + words[1:]
        words, shift = "that " + words, 5 - start
    kept = []
    for a in article.attributions:
        spans = {
            k: [[max(s, start) + shift, min(e, end) + shift] for s, e in a.get(k) or () if s < end and start < e]
            for k in ("source", "cue", "content")
        }
        if any(spans.values()):
            kept.append(spans)
    return Marked(f"{article.id}@{start}", words, kept)


def excerpts(articles: Sequence[Marked], count: int, seed: int = 0) -> list[Marked]:
    """So many paragraphs of at most 60 words, from all articles."""
    rng = np.random.default_rng(seed)
    every = [(a, p) for a in articles for p in texts.paragraphs(a.text) if 5 <= len(a.text[slice(*p)].split()) <= 60]
    chosen = rng.choice(len(every), min(count, len(every)), replace=False)
    return [reshaped(*every[i], that=bool(rng.random() < 0.5)) for i in sorted(chosen.tolist())]
