"""The pages in a real browser: a flow from two reports to the weakest point, corrections, keys, screens, and what hostile reports can do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import made_stories
import pytest
from made_library import MadeLibrary

from whence.library import open_library

ROOT = Path(__file__).parents[2]
MEMO = ROOT / "examples/laundered-memo/reports"
SIZES = {"desktop": (1280, 900), "phone": (390, 844), "zoomed": (640, 450)}
PARTS = ["", "?claim=whole", "/rows", "/texts/r1", "/charts", "/correct"]
WATCH = """self.tasks = [];
new PerformanceObserver(l => tasks.push(...l.getEntries().map(e => e.duration))).observe({type: "longtask", buffered: true})"""
OTHERS = ["/", "/add", "/charts", "/corrections", "/search?words=routes", "/unread", "/nothing"]


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda m: opened.said.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: opened.said.append(str(e)))
    yield opened
    context.close()


def first_story(page: Any, base: str) -> str:
    page.goto(base)
    return str(page.get_attribute(".stories h2 a", "href"))


class TestFlow:
    def test_from_two_reports_to_the_weakest_point_a_correction_its_undo_and_a_file(
        self, page: Any, serve: Callable[..., str], tmp_path: Path
    ) -> None:
        base = serve(open_library(str(tmp_path / "library"), create=True))
        page.goto(base)
        page.click("text=Add two reports")
        for i, (outlet, name) in enumerate((("The Harbour Ledger", "ledger"), ("Skyline Business", "skyline")), 1):
            page.fill(f"#outlet-{i}", outlet)
            page.fill(f"#text-{i}", (MEMO / f"{name}.txt").read_text(encoding="utf-8"))
        page.click("text=Add and compare")
        page.wait_for_url(re.compile("/stories/"))
        weakest = page.inner_text("#weakest")
        assert weakest.startswith("Weakest point: ")
        before = page.inner_text(".line")

        page.click("text=Correct it")
        page.check("label:has-text('Skyline Business')", force=True)
        page.fill("#who-1", "Ada")
        page.click("text=Make them a story of their own")
        page.wait_for_selector("[role=status]")
        assert "Ada" in page.inner_text(".log")
        page.goto(f"{base}/")
        assert 2 == page.locator(".stories > li").count()

        page.goto(f"{base}/corrections")
        page.click(".log button")
        page.wait_for_selector(".undone")
        page.goto(f"{base}/")
        assert 1 == page.locator(".stories > li").count()
        page.click(".stories h2 a")
        assert weakest == page.inner_text("#weakest")
        assert before == page.inner_text(".line")

        with page.expect_download() as download:
            page.click(".saves a:has-text('JSON')")
        told = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert "whence.report/1" == told["schema"]
        assert 2 == len(told["reports"])
        assert [] == page.said

    def test_a_file_that_cannot_be_read_is_said_beside_those_that_can(self, page: Any, serve: Callable[..., str], tmp_path: Path) -> None:
        base = serve(open_library(str(tmp_path / "library"), create=True))
        page.goto(f"{base}/add")
        nothing = tmp_path / "nothing.txt"
        nothing.write_bytes(b"")
        page.set_input_files("#files", [str(MEMO / "ledger.txt"), str(nothing)])
        page.click("text=Add and compare")
        page.wait_for_url(re.compile("/add/"))
        page.wait_for_selector("text=Added")
        assert "1 new" in page.inner_text("main")
        assert "nothing.txt" in page.inner_text("main")


class TestLooking:
    def test_an_edge_opens_what_shows_it(self, page: Any, memo: str) -> None:
        page.goto(memo + first_story(page, memo))
        page.locator("svg.page a[href='#tie-1'] .hit").dispatch_event("click")
        page.wait_for_selector("#tie-1 details[open] q")
        assert page.locator("#tie-1 a.words").first.get_attribute("href").startswith("/stories/")
        assert [] == page.said

    def test_the_chain_shows_under_the_pointer_and_a_click_goes_to_the_same_words(self, page: Any, memo: str) -> None:
        page.goto(f"{memo}{first_story(page, memo)}/texts/r2")
        page.locator("article .k").first.hover()
        page.wait_for_selector("#chain:not([hidden])")
        assert "←" in page.inner_text("#chain")
        before = page.url
        page.locator(".c[data-row]").first.click()
        page.wait_for_function("url => location.href !== url", arg=before)
        assert "/texts/" in page.url
        assert page.locator(":target").count() == 1
        assert [] == page.said

    def test_layers_can_be_taken_off(self, page: Any, memo: str) -> None:
        page.goto(f"{memo}{first_story(page, memo)}/texts/r2")
        shade = "document.querySelector('article .k') && getComputedStyle(document.querySelector('article .k')).backgroundColor"
        on = page.evaluate(shade)
        page.uncheck("#show-said")
        assert on != page.evaluate(shade)

    def test_differences_only(self, page: Any, memo: str) -> None:
        page.goto(f"{memo}{first_story(page, memo)}/rows")
        rows = page.locator(".side tbody tr:visible").count()
        page.check("#only")
        assert 0 < page.locator(".side tbody tr:visible").count() < rows

    def test_what_changed_since_i_looked_is_known_in_this_browser_alone(self, page: Any, serve: Callable[..., str]) -> None:
        library = MadeLibrary(two=made_stories.two_reports(), ring=made_stories.laundered())
        base = serve(library)
        page.goto(base)
        assert 0 == page.locator(".new:visible").count()
        library.revisions["ring"] += 1
        page.reload()
        assert 1 == page.locator(".new:visible").count()
        page.check("#new-only")
        assert ["/stories/ring"] == [a.get_attribute("href") for a in page.locator(".stories li:visible h2 a").all()]
        page.click(".stories li:visible h2 a")
        page.wait_for_url("**/stories/ring")  # a click does not wait for the page it leads to, and leaving sooner is not looking
        page.goto(base)
        assert 0 == page.locator(".new:visible").count()
        assert [] == page.context.cookies()

    def test_keys_lead_through_the_page(self, page: Any, memo: str) -> None:
        story = first_story(page, memo)
        page.keyboard.press("j")
        assert story == page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("/")
        assert "find" == page.evaluate("document.activeElement.id")
        page.keyboard.type("routes")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/search"))
        assert page.locator(".hits li").count() > 0


class TestEverybody:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, chromium: Any, memo: str, scheme: str) -> None:
        axe = pytest.importorskip("axe_core_python.base").AXE_SCRIPT
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        story = first_story(page, memo)
        found = []
        for place in [*OTHERS, *(story + p for p in PARTS)]:
            page.goto(memo + place)
            page.evaluate(axe)
            done = page.evaluate("axe.run().then(r => r)")
            found += [(place, v["id"], n["html"][:120], n["failureSummary"][:200]) for v in done["violations"] for n in v["nodes"][:2]]
        context.close()
        assert [] == found

    @pytest.mark.parametrize("size", SIZES)
    def test_nothing_hangs_over_the_edge(self, chromium: Any, memo: str, size: str) -> None:
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        story = first_story(page, memo)
        for place in [*OTHERS, *(story + p for p in PARTS)]:
            page.goto(memo + place)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        context.close()

    def test_a_wide_matrix_scrolls_within_itself(self, chromium: Any, serve: Callable[..., str]) -> None:
        base = serve(MadeLibrary(ring=made_stories.laundered()))
        context = chromium.new_context(viewport={"width": 320, "height": 640})
        page = context.new_page()
        page.goto(f"{base}/charts")
        assert page.evaluate("(t => t.scrollWidth > t.clientWidth)(document.querySelector('.matrix').parentElement)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        context.close()

    def test_it_prints(self, chromium: Any, memo: str) -> None:
        context = chromium.new_context()
        page = context.new_page()
        story = first_story(page, memo)
        for part in PARTS:
            page.goto(memo + story + part)
            assert page.pdf(format="A4").startswith(b"%PDF")
        context.close()

    def test_without_script_everything_can_be_read(self, chromium: Any, memo: str) -> None:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        story = first_story(page, memo)
        page.goto(memo + story)
        assert page.inner_text("#weakest")
        page.goto(f"{memo}{story}/rows")
        assert page.locator(".side tbody tr").count() > 3
        context.close()


class TestHostile:
    def test_nothing_runs_and_nothing_breaks(self, chromium: Any, serve: Callable[..., str]) -> None:
        base = serve(MadeLibrary(s=made_stories.hostile(), w=made_stories.rtl_and_wide()))
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        alarms: list[str] = []
        page.on("dialog", lambda d: (alarms.append(d.message), d.dismiss()))
        page.on("console", lambda m: alarms.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("request", lambda r: None if r.url.startswith(base) else alarms.append(r.url))
        for story in ("s", "w"):
            for part in PARTS:
                page.goto(f"{base}/stories/{story}{part}")
                assert page.evaluate("document.documentElement.scrollWidth") <= 390, (story, part)
                assert page.is_visible("footer")
        page.goto(base)
        context.close()
        assert [] == alarms


class TestLarge:
    def test_a_story_of_200_reports_comes_at_once_and_does_not_hold_the_browser(self, chromium: Any, serve: Callable[..., str]) -> None:
        base = serve(MadeLibrary(many=made_stories.many(200)))
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script(WATCH)
        first, longest = {}, {}
        for part in ("", "/rows", "/texts/r1", "/charts"):
            page.goto(f"{base}/stories/many{part}")
            for _ in range(3):  # the quickest of three: other work on the machine only ever adds
                page.goto(f"{base}/stories/many{part}")
                began = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
                held = max(page.evaluate("tasks"), default=0)
                first[part], longest[part] = min(began, first.get(part, began)), min(held, longest.get(part, held))
        context.close()
        assert max(first.values()) < 150, first
        assert max(longest.values()) < 200, longest
