"""The tools themselves: brief, trace_claim, compare_quotes, check_numbers, search, get_span. They read what they are given and fetch nothing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..codec import encode
from ..errors import MissingExtra, WhenceError
from ..pipeline import prepare, tell
from ..types import Page, Query, Story
from .answers import brief_of, found, numbers_of, quotes_of, span_of, trace_of

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from ..library import Library

__all__ = ["Shelf", "server_of"]

_INSTRUCTIONS = """whence says how many sources a news story really has: for each claim the chain it came by, the number of independent origins as an
interval, the weakest point by name, and the words that show it. Begin with `brief` (give two or more reports of one story, or the id of a story of the
library); it answers with a `ref` for the other tools. An interval's low end is what the texts prove: do not report more than it. What stands under
not_checked was not looked at: say so. It never says whether a claim is true."""
_MOST_STORIES = 16
_MOST_REPORTS = 50
_LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """A report: its text, and its outlet, title, date (ISO 8601) and address where they are known.

    A dataclass, where other values are structs: the SDK makes the tool's schema of it.
    """

    text: str
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None


class Shelf:
    """The stories that were asked for last, by their reference, and the library where there is one."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library
        self._told: OrderedDict[str, Story] = OrderedDict()

    def tell(self, reports: list[Given]) -> tuple[str, Story]:
        """The story of some texts and its reference, which the texts alone determine. Raises ValueError with what is to be done."""
        if not 1 <= len(reports) <= _MOST_REPORTS:
            raise ValueError(f"give 1 to {_MOST_REPORTS} reports, each with its text")
        pages = []
        for i, given in enumerate(reports, 1):
            if not given.text.strip() or len(given.text) > _LONGEST:
                raise ValueError(f"report {i} needs a text of 1 to {_LONGEST:,} characters")
            pages.append(Page(
                path=f"report {i}", text=given.text, media="text", outlet=given.outlet, title=given.title, published=given.published, url=given.url
            ))  # fmt: skip
        ref = "texts-" + hashlib.sha256(encode(pages)).hexdigest()[:16]
        if ref not in self._told:
            articles, refused = prepare(pages)
            if not articles:
                raise ValueError("; ".join(f"{r.path}: {r.why}" for r in refused))
            self._told[ref] = tell(articles)
        return ref, self.get(ref)

    def get(self, ref: str) -> Story:
        """A story by its reference: of texts given before, or of the library. Raises ValueError where there is none."""
        if ref in self._told:
            self._told.move_to_end(ref)
            while len(self._told) > _MOST_STORIES:
                self._told.popitem(last=False)
            return self._told[ref]
        if self.library is None or ref.startswith("texts-"):
            raise ValueError(f"no story {ref!r} is held: call brief with its reports" + (" or with a story of the library" if self.library else ""))
        try:
            return self.library.story(ref)
        except WhenceError as error:
            raise ValueError(str(error)) from None


def server_of(shelf: Shelf) -> MCPServer[Any]:
    """The server, to be run over standard input and output or HTTP. Raises MissingExtra where the SDK is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp_types import ToolAnnotations
    except ImportError:
        raise MissingExtra("the door for assistants", "mcp") from None

    server: MCPServer[Any] = MCPServer("whence", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def held(ref: str) -> Story:
        try:
            return shelf.get(ref)
        except ValueError as error:
            raise ToolError(str(error)) from None

    @server.tool(annotations=reads)
    def brief(reports: list[Given] | None = None, story: str | None = None) -> dict[str, Any]:
        """How many origins a story has: give `reports` (texts of one story, with their outlets), or `story`, an id of the library."""
        if (reports is None) == (story is None):
            raise ToolError("give either reports or story")
        if story is not None:
            return brief_of(held(story), story)
        try:
            ref, told = shelf.tell(reports or [])
        except ValueError as error:
            raise ToolError(str(error)) from None
        return brief_of(told, ref)

    @server.tool(annotations=reads)
    def trace_claim(ref: str, claim: str) -> dict[str, Any]:
        """One claim (its id, as brief gives it): by what chain each report has it, and the words that show it."""
        told = held(ref)
        chosen = next((c for c in told.claims if c.id == claim), None)
        if chosen is None:
            raise ToolError(f"the story {ref} has no claim {claim!r}: brief lists those it has")
        return trace_of(told, ref, chosen)

    @server.tool(annotations=reads)
    def compare_quotes(ref: str) -> dict[str, Any]:
        """Quotations that differ between the reports of a story, word for word."""
        return quotes_of(held(ref), ref)

    @server.tool(annotations=reads)
    def check_numbers(ref: str) -> dict[str, Any]:
        """The numbers of a story as intervals, and the sums they allow with working and verdict."""
        return numbers_of(held(ref), ref)

    @server.tool(annotations=reads)
    def get_span(ref: str, report: str, start: int, end: int, around: int = 200) -> dict[str, Any]:
        """Words of a report by their place (code points, half-open), with what stands around them."""
        words = span_of(held(ref), ref, report, start, end, around)
        if words is None:
            raise ToolError(f"{report} has no place {start} to {end}: see the reports and spans of brief")
        return words

    @server.tool(annotations=reads)
    def search(words: str = "", quote: str | None = None, number: str | None = None, outlet: str | None = None, since: str | None = None,
               until: str | None = None, limit: int = 20) -> dict[str, Any]:  # fmt: skip
        """Articles of the library: by `words`, an exact `quote`, a `number` ("918 million"), an outlet, days since and until (ISO 8601)."""
        if shelf.library is None:
            raise ToolError("no library is open: start the server with --library, or call brief with the reports themselves")
        asked = Query(words=words, quote=quote, number=number, outlet=outlet, since=since, until=until, limit=max(1, min(limit, 100)))
        try:
            return found(shelf.library.search(asked))
        except WhenceError as error:
            raise ToolError(str(error)) from None

    return server
