"""A trained tagger as the file that the package ships: eight-bit tables, sixteen-bit weights, MiniLM's vocabulary, the linker."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
from network import Tagger

from whence.annotate.tagger_links import Judge


def _eight(table: np.ndarray, keep: float = 4.5) -> tuple[np.ndarray, np.ndarray]:
    """A table as whole numbers and a scale for each column; values beyond so many standard deviations are cut."""
    scale = np.minimum(np.abs(table).max(0), keep * table.std(0)) / 127 + 1e-12
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale.astype(np.float16)


def arrays(model: Tagger, vectors: np.ndarray, vocabulary: list[str]) -> dict[str, np.ndarray]:
    """The network's arrays as ``whence.annotate.tagger.load`` wants them."""
    state = {k: v.detach().numpy() for k, v in model.state_dict().items()}
    out: dict[str, np.ndarray] = {"vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8)}
    out["pieces"], out["pieces_scale"] = _eight(vectors)
    out["hashes"], out["hashes_scale"] = _eight(state["hash.weight"])
    out["shapes"], out["quotes"] = state["shape.weight"], state["quote.weight"]
    out["context_inputs"], out["context_bias"] = state["context.weight"], state["context.bias"]
    out["out_inputs"], out["out_bias"] = state["out.weight"], state["out.bias"]
    for layer in ("first", "second"):
        both = [{k: state[f"{layer}.{d}.{k}_l0"] for k in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")} for d in ("forwards", "backwards")]
        out[f"{layer}_inputs"] = np.stack([b["weight_ih"] for b in both])
        out[f"{layer}_hidden"] = np.stack([b["weight_hh"] for b in both])
        out[f"{layer}_bias"] = np.stack([b["bias_ih"] + b["bias_hh"] for b in both])
    allowed, begin = state["allowed"], state["begin"]
    out["step"] = np.where(allowed > 0, state["transitions"], -1e4)
    out["start"] = np.where(begin > 0, state["start"], -1e4)
    return {k: v.astype(np.float16) if v.dtype.kind == "f" else v for k, v in out.items()}


def judged(content: Judge, source: Judge, sure: np.ndarray, least: float) -> dict[str, np.ndarray]:
    """The linker's arrays."""
    out = {"sure": np.asarray(sure, np.float32), "least": np.float32(least)}
    for name, judge in (("content", content), ("source", source)):
        out |= {f"{name}_{part}": np.asarray(value, np.float16) for part, value in zip(Judge._fields, judge, strict=True)}
    return out


def write(parts: dict[str, np.ndarray], path: Path) -> int:
    """Write the arrays and, beside them, the digest that loading checks. Gives the size in bytes."""
    buffer = io.BytesIO()
    np.savez(buffer, **dict(sorted(parts.items())))
    path.write_bytes(buffer.getvalue())
    path.with_suffix(".sha256").write_text(hashlib.sha256(buffer.getvalue()).hexdigest() + "\n")
    return len(buffer.getvalue())


__all__ = ["arrays", "judged", "write"]
