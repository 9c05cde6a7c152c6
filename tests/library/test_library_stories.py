"""Stories of a library: ids that stay, tellings that are kept until something changes; in both databases."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from whence.errors import InputError
from whence.library import Library, open_library
from whence.read import read_pages
from whence.types import Query

ROOT = Path(__file__).parents[2]
MEMO = sorted(str(p) for p in (ROOT / "examples/laundered-memo/reports").iterdir())
FLOOD = sorted(str(p) for p in (ROOT / "examples/flood-toll/reports").iterdir())


def clocked(place: str) -> Library:
    """A library whose time moves on by a minute whenever it is asked."""
    minutes = itertools.count()
    return open_library(place, create=True, clock=lambda: f"2026-03-12T{(m := next(minutes)) // 60:02}:{m % 60:02}:00Z")


class TestGrouping:
    def test_a_story_keeps_its_id_when_a_report_comes_in(self, place: str) -> None:
        with clocked(place) as library:
            library.add(read_pages([*MEMO[:3], *FLOOD])[0])
            first = library.regroup()
            assert 2 == first.stories == len(first.new)
            before = {s.id: s for s in library.stories()}
            library.add(read_pages(MEMO[3:])[0])
            second = library.regroup()
            assert ((), ()) == (second.new, second.gone)
            (grown,) = second.changed
            after = {s.id: s for s in library.stories()}
            assert (3, 5) == (before[grown].reports, after[grown].reports)
            assert before[grown].revision < after[grown].revision
            assert [grown] == [s.id for s in library.stories(changed_since=before[grown].changed)]

    def test_by_and_by_or_all_at_once_is_the_same(self, place: str) -> None:
        with clocked(place) as library:
            for path in (*MEMO, *FLOOD):
                library.add(read_pages([path])[0])
                library.regroup()
            by_and_by = {frozenset(s.articles) for s in library.stories()}
            ids = {s.id for s in library.stories()}
            library.regroup(anew=True)
            assert by_and_by == {frozenset(s.articles) for s in library.stories()}
            assert ids == {s.id for s in library.stories()}

    def test_nothing_new_changes_nothing(self, place: str) -> None:
        with clocked(place) as library:
            library.add(read_pages(MEMO)[0])
            library.regroup()
            before = library.stories()
            done = library.regroup()
            assert (1, (), (), ()) == (done.stories, done.new, done.changed, done.gone)
            assert before == library.stories()

    def test_lists_go_on_and_can_be_asked(self, place: str) -> None:
        with clocked(place) as library:
            library.add(read_pages([*MEMO, *FLOOD])[0])
            library.regroup()
            both = library.stories()
            assert both[1:] == library.stories(after=both[0].id)
            assert both[:1] == library.stories(limit=1)
            assert [s for s in both if "Maravia" in s.title] == library.stories(query=Query(words="airline"))
            assert [] == library.stories(least=6)


class TestTelling:
    def test_a_story_is_told_from_kept_marks(self, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from whence import pipeline

        expected = pipeline.brief(MEMO).story
        assert expected is not None
        with clocked(place) as library:
            library.add(read_pages(MEMO)[0])
            library.regroup()

            def never(*given: object) -> None:
                raise AssertionError("annotated again")

            monkeypatch.setattr(pipeline, "annotate", never)
            monkeypatch.setattr(pipeline, "annotate_batch", never)
            (story,) = library.stories()
            told = library.story(story.id)
        assert {c.text for r in expected.claims for c in r.cells} == {c.text for r in told.claims for c in r.cells}

    def test_a_telling_is_kept_until_a_report_changes(self, place: str) -> None:
        with clocked(place) as library:
            (page, *others), _ = read_pages(MEMO)
            library.add([page, *others])
            library.regroup()
            (row,) = library.stories()
            told = library.story(row.id)
            assert row.revision == library.story_row(row.id).told
            assert told == library.story(row.id)
            import msgspec

            library.add([msgspec.structs.replace(page, text=page.text.replace("14", "15"))])
            library.regroup()
            assert library.story_row(row.id).revision > row.revision
            assert any("15" in r.text and "15" not in old.text for r, old in zip(library.story(row.id).reports, told.reports, strict=True))

    def test_a_story_there_is_not_is_said(self, place: str) -> None:
        with clocked(place) as library, pytest.raises(InputError, match="no such story"):
            library.story("s0000000000000000")
