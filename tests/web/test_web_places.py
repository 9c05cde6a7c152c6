"""The app over a real library, in a folder and in PostgreSQL: adding, every page, a correction and its undo, what is saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from whence.library import open_library
from whence.types import Story
from whence.web import make_app

MEMO = Path(__file__).parents[2] / "examples/laundered-memo/reports"
OUTLETS = {"ledger": "The Harbour Ledger", "skyline": "Skyline Business", "meridian": "Meridian News Agency"}


@pytest.fixture
def app(place: str) -> Iterator[TestClient]:
    """The app over a new library to which three reports of one story were added through it."""
    with open_library(place, create=True) as library:
        client = TestClient(make_app(library), base_url="http://localhost")
        given = [{"text": (MEMO / f"{n}.txt").read_text(encoding="utf-8"), "outlet": outlet} for n, outlet in OUTLETS.items()]
        job = client.post("/api/v1/articles", json={"articles": given}).json()["job"]
        until = time.monotonic() + 120
        while (said := client.get(f"/api/v1/additions/{job}").json())["outcome"] is None and time.monotonic() < until:
            time.sleep(0.05)
        assert 3 == said["outcome"]["added"]["new"]
        yield client


def only(app: TestClient) -> dict[str, Any]:
    (story,) = app.get("/api/v1/stories").json()["stories"]
    return dict(story)


class TestBothStores:
    def test_what_is_added_can_be_looked_at_on_every_page(self, app: TestClient) -> None:
        story = only(app)
        assert 3 == story["reports"]
        first = story["articles"][0]
        pages = ["/", "/search?words=routes", "/unread", "/charts", "/corrections", f"/articles/{first}"]
        pages += [f"/stories/{story['id']}{part}" for part in ("", "/rows", f"/texts/{first}", "/correct", "/charts")]
        assert dict.fromkeys(pages, 200) == {p: app.get(p).status_code for p in pages}

    def test_words_are_found(self, app: TestClient) -> None:
        hits = app.get("/api/v1/search", params={"words": "routes"}).json()["hits"]
        assert {*OUTLETS.values()} >= {h["article"]["outlet"] for h in hits} != set()

    def test_a_correction_counts_again_and_its_undo_brings_back_what_was(self, app: TestClient) -> None:
        story = only(app)
        before = app.get(f"/api/v1/stories/{story['id']}/report").content
        done = app.post("/api/v1/corrections", json={"kind": "split-story", "story": story["id"], "subjects": story["articles"][:1], "who": "Ada"})
        assert 201 == done.status_code
        assert [1, 2] == sorted(s["reports"] for s in app.get("/api/v1/stories").json()["stories"])
        assert 204 == app.delete(f"/api/v1/corrections/{done.json()['id']}", params={"who": "Ada"}).status_code
        again = only(app)
        assert before == app.get(f"/api/v1/stories/{again['id']}/report").content

    def test_a_story_is_saved_as_the_report_itself(self, app: TestClient) -> None:
        story = only(app)
        saved = msgspec.json.decode(app.get(f"/stories/{story['id']}/saved.json").content, type=Story)
        assert {*OUTLETS.values()} == {r.outlet for r in saved.reports}
