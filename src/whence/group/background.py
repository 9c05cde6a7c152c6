"""How rare a term is: a shipped table of rates in news, hashed, blended with the corpus at hand, so that ten articles are enough."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .terms import KIND, NUMBERED, bucket

__all__ = ["HIGHEST", "OWN_BITS", "TABLE_BITS", "frequencies", "model", "rarity", "usual_rarity"]

TABLE_BITS = 18
"""The shipped table has 2 ** 18 places of one byte: minus sixteen times the natural logarithm of the share of articles that have it; 255 where none has."""

OWN_BITS = 22
"""The table of the corpus at hand has so many bits."""

HIGHEST = 7.0
"""Rarity of a term that nothing else has; so great whatever the size of the corpus."""

_AS_MANY = 1000.0
"""The shipped rates weigh as much as so many articles of the corpus."""


@cache
def model() -> dict[str, NDArray[Any]]:
    """The arrays of ``models/stories.npz``, by name."""
    with np.load(io.BytesIO(resources.files("whence.models").joinpath("stories.npz").read_bytes())) as z:
        return {name: z[name] for name in z.files}


def frequencies(hashes: NDArray[np.uint32]) -> NDArray[np.int32]:
    """In how many articles the terms of each place of a corpus's own table stand."""
    table = np.zeros(1 << OWN_BITS, np.int32)
    for at in range(0, len(hashes), 1 << 22):  # so that places are never held for all terms at once
        places = bucket(hashes[at : at + (1 << 22)], OWN_BITS)
        if len(places) < len(table) >> 4:  # a few reports: counting them one by one takes a hundredth of what a pass over the table does
            np.add.at(table, places, 1)
        else:
            table += np.bincount(places, minlength=len(table)).astype(np.int32)
    return table


def rarity(hashes: NDArray[np.uint32], marks: NDArray[np.uint8], table: NDArray[np.int32], articles: int) -> NDArray[np.float32]:
    """The weight of each term by how few articles have it, from nought to ``HIGHEST``."""
    out = np.empty(len(hashes), np.float32)
    most = _AS_MANY + articles
    scale = HIGHEST / np.log(most / 1.5)
    usual = _rates()
    for at in range(0, len(hashes), 1 << 22):
        h, m = hashes[at : at + (1 << 22)], marks[at : at + (1 << 22)]
        had = np.where((m & KIND) < NUMBERED, usual[bucket(h, TABLE_BITS)] * _AS_MANY, 0) + table[bucket(h, OWN_BITS)]
        out[at : at + len(h)] = np.maximum(0, scale * np.log(most / (had + 0.5)))
    return out


def usual_rarity(hashes: NDArray[np.uint32], marks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Rarity by the shipped table alone."""
    had = np.where((marks & KIND) < NUMBERED, _rates()[bucket(hashes, TABLE_BITS)], 0) * _AS_MANY
    return np.asarray(HIGHEST * np.log(_AS_MANY / (had + 0.5)) / np.log(_AS_MANY / 0.5), np.float32).clip(0)


@cache
def _rates() -> NDArray[np.float32]:
    coded = model()["rates"].astype(np.float32)
    return np.where(coded == 255, 0, np.exp(-coded / 16)).astype(np.float32)
