"""What is found between reports, and the report of ``contract.md`` field by field, so that writing JSON is encoding a value and nothing else."""

from __future__ import annotations

from typing import Literal

import msgspec

from .found import Attribution, Credit, Dated, Furniture, NotChecked, Party, PartyId, Quantity, ReportId, Span, Value, WireState

Basis = Literal["own", "cited", "copied", "unattributed"]
Relation = Literal[
    "same", "rounding", "converted", "more-specific", "evolving", "depends-on-reading", "quote-wording", "hedge-changed", "attribution-dropped",
    "differs", "conflicting", "only-in",
]  # fmt: skip
LinkKind = Literal["copies", "edits", "rewrites", "quotes", "cites", "shares-origin"]
Verdict = Literal["consistent", "hedge-side", "inconsistent", "depends-on-reading", "not-checkable"]


# ---- found between reports -------------------------------------------------------------------------------------


class MaybeSame(Value):
    """Two parties that may be one, or (``shown``) are one as shared passages show; ``chance`` is the probability that they are."""

    a: PartyId
    b: PartyId
    chance: float
    why: str
    shown: bool = False


class Stretch(Value):
    """Where a passage stands in one report."""

    start: int
    end: int


class Passage(Value):
    """The same passage in two reports."""

    from_: Stretch = msgspec.field(name="from")
    to: Stretch


class Containment(Value):
    """The share of each report's words that stands in the other, 0 to 1."""

    from_in_to: float
    to_in_from: float


class Link(Value):
    """Which report is made from which, and the passages that show it. ``directed`` is False where that cannot be told."""

    from_: ReportId = msgspec.field(name="from")
    to: ReportId
    kind: LinkKind
    directed: bool
    confidence: float
    why: str
    containment: Containment
    evidence: tuple[Passage, ...]


class Cell(Value):
    """One report's answer to a claim's question, in its own words; where ``doubtful``, it may answer another, and no count rests on it."""

    report: ReportId
    start: int
    end: int
    text: str
    chain: tuple[PartyId, ...]
    basis: Basis
    doubtful: bool = False


class Origins(Value):
    """How many independent origins a claim has: at least, probably, at most; and which parties they are."""

    low: int
    best: float
    high: int
    parties: tuple[PartyId, ...]


class Witnesses(Value):
    """How many newsrooms may have heard an utterance themselves."""

    low: int
    high: int


class Claim(Value):
    """One question and every report's answer to it. ``confidence``: the mean probability that two of its cells answer it both; 1 for one cell."""

    id: str
    question: str
    cells: tuple[Cell, ...]
    relation: Relation
    why: str
    origins: Origins
    witnesses: Witnesses
    weakest: tuple[PartyId, ...]
    confidence: float = 1.0


class Arithmetic(Value):
    """A sum the reader would want done, with its working."""

    claim: str | None
    reading: str
    working: str
    low: float | None
    high: float | None
    stated: str | None
    verdict: Verdict


class Spot(Value):
    """Some words of one report."""

    report: ReportId
    span: Span


class Remark(Value):
    """What one report leaves out of, or makes more of, what stands in the report it draws on; the words of both, in one plain sentence."""

    kind: Literal["plural-inflation", "unnamed-left-out", "denial-left-out", "hedge-left-out", "date-left-out"]
    why: str
    spots: tuple[Spot, ...]


class Event(Value):
    """Who did what to whom, as a PLOVER event."""

    report: ReportId
    start: int
    end: int
    actor: str | None
    actor_text: str
    target: str | None
    target_text: str
    type: str
    status: Literal["happened", "reported", "planned", "threatened", "denied"]
    date: str | None
    chain: tuple[PartyId, ...]


class Report(Value):
    """One report as it is shown: its text, and what is known of it as a whole."""

    id: ReportId
    path: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    text: str
    furniture: tuple[Furniture, ...]
    wire: WireState
    credits: tuple[Credit, ...]
    related: bool
    evidence: dict[str, str]


class Annotation(Value):
    """One article with its own marks, as ``whence annotate`` prints it."""

    id: str
    reports: tuple[Report, ...]
    parties: tuple[Party, ...]
    attributions: tuple[Attribution, ...]
    quantities: tuple[Quantity, ...]
    timeline: tuple[Dated, ...]
    not_checked: tuple[NotChecked, ...]


class Failed(Value):
    """An article that could not be annotated, and why."""

    id: str
    error: str


class Story(Value):
    """The whole answer: ``whence.report/1``."""

    schema: str
    version: str
    summary: str
    not_checked: tuple[NotChecked, ...]
    reports: tuple[Report, ...]
    parties: tuple[Party, ...]
    attributions: tuple[Attribution, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    arithmetic: tuple[Arithmetic, ...]
    timeline: tuple[Dated, ...]
    events: tuple[Event, ...]
    remarks: tuple[Remark, ...] = ()


# ---- how much of a story's coverage is reporting ---------------------------------------------------------------


class OneText(Value):
    """One text of a story and its copies.

    ``pages`` are the ids of the reports that carry it, the fullest first, and ``outlets`` theirs. ``credits`` are the agencies and newsrooms that some page
    credits, ``credited`` how many pages do. ``own``: whether it reports anything of its own; ``why`` and the span ``shown`` (in the first page) say by what,
    ``maker`` whose reporting it is.
    """

    id: str
    pages: tuple[str, ...]
    outlets: tuple[str, ...]
    credits: tuple[str, ...]
    credited: int
    own: Literal["shown", "possible", "none"]
    why: str
    shown: Span | None = None
    maker: str | None = None


class Feed(Value):
    """How many pages of an outlet carry what a source made: an agency or newsroom by name, or a text (its id) that nobody is credited with.

    ``strength``: stated where those pages credit it, shown where their text is that of pages that do, or is another's by its passages alone.
    """

    source: str
    outlet: str
    pages: int
    strength: Literal["stated", "shown"]


class Census(Value):
    """A story's coverage counted: ``whence.origins/1``. ``own`` is an interval: what is shown, and what may be besides."""

    schema: str
    version: str
    pages: int
    outlets: int
    texts: int
    crediting: int
    uncredited: int
    own_low: int
    own_high: int
    origins: Origins
    names: dict[str, str]
    copies: tuple[OneText, ...]
    feeds: tuple[Feed, ...]
    not_checked: tuple[NotChecked, ...]
