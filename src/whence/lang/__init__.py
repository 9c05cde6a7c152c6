"""What is known of a language, as data: every language has the same file names.

``load("en", "cues")`` reads ``lang/en/cues.toml`` once. A language without a file gives an empty mapping, so that a step can say what it could not do.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

__all__ = ["known", "load", "readable"]


@functools.cache
def load(language: str, name: str) -> dict[str, Any]:
    """The table ``name`` of a language, or an empty one where that language has none."""
    path = resources.files(__name__).joinpath(language, f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def known(language: str | None) -> bool:
    """True where anything is known of the language."""
    return language is not None and resources.files(__name__).joinpath(language).is_dir()


def readable(language: str | None) -> bool:
    """True where a report may be read by rules that are here: in a language that is known, or one that could not be told."""
    return language is None or known(language)
