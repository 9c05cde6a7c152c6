"""Training is a thin door: it says what is missing. That it runs to the end is `make check-train`, for it needs torch."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from whence.cli import training
from whence.errors import InputError, MissingExtra


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

    def test_without_torch_the_pip_line_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "torch", None)
        file = corpus(tmp_path / "a.jsonl.gz")
        result = CliRunner().invoke(training.train, asked(tmp_path, file, file))
        assert isinstance(result.exception, MissingExtra)
        assert "whence[train]" in str(result.exception)
