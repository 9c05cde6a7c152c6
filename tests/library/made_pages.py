"""Small reports written for these tests."""

from __future__ import annotations

from whence.types import Page

__all__ = ["DAM", "FERRY", "SHIP", "page", "pages"]

SHIP = """Ferry runs aground off Kelmar

KELMAR, May 3, 2025 (AP) – The ferry Anna Sund ran aground off Kelmar on Saturday with 214 people on board, the coast guard said.

“We heard a long scraping noise,” passenger Tilde Orm told The Kelmar Post. About 30 people were treated for shock.
"""
FERRY = """Hundreds leave stranded ferry

The Anna Sund struck a sandbank near Kelmar harbour on Saturday evening, the coast guard said on Sunday, May 4, 2025. Some 210 passengers were taken
off by tugs.

The operator, Sund Line, put the damage at $918 million, a figure that surprised insurers.
"""
DAM = """Dam repairs to cost more

The repair of the Orrin dam will cost between 900 million and 950 million crowns, the water ministry said on June 11, 2025, far above the 400 million
crowns planned. The minister, Pal Rist, did not say who would pay.
"""


def page(text: str, name: str, **more: str) -> Page:
    """A page of JSON lines with an id, as a reader gives it."""
    return Page(path="made.jsonl", text=text, media="text", id=name, line=1, **more)  # type: ignore[arg-type]


def pages() -> list[Page]:
    """Two reports of one happening and one of another."""
    return [
        page(SHIP, "ship", outlet="The Kelmar Post", published="2025-05-03"),
        page(FERRY, "ferry", outlet="Coast Daily", published="2025-05-04"),
        page(DAM, "dam", outlet="Orrin Times", published="2025-06-11"),
    ]
