"""Where compiled code lies between runs, and whether it was made from the sources as they stand. Reads no heavy library.

The disk cache of numba compares one function's own file. Our functions call each other across files and take constants from ``reuse_*.py``, so a
change in one file would leave stale code in another: where any source of this room differs from what was compiled, the cache is thrown away.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

__all__ = ["compiled_before", "forget_stale"]

CONSTANTS = ("reuse_align.py", "reuse_judge.py", "reuse_words.py")
"""Where the compiled functions that are also interpreted, and the constants of both, stand."""

CACHE = Path(__file__).parent / "__pycache__"
STAMP = CACHE / "kernels.stamp"


def _sources() -> str:
    """A digest of every source from which compiled code is made."""
    room = Path(__file__).parent
    parts = [p.read_bytes() for p in (*sorted(room.glob("kernels*.py")), *(room / name for name in CONSTANTS))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _fresh() -> bool:
    """True where what was compiled was made from the sources as they stand."""
    return STAMP.is_file() and STAMP.read_text(encoding="ascii") == _sources()


def forget_stale() -> None:
    """Remove compiled code that was made from other sources; where the folder cannot be written, numba keeps its cache elsewhere, by version."""
    try:
        if _fresh():
            return
        for old in [p for kind in ("kernels", "reuse") for end in ("nbi", "nbc") for p in CACHE.glob(f"{kind}*.{end}")]:
            old.unlink(missing_ok=True)
        CACHE.mkdir(exist_ok=True)
        STAMP.write_text(_sources(), encoding="ascii")
    except PermissionError:
        return


def compiled_before() -> bool:
    """False where the first links of a corpus will wait for half a minute of compiling; True also where that cannot be told."""
    if not os.access(CACHE if CACHE.is_dir() else CACHE.parent, os.W_OK):
        return True
    return _fresh() and any(CACHE.glob("kernels_link.link-*.nbi"))
