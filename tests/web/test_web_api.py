"""The API: what it answers, page by page, that it is what its description says, and that nothing sent to it breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import made_stories
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_library import MadeLibrary
from starlette.routing import Route
from starlette.testclient import TestClient

from whence.codec import encode
from whence.library import open_library
from whence.read import read_pages
from whence.web import make_app

MEMO = Path(__file__).parents[2] / "examples/laundered-memo/reports"


def client(**stories: object) -> TestClient:
    return TestClient(make_app(MadeLibrary(**stories)), base_url="http://localhost")  # type: ignore[arg-type]


def resolved(document: dict[str, Any], path: str, method: str, status: str) -> dict[str, Any]:
    schema = document["paths"][path][method]["responses"][status]["content"]["application/json"]["schema"]
    return {**schema, "components": document["components"]}


class TestAnswers:
    def test_a_story_is_the_report_itself(self) -> None:
        story = made_stories.two_reports()
        assert encode(story) == client(two=story).get("/api/v1/stories/two/report").content

    def test_lists_are_paged_without_loss(self) -> None:
        c = client(**{f"s{i}": made_stories.alone() for i in range(25)})
        for what, n in (("stories", 25), ("articles", 25)):
            seen, after = [], ""
            while after is not None:
                page = c.get(f"/api/v1/{what}", params={"limit": 10, "after": after}).json()
                seen += [x["id"] for x in page[what]]
                after = page["next"]
            assert n == len(seen) == len({*seen})

    def test_what_did_not_change_is_not_sent_again(self) -> None:
        c = client(two=made_stories.two_reports())
        for place in ("stories", "stories/two", "stories/two/report", "articles", "articles/two-r1", "openapi.json", "stories/two/charts/matrix"):
            tag = c.get(f"/api/v1/{place}").headers["etag"]
            assert 304 == c.get(f"/api/v1/{place}", headers={"if-none-match": f'"other", {tag}'}).status_code

    def test_a_correction_is_logged_and_undone(self) -> None:
        c = client(two=made_stories.two_reports())
        done = c.post("/api/v1/corrections", json={"kind": "merge-parties", "story": "two", "subjects": ["p3", "p4"], "who": "Ada"})
        assert (201, {"id": 1}) == (done.status_code, done.json())
        assert 204 == c.delete("/api/v1/corrections/1", params={"who": "Ada"}).status_code
        (entry,) = c.get("/api/v1/corrections", params={"story": "two"}).json()["corrections"]
        assert entry["who"] == "Ada"
        assert entry["undone"] is not None

    def test_an_addition_can_be_followed(self) -> None:
        c = client()
        job = c.post("/api/v1/articles", json={"articles": [{"text": "One.", "outlet": "The Post"}]})
        assert 202 == job.status_code
        for _ in range(200):
            said = c.get(f"/api/v1/additions/{job.json()['job']}").json()
            if said["outcome"] is not None:
                break
        assert 1 == said["outcome"]["added"]["new"]

    @pytest.mark.parametrize(
        ("place", "status"),
        [("stories/none", 404), ("stories/none/report", 404), ("articles/none", 404), ("additions/none", 404),
         ("stories?limit=0", 400), ("stories?limit=x", 400),
         ("articles?since=yesterday", 400), ("stories/two/charts/none", 404), ("corrections/9", 405), ("nothing", 404)],
    )  # fmt: skip
    def test_what_cannot_be_answered_says_why(self, place: str, status: int) -> None:
        answer = client(two=made_stories.two_reports()).get(f"/api/v1/{place}")
        assert status == answer.status_code
        assert answer.json()["error"]


class TestDescription:
    def test_every_route_is_described(self) -> None:
        app = make_app(MadeLibrary())
        described = TestClient(app, base_url="http://localhost").get("/api/v1/openapi.json").json()["paths"]
        served = {r.path: {m.lower() for m in r.methods or ()} - {"head"} for r in app.routes if isinstance(r, Route) and r.path.startswith("/api/v1/")}
        served.pop("/api/v1/openapi.json")
        assert served == {path: {*calls} for path, calls in described.items()}

    @pytest.mark.parametrize(
        ("place", "path"),
        [("stories", "/stories"), ("stories/two", "/stories/{story}"), ("articles", "/articles"), ("articles/two-r1", "/articles/{article}"),
         ("search?words=port", "/search"), ("corrections", "/corrections"), ("rejects", "/rejects")],
    )  # fmt: skip
    def test_answers_are_what_is_described(self, place: str, path: str) -> None:
        c = client(two=made_stories.two_reports())
        document = c.get("/api/v1/openapi.json").json()
        jsonschema.validate(c.get(f"/api/v1/{place}").json(), resolved(document, f"/api/v1{path}", "get", "200"))


class TestFuzzed:
    def test_nothing_sent_to_it_breaks_it(self, serve: Callable[..., str], tmp_path: Path) -> None:
        schemathesis = pytest.importorskip("schemathesis")
        library = open_library(str(tmp_path / "library"), create=True)
        library.add(read_pages([f"{name}={MEMO}/{name}.txt" for name in ("ledger", "skyline")])[0])
        library.regroup()
        base = serve(library)
        schema = schemathesis.openapi.from_url(f"{base}/api/v1/openapi.json")
        known = {"story": library.stories()[0].id, "article": library.articles()[0].id, "name": "matrix", "job": "none", "id": "1"}
        answers: Counter[int] = Counter()
        for result in schema.get_all_operations():
            operation = result.ok()

            @given(case=operation.as_strategy(), real=st.booleans())
            @settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=[*HealthCheck])
            def sent(case: Any, real: bool) -> None:
                if real:
                    case.path_parameters = {k: known[k] for k in case.path_parameters or {}}
                answer = case.call(base_url=base)
                answers[answer.status_code] += 1
                assert answer.status_code < 500, (case.method, case.formatted_path, case.query, case.body, answer.text)

            sent()
        assert answers[200] > 10
        assert answers[400] + answers[404] > 10
