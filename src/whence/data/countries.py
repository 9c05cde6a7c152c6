"""Countries as a text names them: by name, by what is of them, by their cities. The list is ``countries.toml``; each form is looked up by its first word."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib import resources

from .. import expressions as re
from ..types import Region

__all__ = ["countries_in"]

_WORD = r"[^\W_]+(?:['’-][^\W\d_]{2,})*"
_FIRST = re.compile(rf"(?<![\w’'-])(?=[^\W\d_a-z])(?:[A-Z]['’][^\W\d_]+|{_WORD})")
_NOWHERE = "-"


@functools.cache
def _forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """What may follow a first word, longest first, and the country (ISO 3166-1 alpha-2) that it then names."""
    table = tomllib.loads(resources.files(__package__).joinpath("countries.toml").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for country, forms in table.items():
        for form in forms:
            first = _FIRST.match(form)
            assert first is not None, form
            found.setdefault(first[0], []).append((form[first.end() :], country))
    return {first: tuple(sorted(rest, key=lambda r: -len(r[0]))) for first, rest in found.items()}


def countries_in(text: str, region: Region) -> Iterator[str]:
    """The country of every place and demonym between two offsets, in order, as ISO 3166-1 alpha-2; places of no listed country are passed over.

    >>> list(countries_in("Chilean and New Zealand growers met in Lima.", (0, 44)))
    ['CL', 'NZ', 'PE']
    """
    forms, taken = _forms(), region[0]
    for first in _FIRST.finditer(text, *region):
        word = first[0]
        if first.start() < taken or (rests := forms.get(word) or forms.get(re.sub(r"['’]s?\Z", "", word))) is None:
            continue
        end = first.start() + len(word if word in forms else re.sub(r"['’]s?\Z", "", word))
        rest = next((r for r in rests if text.startswith(r[0], end) and not text[end + len(r[0]) : end + len(r[0]) + 1].isalnum()), None)
        if rest is not None:
            taken = end + len(rest[0])
            if rest[1] != _NOWHERE:
                yield rest[1]
