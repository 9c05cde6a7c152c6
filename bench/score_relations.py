"""How the cells of marked rows stand to each other: relations right of the program's own rows, and of the marked cells given to it.

    python bench/score_relations.py ../shared/cases/*/ examples/*/ examples/retold/*/ [--misses] [--test]

*own rows*: of the claims whose cells all stand in one row, those whose relation is the marked one, as `../shared/tools/score_cases.py`
counts. *marked cells*: the marked cells are given to the decision, so that nothing rests on alignment. A claim marked only as one that
`differs` is right with any difference. *false contradictions*: rows called conflicting that are marked otherwise, or as not conflicting.
Of `examples/retold` only the work half is read (crc32 of the folder's name even), with `--test` only the other, and of that totals alone.
"""

from __future__ import annotations

import collections
import pathlib
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "src"))

from whence.compare import compare
from whence.compare.relation import relate
from whence.compare.units import Unit, units_of
from whence.pipeline import gather, prepare
from whence.read import read_pages
from whence.text import overlap, span
from whence.types import Annotated, Cell, Claim

ALIKE = {"same", "only-in"}  # every other relation is a difference
_STANDS = 0.4  # the share of the shorter of cell and marked words that they have in common

Gold = dict[str, Any]


class Judged(NamedTuple):
    """A marked claim with what was said of it: ``how`` is "own rows" or "marked cells"."""

    story: str
    how: str
    gold: Gold
    cells: tuple[Cell, ...]
    relation: str
    why: str

    @property
    def wanted(self) -> str:
        """The marked relation, or what is marked of it."""
        other = "differs (any)" if self.gold.get("differs") else ""
        return str(self.gold.get("relation") or other or f"not {', '.join(self.gold.get('not_relation', []))}")

    @property
    def right(self) -> bool | None:
        """None where no relation is marked."""
        if "relation" in self.gold:
            return bool(self.relation == self.gold["relation"])
        return self.relation not in ALIKE if self.gold.get("differs") else None

    @property
    def false_alarm(self) -> bool:
        """Said to be a contradiction, marked as something else."""
        marked = "relation" in self.gold and self.gold["relation"] != "conflicting"
        return self.relation == "conflicting" and (marked or "conflicting" in self.gold.get("not_relation", []))


def judged(folder: pathlib.Path) -> Iterator[Judged]:
    """All marked claims of a story, as the program's own rows where they stand whole in one, and from the marked cells."""
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    ids = {k: f"r{i}" for i, k in enumerate(gold["reports"], 1)}
    pages, _ = read_pages([f"{r['outlet']}={folder / r['file']}" for r in gold["reports"].values()])
    known = gather(prepare(pages)[0])
    claims, _ = compare(known.reports, known.parties, known.links, known.maybes)
    reports = {r.id: r for r in known.reports}
    units = {r.id: units_of(r) for r in known.reports if r.related}
    for marked in gold.get("claims", []):
        want = {ids[k]: find(reports[ids[k]].article.text, marked[k]) for k in gold["reports"] if k in marked}
        found = row_of(want, claims)
        if found is not None:
            yield Judged(folder.name, "own rows", marked, found.cells, found.relation, found.why)
        if len(want) > 1 and all(r in units for r in want):
            cells = tuple(cell(reports[r], region, units[r]) for r, region in want.items())
            yield Judged(folder.name, "marked cells", marked, cells, *relate(cells, reports))


def row_of(want: dict[str, tuple[int, int]], claims: tuple[Claim, ...]) -> Claim | None:
    """The row that has all the marked cells, the first of the shortest."""
    whole = [c for c in claims if all(any(x.report == r and stands(x, region) for x in c.cells) for r, region in want.items())]
    return min(whole, key=lambda c: len(c.cells), default=None)


def stands(cell: Cell, region: tuple[int, int]) -> bool:
    return overlap((cell.start, cell.end), region) >= _STANDS * min(region[1] - region[0], cell.end - cell.start)


def cell(report: Annotated, region: tuple[int, int], units: tuple[Unit, ...]) -> Cell:
    """The marked words as a cell, with the chain of the clause that they share most with."""
    words, own = span(report.article.text, region), report.marks.own or ""
    unit = max(units, key=lambda u: (overlap(u.region, region), -u.region[0]), default=None)
    said = unit.attribution if unit is not None and overlap(unit.region, region) else None
    chain = said.chain if said is not None and said.chain else (own, *[c.party for c in report.marks.credits if c.party != own][:1])
    return Cell(report=report.id, start=words.start, end=words.end, text=words.text, chain=chain, basis="cited" if len(chain) > 1 else "unattributed")


def find(text: str, snippet: str) -> tuple[int, int]:
    """Offsets of marked words, white space folded."""
    m = re.search(r"\s+".join(map(re.escape, snippet.split())), text)
    if m is None:
        raise SystemExit(f"marked text not in the report: {snippet!r}")
    return m.span()


def show(j: Judged) -> None:
    print(f"{j.how}: {j.story} {j.gold['id']}: {j.relation}, marked {j.wanted}\n   {j.gold['question']}\n   why: {j.why}")
    for c in j.cells:
        print(f"   {c.report}{' (doubtful)' if c.doubtful else ''} | {' '.join(c.text.split())}")


def main(arguments: list[str]) -> None:
    """Print how many relations are right, and which are taken for which."""
    test = "--test" in arguments
    folders = [pathlib.Path(a) for a in arguments if not a.startswith("--")]
    folders = [f for f in folders if (f / "gold.toml").is_file()]
    folders = [f for f in folders if (f.resolve().parent.name == "retold" and zlib.crc32(f.resolve().name.encode()) % 2 == 1) == test]
    found = [j for f in folders for j in judged(f)]
    if "--misses" in arguments and not test:
        for j in found:
            if j.right is False or j.false_alarm:
                show(j)
    for how in ("own rows", "marked cells"):
        rows = [j for j in found if j.how == how]
        marked = [j for j in rows if j.right is not None]
        right = sum(bool(j.right) for j in marked)
        alarms = sum(j.false_alarm for j in rows)
        said = sum(j.relation == "conflicting" for j in rows)
        print(
            f"{how}: {right} of {len(marked)} right ({right / max(1, len(marked)):.1%}); {alarms} false contradictions of {said} said, of {len(rows)} rows"
        )
        if not test:
            taken = collections.Counter((j.wanted, j.relation) for j in marked if not j.right)
            print("   " + "; ".join(f"{n} {want} as {got}" for (want, got), n in sorted(taken.items(), key=lambda x: (-x[1], x[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
