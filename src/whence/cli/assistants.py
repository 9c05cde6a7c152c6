"""The door for assistants, opened."""

from __future__ import annotations

import click

from ..mcp import Shelf, server_of

__all__ = ["mcp"]


@click.command(short_help="The door for assistants: a read-only MCP server.")
@click.option("--library", metavar="PLACE", envvar="WHENCE_LIBRARY", help="A library (a folder or a postgresql:// address) to search and to read stories from.")
@click.option("--http", "port", type=click.IntRange(1, 65_535), help="Serve HTTP at /mcp on this port of this machine alone, in place of standard input.")
def mcp(library: str | None, port: int | None) -> None:
    """The door for assistants: a read-only server of the Model Context Protocol.

    Its tools are brief, trace_claim, compare_quotes, check_numbers, search and get_span. It reads the texts that it is given and the library named; it
    opens no other file and fetches nothing.
    """
    opened = None
    if library is not None:
        from ..library import open_library

        opened = open_library(library)
    server = server_of(Shelf(opened))
    if port is None:
        server.run("stdio")
    else:
        server.run("streamable-http", host="127.0.0.1", port=port)
