"""Watching feeds on the loopback: what is new is added and grouped, what changed is said, and a signal ends it cleanly."""

from __future__ import annotations

import html
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_site import Site

from whence.cli import commands
from whence.library import Library, open_library
from whence.library.watch import Change, Seen, poll
from whence.read import web as web_module
from whence.types import Page

ROOT = Path(__file__).parents[2]
FLOOD = sorted((ROOT / "examples/flood-toll/reports").iterdir())


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("WHENCE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("WHENCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(web_module, "_DELAY", 0.0)
    return lambda *words: CliRunner().invoke(commands, ["watch", *words, "--once", "--allow", "127.0.0.1"])


def feed(site: Site, count: int, stamps: dict[int, str] | None = None) -> str:
    """A feed of the first so many reports, each a page of its own."""
    items = []
    for number, path in enumerate(FLOOD[:count]):
        paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in path.read_text(encoding="utf-8").split("\n") if p.strip())
        link = site.page(f"/{number}", f"<html><body><article>{paragraphs}</article></body></html>")
        stamp = (stamps or {}).get(number, "Sun, 03 Mar 2024 09:30:00 GMT")
        items.append(f"<item><title>T</title><link>{link}</link><pubDate>{stamp}</pubDate><description>Short.</description></item>")
    return site.page("/feed", f'<rss version="2.0"><channel><title>Tarn Post</title>{"".join(items)}</channel></rss>', Content_Type="text/xml")


class TestOnce:
    def test_new_stories_then_what_changed_then_nothing(self, site: Site, watch: Callable[..., Result]) -> None:
        url = feed(site, 2)
        first = watch(url)
        assert 0 == first.exit_code, first.stderr
        assert "2 reports" in first.stdout
        assert "new: " in first.stdout
        assert "2 new, 0 changed, 0 could not be read\n" in first.stderr
        feed(site, len(FLOOD))
        second = watch(url, "--json")
        (change,) = [json.loads(line) for line in second.stdout.splitlines()]
        assert len(FLOOD) == change["story"]["reports"]
        added = [words for f in change["figures"] for words in f["added"]]
        assert "at least 14" in added
        assert not [words for words in added if "Twenty-two" in words], "a figure that was there before did not come"
        assert all(f["before"] for f in change["figures"])
        assert ["/0", "/1"] == [p for p in site.paths() if p in ("/0", "/1")], "what is known is not read again"
        third = watch(url)
        assert ("", 0) == (third.stdout, third.exit_code)

    def test_a_feed_asked_again_is_asked_by_condition(self, site: Site, watch: Callable[..., Result]) -> None:
        url = feed(site, 1)
        body = site.replies["/feed"]
        assert isinstance(body, tuple)

        def reply(asked: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
            if asked.headers.get("If-None-Match"):
                return 304, {"ETag": '"1"'}, b""
            return 200, {**body[1], "ETag": '"1"', "Cache-Control": "no-cache"}, body[2]

        site.replies["/feed"] = reply
        watch(url)
        assert 0 == watch(url).exit_code
        assert [None, '"1"'] == [h.get("if-none-match") for p, h, _ in site.asked if p == "/feed"]

    def test_an_article_is_read_again_where_its_feed_says_that_it_changed(self, site: Site, watch: Callable[..., Result]) -> None:
        url = feed(site, 1)
        watch(url)
        feed(site, 1, {0: "Sun, 03 Mar 2999 09:30:00 GMT"})
        site.page("/0", "<html><body><article><p>The council said that everything in the report before was wrong.</p></article></body></html>")
        assert "0 new, 1 changed" in watch(url).stderr

    def test_a_list_of_feeds_of_which_some_are_none(self, site: Site, watch: Callable[..., Result], tmp_path: Path) -> None:
        url, page = feed(site, 1), site.page("/page", "<!doctype html><html><body><p>A page.</p></body></html>")
        outlines = "".join(f'<outline text="x"><outline type="rss" xmlUrl="{u}"/></outline>' for u in (url, page, site.root + "/none", url))
        (tmp_path / "feeds.opml").write_text(f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>')
        done = watch(str(tmp_path / "feeds.opml"))
        assert 1 == done.exit_code
        assert f"{page}: is a web page (HTML), not a feed" in done.stderr
        assert f"{site.root}/none: is not there (404)" in done.stderr
        assert "1 new" in done.stderr
        assert 1 == site.paths().count("/feed")

    def test_no_list_of_feeds(self, watch: Callable[..., Result], tmp_path: Path) -> None:
        (tmp_path / "a.opml").write_text("<opml><body/></opml>")
        done = watch(str(tmp_path / "a.opml"))
        assert 2 == done.exit_code
        assert "lists no feed" in done.stderr
        assert not (tmp_path / "library").exists()


class TestStopping:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    @pytest.mark.parametrize("moment", ["waiting", "reading"])
    def test_a_signal_ends_it_and_what_was_read_is_kept(self, site: Site, tmp_path: Path, number: signal.Signals, moment: str) -> None:
        url = feed(site, 2)
        if moment == "reading":

            def drip(asked: BaseHTTPRequestHandler) -> None:
                try:
                    for _ in range(600):
                        asked.wfile.write(b"HTTP/1.0 200 OK\r\n" if _ == 0 else b"X: y\r\n")
                        asked.wfile.flush()
                        time.sleep(0.1)
                except OSError:
                    pass

            site.replies["/1"] = drip
        words = [sys.executable, "-m", "whence", "watch", url, "--allow", "127.0.0.1", "--library", str(tmp_path / "library"), "--every", "60"]
        running = subprocess.Popen(words, env={**os.environ, "WHENCE_CACHE": str(tmp_path / "cache")}, stderr=subprocess.PIPE, text=True)
        try:
            assert running.stderr is not None
            if moment == "waiting":
                assert "2 new" in running.stderr.readline()
            else:
                until = time.monotonic() + 60
                while "/1" not in site.paths() and time.monotonic() < until:
                    time.sleep(0.05)
            running.send_signal(number)
            assert 0 == running.wait(30)
            assert "Traceback" not in running.stderr.read()
        finally:
            running.kill()
            running.wait()
        with open_library(str(tmp_path / "library")) as library:
            assert (2 if moment == "waiting" else 1) == len(library.articles())


class TestWhatOthersDid:
    """What a round says is measured against what the round before said, whoever had the stories told in between."""

    @pytest.fixture
    def library(self, tmp_path: Path) -> Iterator[Library]:
        with open_library(str(tmp_path / "library"), create=True) as made:
            yield made

    def round(self, library: Library, site: Site, count: int) -> list[Change]:
        return list(poll(library, [feed(site, count)], Seen(library), allow=["127.0.0.1"]).changes)

    @pytest.fixture(autouse=True)
    def quick(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WHENCE_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(web_module, "_DELAY", 0.0)

    def test_a_change_that_somebody_else_added_grouped_and_told_is_told(self, site: Site, library: Library) -> None:
        (new,) = self.round(library, site, 2)
        assert new.before is None
        library.add([Page(path=str(p), text=p.read_text(encoding="utf-8"), media="text") for p in FLOOD[2:]])
        library.regroup()
        told = library.story(new.story.id)
        (change,) = self.round(library, site, 2)
        assert len(FLOOD) == change.story.reports == len(told.reports)
        assert new.now == change.before
        assert "at least 14" in [words for f in change.figures for words in f.added]
        assert [] == self.round(library, site, 2)

    def test_what_was_forgotten_is_no_more_what_was_told(self, site: Site, library: Library) -> None:
        (new,) = self.round(library, site, 3)
        library.forget([new.story.articles[0]])
        assert all(change.before is None for change in self.round(library, site, 3))
