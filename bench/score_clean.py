"""Scores read and clean on marked stories: ``python bench/score_clean.py ../shared/cases/*``; one row a group, right of all.

``outlet`` counts reports whose text carries it (they have a ``title`` in the gold), ``outlet, wrong`` those of all reports where
another outlet than the gold's is named, ``body`` the reports of which no marked attribution is lost to furniture.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import defaultdict
from pathlib import Path

from whence.clean import clean
from whence.read import read_pages
from whence.text import fold, overlap
from whence.types import Article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="show what was not right")
    options = parser.parse_args()
    rows: dict[str, list[bool]] = defaultdict(list)
    for case in options.cases:
        if not (case / "gold.toml").is_file():
            continue
        gold = tomllib.loads((case / "gold.toml").read_text(encoding="utf-8"))
        for key, report in gold["reports"].items():
            pages, refused = read_pages([str(case / report["file"])])
            if refused:
                parser.error(str(refused))
            for group, right, note in score(clean(pages[0]), key, report, gold):
                rows[group].append(right)
                if options.misses and not right:
                    print(f"{case.name}/{key}: {group}: {note}")
    for group, answers in sorted(rows.items()):
        print(f"{group:16} {sum(answers):4} / {len(answers)}")


def score(article: Article, key: str, report: dict[str, object], gold: dict[str, list[dict[str, str]]]) -> list[tuple[str, bool, str]]:
    marks = [(mark.start, mark.end) for mark in article.furniture]
    rows = [("furniture", covered(find(article.text, words), marks, 0.5), words[:80]) for words in list(report.get("furniture", []))]  # type: ignore[call-overload]
    contents = [a["content"] for a in gold.get("attributions", []) if a["report"] == key]
    cells = [claim[key] for claim in gold.get("claims", []) if isinstance(claim.get(key), str)]
    lost = [words for words in contents + cells if covered(find(article.text, words), marks, 0.01)]
    rows.append(("body kept", not lost, str(lost[:1])))
    outlet, wanted = article.outlet.value if article.outlet else "", str(report.get("outlet", ""))
    same = fold(wanted) in fold(outlet)
    if report.get("title"):
        rows.append(("outlet", same, f"{outlet!r}, not {wanted!r}"))
        title = article.title.value if article.title else ""
        rows.append(("title", fold(title) == fold(str(report["title"])), f"{title!r}, not {report['title']!r}"))
    elif outlet:
        rows.append(("outlet not wrong", same or fold(outlet) in fold(wanted), f"{outlet!r}, not {wanted!r}"))
    if "published" in report:
        found = article.published.value[:10] if article.published else ""
        rows.append(("published", found == report["published"], f"{found!r}, not {report['published']!r}"))
    return rows


def find(text: str, words: str) -> tuple[int, int]:
    match = re.search(r"\s+".join(re.escape(word) for word in words.split()), text)
    return match.span() if match else (0, 0)


def covered(region: tuple[int, int], marks: list[tuple[int, int]], share: float) -> bool:
    return region[1] > region[0] and sum(overlap(region, mark) for mark in marks) >= share * (region[1] - region[0])


if __name__ == "__main__":
    main()
