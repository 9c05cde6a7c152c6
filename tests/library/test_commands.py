"""The commands over a library, as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from whence.cli import commands

ROOT = Path(__file__).parents[2]
MEMO = sorted(str(p) for p in (ROOT / "examples/laundered-memo/reports").iterdir())
FLOOD = sorted(str(p) for p in (ROOT / "examples/flood-toll/reports").iterdir())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("WHENCE_LIBRARY", str(tmp_path / "library"))

    def typed(*words: str, input: str | None = None) -> Result:
        return CliRunner().invoke(commands, list(words), input=input)

    return typed


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestCommands:
    def test_added_grouped_told(self, run: Callable[..., Result]) -> None:
        done = run("add", *MEMO, *FLOOD)
        assert (0, "10 new · 0 changed · 0 known already\n") == (done.exit_code, done.stdout)
        stories = lines(run("stories", "--jsonl"))
        assert [len(MEMO), len(FLOOD)] == [s["reports"] for s in stories]
        told = json.loads(run("brief", "--story", str(stories[0]["id"]), "--json").stdout)
        assert {Path(p).name for p in MEMO} == {Path(r["path"]).name for r in told["reports"]}

    def test_a_story_of_a_library_is_that_of_its_files(self, run: Callable[..., Result]) -> None:
        run("add", *MEMO)
        (story,) = lines(run("stories", "--jsonl"))
        told = json.loads(run("brief", "--story", str(story["id"]), "--json").stdout)
        paths = [r["path"] for r in told["reports"]]
        assert json.loads(run("brief", *paths, "--json").stdout) == told

    def test_what_could_not_be_read_is_listed(self, run: Callable[..., Result]) -> None:
        done = run("add", MEMO[0], "nowhere.txt")
        assert 1 == done.exit_code
        assert "1 could not be read" in done.stdout
        assert "nowhere.txt: there is no such file" in run("add", "--rejects").stdout

    def test_what_could_not_be_read_is_named_at_once(self, run: Callable[..., Result], tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_text("")
        done = run("add", MEMO[0], "nowhere.txt", str(tmp_path / "empty.txt"))
        assert "whence: nowhere.txt: there is no such file" in done.stderr
        assert "empty.txt" in done.stderr

    def test_the_list_of_stories_counts_what_was_never_told(self, run: Callable[..., Result]) -> None:
        run("add", *MEMO, *FLOOD)
        (memo, flood) = lines(run("stories", "--jsonl"))
        assert memo["told"] == memo["revision"]
        told = json.loads(run("brief", "--story", str(memo["id"]), "--json").stdout)
        lead = next(c for c in told["claims"] if c["origins"] == memo["origins"])
        names = {p["id"]: p["name"] for p in told["parties"]}
        assert [names[p] for p in lead["weakest"]] == memo["weakest"]
        said = run("stories").stdout
        assert "of the lead claim" in said
        assert f"{flood['differing']} differences" in said
        assert "weakest point: " in said

    def test_search_and_show(self, run: Callable[..., Result]) -> None:
        run("add", *MEMO)
        hit = lines(run("search", "domestic routes", "--limit", "1", "--json"))[0]
        article = hit["article"]
        assert isinstance(article, dict)
        shown = run("show", article["id"][:8])
        assert str(hit["passage"]) in shown.stdout
        assert 1 == run("search", "xylophone").exit_code

    def test_versions_are_shown_with_their_differences(self, run: Callable[..., Result], tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        for toll in ("14", "22"):
            page.write_text(f"Flood in Sabela\n\nThe flood killed {toll} people, the emergency service said on Monday.\n")
            run("add", str(page))
        assert "    - 14\n    + 22" in run("show", str(page), "--versions").stdout
        assert "killed 14 people" in run("show", str(page), "--version", "1").stdout

    def test_stories_are_listed_as_json_by_either_name(self, run: Callable[..., Result]) -> None:
        run("add", *MEMO)
        assert lines(run("stories", "--jsonl")) == lines(run("stories", "--json")) != []

    def test_the_id_of_a_story_may_be_shortened(self, run: Callable[..., Result]) -> None:
        run("add", *MEMO, *FLOOD)
        one, other = (str(s["id"]) for s in lines(run("stories", "--json")))
        short = next(one[:n] for n in range(1, len(one)) if not other.startswith(one[:n]))
        short = one[: max(4, len(short))]
        asked = (["show", "--json"], ["brief", "--json", "--story"], ["search", "--json", "--story"], ["export", "--to", "json", "--story"])
        for words in ([*a, short] for a in asked):
            done = run(*words)
            assert (0, run(*[one if w == short else w for w in words]).stdout) == (done.exit_code, done.stdout), words
        shared = run("brief", "--story", "s")
        assert 2 == shared.exit_code
        assert f"is the beginning of more than one story's id: {', '.join(sorted([one, other]))}; give more of it" in shared.stderr
        assert "there is no such story" in run("brief", "--story", "sxyz").stderr

    def test_reports_that_name_no_outlet_are_said(self, run: Callable[..., Result], tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        page.write_text("Flood in Sabela\n\nThe flood killed 14 people, the emergency service said on Monday.\n")
        assert "one of them names no outlet, and counts as a party of its own" in run("add", str(page)).stderr
        assert "outlet" not in run("add", str(page)).stderr
        page.write_text("Flood in Sabela\n\nThe flood killed 15 people, the emergency service said on Monday.\n")
        assert "outlet" not in run("add", f"Sabela Post={page}").stderr

    def test_forgetting_asks_first(self, run: Callable[..., Result]) -> None:
        run("add", MEMO[0])
        (hit,) = lines(run("search", "--json"))
        name = str(hit["article"]["id"])  # type: ignore[index]
        assert 1 == run("forget", name, input="n\n").exit_code
        assert "1 forgotten" in run("forget", name, "--yes").stdout

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (["search", "x"], "there is no library here"),
            (["stories"], "there is no library here"),
            (["brief"], "give the reports of one story, or --story"),
            (["add"], "name what to read"),
            (["search", "x", "--library", "mysql://x"], "is no place for a library"),
            (["add", MEMO[0], "--map", "text"], "FIELD=COLUMN"),
        ],
    )
    def test_what_cannot_be_is_said(self, run: Callable[..., Result], words: list[str], why: str) -> None:
        done = run(*words)
        assert 2 == done.exit_code
        assert why in done.stderr
