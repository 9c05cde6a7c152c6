"""How many origins a story's coverage has as a whole: its graph, handed to the one function that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal

from ..types import OneText, Origins
from .origins import Provenance, Tie, count_origins

__all__ = ["origins_of_coverage"]


def origins_of_coverage(
    texts: Sequence[OneText], upstreams: Sequence[tuple[str, str, Literal["stated", "shown"], bool]], words: Mapping[str, str]
) -> Origins:
    """The origins of all texts together. ``upstreams`` are who each text is had from (upstream, text, strength, either way); ``words`` begin each text.

    Nobody who shows no reporting of their own is known to be independent: they may have it from any who do show some and, where nobody does, from
    each other. So the low end counts the newsrooms and agencies that show reporting, and the high end all that no text is known to feed.
    """
    firm = [Tie(upstream=up, downstream=down, strength=strength, mutual=mutual) for up, down, strength, mutual in upstreams]
    shown = {t.maker for t in texts if t.maker is not None}
    fed = {t.downstream for t in firm if not t.mutual}
    ends = sorted(({t.upstream for t in firm} | {t.id for t in texts}) - fed)
    unsure = [e for e in ends if e not in shown]
    loose = [Tie(upstream=a, downstream=b, strength="possible") for a in ends if a in shown for b in unsure]
    loose += [Tie(upstream=a, downstream=b, strength="possible", mutual=True) for a, b in combinations(unsure, 2)]
    names = {t.id: f"{t.outlets[0]}: {words[t.id]}" for t in texts}
    known = {x: names.get(x, x) for t in (*firm, *loose) for x in (t.upstream, t.downstream)}
    return count_origins(Provenance(readers=tuple(names), ties=(*firm, *loose), names={**known, **names})).origins
