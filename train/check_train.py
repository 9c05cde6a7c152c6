"""The training code runs to the end: one pass over our own passages. `make check-train`; it needs torch and some minutes."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from click.testing import CliRunner

from whence.cli import training


def test_one_pass_over_our_own_passages_leaves_weights(tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    import invented

    own = [json.dumps({"id": a.id, "text": a.text, "attributions": list(a.attributions)}) for a in invented.marked()[0]]
    for name, lines in (("train", own[:-40]), ("dev", own[-40:])):
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    places = ["--train", str(tmp_path / "train.jsonl.gz"), "--dev", str(tmp_path / "dev.jsonl.gz"), "--work", str(tmp_path / "work")]
    result = CliRunner().invoke(training.train, [*places, "--quick"])
    assert result.exit_code == 0
    assert (tmp_path / "work" / "attribution.npz").stat().st_size < 12_000_000
    assert (tmp_path / "work" / "attribution.sha256").exists()
