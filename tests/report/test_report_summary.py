"""The one line, and the same in sentences."""

from __future__ import annotations

import made_stories
import pytest
from msgspec.structs import replace

from whence.report import summary_line
from whence.report.naming import and_list, cast_of, party_name, unchecked_of
from whence.report.reading import reading_of
from whence.report.rows import rows_of
from whence.report.summary import lead_claim
from whence.types import NotChecked, Party


class TestLine:
    def test_two_reports_of_one_source(self) -> None:
        line = (
            "2 reports · 1 origin (The Harbour Ledger ← a port official, unnamed) · 0 independent confirmations"
            " · 1 quote differs · 1 sum depends on reading"
        )
        assert line == summary_line(made_stories.two_reports())

    def test_reports_that_have_it_from_each_other_are_named_by_their_weakest_point(self) -> None:
        line = (
            "5 reports · 1–2 origins (The Harbour Ledger ← a person with knowledge of the airline's planning, unnamed; "
            "Foothill Radio, which names no source) · 0–1 independent confirmations"
        )
        assert line == summary_line(made_stories.laundered())

    def test_one_report_has_nothing_beside_it(self) -> None:
        assert "1 report · nothing to compare with" == summary_line(made_stories.alone())

    def test_a_report_of_another_story_is_not_counted(self) -> None:
        story = made_stories.two_reports()
        other = replace(made_stories.report("r9", "On gardening", "The Spade"), related=False)
        line = summary_line(replace(story, reports=(*story.reports, other)))
        assert line.startswith("2 reports · 1 not of this story · 1 origin")

    def test_the_count_is_the_storys_own(self) -> None:
        story = made_stories.two_reports()
        lead = replace(story.claims[0], origins=made_stories.counted(3, 4.5, 7, "p4"))
        line = summary_line(replace(story, claims=(lead, *story.claims[1:])))
        assert "3–7 origins" in line
        assert "2–6 independent confirmations" in line

    def test_a_sum_that_fits_is_not_mentioned(self) -> None:
        story = made_stories.two_reports()
        fits = [replace(a, verdict="consistent") for a in story.arithmetic]
        assert "sum" not in summary_line(replace(story, arithmetic=tuple(fits)))

    def test_a_sum_off_in_every_reading_does_not_fit(self) -> None:
        story = made_stories.two_reports()
        off = [replace(a, verdict="inconsistent") for a in story.arithmetic]
        assert summary_line(replace(story, arithmetic=tuple(off))).endswith("1 sum does not fit its words")

    def test_what_may_answer_two_questions_is_no_difference(self) -> None:
        story = made_stories.two_reports()
        unsure = replace(story, claims=tuple(replace(c, confidence=0.3) for c in story.claims))
        assert "differs" in summary_line(story)
        assert "differs" not in summary_line(unsure)


class TestLead:
    def test_most_reports_then_earliest(self) -> None:
        story = made_stories.two_reports()
        lead = lead_claim(replace(story, claims=story.claims[::-1]))
        assert lead is not None
        assert "c1" == lead.id

    def test_among_claims_about_as_sure_the_earliest(self) -> None:
        story = made_stories.laundered()
        first = story.claims[0]
        cells = [made_stories.cell(r, f"says report {i}", x.chain) for i, (r, x) in enumerate(zip(story.reports, first.cells, strict=True))]
        later = replace(first, id="c9", cells=tuple(cells))
        nearly = replace(story, claims=(replace(first, confidence=0.97), later))
        doubtful = replace(story, claims=(replace(first, confidence=0.6), later))
        assert ("c1", "c9") == tuple(c.id for c in (lead_claim(nearly), lead_claim(doubtful)) if c)

    def test_two_answers_of_one_report_are_not_shared(self) -> None:
        story = made_stories.two_reports()
        twice = replace(story.claims[2], cells=story.claims[2].cells * 2)
        assert lead_claim(replace(story, claims=(twice,))) is None


class TestRows:
    def test_what_is_doubtful_says_so(self) -> None:
        story = made_stories.two_reports()
        first = story.claims[0]
        unsure = replace(first, confidence=0.3, cells=(first.cells[0], replace(first.cells[1], doubtful=True)))
        (row, *_) = rows_of(replace(story, claims=(unsure,)), cast_of(story))
        assert ["The Coast Post", "Inland Times (doubtful)"] == [a.outlet for a in row.answers]
        assert "same, if these answer one question" == row.label


class TestReading:
    def test_the_weakest_point_is_named_and_said_to_be_absent(self) -> None:
        story = made_stories.two_reports()
        assert [
            "Both reports carry the lead claim.",
            "Both have it from one origin: a port official, unnamed. Neither confirms it independently.",
            "Weakest point: The Harbour Ledger. If this one is wrong, the claim falls. Its own report is not among those given.",
        ] == reading_of(story, cast_of(story))

    def test_an_open_count_says_why(self) -> None:
        story = made_stories.laundered()
        assert "The count stays open because Foothill Radio names no source for it." in reading_of(story, cast_of(story))

    def test_nothing_to_count(self) -> None:
        story = made_stories.nothing()
        assert ["Only one report of this story was given: there is nothing to count over reports."] == reading_of(story, cast_of(story))


class TestNames:
    def test_unnamed_people_are_their_words(self) -> None:
        assert "a port official, unnamed" == party_name(cast_of(made_stories.two_reports()), "p4")

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("The police", "the police"),
            ("A Tamil channel", "a Tamil channel"),
            ("The Harbour Ledger", "The Harbour Ledger"),
            ("Anna Rol", "Anna Rol"),
            ("The État", "The État"),
        ],
    )
    def test_an_article_is_small_where_it_is_no_part_of_a_name(self, name: str, shown: str) -> None:
        story = made_stories.two_reports()
        cast = cast_of(replace(story, parties=(Party(id="p1", name=name, kind="organisation"),)))
        assert shown == party_name(cast, "p1")

    def test_two_reports_of_one_outlet_are_told_apart(self) -> None:
        reports = [made_stories.report(f"r{i}", "t", "The Ledger", published=d) for i, d in enumerate(["2026-01-01", "2026-01-02", None], 1)]
        cast = cast_of(made_stories.story(reports, []))
        assert ["The Ledger, 2026-01-01", "The Ledger, 2026-01-02", "The Ledger"] == list(cast.outlets.values())

    def test_a_report_without_outlet_goes_by_its_file(self) -> None:
        assert {"r1": "r1.txt"} == dict(cast_of(made_stories.alone()).outlets)

    def test_lists(self) -> None:
        assert "" == and_list([])
        assert "A" == and_list(["A"])
        assert "A, B and C" == and_list(["A", "B", "C"])
        assert "A, B and 2 more" == and_list(["A", "B", "C", "D"], 2)
        assert "an official, unnamed; and B" == and_list(["an official, unnamed", "B"])
        assert "2 × an official, unnamed" == and_list(["an official, unnamed"] * 2)


class TestUnchecked:
    def test_what_is_said_of_several_is_said_once(self) -> None:
        story = made_stories.many(3, 2)
        notes = [NotChecked(check="date", why=f"{r.path} gives no date") for r in story.reports]
        notes += [NotChecked(check="origin-text", why=f"no report by {name} was given") for name in ("a local channel", "The Herald")]
        notes.append(NotChecked(check="events", why="no events"))
        parties = (*story.parties, Party(id="p98", name="A local channel", kind="outlet"), Party(id="p99", name="The Herald", kind="outlet"))
        paths = [r.path for r in story.reports]
        assert [
            f"{paths[0]}, {paths[1]} and {paths[2]}: each gives no date",
            "no report by a local channel or The Herald was given",
            "no events",
        ] == unchecked_of(replace(story, not_checked=tuple(notes), parties=parties))
