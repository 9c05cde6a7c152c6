"""Text reuse in one story: which reports share text, which passages show it, and which was first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ..types import Article, Link, LinkKind, Marks, Party, Passage, Stretch
from .reuse_align import Segment, closer, hits, segments, shorter, spread_quotations
from .reuse_cites import citations, citing
from .reuse_direction import Standing, direct, standing
from .reuse_errors import shared_errors
from .reuse_judge import SOME, Direction, Shared, joined, one_text, placed, promising, share
from .reuse_rewrites import company
from .reuse_words import Words, read
from .reuse_written import rewritten, with_errors, written


def find_links(articles: Sequence[Article], marks: Sequence[Marks], reports: Sequence[str], parties: Sequence[Party] = ()) -> tuple[Link, ...]:
    """Links between the reports of one story that share more words than two reporters write apart, in the order of the reports.

    ``reports`` are the reports' ids, parallel to ``articles`` and ``marks``; ``parties`` are the story's, where the marks hold none of their own:
    without either, no report is known to credit or cite another. Page furniture is left out of the words; offsets are code
    points of ``Article.text``. Where the direction cannot be told, ``from`` is the report given first and ``directed`` is False.
    """
    by_id = {p.id: p for p in parties}
    stands = [standing(a, m, {p.id: p for p in m.parties} or by_id) for a, m in zip(articles, marks, strict=True)]
    numbers: dict[str, int] = {}
    texts = [read(a.text, a.furniture, a.language.value if a.language else "en", numbers) for a in articles]
    spread_quotations(texts)
    links: dict[tuple[int, int], Link] = {}
    for (n, m), shared in shared_texts(texts).items():
        way = direct(stands[n], stands[m], shared)
        what, why = _kind((reports[n], reports[m]), (stands[n], stands[m]), shared, way)
        links[n, m] = written((reports[n], reports[m]), shared, way, what, why, passages((texts[n], texts[m]), shared.segments))
    for (n, m), kept in company(texts).items():
        if (n, m) not in links or links[n, m].kind == "quotes":
            way = direct(stands[n], stands[m], None)
            links[n, m] = rewritten((reports[n], reports[m]), kept, way, passages((texts[n], texts[m]), kept.segments))
    for pair, errors in shared_errors([a.text for a in articles], texts, list(links)).items():
        links[pair] = with_errors(links[pair], errors, turned=links[pair].from_ != reports[pair[0]])
    cited = citations(articles, marks, stands, texts)
    for pair in [pair for pair in cited if pair in links and links[pair].kind != "quotes"]:
        del cited[pair]
    found = [*links.items(), *((pair, citing(reports, c)) for pair, c in cited.items())]
    return tuple(link for _, link in sorted(found, key=lambda f: (f[0], f[1].kind == "cites")))


def shared_texts(texts: Sequence[Words]) -> dict[tuple[int, int], Shared]:
    """The pairs of texts that share more than chance, and what."""
    found = {}
    weights = [[0, *accumulate(text.weights)] for text in texts]
    short: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for (n, m), seeds in hits(texts).items():
        kept = segments(texts[n], texts[m], seeds)
        if not promising(kept, weights[n]):
            continue
        shared = share(texts[n], texts[m], kept)
        if shared.strength >= SOME and not one_text(shared.run, shared.strength):
            if m not in short:
                short[m] = shorter(texts[m])
            shared = share(texts[n], texts[m], closer(texts[n], texts[m], kept, short[m]))
        if one_text(shared.run, shared.strength):
            found[n, m] = shared
    return found


def _kind(ids: tuple[str, str], stands: tuple[Standing, Standing], shared: Shared, way: Direction) -> tuple[LinkKind, str]:
    """The kind of link and, where it has no direction, why."""
    what, why = placed(shared, way)
    if what == "quotes" or way.why == "credits the other":
        return what, why
    both = sorted(stands[0].credited.keys() & stands[1].credited.keys())
    if both:
        return "shares-origin", f"both credit {', '.join(stands[0].credited[name] for name in both)}"
    for one, other in ((0, 1), (1, 0)):
        agencies = stands[one].agencies.values()
        if agencies:
            return "shares-origin", f"{ids[one]} credits {', '.join(agencies)}; {ids[other]} has the same text without that credit"
    common = sorted(stands[0].cited.keys() & stands[1].cited.keys())
    if what == "shares-origin" and common:
        return what, f"each has words of its own and neither credits the other; both cite {', '.join(stands[0].cited[name] for name in common)}"
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
