"""How many sources a news story really has.

::

    import whence

    story = whence.read(["bne.txt", "moscow-times.txt"])
    print(story.summary)
    print(story.claims[0].origins, story.claims[0].weakest, story.claims[0].why)
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .notebook import StoryView

__all__ = ["__version__", "read"]
__version__ = "0.1.0"


def read(paths: str | Sequence[str]) -> StoryView:
    """The story of some reports: ``whence.report/1`` as a value, with every claim, its origins and the words that show it.

    ``paths`` are files (``.txt``, ``.html``, ``.jsonl``), ``-`` for standard input, or ``outlet=path``. Raises InputError if none could be read;
    those that could not be read beside others stand in ``story.refused``.
    """
    from .notebook import view

    return view([paths] if isinstance(paths, str) else list(paths))


class _Package(ModuleType):
    """Keeps ``whence.read`` the function: importing the room of the same name would put the room in its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "read":
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
