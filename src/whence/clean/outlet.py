"""Whose page a report is, by the strongest evidence there is: never by who is merely cited."""

from __future__ import annotations

from collections.abc import Iterator

from .. import expressions as re
from ..data import gazetteer
from ..text import paragraphs, span, trim
from ..types import Fact, Furniture, Page, Region
from .headline import SECTION, TitleLine

__all__ = ["canonical", "outlet_of"]

_NAME = r"(?P<name>(?-i:(?:[Tt]he )?[A-Z][\w.&’'-]*(?: (?:(?:of|and|for|&|de|la|du) )?[A-Z][\w&’'-]*(?:\.[a-z]{2,3})?){0,4}))"
# What a page says of itself in its own furniture, and in the lines about who made it; with the words that each cannot do without.
_SELF = (
    (rf"\bsupport {_NAME}!", ("support ",)),
    (rf"^{_NAME} needs your (?:help|support)\b", (" needs your ",)),
    (rf"\b(?:like|follow|find|join) (?:[\w ]{{2,30}} from )?{_NAME} on (?:facebook|twitter|instagram|telegram|youtube|whatsapp)\b",
     (" on facebook", " on twitter", " on instagram", " on telegram", " on youtube", " on whatsapp")),
    (rf"\b(?:subscribe|sign up|registered?) (?:to|for|with) {_NAME}(?= for | today| now|[.!]|$)", ("subscribe ", "sign up ", "register")),
    (rf"^{_NAME} staff (?:contributed|and agencies|writers?)\b", (" staff contributed", " staff and agencies", " staff writer")),
)  # fmt: skip
# What an agency's copy says too where a subscriber runs it: an outlet's name here is its own, an agency's is a credit.
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?,?\s*)?(?:by )?{_NAME}", re.I, needs=("©", "(c)", "copyright"))
_ORIGINALLY = re.compile(rf"\boriginally (?:published|appeared) (?:on|in|at) {_NAME}", re.I, needs=("originally ",))
_SELF_PATTERNS = tuple(re.compile(pattern, re.I | re.M, needs) for pattern, needs in _SELF)
_CONTACT = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_HANDLE = re.compile(r"\bfollow us (?:on twitter )?@(\w{3,30})", re.I)
_DATELINE = re.compile(
    r"(?:\A|\n)[ \t]*(?:[^\n()]{0,200}\n\s*)?(?P<place>[A-Z][^\n()]{1,50}?)?[ \t]*\((?P<name>[A-Z][\w .&/-]{1,30})\)[ \t]*(?:[-–—]|:)", re.M
)
_DATELINE_WITHIN = 1_200  # characters
_CITED = (
    r"(?:\b{0}(?:['’]s)? (?:\([\w .]+\) )?(?:has |had |earlier |first |later |also )*(?:reported|reports|wrote|revealed)\b"
    r"|\b(?:according to|citing|quoted by|reported by|report (?:in|by|from)) (?:the )?{0})"
)
_LONGEST = 400_000  # characters searched for the page's words about itself


def canonical(name: str) -> str:
    """The gazetteer's name for an outlet, or the name as it stands."""
    found = gazetteer.by_name(name) or gazetteer.by_name(SECTION.sub("", name))
    return found.name if found is not None else name


def outlet_of(page: Page, text: str, furniture: tuple[Furniture, ...], title: TitleLine | None, metadata: Fact | None) -> Fact | None:
    """The outlet with its evidence: given, metadata, the address, the page's words about itself, its title
    line, its masthead, its line of rights, and last an agency's dateline, by which a subscriber's page may be taken for the agency's."""
    if page.outlet:
        return Fact(value=canonical(page.outlet), basis="given")
    if metadata is not None:
        return metadata
    if page.url and (host := re.match(r"(?:https?:)?//(?:[^/@]*@)?([^/:?#]+)", page.url)) and (found := gazetteer.by_domain(host[1])):
        return Fact(value=found.name, basis="domain")
    if title is not None and title.prefix and title.outlet is not None:
        return _titled(text, title)
    if (own := _own_words(text, furniture)) is not None:
        return own
    if title is not None and title.outlet is not None and not _cites(text, title):
        return _titled(text, title)
    return _masthead(text) or _said_once(text, _COPYRIGHT, "copyright") or _said_once(text, _ORIGINALLY, "originally-published") or _dateline(text)


def _titled(text: str, title: TitleLine) -> Fact:
    assert title.outlet is not None
    return Fact(value=canonical(span(text, title.outlet).text), basis="title-line", region=title.outlet)


def _cites(text: str, title: TitleLine) -> bool:
    """True where the body speaks of the title's outlet as of another: "– WSJ" over a report that says "WSJ reported" credits the WSJ."""
    assert title.outlet is not None
    found = gazetteer.by_name(span(text, title.outlet).text)
    if found is None:
        return False
    names = {re.escape(name.removeprefix("The ")) for name in (found.name, *found.aliases, span(text, title.outlet).text)}
    return re.search(_CITED.format(f"(?:{'|'.join(sorted(names))})"), text[title.outlet[1] : _LONGEST]) is not None


def _own_words(text: str, furniture: tuple[Furniture, ...]) -> Fact | None:
    for found in _self_mentions(text[:_LONGEST]):
        region = trim(text, found, drop=".,!")
        words = span(text, region).text
        if gazetteer.by_name(words) is not None or _repeated(text, words):
            return Fact(value=canonical(words), basis="self-mention", region=region)
    for mark in furniture:
        words = text[mark.start : mark.end]
        for pattern in (_CONTACT, _HANDLE) if mark.kind in ("contact", "share") else ():
            if (match := pattern.search(words)) and (outlet := gazetteer.by_domain(match[1]) or _by_handle(match[1])):
                return Fact(value=outlet.name, basis="contact", region=(mark.start + match.start(1), mark.start + match.end(1)))
    return None


def _said_once(text: str, pattern: re.Pattern[str], basis: str) -> Fact | None:
    """An outlet, never an agency, that a line of rights or of origin names."""
    for match in pattern.finditer(text, 0, _LONGEST):
        region = trim(text, match.span("name"), drop=".,!")
        found = gazetteer.by_name(span(text, region).text)
        if found is not None and found.kind == "outlet":
            return Fact(value=found.name, basis=basis, region=region)
    return None


def _masthead(text: str) -> Fact | None:
    """An outlet's name that is the whole first line."""
    first = next(paragraphs(text), None)
    if first is None or first[1] - first[0] > 60:
        return None
    found = next((outlet for region, outlet in gazetteer.find_outlets(text, [first]) if region == first), None)
    return Fact(value=found.name, basis="masthead", region=first) if found is not None and found.kind == "outlet" else None


def _self_mentions(text: str) -> Iterator[Region]:
    found = sorted((match.start("name"), match.end("name"), rank) for rank, p in enumerate(_SELF_PATTERNS) for match in p.finditer(text))
    yield from ((start, end) for start, end, _ in found)


def _repeated(text: str, name: str) -> bool:
    """A name that no list knows counts as an outlet's where the page has it more than once and it is more than one common word."""
    return len(name.split()) >= 2 and text.count(name) >= 2


def _by_handle(handle: str) -> gazetteer.Outlet | None:
    return gazetteer.by_name(handle.lower().replace("dotcom", ".com")) or gazetteer.by_name(handle)


def _dateline(text: str) -> Fact | None:
    """The agency of a dateline: all that a text without other evidence says of whose it is."""
    match = _DATELINE.search(text, 0, _DATELINE_WITHIN)
    if match is None or (found := gazetteer.by_name(match["name"])) is None:
        return None
    return Fact(value=found.name, basis="dateline", region=match.span("name"))
