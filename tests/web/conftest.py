"""A library served on loopback, and a browser to look at it with."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from whence.library import open_library
from whence.read import read_pages
from whence.web import Settings, make_app

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("WHENCE_CHROMIUM", "/usr/bin/chromium")
MEMO = {"The Harbour Ledger": "ledger", "Skyline Business": "skyline", "Meridian News Agency": "meridian", "The Capital Tribune": "tribune"}


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serves a library until the tests end; gives the address."""
    servers = []

    def start(library: Any, settings: Settings | None = None) -> str:
        place = socket.socket()
        place.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(library, settings), log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        return f"http://127.0.0.1:{place.getsockname()[1]}"

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def memo(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """The address of a library that holds the shipped story of the laundered memo."""
    library = open_library(str(tmp_path_factory.mktemp("memo")), create=True)
    pages, _ = read_pages([f"{name}={ROOT}/examples/laundered-memo/reports/{file}.txt" for name, file in MEMO.items()])
    library.add(pages)
    library.regroup()
    for story in library.stories():
        library.story(story.id)
    return serve(library)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium; tests that need it are skipped where it is not. Its event loop runs in this thread, so it ends with the module."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium, or name one in WHENCE_CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
