"""A corpus of invented articles in which it is known who copied whom, and workers that fail on purpose."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

from whence.runs.articles import articles
from whence.runs.inputs import Part
from whence.runs.inputs import pages as pages_of
from whence.runs.parts import Made

SYLLABLES = ["ba", "ro", "ti", "mel", "kan", "dor", "su", "vi", "lor", "pe", "nas", "gri", "ho", "zen", "qua", "fim"]
WORDS = ["".join(p) for p in itertools.product(SYLLABLES, repeat=3)]

POISON = "poison"
"""The word at which the workers below fail."""


def sentences(rng: random.Random, count: int) -> list[str]:
    """Sentences of twelve words that nobody else has."""
    return [" ".join(rng.choice(WORDS) for _ in range(12)).capitalize() + "." for _ in range(count)]


def corpus(articles: int, *, copies: int = 20, viral: int = 0, seed: int = 1) -> tuple[list[dict[str, Any]], set[tuple[str, str]]]:
    """Lines of a corpus and the pairs planted in it: half of an article inside another outlet's. ``viral`` outlets run one text whole.

    The articles of outlet 0 end in one paragraph of boilerplate; the first thirty articles hold one formula of the trade.
    """
    rng = random.Random(seed)
    under, formula = " ".join(sentences(rng, 3)), " ".join(rng.choice(WORDS) for _ in range(24))
    texts = [sentences(rng, 12) for _ in range(articles)]
    everybody = sentences(rng, 14)
    planted = set()
    for n in range(copies):
        texts[articles - 1 - n][3:3] = texts[n][2:8]
        planted.add((f"a{n}", f"a{articles - 1 - n}"))
    lines = []
    for n, text in enumerate([*texts, *([everybody] * viral)]):
        body = " ".join(text) + (f" {formula}." if n < 30 else "") + (f"\n\n{under}" if n % 10 == 0 and n < articles else "")
        lines.append({"id": f"a{n}", "outlet": f"outlet {n % 10}", "published": f"2026-01-{1 + n * 27 // (articles + viral):02d}", "text": body})
    return lines, planted


def happenings(count: int, each: int, seed: int = 1) -> list[dict[str, Any]]:
    """Articles of so many happenings, a day or two apart, of one happening many words the same."""
    rng = random.Random(seed)
    lines = []
    for n in range(count):
        pool = " ".join(sentences(rng, 8)).split()
        for k in range(each):
            own = [w for w in pool if rng.random() < 0.8]
            date = f"2026-{1 + n // 25:02d}-{1 + n % 25 + k % 2:02d}"
            lines.append({"id": f"h{n}-{k}", "outlet": f"outlet {k}", "published": date, "text": " ".join(own) + ". " + " ".join(sentences(rng, 1))})
    rng.shuffle(lines)
    return lines


def told(articles: int, seed: int = 1) -> list[dict[str, Any]]:
    """Articles that say who said what, some of one happening: what there is to annotate and to count."""
    rng = random.Random(seed)
    lines = []
    for n in range(articles):
        town, lost, wire = ("Tarnby", "Orrick", "Velm")[n % 3], 40 + 7 * (n % 3), ("Meridian News Agency", "the Orrick Courier")[n % 2]
        text = f"Flooding in {town} has left {lost} houses without power, the mayor told {wire} on Tuesday. "
        text += f"“We will rebuild every street,” said Ada Lindqvist, who heads the council of {town}. "
        text += f"A spokesman for the water board said the river {rng.choice(['rose', 'fell'])} by {rng.randrange(2, 9)} metres. " + " ".join(sentences(rng, 4))
        lines.append({"id": f"t{n}", "outlet": f"outlet {n % 4}", "published": f"2026-02-0{1 + n % 3}", "title": f"Floods in {town}", "text": text})
    return lines


def write_lines(path: Path, lines: list[dict[str, Any]]) -> Path:
    """A corpus as JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def write_table(path: Path, lines: list[dict[str, Any]], group: int = 50) -> Path:
    """A corpus as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(lines), path, row_group_size=group)
    return path


def killed(part: Part, settings: Any) -> Made:
    """As ``articles``, by a process that dies at an article with the word."""
    if any(POISON in getattr(read.found, "text", "") for read in pages_of(part)):
        os.kill(os.getpid(), signal.SIGKILL)
    return articles(part)


def raising(part: Part, settings: Any) -> Made:
    """As ``articles``, but an article with the word raises."""
    if any(POISON in getattr(read.found, "text", "") for read in pages_of(part)):
        raise ValueError("this article cannot be borne")
    return articles(part)


def slow(part: Part, settings: Any) -> Made:
    """As ``articles``, so slowly that there is time to kill who does it."""
    time.sleep(0.5)
    return articles(part)


def killed_once(part: Part, settings: str) -> Made:
    """As ``articles``, but the first process that comes to this dies."""
    try:
        os.close(os.open(settings, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return articles(part)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a process that was killed does not come here")
