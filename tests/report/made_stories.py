"""Stories made by hand, small and whole: every span is where its words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from whence.report import summary_line
from whence.types import (
    Arithmetic,
    Attribution,
    Basis,
    Cell,
    Claim,
    Containment,
    Dated,
    Furniture,
    Link,
    LinkKind,
    NotChecked,
    Origins,
    Party,
    PartyKind,
    Passage,
    Quantity,
    Relation,
    Report,
    Span,
    Story,
    Stretch,
    Witnesses,
)

LONG_WORD = "x" * 1_000_000
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202egnp.exe\u202c {{ 7*7 }} {% raw %} [a](javascript:alert(3)) \x1b[31m"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def report(id_: str, text: str, outlet: str | None, **more: object) -> Report:
    facts: dict[str, object] = {"path": f"{id_}.txt", "url": None, "title": text.split("\n")[0][:200], "published": None, "language": "en"}
    rest: dict[str, object] = {"furniture": (), "wire": "unknown", "credits": (), "related": True, "evidence": {"outlet": "given"}}
    return Report(**{**facts, **rest, **more}, id=id_, outlet=outlet, text=text)  # type: ignore[arg-type]


def party(id_: str, name: str, kind: PartyKind = "outlet", wrote: str | None = None) -> Party:
    return Party(id=id_, name=name, kind=kind, report=wrote)


def cell(r: Report, words: str, chain: Sequence[str], basis: Basis = "cited") -> Cell:
    s = span(r.text, words)
    return Cell(report=r.id, start=s.start, end=s.end, text=s.text, chain=tuple(chain), basis=basis)


def claim(
    id_: str,
    question: str,
    cells: Sequence[Cell],
    origins: Origins,
    weakest: Sequence[str],
    relation: Relation = "same",
    why: str = "as the reports say",
) -> Claim:
    return Claim(
        id=id_,
        question=question,
        cells=tuple(cells),
        relation=relation,
        why=why,
        origins=origins,
        witnesses=Witnesses(low=1, high=origins.high),
        weakest=tuple(weakest),
    )


def counted(low: int, best: float, high: int, *parties: str) -> Origins:
    return Origins(low=low, best=best, high=high, parties=parties)


def link(a: str, b: str, kind: LinkKind, *, directed: bool = True, confidence: float = 0.9, at: tuple[int, int] = (0, 0)) -> Link:
    places = (Passage(from_=Stretch(start=at[0], end=at[0] + 10), to=Stretch(start=at[1], end=at[1] + 10)),)
    shared = Containment(from_in_to=0.5, to_in_from=0.6)
    why = "40 words run word for word"
    return Link(from_=a, to=b, kind=kind, directed=directed, confidence=confidence, why=why, containment=shared, evidence=places)


def story(reports: Sequence[Report], parties: Sequence[Party], claims: Sequence[Claim] = (), **more: Sequence[object]) -> Story:
    empty: Mapping[str, Sequence[object]] = {
        "attributions": (),
        "quantities": (),
        "links": (),
        "arithmetic": (),
        "timeline": (),
        "events": (),
        "not_checked": (),
    }
    rest = {k: tuple(v) for k, v in {**empty, **more}.items()}
    made = Story(schema="whence.report/1", version="0.0.0", summary="", reports=tuple(reports), parties=tuple(parties), claims=tuple(claims), **rest)  # type: ignore[arg-type]
    return replace(made, summary=summary_line(made))


def two_reports() -> Story:
    """Two papers that have one story from a third, which has it from an unnamed official; a quote differs, and a sum depends on its reading."""
    text = (
        "Port to grow\n\nThe port will spend nearly 1.5 times last year's 20 million crowns, The Harbour Ledger reported, citing a port official.\n\n"
        "“Imagine the ships. Will we cope?” the official said.\n\nThe quay was closed in June.\n\nSupport our paper!"
    )
    a = report("r1", text, "The Coast Post", published="2026-07-02", furniture=(_furniture(text, "Support our paper!"),))
    b = report(
        "r2",
        "Harbour plans bigger budget – Ledger\n\nThe port plans to spend nearly 1.5 times its old budget of 20 million crowns, "
        "The Harbour Ledger reported, citing a port official.\n\n“Imagine the ships. Are we going to cope?” the official told the Ledger.",
        "Inland Times",
    )
    parties = [
        party("p1", "The Coast Post", wrote="r1"),
        party("p2", "Inland Times", wrote="r2"),
        party("p3", "The Harbour Ledger"),
        party("p4", "a port official", "unnamed"),
    ]
    claims = [
        claim(
            "c1",
            "How much will the port spend?",
            [
                cell(a, "The port will spend nearly 1.5 times last year's 20 million crowns", ["p1", "p3", "p4"]),
                cell(b, "The port plans to spend nearly 1.5 times its old budget of 20 million crowns", ["p2", "p3", "p4"]),
            ],
            counted(1, 1.0, 1, "p4"),
            ["p3"],
        ),
        claim(
            "c2",
            "What did the official say?",
            [
                cell(a, "Imagine the ships. Will we cope?", ["p1", "p3", "p4"]),
                cell(b, "Imagine the ships. Are we going to cope?", ["p2", "p3", "p4"]),
            ],
            counted(1, 1.0, 1, "p4"),
            ["p3"],
            "quote-wording",
            "“Will we” here, “Are we going to” there",
        ),
        claim(
            "c3",
            "When was the quay closed?",
            [cell(a, "The quay was closed in June", ["p1"], "unattributed")],
            counted(1, 1.0, 1, "p1"),
            ["p1"],
            "only-in",
            "only here",
        ),
    ]
    said = span(a.text, "The port will spend nearly 1.5 times last year's 20 million crowns")
    heard = Attribution(
        id="a1",
        report="r1",
        kind="indirect",
        chain=("p1", "p3", "p4"),
        source=span(a.text, "The Harbour Ledger"),
        cue=span(a.text, "reported, citing"),
        content=(said,),
        confidence=0.9,
    )
    number = span(a.text, "nearly 1.5 times")
    stated = Quantity(
        id="q1", report="r1", start=number.start, end=number.end, text=number.text, low=1.45, high=1.5, value=1.5, unit="1", hedge="nearly"
    )
    money = span(a.text, "20 million crowns")
    spent = Quantity(id="q2", report="r1", start=money.start, end=money.end, text=money.text, low=19.5e6, high=20.5e6, value=20e6, unit="crown")
    sums = [
        Arithmetic(
            claim="c1",
            reading="20 million is the old budget",
            working="(20 + 11) / 20 = 1.54–1.56",
            low=1.54,
            high=1.56,
            stated="q1",
            verdict="hedge-side",
        ),
        Arithmetic(
            claim="c1",
            reading="20 million is the new budget",
            working="20 / (20 − 11) = 2.2–2.3",
            low=2.2,
            high=2.3,
            stated="q1",
            verdict="inconsistent",
        ),
    ]
    june = span(a.text, "June")
    dates = [Dated(date="2026-06", report="r1", start=june.start, end=june.end, text="June", basis="resolved")]
    unchecked = [NotChecked(check="origin-text", why="no report by The Harbour Ledger was given")]
    return story([a, b], parties, claims, attributions=[heard], quantities=[stated, spent], arithmetic=sums, timeline=dates, not_checked=unchecked)


def _furniture(text: str, words: str) -> Furniture:
    s = span(text, words)
    return Furniture(start=s.start, end=s.end, kind="promo")


def laundered() -> Story:
    """Five outlets in a row, the first of them then citing the last as if that were another source: a ring."""
    names = ["The Harbour Ledger", "Skyline Business", "Meridian News Agency", "The Capital Tribune", "Foothill Radio"]
    texts = [f"{n} on the memo\n\nThe airline may close 14 routes, says report {i}." for i, n in enumerate(names)]
    reports = [report(f"r{i}", t, n, published=f"2026-03-0{i}") for i, (n, t) in enumerate(zip(names, texts, strict=True), 1)]
    parties = [party(f"p{i}", n, wrote=f"r{i}") for i, n in enumerate(names, 1)] + [
        party("p6", "a person with knowledge of the airline's planning", "unnamed")
    ]
    words = "The airline may close 14 routes"
    chains = [["p1", "p6"], ["p2", "p1"], ["p3", "p2"], ["p4", "p3"], ["p5"]]
    cells = [cell(r, words, c, "cited" if len(c) > 1 else "unattributed") for r, c in zip(reports, chains, strict=True)]
    back = cell(reports[0], "says report 0", ["p1", "p3"])
    other = cell(reports[1], "says report 1", ["p2", "p3"])
    claims = [claim("c1", "How many routes may close?", cells, counted(1, 1.4, 2, "p6", "p5"), ["p1", "p5"])]
    claims += [claim(f"c{i}", "Who confirms it?", [back, other], counted(1, 1.0, 1, "p3"), ["p3"]) for i in (2, 3)]
    words_at = {r.id: r.text.index(words) for r in reports}
    links = [link("r3", "r4", "edits", at=(words_at["r3"], words_at["r4"])), link("r4", "r5", "shares-origin", directed=False, confidence=0.4)]
    return story(reports, parties, claims, links=links)


def many(n: int, rows: int = 20) -> Story:
    """So many reports: most have it from one agency, some from a paper, some name nobody; each with rows and words of its own."""
    agency, paper, official = "p901", "p902", "p903"
    filler = " ".join(f"Sentence {k} of the report says that the river stood at {k + 2} metres, according to the water board." for k in range(40))
    reports = [
        report(f"r{i}", f"Flood report {i}\n\nThe river rose and 22 people died.\n\n{filler}", f"Paper of Town Number {i}") for i in range(1, n + 1)
    ]
    parties = [party(f"p{i}", r.outlet or "", wrote=r.id) for i, r in enumerate(reports, 1)]
    parties += [party(agency, "Meridian News Agency", "agency"), party(paper, "The Harbour Ledger"), party(official, "a rescue official", "unnamed")]
    tails = [[agency, official], [paper, official], [agency], []]
    ways = [tails[0 if i % 7 else 1 if i % 2 else 3] for i in range(1, n + 1)]
    lead = [
        cell(r, "The river rose and 22 people died", [f"p{i}", *w], "cited" if w else "unattributed")
        for i, (r, w) in enumerate(zip(reports, ways, strict=True), 1)
    ]
    claims = [claim("c1", "How many people died?", lead, counted(1, 1.7, 3, official), [agency, paper], "evolving", "22 on Monday, 25 on Tuesday")]
    for k in range(rows):
        said = [
            cell(r, f"Sentence {k} of the report says that the river stood at {k + 2} metres", [f"p{i}", agency])
            for i, r in enumerate(reports, 1)
            if (i + k) % 3
        ]
        claims.append(claim(f"c{k + 2}", f"How high did the river stand, time {k}?", said, counted(1, 1.0, 1, agency), [agency]))
    for i, r in enumerate(reports, 1):
        for k in range(rows, 40):
            alone = cell(r, f"Sentence {k} of the report says", [f"p{i}"], "unattributed")
            claims.append(claim(f"c{1000 * i + k}", "What of it?", [alone], counted(1, 1.0, 1, f"p{i}"), [f"p{i}"], "only-in", "only here"))
    water = [
        Attribution(
            id=f"a{i}-{k}",
            report=r.id,
            kind="indirect",
            chain=(f"p{i}", agency),
            source=None,
            cue=span(r.text, f"{k + 2} metres, according to"),
            content=(span(r.text, f"Sentence {k} of the report says"),),
            confidence=0.9,
        )
        for i, r in enumerate(reports, 1)
        for k in range(40)
    ]
    links = [link(f"r{i}", f"r{i + 1}", "shares-origin", directed=False, confidence=0.5) for i in range(1, n)]
    return story(reports, parties, claims, attributions=water, links=links)


def hostile() -> Story:
    """Markup, script, template code, direction overrides, terminal escapes and words of a million letters wherever a report can put them."""
    text = f"{HOSTILE}\n\nsaid {HOSTILE} in 1999\n\n{LONG_WORD}"
    more: dict[str, object] = {"title": HOSTILE, "published": HOSTILE, "evidence": {"outlet": HOSTILE}}
    a = report("r1", text, HOSTILE, **more, path=f"/x/{HOSTILE}", url="javascript:alert(4)")
    b = report("r2", text, LONG_WORD, **more, url="https://example.org/?q=<script>&\"'")
    parties = [party("p1", HOSTILE, wrote="r1"), party("p2", LONG_WORD, wrote="r2"), party("p3", HOSTILE, "unnamed")]
    cells = [cell(r, LONG_WORD, [p, "p3"]) for r, p in ((a, "p1"), (b, "p2"))]
    quotes = [cell(r, f"said {HOSTILE}", [p, "p3"]) for r, p in ((a, "p1"), (b, "p2"))]
    claims = [
        claim("c1", HOSTILE, cells, counted(1, 1.0, 1, "p3"), ["p3"], "conflicting", HOSTILE),
        claim("c2", LONG_WORD, quotes, counted(1, 1.0, 1, "p3"), ["p3"], "quote-wording", LONG_WORD),
    ]
    year = span(text, "1999")
    dates = [Dated(date=HOSTILE, report="r1", start=year.start, end=year.end, text="1999", basis="stated")]
    number = Quantity(id="q1", report="r1", start=year.start, end=year.end, text="1999", low=None, high=None, value=None, unit=HOSTILE, hedge=HOSTILE)
    sums = [Arithmetic(claim="c1", reading=HOSTILE, working=LONG_WORD, low=1.0, high=2.0, stated="q1", verdict="consistent")]
    heard = Attribution(
        id="a1",
        report="r1",
        kind="direct",
        chain=("p1", "p3"),
        source=span(text, HOSTILE),
        cue=span(text, "said"),
        content=(span(text, LONG_WORD),),
        confidence=1.0,
    )
    unchecked = [NotChecked(check="x", why=HOSTILE), NotChecked(check="x", why=LONG_WORD)]
    links = [link("r1", "r2", "copies")]
    return story(
        [a, b], parties, claims, attributions=[heard], quantities=[number], arithmetic=sums, timeline=dates, not_checked=unchecked, links=links
    )


def alone() -> Story:
    """One report, and no claim to lay beside another."""
    a = report("r1", "A title\n\nThe mayor resigned, she said.", None)
    parties = [party("p1", "r1.txt", wrote="r1"), party("p2", "the mayor", "person")]
    only = claim("c1", "Who resigned?", [cell(a, "The mayor resigned", ["p1", "p2"])], counted(1, 1.0, 1, "p2"), ["p2"], "only-in", "only here")
    return story([a], parties, [only], not_checked=[NotChecked(check="comparison", why="only one report of this story was given")])


def nothing() -> Story:
    """A report in which nothing was found."""
    return story([report("r1", "…", None)], [])


def rtl_and_wide() -> Story:
    """Arabic, Hebrew, Chinese, combining marks and emoji."""
    a = report("r1", "عنوان\n\nقال المسؤول إن 22 شخصا قتلوا", "صحيفة النهر")
    text = (
        "標題\n\n官員說有二十二人死亡，這是一個非常長的句子，沒有任何空格可以在上面斷行，"
        "所以必須在任何地方斷行才能放進一百列之內，否則終端機就會自己斷行。"
    )
    b = report("r2", text, "河流日報")
    parties = [
        party("p1", "صحيفة النهر", wrote="r1"),
        party("p2", "河流日報", wrote="r2"),
        party("p3", "مسؤول", "unnamed"),
        party("p4", "é" * 3 + "👩‍👩‍👧‍👦❤️", "person"),
    ]
    cells = [cell(a, "قال المسؤول إن 22 شخصا قتلوا", ["p1", "p3"]), cell(b, b.text.split("\n")[2], ["p2", "p4"])]
    return story([a, b], parties, [claim("c1", "كم شخصا قتلوا؟", cells, counted(1, 1.5, 2, "p3", "p4"), ["p3", "p4"], "differs", "22 和 二十二")])


ALL = {
    "two": two_reports,
    "laundered": laundered,
    "many": lambda: many(12, 6),
    "hostile": hostile,
    "alone": alone,
    "nothing": nothing,
    "wide": rtl_and_wide,
}
