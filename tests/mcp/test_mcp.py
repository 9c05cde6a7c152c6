"""The door for assistants, through the SDK's own client."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the SDK of the Model Context Protocol is not installed")

from mcp import Client, StdioServerParameters, stdio_client
from whence.library import open_library
from whence.mcp import Shelf, server_of
from whence.types import Page

FOLDER = Path(__file__).parents[2] / "examples/laundered-memo/reports"
OUTLETS = {"ledger": "The Harbour Ledger", "skyline": "Skyline Business"}
REPORTS = [{"text": (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), "outlet": outlet} for name, outlet in OUTLETS.items()]
TOOLS = ["brief", "check_numbers", "compare_quotes", "get_span", "search", "trace_claim"]


def asked(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers to some calls, made one after another by one client."""

    async def run() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(name, given) for name, given in calls]

    return asyncio.run(run())


def spans(node: Any) -> list[dict[str, Any]]:
    """Every object of an answer that says where words stand."""
    if isinstance(node, list):
        return [s for n in node for s in spans(n)]
    if not isinstance(node, dict):
        return []
    own = [node] if {"report", "start", "end", "text"} <= node.keys() else []
    return own + [s for n in node.values() for s in spans(n)]


@pytest.fixture(scope="module")
def story() -> Any:
    """A server that has told one story, its first answer."""
    server = server_of(Shelf())
    return server, asked(server, ("brief", {"reports": REPORTS}))[0].structured_content


class TestTools:
    def test_there_are_six_and_each_says_that_it_only_reads(self) -> None:
        async def listed() -> Any:
            async with Client(server_of(Shelf())) as client:
                return (await client.list_tools()).tools

        tools = asyncio.run(listed())
        assert sorted(t.name for t in tools) == TOOLS
        assert all(t.annotations.read_only_hint and not t.annotations.open_world_hint and t.description for t in tools)

    def test_brief_gives_the_line_a_reference_and_counts_by_interval(self, story: Any) -> None:
        told = story[1]
        assert told["summary"].startswith("2 reports · 1 origin")
        assert told["ref"].startswith("texts-")
        for claim in told["claims"]:
            assert 1 <= claim["origins"]["low"] <= claim["origins"]["best"] <= claim["origins"]["high"]

    def test_every_answer_carries_spans_that_hold_their_words_and_what_was_not_checked(self, story: Any) -> None:
        server, told = story
        ref, claim = told["ref"], told["claims"][0]["claim"]
        calls = [("trace_claim", {"ref": ref, "claim": claim}), ("check_numbers", {"ref": ref}), ("compare_quotes", {"ref": ref})]
        texts = {f"r{i}": r["text"] for i, r in enumerate(REPORTS, 1)}
        for answer in [told, *(r.structured_content for r in asked(server, *calls))]:
            assert answer["not_checked"] == told["not_checked"] != []
            for span in spans(answer):
                assert texts[span["report"]][span["start"] : span["end"]] == span["text"]
        assert spans(told)

    def test_a_claim_is_traced_out_to_the_last_party_named(self, story: Any) -> None:
        server, told = story
        (traced,) = asked(server, ("trace_claim", {"ref": told["ref"], "claim": told["claims"][0]["claim"]}))
        chains = [c["chain"] for c in traced.structured_content["cells"]]
        assert ["Skyline Business", "The Harbour Ledger"] in [c[:2] for c in chains]
        assert all(c[-1].endswith("unnamed") for c in chains)

    def test_words_are_given_by_their_place_with_what_stands_around_them(self, story: Any) -> None:
        server, told = story
        (words,) = asked(server, ("get_span", {"ref": told["ref"], "report": "r1", "start": 10, "end": 20, "around": 5}))
        found = words.structured_content
        assert REPORTS[0]["text"][5:25] == found["before"] + found["text"] + found["after"]

    @pytest.mark.parametrize(
        ("tool", "given", "said"),
        [
            ("brief", {}, "either"),
            ("brief", {"reports": []}, "1 to 50"),
            ("brief", {"reports": [{"text": "  "}]}, "report 1"),
            ("brief", {"story": "s1"}, "call brief"),
            ("trace_claim", {"ref": "texts-0", "claim": "c1"}, "call brief"),
            ("check_numbers", {"ref": "../../etc/passwd"}, "call brief"),
            ("search", {"words": "ferry"}, "--library"),
        ],
    )
    def test_what_cannot_be_done_is_an_error_that_says_what_to_do(self, tool: str, given: dict[str, Any], said: str) -> None:
        (answer,) = asked(server_of(Shelf()), (tool, given))
        assert answer.is_error
        assert said in answer.content[0].text

    def test_a_place_that_is_not_there_is_an_error(self, story: Any) -> None:
        server, told = story
        for given in ({"report": "r9", "start": 0, "end": 1}, {"report": "r1", "start": -5, "end": 1}, {"report": "r1", "start": 0, "end": 10**9}):
            (answer,) = asked(server, ("get_span", {"ref": told["ref"], **given}))
            assert answer.is_error


class TestLibrary:
    def test_a_library_is_searched_and_its_stories_are_told(self, place: str) -> None:
        with open_library(place, create=True) as library:
            pages = [Page(path=f"{name}.txt", text=r["text"], media="text", outlet=r["outlet"]) for name, r in zip(OUTLETS, REPORTS, strict=True)]
            library.add(pages)
            library.regroup()
            server = server_of(Shelf(library))
            (hits,) = asked(server, ("search", {"words": "routes"}))
            found = hits.structured_content["hits"]
            assert set(OUTLETS.values()) == {h["outlet"] for h in found}
            texts = {r["outlet"]: r["text"] for r in REPORTS}
            assert all(h["text"] == texts[h["outlet"]][h["start"] : h["end"]] for h in found)
            (told, missing) = asked(server, ("brief", {"story": found[0]["story"]}), ("brief", {"story": "no such story"}))
            assert told.structured_content["summary"].startswith("2 reports")
            assert missing.is_error


class TestTransports:
    def test_over_standard_input_and_output(self) -> None:
        server = StdioServerParameters(command=sys.executable, args=["-m", "whence", "mcp"], env={**os.environ})
        (answer,) = asked(stdio_client(server), ("brief", {"reports": REPORTS}))
        assert answer.structured_content["summary"].startswith("2 reports · 1 origin")
        assert json.loads(answer.content[0].text) == answer.structured_content

    def test_over_http_on_this_machine(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([sys.executable, "-m", "whence", "mcp", "--http", str(port)], stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            (answer,) = asked(f"http://127.0.0.1:{port}/mcp", ("brief", {"reports": REPORTS}))
            assert answer.structured_content["summary"].startswith("2 reports · 1 origin")
        finally:
            process.terminate()
            process.wait(20)
