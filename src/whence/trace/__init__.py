"""Where a story's reports come from: passages they share, in which direction, and who is who across them."""

from __future__ import annotations

from .links_corpus import SetPhrase, Text, links, links_of_corpus, set_phrases
from .parties import merge_parties
from .reuse import find_links

__all__ = ["SetPhrase", "Text", "find_links", "links", "links_of_corpus", "merge_parties", "set_phrases"]
