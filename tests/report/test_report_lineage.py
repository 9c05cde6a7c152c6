"""Who has it from whom, as drawn: what is in the picture, and where."""

from __future__ import annotations

import made_stories
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from whence.report.layers import Drawing, draw
from whence.report.lineage import Lineage, lineage_of, whole_lineage_of
from whence.report.naming import cast_of
from whence.report.picture import phone_picture_of, picture_of
from whence.types import Story

NODES = [f"n{i}" for i in range(9)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.booleans()).filter(lambda e: e[0] != e[1]), max_size=20)


def lineage(story: Story) -> Lineage:
    return lineage_of(story, cast_of(story))


class TestGraph:
    def test_two_reports_of_one_paper(self) -> None:
        found = lineage(made_stories.two_reports())
        ties = {(t.upstream, t.downstream, t.strength) for t in found.ties}
        assert {("p3", "p1", "stated"), ("p3", "p2", "stated"), ("p4", "p3", "stated")} == ties

    def test_the_words_that_state_a_tie_are_its_reason(self) -> None:
        found = lineage(made_stories.two_reports())
        assert "“The Harbour Ledger … reported, citing”" in {t.why for t in found.ties}

    def test_shared_passages_are_shown_and_doubtful_ones_possible(self) -> None:
        found = {(t.upstream, t.downstream): (t.strength, t.directed) for t in lineage(made_stories.laundered()).ties}
        assert ("shown", True) == found["p3", "p4"]
        assert ("possible", False) == found["p4", "p5"]

    def test_no_tie_of_another_claim_is_drawn(self) -> None:
        story = made_stories.laundered()
        of_lead = {(t.upstream, t.downstream) for t in lineage(story).ties}
        other = lineage_of(story, cast_of(story), story.claims[1])
        assert not {("p3", "p1"), ("p3", "p2")} & of_lead
        assert {("p3", "p1"), ("p3", "p2")} == {(t.upstream, t.downstream) for t in other.ties}
        assert {"p1", "p2", "p3"} == {n.id for n in other.nodes}

    def test_a_passage_that_does_not_hold_the_claims_words_is_no_tie_of_it(self) -> None:
        story = made_stories.laundered()
        moved = msgspec.structs.replace(story, links=(made_stories.link("r3", "r4", "edits", at=(0, 0)),))
        assert "stated" == {(t.upstream, t.downstream): t.strength for t in lineage(moved).ties}["p3", "p4"]
        assert "shown" == {(t.upstream, t.downstream): t.strength for t in whole_lineage_of(moved, cast_of(moved)).ties}["p3", "p4"]

    def test_every_proof_stands_in_its_report(self) -> None:
        story = made_stories.laundered()
        texts = {r.id: r.text for r in story.reports}
        proofs = [p for t in whole_lineage_of(story, cast_of(story)).ties for p in t.proofs]
        assert proofs
        assert all(texts[p.report][p.start : p.end] for p in proofs)

    def test_only_the_given_reports_are_filled(self) -> None:
        assert {"p1": True, "p2": True, "p3": False, "p4": False} == {n.id: bool(n.reports) for n in lineage(made_stories.two_reports()).nodes}

    def test_the_weakest_point_and_silence_are_said(self) -> None:
        nodes = {n.id: n for n in lineage(made_stories.laundered()).nodes}
        assert "weakest point, 1 of 2" == nodes["p1"].weakest
        assert ("names no source",) == nodes["p5"].notes
        assert "weakest point" == {n.id: n for n in lineage(made_stories.two_reports()).nodes}["p3"].weakest

    def test_a_report_of_another_story_is_not_drawn(self) -> None:
        story = made_stories.story([made_stories.report("r1", "t", "A"), made_stories.report("r2", "t", "B", related=False)], [])
        assert [("r1",)] == [n.reports for n in lineage(story).nodes]


class TestPicture:
    def test_sources_stand_left_of_those_who_have_it_from_them(self) -> None:
        found = lineage(made_stories.two_reports())
        picture = picture_of(found)
        left = {n.id: x.box.x for n, x in zip(found.nodes, picture.labels, strict=True)}
        assert left["p4"] < left["p3"] < left["p1"] == left["p2"]

    def test_fifty_reports_that_stand_alike_are_few_boxes(self) -> None:
        picture = picture_of(lineage(made_stories.many(50)))
        assert len(picture.labels) < 10
        assert picture.height < 1200
        assert picture.left_out > 0

    def test_a_phone_gets_a_picture_that_fits_unless_it_is_too_deep(self) -> None:
        picture = phone_picture_of(lineage(made_stories.two_reports()))
        assert picture is not None
        assert picture.width <= 360
        assert phone_picture_of(lineage(made_stories.laundered())) is None

    def test_the_words_say_what_the_picture_shows(self) -> None:
        words = picture_of(lineage(made_stories.two_reports())).words
        assert ("The Coast Post", "←", "The Harbour Ledger") in {w[:3] for w in words}


class TestLayout:
    @given(EDGES, st.lists(st.sampled_from(NODES), unique=True))
    def test_no_two_boxes_overlap(self, edges: list[tuple[str, str, bool]], last: list[str]) -> None:
        boxes = list(laid(edges, last).boxes.values())
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                assert a.x != b.x or a.y + a.height <= b.y + 0.2 or b.y + b.height <= a.y + 0.2

    @given(EDGES, st.lists(st.sampled_from(NODES), unique=True))
    def test_every_edge_runs_right_or_says_that_it_does_not(self, edges: list[tuple[str, str, bool]], last: list[str]) -> None:
        drawing = laid(edges, last)
        for (a, b, directed), route in zip(edges, drawing.routes, strict=True):
            assert len(route.points) > 1
            if directed and not route.back and not route.level:
                assert drawing.boxes[a].x < drawing.boxes[b].x

    @given(EDGES)
    def test_edges_without_a_ring_all_run_right(self, edges: list[tuple[str, str, bool]]) -> None:
        acyclic = [(min(a, b), max(a, b), True) for a, b, _ in edges]
        assert not [r for r in laid(acyclic, []).routes if r.back or r.level]

    @given(EDGES)
    def test_twice_gives_the_same(self, edges: list[tuple[str, str, bool]]) -> None:
        assert laid(edges, []) == laid(edges, [])

    def test_nothing_is_a_drawing_too(self) -> None:
        assert 0.0 == draw({}, [], [], width=10, gap=(5, 5)).height


def laid(edges: list[tuple[str, str, bool]], last: list[str]) -> Drawing:
    return draw({n: 20.0 + 7 * i for i, n in enumerate(NODES)}, edges, last, width=100, gap=(40, 12))
