"""Who may read and write: the host a request names, the token, where a write comes from, how large it is, and what a browser may do with the answer.

After OWASP's cheat sheets on cross-site request forgery and content security policy; DNS rebinding is met by the Host header.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .settings import Settings

__all__ = ["COOKIE", "SESSION", "Guard", "TooLargeError", "form_token", "form_token_holds", "session_of"]

COOKIE = "whence-form"
"""Holds a random value; what a form must carry is its signature, which another site cannot know."""

SESSION = "whence-reader"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_READS = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/static/", "/enter")
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class TooLargeError(Exception):
    """A body is larger than is taken."""


class Guard:
    """Stands before every route."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = HTTPConnection(scope)
        refused = _refusal(request, scope["method"], self.settings)
        if refused is not None:
            await refused(scope, receive, headed)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.settings.most_bytes:
                raise TooLargeError
            return message

        await self.app(scope, counted, headed)


def session_of(token: str) -> str:
    """What a reader's cookie holds once the token was shown; the token itself is not kept in the browser."""
    return hmac.new(token.encode(), b"whence reader", hashlib.sha256).hexdigest()


def form_token(request: Request) -> tuple[str, str]:
    """The value of the cookie, new where there is none, and what a form must carry with it."""
    held = request.cookies.get(COOKIE, "")
    value = held if len(held) == 43 and held.isascii() else secrets.token_urlsafe(32)
    return value, _signed(request, value)


def form_token_holds(request: Request, given: object) -> bool:
    """Whether a form carries the signature of the cookie that came with it."""
    held = request.cookies.get(COOKIE, "")
    return bool(held) and isinstance(given, str) and hmac.compare_digest(given.encode(), _signed(request, held).encode())


def _signed(request: Request, value: str) -> str:
    secret: bytes = request.app.state.secret
    return hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()


def _refusal(request: HTTPConnection, method: str, settings: Settings) -> Response | None:
    api, headers = request.url.path.startswith("/api/"), request.headers
    if settings.token is None:
        if _host(headers.get("host", "")) not in _LOOPBACK:
            return _said(api, 421, "This library answers only to the name of this machine itself (localhost). To serve others, start it with a token.")
    elif not _known(request, settings.token) and not request.url.path.startswith(_OPEN):
        if api or method not in _READS:
            return _said(api, 401, "A token is needed: Authorization: Bearer …", {"www-authenticate": 'Bearer realm="whence"'})
        return RedirectResponse("/enter", status_code=303)
    if method in _READS:
        return None
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 15 or int(length) > settings.most_bytes:
        return _said(api, 413, f"More than {settings.most_bytes:,} bytes at once are not taken; give less at a time, or add it with `whence add`.")
    if not _same_site(request):
        return _said(api, 403, "A write must come from this site's own pages.")
    if api and method in ("POST", "PUT", "PATCH") and headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _said(api, 415, "A write takes application/json.")
    return None


def _same_site(request: HTTPConnection) -> bool:
    """What a browser says of where a request comes from; a program that says nothing is not a browser that another site could use."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    except ValueError:
        return False


def _known(request: HTTPConnection, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return True
    return hmac.compare_digest(request.cookies.get(SESSION, "").encode(), session_of(token).encode())


def _host(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _said(api: bool, status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    if api:
        return JSONResponse({"error": why}, status_code=status, headers=headers)
    return PlainTextResponse(why, status_code=status, headers=headers)
