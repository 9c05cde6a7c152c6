"""The readers, and which of them an input is for: by bytes that admit one reading alone, then by name, then by what its first bytes look like."""

from __future__ import annotations

from pathlib import PurePosixPath

from .binary import binary_kind
from .csv_rows import CSV
from .docx_file import DOCX
from .feed import FEED
from .lines import LINES
from .mail import MAIL
from .newsml import NEWSML
from .ninjs import NINJS
from .parquet import PARQUET
from .pdf import PDF
from .plain import HTML, TEXT
from .reader import Reader
from .sitemap import SITEMAP
from .source import Reading, Source
from .warc import WARC
from .xml_root import xml_root

__all__ = ["READERS", "reader_of"]

READERS: tuple[Reader, ...] = (WARC, PARQUET, PDF, DOCX, LINES, NINJS, FEED, SITEMAP, NEWSML, HTML, MAIL, CSV, TEXT)
"""In the order in which they are asked about first bytes."""

_SAYS_LITTLE = {".json"}  # nor does what a server says of a page


def reader_of(given: Source, reading: Reading) -> Reader:
    """The reader for a source. Raises InputError where it is empty, or of a kind that none reads."""
    if not given.head.strip():
        given.file.peek(1)  # type: ignore[attr-defined]  # a fault met in the head is raised here
        raise given.refuse("is empty: there is no text in it")
    known = [reader for reader in READERS if reader.knows(given.head, reading)]
    if signed := next((reader for reader in known if reader.signed), None):
        return signed
    if (kind := binary_kind(given.head)) is not None:
        raise given.refuse(f"looks like {kind[0]}, not text: {kind[1]}")
    ending = PurePosixPath(given.name).suffix.lower()
    by_name = next((reader for reader in READERS if ending in reader.endings), None)
    if known and (by_name is None or ending in _SAYS_LITTLE or given.url is not None):
        return known[0]
    if by_name is None and ending != ".txt" and given.head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        raise given.refuse(f"is XML of a kind that is not read, <{xml_root(given.head)}>: it is no feed, sitemap, NewsML-G2 or XHTML")
    return by_name or TEXT
