"""What is read and what is found in one article: frozen, slotted, typed values without logic.

Offsets are Unicode code points into one report's text, half-open.
"""

from __future__ import annotations

from typing import Literal, dataclass_transform

import msgspec

Region = tuple[int, int]
"""Start and end of some words in a text, half-open, in code points."""

ReportId = str
PartyId = str

PartyKind = Literal["outlet", "agency", "person", "organisation", "document", "public", "unnamed"]
SpeechKind = Literal["direct", "mixed", "indirect"]
WireState = Literal["yes", "no", "unknown"]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all values: compared by content, never changed."""


class Rate(Value):
    """How many units of ``to`` one unit of ``from_`` is (ISO 4217 codes), on a day or at no stated one; ``place`` is where the user gave it."""

    from_: str
    to: str
    rate: float
    date: str | None
    place: str


# ---- on the way in ---------------------------------------------------------------------------------------------


class Fact(Value):
    """Something found out about a report, with how it is known.

    ``region`` is where the text shows it; it is None where the evidence is not in the text (a file's name, a page's metadata).
    """

    value: str
    basis: str
    region: Region | None = None


class Page(Value):
    """A report as it came: decoded characters and where they came from. ``text`` is raw HTML where ``media`` is html."""

    path: str
    text: str
    media: Literal["text", "html"]
    encoding: str = "utf-8"
    line: int | None = None
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


class Refused(Value):
    """An input that could not be read: which, where in it, why, and what to do."""

    path: str
    why: str
    line: int | None = None
    id: str | None = None


class Furniture(Value):
    """Page furniture: kept in the text, kept out of the claims."""

    start: int
    end: int
    kind: str


class Article(Value):
    """A readable text with what is known about it. ``text`` holds everything, furniture included."""

    path: str
    text: str
    outlet: Fact | None = None
    title: Fact | None = None
    published: Fact | None = None
    language: Fact | None = None
    url: str | None = None
    id: str | None = None
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[str, ...] = ()


# ---- found in one article --------------------------------------------------------------------------------------


class Heard(Value):
    """Who said what, as spans alone: what a tagger or a rule finds before anybody knows who the source is.

    ``source`` is None where the text names none. ``content`` has several regions where the words are interrupted.
    ``inside`` is the index (in the same tuple) of the attribution in whose content this one stands, or None.
    """

    source: Region | None
    cue: Region | None
    content: tuple[Region, ...]
    confidence: float
    inside: int | None = None


class Span(Value):
    """Some words of a report."""

    start: int
    end: int
    text: str


class Unnamed(Value):
    """What a text says of a person it does not name."""

    number: Literal["one", "several", "unknown"] = "unknown"
    seniority: str | None = None
    affiliation: str | None = None
    reason: str | None = None


class Party(Value):
    """Somebody or something that stands in a chain. ``report`` is the report it wrote, if given."""

    id: PartyId
    name: str
    kind: PartyKind
    aliases: tuple[str, ...] = ()
    report: ReportId | None = None
    unnamed: Unnamed | None = None


class Attribution(Value):
    """Who said what by way of whom: ``chain`` runs from the report's own outlet out to the last party named.

    ``inside`` is the attribution in whose content this one stands.
    """

    id: str
    report: ReportId
    kind: SpeechKind
    chain: tuple[PartyId, ...]
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float
    inside: str | None = None


class Quantity(Value):
    """A number as the interval its rounding and its hedge allow; ``low`` or ``high`` is None where it is open.

    ``unit``: a pint unit, an ISO 4217 code, "1" for ratios and shares, "person", else the counted noun in the singular.
    """

    id: str
    report: ReportId
    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    value: float | None
    unit: str
    hedge: str | None = None


class Dated(Value):
    """A happening's date as EDTF, with how it is known: stated in the text, or resolved against the report's own date."""

    date: str
    report: ReportId
    start: int
    end: int
    text: str
    basis: Literal["stated", "resolved"]


class Credit(Value):
    """A dateline, byline, credit line or "first reported by" that credits a party with the whole report."""

    party: PartyId
    start: int
    end: int
    text: str


class NotChecked(Value):
    """A check that did not run, and why."""

    check: str
    why: str


class Marks(Value):
    """All that is found in one article. Party ids are the article's own until the story gives them story-wide ones."""

    sentences: tuple[Region, ...] = ()
    parties: tuple[Party, ...] = ()
    own: PartyId | None = None
    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    timeline: tuple[Dated, ...] = ()
    credits: tuple[Credit, ...] = ()
    wire: WireState = "unknown"
    not_checked: tuple[NotChecked, ...] = ()


class Annotated(Value):
    """One report of a story with all that was found in it. In a story, party ids are the story's.

    ``related`` is False for a page that is no report of this story.
    """

    id: ReportId
    article: Article
    marks: Marks
    related: bool = True
