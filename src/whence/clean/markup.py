"""HTML to readable text: every block a line, the article's own unmarked, all else marked as furniture.

Which lines are the article is trafilatura's judgement; what it leaves out beside its paragraphs stays unmarked too, because a lost
sentence is worse than a kept promo.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from .. import expressions as re
from ..types import Fact, Furniture, Value
from .furniture import find_furniture, merged
from .metadata import metadata

__all__ = ["Markup", "read_markup"]


class Markup(Value, frozen=True, kw_only=True):
    """What a page's markup says: its readable text, furniture and facts."""

    text: str
    furniture: tuple[Furniture, ...] = ()
    title: Fact | None = None
    outlet: Fact | None = None
    published: Fact | None = None
    language: Fact | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


class _Line(NamedTuple):
    """One block's words: its tag, the element it stands in, the furniture its place makes it, and how many of its characters are links'."""

    tag: str
    parent: int
    kind: str | None
    keep: bool
    words: str
    size: int
    linked: int


_MOST_FOR_EXTRACTION = 2_000_000  # characters of HTML given to trafilatura; beyond it the walk alone must do
_MOST_ELEMENTS = 30_000
_TAG = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.I | re.S)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
_SKIPPED = frozenset(["script", "style", "noscript", "template", "svg", "select", "iframe", "object", "embed", "head", "textarea", "math", "canvas"])
_PLACES = {
    "nav": "navigation",
    "footer": "navigation",
    "aside": "related",
    "figcaption": "caption",
    "form": "form",
    "button": "form",
    "label": "form",
}
_WHOLE = frozenset({"html", "body", "main", "article"})
_KEPT = re.compile(r"\b(?:byline|author|dateline|published|pubdate|timestamp|headline|standfirst|dek|lede?|subtitle|summary)\b")
_NAMED = (
    ("caption", re.compile(r"\b(?:caption|credit|figcaption)s?\b")),
    ("share", re.compile(r"\b(?:share|sharing|social|sharebar|addthis|follow)\b")),
    ("comments", re.compile(r"\b(?:comments?|disqus|respond)\b")),
    ("promo", re.compile(r"\b(?:newsletters?|subscribe|subscription|signup|paywall|donate|donation|promo|cta|membership)\b")),
    ("privacy", re.compile(r"\b(?:cookies?|consent|gdpr|ccpa)\b")),
    ("advertisement", re.compile(r"\b(?:ads?|advert|advertisement|sponsored|sponsor|taboola|outbrain|dfp)\b")),
    (
        "related",
        re.compile(r"\b(?:related|recommend(?:ed|ations)?|mostread|trending|popular|teasers?|sidebar|more stories|most read|read more|also read)\b"),
    ),
    ("tags", re.compile(r"\b(?:tags?|taglist|keywords)\b")),
    ("navigation", re.compile(r"\b(?:breadcrumbs?|nav|navbar|navigation|menu|masthead|footer|pagination|pager|skip)\b")),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_MOST_LOOKED_FOR = 200_000_000  # lines times characters; beyond it only whole lines are compared


def read_markup(html: str) -> Markup:
    """The readable text of a page of HTML. Never raises; a page without text gives an empty one."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        # Bytes, since lxml refuses characters with an encoding declaration.
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        # One class for all elements, found without a call of Python for each of them.
        parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement))
        root = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return _without_tags(html)
    elements = list(root.iter())  # held, since lxml would otherwise make each of them anew at every look
    lines = _lines(root)
    if not lines:
        return _without_tags(html)
    text = "\n\n".join(line.words for line in lines)
    facts = metadata(root, text, next((line.words for line in lines if line.tag == "h1"), None))
    main, notes = _main_text(root, len(html), len(elements))  # last, since it may change the tree
    body = _body(lines, main)
    marks, at = [], 0
    for line, is_body in zip(lines, body, strict=True):
        end = at + len(line.words)
        if not is_body:
            marks.append(Furniture(start=at, end=end, kind=line.kind or "page"))
        at = end + 2
    known = {mark.start for mark in marks}
    furniture = merged([*marks, *find_furniture(text, facts.language.value if facts.language else "en", known)])
    return Markup(
        text=text,
        furniture=furniture,
        title=facts.title,
        outlet=facts.outlet,
        published=facts.published,
        language=facts.language,
        url=facts.url,
        notes=notes,
    )


def _without_tags(html: str) -> Markup:
    """The words of a page too broken or too deep to parse."""
    import html as entities

    text = "\n".join(filter(None, (" ".join(entities.unescape(part).split()) for part in _TAG.sub("\n", html).split("\n"))))
    notes = ("the page's markup cannot be parsed: its tags were dropped",)
    return Markup(text=text, furniture=find_furniture(text), notes=notes) if text else Markup(text="")


def _lines(root: Any) -> list[_Line]:
    """Every block that has words of its own, in document order, by a walk that is no recursion."""
    from lxml import etree

    lines: list[_Line] = []
    stack: list[tuple[str | None, bool]] = [(None, False)]
    links = linked = 0
    place: tuple[str, int, str | None, bool] = ("body", 0, None, False)
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            attributes = element.items()
            if not tag or tag in _SKIPPED or (attributes and _hidden(element)):
                walk.skip_subtree()
                stack.append(stack[-1])
                continue
            stack.append(_place(element if attributes else None, tag, *stack[-1]))
            if tag in _BLOCKS:
                _close(lines, place, parts, linked)
                place, parts, linked = (tag, id(element.getparent()), *stack[-1]), [], 0
            links += tag == "a"
            words = element.text
        else:
            stack.pop()
            if tag in _BLOCKS and tag not in _SKIPPED:
                _close(lines, place, parts, linked)
                parent = element.getparent()
                outer = parent.tag if parent is not None and isinstance(parent.tag, str) else "body"
                place, parts, linked = (outer, id(parent.getparent()) if parent is not None else 0, *stack[-1]), [], 0
            links -= tag == "a" and links > 0
            words = element.tail
        if words:
            parts.append(words)
            linked += len(words) if links else 0
    _close(lines, place, parts, linked)
    return lines


def _close(lines: list[_Line], place: tuple[str, int, str | None, bool], parts: list[str], linked: int) -> None:
    """A block ends: it is a line where it has words."""
    whole = "".join(parts)
    if words := " ".join(whole.split()):
        lines.append(_Line(*place, words, len(whole), linked))


def _hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or (style is not None and bool(_HIDDEN.search(style)))


def _place(element: Any | None, tag: str, kind: str | None, keep: bool) -> tuple[str | None, bool]:
    """What an element's place makes of its words: the furniture it is (the outermost says), or a byline, date or headline to keep.

    ``element`` is None where it has no attributes.
    """
    named, kept = None, False
    if element is not None and (names := f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"[:300].strip()):
        named, kept = _named(names)
    if kind is None and tag not in _WHOLE:
        kind = _PLACES.get(tag) or named
    return kind, keep or tag in ("h1", "time") or kept


@functools.lru_cache(8_192)
def _named(names: str) -> tuple[str | None, bool]:
    """The furniture that an element's class, id and role name, and whether they name a byline, date or headline. A site has few of them."""
    names = _CAMEL.sub(" ", names).lower()
    return next((named for named, pattern in _NAMED if pattern.search(names)), None), bool(_KEPT.search(names))


def _main_text(root: Any, size: int, elements: int) -> tuple[str | None, tuple[str, ...]]:
    """What trafilatura takes for the article, or None and a note where it was not or could not be asked."""
    if size > _MOST_FOR_EXTRACTION or elements > _MOST_ELEMENTS:
        return None, ("the page is too large to tell the article from what is round it by layout",)
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(root, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False)
    except Exception as error:  # any fault of the extractor on broken pages must leave the page readable
        return None, (f"the article could not be told from what is round it by layout ({type(error).__name__})",)
    return found, ()


def _body(lines: list[_Line], main: str | None) -> list[bool]:
    """For each line, whether it is the article's own."""
    extracted = " ".join((main or "").split())
    whole = {" ".join(line.lstrip("- ").split()) for line in (main or "").splitlines()}
    search = len(lines) * len(extracted) <= _MOST_LOOKED_FOR
    taken = [line.words in whole or (search and len(line.words) > 20 and line.words in extracted) for line in lines]
    homes = {line.parent for line, is_taken in zip(lines, taken, strict=True) if is_taken and line.kind is None and line.tag == "p"}
    return [_is_body(line, is_taken, bool(extracted), homes) for line, is_taken in zip(lines, taken, strict=True)]


def _is_body(line: _Line, taken: bool, any_taken: bool, homes: set[int]) -> bool:
    long = len(line.words.split()) >= 8
    if line.keep and line.kind in (None, "related"):
        return True
    if line.kind in ("navigation", "caption", "form"):
        return False
    if taken:
        return line.kind is None or long
    wordy = line.linked * 2 < line.size
    return line.kind is None and wordy and (not any_taken or (line.parent in homes and line.tag in ("p", "blockquote", "h2", "h3", "li")))
