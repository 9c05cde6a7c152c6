"""The group of commands; each command's module is loaded only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys

import click

from .. import __version__
from ..errors import WhenceError

__all__ = ["commands", "main"]

# The matrices here are small: a second thread of the linear algebra library costs four times the CPU it saves (14,900 words/s with one, 3,500 with two on
# two busy cores), and another order of its sums could change the last digit of a probability. Read by numpy when it is first loaded.
for _threads in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

_HOME = {
    "brief": "story", "trace": "story", "compare": "story", "check": "story",
    "export": "exporting", "mcp": "assistants",
    "annotate": "corpus", "links": "corpus", "origins": "corpus", "stories": "corpus",
    "run": "run",
    "add": "library", "search": "library", "show": "library", "forget": "library", "watch": "watch",
    "serve": "serve",
    "train": "training",
    "schema": "about", "doctor": "about",
}  # fmt: skip


class _Lazy(click.Group):
    """A group that knows its commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_HOME)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _HOME:
            return None
        command = getattr(importlib.import_module(f"whence.cli.{_HOME[name]}"), name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            raise click.UsageError(f"{error.message} A file whose name begins with - is given as ./-name.", error.ctx) from None
        except WhenceError as error:
            click.echo(f"whence: {error}", err=True)
            sys.exit(2)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="whence")
def commands() -> None:
    """How many sources does this story really have?

    whence reads news reports and says, for each claim, by what chain it came and on how many independent origins it rests, with the words
    that show it. It says where a story comes from, not whether it is true.

    Exit status: 0 done; 1 done, and some input was refused; 2 nothing could be done.
    """


def main() -> None:
    """The command line as a process: a closed pipe and Ctrl-C end it without a word, as they end other tools."""
    for name in ("SIGINT", "SIGPIPE"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a sign shows "?" for it
            stream.reconfigure(errors="replace")
    gc.set_threshold(20_000)  # else the modules and patterns of a command, which all stay, are looked through while they are loaded: 15 ms
    commands(prog_name="whence")
