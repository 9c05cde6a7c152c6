"""A server on the loopback whose pages are a table of replies, and which keeps what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = "<html><body><h1>Ferry aground</h1>" + "<p>A ferry ran aground off Tarn on Sunday, the coast guard said.</p>" * 12 + "</body></html>"
Reply = tuple[int, dict[str, str], bytes]


class Site:
    """A server whose pages are a table of replies, and which keeps what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[BaseHTTPRequestHandler], Reply | None]] = {}
        self.asked: list[tuple[str, dict[str, str], float]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
                reply = site.replies.get(self.path, (404, {}, b""))
                given = reply(self) if callable(reply) else reply
                if given is None:
                    return
                status, headers, body = given
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.port = self.server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"

    def page(self, path: str, body: str | bytes = ARTICLE, status: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.replies[path] = (status, {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-"): v for k, v in headers.items()}}, data)
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked if path != "/robots.txt"]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
