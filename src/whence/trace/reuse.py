"""Text reuse in one story: which reports share text, which passages show it, and which was first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..types import Article, Link, LinkKind, Marks, Party, Passage, Stretch
from .reuse_align import Segment, closer, hits, segments, spread_quotations
from .reuse_direction import cited, credited, direct
from .reuse_judge import SOME, Direction, Shared, joined, one_text, placed, share
from .reuse_rewrites import company, odd_spellings
from .reuse_words import Words, read
from .reuse_written import misspelt, rewritten, written


def find_links(articles: Sequence[Article], marks: Sequence[Marks], reports: Sequence[str], parties: Sequence[Party] = ()) -> tuple[Link, ...]:
    """Links between the reports of one story that share more words than two reporters write apart, in the order of the reports.

    ``reports`` are the reports' ids, parallel to ``articles`` and ``marks``; ``parties`` are the story's, where the marks hold none of their own:
    without either, no report is known to credit or cite another. Page furniture is left out of the words; offsets are code
    points of ``Article.text``. Where the direction cannot be told, ``from`` is the report given first and ``directed`` is False.
    """
    marks = [m if m.parties else msgspec.structs.replace(m, parties=tuple(parties)) for m in marks]
    numbers: dict[str, int] = {}
    texts = [read(a.text, a.furniture, a.language.value if a.language else "en", numbers) for a in articles]
    spread_quotations(texts)
    links: dict[tuple[int, int], Link] = {}
    for (n, m), seeds in hits(texts).items():
        found = segments(texts[n], texts[m], seeds)
        shared = share(texts[n], texts[m], found)
        if shared.strength >= SOME and not one_text(shared.run, shared.strength):
            shared = share(texts[n], texts[m], closer(texts[n], texts[m], found))
        if one_text(shared.run, shared.strength):
            way = direct((articles[n], articles[m]), (marks[n], marks[m]), shared)
            what, why = _kind((reports[n], reports[m]), (marks[n], marks[m]), shared, way)
            links[n, m] = written((reports[n], reports[m]), shared, way, what, why, passages((texts[n], texts[m]), shared.segments))
    for (n, m), kept in company(texts).items():
        if (n, m) not in links or links[n, m].kind == "quotes":
            way = direct((articles[n], articles[m]), (marks[n], marks[m]), None)
            links[n, m] = rewritten((reports[n], reports[m]), kept, way, passages((texts[n], texts[m]), kept.segments))
    surfaces = [[a.text[s:e] for s, e in zip(t.starts, t.ends, strict=True)] for a, t in zip(articles, texts, strict=True)]
    for pair, odd in odd_spellings(surfaces).items():
        if pair in links:
            links[pair] = misspelt(links[pair], odd)
    return tuple(links[pair] for pair in sorted(links))


def _kind(ids: tuple[str, str], marks: tuple[Marks, Marks], shared: Shared, way: Direction) -> tuple[LinkKind, str]:
    """The kind of link and, where it has no direction, why."""
    what, why = placed(shared, way)
    if what == "quotes" or way.why == "credits the other":
        return what, why
    both = sorted(credited(marks[0]).keys() & credited(marks[1]).keys())
    if both:
        return "shares-origin", f"both credit {', '.join(credited(marks[0])[name] for name in both)}"
    for one, other in ((0, 1), (1, 0)):
        agencies = credited(marks[one], "agency").values()
        if agencies:
            return "shares-origin", f"{ids[one]} credits {', '.join(agencies)}; {ids[other]} has the same text without that credit"
    common = sorted(cited(marks[0]).keys() & cited(marks[1]).keys())
    if what == "shares-origin" and common:
        return what, f"each has words of its own and neither credits the other; both cite {', '.join(cited(marks[0])[name] for name in common)}"
    return what, why


def passages(texts: tuple[Words, Words], found: Sequence[Segment]) -> tuple[Passage, ...]:
    """The passages of a pair as offsets, neighbours joined."""
    one, two = texts
    return tuple(
        Passage(
            from_=Stretch(start=one.starts[a], end=one.ends[end_a - 1]),
            to=Stretch(start=two.starts[b], end=two.ends[end_b - 1]),
        )
        for a, end_a, b, end_b in joined(found)
    )
