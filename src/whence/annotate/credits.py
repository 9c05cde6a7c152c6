"""Words that credit a whole report: datelines, bylines, sign-offs, "With Reuters", "first reported by", a title's "— WSJ".

And whether it is an agency's copy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..text import paragraphs
from ..types import Article, Region, WireState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..data.gazetteer import Outlet

__all__ = ["Found", "after_dateline", "find_credits", "whole", "wire_state"]

_DATELINE = re.compile(r"^[^a-z\n]{2,60}?(?:,[^()\n]{0,40})?\(([^()\n]{2,40})\)\s*[-–—:]|^[A-Z][^()\n]{1,60}\(([^()\n]{2,40})\)\s*[-–—]")
_ALONE = re.compile(r"^[\s(\[—–-]*(?:source:?\s*|via\s+)?([^\n]{2,60}?)[\s)\]]*$", re.I)
_BYLINE = re.compile(r"^(?:by|written by|from)\b[^\n]{0,90}$|^[^\n.]{2,60}\|[^\n]{2,60}$", re.I)
_WITH = re.compile(
    r"\b(?:with (?:additional )?(?:reporting|files|inputs?|material|agencies|agency)(?: (?:by|from))?"
    r"|contributed to this (?:report|story|article)|compiled from|adapted from|agencies contributed|\(?with )\b",
    re.I,
)
_CAPITAL_SIGN = re.compile(r"[.!?”\"]\s+[—–-]?\s*\(?([A-Z][A-Z .&’'\-]{1,30})\)?\s*$", re.MULTILINE)
_FIRST = re.compile(r"\b(?:was |were )?first (?:reported|published|revealed|disclosed) (?:on \w+ )?(?:by|in|on)\s*$")
_CAPTION = re.compile(r"photo|picture|image|getty|caption|/\s*(?:AP|AFP|Reuters|EPA)|credit", re.I)
_OWN = re.compile(r"\b(?:our (?:own )?correspondent|our reporter|staff (?:writer|reporter|correspondent))\b", re.I)


_PLACE = re.compile(
    r"^(?:[A-Z][A-Za-zÀ-ÿ.’'\-]*[ ,/]*){1,6}(?:\([A-Za-z .]{2,30}\)[ ,]*)?"
    r"(?:,?\s*(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?[ ,]*)?(?:\([^()\n]{2,40}\))?\s*(?:[—–]|--?(?=\s))\s*"
)
_SHORT = re.compile(
    r"^[^\n(]{2,50}\((?:AP|AFP|PTI|ANI|IANS|UPI|DPA|EFE|Reuters|REUTERS|Xinhua|Bernama|Yonhap|TASS|Kyodo|ANSA|KUNA|SPA|MENA|WAM)\)\s*"
)
_CAPITALS = re.compile(r"^(?:[A-Z]{3,}[A-Z .'’/\-]*)(?:,[^:\n—–]{2,24})?\s*(?::|[—–]|--?)\s+(?=[A-Z“\"])")


def after_dateline(text: str, paragraph: Region) -> Region:
    """A paragraph without the dateline it begins with ("CAIRO, May 3 (Reuters) - ")."""
    start, end = paragraph
    head = text[start : min(end, start + 110)]
    m = _SHORT.match(head) or _CAPITALS.match(head)
    if m is None:
        m = _PLACE.match(head)
        if m is not None and not ("(" in m.group() or any(c.isdigit() for c in m.group()) or m.group().split()[0].isupper()):
            m = None
    if m is not None:
        at = start + m.end()
        while at < end and text[at] in " -–—:":
            at += 1
        return (at, end) if at < end else paragraph
    return paragraph


class Found(NamedTuple):
    """A credit: its place, the outlet credited, and what it is ("dateline", "byline", "sign-off", "with", "first", "title")."""

    region: Region
    outlet: Outlet
    what: str


def find_credits(article: Article, outlets: Sequence[tuple[Region, Outlet]], own: Outlet | None) -> list[Found]:
    """The credits of a report, in order of place. A photograph's credit is none."""
    from ..data.gazetteer import by_name

    text = article.text
    marked = [(f.start, f.end) for f in article.furniture if f.kind in ("caption", "photo", "promo", "related", "teaser", "navigation")]
    lines = list(paragraphs(text))
    title = article.title.region if article.title and article.title.region else None
    out: list[Found] = []
    for n, (start, end) in enumerate(lines):
        here = [(r, o) for r, o in outlets if start <= r[0] and r[1] <= end]
        if n >= len(lines) - 5 and not here and (sign := _CAPITAL_SIGN.search(text, start, end)) and (known := by_name(sign.group(1))) is not None:
            if own is None or known.name != own.name:
                out.append(Found(sign.span(1), known, "sign-off"))
            continue
        if not here or any(start < b and a < end for a, b in marked):
            continue
        line = text[start:end]
        out.extend(
            _line(
                text,
                line,
                start,
                end,
                here,
                n,
                len(lines),
                title == (start, end) or (title is not None and title[0] <= start and end <= title[1]),
                own,
            )
        )
    return out


def _line(
    text: str, line: str, start: int, end: int, here: Sequence[tuple[Region, Outlet]], n: int, total: int, title: bool, own: Outlet | None
) -> list[Found]:
    out: list[Found] = []
    dateline = _DATELINE.match(line)
    short_line = _SHORT.match(line)
    for (a, b), found in here:
        if (dateline and b <= start + dateline.end()) or (short_line and b <= start + short_line.end()):
            out.append(Found((a, b), found, "dateline"))
            continue
        before, after = line[: a - start], line[b - start :]
        short = end - start <= 70
        if _FIRST.search(before):
            out.append(Found((a, b), found, "first"))
        elif (_WITH.search(before[-60:]) and (n >= total - 6 or n <= 3)) or re.match(
            r"\s*(?:and [^.]{2,60})?contributed to this (?:report|story|article)", after
        ):
            out.append(Found((start, end) if short else (a, b), found, "with"))
        elif (title or n == 0) and re.search(r"[–—|-]\s*$", before) and not after.strip() and before.strip(" –—|-"):
            if own is None or found.name != own.name:
                out.append(Found((a, b), found, "title"))
        elif short and not _CAPTION.search(line) and not line.rstrip().endswith((".", "”", '"')):
            if _BYLINE.match(line) and n < 8 and not after.strip(" )|,"):
                out.append(Found((a, b), found, "byline"))
            elif ((n < 8 or n >= total - 4) and not before.strip(" (—–-[") and not after.strip(" )].")) or (
                n >= total - 4 and re.match(r"^\s*(?:source|via)\b", before, re.I)
            ):
                out.append(Found((a, b), found, "sign-off"))
        elif (
            n >= total - 4 and not after.strip() and re.search(r"[.!?”\"]\s+[—–-]?\s*$", before) and (found.kind == "agency" or text[a:b].isupper())
        ) or (re.search(r"\(\s*$", before) and re.match(r"\s*\)\W*$", after) and n >= total - 4):
            out.append(Found((a, b), found, "sign-off"))
    return out


def whole(found: Found, own: Outlet | None) -> bool:
    """True where a credit is a link of every chain of the report: it gives the whole text to another."""
    return found.what in ("dateline", "byline", "sign-off") and (own is None or found.outlet.name != own.name)


def wire_state(article: Article, found: Sequence[Found], own: Outlet | None) -> WireState:
    """Whether the report is an agency's copy, wholly or in part; unknown where the text does not show it."""
    if any(f.outlet.kind == "agency" and f.what in ("dateline", "byline", "sign-off", "with") for f in found):
        return "yes"
    if own is not None and own.kind == "agency":
        return "yes"
    if own is not None and not any(f.outlet.kind == "agency" for f in found):
        own_hand = any(f.outlet.name == own.name and f.what in ("dateline", "byline") for f in found)
        if own_hand or _OWN.search(article.text):
            return "no"
    return "unknown"
