"""What a library prints as JSON is written down."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from whence.types import Added, ArticleRow, Change, Hit, Reject, StoryRow, Value, Version

CONTRACT = (Path(__file__).parents[2] / "docs/contract.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", [Added, ArticleRow, Change, Hit, Reject, StoryRow, Version], ids=lambda v: v.__name__)
def test_every_field_is_named(value: type[Value]) -> None:
    for field in msgspec.structs.fields(value):
        assert f"`{field.name}`" in CONTRACT.split("## A library")[1], field.name
