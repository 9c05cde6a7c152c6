"""Corrections: applied at once, logged, kept through a regrouping, undone; in both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_pages import DAM, FERRY, SHIP, page

from whence.errors import InputError
from whence.library import Library, open_library
from whence.library.anchors import Anchors
from whence.library.replay import replayed
from whence.types import Correction

FEES = "Port fees to rise at Lund\n\nFees at the port of Lund will rise by 12 percent in May, a port official said on Monday, according to Port Weekly.\n"
FEES_TOO = """Lund port to charge more

Ship owners will pay 12 percent more to dock at the port of Lund in May, an official at the port said, according to the Weekly.
"""


@pytest.fixture
def library(place: str) -> Iterator[Library]:
    with open_library(place, create=True) as made:
        made.add([
            page(SHIP, "ship", outlet="The Kelmar Post", published="2025-05-03"), page(FERRY, "ferry", outlet="Coast Daily", published="2025-05-04"),
            page(DAM, "dam", outlet="Orrin Times", published="2025-06-11"), page(FEES, "fees", outlet="A", published="2025-04-01"),
            page(FEES_TOO, "fees2", outlet="B", published="2025-04-01"),
        ])  # fmt: skip
        made.regroup()
        fees, too = story_of(made, "fees"), story_of(made, "fees2")
        if fees != too:  # what is corrected is one story, however it is grouped
            made.correct(Correction(kind="merge-stories", story=None, subjects=(fees, too)), "the test")
        yield made


def story_of(library: Library, name: str) -> str:
    """The id of the story that the article of this name (its own id) belongs to."""
    found = [r.story for r in library.articles() if library.article(r.id).annotated.article.id == name]
    assert found[0] is not None
    return found[0]


def id_of(library: Library, name: str) -> str:
    return next(r.id for r in library.articles() if library.article(r.id).annotated.article.id == name)


def interval(library: Library, story: str) -> tuple[int, int]:
    """The origins of a story's lead claim, as a list shows them after it was told."""
    origins = library.story_row(story).origins
    assert origins is not None
    return origins.low, origins.high


class TestStories:
    def test_merged_stories_are_one_and_stay_so(self, library: Library) -> None:
        ferry, dam = story_of(library, "ferry"), story_of(library, "dam")
        assert ferry != dam
        library.correct(Correction(kind="merge-stories", story=None, subjects=(dam, ferry)), "Ann")
        assert dam == story_of(library, "ferry") == story_of(library, "dam")
        library.regroup()
        assert dam == story_of(library, "ferry") == story_of(library, "dam")
        assert id_of(library, "ferry") in library.story_row(dam).articles

    def test_a_merge_can_be_undone(self, library: Library) -> None:
        before = {n: story_of(library, n) for n in ("ship", "ferry", "dam")}
        number = library.correct(Correction(kind="merge-stories", story=None, subjects=(before["dam"], before["ferry"])), "Ann")
        library.undo(number, "Ben")
        assert before == {n: story_of(library, n) for n in before}
        library.regroup()
        assert before == {n: story_of(library, n) for n in before}
        logged = library.corrections()[-1]
        assert (number, "Ann", True) == (logged.id, logged.who, logged.undone is not None)

    def test_a_split_stays_split(self, library: Library) -> None:
        both = story_of(library, "fees")
        assert both == story_of(library, "fees2")
        number = library.correct(Correction(kind="split-story", story=both, subjects=(id_of(library, "fees2"),)), "Ann")
        assert both == story_of(library, "fees") != story_of(library, "fees2")
        library.regroup()
        assert story_of(library, "fees") != story_of(library, "fees2")
        library.undo(number, "Ann")
        assert both == story_of(library, "fees2")

    def test_a_moved_article_stays_where_it_was_put(self, library: Library) -> None:
        dam, ship = story_of(library, "dam"), id_of(library, "ship")
        library.correct(Correction(kind="move-article", story=None, subjects=(ship,), value=dam), "Ann")
        for _ in range(2):
            assert dam == story_of(library, "ship")
            assert 2 == library.story_row(dam).reports
            library.regroup()

    def test_an_article_that_no_story_has_yet_can_be_moved(self, library: Library) -> None:
        library.add([page("Dam gates tested\n\nThe gates of the Orrin dam were opened on Friday for a test, a keeper said.\n", "gates")])
        dam = story_of(library, "dam")
        library.correct(Correction(kind="move-article", story=None, subjects=(id_of(library, "gates"),), value=dam), "Ann")
        assert dam == story_of(library, "gates")

    def test_a_story_corrected_is_told_again(self, library: Library) -> None:
        ferry, dam = story_of(library, "ferry"), story_of(library, "dam")
        before = len(library.story(dam).reports)
        library.correct(Correction(kind="merge-stories", story=None, subjects=(dam, ferry)), "Ann")
        assert before < len(library.story(dam).reports) == library.story_row(dam).reports

    @pytest.mark.parametrize(
        ("correction", "why"),
        [
            (Correction(kind="merge-stories", story=None, subjects=("s1", "s2")), "no such story"),
            (Correction(kind="move-article", story=None, subjects=("x",), value="s1"), "no such story"),
            (Correction(kind="split-story", story=None, subjects=("x",)), "no such story"),
            (Correction(kind="merge-parties", story=None, subjects=("p1", "p2")), "name it"),
        ],
    )
    def test_what_cannot_be_is_refused_and_not_logged(self, library: Library, correction: Correction, why: str) -> None:
        before = library.corrections()
        with pytest.raises(InputError, match=why):
            library.correct(correction, "Ann")
        assert before == library.corrections()

    def test_a_correction_says_by_whom(self, library: Library) -> None:
        with pytest.raises(InputError, match="by whom"):
            library.correct(Correction(kind="merge-stories", story=None, subjects=("s1", "s2")), " ")


class TestParties:
    def test_parties_merged_are_counted_as_one(self, library: Library) -> None:
        fees = story_of(library, "fees")
        before = library.story(fees)
        one, two = (p.id for p in before.parties if p.kind == "unnamed")
        number = library.correct(Correction(kind="merge-parties", story=fees, subjects=(one, two)), "Ann")
        assert (1, 2) == interval(library, fees)
        assert 1 == sum(p.kind == "unnamed" for p in library.story(fees).parties)
        assert (1, 1) == interval(library, fees)
        library.undo(number, "Ann")
        assert before == library.story(fees)

    def test_a_party_that_is_an_outlet_is_that_outlet(self, library: Library) -> None:
        fees = story_of(library, "fees")
        told = library.story(fees)
        weekly = next(p for p in told.parties if "eekly" in p.name and p.name != "Port Weekly")
        library.correct(Correction(kind="party-is-outlet", story=fees, subjects=(weekly.id,), value="Port Weekly"), "Ann")
        after = [p for p in library.story(fees).parties if "eekly" in p.name]
        assert [("Port Weekly", "outlet")] == [(p.name, p.kind) for p in after]

    def test_a_party_split_is_two(self, library: Library) -> None:
        fees = story_of(library, "fees")
        told = library.story(fees)
        one, two = (p.id for p in told.parties if p.kind == "unnamed")
        library.correct(Correction(kind="merge-parties", story=fees, subjects=(one, two)), "Ann")
        merged = library.story(fees)
        official = next(p.id for p in merged.parties if p.kind == "unnamed")
        library.correct(Correction(kind="split-parties", story=fees, subjects=(official, id_of(library, "fees2"))), "Ann")
        after = library.story(fees)
        assert 2 == sum(p.kind == "unnamed" for p in after.parties)

    def test_it_survives_a_regrouping_and_a_merge_of_its_story(self, library: Library) -> None:
        fees, dam = story_of(library, "fees"), story_of(library, "dam")
        one, two = (p.id for p in library.story(fees).parties if p.kind == "unnamed")
        library.correct(Correction(kind="merge-parties", story=fees, subjects=(one, two)), "Ann")
        library.regroup()
        library.correct(Correction(kind="merge-stories", story=None, subjects=(dam, fees)), "Ben")
        assert 1 == sum(p.kind == "unnamed" and "official" in p.name for p in library.story(dam).parties)

    def test_a_party_there_is_not_is_refused(self, library: Library) -> None:
        with pytest.raises(InputError, match="no such party"):
            library.correct(Correction(kind="party-is-outlet", story=story_of(library, "fees"), subjects=("p99",), value="X"), "Ann")


class TestReplay:
    MERGE = Correction(kind="merge-stories", story=None, subjects=("s1", "s2"))
    SPLIT = Correction(kind="split-story", story="s1", subjects=("b",))

    def test_a_merge_joins_the_sets_that_hold_most_of_each(self) -> None:
        made = [(self.MERGE, Anchors(groups=(("a", "b"), ("c",))))]
        assert [["a", "b", "x", "c", "d"]] == replayed([["a", "b", "x"], ["c", "d"]], made)

    def test_a_split_holds_whatever_joined_them(self) -> None:
        made = [(self.SPLIT, Anchors(groups=(("b",), ("a",))))]
        assert [["a", "x"], ["b"]] == replayed([["a", "b", "x"]], made)
        assert [["a"], ["b", "x"]] == replayed([["a"], ["b", "x"]], made)

    def test_what_is_forgotten_is_no_obstacle(self) -> None:
        assert [["a"]] == replayed([["a"]], [(self.MERGE, Anchors(groups=(("gone",), ("a",)))), (self.SPLIT, Anchors(groups=(("gone",), ("a",))))])
