"""What is installed, and the published schema."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterator

import click

from .. import __version__
from ..codec import encode
from ..codec import schema as json_schema

__all__ = ["doctor", "schema"]

_PARTS = (
    ("HTML pages", "trafilatura", None),
    ("HTML markup", "lxml", None),
    ("HTML cleaning", "lxml_html_clean", None),
    ("languages", "py3langid", None),
    ("encodings that are not declared", "charset_normalizer", None),
    ("text shared over a corpus", "numba", None),
    ("training", "torch", "train"),
)


@click.command()
def schema() -> None:
    """The JSON Schema of whence.report/1."""
    click.echo(encode(json_schema(), indent=True))


@click.command()
def doctor() -> None:
    """What is installed, what is off, and why."""
    click.echo(f"whence {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    for line in (*_libraries(), *_weights(), *_knowledge()):
        click.echo(f"  {line}")


def _libraries() -> Iterator[str]:
    for what, module, extra in _PARTS:
        if importlib.util.find_spec(module) is not None:
            yield f"on   {what}: {module} {importlib.metadata.version(module.replace('_', '-'))}"
        elif extra:
            yield f"off  {what}: {module} is not installed (pip install 'whence[{extra}]')"
        else:
            yield f"off  {what}: {module} is not installed; it belongs to whence itself: install whence again"


def _weights() -> Iterator[str]:
    """Whether the shipped weights are there and can be used."""
    from ..annotate.tagger import available
    from ..vectors import word_vectors

    yield (
        "on   learned attribution: weights found"
        if available()
        else "off  learned attribution: no weights in this installation; rules alone are used"
    )
    try:
        word_vectors(["source"])
    except (OSError, ValueError, KeyError) as error:
        yield f"off  meanings of words: {error}; install whence again"
    else:
        yield "on   meanings of words: vectors found"


def _knowledge() -> Iterator[str]:
    yield "on   languages with rules: English; reports in others are read and shown, and said to be unchecked"
    yield "off  events (who did what to whom): not part of this version"
    yield "off  the network: nothing is fetched and nothing is sent"
