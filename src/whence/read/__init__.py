"""Reading: files, folders, tables, archives and web addresses, to pages of decoded characters; what cannot be read is refused by name."""

from .stream import pages, read_pages

__all__ = ["pages", "read_pages"]
