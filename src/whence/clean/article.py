"""From a page to an article: the text as it is, its furniture marked, and the facts each with their evidence."""

from __future__ import annotations

from ..errors import InputError
from ..types import Article, Fact, Furniture, Page
from .calendar import iso_date
from .furniture import find_furniture
from .headline import TitleLine, title_line
from .language import language_of
from .markup import Markup, read_markup
from .outlet import outlet_of
from .published import published_from_text

__all__ = ["clean"]

_LONGEST = 5_000_000  # characters; a report is far shorter, and the work on one is bounded by this


def clean(page: Page) -> Article:
    """The readable text of a page with what is known about it. ``text`` of a text page is the page's, letter for letter.

    Raises InputError where there is no text to read, or more than a report can have.
    """
    if len(page.text) > _LONGEST:
        raise InputError(page.path, f"holds {len(page.text):,} characters, more than the {_LONGEST:,} a report may have; split it")
    markup = read_markup(page.text) if page.media == "html" else Markup(text=page.text)
    text = markup.text
    if not text.strip():
        raise InputError(page.path, "holds no readable text" + (": the page is all markup; save the article's text" if page.media == "html" else ""))
    language = _language(page, markup, text)
    furniture = markup.furniture if page.media == "html" else find_furniture(text, language.value if language else "en")
    regions = [(mark.start, mark.end) for mark in furniture]
    line = title_line(text, regions)
    outlet = outlet_of(page, text, furniture, line, markup.outlet)
    published, notes = _published(page, markup, text, furniture)
    if outlet is not None and outlet.basis == "dateline":
        notes = (*notes, f"only a dateline shows the outlet: {outlet.value} wrote it, the page may be a subscriber's; name it as outlet=path")
    return Article(
        path=page.path,
        text=text,
        outlet=outlet,
        title=_title(page, markup, text, line, outlet),
        published=published,
        language=language,
        url=page.url or markup.url,
        id=page.id,
        furniture=furniture,
        notes=(*page.notes, *markup.notes, *notes),
    )


def _language(page: Page, markup: Markup, text: str) -> Fact | None:
    if page.language and page.language.strip():
        return Fact(value=page.language.strip().lower().replace("_", "-").split("-")[0], basis="given")
    return language_of(text) or markup.language


def _title(page: Page, markup: Markup, text: str, line: TitleLine | None, outlet: Fact | None) -> Fact | None:
    """The title given, or of the page's metadata, or the first headline; "– WSJ" stays in it where it is a credit and no outlet."""
    if page.title and page.title.strip():
        at = text.find(page.title.strip())
        return Fact(value=page.title.strip(), basis="given", region=None if at < 0 else (at, at + len(page.title.strip())))
    if markup.title is not None:
        return markup.title
    if line is None:
        return None
    credit = line.outlet is not None and (outlet is None or outlet.region != line.outlet) and not line.prefix
    start, end = (line.headline[0], line.outlet[1]) if credit and line.outlet is not None else line.headline
    return Fact(value=text[start:end], basis="title-line" if line.outlet else "first-line", region=(start, end))


def _published(page: Page, markup: Markup, text: str, furniture: tuple[Furniture, ...]) -> tuple[Fact | None, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    if page.published and page.published.strip():
        if (day := iso_date(page.published)) is not None:
            return Fact(value=day, basis="given"), ()
        notes = (f"the date given, {page.published.strip()[:60]!r}, is not one: write it as 2024-05-31",)
    return markup.published or published_from_text(text, [(mark.start, mark.end) for mark in furniture]), notes
