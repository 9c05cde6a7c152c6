"""Text reuse in one story: which reports share text, which passages show it, and which was first."""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Article, Containment, Link, LinkKind, Marks, Passage, Stretch
from .reuse_align import Segment, closer, hits, segments
from .reuse_direction import Direction, agencies, direct
from .reuse_judge import SOME, Shared, confidence, kind, one_text, share
from .reuse_words import Words, read

JOIN = 10
"""Passages with no more words than this between them, in both reports, are shown as one."""

SHORT = 8
"""Words below which a passage on its own is no evidence worth showing beside longer ones."""


def find_links(articles: Sequence[Article], marks: Sequence[Marks], reports: Sequence[str]) -> tuple[Link, ...]:
    """Links between the reports of one story that share more words than two reporters write apart, in the order of the reports.

    ``reports`` are the reports' ids, parallel to ``articles`` and ``marks``. Page furniture is left out of the words; offsets are code
    points of ``Article.text``. Where the direction cannot be told, ``from`` is the report given first and ``directed`` is False.
    """
    numbers: dict[str, int] = {}
    texts = [read(a.text, a.furniture, a.language.value if a.language else "en", numbers) for a in articles]
    links = []
    for (n, m), seeds in sorted(hits(texts).items()):
        found = segments(texts[n], texts[m], seeds)
        shared = share(texts[n], texts[m], found)
        if shared.strength >= SOME and not one_text(shared.run, shared.strength):
            shared = share(texts[n], texts[m], closer(texts[n], texts[m], found))
        if one_text(shared.run, shared.strength):
            way = direct((articles[n], articles[m]), (marks[n], marks[m]), shared)
            links.append(_link((reports[n], reports[m]), (texts[n], texts[m]), (marks[n], marks[m]), shared, way))
    return tuple(links)


def _link(ids: tuple[str, str], texts: tuple[Words, Words], marks: tuple[Marks, Marks], shared: Shared, way: Direction) -> Link:
    """The link of a pair that shares text, turned round where the second report was first."""
    what, why = _kind(marks, shared, way)
    turned = way.first == 1
    one, two = (1, 0) if turned else (0, 1)
    shares = (shared.share_a, shared.share_b)
    directed = way.first is not None and what not in ("quotes", "shares-origin")
    sure = confidence(shared.run, shared.strength)
    quoting = what == "quotes"
    parts = [
        f"{shared.run} words run word for word" + (" (a quotation)" if quoting else ""),
        f"{round(100 * shares[two])} % of the words of {ids[two]} stand in {ids[one]}, {round(100 * shares[one])} % the other way",
        why if not directed else f"{ids[two]} {way.why}",
    ]
    return Link(
        from_=ids[one],
        to=ids[two],
        kind=what,
        directed=directed,
        confidence=round(sure * way.certain, 2) if directed else sure,
        why="; ".join(p for p in parts if p),
        containment=Containment(from_in_to=round(shares[one], 4), to_in_from=round(shares[two], 4)),
        evidence=passages(texts, shared.segments, turned=turned),
    )


def _kind(marks: tuple[Marks, Marks], shared: Shared, way: Direction) -> tuple[LinkKind, str]:
    """The kind of link and, where it has no direction, why."""
    what = kind(shared)
    if what == "quotes":
        return what, "what they share stands in quotation marks: both may have it from the speaker"
    both = agencies(marks[0]) & agencies(marks[1])
    if both and way.why != "credits the other":
        return "shares-origin", f"both credit {', '.join(sorted(both))}"
    if way.first is None and what == "rewrites":
        return "shares-origin", "each has words of its own and neither credits the other: one text lies under both, here or not"
    return what, way.why


def passages(texts: tuple[Words, Words], found: Sequence[Segment], *, turned: bool) -> tuple[Passage, ...]:
    """The passages of a pair as offsets, neighbours joined, in the order of the report they come from."""
    joined: list[list[int]] = []
    for s in sorted(found, key=lambda s: (s.a, s.b)):
        a, b, end_a, end_b = s.a, s.b, s.a + s.length, s.b + s.length
        if joined:
            last = joined[-1]
            if a <= last[1] + JOIN and last[2] <= b <= last[3] + JOIN:
                last[1], last[3] = max(last[1], end_a), max(last[3], end_b)
                continue
        joined.append([a, end_a, b, end_b])
    longest = max((p[1] - p[0] for p in joined), default=0)
    out = []
    for a, end_a, b, end_b in joined:
        if end_a - a >= min(SHORT, longest):
            here = Stretch(start=texts[0].starts[a], end=texts[0].ends[end_a - 1])
            there = Stretch(start=texts[1].starts[b], end=texts[1].ends[end_b - 1])
            out.append(Passage(from_=there, to=here) if turned else Passage(from_=here, to=there))
    return tuple(sorted(out, key=lambda p: (p.from_.start, p.to.start)))
