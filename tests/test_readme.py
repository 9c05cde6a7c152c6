"""The README tells the truth: its blocks give what it shows, and its commands, links and figures are there."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

from whence.cli import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("run_blocks", ROOT / "docs/run_blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_its_blocks_give_what_it_shows() -> None:
    assert README == _load().filled(README), "run `make docs` and read what changed"


def test_every_command_and_every_option_is_mentioned() -> None:
    context = commands.make_context("whence", [], resilient_parsing=True)
    for name in commands.list_commands(context):
        assert f"`whence {name}" in README
        command = commands.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("--") or option in README, (name, option)


def test_every_link_leads_somewhere() -> None:
    for place in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / place).exists(), place


def test_the_picture_is_small() -> None:
    assert (ROOT / "docs/pictures/laundered-memo.png").stat().st_size < 200_000


def test_the_contract_names_every_field() -> None:
    from whence.codec import schema

    contract = (ROOT / "docs/contract.md").read_text(encoding="utf-8")
    for name, definition in schema()["$defs"].items():
        for field in definition.get("properties", {}):
            assert f"`{field}`" in contract, (name, field)
