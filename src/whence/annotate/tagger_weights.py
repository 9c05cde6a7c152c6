"""Reading the shipped weights, with a check that they are whole."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FOLDER = Path(__file__).resolve().parents[1] / "models"


def read(name: str, folder: Path = FOLDER) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of ``name``.npz. Raises ModelError where the file is absent or is not the one whose digest stands beside it."""
    import numpy as np

    path = folder / f"{name}.npz"
    try:
        raw, digest = path.read_bytes(), path.with_suffix(".sha256").read_text("ascii").strip()
    except OSError as error:
        raise ModelError(f"the weights {path.name} cannot be read ({error.strerror}); reinstall whence") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise ModelError(f"the weights {path.name} are damaged or of another version; reinstall whence")
    with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
        return {k: kept[k] for k in kept.files}
