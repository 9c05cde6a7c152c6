"""Words made fit to show: nothing hidden in them, measured in columns, wrapped and cut to a width."""

from __future__ import annotations

import unicodedata

from .. import expressions as re

__all__ = ["clip", "columns", "cut", "one_line", "shown", "wrap"]

_REPLACEMENT = "\ufffd"
_BLANKS = re.compile(r"\s+")
_HIDDEN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), _REPLACEMENT)
_HIDDEN_KEPT = {c: to for c, to in _HIDDEN.items() if c not in (9, 10)}


def shown(text: str) -> str:
    """The text with control characters, direction overrides and lone surrogates replaced by U+FFFD, one for one; line feeds and tabs stay."""
    return text.translate(_HIDDEN_KEPT)


def one_line(text: str) -> str:
    """The text on one line: white space folded, and what could steer a terminal or turn a line round replaced by U+FFFD."""
    return _BLANKS.sub(" ", text).strip().translate(_HIDDEN)


def columns(text: str) -> int:
    """How many terminal columns a text takes: wide characters two, combining marks none (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(c) for c in text)


def _columns_of(character: str) -> int:
    if character == "\ufe0f":  # asks for the wide, coloured form of the character before it
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, limit: int) -> tuple[str, str]:
    """The longest start of the text that fits ``limit`` columns (never nothing, unless the text is), and the rest."""
    if len(text) * 2 <= limit:
        return text, ""
    used = 0
    for i, character in enumerate(text):
        used += _columns_of(character)
        if used > limit and i:
            return text[:i], text[i:]
    return text, ""


def clip(text: str, limit: int) -> str:
    """The text on one line in at most ``limit`` columns; "…" stands for what is left out, cut at a word where one ends near."""
    line = one_line(text[: limit * 4 + 80])
    if columns(line) <= limit and len(text) <= limit * 4 + 80:
        return line
    start = cut(line, limit - 1)[0]
    blank = start.rfind(" ", len(start) * 2 // 3)
    return (start[:blank] if blank > 0 else start).rstrip(" ,;:–—") + "…"


def wrap(text: str, limit: int, first: str = "", rest: str | None = None, most: int | None = None) -> list[str]:
    """Lines of at most ``limit`` columns, the first after ``first``, the others after ``rest`` (blanks as wide as ``first`` unless given).

    A word that is too long for a line is split. With ``most``, no more lines than that come back and the last one ends in "…".
    """
    rest = " " * columns(first) if rest is None else rest
    lines, line, room = [], "", limit - columns(first)
    for word in one_line(text).split(" "):
        while True:
            joined = f"{line} {word}" if line else word
            if columns(joined) <= room:
                line = joined
                break
            if line:
                lines.append(line)
                line, room = "", limit - columns(rest)
                continue
            start, word = cut(word, room)
            lines.append(start)
            room = limit - columns(rest)
            if not word:
                break
            if most is not None and len(lines) > most:
                break
        if most is not None and len(lines) > most:
            break
    lines += [line] if line or not lines else []
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        space = limit - columns(first if most == 1 else rest)
        lines = [*lines[: most - 1], (last if columns(last) < space else cut(last, space - 1)[0]).rstrip() + "…"]
    return [(rest if i else first) + x for i, x in enumerate(lines)]
