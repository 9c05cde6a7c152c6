"""The library in a browser."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
from pathlib import Path

import click

from .places import at_library

__all__ = ["serve"]

_SHORTEST = 16
_PATIENCE = 20.0  # seconds that the first page waits for the grouping of what `whence add` brought; it goes on behind the pages


@click.command(short_help="The library in a browser, and over REST.")
@at_library
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer at; any but this machine itself needs a token.")
@click.option("--port", default=8417, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the token readers must show (else WHENCE_TOKEN)."
)
@click.option("--read-only", is_flag=True, help="Take no reports and no corrections.")
def serve(place: str, host: str, port: int, token_file: Path | None, read_only: bool) -> None:
    """Stories, lineage, claims side by side, evidence and corrections as pages, and the same under /api/v1.

    The library is made where there is none, and what was added to it is grouped. Nothing is fetched and nothing is sent elsewhere.
    """
    from ..library import open_library
    from ..web import Settings, make_app

    token = _token(token_file)
    if not _loopback(host) and token is None:
        raise click.UsageError(
            f"--host {host}: others could reach this address, so it needs a token: set WHENCE_TOKEN, or give --token-file FILE. Put TLS before it."
        )
    listening = _bound(host, port)
    with listening, open_library(place, create=not read_only) as kept:
        adding = not (read_only or kept.readonly)
        app = make_app(kept, Settings(token=token, adding=adding))
        if adding and (done := app.state.jobs.settle(_PATIENCE)) is not None and done.failed:
            click.echo(f"whence: what was added is not grouped: {done.failed}", err=True)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"whence: http://{shown}:{listening.getsockname()[1]}/ shows {kept.place}; Ctrl-C ends it", err=True)
        _run(app, listening)


def _run(app: object, place: socket.socket) -> None:
    import uvicorn

    if hasattr(signal, "SIGPIPE"):  # a command ends when nobody reads on; a server does not end because one reader went away
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.setswitchinterval(0.001)  # while reports are annotated a reader waits for this long, and several times a page, instead of for 5 ms
    uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, timeout_keep_alive=15)  # type: ignore[arg-type]
    ).run(sockets=[place])


def _token(path: Path | None) -> str | None:
    token = path.read_text(encoding="utf-8").strip() if path is not None else os.environ.get("WHENCE_TOKEN", "").strip() or None
    if token is not None and len(token) < _SHORTEST:
        raise click.UsageError(f"the token is shorter than {_SHORTEST} characters: take a longer one")
    return token


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        place = socket.socket(family, kind, proto)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(address)
        place.listen(2048)  # who reads the address before the server runs waits, and is not refused
    except OSError as error:
        raise click.UsageError(f"--host {host} --port {port}: cannot be answered at ({error.strerror or error}); give another port") from None
    return place
