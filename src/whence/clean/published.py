"""When a report was published: as given, or as its own lines say with a year. A day without a year is no date, and none is guessed."""

from __future__ import annotations

import re

from ..text import paragraphs, trim
from ..types import Fact, Region
from .calendar import DATE, TIME, iso_date
from .furniture import outside

__all__ = ["published_from_text"]

_HEAD = 12  # lines among which a line that holds nothing but a date is the page's own
_LINE = 160  # characters; a labelled date stands in a line of its own
_FIRST = r"(?:first |originally )?(?:published|posted|issued|released|created|date(?:d| published)?|publication date)"
_LATER = r"(?:last |most recently )?(?:updated|modified|edited|revised|last update)"
_LABEL = r"(?:^|[\s|(•·–—-])(?:(?:this |the )?(?:article|story|page|post|report) was )?{}(?: on| at|:)*[\s:,]*(?:{}[,;]?(?: on)? *)?"
_PUBLISHED = re.compile(_LABEL.format(_FIRST, TIME) + rf"(?P<date>{DATE})", re.I)
_UPDATED = re.compile(_LABEL.format(_LATER, TIME) + rf"(?P<date>{DATE})", re.I)
_SENTENCE = re.compile(rf"\b(?:article|story|page|post|report) was (?:{_FIRST}|{_LATER}) (?:on |at )?(?:{TIME},? (?:on )?)?(?P<date>{DATE})", re.I)
_BESIDE = r"(?-i:(?:(?:[A-Z][\w/&.'’-]*|by|and|of|in|on|at|[|•·–—-])[, ]+){0,8}?)"  # a section, a byline, "Updated"
_ALONE = re.compile(rf"^{_BESIDE}(?:{TIME}[,;]? *)?(?P<date>{DATE})[\s,|•·–—-]*(?:at )?(?:{TIME})?[^\w.]*$", re.I)
_BEGINS = re.compile(rf"^(?P<date>{DATE})(?: +[–—\x96\x97-]+ |\s{{2,}}|: )", re.I)
_DATELINE = re.compile(rf"^(?-i:[A-Z][A-Z.' -]+)(?:, [\w. ]+?)?,? (?P<date>{DATE})(?: \([^)]{{2,40}}\))? ?(?:[–—:-]|\()", re.I)


def published_from_text(text: str, furniture: list[Region]) -> Fact | None:
    """The day of publication that the text itself shows, with where; captions and other furniture show none."""
    lines = [trim(text, part) for part in outside(paragraphs(text), furniture)]
    return (
        _labelled(text, lines, _PUBLISHED, "published-line")
        or _head(text, lines[:_HEAD])
        or _labelled(text, lines, _UPDATED, "updated-line")
        or _labelled(text, lines, _SENTENCE, "updated-line", longest=1000)
    )


def _labelled(text: str, lines: list[Region], pattern: re.Pattern[str], basis: str, longest: int = _LINE) -> Fact | None:
    for start, end in lines:
        if end - start <= longest and (found := pattern.search(text[start:end])) and (fact := _fact(found, start, basis)):
            return fact
    return None


def _head(text: str, lines: list[Region]) -> Fact | None:
    """A line that is a date, or a dateline with its year, before the body is under way."""
    for start, end in lines:
        words = text[start : min(end, start + _LINE)]
        patterns = [(_DATELINE, "dateline"), (_BEGINS, "dateline")]
        if end - start <= _LINE and len(words.split()) <= 14:
            patterns.insert(0, (_ALONE, "date-line"))
        for pattern, basis in patterns:
            if (found := pattern.match(words)) and (fact := _fact(found, start, basis)):
                return fact
    return None


def _fact(found: re.Match[str], start: int, basis: str) -> Fact | None:
    day = iso_date(found["date"])
    return None if day is None else Fact(value=day[:10], basis=basis, region=(start + found.start("date"), start + found.end("date")))
