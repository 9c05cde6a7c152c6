"""Sitemaps and indexes of them: the pages they list, read where the sitemap itself came from the web."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from ..types import Page, Refused
from .reader import Reader
from .source import Reading, Source
from .xml_root import xml_root

__all__ = ["SITEMAP"]


def _read(given: Source, reading: Reading) -> Iterator[Page | Refused]:
    from lxml import etree

    count = 0
    try:
        for address in _addresses(given.file):
            count += 1
            if given.follow is not None and count <= reading.followed:
                yield from given.follow(address)
    except etree.XMLSyntaxError as error:
        yield Refused(path=given.path, line=error.lineno, why=f"is damaged here ({error.msg}): the {count} addresses before were read")
        return
    if not count:
        raise given.refuse("is a sitemap that lists no addresses")
    if given.follow is None:
        raise given.refuse(f"lists {count:,} addresses and holds no text: give the sitemap by its own address to have the pages read")
    if count > reading.followed:
        yield Refused(path=given.path, why=f"lists {count:,} addresses: the first {reading.followed:,} were read; give the others by themselves")


def _addresses(file: IO[bytes]) -> Iterator[str]:
    """The addresses of pages or of further sitemaps, one at a time; not those of pictures and films."""
    from lxml import etree

    for _, element in etree.iterparse(file, events=("end",), resolve_entities=False, no_network=True, huge_tree=False):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("url", "sitemap"):
            address = next((child.text for child in element if isinstance(child.tag, str) and etree.QName(child).localname == "loc"), None)
            if address and address.strip():
                yield address.strip()
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


SITEMAP = Reader("sitemap", (), lambda head, reading: xml_root(head) in ("urlset", "sitemapindex"), _read)
