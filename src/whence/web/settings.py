"""What `whence serve` is told."""

from __future__ import annotations

from ..types import Value

__all__ = ["Settings"]


class Settings(Value, frozen=True, kw_only=True):
    """``token`` is what a reader must show; without one only requests that name this machine itself are answered.

    ``most_bytes`` is the largest body taken, ``adding`` whether reports and corrections are taken at all.
    """

    token: str | None = None
    most_bytes: int = 20_000_000
    adding: bool = True
