"""Reading shipped weights, with a check that they are whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["MODELS", "read_weights"]

MODELS = Path(__file__).resolve().parent / "models"


def read_weights(name: str, folder: Path = MODELS) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of ``name``.npz. Raises ModelError where the file is absent or is not the one whose digest stands beside it."""
    import numpy as np

    path = folder / f"{name}.npz"
    try:
        with path.open("rb") as file:
            found, digest = hashlib.file_digest(file, "sha256").hexdigest(), path.with_suffix(".sha256").read_text("ascii").strip()
            if found != digest:
                raise ModelError(f"the weights {path.name} are damaged or of another version; reinstall whence")
            file.seek(0)
            with np.load(file, allow_pickle=False) as kept:
                return {k: kept[k] for k in kept.files}
    except OSError as error:
        raise ModelError(f"the weights {path.name} cannot be read ({error.strerror}); reinstall whence") from error
