"""Templates to answers: one environment for all pages, everything escaped, one address a style sheet."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from .. import __version__
from ..report import clip, closing
from .guard import COOKIE, form_token
from .strip import day

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["address", "asset", "filled", "form_page", "html", "tagged"]

_ASSETS = {"whence.css": "text/css; charset=utf-8", "whence.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}


@cache
def asset(name: str) -> tuple[bytes, str, str] | None:
    """A static file's bytes, media type and digest; the style sheet is that of the HTML report with what the pages add to it."""
    if name not in _ASSETS:
        return None
    folder = files("whence.web") / "static"
    raw = (folder / name).read_bytes()
    if name == "whence.css":
        raw = (files("whence.report") / "templates" / "page.css").read_bytes() + raw
    return raw, _ASSETS[name], hashlib.sha256(raw).hexdigest()[:16]


def address(*parts: str, **query: str | None) -> str:
    """A path of this site with its parts quoted, and the query without what is empty."""
    given = {k.rstrip("_"): v for k, v in query.items() if v}
    return "/" + "/".join(quote(p, safe="") for p in parts) + (f"?{urlencode(given)}" if given else "")


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    loader = ChoiceLoader([PackageLoader("whence.web"), PackageLoader("whence.report")])
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    environment.filters.update(n=lambda x: f"{x:g}", day=day, clip=clip)
    environment.globals.update(address=address, version=__version__, closing=closing(), asset_tag=lambda name: (asset(name) or ("", "", ""))[2])
    return environment


def filled(template: str, **values: Any) -> bytes:
    """A template filled with values, as UTF-8."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


def html(body: bytes, status: int = 200) -> Response:
    """A page that must be asked for again each time."""
    return Response(body, status_code=status, media_type="text/html; charset=utf-8", headers={"cache-control": "no-cache"})


def tagged(request: Request, body: bytes, media: str = "text/html; charset=utf-8", **headers: str) -> Response:
    """An answer with its ETag (RFC 9110, 8.8.3), or 304 where the reader has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    always = {"etag": tag, "cache-control": "no-cache", **headers}
    held = [x.strip().removeprefix("W/") for x in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=always)
    return Response(body, media_type=media, headers=always)


def form_page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page with forms: they carry the token of this reader's cookie."""
    value, token = form_token(request)
    answer = html(filled(template, token=token, **values), status)
    answer.headers["cache-control"] = "no-store"
    if request.cookies.get(COOKIE) != value:
        answer.set_cookie(COOKIE, value, httponly=True, samesite="strict", path="/")
    return answer
