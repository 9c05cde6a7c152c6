"""Words that credit a whole report: datelines, bylines, sign-offs, rights, "With Reuters", "first reported by", a title's "— WSJ".

And whether it is an agency's copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import expressions as re
from ..text import paragraphs
from ..types import Article, Region, WireState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..data.gazetteer import Outlet

__all__ = ["Found", "after_dateline", "find_credits", "whole", "wire_state"]

_DATELINE = re.compile(
    r"^[^a-z\n]{2,60}?(?:,[^()\n]{0,40})?\(([^()\n]{2,40})\)\s*[-–—:]|^[A-Z][^()\n]{1,60}\(([^()\n]{2,40})\)\s*[-–—]|^\(([^()\n]{2,40})\)\s*[-–—]"
)
_BY = re.compile(r"^(?:(?:written|analysis|report|story|opinion|commentary) by|by|from)\b", re.I)
_BAR = re.compile(r"^[^\n.]{2,60}\|\s*(?:the )?$", re.I)
_WITH = re.compile(
    r"\b(?:with (?:additional )?(?:reporting|files|inputs?|material|agencies|agency)(?: (?:by|from))?"
    r"|compiled from|adapted from|agencies contributed)\b[^.]{0,60}$"
    r"|(?:^|[(\[—–]\s*|-\s+|[.!?”\"]\s+)with (?:[A-Z][\w.&’-]*(?: [A-Z][\w.&’-]*)*(?:,| and|, and| &) )*(?:the )?$",
    re.I,
)
_CAPITAL_SIGN = re.compile(r"[.!?”\"]\s+[—–-]?\s*\(?([A-Z][A-Z .&’'\-]{1,30})\)?\s*$", re.MULTILINE)
_FIRST = re.compile(r"\b(?:was |were )?first (?:reported|published|revealed|disclosed) (?:on \w+ )?(?:by|in|on)\s*$")
_CAPTION = re.compile(r"photo|picture|image|getty|caption|/\s*(?:AP|AFP|Reuters|EPA)|credit", re.I)
_OWN = re.compile(r"\b(?:our (?:own )?correspondent|our reporter|staff (?:writer|reporter|correspondent))\b", re.I)
_RIGHTS = re.compile(r"(?:copyright|©|\(c\))[\W\d]*(?:by )?(?:the )?(?:thomson\W)?$", re.I)
_WRITER = r"(?:writer|reporter|correspondent|journalist|columnist)s?"
_IS_WRITER = re.compile(rf"\b(?:is|are) an? $|\b(?:is|are) (?:an? |the )?[^.\n]{{0,60}}\b(?:{_WRITER}|editors?) (?:for|at|with) (?:the )?$", re.I)
_WRITES = re.compile(rf"(?:’s|'s)? (?:[\w-]+ ){{0,3}}{_WRITER}\b", re.I)
_CONTRIBUTED = re.compile(r"[^\n]{0,240}?\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)\b", re.I)
_STAMP = re.compile(
    r"(?:[\W\d_]|(?<![a-z])(?:published|updated|posted|modified|on|at|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|[ap]\.?m|[ecmp][sd]?t|gmt|bst|utc|ist|(?:hours?|min(?:ute)?s?) ago)(?![a-z]))*",
    re.I,
)
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w.’'-]*){1,3}"
_NAMES = re.compile(rf"(?P<first>{_NAME})(?P<more>(?:(?:,| and|, and|;) {_NAME})*)[\s,/|–—-]*")
# What looks like a photograph's credit, with a stroke or a bar, and is a byline: several people's. One person's may be either, and is none.
_TEAM = re.compile(rf"{_NAME}(?:, {_NAME})*,? and {_NAME}\s*[,/|]")
_INITIALS = re.compile(r"\b[A-Z]{2,5}\b")
_POST = re.compile(rf" (?:[A-Z][\w-]+ ){{0,4}}(?:{_WRITER}|staff|editor)$", re.I)
_HEAD = 8  # lines that are no furniture in which a byline may stand
_BESIDE = 400  # characters to either side of an outlet's name that can make it a credit
_LONGEST_BYLINE = 110  # characters, white space folded


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
    """A credit: its place, the outlet credited, and what it is ("dateline", "byline", "sign-off", "rights", "source", "with", "first", "title").

    A "source" is an outlet's name alone in its line, as an aggregator sets it.
    """

    region: Region
    outlet: Outlet
    what: str


class _Line(NamedTuple):
    """A line and where it stands: ``head`` and ``tail`` of the text, ``title``, beside a photograph's ``caption``, before a line of a date alone."""

    start: int
    end: int
    head: bool
    tail: bool
    last: bool
    first: bool
    title: bool
    caption: bool
    dated: bool


def find_credits(article: Article, outlets: Sequence[tuple[Region, Outlet]], own: Outlet | None) -> list[Found]:
    """The credits of a report, in order of place. A photograph's credit is none; what the report's own outlet says of itself is one."""
    from ..data.gazetteer import by_name

    text = article.text
    out: list[Found] = []
    for line in _lines(article):
        start, end = line.start, line.end
        here = [(r, o) for r, o in outlets if start <= r[0] and r[1] <= end]
        if not here and line.tail and (sign := _CAPITAL_SIGN.search(text, start, end)) and (known := by_name(sign.group(1))) is not None:
            if own is None or known.name != own.name:
                out.append(Found(sign.span(1), known, "sign-off"))
        elif not here and end - start <= _LONGEST_BYLINE:
            out.extend(f for f in _credits(text, line, _initials(text, line), own) if f.what == "byline" or (f.what == "source" and line.dated))
        elif here:
            out.extend(_credits(text, line, here, own))
    return out


def _initials(text: str, line: _Line) -> list[tuple[Region, Outlet]]:
    """Agencies that a short line has by their initials alone, as bylines do: "By X, AP"."""
    from ..data.gazetteer import by_name

    found = [(m.span(), by_name(m.group())) for m in _INITIALS.finditer(text, line.start, line.end)]
    return [(region, known) for region, known in found if known is not None and known.kind == "agency"][-1:]


def _lines(article: Article) -> list[_Line]:
    """The lines in which a credit may stand: all but captions, promotion, navigation and headlines of other reports."""
    text = article.text
    lines = list(paragraphs(text))
    title = article.title.region if article.title and article.title.region else None
    marks = sorted((f.start, f.end, f.kind) for f in article.furniture)
    kinds: list[set[str]] = []
    at = 0
    for start, end in lines:
        while at < len(marks) and marks[at][1] <= start:
            at += 1
        later = at
        found = set()
        while later < len(marks) and marks[later][0] < end:
            found.add(marks[later][2])
            later += 1
        kinds.append(found)
    left = sum(not kind for kind in kinds)
    out, unmarked = [], 0
    for n, (start, end) in enumerate(lines):
        beside = any(kinds[m] & {"caption", "photo"} for m in (n - 1, n + 1) if 0 <= m < len(lines))
        byline = kinds[n] <= {"caption", "photo"} and _TEAM.match(text, start, end)
        if byline or not kinds[n] & {"caption", "photo", "promo", "related", "teaser", "navigation"}:
            after = text[slice(*lines[n + 1])] if n + 1 < len(lines) else ""
            out.append(
                _Line(
                    start,
                    end,
                    head=unmarked < _HEAD,
                    tail=unmarked >= left - 5,
                    last=unmarked >= left - 4,
                    first=n == 0,
                    title=title is not None and title[0] <= start and end <= title[1],
                    caption=beside,
                    dated=len(after) <= 60 and _STAMP.fullmatch(after) is not None,
                )
            )
        unmarked += not kinds[n]
    return out


def _credits(text: str, line: _Line, here: Sequence[tuple[Region, Outlet]], own: Outlet | None) -> list[Found]:
    words = text[line.start : line.end]
    dateline, short_line = _DATELINE.match(words), _SHORT.match(words)
    out: list[Found] = []
    for (a, b), outlet in here:
        other = own is None or outlet.name != own.name
        before, after = (
            " ".join(part.split()) for part in (words[max(0, a - line.start - _BESIDE) : a - line.start], words[b - line.start :][:_BESIDE])
        )
        before, after = (
            f"{before} " if words[: a - line.start][-1:].isspace() else before,
            f" {after}" if words[b - line.start :][:1].isspace() else after,
        )
        inside = any(m is not None and b <= line.start + m.end() for m in (dateline, short_line))
        what = "dateline" if inside else _what(line, before, after, outlet, other=other, capitals=text[a:b].isupper())
        if what == "with" and len(before) + (b - a) + len(after) <= 70:
            out.append(Found((line.start, line.end), outlet, what))
        elif what:
            out.append(Found((a, b), outlet, what))
    return out


def _what(line: _Line, before: str, after: str, outlet: Outlet, *, other: bool, capitals: bool) -> str:
    """What a mention of an outlet is as a credit; empty where it is none. ``before`` and ``after`` are the rest of its line."""
    if _FIRST.search(before):
        return "first"
    if (_WITH.search(before) and (line.tail or line.head)) or _CONTRIBUTED.match(after):
        return "with"
    if _RIGHTS.search(before):
        return "rights" if other else ""
    if line.tail and (_IS_WRITER.search(before) and (_WRITES.match(after) or before.rstrip().endswith(("for", "at", "with", "the")))):
        return "sign-off"
    if (line.title or line.first) and re.search(r"[–—|-]\s*$", before) and not after.strip() and before.strip(" –—|-"):
        return "title" if other else ""
    return _byline(line, before, after, outlet.kind == "agency", other) or _sign_off(line, before, after, outlet.kind == "agency" or capitals)


def _byline(line: _Line, before: str, after: str, agency: bool, other: bool) -> str:
    """ "By X, Reuters", "X and Y, Reuters", "Reuters Monday, May 3", "Reuters" alone; a name and an agency beside a photograph are its credit.

    Below the head a byline counts where it is an agency's and says "by", or has a bar before the agency.
    """
    lead, by, rest = before.rpartition("by ")
    if by and _STAMP.fullmatch(lead):
        before = by + rest
    says_by, barred = _BY.match(before) is not None, _BAR.match(before) is not None and not line.caption
    if len(before) + len(after) > _LONGEST_BYLINE or not (_STAMP.fullmatch(after.strip(" )|,•")) or (says_by and _POST.fullmatch(after))):
        return ""
    names = _NAMES.fullmatch(_BY.sub("", before).strip())
    several = names is not None and bool(names["more"])
    if (_CAPTION.search(before) and not several) or not (
        line.head or (agency and (barred or (says_by and (names or before.strip().lower() == "by"))))
    ):
        return ""
    dated = any(c.isdigit() for c in after)
    if says_by or barred or (names is not None and (several or dated or (line.dated and not line.caption))):
        return "byline"
    if before.strip(" (—–-["):
        return ""
    if dated and (agency or not other):
        return "byline"
    return "source" if dated or not line.caption or "•" in after else ""


def _sign_off(line: _Line, before: str, after: str, plain: bool) -> str:
    """An outlet's name as the end of a text: "(AP)", "Source: Reuters"; ``plain`` names stand after the last sentence: "… on Monday. REUTERS"."""
    whole = f"{before}…{after}"
    short = len(whole) <= 70
    if short and not _CAPTION.search(whole) and not after.rstrip().endswith((".", "”", '"')):
        alone = not before.strip(" (—–-[") and not after.strip(" )].")
        return "sign-off" if line.last and (alone or re.match(r"^\s*(?:source|via)\b", before, re.I)) else ""
    if not line.last:
        return ""
    ends = not after.strip() and re.search(r"[.!?”\"]\s+[—–-]?\s*$", before) and plain
    return "sign-off" if ends or (re.search(r"\(\s*$", before) and re.match(r"\s*\)\W*$", after)) else ""


def whole(found: Found, own: Outlet | None) -> bool:
    """True where a credit is a link of every chain of the report: it gives the whole text to another."""
    return found.what in ("dateline", "byline", "sign-off", "source", "rights") and (own is None or found.outlet.name != own.name)


def wire_state(article: Article, found: Sequence[Found], own: Outlet | None) -> WireState:
    """Whether the report was delivered, wholly or in part, by an agency or another newsroom's news service; unknown where the text does not show it.

    An outlet that is no agency counts where a dateline, a byline or a line of rights gives it the text of a page that is known to be another's.
    """
    others = [f for f in found if own is None or f.outlet.name != own.name]
    if any(f.outlet.kind == "agency" and f.what in ("dateline", "byline", "sign-off", "source", "rights", "with") for f in others):
        return "yes"
    if own is not None and own.kind == "agency":
        return "yes"
    if article.outlet is not None and any(f.what in ("dateline", "byline", "rights") for f in others):
        return "yes"
    if own is not None and (
        any(f not in others and f.what in ("dateline", "byline", "sign-off", "with") for f in found) or _OWN.search(article.text)
    ):
        return "no"
    return "unknown"
