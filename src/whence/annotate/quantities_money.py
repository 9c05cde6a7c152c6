"""Money by sign, code and name, and which country's it is where several write it alike: the words say it, nothing is guessed from a number."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import resources

from .. import expressions as re
from ..data.countries import countries_in
from ..types import Region

__all__ = ["Entry", "Settle", "money_before", "money_names", "settler"]

Entry = str | Mapping[str, str | bool]
"""An ISO 4217 code, or codes by country with a ``default``; ``own`` is True where only the outlet's country settles it."""
Settle = Callable[[Entry, Region], str | None]

_SIGN = re.compile(r"(?<![\w$])([^\W\d_]{0,3}\.?[^\w\s\d]?|[^\W\d_]{1,5}\.?|S/\.)([\s\u00a0]?)\Z")
_GLUED = frozenset({"R", "P", "K", "B$"})
"""Signs that a blank makes a letter of something else."""
_CLEAR = 2  # times as often as any other, where a report speaks of more than one country


@functools.cache
def money_names() -> tuple[dict[str, Entry], dict[str, Entry], frozenset[str]]:
    """Signs, names (lower case) and ISO codes of currencies."""
    table = tomllib.loads(resources.files("whence.data").joinpath("currencies.toml").read_text(encoding="utf-8"))
    names: dict[str, Entry] = {n.lower(): code for code, every in table["names"].items() for n in every}
    names |= {n.lower(): v for n, v in table["ambiguous"].items()}
    for name, code in list(names.items()):
        names.setdefault(name.removesuffix("s"), code)
    return {**table["signs"], **table["shared"]}, names, frozenset([*table["names"], *table["signs"].values()])


def money_before(text: str, region: Region, start: int, settle: Settle) -> tuple[str, int] | None:
    """The currency whose sign or code stands before a number, and where it starts."""
    m = _SIGN.search(text, max(region[0], start - 7), start)
    if m is None or not m[1]:
        return None
    signs, _, codes = money_names()
    name = m[1]
    if name in codes:
        return name, m.start()
    if name not in signs or (m[2] and name in _GLUED):
        return None
    code = settle(signs[name], region)
    return (code, m.start()) if code else None


def settler(text: str, regions: Sequence[Region], country: str | None, *, worldwide: bool = False) -> Settle:
    """How money that several countries write alike is settled in a text: by the outlet's ``country``, else by the one country that the sentence is
    about, else by the one that the text names most; for an agency (``worldwide``), which writes in the money of the place, by its own country last.
    """

    @functools.cache
    def told() -> Counter[str]:
        return Counter(c for region in regions for c in countries_in(text, region))

    @functools.cache
    def here(region: Region) -> frozenset[str]:
        return frozenset(countries_in(text, region))

    def settle(entry: Entry, region: Region) -> str | None:
        if isinstance(entry, str):
            return entry
        own = entry.get(country) if country else None
        if own is None or (worldwide and not entry.get("own")):
            own = (None if entry.get("own") else _named(entry, here(region)) or _most(entry, told())) or own or entry.get("default")
        return str(own) if own else None

    return settle


def _named(entry: Mapping[str, str | bool], named: frozenset[str]) -> str | bool | None:
    codes = {entry[c] for c in named if c in entry}
    return codes.pop() if len(codes) == 1 else None


def _most(entry: Mapping[str, str | bool], told: Counter[str]) -> str | bool | None:
    counts: Counter[str | bool] = Counter()
    for c, n in told.items():
        if c in entry:
            counts[entry[c]] += n
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEAR * ranked[1][1]) else None
