"""One report with its text as a page shows it: what it is, where it came from, and its paragraphs with their marks."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..types import Report, ReportId, Story, Value
from .marking import Paragraph, paragraphs_of
from .naming import Cast
from .plain import clip, one_line

__all__ = ["Sheet", "sheet_of", "web_address"]


class Sheet(Value, frozen=True, kw_only=True):
    """One report as the page shows it."""

    id: ReportId
    outlet: str
    title: str
    published: str
    path: str
    url: str | None
    notes: tuple[str, ...]
    related: bool
    paragraphs: tuple[Paragraph, ...]


def sheet_of(story: Story, report: Report, cast: Cast, *, shared: bool = False) -> Sheet:
    """All that a page shows of one report; with ``shared`` its passages that other reports have too."""
    wire = {"yes": "agency copy, wholly or in part", "no": "no agency copy", "unknown": ""}[report.wire]
    credits = [f"credit: {clip(c.text, 80)}" for c in report.credits[:6]]
    evidence = [f"{name} known by {clip(how, 60)}" for name, how in sorted(report.evidence.items())]
    return Sheet(
        id=report.id, outlet=cast.outlets[report.id], title=clip(report.title or "no title", 300),
        published=clip(report.published or "no date given", 40),
        path=one_line(report.path[-300:]), url=web_address(report.url), related=report.related,
        notes=tuple(x for x in (wire, *credits, *evidence) if x), paragraphs=tuple(paragraphs_of(story, report, cast, shared=shared)),
    )  # fmt: skip


def web_address(url: str | None) -> str | None:
    """The address if it is one that a page may link to: http or https, with a host, nothing hidden in it."""
    if not url or len(url) > 2000 or one_line(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
