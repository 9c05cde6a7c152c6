"""Where a story's reports come from: passages they share, in which direction, and who is who across them."""

from __future__ import annotations

from .census import copies, feeds, outlet_of, upstreams
from .kernels_cache import compiled_before
from .links_corpus import SetPhrase, Text, links, links_of_corpus, set_phrases
from .parties import merge_parties
from .reuse import find_links
from .rows import Aside, Shingles, passages, shingles

__all__ = [
    "Aside",
    "SetPhrase",
    "Shingles",
    "Text",
    "compiled_before",
    "copies",
    "feeds",
    "find_links",
    "links",
    "links_of_corpus",
    "merge_parties",
    "outlet_of",
    "passages",
    "set_phrases",
    "shingles",
    "upstreams",
]
