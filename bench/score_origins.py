"""Claims whose interval of origins is exact, and at which step the others go wrong: ``python bench/score_origins.py FOLDER… [--misses] [--test]``.

FOLDERs hold marked stories (``gold.toml``, ``reports/``), read as ``whence brief OUTLET=PATH`` reads them. Three columns, each exact of how many:

- ``own``: the program's own rows, as ``../shared/tools/score_cases.py`` counts them (claims whose cells all stand in one row);
- ``cells``: the marked cells, with the chains the program gives them: chains and counting without alignment;
- ``chains``: the marked cells with the marked chains (where a cell's attribution is marked, else the program's): counting alone.

``over`` is what ``score_case.py`` calls over-counted. ``--misses`` prints each claim that is not exact in one of them. Of ``examples/retold`` only the work
half is read: folders whose name has an odd crc32 are left out, or with ``--test`` they alone are read and totals alone printed.
"""

from __future__ import annotations

import pathlib
import re
import sys
import tomllib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))

from whence.compare import compare
from whence.compare.cells import cell_of
from whence.compare.origins import count_origins
from whence.compare.provenance import provenance
from whence.compare.units import unit_at
from whence.pipeline import Gathered, gather, prepare
from whence.read import read_pages
from whence.text import overlap
from whence.types import Annotated, Cell, Claim, MaybeSame, Origins, Party, PartyId, Region, Unnamed

STEPS = ("own", "cells", "chains")
_SHARE = 0.4  # of the shorter of two regions, from which they are one cell (score_case.py)
Gold = dict[str, Any]


class Marked(NamedTuple):
    """A marked story as the program knows it before it compares: its gold, the reports by key, and what was gathered."""

    name: str
    gold: Gold
    reports: dict[str, Annotated]
    told: Gathered


class Judged(NamedTuple):
    """One marked claim: its interval by the marks, the interval at each step (``own`` only where its cells stand in one row), and the cells to read."""

    name: str
    want: Region
    found: dict[str, Origins]
    cells: dict[str, Sequence[Cell]]

    def exact(self, step: str) -> bool:
        return (self.found[step].low, self.found[step].high) == self.want

    def over(self, step: str) -> bool:
        """What ``score_case.py`` calls over-counted."""
        return self.found[step].low > self.want[0] or self.found[step].best > self.want[1] + 0.01


def main(arguments: list[str]) -> None:
    test, misses = "--test" in arguments, "--misses" in arguments
    exact, asked, over = Counter[str](), Counter[str](), Counter[str]()
    for folder in (pathlib.Path(a).resolve() for a in arguments if not a.startswith("--")):
        held_back = folder.parent.name == "retold" and bool(zlib.crc32(folder.name.encode()) % 2)
        if held_back != test or not (folder / "gold.toml").exists():
            continue
        story = load(folder)
        for claim in judged(story):
            for step in claim.found:
                asked[step] += 1
                exact[step] += claim.exact(step)
                over[step] += claim.over(step)
            if misses and not test and not all(map(claim.exact, claim.found)):
                print(explained(story, claim))
    for step in STEPS:
        print(f"{step}: {exact[step]} of {asked[step]} exact ({100 * exact[step] / max(1, asked[step]):.1f} %), {over[step]} over")


def load(folder: pathlib.Path) -> Marked:
    """One marked story, annotated, grouped and traced."""
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    pages, _ = read_pages([f"{r['outlet']}={folder / r['file']}" for r in gold["reports"].values()])
    articles, _ = prepare(pages)
    told = gather(articles)
    ids = {f"r{i}": k for i, k in enumerate(gold["reports"], 1)}
    return Marked(folder.name, gold, {ids[r.id]: r for r in told.reports}, told)


def judged(story: Marked) -> list[Judged]:
    """Each claim whose origins are marked."""
    claims, _ = compare(story.told.reports, story.told.parties, story.told.links, story.told.maybes)
    parties, found = {p.id: p for p in story.told.parties}, []
    for claim in story.gold.get("claims", []):
        if "origins" not in claim:
            continue
        want = {story.reports[k].id: find(story.reports[k].article.text, claim[k]) for k in story.reports if k in claim}
        cells = [cell_of(unit_at(r, want[r.id]), r, story.told.links) for r in story.reports.values() if r.id in want]
        given, marked, maybes = marked_chains(story, cells)
        row = row_of(claims, want)
        out = {"cells": counted(story, cells, parties, story.told.maybes), "chains": counted(story, given, marked, maybes)}
        origins = (claim["origins"]["low"], claim["origins"]["high"])
        intervals = out if row is None else {"own": row.origins, **out}
        found.append(Judged(claim["id"], origins, intervals, {"own": row.cells if row else (), "cells": cells, "chains": given}))
    return found


def counted(story: Marked, cells: Sequence[Cell], parties: Mapping[PartyId, Party], maybes: Sequence[MaybeSame]) -> Origins:
    """The interval of some cells."""
    return count_origins(provenance(cells, {r.id: r for r in story.told.reports}, parties, story.told.links, maybes)).origins


def row_of(claims: Sequence[Claim], want: Mapping[str, Region]) -> Claim | None:
    """The row that has most of a marked claim's cells, the shortest of such, where it has them all: as ``score_case.py`` finds it."""
    best, most = None, 0
    for c in claims:
        n = sum(any(x.report == r and near((x.start, x.end), region) for x in c.cells) for r, region in want.items())
        if n > most or (best is not None and n == most and n and len(c.cells) < len(best.cells)):
            best, most = c, n
    return best if most == len(want) else None


def near(one: Region, two: Region) -> bool:
    return overlap(one, two) >= _SHARE * min(one[1] - one[0], two[1] - two[0])


def marked_chains(story: Marked, cells: Sequence[Cell]) -> tuple[list[Cell], dict[PartyId, Party], list[MaybeSame]]:
    """The cells with the chains that are marked for them; where none is marked, the program's, told in marked parties where they match."""
    keys = {r.id: k for k, r in story.reports.items()}
    marked = {k: party_of(k, g) for k, g in story.gold["parties"].items()}
    known = {p.id: p for p in story.told.parties}
    own = {r.marks.own: same for r in story.reports.values() if r.marks.own and (same := like(known[r.marks.own], story.gold["parties"], marked))}
    given = []
    for c in cells:
        text = story.reports[keys[c.report]].article.text
        over = [(a, find(text, a["content"])) for a in story.gold.get("attributions", []) if a["report"] == keys[c.report]]
        said = [a for a, region in over if near((c.start, c.end), region)]
        if said:
            chain = tuple(max(said, key=lambda a: len(a["chain"]))["chain"])
        else:
            chain = tuple(own.get(p) or like(known[p], story.gold["parties"], marked) or p for p in c.chain)
        given.append(msgspec.structs.replace(c, chain=chain))
    used = dict.fromkeys(p for c in given for p in c.chain)
    nameless = [p for p in used if (marked.get(p) or known[p]).kind == "unnamed"]
    return given, {**known, **marked}, [MaybeSame(a=a, b=b, chance=0.5, why="") for a, b in combinations(nameless, 2)]


def party_of(key: str, gold: Gold) -> Party:
    return Party(id=key, name=gold["name"], kind=gold["kind"], aliases=tuple(gold.get("also", ())), unnamed=Unnamed() if gold["kind"] == "unnamed" else None)


def like(party: Party, gold: Mapping[str, Gold], marked: Mapping[PartyId, Party]) -> PartyId | None:
    """The marked party that has one of a party's names."""
    names = {fold(n) for n in (party.name, *party.aliases)}
    return next((k for k, p in marked.items() if names & {fold(n) for n in (p.name, *p.aliases)}), None)


def fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("’", "'")).strip().removeprefix("the ")


def find(text: str, snippet: str) -> Region:
    """Offsets of a snippet, white space folded."""
    m = re.search(r"\s+".join(re.escape(w) for w in snippet.split()), text)
    if m is None:
        raise SystemExit(f"marked text not in the report: {snippet!r}")
    return m.span()


def explained(story: Marked, claim: Judged) -> str:
    """A claim that is not exact at some step, with its cells and their chains, to be read."""
    names = {p.id: p.name for p in story.told.parties}
    intervals = ", ".join(f"{s} {o.low}–{o.high}" + ("" if claim.exact(s) else " MISS") for s, o in claim.found.items())
    lines = [f"{story.name} {claim.name}: {claim.want[0]}–{claim.want[1]} is marked; {intervals}"]
    for step, cells in claim.cells.items():
        for c in cells:
            chain, words = " ← ".join(names.get(p, p) for p in c.chain), " ".join(c.text.split())[:150]
            lines.append(f"    {step:7}{c.report}{' ?' if c.doubtful else '  '} {chain}  | {words}")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
