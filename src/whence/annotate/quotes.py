"""Which words stand in quotation marks.

An automaton over one paragraph: curly, straight and angle quotation marks, and single marks where they are no apostrophes.
It never raises, closes any double mark by any other (badly set pages mix them), and lets a mark that is never closed run to the paragraph's end.
"""

from __future__ import annotations

from typing import NamedTuple

from .. import expressions as re
from ..types import Region

__all__ = ["Quote", "find_quotes"]

_MARK = re.compile(
    r"[â\"“”„‟«»‹›＂'`‘’‚](?:(?<=â)\x80[\x9c\x9d]|(?<=[\"“”„‟«»‹›＂])|(?<![^\W_].)(?:(?<=')'|(?<=`)`|(?<=‘)‘|(?<=’)’)"
    r"|(?<=['‘’‚])(?=[^\W_\s\[(…])|(?<=[^\s].)(?<=['’])(?![^\W_]))"
)
"""Its first character is a class by itself, so that the search runs over all others at once; what stands before that is asked behind it."""
_OPENING = "“„‟«‹"
_CLOSING = "”»›"
_SINGLE = "'‘’‚"


class Quote(NamedTuple):
    """A quotation: the outer edges of its marks, and whether its closing mark was found."""

    start: int
    end: int
    closed: bool
    single: bool


def _opens(text: str, at: int, start: int) -> bool:
    """True where a straight mark stands as an opening one does: after nothing, a blank or a bracket, and before a word."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([{—–-:…") and not after.isspace()


def _single_end(text: str, at: int, end: int) -> int | None:
    """Where a single quotation that opens at ``at`` closes: the last mark of its kind that no letter follows and a sentence could end on."""
    i, fallback = at + 1, None
    while i < end:
        c = text[i]
        if c in "'’" and not (i + 1 < end and text[i + 1].isalnum()) and not text[i - 1].isspace():
            if text[i - 1] in ".,!?;:…" or (i + 1 < end and text[i + 1] in ".,;:!?)") or i + 1 >= end:
                return i + 1
            if fallback is None and text[i - 1] != "s":
                return i + 1
            fallback = fallback or i + 1
        elif c in '"“”':
            break
        i += 1
    return fallback


def find_quotes(text: str, region: Region) -> list[Quote]:
    """The quotations of one paragraph in order, none inside another; marks included."""
    start, end = region
    out: list[Quote] = []
    opened: int | None = None
    depth = 0
    skip = start
    for m in _MARK.finditer(text, start, end):
        at, mark = m.start(), m.group()
        if at < skip:
            continue
        if mark[0] in _SINGLE and len(mark) == 1:
            if opened is None and mark in "'‘" and _opens(text, at, start):
                close = _single_end(text, at, end)
                if close is not None and close - at > 3:
                    out.append(Quote(at, close, True, True))
                    skip = close
            continue
        if len(mark) == 3:  # UTF-8 read as Latin-1: a curly mark in three characters
            mark = "“" if mark[2] == "\x9c" else "”"
            if mark == "”" and opened is None:
                continue
        if opened is None:
            if mark in _CLOSING and mark != "”":
                continue
            if mark in '"＂' and at > start and text[at - 1].isdigit() and not _opens(text, at, start):
                continue
            if mark == "”" and not _opens(text, at, start):
                continue
            opened, depth = at, 0
        elif mark in _OPENING and mark != "„":
            depth += 1
        elif depth and mark in _CLOSING:
            depth -= 1
        else:
            out.append(Quote(opened, m.end(), True, False))
            opened = None
    if opened is not None:
        if depth and out_of_balance(text, opened, end):
            close = max(text.rfind(c, opened + 1, end) for c in _CLOSING + '"')
            if close > opened:
                out.append(Quote(opened, close + 1, True, False))
                return out
        out.append(Quote(opened, end, False, False))
    return out


def out_of_balance(text: str, start: int, end: int) -> bool:
    """True where a later mark could close what was opened, though an inner opening mark took it."""
    return any(c in text[start + 1 : end] for c in _CLOSING)
