"""The pages: what each says, that nothing in a report becomes markup, and that what did not change is not sent again."""

from __future__ import annotations

import re
import shutil

import made_stories
import pytest
from made_library import MadeLibrary
from pages_read import Read
from starlette.testclient import TestClient

from whence.report.exports import FILES, FORMS, export
from whence.web import make_app

PAGES = [
    "/", "/stories/{s}", "/stories/{s}?claim=whole", "/stories/{s}?claim=c2", "/stories/{s}/rows", "/stories/{s}/texts/r1", "/stories/{s}/texts/{s}-r1",
    "/stories/{s}/charts", "/stories/{s}/correct", "/charts", "/articles/{s}-r1", "/corrections", "/add", "/unread", "/search?words=the",
]  # fmt: skip


def client(**stories: object) -> TestClient:
    return TestClient(make_app(MadeLibrary(**stories)), base_url="http://localhost")  # type: ignore[arg-type]


def read(c: TestClient, place: str) -> Read:
    answer = c.get(place)
    assert 200 == answer.status_code, place
    return Read(answer.text)


class TestStories:
    def test_each_says_its_origins_its_weakest_point_and_what_differs(self) -> None:
        words = " ".join(read(client(ring=made_stories.laundered()), "/").words.split())
        assert "1–2 origins of 5 reports" in words
        assert "Weakest point: The Harbour Ledger and Foothill Radio" in words
        assert "1 difference" in words

    def test_an_empty_library_says_what_to_do(self) -> None:
        assert "Add two reports" in read(client(), "/").words

    def test_no_story_is_left_out_on_the_way_through_the_pages(self) -> None:
        c, place, seen = client(**{f"s{i}": made_stories.alone() for i in range(95)}), "/", list[str]()
        while place:
            page = read(c, place)
            seen += [x for x in page.links if x.startswith("/stories/")]
            place = next((x for x in page.links if "after=" in x), "")
        assert [f"/stories/s{i}" for i in range(95)] == seen


class TestLineage:
    def test_the_weakest_point_is_said_by_name(self) -> None:
        assert "Weakest point: The Harbour Ledger." in read(client(two=made_stories.two_reports()), "/stories/two").words

    def test_every_edge_leads_to_what_shows_it(self) -> None:
        page = read(client(ring=made_stories.laundered()), "/stories/ring")
        ties = {x for x in page.links if x.startswith("#tie-")}
        assert 5 == len(ties)
        assert {x[1:] for x in ties} <= {*page.ids}
        assert "/stories/ring/texts/ring-r2#r2-" in " ".join(page.links)

    def test_a_claim_can_be_drawn_alone(self) -> None:
        page = read(client(ring=made_stories.laundered()), "/stories/ring?claim=c2")
        assert "Claim: Who confirms it?" in page.words
        assert "The Capital Tribune" not in page.words.partition("What shows each line")[2].partition("Timeline")[0]

    def test_time_stands_below(self) -> None:
        answer = client(ring=made_stories.laundered()).get("/stories/ring").text
        assert 5 == answer.partition('<figure class="time">')[2].partition("</figure>")[0].count("<circle")


class TestSideBySide:
    def test_cells_lead_to_their_words(self) -> None:
        c = client(two=made_stories.two_reports())
        places = [x for x in read(c, "/stories/two/rows").links if "/texts/" in x and "#" in x]
        assert places
        for place in places:
            page, _, anchor = place.partition("#")
            assert anchor in read(c, page).ids, place

    def test_numbers_come_with_their_working(self) -> None:
        words = read(client(two=made_stories.two_reports()), "/stories/two/rows").words
        assert "(20 + 11) / 20 = 1.54–1.56" in words
        assert "1.45–1.5" in words


class TestEvidence:
    def test_the_whole_text_stands_there(self) -> None:
        story = made_stories.two_reports()
        page = client(two=story).get("/stories/two/texts/two-r1").text
        text = re.sub(r'<a class="ref".*?</a>|<ul class="heard".*?</ul>', "", page)
        words = "".join(Read(text).words.split())
        assert "".join(story.reports[0].text.split()) in words

    def test_shared_words_lead_to_each_other(self) -> None:
        c = client(ring=made_stories.laundered())
        place = next(x for x in read(c, "/stories/ring/texts/ring-r3").links if "/texts/ring-r4#r4-m" in x)
        back = next(x for x in read(c, place.partition("#")[0]).links if "/texts/ring-r3#r3-m" in x)
        assert place.partition("#")[2] in read(c, place.partition("#")[0]).ids
        assert back.partition("#")[2] in read(c, back.partition("#")[0]).ids

    def test_the_chain_is_said_beside_the_words(self) -> None:
        words = read(client(two=made_stories.two_reports()), "/stories/two/texts/r1").words
        assert "← The Harbour Ledger ← a port official, unnamed" in words


class TestHostile:
    @pytest.mark.parametrize("place", PAGES)
    def test_nothing_of_a_report_becomes_markup(self, place: str) -> None:
        page = read(client(s=made_stories.hostile()), place.format(s="s"))
        assert [] == page.alarms
        assert "\u202e" not in page.words

    @pytest.mark.parametrize("place", PAGES)
    @pytest.mark.parametrize("story", ["two", "laundered", "many", "alone", "nothing", "wide"])
    def test_every_page_of_every_story_holds_together(self, story: str, place: str) -> None:
        page = read(client(s=made_stories.ALL[story]()), place.format(s="s"))
        assert len(page.ids) == len({*page.ids})
        assert [] == page.alarms
        assert not [x for x in page.links if x.startswith("#") and len(x) > 1 and x[1:] not in page.ids]

    def test_an_address_that_could_run_is_no_link(self) -> None:
        c = client(s=made_stories.hostile())
        assert not [x for x in read(c, "/stories/s/texts/r1").links if "javascript" in x.lower()]

    @pytest.mark.parametrize(
        "place",
        ["/stories/%00", "/stories/..%2f..", "/articles/%F0%9F", "/static/..%2f__init__.py", "/search?words=%00", "/stories/s?claim=%3Cscript%3E"],
    )
    def test_an_address_that_is_nothing_is_answered(self, place: str) -> None:
        assert client(s=made_stories.alone()).get(place).status_code in (200, 404)


class TestSparing:
    def test_a_page_that_did_not_change_is_not_sent_again(self) -> None:
        c = client(two=made_stories.two_reports())
        for place in ("/", "/stories/two", "/stories/two/rows", "/stories/two/saved.json"):
            first = c.get(place)
            assert 304 == c.get(place, headers={"if-none-match": first.headers["etag"]}).status_code

    def test_a_correction_changes_the_page(self) -> None:
        library = MadeLibrary(two=made_stories.two_reports())
        c = TestClient(make_app(library), base_url="http://localhost")
        first = c.get("/stories/two").headers["etag"]
        library.revisions["two"] += 1
        assert 200 == c.get("/stories/two", headers={"if-none-match": first}).status_code


class TestSaved:
    @pytest.mark.parametrize("form", [f for f in FORMS if f != "pdf"])
    def test_a_story_is_saved_in_every_form(self, form: str) -> None:
        story = made_stories.two_reports()
        answer = client(two=story).get(f"/stories/two/saved.{form}")
        assert 200 == answer.status_code
        assert export(story, form) == answer.content
        assert answer.headers["content-disposition"].startswith('attachment; filename="whence-two')
        assert answer.headers["content-type"] == FILES[form][1]
        assert "default-src 'none'" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize(
        ("asked", "name"),
        [
            ("html", "whence-two.html"), ("csv", "whence-two-cells.csv"), ("csv?table=parties", "whence-two-parties.csv"), ("xlsx", "whence-two.xlsx"),
            ("schema.org", "whence-two.schema.jsonld"), ("ninjs", "whence-two.ninjs.json"),
        ],
    )  # fmt: skip
    def test_the_file_has_the_name_that_its_readers_know(self, asked: str, name: str) -> None:
        answer = client(two=made_stories.two_reports()).get(f"/stories/two/saved.{asked}")
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'

    def test_the_page_offers_every_form(self) -> None:
        links = read(client(two=made_stories.two_reports()), "/stories/two").links
        assert {f"/stories/two/saved.{f}" for f in FORMS} == {x for x in links if "/saved." in x}

    def test_a_table_that_there_is_not_is_refused_by_name(self) -> None:
        answer = client(two=made_stories.two_reports()).get("/stories/two/saved.csv?table=spells")
        assert 404 == answer.status_code
        assert "quantities" in answer.text

    def test_a_pdf_is_printed_where_there_is_a_browser(self) -> None:
        if shutil.which("chromium") is None:
            pytest.skip("no Chromium to print with: apt-get install chromium")
        answer = client(two=made_stories.two_reports()).get("/stories/two/saved.pdf")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["content-type"] == "application/pdf"

    def test_no_other_form_is_promised(self) -> None:
        assert 404 == client(two=made_stories.two_reports()).get("/stories/two/saved.exe").status_code
