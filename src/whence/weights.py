"""Reading shipped weights, with a check that they are whole."""

from __future__ import annotations

import hashlib
import io
import math
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["MODELS", "read_weights"]

MODELS = Path(__file__).resolve().parent / "models"
_LOCAL = struct.Struct("<26xHH")  # what stands before a member's name in a zip file; at its end how long the name and what follows it are
_HEAD = 1024  # bytes in which the head of an array ends


def read_weights(name: str, folder: Path = MODELS) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of ``name``.npz, which may not be written to. Raises ModelError where the file is absent or is not the one whose digest stands beside it."""
    path = folder / f"{name}.npz"
    try:
        raw, digest = path.read_bytes(), path.with_suffix(".sha256").read_text("ascii").strip()
    except OSError as error:
        raise ModelError(f"the weights {path.name} cannot be read ({error.strerror}); reinstall whence") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise ModelError(f"the weights {path.name} are damaged or of another version; reinstall whence")
    with zipfile.ZipFile(io.BytesIO(raw)) as kept:
        return {member.filename.removesuffix(".npy"): _array(_stored(raw, member, kept)) for member in kept.infolist()}


def _stored(raw: bytes, member: zipfile.ZipInfo, kept: zipfile.ZipFile) -> memoryview:
    """The bytes of a member: where they lie, if they are not compressed (the digest was checked: a checksum and a copy of each took half of the time)."""
    if member.compress_type != zipfile.ZIP_STORED:
        return memoryview(kept.read(member))
    start = member.header_offset
    start += _LOCAL.size + sum(_LOCAL.unpack_from(raw, start))
    return memoryview(raw)[start : start + member.file_size]


def _array(data: memoryview) -> npt.NDArray[np.generic]:
    import numpy as np

    head = io.BytesIO(data[:_HEAD])
    np.lib.format.read_magic(head)
    shape, turned, kind = np.lib.format.read_array_header_1_0(head)
    return np.frombuffer(data, kind, math.prod(shape), head.tell()).reshape(shape, order="F" if turned else "C")
