"""The app: routes, and how errors are said."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..errors import WhenceError
from . import adding, charts, correcting, counting, entering, evidence, saving, stories, story
from .api import routes as api_routes
from .door import Door
from .guard import Guard, TooLargeError
from .pages import asset, filled, html
from .settings import Settings
from .shelf import Shelf

__all__ = ["make_app"]


def make_app(library: Door, settings: Settings | None = None) -> Starlette:
    """The app over a library, to be served by any ASGI server. The library stays the caller's to close."""
    settings = settings or Settings()
    routes = [
        Route("/", stories.stories),
        Route("/search", stories.search),
        Route("/unread", stories.rejects),
        Route("/add", adding.add, methods=["GET", "POST"]),
        Route("/add/{job}", adding.added),
        Route("/enter", entering.enter, methods=["GET", "POST"]),
        Route("/charts", charts.page),
        Route("/charts/{name}.{form}", charts.file),
        Route("/articles/{article}", evidence.article),
        Route("/stories/{story}", story.lineage),
        Route("/stories/{story}/rows", story.side_by_side),
        Route("/stories/{story}/texts/{article}", evidence.evidence),
        Route("/stories/{story}/correct", correcting.correct, methods=["GET", "POST"]),
        Route("/stories/{story}/charts", charts.page),
        Route("/stories/{story}/charts/{name}.{form}", charts.file),
        Route("/stories/{story}/saved.{form}", saving.saved),
        Route("/corrections", correcting.log, methods=["GET", "POST"]),
        Route("/static/{name}", _static),
        *api_routes(),
    ]
    handlers = {WhenceError: _said, HTTPException: _http, TooLargeError: _too_large, Exception: _broken}
    app = Starlette(routes=routes, middleware=[Middleware(Guard, settings=settings)], exception_handlers=handlers)
    app.state.shelf, app.state.settings, app.state.jobs = Shelf(library), settings, adding.Jobs(library)
    app.state.counter = counting.Counter(app.state.shelf)
    app.state.secret = secrets.token_bytes(32)
    return app


def _static(request: Request) -> Response:
    found = asset(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    body, media, tag = found
    lasting = request.query_params.get("v") == tag
    return Response(body, media_type=media, headers={"cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache", "etag": f'"{tag}"'})


def _answer(request: Request, status: int, why: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": why}, status_code=status)
    return html(filled("message.html", page="", status=status, why=why), status)


def _said(request: Request, error: Exception) -> Response:
    return _answer(request, 404 if request.method in ("GET", "HEAD") else 400, str(error))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {404: "There is nothing at this address.", 405: "This address does not take that."}
    answer = _answer(request, status, said.get(status) or str(getattr(error, "detail", "")) or "This cannot be done.")
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _too_large(request: Request, error: Exception) -> Response:
    most: int = request.app.state.settings.most_bytes
    return _answer(request, 413, f"More than {most:,} bytes at once are not taken; give less at a time, or add it with `whence add`.")


def _broken(request: Request, error: Exception) -> Response:
    return _answer(request, 500, "Something went wrong here. What was written before is kept; the server's log says more.")
