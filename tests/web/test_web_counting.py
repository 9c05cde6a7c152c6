"""Counting for the list: what it shows was counted, once, and no reader waits for what takes long."""

from __future__ import annotations

import threading

import made_stories
from made_library import MadeLibrary
from msgspec.structs import replace
from pages_read import Read
from starlette.testclient import TestClient

from whence.errors import InputError
from whence.types import Story, StoryRow
from whence.web import make_app
from whence.web.counting import Counter
from whence.web.shelf import Shelf


class Untold(MadeLibrary):
    """Counts a story when it is told; ``open`` lets it be told."""

    def __init__(self, **stories: Story) -> None:
        super().__init__(**stories)
        self.times: dict[str, int] = dict.fromkeys(stories, 0)
        self.open = threading.Event()
        self.open.set()

    def story(self, id: str) -> Story:
        self.open.wait(20)
        told = super().story(id)
        self.times[id] += 1
        return told

    def story_row(self, id: str) -> StoryRow:
        row = super().story_row(id)
        return row if self.times[id] else replace(row, told=None, origins=None, weakest=(), differing=0)


class Lost(Untold):
    """A library whose stories go while they are told."""

    def story(self, id: str) -> Story:
        raise InputError(id, "there is no such story")


def words(library: MadeLibrary, place: str = "/") -> str:
    return " ".join(Read(TestClient(make_app(library), base_url="http://localhost").get(place).text).words.split())


class TestTheList:
    def test_a_story_never_opened_shows_its_origins(self) -> None:
        library = Untold(ring=made_stories.laundered())
        said = words(library)
        assert "1–2 origins of 5 reports" in said
        assert "Weakest point: The Harbour Ledger and Foothill Radio" in said
        assert {"ring": 1} == library.times

    def test_one_report_alone_is_not_counted(self) -> None:
        library = Untold(alone=made_stories.alone())
        assert "one report, nothing to compare it with" in words(library)
        assert {"alone": 0} == library.times

    def test_no_more_than_twenty_are_counted_for_one_list(self) -> None:
        library = Untold(**{f"s{i}": made_stories.two_reports() for i in range(23)})
        app = make_app(library)
        app.state.counter.counted(library.stories(), patience=30)
        assert [1] * 20 + [0] * 3 == list(library.times.values())


class TestCounting:
    def test_each_revision_once(self) -> None:
        library = Untold(two=made_stories.two_reports())
        counter = Counter(Shelf(library))
        rows = library.stories()
        for _ in range(3):
            assert frozenset() == counter.counted(rows, patience=10)
        assert {"two": 1} == library.times

    def test_who_reads_the_list_does_not_wait_for_what_takes_long(self) -> None:
        library = Untold(two=made_stories.two_reports())
        library.open.clear()
        counter = Counter(Shelf(library))
        assert {"two"} == counter.counted(library.stories(), patience=0.05)
        library.open.set()
        assert frozenset() == counter.counted(library.stories(), patience=10)
        assert library.stories()[0].origins is not None

    def test_a_story_that_went_stops_no_other(self) -> None:
        library = Lost(a=made_stories.two_reports(), b=made_stories.two_reports())
        assert frozenset() == Counter(Shelf(library)).counted(library.stories(), patience=10)
        assert "2 reports, counted when it is opened" in words(library)
