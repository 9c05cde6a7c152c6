"""Compiling: ``compiled`` turns a function over arrays into machine code, kept on disk between runs.

The disk cache of numba compares one function's own file. Our functions call each other across files and take constants from ``reuse_*.py``, so a
change in one file would leave stale code in another: where any source of this room differs from what was compiled, the cache is thrown away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

__all__ = ["compiled"]


CONSTANTS = ("reuse_align.py", "reuse_judge.py", "reuse_words.py")
"""Where the compiled functions that are also interpreted, and the constants of both, stand."""


def _sources() -> str:
    """A digest of every source from which compiled code is made."""
    room = Path(__file__).parent
    parts = [p.read_bytes() for p in (*sorted(room.glob("kernels*.py")), *(room / name for name in CONSTANTS))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _forget_stale() -> None:
    """Remove compiled code that was made from other sources; where the folder cannot be written, numba keeps its cache elsewhere, by version."""
    cache = Path(__file__).parent / "__pycache__"
    stamp, now = cache / "kernels.stamp", _sources()
    try:
        if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
            return
        for old in [*cache.glob("kernels*.nbi"), *cache.glob("kernels*.nbc"), *cache.glob("reuse*.nbi"), *cache.glob("reuse*.nbc")]:
            old.unlink(missing_ok=True)
        cache.mkdir(exist_ok=True)
        stamp.write_text(now, encoding="ascii")
    except PermissionError:
        return


_forget_stale()
compiled: Callable[[Callable[..., Any]], Any] = njit(cache=True, nogil=True)
"""Compile on first call, without holding the interpreter's lock."""
