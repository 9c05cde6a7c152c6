"""Runs the code blocks of README.md and writes their output into it: ``python docs/run_blocks.py`` (``--check``: say what differs, write nothing).

A ``python`` block is followed by an ``output`` block; a ``console`` block holds a command after ``$`` and its output, cut after ``KEPT`` lines.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

from whence.cli import commands

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
FOLDER = ROOT / "examples/laundered-memo/reports"
KEPT = 21

_PYTHON = re.compile(r"(```python\n(.*?)```\n\n```output\n)(.*?)(```)", re.S)
_CONSOLE = re.compile(r"(```console\n\$ ([^\n]*)\n)(.*?)(```)", re.S)


def filled(text: str) -> str:
    """The text with the output of its blocks as this version gives it."""
    before = Path.cwd()
    os.chdir(FOLDER)
    try:
        text = _PYTHON.sub(lambda m: m[1] + python(m[2]) + m[4], text)
        return _CONSOLE.sub(lambda m: m[1] + console(m[2]) + m[4], text)
    finally:
        os.chdir(before)


def python(code: str) -> str:
    """What a block prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(README), "exec"), {"__name__": "readme"})
    return out.getvalue()


def console(command: str) -> str:
    """What a command prints, its first lines."""
    name, *words = shlex.split(command)
    if name != "whence":
        raise ValueError(f"only whence is run here, not {name}")
    done = CliRunner().invoke(commands, words, catch_exceptions=False, prog_name=name)
    lines = done.stdout.splitlines()
    return "\n".join([*lines[:KEPT], *(["…"] if len(lines) > KEPT else [])]) + "\n"


def main(arguments: list[str]) -> int:
    now = README.read_text(encoding="utf-8")
    new = filled(now)
    if "--check" in arguments:
        return int(now != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
