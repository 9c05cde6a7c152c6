"""The library over REST under ``/api/v1``: what the pages show, as the values they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..codec import encode
from ..errors import WhenceError
from ..types import Hit, Page, Query, Refused, StoryRow
from .adding import Jobs, pasted
from .calls import (
    Addition,
    Articles,
    ArticlesAsked,
    Call,
    Corrections,
    CorrectionsAsked,
    Done,
    Found,
    Job,
    NewArticles,
    NewCorrection,
    One,
    Rejects,
    SearchAsked,
    Stories,
    StoriesAsked,
    Undone,
    VersionAsked,
    Versions,
)
from .charts import spec
from .correcting import correction_of
from .door import Door
from .openapi import document
from .pages import tagged
from .shelf import Shelf

__all__ = ["CALLS", "routes"]

_JSON = "application/json"


def _library(request: Request) -> Door:
    library: Door = request.app.state.shelf.library
    return library


def _cut(found: list[Any], limit: int) -> tuple[tuple[Any, ...], str | None]:
    """The asked number of rows, and where to go on if there are more."""
    return tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None


def _stories(request: Request, asked: StoriesAsked) -> Stories:
    query = Query(words=asked.words, limit=max(asked.limit, 200)) if asked.words else None
    found = _library(request).stories(query=query, changed_since=asked.changed_since, least=asked.least, limit=asked.limit + 1, after=asked.after)
    rows, onward = _cut(found, asked.limit)
    return Stories(stories=rows, next=onward if query is None else None)


def _story(request: Request, asked: None) -> StoryRow:
    return _library(request).story_row(_named(request, "story"))


def _report(request: Request, asked: None) -> Response:
    shelf: Shelf = request.app.state.shelf
    row = shelf.library.story_row(_named(request, "story"))
    key = ("saved", "json", row.id, row.revision)
    return tagged(request, shelf.drawn(key, lambda: encode(shelf.told(row.id).story)), _JSON)


def _articles(request: Request, asked: ArticlesAsked) -> Articles:
    found = _library(request).articles(
        story=asked.story, outlet=asked.outlet, since=asked.since, until=asked.until, limit=asked.limit + 1, after=asked.after
    )
    rows, onward = _cut(found, asked.limit)
    return Articles(articles=rows, next=onward)


def _article(request: Request, asked: VersionAsked) -> One:
    kept = _library(request).article(_named(request, "article"), asked.version)
    return One(article=kept.row, text=kept.annotated.article.text, marks=kept.annotated.marks)


def _versions(request: Request, asked: None) -> Versions:
    return Versions(versions=tuple(_library(request).versions(_named(request, "article"))))


def _search(request: Request, asked: SearchAsked) -> Found:
    hits: Sequence[Hit] = _library(request).search(Query(**msgspec.structs.asdict(asked)))
    return Found(hits=tuple(hits), next=hits[-1].next if len(hits) == asked.limit else None)


def _corrections(request: Request, asked: CorrectionsAsked) -> Corrections:
    return Corrections(corrections=tuple(_library(request).corrections(asked.story)))


def _correct(request: Request, asked: NewCorrection) -> Done:
    return Done(id=_library(request).correct(correction_of(asked.kind, asked.story, asked.subjects, asked.value), asked.who))


def _undo(request: Request, asked: Undone) -> None:
    number = request.path_params["id"]
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise HTTPException(404, "There is no such correction.")
    _library(request).undo(int(number), asked.who)


def _add(request: Request, asked: NewArticles) -> Job:
    jobs: Jobs = request.app.state.jobs
    pages: list[Page | Refused] = [pasted(a.text, a.outlet, a.url, a.title, a.published) for a in asked.articles]
    return Job(job=jobs.start(pages))


def _addition(request: Request, asked: None) -> Addition:
    jobs: Jobs = request.app.state.jobs
    name = request.path_params["job"]
    try:
        return Addition(job=name, outcome=jobs.outcome(name))
    except KeyError:
        raise HTTPException(404, "Nothing is known of this addition any more.") from None


def _rejects(request: Request, asked: None) -> Rejects:
    return Rejects(rejects=tuple(_library(request).rejects()))


def _chart(request: Request, asked: None) -> dict[str, Any]:
    name = request.path_params["name"]
    if name not in ("timeline", "matrix", "feeds"):
        raise HTTPException(404, "There is no such chart: timeline, matrix or feeds.")
    shelf: Shelf = request.app.state.shelf
    return spec(name, [shelf.told(_named(request, "story"))])


def _named(request: Request, name: str) -> str:
    """An id of the address; one that no id can be is not asked for."""
    given: str = request.path_params[name]
    if not given.isprintable() or len(given) > 200:
        raise HTTPException(404, "There is nothing of this id.")
    return given


CALLS: tuple[Call, ...] = (
    Call("GET", "/stories", "stories", "Stories, the latest first", _stories, Stories, query=StoriesAsked),
    Call("GET", "/stories/{story}", "story", "One story as a list shows it", _story, StoryRow),
    Call("GET", "/stories/{story}/report", "report", "A story told: whence.report/1", _report, dict),
    Call("GET", "/stories/{story}/charts/{name}", "chart", "A chart of a story as Vega-Lite: timeline, matrix or feeds", _chart, dict),
    Call("GET", "/articles", "articles", "Articles, the latest first", _articles, Articles, query=ArticlesAsked),
    Call("POST", "/articles", "add", "Add reports; the answer names the job that does it", _add, Job, body=NewArticles, status=202),
    Call("GET", "/articles/{article}", "article", "One article with its text and its marks", _article, One, query=VersionAsked),
    Call("GET", "/articles/{article}/versions", "versions", "An article's versions and where they differ", _versions, Versions),
    Call("GET", "/additions/{job}", "addition", "What came of an addition, if it is done", _addition, Addition),
    Call("GET", "/search", "search", "Articles that hold words, a quotation, a number, or something like it", _search, Found, query=SearchAsked),
    Call("GET", "/corrections", "corrections", "The log of corrections", _corrections, Corrections, query=CorrectionsAsked),
    Call("POST", "/corrections", "correct", "Correct what belongs together or who is who", _correct, Done, body=NewCorrection, status=201),
    Call("DELETE", "/corrections/{id}", "undo", "Undo a correction", _undo, None, query=Undone, status=204),
    Call("GET", "/rejects", "rejects", "What could not be read, and why", _rejects, Rejects),
)


def routes() -> list[Route]:
    """One route a path, and the description of all of them at ``/api/v1/openapi.json``."""
    by_path: dict[str, dict[str, Call]] = {}
    for call in CALLS:
        by_path.setdefault(call.path, {})[call.method] = call
    found = [Route("/api/v1/openapi.json", _described)]
    return [*found, *(Route(f"/api/v1{path}", _answers(calls), methods=list(calls)) for path, calls in by_path.items())]


def _described(request: Request) -> Response:
    return tagged(request, encode(document(CALLS, token=request.app.state.settings.token is not None)), _JSON)


def _answers(calls: dict[str, Call]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        call = calls["GET" if request.method == "HEAD" else request.method]
        body = await request.body() if call.body else b""
        return await run_in_threadpool(_answered, call, request, body)

    return answer


def _answered(call: Call, request: Request, body: bytes) -> Response:
    if call.method != "GET" and not request.app.state.settings.adding:
        raise HTTPException(403, "This library is shown to be read only.")
    try:
        asked = _asked(call, request, body)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"Not understood: {error}") from None
    try:
        found = call.handler(request, asked)
    except WhenceError as error:
        raise HTTPException(404 if "{" in call.path else 400, str(error)) from None
    if isinstance(found, Response):
        return found
    if call.status == 204:
        return Response(status_code=204)
    if call.method == "GET":
        return tagged(request, encode(found), _JSON)
    return Response(encode(found), status_code=call.status, media_type=_JSON)


def _asked(call: Call, request: Request, body: bytes) -> Any:
    if call.body is not None:
        return msgspec.json.decode(body, type=call.body)
    if call.query is None:
        return None
    given = dict(request.query_params)
    if any("\0" in v or not v.isprintable() for v in given.values()):
        raise msgspec.ValidationError("a parameter holds characters that cannot be printed")
    return msgspec.convert({k: v for k, v in given.items() if v != ""}, call.query, strict=False)
