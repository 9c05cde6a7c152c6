"""Reading: files, standard input and lines of JSON, to pages of decoded characters; what cannot be read is refused by name."""

from .pages import read_pages

__all__ = ["read_pages"]
