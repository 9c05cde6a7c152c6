"""When a report was published: as given, or as its own lines say with a year. A day without a year is no date, and none is guessed."""

from __future__ import annotations

import functools

from .. import expressions as re
from .. import lang
from ..text import paragraphs, trim
from ..types import Fact, Region
from .calendar import DATE, MONTH_YEAR, TIME, iso_date, iso_month
from .furniture import outside

__all__ = ["published_from_text"]

_HEAD = 12  # lines among which a line that holds nothing but a date is the page's own
_LINE = 160  # characters; a labelled date stands in a line of its own
_LONGEST = 1000  # characters of a line that is read at all
_WORDS = 20  # of a heading with a date in it
_TAIL = 8  # words after a labelled date
_TAGLINE = 7  # words before a dash and a date
_FIRST = r"(?:first |originally )?(?:published|posted|issued|released|created|date(?:d| published)?|publication date)"
_LATER = r"(?:last |most recently )?(?:updated|modified|edited|revised|last update)"
_STORY = r"(?:article|story|page|post|report)"
_LABEL = r"(?P<open>^|[|(•·–—-]|\s)(?P<itself>(?:this |the )?(?:article|story|page|post|report) was )?{}(?: on| at|:)*[\s:,]*(?:{}[,;]?(?: on)? *)?"
_PUBLISHED = re.compile(_LABEL.format(_FIRST, TIME) + rf"(?P<date>{DATE})", re.I, needs=("publi", "posted", "issued", "released", "created", "date"))
_UPDATED = re.compile(_LABEL.format(_LATER, TIME) + rf"(?P<date>{DATE})", re.I, needs=("update", "modified", "edited", "revised"))
_SENTENCE = re.compile(
    rf"\b{_STORY} was (?:{_FIRST}|(?:first |originally )moved|{_LATER}) (?:on |at )?(?:{TIME},? (?:on )?)?(?P<date>{DATE})", re.I
)
_BESIDE = r"(?-i:(?:(?:[A-Z][\w/&.'’-]*|by|and|of|in|on|at|[|•·–—-])[, ]+){0,8}?)"  # a section, a byline, "Updated"
_ALONE = re.compile(rf"^{_BESIDE}(?:{TIME}[,;]? *)?(?P<date>{DATE})[\s,|•·–—-]*(?:at )?(?:{TIME})?[^\w.]*$", re.I)
_LAST = re.compile(rf"^(?P<date>{DATE})(?:,? +{TIME})?$", re.I)
_WITHIN = re.compile(rf"(?P<date>{DATE})(?:[\s,|•·–—-]*(?:at )?{TIME})?", re.I)
_YEAR = re.compile(r"\d{4}")
"""What every date has, so that a line without it is not tried."""
_CAPITAL = r"(?-i:[^\W\d_a-z])"
_CREDIT = rf"\({_CAPITAL}[^()]{{1,40}}\)"
_PLACE = rf"{_CAPITAL}[\w.'’-]*(?: [\w.'’-]+){{0,4}}(?:, [\w. ]+?| \({_CAPITAL}[^()]{{2,30}}\))?"
_DATELINES = (
    re.compile(rf"^(?-i:[A-Z][A-Z.' -]+)(?:, [\w. ]+?)?,? (?P<date>{DATE})(?: \([^)]{{2,40}}\))? ?(?:[–—:-]|\(|\. )", re.I),
    re.compile(rf"^(?P<date>{DATE})(?: +[–—\x96\x97-]+ |\s{{2,}}|: | {_CREDIT} ?[–—-])", re.I),
    re.compile(rf"^{_PLACE},? (?P<date>{DATE}) {_CREDIT} ?[–—:-]", re.I),
    re.compile(rf"^{_PLACE} {_CREDIT} ?[–—-]+ ?(?P<date>{DATE}) ?(?:[–—:.-]|$)", re.I),
)
_DASH = re.compile(r" [–—|·•-] $")
_CUT = re.compile(r"[\s,;:/|–—·•(.-]")
_CUT_BEFORE = re.compile(r"[,;:/|–—·•(.-]\s*$")
_NOTE = re.compile(r"\([^()]{2,80}\)|\b[Bb]y (?=[^\W\d_a-z])[^|–—]{2,50}")
_ISSUE = re.compile(rf"(?P<of>\b(?:issue|edition|number)(?: of| for|[:,])? )?{MONTH_YEAR}(?P<issue>,? (?:issue|edition|number)\b)?", re.I)

_Line = tuple[int, Region]
"""A line that may hold a date, with its number on the page."""


def published_from_text(text: str, furniture: list[Region]) -> Fact | None:
    """The day of publication that the text itself shows, with where; of an issue of a month ("2024-06"). Captions and other furniture show none."""
    lines = [trim(text, part) for part in outside(paragraphs(text), furniture)]
    dated = [(number, line) for number, line in enumerate(lines) if _YEAR.search(text, line[0], min(line[1], line[0] + _LONGEST))]
    return (
        _labelled(text, dated, _PUBLISHED, "published-line")
        or _head(text, dated)
        or _issue(text, dated)
        or (_foot(text, lines[-1]) if len(lines) > 1 else None)
        or _labelled(text, dated, _UPDATED, "updated-line")
        or _labelled(text, dated, _SENTENCE, "updated-line", longest=_LONGEST)
    )


def _labelled(text: str, lines: list[_Line], pattern: re.Pattern[str], basis: str, longest: int = _LINE) -> Fact | None:
    for _, (start, end) in lines:
        if end - start > longest:
            continue
        found = pattern.search(text[start:end])
        if found and (pattern is _SENTENCE or _is_label(found)) and (fact := _fact(found, basis, start)):
            return fact
    return None


def _is_label(found: re.Match[str]) -> bool:
    """False where the words are those of a sentence: "A licence issued on 3 May 2004 has run out."."""
    after = found.string[found.end("date") :]
    return bool(found["itself"] or not found["open"].isspace() or not after.rstrip().endswith(".")) and len(after.split()) <= _TAIL


def _head(text: str, lines: list[_Line]) -> Fact | None:
    """A line that is a date, a heading with a date among its parts, or a dateline with its year, before the body is under way."""
    for number, (start, end) in lines:
        if number >= _HEAD:
            break
        words = text[start : min(end, start + _LINE)]
        if end - start <= _LINE and len(words.split()) <= _WORDS and (fact := _of_heading(words, start, first=number == 0)):
            return fact
        for pattern in _DATELINES:
            if (found := pattern.match(words)) and (fact := _fact(found, "dateline", start)):
                return fact
    return None


def _of_heading(line: str, start: int, *, first: bool) -> Fact | None:
    if len(line.split()) <= 14 and (alone := _ALONE.match(line)) and (fact := _fact(alone, "date-line", start)):
        return fact
    found = _WITHIN.search(line)
    if found is None:
        return None
    before, after = line[: found.start()], line[found.end() :]
    dated = _is_heading(before) and (not before or bool(_CUT_BEFORE.search(before)) or _closes(before))
    tagline = not first and _DASH.search(before) is not None and len(before.split()) <= _TAGLINE + 1
    if not (dated or tagline) or (after and not _CUT.match(after)) or not _is_heading(_NOTE.sub(" ", after)):
        return None
    return _fact(found, "date-line", start)


def _closes(before: str) -> bool:
    """True where the words before a date lead up to it: "Dated Tarn, the", "in Tarn"."""
    return before.split()[-1].lower() in _heading_words() or before.split()[-1][:1].isupper()


def _is_heading(words: str) -> bool:
    """True for names, numbers and the words of headings alone: nothing that makes a sentence or a caption."""
    return all(not w[:1].islower() or w in _heading_words() for w in re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", words))


@functools.cache
def _heading_words() -> frozenset[str]:
    return frozenset(lang.load("en", "dates")["heading"]["words"])


def _issue(text: str, lines: list[_Line]) -> Fact | None:
    """The month of an issue, from a heading that says that it is one."""
    for number, (start, end) in lines:
        if number >= _HEAD or end - start > _LINE or not _is_heading(text[start:end]):
            continue
        for found in _ISSUE.finditer(text[start:end]):
            if found["of"] or found["issue"]:
                region = (start + found.start("month"), start + found.end("year"))
                return Fact(value=iso_month(found["month"], found["year"]), basis="issue-line", region=region)
    return None


def _foot(text: str, last: Region) -> Fact | None:
    """A last line that is nothing but a date."""
    found = _LAST.match(text[slice(*last)]) if last[1] - last[0] <= _LINE else None
    return None if found is None else _fact(found, "date-line", last[0])


def _fact(found: re.Match[str], basis: str, start: int) -> Fact | None:
    day = iso_date(found["date"])
    return None if day is None else Fact(value=day[:10], basis=basis, region=(start + found.start("date"), start + found.end("date")))
