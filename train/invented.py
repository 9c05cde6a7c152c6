"""The work half of the passages marked by hand in ``examples/attribution``, in the form the tagger is trained on."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passages import Marked

from whence import text as texts
from whence.annotate import tagger

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "attribution"


def held_back(name: str) -> bool:
    """True for the test half, which nothing is trained or tuned on."""
    return zlib.crc32(name.encode()) % 2 == 1


def passages(folder: Path = EXAMPLES) -> Iterator[dict[str, Any]]:
    """Every passage of the work half."""
    for path in sorted(folder.glob("*.toml")):
        for passage in tomllib.loads(path.read_text("utf-8")).get("passage", []):
            if not held_back(passage["id"]):
                yield passage


def place(text: str, words: str, nth: int = 1) -> list[int]:
    """Where the ``nth`` occurrence of some words stands, counted over whole words."""
    found = list(re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)) or list(re.finditer(re.escape(words), text))
    return list(found[min(nth, len(found)) - 1].span())


def regions(passage: dict[str, Any], attribution: dict[str, Any]) -> dict[str, list[list[int]]]:
    """An attribution's wordings as character ranges."""
    text, nth = passage["text"], attribution.get("nth", {})
    out = {}
    for key in ("source", "cue"):
        out[key] = [place(text, attribution[key], nth.get(key, 1))] if attribution.get(key) else []
    which = nth.get("content", 1)
    content = attribution["content"]
    which = which if isinstance(which, list) else [which] * len(content)
    out["content"] = [place(text, words, n) for words, n in zip(content, which, strict=True)]
    return out


def marked() -> tuple[list[Marked], list[Marked]]:
    """Each passage with its outermost attributions; and every content of these as a text of its own, with what is reported in it, if anything."""
    outermost, contents = [], []
    for passage in passages():
        found = [regions(passage, a) for a in passage.get("attribution", [])]
        inside: dict[int, int] = {}
        for i, inner in enumerate(found):
            parts = [*inner["cue"], *inner["content"], *inner["source"]]
            for j, outer in enumerate(found):
                if i != j and inner["cue"] and all(any(a <= s and e <= b for a, b in outer["content"]) for s, e in parts):
                    inside.setdefault(i, j)
        outermost.append(Marked(passage["id"], passage["text"], [f for i, f in enumerate(found) if i not in inside]))
        for j, outer in enumerate(found):
            for n, (a, b) in enumerate(outer["content"]):
                a, b = texts.trim(passage["text"], (a, b), '"“”')
                inner_ones = [f for i, f in enumerate(found) if inside.get(i) == j and all(a <= s and e <= b for k in f for s, e in f[k])]
                moved = [{k: [[s - a, e - a] for s, e in f[k]] for k in f} for f in inner_ones]
                if b - a >= tagger.SHORTEST:
                    contents.append(Marked(f"{passage['id']}/{j}/{n}", passage["text"][a:b], moved))
    return outermost, contents
