"""Reading: files, folders, tables, archives and web addresses, to pages of decoded characters; what cannot be read is refused by name."""

from .opml import feeds_of
from .rates import read_rates
from .stream import feed_pages, pages, read_pages

__all__ = ["feed_pages", "feeds_of", "pages", "read_pages", "read_rates"]
