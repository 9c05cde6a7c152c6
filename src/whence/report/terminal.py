"""The story for a terminal of 100 columns: plain text, what a verification desk wants first at the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..types import Story
from .figures import Sum, figures_of, sums_of
from .naming import CLOSING, Cast, and_list, cast_of, origins_text, party_name, plural, unchecked_of
from .plain import clip, columns, wrap
from .reading import leaning, reading_of
from .rows import Answer, Row, alike, rows_of, solitary_of
from .summary import differences_apart, lead_claim, origin_chains

__all__ = ["WIDTH", "to_terminal"]

WIDTH = 100
_OUTLET = 26
_APART = 6
_BRIEF_DIFFERENCES = 6
_BRIEF_REMARKS = 4
_BRIEF_SUMS = 4
_BRIEF_CHECKS = 8


def to_terminal(story: Story, view: str = "summary", *, only_differences: bool = False) -> str:
    """A story as plain text of at most 100 columns a line.

    ``view``: "summary" (the line, the lead claim, the differences that matter, sums, what was not checked), "trace" (every shared claim's chains and
    weakest point), "compare" (every row; with ``only_differences`` those that differ), "check" (numbers as intervals, sums with their working).
    Raises ValueError for any other view.
    """
    views: dict[str, Callable[[Story, Cast], list[str]]] = {
        "summary": _summary,
        "trace": _trace,
        "compare": lambda s, c: _compare(s, c, only_differences),
        "check": _check,
    }
    if view not in views:
        raise ValueError(f"no view {view!r}: choose one of {', '.join(views)}")
    lines = [*_line(story.summary), "", *views[view](story, cast_of(story)), *wrap(CLOSING, WIDTH)]
    return "\n".join(x.rstrip() for x in lines)


# ---- views -----------------------------------------------------------------------------------------------------


def _summary(story: Story, cast: Cast) -> list[str]:
    rows = {r.id: r for r in rows_of(story, cast)}
    differ = sum(r.differs for r in rows.values())
    differences = [rows[c.id] for c in differences_apart(story.claims) if c.id in rows]
    lines = _lead(story, cast, rows)
    if differences:
        repeated = f", in {differ} of {plural(len(rows), 'row')}" if differ > len(differences) else f" of {plural(len(rows), 'row')}"
        lines += _heading("Differences", f"{len(differences)}{repeated}{_legend(differences)}")
        for row in differences[:_BRIEF_DIFFERENCES]:
            lines += _row(row, most=2)
        lines += _more(len(differences) - _BRIEF_DIFFERENCES, "whence compare --only differences …")
    if story.remarks:
        lines += _heading("On the way", "what a report leaves out of, or adds to, the one it draws on")
        for m in story.remarks[:_BRIEF_REMARKS]:
            lines += wrap(clip(m.why, 400), WIDTH, "  · ", "    ")
        lines += [*_more(len(story.remarks) - _BRIEF_REMARKS), ""]
    sums = sums_of(story, cast)
    if sums:
        lines += _heading("Sums")
        for s in sums[:_BRIEF_SUMS]:
            lines += _sum(s)
        lines += _more(len(sums) - _BRIEF_SUMS, "whence check …")
    return lines + _not_checked(story, _BRIEF_CHECKS)


def _trace(story: Story, cast: Cast) -> list[str]:
    claims = {c.id: c for c in story.claims}
    lines: list[str] = []
    most = [(party_name(cast, p), n) for p, n in leaning(story)]
    if most:
        lines += _heading("Rests on one alone", "shared claims that one party's error would sink")
        for name, n in most[:8]:
            lines += wrap(name, WIDTH, f"  {n:>4}  ")
        lines += [*_more(len(most) - 8), ""]
    lines += _heading("Chains", "who has it from whom, nearest the reader first")
    for row in rows_of(story, cast):
        lines += _question(row, origins_text(claims[row.id].origins, best=True))
        lines += [x for g in _groups(row.answers, words=False) for x in _chain(g)]
        lines += [*wrap(f"weakest point: {row.weakest}", WIDTH, "    "), *wrap(f"heard by {row.witnesses}", WIDTH, "    "), ""]
    for rows in solitary_of(story, cast).values():
        lines += wrap(f"… and {plural(len(rows), 'claim')} of {rows[0].answers[0].outlet} alone (whence compare …)", WIDTH, "  ", "    ")
    return [*lines, "", *_not_checked(story)]


def _compare(story: Story, cast: Cast, only_differences: bool) -> list[str]:
    rows = rows_of(story, cast)
    picked = [r for r in rows if r.differs] if only_differences else rows
    every = plural(len(rows), "row")
    title, note = ("Differences", f"{len(picked)} of {every}") if only_differences else ("Side by side", every)
    lines = _heading(title, note + _legend(picked))
    for row in picked:
        lines += _row(row)
    if not picked:
        lines += ["  none", ""]
    if not only_differences:
        for alone in solitary_of(story, cast).values():
            lines += _heading(f"Only in {clip(alone[0].answers[0].outlet, 60)}", plural(len(alone), "claim"))
            lines += [x for r in alone for x in wrap(r.answers[0].words, WIDTH, "  · ")]
            lines.append("")
    return lines + _not_checked(story)


def _check(story: Story, cast: Cast) -> list[str]:
    lines: list[str] = []
    for figures in figures_of(story, cast).values():
        lines += _heading(clip(figures[0].outlet, 70), plural(len(figures), "number"))
        for f in figures:
            lines += _beside(f.words, f.range + (f" (“{f.hedge}”)" if f.hedge else ""), 44)
        lines.append("")
    sums = sums_of(story, cast)
    lines += _heading("Sums", "" if sums else "none that the numbers allow")
    for s in sums:
        lines += _sum(s)
    return [*lines, *([] if sums else [""]), *_not_checked(story)]


# ---- parts -----------------------------------------------------------------------------------------------------


def _line(summary: str) -> list[str]:
    """The one line, broken at its dots where it does not fit."""
    lines = [""]
    for i, part in enumerate(clip(summary, 4000).split(" · ")):
        joined = f"{lines[-1]} · {part}" if i else part
        if columns(joined) <= WIDTH:
            lines[-1] = joined
        else:
            lines += wrap(part, WIDTH, "  · " if i else "")
    return [x for x in lines if x]


def _legend(rows: Sequence[Row]) -> str:
    """What the brackets mean, where there are any."""
    return "; ‹words› are not in the other wording" if any(m for r in rows for a in r.answers for _, m in a.pieces) else ""


def _heading(words: str, note: str = "") -> list[str]:
    return wrap(words.upper() + (f"  {note}" if note else ""), WIDTH)


def _lead(story: Story, cast: Cast, rows: dict[str, Row]) -> list[str]:
    lead = lead_claim(story)
    if lead is None:
        return [*[x for s in reading_of(story, cast) for x in wrap(s, WIDTH, "  ")], ""]
    row = rows[lead.id]
    lines = [*_heading("Lead claim", f"in {plural(len({a.report for a in row.answers}), 'report')}"), *wrap(row.question, WIDTH, "  ")]
    groups = _groups(row.answers, chain=False)
    lines += [x for g in groups[:5] for x in _answer(g, most=2)] + _more(len(groups) - 5, "whence compare …")
    ways = origin_chains(cast, lead)
    lines += [x for i, w in enumerate(ways[:4]) for x in wrap(w, WIDTH, "  from           " if not i else "                 ")]
    lines += _more(len(ways) - 4, "whence trace …")
    lines += wrap(origins_text(lead.origins, best=True), WIDTH, "  origins        ")
    lines += wrap(row.weakest, WIDTH, "  weakest point  ")
    lines += wrap(row.witnesses, WIDTH, "  heard by       ")
    return [*lines, ""]


def _question(row: Row, note: str = "") -> list[str]:
    return wrap(f"{row.sign} {row.question}  [{'; '.join(x for x in (row.label, note) if x)}]", WIDTH, "  ", "    ")


def _row(row: Row, most: int | None = None) -> list[str]:
    lines = _question(row)
    groups = _groups(row.answers, chain=False)
    shown = groups if most is None else groups[:4]
    lines += [x for g in shown for x in _answer(g, most)]
    if len(shown) < len(groups):
        lines.append(f"    … {plural(len(groups) - len(shown), 'more wording')}")
    return [*lines, *wrap(row.why, WIDTH, "    → "), ""]


def _groups(answers: Sequence[Answer], *, words: bool = True, chain: bool = True) -> list[list[Answer]]:
    """One group an answer where there are few; those that say the same together where there are many."""
    return [[a] for a in answers] if len(answers) <= _APART else alike(answers, words=words, chain=chain)


def _answer(group: Sequence[Answer], most: int | None = None) -> list[str]:
    words = "".join(f"‹{t}›" if different else t for t, different in group[0].pieces)
    return _beside(_who(group), words, _OUTLET, most) + (_names(group) if most is None else [])


def _chain(group: Sequence[Answer]) -> list[str]:
    first = group[0]
    return _beside(_who(group), f"← {first.chain}" if first.chain else first.basis or "its own account", _OUTLET) + _names(group, 6)


def _who(group: Sequence[Answer]) -> str:
    return group[0].outlet if len(group) == 1 else plural(len(group), "report")


def _names(group: Sequence[Answer], most: int = 10_000) -> list[str]:
    """Which reports a group stands for."""
    return wrap(f"({and_list([a.outlet for a in group], most)})", WIDTH, " " * (_OUTLET + 4)) if len(group) > 1 else []


def _beside(left: str, right: str, room: int, most: int | None = None) -> list[str]:
    """Words at the left in a column of ``room``, words at the right wrapped beside them."""
    name = clip(left, room - 2)
    return wrap(right, WIDTH, "    " + name + " " * (room - columns(name)), " " * (room + 4), most)


def _sum(s: Sum) -> list[str]:
    title = f"“{s.stated}” ({s.stated_in})" if s.stated else s.question or "implied"
    lines = wrap(f"{title}{': ' + s.verdict if s.verdict else ''}", WIDTH, "  ", "    ")
    for r in s.readings:
        lines += wrap(f"{r.reading}", WIDTH, "    ")
        lines += wrap(f"{r.working}: {r.verdict}", WIDTH, "      ")
    return [*lines, ""]


def _not_checked(story: Story, most: int | None = None) -> list[str]:
    whys = unchecked_of(story)
    if not whys:
        return []
    lines = _heading("Not checked", str(len(whys)))
    lines += [x for w in whys[:most] for x in wrap(w, WIDTH, "  · ", most=None if most is None else 2)]
    return [*lines, *(_more(len(whys) - most, "whence trace …") if most is not None else []), ""]


def _more(n: int, where: str = "") -> list[str]:
    return [f"  … {n} more{f' ({where})' if where else ''}", *([""] if where.startswith("whence c") else [])] if n > 0 else []
