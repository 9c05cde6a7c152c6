"""A story as a Word document (Office Open XML), to be written on: the line, the lead claim, side by side, sums, what was not checked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ... import expressions as re
from ...types import Story
from ..figures import sums_of
from ..naming import CLOSING, Cast, cast_of, origins_text, unchecked_of
from ..plain import clip
from ..reading import reading_of
from ..rows import Row, rows_of, solitary_of
from ..summary import lead_claim, origin_chains
from .archive import NO_CLOCK, without_clock

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["to_bytes"]

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_bytes(story: Story) -> bytes:
    """The document; words that differ between reports stand in bold."""
    import docx

    cast = cast_of(story)
    page = docx.Document()
    page.core_properties.author, page.core_properties.title = "whence", _fit(clip(story.summary, 200))
    page.core_properties.created = page.core_properties.modified = NO_CLOCK
    page.add_heading(_fit(story.summary), 1)
    for sentence in reading_of(story, cast):
        page.add_paragraph(_fit(sentence))
    _reports(page, story, cast)
    _lead(page, story, cast)
    rows = rows_of(story, cast)
    if rows:
        page.add_heading("Side by side", 2)
    for row in rows:
        _row(page, row)
    _listed(page, "On the way", [m.why for m in story.remarks])
    sums = [f"{s.stated or s.question}: {r.reading}: {r.working}: {r.verdict}" for s in sums_of(story, cast) for r in s.readings]
    _listed(page, "Sums", sums)
    _listed(page, "Only in one report", [f"{r.answers[0].outlet}: {r.answers[0].words}" for rows in solitary_of(story, cast).values() for r in rows])
    _listed(page, "Not checked", unchecked_of(story))
    page.add_paragraph(CLOSING)
    out = io.BytesIO()
    page.save(out)
    return without_clock(out.getvalue())


def _reports(page: Document, story: Story, cast: Cast) -> None:
    page.add_heading("Reports", 2)
    table = page.add_table(rows=1, cols=3, style="Light Grid Accent 1")
    for cell, name in zip(table.rows[0].cells, ("outlet", "published", "title"), strict=True):
        cell.text = name
    for r in story.reports:
        title = (r.title or "no title") + ("" if r.related else " (not of this story)")
        for cell, value in zip(table.add_row().cells, (cast.outlets[r.id], r.published or "no date", clip(title, 300)), strict=True):
            cell.text = _fit(value)


def _lead(page: Document, story: Story, cast: Cast) -> None:
    lead = lead_claim(story)
    if lead is None:
        return
    page.add_heading("Where the lead claim comes from", 2)
    asked = page.add_paragraph()
    asked.add_run(_fit(clip(lead.question, 200))).bold = True
    asked.add_run(" " + origins_text(lead.origins, best=True))
    for way in origin_chains(cast, lead):
        page.add_paragraph(_fit(way), style="List Bullet")


def _row(page: Document, row: Row) -> None:
    page.add_heading(_fit(row.question), 3)
    page.add_paragraph(_fit(f"{row.sign} {row.label} · {row.origins} · weakest: {row.weakest}"))
    table = page.add_table(rows=0, cols=3, style="Light Grid Accent 1")
    for answer in row.answers:
        outlet, words, chain = table.add_row().cells
        outlet.text, chain.text = _fit(answer.outlet), _fit(answer.chain or answer.basis)
        for piece, different in answer.pieces:
            words.paragraphs[0].add_run(_fit(piece)).bold = different
    page.add_paragraph(_fit(row.why))


def _listed(page: Document, heading: str, lines: list[str]) -> None:
    if lines:
        page.add_heading(heading, 2)
    for line in lines:
        page.add_paragraph(_fit(line), style="List Bullet")


def _fit(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
