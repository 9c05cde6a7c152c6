"""The group of commands; each command's module is loaded only when it is called."""

from __future__ import annotations

import importlib

import click

from .. import __version__

__all__ = ["main"]

_HOME = {
    "brief": "story", "trace": "story", "compare": "story", "check": "story",
    "annotate": "corpus", "stories": "corpus", "links": "corpus", "origins": "corpus",
    "schema": "about", "doctor": "about",
}  # fmt: skip


class _Lazy(click.Group):
    """A group that knows its commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in _HOME if self.get_command(ctx, name) is not None]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _HOME:
            return None
        return getattr(importlib.import_module(f"whence.cli.{_HOME[name]}"), name, None)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="whence")
def main() -> None:
    """How many sources does this story really have?

    whence reads news reports and says, for each claim, by what chain it came and on how many independent origins it rests, with the words that show it.
    It says where a story comes from, not whether it is true.
    """
