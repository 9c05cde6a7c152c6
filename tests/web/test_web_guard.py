"""Who may read and who may write: hosts, tokens, where a write comes from, and how large it is."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import made_stories
import pytest
from click.testing import CliRunner
from made_library import MadeLibrary
from pages_read import Read
from starlette.testclient import TestClient

from whence.cli import commands
from whence.web import Settings, make_app

TOKEN = "a-token-of-some-length"
MERGE = {"kind": "merge-parties", "subjects": ["p3", "p4"], "who": "Ada"}


def client(base: str = "http://localhost", **settings: object) -> TestClient:
    app = make_app(MadeLibrary(two=made_stories.two_reports()), Settings(**settings))  # type: ignore[arg-type]
    return TestClient(app, base_url=base, follow_redirects=False)


def log_of(c: TestClient) -> list[object]:
    library = c.app.state.shelf.library  # type: ignore[attr-defined]
    return list(library.log)


class TestHosts:
    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.1:8417", "[::1]:8417", "LOCALHOST"])
    def test_the_machine_itself_is_answered(self, host: str) -> None:
        assert 200 == client().get("/", headers={"host": host}).status_code

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[", "0.0.0.0"])
    def test_another_name_is_not(self, host: str) -> None:
        assert 421 == client().get("/", headers={"host": host}).status_code


class TestToken:
    def test_without_it_nothing_is_shown(self) -> None:
        c = client("http://desk.example", token=TOKEN)
        assert 401 == c.get("/api/v1/stories").status_code
        assert "/enter" == c.get("/stories/two").headers["location"]
        assert "Harbour" not in c.get("/stories/two").text

    def test_a_program_shows_it_in_a_header(self) -> None:
        c = client("http://desk.example", token=TOKEN)
        assert 200 == c.get("/api/v1/stories", headers={"authorization": f"Bearer {TOKEN}"}).status_code
        assert 401 == c.get("/api/v1/stories", headers={"authorization": "Bearer not-this-token-at-all"}).status_code

    def test_a_reader_shows_it_once(self) -> None:
        c = client("http://desk.example", token=TOKEN)
        form = Read(c.get("/enter").text).tokens["form"]
        assert 403 == c.post("/enter", data={"form": form, "token_given": "wrong-token-of-length"}).status_code
        entered = c.post("/enter", data={"form": form, "token_given": TOKEN})
        assert 303 == entered.status_code
        assert TOKEN not in entered.headers["set-cookie"]
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert 200 == c.get("/stories/two").status_code

    def test_to_be_reached_by_others_needs_one(self) -> None:
        done = CliRunner().invoke(commands, ["serve", "--host", "0.0.0.0", "--library", "nowhere"], env={"WHENCE_TOKEN": ""})
        assert 2 == done.exit_code
        assert "WHENCE_TOKEN" in done.output

    def test_a_short_one_is_refused(self) -> None:
        done = CliRunner().invoke(commands, ["serve", "--host", "0.0.0.0", "--library", "nowhere"], env={"WHENCE_TOKEN": "short"})
        assert 2 == done.exit_code
        assert "16 characters" in done.output


class TestWrites:
    def test_a_form_without_its_token_changes_nothing(self) -> None:
        c = client()
        assert 403 == c.post("/stories/two/correct", data=MERGE).status_code
        assert 403 == c.post("/stories/two/correct", data={**MERGE, "form": "0" * 64}).status_code
        assert 403 == c.post("/add", files={"files": ("a.txt", b"x")}).status_code
        assert 403 == c.post("/corrections", data={"undo": "1"}).status_code
        assert [] == log_of(c)

    def test_a_form_with_it_does(self) -> None:
        c = client()
        form = Read(c.get("/stories/two/correct").text).tokens["form"]
        assert 303 == c.post("/stories/two/correct", data={**MERGE, "form": form}).status_code
        assert 1 == len(log_of(c))

    def test_the_token_of_another_reader_does_not_hold(self) -> None:
        c, other = client(), client()
        form = Read(other.get("/stories/two/correct").text).tokens["form"]
        c.get("/stories/two/correct")
        assert 403 == c.post("/stories/two/correct", data={**MERGE, "form": form}).status_code

    @pytest.mark.parametrize(
        "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]
    )
    def test_a_write_from_another_site_is_refused(self, headers: dict[str, str]) -> None:
        c = client()
        assert 403 == c.post("/api/v1/corrections", json={**MERGE, "story": "two"}, headers=headers).status_code
        assert 403 == c.delete("/api/v1/corrections/1?who=a", headers=headers).status_code
        assert [] == log_of(c)

    def test_what_a_form_of_another_site_could_send_is_no_api_call(self) -> None:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            assert 415 == client().post("/api/v1/corrections", content=b"{}", headers={"content-type": kind}).status_code

    def test_too_much_is_refused_before_it_is_read(self) -> None:
        c = client(most_bytes=1000)
        assert 413 == c.post("/api/v1/articles", json={"articles": [{"text": "x" * 2000}]}).status_code
        assert 413 == c.post("/add", files={"files": ("a.txt", b"x" * 2000)}).status_code

    def test_too_much_without_a_length_is_refused_as_it_comes(self) -> None:
        pieces = (b"x" * 500 for _ in range(10))
        answer = client(most_bytes=1000).post("/api/v1/articles", content=pieces, headers={"content-type": "application/json"})
        assert 413 == answer.status_code

    def test_a_library_shown_to_be_read_takes_nothing(self) -> None:
        c = client(adding=False)
        assert 403 == c.post("/api/v1/corrections", json={**MERGE, "story": "two"}).status_code
        assert 403 == c.get("/add").status_code


class TestProcess:
    def test_a_reader_who_goes_away_ends_nothing(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "whence", "serve", "--library", str(tmp_path / "library"), "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            said = re.search(r"127\.0\.0\.1:(\d+)/ shows", server.stderr.readline())
            assert said is not None
            port = int(said.group(1))
            for _ in range(30):
                with socket.create_connection(("127.0.0.1", port)) as gone:
                    gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    gone.sendall(b"GET /static/whence.css HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
            with urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
                assert 200 == answer.status
            assert server.poll() is None
        finally:
            server.terminate()
            server.communicate(timeout=20)


class TestHeaders:
    @pytest.mark.parametrize("place", ["/", "/stories/two", "/nothing", "/static/whence.js", "/api/v1/stories", "/stories/two/saved.html"])
    def test_a_browser_may_run_and_fetch_nothing_from_elsewhere(self, place: str) -> None:
        headers = client().get(place).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert not re.search(r"unsafe|https?:|\*|data:", policy)
        assert "nosniff" == headers["x-content-type-options"]

    def test_an_error_within_shows_nothing_of_it(self) -> None:
        library = MadeLibrary(two=made_stories.two_reports())
        library.story = lambda id: 1 / 0  # type: ignore[assignment, method-assign, return-value]
        answer = TestClient(make_app(library), base_url="http://localhost", raise_server_exceptions=False).get("/stories/two")
        assert 500 == answer.status_code
        assert "division" not in answer.text
