"""Marked passages with their wording changed and their meaning kept: which chains are still right.

    python bench/score_changed.py [FILE.toml …] [--misses] [--only=CHANGE,…]

Each passage of the work half (examples/attribution by default) is read as it is and once for every change that it allows: other names, other
verbs of the same class, a day beside the cue, an apposition behind the speaker, the speaker moved to the other end, other quotation marks, dashes
for commas, paragraphs divided or joined, another report before it. The marks follow the words.
What is right before a change and wrong after it is a rule or weight that knew the wording.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from changes import CHANGES, Passage, read
from score_chains import rows
from whence.annotate import annotate_batch
from whence.types import Article, Fact, Furniture, Marks


def article(p: Passage) -> Article:
    """A passage as the program is given it."""
    text, marked = p.text, ()
    if p.title:
        text, marked = f"{p.title}\n\n{text}", (Furniture(start=0, end=0, kind="none"),)
    title = Fact(value=p.title, basis="given", region=(0, len(p.title))) if p.title else None
    return Article(path=f"{p.id}.txt", text=text, title=title, outlet=Fact(value=p.outlet, basis="given") if p.outlet else None, furniture=marked)


def judged(p: Passage, marks: Marks) -> list[dict[str, bool]]:
    """Each attribution, right or not."""
    at = len(p.title) + 2 if p.title else 0
    out = []
    for a, (_, _, content) in zip(p.gold, p.marks, strict=True):
        chain = [None if k == "own" else p.parties[k] for k in a["chain"]]
        out.append(rows(marks, [(s + at, e + at) for s, e in content], chain, a["kind"]))
    return out


def show(p: Passage, n: int, marks: Marks) -> None:
    """One attribution that a change has broken."""
    at = len(p.title) + 2 if p.title else 0
    content = [(s + at, e + at) for s, e in p.marks[n][2]] or [(0, 0)]
    named = {q.id: q.name for q in marks.parties}
    text = article(p).text
    chain = " < ".join("own" if k == "own" else p.parties[k]["name"] for k in p.gold[n]["chain"])
    print(f"   want {chain} | {p.gold[n].get('source')} | {text[slice(*content[0])][:80]}")
    print("   text:", text[max(0, content[0][0] - 200) : content[0][1] + 140].replace("\n", " ¶ "))
    for x in marks.attributions:
        if any(c.start < content[0][1] and content[0][0] < c.end for c in x.content):
            print(f"      {' < '.join(named[k] for k in x.chain[1:])} | {x.cue.text if x.cue else None} | {x.content[0].text[:70]}")


def main() -> None:
    """Print for each change how many chains are right before it and after it."""
    given = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    files = given or sorted((Path(__file__).resolve().parents[1] / "examples/attribution").glob("*.toml"))
    only = next((a.removeprefix("--only=").split(",") for a in sys.argv if a.startswith("--only=")), None)
    plain = [p for f in files for p in read(f)]
    before = [judged(p, m) for p, m in zip(plain, annotate_batch([(article(p), "r1") for p in plain]), strict=True)]
    total: Counter[str] = Counter()
    for change in CHANGES:
        name = change.__name__
        if only and name not in only:
            continue
        pairs = [(p, c, b) for p, b in zip(plain, before, strict=True) if (c := change(p, random.Random(f"{name} {p.id}"))) is not None]
        found = annotate_batch([(article(c), "r1") for _, c, _ in pairs])
        count: Counter[str] = Counter()
        for (_, c, was), marks in zip(pairs, found, strict=True):
            for n, (old, new) in enumerate(zip(was, judged(c, marks), strict=True)):
                count.update(
                    {"n": 1, "before": old["chain"], "after": new["chain"], "source": new["source"], "lost": old["chain"] and not new["chain"]}
                )
                long = len(c.gold[n]["chain"]) > 2
                count.update({"long": long, "long before": long and old["chain"], "long after": long and new["chain"]})
                if "--misses" in sys.argv and old["chain"] and not new["chain"]:
                    print(f"{name}: {c.id}")
                    show(c, n, marks)
        total.update(count)
        _line(name, count)
    _line("all", total)


def _line(name: str, count: Counter[str]) -> None:
    n, long = max(1, count["n"]), max(1, count["long"])
    print(
        f"{name:10} {count['n']:5} attributions  chain {100 * count['before'] / n:5.1f} before, {100 * count['after'] / n:5.1f} after;"
        f" source {100 * count['source'] / n:5.1f}; lost {count['lost']:4}"
        f"  of three and more {100 * count['long before'] / long:5.1f}, {100 * count['long after'] / long:5.1f} ({count['long']})"
    )


if __name__ == "__main__":
    main()
