"""What must hold of every story, on the examples that the package ships."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whence
from whence import codec
from whence.clean import clean
from whence.pipeline import brief, tell
from whence.read import read_pages
from whence.types import Article, Claim, Fact, Story

EXAMPLES = Path(__file__).parents[1] / "examples"
STORIES = ["laundered-memo", "two-originals", "flood-toll"]
RETOLD = sorted(p.name for p in (EXAMPLES / "retold").iterdir() if p.is_dir())
FOLDERS = [*STORIES, *(f"retold/{name}" for name in RETOLD)]


def files(story: str) -> list[str]:
    return sorted(str(p) for p in (EXAMPLES / story / "reports").iterdir())


@functools.cache
def told(story: str) -> Story:
    result = brief(files(story))
    assert result.story is not None
    assert () == result.refused
    return result.story


@functools.cache
def articles(story: str) -> tuple[Article, ...]:
    pages, refused = read_pages(files(story))
    assert [] == refused
    return tuple(clean(page) for page in pages)


def nodes(value: Any, report: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Every object in a report's JSON, with the report that it is about."""
    if isinstance(value, dict):
        report = value.get("report", report)
        yield report, value
        for part in value.values():
            yield from nodes(part, report)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part, report)


@pytest.mark.parametrize("story", FOLDERS)
class TestEveryExample:
    def test_the_output_is_what_the_schema_says(self, story: str) -> None:
        schema = codec.schema()
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads(codec.encode(told(story))))

    def test_it_comes_back_from_its_json(self, story: str) -> None:
        assert told(story) == codec.decode_story(codec.encode(told(story)))

    def test_every_span_is_its_text(self, story: str) -> None:
        out = json.loads(codec.encode(told(story)))
        texts = {r["id"]: r["text"] for r in out["reports"]}
        spans = 0
        for r in out["reports"]:
            for mark in (*r["furniture"], *r["credits"]):
                assert 0 <= mark["start"] <= mark["end"] <= len(r["text"])
            for credit in r["credits"]:
                assert credit["text"] == r["text"][credit["start"] : credit["end"]]
        for report, node in nodes({k: v for k, v in out.items() if k != "reports"}):
            if {"start", "end", "text"} <= node.keys():
                spans += 1
                assert report is not None
                assert node["text"] == texts[report][node["start"] : node["end"]]
        assert spans > 20

    def test_shared_passages_lie_in_their_reports(self, story: str) -> None:
        out = told(story)
        texts = {r.id: r.text for r in out.reports}
        for link in out.links:
            for passage in link.evidence:
                assert 0 <= passage.from_.start < passage.from_.end <= len(texts[link.from_])
                assert 0 <= passage.to.start < passage.to.end <= len(texts[link.to])

    def test_ids_are_unique_and_every_reference_is_there(self, story: str) -> None:
        out = told(story)
        for group in (out.reports, out.parties, out.attributions, out.quantities, out.claims):
            ids = [x.id for x in group]
            assert len(ids) == len(set(ids))
        reports, parties = {r.id for r in out.reports}, {p.id for p in out.parties}
        quantities, claims, attributions = {q.id for q in out.quantities}, {c.id for c in out.claims}, {a.id for a in out.attributions}
        assert {p.report for p in out.parties} - {None} <= reports
        assert {a.report for a in out.attributions} | {q.report for q in out.quantities} | {d.report for d in out.timeline} <= reports
        assert {p for a in out.attributions for p in a.chain} <= parties
        assert {a.inside for a in out.attributions} - {None} <= attributions
        assert {c.party for r in out.reports for c in r.credits} <= parties
        for claim in out.claims:
            assert {x.report for x in claim.cells} <= reports
            assert {p for x in claim.cells for p in x.chain} <= parties
            assert {*claim.origins.parties, *claim.weakest} <= parties
        assert {x for link in out.links for x in (link.from_, link.to)} <= reports
        assert {a.stated for a in out.arithmetic} - {None} <= quantities
        assert {a.claim for a in out.arithmetic} - {None} <= claims

    def test_counts_are_intervals(self, story: str) -> None:
        for claim in told(story).claims:
            assert 1 <= claim.origins.low <= claim.origins.best <= claim.origins.high
            assert 0 <= claim.witnesses.low <= claim.witnesses.high
            assert claim.weakest


@pytest.mark.parametrize("story", STORIES)
class TestTheSameAgain:
    def test_two_runs_give_the_same_bytes(self, story: str) -> None:
        again = brief(files(story)).story
        assert codec.encode(told(story)) == codec.encode(again)

    def test_nothing_is_fetched(self, story: str, monkeypatch: pytest.MonkeyPatch) -> None:
        import socket

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a socket was opened")

        for name in ("socket", "create_connection", "getaddrinfo"):
            monkeypatch.setattr(socket, name, refuse)
        assert codec.encode(told(story)) == codec.encode(brief(files(story)).story)

    def test_python_shows_what_the_command_shows(self, story: str) -> None:
        view = whence.read(files(story))
        assert told(story).summary == view.summary
        assert view.claims == told(story).claims
        assert "<html" in view._repr_html_()


class TestPython:
    def test_read_stays_a_function_when_the_room_of_that_name_is_loaded(self) -> None:
        import whence.read

        assert callable(whence.read)

    def test_what_is_refused_stands_beside(self) -> None:
        view = whence.read([*files("two-originals"), "nowhere.txt"])
        assert ["nowhere.txt"] == [r.path for r in view.refused]

    def test_nothing_read_raises_with_the_name(self) -> None:
        from whence.errors import InputError

        with pytest.raises(InputError, match=r"nowhere\.txt: there is no such file"):
            whence.read("nowhere.txt")


def rows(story: Story, besides: str = "") -> dict[frozenset[tuple[str, int, int]], Claim]:
    """The claims by where their cells stand, whatever the reports are called in this run; cells of the report ``besides`` left out."""
    path = {r.id: r.path for r in story.reports}
    return {frozenset((path[x.report], x.start, x.end) for x in c.cells if path[x.report] != besides): c for c in story.claims}


class TestCopiesAndOrder:
    """The two promises of the count, from text to interval.

    A copy is folded into the text it repeats, so that all rows have the same cells again; rows are found in an order of their own.
    """

    @settings(max_examples=3, deadline=None, derandomize=True)
    @given(data=st.data())
    @pytest.mark.parametrize("story", STORIES)
    def test_a_copy_under_another_outlet_never_raises_a_count(self, story: str, data: st.DataObject) -> None:
        original = data.draw(st.sampled_from(range(len(articles(story)))))
        copy = msgspec.structs.replace(articles(story)[original], path="copy.txt", outlet=Fact(value="The Wendover Mirror", basis="given"))
        before, after = rows(told(story)), rows(tell([*articles(story), copy]), besides="copy.txt")
        both = before.keys() & after.keys()
        assert before.keys() == both
        for cells in both:
            was, now = before[cells].origins, after[cells].origins
            assert now.low <= was.low, before[cells].question
            assert now.high <= was.high, before[cells].question
            assert now.best <= was.best + 1e-9, before[cells].question

    @settings(max_examples=2, deadline=None, derandomize=True)
    @given(data=st.data())
    @pytest.mark.parametrize("story", STORIES)
    def test_the_order_of_the_reports_changes_no_interval(self, story: str, data: st.DataObject) -> None:
        order = data.draw(st.permutations(range(len(articles(story)))))
        before, after = rows(told(story)), rows(tell([articles(story)[i] for i in order]))
        assert {cells: intervals(c) for cells, c in before.items()} == {cells: intervals(c) for cells, c in after.items()}


def intervals(claim: Claim) -> tuple[float, ...]:
    return (claim.origins.low, round(claim.origins.best, 9), claim.origins.high, claim.witnesses.low, claim.witnesses.high)
