"""Runs of a command in this process, and two short reports of one happening to run it on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from whence.cli import commands

MEMO = sorted(str(p) for p in (Path(__file__).parents[2] / "examples/laundered-memo/reports").iterdir())
TEXT = (
    "Two ferries collided off Tarn Head on Monday, the coastguard said. Twelve people were hurt, according to the harbour office. "
    'The harbour master, Ann Lee, told reporters: "We had warned of the fog since Sunday." The port will stay closed until Friday.\n'
)
OTHER = (
    "The coastguard said on Monday that two ferries had collided in fog off Tarn Head. The harbour office put the number of people hurt at 12. "
    "It will keep the port closed until Friday, said its master, Ann Lee.\n"
)


class Done(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


def whence(*words: str, stdin: bytes = b"") -> Done:
    """Run it; whatever it raises, a test raises too."""
    done = CliRunner().invoke(commands, list(words), input=stdin, catch_exceptions=False, prog_name="whence")
    return Done(done.exit_code, done.stdout, done.stderr)


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
