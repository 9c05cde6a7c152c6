"""A library's file opens in Datasette as it is, so that anybody can look at every row of it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="Datasette is not installed")

from datasette.app import Datasette

from whence.library import open_library
from whence.types import Page

TEXT = "Two ferries collided off Tarn Head on Monday, the coastguard said. Twelve people were hurt, according to the harbour office."


def read(file: Path, *paths: str) -> list[Any]:
    """What Datasette answers at some paths."""

    async def run() -> list[Any]:
        shown = Datasette([str(file)])
        await shown.invoke_startup()
        return [(await shown.client.get(path)).json() for path in paths]

    with ThreadPoolExecutor(1) as aside:  # another test's browser may keep a loop running in this thread
        return aside.submit(lambda: asyncio.run(run())).result()


def test_datasette_shows_the_tables_of_a_library_and_their_rows(tmp_path: Path) -> None:
    with open_library(str(tmp_path), create=True) as library:
        library.add([Page(path="a.txt", text=TEXT, media="text", outlet="The Coast Post")])
        library.regroup()
    tables, articles = read(tmp_path / "library.db", "/library.json", "/library/articles.json?_shape=array")
    assert {"articles", "stories", "versions", "rejects"} <= {t["name"] for t in tables["tables"]}
    assert ["The Coast Post"] == [a["outlet"] for a in articles]
