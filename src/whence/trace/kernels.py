"""Compiling: ``compiled`` turns a function over arrays into machine code, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

from .kernels_cache import forget_stale

__all__ = ["compiled"]

forget_stale()
compiled: Callable[[Callable[..., Any]], Any] = njit(cache=True, nogil=True)
"""Compile on first call, without holding the interpreter's lock."""
