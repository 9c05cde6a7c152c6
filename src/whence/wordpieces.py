"""Words cut into the pieces of a vocabulary, as BERT has it: MiniLM's, under every model that is shipped."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping

__all__ = ["longest_pieces", "pieces_of", "unaccented"]


@functools.lru_cache(maxsize=4)
def pieces_of(kept: bytes) -> Mapping[str, int]:
    """The pieces of a vocabulary, one a line, with their rows. Models that keep the same vocabulary share it."""
    return {piece: row for row, piece in enumerate(kept.decode("utf-8").split("\n"))}


def unaccented(text: str) -> str:
    """Lower case without accents."""
    low = text.lower()
    return low if low.isascii() else "".join(c for c in unicodedata.normalize("NFD", low) if unicodedata.category(c) != "Mn")


def longest_pieces(word: str, rows: Mapping[str, int]) -> list[int]:
    """Rows of the longest pieces that make up the word, from the left; empty where it cannot be made of them."""
    if word in rows:  # most words are one piece
        return [rows[word]]
    out: list[int] = []
    left, begin = 0, ""
    while left < len(word):
        for right in range(len(word), left, -1):
            row = rows.get(begin + word[left:right])
            if row is not None:
                out.append(row)
                left, begin = right, "##"
                break
        else:
            return []
    return out
