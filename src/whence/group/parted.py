"""Whether two groups of articles that are alike tell one happening or two of one kind: by what they have in common, and by what each has alone.

Articles on the second arrest of a club's players are nearly as like those on the first as either are among themselves; but nearly all of a group name in
their leads what none of the other names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .signature import Signatures
from .terms import KIND, LEAD, NUMBER

__all__ = ["LEAST", "SEEN", "Parting", "contrast", "seen_of"]

LEAST = 3
"""Of groups with fewer articles nothing is asked."""

SEEN = 7
"""How many things are seen of two groups."""

_ALIKE = 4


def seen_of(sizes: tuple[int, int], across: float, within: tuple[float, float], alone: Sequence[float]) -> NDArray[np.float64]:
    """What is seen of two groups: the mean chance across, in log-odds, by itself and over those within; the lesser size; what each has ``alone``."""
    between, a, b = (_odds(p) for p in (across, *within))
    return np.array([between, between - min(a, b), between - (a + b) / 2, np.log(min(sizes)), *alone])


def contrast(signed: Signatures, ours: Sequence[int], theirs: Sequence[int]) -> tuple[float, float, float]:
    """How much each of two groups of articles has to itself, from nought to one, by the term that shows it best; of the two groups, the lesser.

    The share of leads with a term over the share of the other's leads; the same where no text of the other may have it; the share of texts.
    """
    places, of = _places(signed, (*ours, *theirs))
    marks = signed.marks[places]
    plain = (marks & KIND) <= NUMBER
    _, term = np.unique(signed.hashes[places[plain]], return_inverse=True)
    in_lead, first = (marks[plain] & LEAD) > 0, of[plain] < len(ours)
    count = int(term.max(initial=-1)) + 1
    if not count:
        return 0.0, 0.0, 0.0

    def share(chosen: NDArray[np.bool_], size: int, spare: float = 0.0) -> NDArray[np.float64]:
        return np.asarray((np.bincount(term[chosen], minlength=count) + spare) / (size + 1))

    a, b = len(ours), len(theirs)
    lead_a, lead_b, all_a, all_b = share(first & in_lead, a), share(~first & in_lead, b), share(first, a), share(~first, b)
    none_a, none_b = 1 - share(first, a, 0.5), 1 - share(~first, b, 0.5)
    kinds = ((lead_a - lead_b, lead_b - lead_a), (lead_a * none_b, lead_b * none_a), (all_a - all_b, all_b - all_a))
    one, two, three = (float(min(x.max(), y.max())) for x, y in kinds)
    return one, two, three


class Parting:
    """The learned judgement: ``line`` holds the weights of what is seen, the constant, and the chance from which two groups are two stories.

    ``rows`` are the numbers in ``signed`` of the articles that groups are made of.
    """

    def __init__(self, signed: Signatures, rows: NDArray[np.int64], line: NDArray[np.float64]) -> None:
        self.signed, self.rows = signed, rows.tolist()
        self.line, self.constant, self.least = line[:SEEN], float(line[SEEN]), _odds(float(line[SEEN + 1]))
        self.most = float(np.maximum(0, line[_ALIKE:SEEN]).sum())

    def apart(self, ours: Sequence[int], theirs: Sequence[int], across: float, within: tuple[float, float]) -> bool:
        """Whether two groups are two stories, by their articles (in the numbers of ``rows``) and the mean chances across and within."""
        sizes = (len(ours), len(theirs))
        if min(sizes) < LEAST:
            return False
        alike = float(self.line @ seen_of(sizes, across, within, (0.0, 0.0, 0.0))) + self.constant
        if alike + self.most <= self.least:
            return False  # whatever the texts hold: they need not be looked at
        alone = contrast(self.signed, [self.rows[i] for i in ours], [self.rows[i] for i in theirs])
        return bool(alike + float(self.line[_ALIKE:] @ np.array(alone)) > self.least)


def _odds(chance: float) -> float:
    """Log-odds no surer than one in a hundred, or nine in ten thousand where it is nearly sure."""
    chance = min(0.999, max(0.01, chance))
    return float(np.log(chance / (1 - chance)))


def _places(signed: Signatures, articles: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of the terms of some articles, and the number among them of each one's article."""
    begins, ends = signed.starts[list(articles)], signed.starts[[i + 1 for i in articles]]
    of = np.repeat(np.arange(len(begins)), ends - begins)
    skipped = np.concatenate([[0], np.cumsum(ends - begins)])[:-1]
    return np.arange(len(of)) - skipped[of] + begins[of], of
