"""What is installed, and the published schema."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import platform

import click

from .. import __version__
from ..codec import schema as json_schema

__all__ = ["doctor", "schema"]

_PARTS = (
    ("HTML pages", "trafilatura", None),
    ("dates of HTML pages", "htmldate", None),
    ("languages", "py3langid", None),
    ("text reuse over a corpus", "numba", None),
    ("training the tagger", "torch", "train"),
)


@click.command()
def schema() -> None:
    """The JSON Schema of whence.report/1."""
    click.echo(json.dumps(json_schema(), indent=2))


@click.command()
def doctor() -> None:
    """What is installed, what is off, and why."""
    click.echo(f"whence {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    for what, module, extra in _PARTS:
        if importlib.util.find_spec(module) is None:
            hint = f"pip install 'whence[{extra}]'" if extra else "reinstall whence: this library is one of its own"
            click.echo(f"  off  {what}: {module} is not installed ({hint})")
        else:
            click.echo(f"  on   {what}: {module} {importlib.metadata.version(module)}")
    click.echo(f"  {_tagger()}")
    click.echo("  on   languages with rules: English; reports in others are read and shown, and said to be unchecked")


def _tagger() -> str:
    if importlib.util.find_spec("whence.annotate.tagger") is None:
        return "off  learned attribution: not part of this version; rules are used"
    from ..annotate.tagger import available

    return "on   learned attribution: weights found" if available() else "off  learned attribution: no weights in this installation; rules are used"
