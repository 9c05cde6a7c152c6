"""Who said what, by rule: the front end for languages and machines without a model.

One pass a paragraph: quotations become single tokens, cues are looked up, the subject is the phrase next to the cue, the content is what
the cue takes. A content that is long enough is read again, so that what is reported inside it stands inside it (depth 3 at most).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text import trim
from ..types import Heard, Region
from . import phrases
from .cues import Cues, cues, word_set
from .phrases import Shape
from .reader import Reader
from .runs import Announced, carry_quotations
from .tokens import Line, line

__all__ = ["find_heard"]

_FIRST_PERSON = word_set("first_person")
_INNER_WORDS = 8


def _offsets(ln: Line, parts: Sequence[Shape]) -> tuple[Region, ...]:
    return tuple(trim(ln.text, (ln.start[lo], ln.end[hi - 1])) for lo, hi in parts)


def _read_paragraph(text: str, region: Region, table: Cues, base: int, depth: int = 1, outer: int | None = None) -> tuple[Line, Reader, list[Heard]]:
    """One paragraph, or the inside of a quotation, as attributions numbered from ``base``."""
    ln = line(text, region)
    reader = Reader(ln, table)
    for lo, hi in reader.joined():
        reader.read(lo, hi, depth, None)
    out = [
        Heard(
            source=None if f.source is None else phrases.region(ln, f.source),
            cue=phrases.region(ln, f.cue),
            content=_offsets(ln, f.content),
            confidence=f.confidence,
            inside=outer if f.outer is None else base + f.outer,
        )
        for f in reader.found
    ]
    return ln, reader, out


def _inside_quotes(text: str, heard: list[Heard], base: int, table: Cues) -> list[Heard]:
    """What a quoted speaker reports in his turn; what he says of himself ("I think") is no attribution."""
    out: list[Heard] = []
    for n, h in enumerate(heard):
        if h.inside is not None:
            continue
        for a, b in h.content:
            if text[a] not in "\"“«„‘'" or text.count(" ", a, b) < _INNER_WORDS:
                continue
            inner = trim(text, (a + 1, b), "”\"»’'")
            if inner[0] >= inner[1]:
                continue
            found = _read_paragraph(text, inner, table, 0)[2]
            at = {i: len(out) + k for k, i in enumerate(i for i, f in enumerate(found) if _reports(text, f))}
            for i in at:
                f = found[i]
                up = f.inside
                out.append(
                    Heard(
                        source=f.source,
                        cue=f.cue,
                        content=f.content,
                        confidence=f.confidence * 0.8,
                        inside=base + n if up is None or up not in at else -1 - at[up],
                    )
                )
    first = base + len(heard)
    return [
        Heard(
            source=h.source,
            cue=h.cue,
            content=h.content,
            confidence=h.confidence,
            inside=first - 1 - h.inside if h.inside is not None and h.inside < 0 else h.inside,
        )
        for h in out
    ]


def _reports(text: str, h: Heard) -> bool:
    return h.source is not None and text[slice(*h.source)].lower() not in _FIRST_PERSON and h.confidence >= 0.7


def find_heard(text: str, paragraphs: Sequence[Region]) -> tuple[Heard, ...]:
    """Every attribution of a text, paragraph by paragraph, outer before inner.

    ``paragraphs`` are regions of ``text`` in order. Confidence is the rule's, 0 to 1: 0.95 for a quotation with its cue, 0.55 for an object.
    """
    table = cues()
    out: list[Heard] = []
    read: list[tuple[Line, int, int, Announced | None]] = []
    for p in paragraphs:
        ln, reader, found = _read_paragraph(text, p, table, len(out))
        base = len(out)
        out.extend(found)
        out.extend(_inside_quotes(text, found, base, table))
        read.append((ln, base, len(out), reader.announced()))
    return carry_quotations(text, read, out)
