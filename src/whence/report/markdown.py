"""The story as Markdown (CommonMark with tables), every word of a report escaped."""

from __future__ import annotations

from collections.abc import Sequence

from .. import expressions as re
from ..types import Story
from .figures import figures_of, sums_of
from .naming import CLOSING, Cast, and_list, cast_of, origins_text, unchecked_of
from .plain import clip, one_line
from .reading import reading_of
from .rows import Answer, Row, reports_in_order, rows_of, solitary_of
from .summary import lead_claim, origin_chains
from .timeline import timeline_of

__all__ = ["to_markdown"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINK = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_MOST_COLUMNS = 4


def to_markdown(story: Story) -> str:
    """A story as Markdown: the line, its reading, side by side, sums, numbers, timeline, what was not checked."""
    cast = cast_of(story)
    rows = rows_of(story, cast)
    parts = [
        f"# {_safe(story.summary)}",
        " ".join(_safe(s) for s in reading_of(story, cast)),
        _reports(story, cast),
        _lead(story, cast),
        _side_by_side(story, cast, rows),
        _remarks(story),
        _sums(story, cast),
        _numbers(story, cast),
        _timeline(story, cast),
        _only(story, cast),
        _not_checked(story),
        f"*{CLOSING}*",
    ]
    return "\n\n".join(p for p in parts if p) + "\n"


def _safe(text: str) -> str:
    """Words on one line that Markdown shows as they are: its signs escaped, and no address made a link by itself."""
    escaped = _SPECIAL.sub(r"\\\g<0>", one_line(text).translate(_ENTITIES))
    return _LINK.sub(lambda m: f"&#{ord(m[0])};", escaped)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(c or " " for c in line) + " |" for line in lines)


def _reports(story: Story, cast: Cast) -> str:
    rows = []
    for r in story.reports:
        title = _safe(clip(r.title or "no title", 200)) + ("" if r.related else " (not of this story)")
        rows.append([r.id, _safe(cast.outlets[r.id]), _safe(clip(r.published or "no date", 30)), title])
    return "## Reports\n\n" + _table(["", "outlet", "published", "title"], rows)


def _lead(story: Story, cast: Cast) -> str:
    lead = lead_claim(story)
    if lead is None:
        return ""
    ways = "\n".join(f"- {_safe(w)}" for w in origin_chains(cast, lead))
    return f"## Where the lead claim comes from\n\n**{_safe(clip(lead.question, 200))}** {_safe(origins_text(lead.origins, best=True))}\n\n{ways}"


def _side_by_side(story: Story, cast: Cast, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    order = [r for r in reports_in_order(story) if any(a.report == r for x in rows for a in x.answers)]
    if len(order) > _MOST_COLUMNS:
        return "## Side by side\n\n" + "\n\n".join(_listed(r) for r in rows)
    head = ["question", *(_safe(cast.outlets[r]) for r in order), "relation", "origins"]
    body = []
    for row in rows:
        cells = ["<br>".join(_words(a) for a in row.answers if a.report == r) or "—" for r in order]
        relation = f"{_safe(row.sign)} **{row.label}**<br>{_safe(row.why)}"
        body.append([_safe(row.question), *cells, relation, f"{row.origins}<br>weakest: {_safe(row.weakest)}"])
    return "## Side by side\n\n" + _table(head, body)


def _listed(row: Row) -> str:
    """A row as a list: for more reports than a table of text can hold."""
    answers = "\n".join(f"- {_safe(a.outlet)}: {_words(a)}" for a in row.answers)
    relation = f"{_safe(row.sign)} **{row.label}** · {row.origins} · weakest: {_safe(row.weakest)}"
    return f"### {_safe(row.question)}\n\n{relation}\n\n{answers}\n\n{_safe(row.why)}"


def _words(answer: Answer) -> str:
    return "".join(f"**{_safe(t)}**" if different and t.strip() == t else _edges(t) for t, different in answer.pieces)


def _edges(text: str) -> str:
    """Escaped, with the blanks at its ends kept: they stand between it and a marked word."""
    return (" " if text[:1].isspace() else "") + _safe(text) + (" " if text[-1:].isspace() and text.strip() else "")


def _remarks(story: Story) -> str:
    return "## On the way\n\n" + "\n".join(f"- {_safe(m.why)}" for m in story.remarks) if story.remarks else ""


def _sums(story: Story, cast: Cast) -> str:
    rows = []
    for s in sums_of(story, cast):
        stated = _safe(f"“{s.stated}” ({s.stated_in})" if s.stated else s.question)
        rows += [[stated, _safe(r.reading), _safe(r.working), r.verdict] for r in s.readings]
    return "## Sums\n\n" + _table(["stated", "reading", "working", "verdict"], rows) if rows else ""


def _numbers(story: Story, cast: Cast) -> str:
    rows = [[_safe(f.outlet), _safe(f.words), _safe(f.range), _safe(f.hedge)] for figures in figures_of(story, cast).values() for f in figures]
    return "## Numbers\n\n" + _table(["report", "words", "interval", "hedge"], rows) if rows else ""


def _timeline(story: Story, cast: Cast) -> str:
    rows = [[_safe(t.date), _safe(t.words), _safe(and_list(t.outlets)), t.basis] for t in timeline_of(story, cast)]
    return "## Timeline\n\n" + _table(["date", "words", "report", "known by"], rows) if rows else ""


def _only(story: Story, cast: Cast) -> str:
    parts = []
    for rows in solitary_of(story, cast).values():
        parts += [f"### {_safe(rows[0].answers[0].outlet)}", "\n".join(f"- {_safe(r.answers[0].words)}" for r in rows)]
    return "## Only in one report\n\n" + "\n\n".join(parts) if parts else ""


def _not_checked(story: Story) -> str:
    whys = unchecked_of(story)
    return "## Not checked\n\n" + "\n".join(f"- {_safe(w)}" for w in whys) if whys else ""
