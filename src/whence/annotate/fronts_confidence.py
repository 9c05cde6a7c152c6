"""How likely an attribution is right, by who found it: rules, model or both."""

from __future__ import annotations

import functools
import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..types import Heard
from .fronts_borders import CONTENT, CUE, mean, peak

if TYPE_CHECKING:
    from .tagger import Read

__all__ = ["Found", "How", "confidence", "facts", "group"]

How = Literal["both", "model", "rule", "rule beside", "rule around", "both inside", "rule inside"]


class Found(NamedTuple):
    """An attribution that is kept: which front ends found it and where, the confidence of the one whose borders stand, and what the rules had."""

    heard: Heard
    how: How
    sure: float
    rule: Heard | None


@functools.cache
def _weights() -> dict[str, list[float]]:
    """For each group three weights and a bias, as ``train/fronts.py`` fitted them."""
    table: dict[str, list[float]] = json.loads(resources.files("whence.models").joinpath("fronts.json").read_text(encoding="utf-8"))
    return table


def _odds(p: float) -> float:
    p = min(0.99, max(0.01, p))
    return math.log(p / (1 - p))


def group(how: How) -> str:
    """What is judged alike: the few that the rules found over what the model found are one group."""
    return "rule over" if how in ("rule beside", "rule around") else how


def facts(found: Found, read: Read) -> tuple[float, float, float]:
    """What the confidence is judged by: log odds of the finder's own confidence, of a cue there, of content there."""
    h = found.heard
    return _odds(found.sure), _odds(peak(read, h.cue, CUE)), _odds(mean(read, h.content, CONTENT))


def confidence(found: Found, read: Read) -> float:
    """The chance, 0 to 1, that source, cue and content all touch those of a marked attribution."""
    *weights, bias = _weights()[group(found.how)]
    return round(1 / (1 + math.exp(-bias - sum(w * x for w, x in zip(weights, facts(found, read), strict=True)))), 4)
