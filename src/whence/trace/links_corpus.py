"""Links in a corpus: every pair of texts that shares more than two reporters write apart, from a handful to a whole day of the news."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from ..errors import InputError
from ..types import Link, Passage, Refused, Stretch
from .reuse_align import Segment
from .reuse_direction import told
from .reuse_judge import Shared, joined, placed
from .reuse_words import CONTENT
from .reuse_written import written

__all__ = ["SetPhrase", "Text", "links", "links_of_corpus", "set_phrases"]

Progress = Callable[[int, int], None]
"""Called with documents done and documents in all."""


class Text(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line of a corpus. Without ``outlet`` its boilerplate is not known, without ``published`` directions are left open more often."""

    text: str
    id: str | int | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None


class SetPhrase(msgspec.Struct, frozen=True, kw_only=True):
    """A formula of the trade or an outlet's boilerplate: the text in which it first stands, where, and in how many places it stands."""

    kind: Literal["boilerplate", "formula"]
    id: str
    start: int
    end: int
    places: int


def links(
    corpus: str,
    *,
    refused: Callable[[Refused], None],
    index: str | None = None,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any]]:
    """The links of a corpus of JSON lines, as values ready to be encoded, in the order of the later document of each pair.

    Every line is an object with ``text`` and, where known, ``id`` (else the line's number), ``outlet``, ``published`` (ISO 8601) and
    ``language``. A line that cannot be read is given to ``refused``, named by its number, and the rest is done. With ``index``, a folder, the
    corpus is also compared with all texts added to it before, and then added to it. Where more texts than a few are copies of one, each is
    linked to the first of them, whose id is the ``group`` of these links.

    Raises InputError where the file cannot be opened, and where the index was written by another version.
    """
    from . import index as words
    from .index_store import load, save

    store = load(index) if index else words.Index()
    asking = len(store.texts)
    try:
        with open(corpus, "rb") as lines:
            store.expect(os.fstat(lines.fileno()).st_size)
            for batch in _batches(lines, corpus, asking, refused):
                store.append(batch)
    except FileNotFoundError:
        raise InputError(corpus, "there is no such file; check the name") from None
    except OSError as error:
        raise InputError(corpus, f"cannot be read ({error.strerror or error}): give a file of JSON lines") from error
    for found in words.pairs(store, asking, progress, last=index is None):
        row = msgspec.to_builtins(link_of(store, found))
        if found.group >= 0:
            row["group"] = store.texts[found.group].id
        yield row
    if index:
        save(store, index, asking)


def links_of_corpus(texts: Sequence[Text], progress: Progress | None = None) -> Iterator[Link]:
    """The links of texts in memory, in the order of the later text of each pair; a text without ``id`` is called by its place, from 1."""
    from . import index as words

    store = words.Index()
    store.append([t if t.id is not None else msgspec.structs.replace(t, id=str(n + 1)) for n, t in enumerate(texts)])
    for found in words.pairs(store, 0, progress, last=True):
        yield link_of(store, found)


def set_phrases(texts: Sequence[Text]) -> Iterator[SetPhrase]:
    """What the texts share by habit and what therefore made no link: each phrase once, where it first stands."""
    from . import index as words
    from .index_grams import habits

    store = words.Index()
    store.append([t if t.id is not None else msgspec.structs.replace(t, id=str(n + 1)) for n, t in enumerate(texts)])
    for habit in habits(store):
        start, end = store.region(habit.first, habit.end)
        kind: Literal["boilerplate", "formula"] = "boilerplate" if habit.boilerplate else "formula"
        yield SetPhrase(kind=kind, id=store.texts[habit.document].id, start=start, end=end, places=habit.places)


def _batches(lines: Any, corpus: str, before: int, refused: Callable[[Refused], None], size: int = 1 << 20) -> Iterator[list[Text]]:
    """The lines of a corpus, a megabyte of text at a time."""
    decoder = msgspec.json.Decoder(Text)
    batch: list[Text] = []
    held = 0
    for number, line in enumerate(lines, 1):
        if line.isspace():
            continue
        try:
            text = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            refused(Refused(path=corpus, why=f"no text could be read: {error}", line=number))
            continue
        batch.append(text if text.id is not None else msgspec.structs.replace(text, id=str(before + number)))
        held += len(text.text)
        if held >= size:
            yield batch
            batch, held = [], 0
    yield batch


def link_of(store: Any, found: Any) -> Link:
    """A pair that the compiled passes found, written down."""
    a, b = store.texts[found.a], store.texts[found.b]
    start_a, start_b = store.doc_start[found.a], store.doc_start[found.b]
    shared = Shared(
        segments=tuple(Segment(x - start_a, y - start_b, length) for x, y, length in found.segments),
        run=found.run,
        strength=found.strength / CONTENT,
        own_run=found.own_run,
        own_strength=found.own_strength / CONTENT,
        matched=found.matched_a,
        spanned=found.spanned,
        share_a=found.matched_a / (store.doc_start[found.a + 1] - start_a),
        share_b=found.matched_b / (store.doc_start[found.b + 1] - start_b),
    )
    way = told(a.published, b.published, shared)
    kind, why = placed(shared, way)
    evidence = []
    for p, end_p, q, end_q in joined(shared.segments):
        here, there = store.region(start_a + p, start_a + end_p), store.region(start_b + q, start_b + end_q)
        evidence.append(Passage(from_=Stretch(start=here[0], end=here[1]), to=Stretch(start=there[0], end=there[1])))
    return written((str(a.id), str(b.id)), shared, way, kind, why, tuple(evidence))
