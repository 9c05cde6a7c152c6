"""Every error that whence raises on purpose.

::

    WhenceError
    ├── InputError          something given could not be used: names the file, the place in it and what to do
    ├── LibraryError        a library (the store) could not be opened, read or written: names its place and what to do
    ├── MissingExtra        an optional library is needed: names its pip line
    └── ModelError          shipped weights are absent or of another version
"""

from __future__ import annotations


class WhenceError(Exception):
    """Base of all errors raised on purpose; its text can be shown to a user as it stands."""


class InputError(WhenceError):
    """An input could not be used.

    ``path`` names it as the user did, ``line`` is 1-based where the input has lines.
    """

    def __init__(self, path: str, why: str, *, line: int | None = None) -> None:
        self.path, self.why, self.line = path, why, line
        place = path if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {why}")


class LibraryError(WhenceError):
    """A library could not be opened, read or written; what was acknowledged before is kept. ``place`` names it as the user did."""

    def __init__(self, place: str, why: str) -> None:
        self.place, self.why = place, why
        super().__init__(f"{place}: {why}")


class MissingExtra(WhenceError):
    """A library that is not installed is needed for what was asked."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional library: pip install 'whence[{extra}]'")


class ModelError(WhenceError):
    """The shipped weights cannot be used; reinstalling the package mends it."""
