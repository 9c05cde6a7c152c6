"""How a refusal is said: what was given, where in it, why."""

from __future__ import annotations

from ..types import Refused

__all__ = ["said"]


def said(refusal: Refused) -> str:
    """One line that names the input as the user did."""
    place = refusal.path if refusal.line is None else f"{refusal.path}, line {refusal.line}"
    return f"{place}: {refusal.why}"
