"""Showing the token once, where the library is served to others."""

from __future__ import annotations

import hmac

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .guard import SESSION, form_token_holds, session_of
from .pages import form_page

__all__ = ["enter"]


async def enter(request: Request) -> Response:
    """A form for the token; the right one is answered with a cookie that stands for it."""
    token: str | None = request.app.state.settings.token
    if token is None:
        return RedirectResponse("/", status_code=303)
    if request.method != "POST":
        return await run_in_threadpool(form_page, request, "enter.html", page="enter", wrong="")
    async with request.form(max_files=0, max_fields=4) as form:
        given, signed = str(form.get("token_given", "")), form.get("form")
    if not form_token_holds(request, signed):
        return form_page(request, "enter.html", 403, page="enter", wrong="This form has expired: try again.")
    if not hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode()):
        return form_page(request, "enter.html", 403, page="enter", wrong="This is not the token of this library.")
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(SESSION, session_of(token), httponly=True, samesite="strict", path="/", secure=request.url.scheme == "https")
    return answer
