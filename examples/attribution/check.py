#!/usr/bin/env python3
"""Check the marked passages beside this file and count them: `check.py [FILE.toml …]`.

Exit status 1, with a line a fault, where a wording is not found, a chain names an unknown party, an id stands twice or a kind is unknown.
"""

import collections
import itertools
import pathlib
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator
from typing import Any

Span = tuple[int, int]
PARTY_KINDS = {"outlet", "agency", "person", "organisation", "document", "public", "unnamed"}
UNNAMED_KEYS = {"number", "seniority", "affiliation", "reason"}
NUMBERS = {"one", "several", "unknown"}


def half(name: str) -> str:
    """The half a passage belongs to, by its id."""
    return "test" if zlib.crc32(name.encode()) % 2 else "work"


def find(text: str, wording: str, nth: int = 1) -> Span | None:
    """Code points [start, end) of the nth time `wording` stands in `text` as whole words; None where it does not."""
    left = r"(?<!\w)" if wording[:1].isalnum() else ""
    right = r"(?!\w)" if wording[-1:].isalnum() else ""
    hits = [m.start() for m in re.finditer(f"(?={left}{re.escape(wording)}{right})", text)]
    return (hits[nth - 1], hits[nth - 1] + len(wording)) if 0 < nth <= len(hits) else None


def spans(text: str, mark: dict[str, Any]) -> dict[str, list[Span | None]]:
    """Spans of source, cue and content of one attribution, a list each; None for a wording that is not found."""
    nth = mark.get("nth", {})
    found: dict[str, list[Span | None]] = {}
    for field in ("source", "cue"):
        if field in mark:
            found[field] = [find(text, mark[field], nth.get(field, 1))]
    found["content"] = [find(text, p, n) for p, n in zip(mark["content"], nth.get("content", [1] * len(mark["content"])), strict=True)]
    return found


def quoted(text: str) -> list[bool]:
    """Whether each code point stands within double quotation marks; a paragraph closes what it left open."""
    state, inside = [], False
    for c in text:
        inside = False if c == "\n" else inside
        was, inside = inside, c in "“«" or (inside and c not in '”»"') or (c == '"' and not inside)
        state.append(was or inside)
    return state


def faults(passage: dict[str, Any]) -> Iterator[str]:
    """What is wrong in one passage, a line each."""
    text, parties = passage["text"], passage.get("parties", {})
    state = quoted(text)
    used = {c["party"] for c in passage.get("credit", [])}
    for key, party in parties.items():
        if party["kind"] not in PARTY_KINDS:
            yield f"party {key}: kind {party['kind']!r}"
        extra = set(party) - {"name", "kind", "also"}
        if extra - UNNAMED_KEYS or (extra and party["kind"] != "unnamed"):
            yield f"party {key}: keys {sorted(extra)}"
        if party["kind"] == "unnamed" and party.get("number") not in NUMBERS:
            yield f"party {key}: number {party.get('number')!r}"
    for i, mark in enumerate(passage.get("attribution", []), 1):
        found = spans(text, mark)
        yield from (f"attribution {i}: {field} not found" for field, where in found.items() if None in where or not where)
        flat = sorted(s for where in (found.get("source", []), found["cue"], found["content"]) for s in where if s)
        if any(a[1] > b[0] for a, b in itertools.pairwise(flat)):
            yield f"attribution {i}: its spans overlap"
        chain = mark["chain"]
        if chain[0] != "own" or "own" in chain[1:] or len(set(chain)) < len(chain):
            yield f"attribution {i}: chain {chain}"
        yield from (f"attribution {i}: unknown party {p!r}" for p in chain[1:] if p not in parties)
        if mark["kind"] not in {"direct", "mixed", "indirect"}:
            yield f"attribution {i}: kind {mark['kind']!r}"
        inside = [state[at] for where in found["content"] if where for at in range(*where) if text[at].isalnum()]
        kind = "direct" if all(inside) else "mixed" if any(inside) else "indirect"
        if kind != mark["kind"] and "‘" not in text:
            yield f"attribution {i}: marked {mark['kind']}, by its quotation marks {kind}"
        used.update(chain)
    yield from (f"party {key} is in no chain" for key in parties if key not in used)
    for credit in passage.get("credit", []):
        if credit["party"] not in parties or credit["text"] not in f"{passage.get('title', '')}\n{text}":
            yield f"credit {credit}"


def main(paths: list[pathlib.Path]) -> int:
    """Check every file, print faults and counts; 1 where there was a fault."""
    ids: set[str] = set()
    rows: dict[str, collections.Counter[str]] = {}
    total, bad = collections.Counter[str](), 0
    for path in paths:
        row = rows.setdefault(path.stem, collections.Counter())
        for passage in tomllib.loads(path.read_text(encoding="utf8"))["passage"]:
            name, marks = passage["id"], passage.get("attribution", [])
            wrong = [*faults(passage), *(["id stands twice"] if name in ids else [])]
            ids.add(name)
            bad += len(wrong)
            for line in wrong:
                print(f"{path.name} {name}: {line}")
            row.update({"passages": 1, "marks": len(marks), f"{half(name)} passages": 1, f"{half(name)} marks": len(marks)})
            total.update({"credits": len(passage.get("credit", [])), "passages without a mark": not marks})
            total.update(key for m in marks for key in (f"chain of {len(m['chain']) - 1}", m["kind"]))
            total.update({"no source named": sum("source" not in m for m in marks)})
    columns = ["passages", "marks", "work passages", "work marks", "test passages", "test marks"]
    print(f"{'':10}" + "".join(f"{c:>15}" for c in columns))
    for name, row in [*sorted(rows.items()), ("all", sum(rows.values(), collections.Counter()))]:
        print(f"{name:10}" + "".join(f"{row[c]:15}" for c in columns))
    print("; ".join(f"{k}: {v}" for k, v in sorted(total.items())))
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main([pathlib.Path(p) for p in sys.argv[1:]] or sorted(pathlib.Path(__file__).parent.glob("*.toml"))))
