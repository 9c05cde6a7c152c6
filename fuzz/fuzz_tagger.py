"""The tagger over arbitrary bytes: it must never raise, and every span must lie in the text.

python fuzz/fuzz_tagger.py [runs]      with atheris where it is installed, else a plain seeded loop
"""

from __future__ import annotations

import random
import sys

from whence import text as texts
from whence.annotate import tagger

PIECES = [
    "said",
    "told",
    "according to",
    "“",
    "”",
    '"',
    "'",
    "’s",
    "\n",
    "\n\n",
    ".",
    ":",
    ",",
    "Ana Cruz",
    "he",
    "that",
    "\ud800",
    "\x00",
    "a" * 300,
    "١٢",
    "İ",
    "ﬁ",
]


def check(text: str) -> None:
    """Run the tagger on a text and look at every span."""
    for heard in tagger.find_heard(text, list(texts.paragraphs(text))):
        for left, right in [*heard.content, *(r for r in (heard.source, heard.cue) if r is not None)]:
            if not 0 <= left < right <= len(text):
                raise AssertionError(f"a span outside the text: {left}, {right} of {len(text)}")


def from_bytes(data: bytes) -> str:
    """Bytes as a text of pieces of reporting and raw characters."""
    return " ".join(PIECES[b % len(PIECES)] if b < 128 else chr(b * 7) for b in data)


def main() -> None:
    """Fuzz."""
    try:
        import atheris
    except ImportError:
        rng = random.Random(0)
        for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2000):
            data = rng.randbytes(rng.randrange(200))
            check(from_bytes(data))
            check(data.decode("utf-8", "surrogateescape"))
        return
    atheris.Setup(sys.argv, lambda data: (check(from_bytes(data)), check(data.decode("utf-8", "surrogateescape"))))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
