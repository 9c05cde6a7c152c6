"""Results alone on standard output, messages on standard error, and quiet ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_runs import MEMO, OTHER, TEXT, put, whence


class TestOptions:
    def test_json_is_json_alone(self) -> None:
        done = whence("brief", "--json", *MEMO, "nowhere.txt")
        assert "whence.report/1" == json.loads(done.out)["schema"]
        assert "nowhere.txt: there is no such file" in done.err

    def test_two_runs_give_the_same_bytes(self) -> None:
        assert whence("brief", "--json", *MEMO).out == whence("brief", "--json", *MEMO).out

    @pytest.mark.parametrize("view", ["brief", "trace", "compare", "check"])
    def test_every_view_fits_a_hundred_columns(self, view: str) -> None:
        done = whence(view, *MEMO)
        assert 0 == done.status
        assert [] == [line for line in done.out.splitlines() if len(line) > 100]

    def test_only_differences_are_fewer_rows(self) -> None:
        assert len(whence("compare", "--only", "differences", *MEMO).out) < len(whence("compare", *MEMO).out)

    def test_markdown_has_headings(self) -> None:
        assert [line for line in whence("brief", "--md", *MEMO).out.splitlines() if line.startswith("#")]

    def test_json_and_markdown_do_not_go_together(self) -> None:
        done = whence("brief", "--json", "--md", *MEMO)
        assert 2 == done.status
        assert "give one of them" in done.err

    def test_html_is_one_file_that_loads_nothing(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        assert 0 == whence("brief", "--html", str(page), *MEMO).status
        text = page.read_text(encoding="utf-8")
        assert text.lstrip().lower().startswith("<!doctype html")
        for away in ('src="http', 'href="http', "@import", "url(http", "<script src", "<link "):
            assert away not in text

    @pytest.mark.parametrize("place", ["nowhere/page.html", "folder"])
    def test_html_to_a_place_that_is_none_is_said_first(self, tmp_path: Path, place: str) -> None:
        (tmp_path / "folder").mkdir()
        done = whence("brief", "--html", str(tmp_path / place), *MEMO)
        assert 2 == done.status
        assert "" == done.out
        assert place in done.err

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
    def test_html_to_a_full_disk_is_said_and_the_result_is_shown(self) -> None:
        done = whence("brief", "--html", "/dev/full", *MEMO)
        assert 1 == done.status
        assert done.out.startswith("5 reports")
        assert "--html /dev/full: could not be written" in done.err


class TestAnnotate:
    def test_one_line_a_line_in_order_with_its_id(self, tmp_path: Path) -> None:
        lines = [{"id": "b", "text": TEXT}, {"id": "a", "text": OTHER}]
        corpus = put(tmp_path, "c.jsonl", "\n".join(["{bad", json.dumps(lines[0]), "[]", json.dumps(lines[1])]))
        done = whence("annotate", "--jsonl", str(corpus))
        got = [json.loads(line) for line in done.out.splitlines()]
        assert 1 == done.status
        assert [f"{corpus}:1", "b", f"{corpus}:3", "a"] == [x["id"] for x in got]
        assert ["error" in x for x in got] == [True, False, True, False]
        assert {"id", "reports", "parties", "attributions", "quantities", "timeline"} <= got[1].keys()

    def test_nothing_read_is_status_2(self) -> None:
        assert 2 == whence("annotate", "nowhere.txt").status


class TestLinks:
    def test_a_copy_is_found_and_a_bad_line_is_named(self, tmp_path: Path) -> None:
        copy = "Our own words stand first. " + TEXT
        rows = [{"id": "one", "text": TEXT, "published": "2026-01-01"}, {"id": "two", "text": copy, "published": "2026-01-02"}]
        corpus = put(tmp_path, "c.jsonl", "\n".join([*map(json.dumps, rows), "{bad"]))
        done = whence("links", "--jsonl", str(corpus))
        (link,) = [json.loads(line) for line in done.out.splitlines()]
        assert ("one", "two") == (link["from"], link["to"])
        assert {"from", "to", "kind", "directed", "containment", "evidence"} <= link.keys()
        for passage in link["evidence"]:
            here, there = passage["from"], passage["to"]
            assert TEXT[here["start"] : here["end"]] == copy[there["start"] : there["end"]]
        assert 1 == done.status
        assert "c.jsonl, line 3" in done.err

    @pytest.mark.parametrize("content", ["", "no JSON here\n"])
    def test_nothing_read_is_status_2(self, tmp_path: Path, content: str) -> None:
        corpus = put(tmp_path, "c.jsonl", content)
        done = whence("links", str(corpus))
        assert 2 == done.status
        assert str(corpus) in done.err


class TestAbout:
    def test_doctor_names_what_is_on_and_off(self) -> None:
        done = whence("doctor")
        assert 0 == done.status
        assert "on   HTML pages: trafilatura" in done.out

    def test_schema_is_a_json_schema(self) -> None:
        assert "https://json-schema.org/draft/2020-12/schema" == json.loads(whence("schema").out)["$schema"]

    def test_every_command_has_help(self) -> None:
        listed = [line.split()[0] for line in whence("--help").out.split("Commands:")[1].splitlines() if line.strip()]
        assert {"brief", "trace", "compare", "check", "annotate", "links", "schema", "doctor"} <= set(listed)
        for name in listed:
            assert 0 == whence(name, "--help").status


class TestEnds:
    def test_a_closed_pipe_ends_it_quietly(self) -> None:
        with subprocess.Popen([sys.executable, "-m", "whence", "brief", "--json", *MEMO], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert b"" == process.stderr.read()

    def test_an_interrupt_ends_it_quietly(self) -> None:
        with subprocess.Popen([sys.executable, "-m", "whence", "brief", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            time.sleep(1.5)  # it is waiting for standard input by then
            process.send_signal(signal.SIGINT)
            assert b"" == process.stderr.read()
            assert -signal.SIGINT == process.wait()
