"""OPML: the feeds that a reader of feeds keeps a list of."""

from __future__ import annotations

from .source import Source, whole
from .sources import is_address, opened

__all__ = ["feeds_of"]


def feeds_of(path: str) -> list[str]:
    """The feeds that an OPML file lists, each once and in its order; a web address, or a file that is no OPML, is a feed itself.

    Raises InputError where there is no such file, or it lists none.
    """
    if is_address(path):
        return [path]
    from lxml import etree

    from .xml_root import xml_root

    given = opened(path, None, _nothing)
    try:
        if xml_root(given.head) != "opml":
            return [path]
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(whole(given), parser)
    except etree.XMLSyntaxError as error:
        raise given.refuse(f"is damaged here ({error.msg}): export the list of feeds again", line=error.lineno) from None
    finally:
        given.file.close()
    found = dict.fromkeys(a.strip() for outline in root.iter("outline") for name, a in outline.items() if name.lower() == "xmlurl" and a.strip())
    if not found:
        raise given.refuse("lists no feed: an outline of one has its address as xmlUrl")
    return list(found)


def _nothing(url: str) -> Source:
    raise AssertionError(url)
