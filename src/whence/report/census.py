"""A story's coverage counted, as a table and as a picture of who feeds whom."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ..types import Census, Feed, Value
from .naming import CLOSING, and_list, origins_text, plural
from .plain import clip, shown, wrap

__all__ = ["census_picture", "census_table"]

_WIDTH = 100
_MOST_TEXTS = 20
_MOST_SOURCES = 12
_MOST_OUTLETS = 30
_LINE, _BOX, _GAP, _TOP = 22, 260, 300, 64  # the picture's units: height of a row, width of a box, room for the curves, room for the headings


def census_table(census: Census) -> str:
    """The counts, the texts that show reporting of their own, and who feeds whom; no line is wider than 100 columns."""
    copies, texts = census.pages - census.texts, plural(census.texts, "text")
    own = str(census.own_low) if census.own_low == census.own_high else f"{census.own_low}–{census.own_high}"
    quiet = f"{'page has' if census.uncredited == 1 else 'pages have'} the text of a page that does, without the credit"
    rows = [
        (str(census.pages), f"{'page' if census.pages == 1 else 'pages'} of {plural(census.outlets, 'outlet')}"),
        (str(census.texts), f"{texts.split()[1]} once copies are folded ({plural(copies, 'page is a copy', 'pages are copies')})"),
        (str(census.crediting), "credit an agency or another newsroom"),
        *([(str(census.uncredited), quiet)] if census.uncredited else []),
        (own, "report anything of their own" + ("" if census.own_low == census.own_high else ": shown by the text, and possible besides")),
        (origins_text(census.origins, best=True).split(" ")[0], " ".join(origins_text(census.origins, best=True).split(" ")[1:])),
    ]
    wide = max(len(n) for n, _ in rows)
    out = [f"{n:>{wide}}  {what}" for n, what in rows]
    own_texts = [t for t in census.copies if t.own == "shown"]
    if own_texts:
        out += ["", "REPORTING SHOWN"]
        for t in own_texts[:_MOST_TEXTS]:
            said = f"“{' '.join(t.shown.text.split())}”" if t.shown else ""
            pages = f", {len(t.pages)} pages" if len(t.pages) > 1 else ""
            out += wrap(shown(f"{t.maker} ({said}{pages}): {clip(census.names[t.id], 80)}"), _WIDTH, first="  ", rest="    ")
        out += [f"  and {len(own_texts) - _MOST_TEXTS} more"] if len(own_texts) > _MOST_TEXTS else []
    sources = _sources(census)
    if sources:
        out += ["", "WHO FEEDS WHOM"]
        for source, fed in sources[:_MOST_SOURCES]:
            out += wrap(shown(_fed(census, source, fed)), _WIDTH, first="  ", rest="    ")
        out += [f"  and {plural(len(sources) - _MOST_SOURCES, 'more source')}"] if len(sources) > _MOST_SOURCES else []
    out += ["", "NOT CHECKED", *(line for n in census.not_checked for line in wrap(shown(n.why), _WIDTH, first="  ", rest="    "))]
    return "\n".join([*out, "", CLOSING])


def _sources(census: Census) -> list[tuple[str, list[Feed]]]:
    return [(source, list(fed)) for source, fed in groupby(census.feeds, key=lambda f: f.source)]


def _name(census: Census, source: str) -> str:
    """A source's name; a text that nobody is credited with is called by its headline."""
    return f"not credited: “{clip(census.names[source], 60)}”" if source in census.names else source


def _by_outlet(fed: Sequence[Feed]) -> list[tuple[str, int]]:
    pages: dict[str, int] = {}
    for f in fed:
        pages[f.outlet] = pages.get(f.outlet, 0) + f.pages
    return sorted(pages.items(), key=lambda x: (-x[1], x[0]))


def _fed(census: Census, source: str, fed: Sequence[Feed]) -> str:
    outlets = _by_outlet(fed)
    names = and_list([f"{name} {n}" if n > 1 else name for name, n in outlets], most=8)
    quiet = sum(f.pages for f in fed if f.strength == "shown") if source not in census.names else 0
    without = f", {quiet} without its credit" if quiet else ""
    return f"{_name(census, source)} → {plural(sum(n for _, n in outlets), 'page')} of {plural(len(outlets), 'outlet')}{without}: {names}"


class _Row(Value, frozen=True, kw_only=True):
    """A box of the picture: its name, its pages, and its middle."""

    name: str
    pages: int
    y: float


def census_picture(census: Census) -> str:
    """Who feeds whom, as one SVG that loads nothing: sources left, outlets right, curves as wide as the pages they stand for are many."""
    sources = _sources(census)
    kept = {source for source, _ in sources[:_MOST_SOURCES]}
    feeds = [f for f in census.feeds if f.source in kept]
    outlets = _by_outlet(feeds)
    left = [(source, sum(f.pages for f in fed)) for source, fed in sources[:_MOST_SOURCES]]
    right = outlets[:_MOST_OUTLETS]
    rows = max(len(left), len(right), 1)
    ys = _middles(left, rows), _middles(right, rows)
    more = [
        plural(len(sources) - len(left), "more source") if len(sources) > len(left) else "",
        plural(len(outlets) - len(right), "more outlet") if len(outlets) > len(right) else "",
    ]
    width, height = 2 * _BOX + _GAP, _TOP + rows * _LINE + (56 if any(more) else 30)
    counts = f"{plural(census.pages, 'page')} · {plural(census.texts, 'text')} · {origins_text(census.origins)}"
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="system-ui, sans-serif" font-size="13" role="img"><title>{escape(counts)}: who feeds whom</title>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="24" font-size="15" font-weight="600" fill="#222">{escape(counts)}</text>',
        f'<text x="{_BOX - 8}" y="48" text-anchor="end" fill="#666">made by</text><text x="{_BOX + _GAP + 8}" y="48" fill="#666">carried by</text>',
    ]
    most = max((f.pages for f in feeds), default=1)
    for f in feeds:
        if f.outlet in ys[1]:
            a, b = ys[0][f.source].y, ys[1][f.outlet].y
            dash = "" if f.strength == "stated" else ' stroke-dasharray="5 3"'
            said = f"{f.outlet}: {plural(f.pages, 'page')}, {'credited to' if f.strength == 'stated' else 'the text of'} {_name(census, f.source)}"
            out.append(
                f'<path d="M{_BOX} {a:g}C{_BOX + _GAP / 2:g} {a:g} {_BOX + _GAP / 2:g} {b:g} {_BOX + _GAP} {b:g}" fill="none" stroke="#4a6fa5"'
                f' stroke-opacity="0.55" stroke-width="{1 + 7 * f.pages / most:.1f}"{dash}><title>{escape(said)}</title></path>'
            )
    out += [
        f'<text x="{_BOX - 8}" y="{r.y + 4.5:g}" text-anchor="end" fill="#222">{escape(clip(_name(census, r.name), 34))} · {r.pages}</text>'
        for r in ys[0].values()
    ]
    out += [f'<text x="{_BOX + _GAP + 8}" y="{r.y + 4.5:g}" fill="#222">{escape(clip(r.name, 34))} · {r.pages}</text>' for r in ys[1].values()]
    out += [f'<text x="{x}" y="{height - 32}" fill="#666">and {words}</text>' for x, words in zip((12, _BOX + _GAP + 8), more, strict=True) if words]
    out.append(f'<text x="12" y="{height - 10}" fill="#666">dashed: without the credit. {escape(CLOSING)}</text></svg>')
    return "\n".join(out) + "\n"


def _middles(named: Sequence[tuple[str, int]], rows: int) -> dict[str, _Row]:
    """Names down one side, spread over the whole height."""
    step = rows * _LINE / max(1, len(named))
    return {name: _Row(name=name, pages=pages, y=_TOP + step * (i + 0.5)) for i, (name, pages) in enumerate(named)}
