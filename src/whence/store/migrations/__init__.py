"""The numbered steps from one shape of a library to the next: SQL files, run in order, each in the transaction that raises the library's number.

A file is written for both databases: ``{counter}``, ``{number}``, ``{blob}`` and ``{float}`` stand for what they call these types differently.
"""

from __future__ import annotations

from importlib import resources

__all__ = ["last", "script"]


def _names() -> list[str]:
    return sorted(p.name for p in resources.files(__name__).iterdir() if p.name.endswith(".sql"))


def last() -> int:
    """The number of the newest step."""
    return int(_names()[-1].split("_")[0])


def script(number: int) -> str:
    """The statements of one step, separated by semicolons."""
    name = next(n for n in _names() if int(n.split("_")[0]) == number)
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
