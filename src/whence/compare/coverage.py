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
    giving = {up for up, *_ in upstreams} | {down for _, down, _, mutual in upstreams if mutual}
    givers: dict[str, list[str]] = {}
    for up, down, *_ in upstreams:
        givers.setdefault(down, []).append(up)
    # A text that one maker alone has, and that feeds no other, is its maker in the graph: half the nodes, of which counting takes the cube.
    stands = {t.id: givers[t.id][0] if t.id not in giving and len(set(givers.get(t.id, ()))) == 1 else t.id for t in texts}
    firm = [Tie(upstream=up, downstream=down, strength=kind, mutual=mutual) for up, down, kind, mutual in upstreams if stands.get(down, down) == down]
    shown = {t.maker for t in texts if t.maker is not None}
    fed = {t.downstream for t in firm if not t.mutual}
    ends = sorted(({t.upstream for t in firm} | set(stands.values())) - fed)
    unsure = [e for e in ends if e not in shown]
    loose = [Tie(upstream=a, downstream=b, strength="possible") for a in ends if a in shown for b in unsure]
    loose += [Tie(upstream=a, downstream=b, strength="possible", mutual=True) for a, b in combinations(unsure, 2)]
    names = {t.id: f"{t.outlets[0]}: {words[t.id]}" for t in texts}
    readers = tuple(dict.fromkeys(stands.values()))
    involved = {*readers, *(x for t in (*firm, *loose) for x in (t.upstream, t.downstream))}
    return count_origins(Provenance(readers=readers, ties=(*firm, *loose), names={x: names.get(x, x) for x in involved})).origins
