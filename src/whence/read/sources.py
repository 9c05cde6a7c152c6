"""From what the user named to sources: files, the files of folders and patterns, standard input and web addresses."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import InputError
from .source import Source, source

__all__ = ["Fetch", "is_address", "named", "opened", "parsed", "shown"]

Fetch = Callable[[str], Source]
"""Gets what stands at an address; raises InputError where that is not to be had."""

_ADDRESS = re.compile(r"https?://", re.I)


def is_address(spec: str) -> bool:
    """True for what is read from the web."""
    return _ADDRESS.match(spec) is not None


def shown(name: str) -> str:
    """A name that can be written out: bytes of it that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def parsed(spec: str) -> tuple[str | None, str]:
    """The outlet given, if any, and the path or address: "a=b" is a path where such a file exists, and an address may hold any sign."""
    outlet, equals, path = spec.partition("=")
    if spec == "-" or is_address(spec) or not equals or not outlet.strip() or not path or os.path.lexists(spec.replace("\0", "")):
        return None, spec
    return shown(outlet.strip()), path


def named(path: str) -> Iterator[str]:
    """The paths that a name stands for: itself, the files under a folder, or those a pattern fits, in the order of their names.

    Raises InputError where there are none. What begins with a dot is left out of folders.
    """
    if path == "-" or is_address(path) or "\0" in path:
        yield path
    elif os.path.isdir(path):
        yield from _of_folder(path)
    elif glob.has_magic(path) and not os.path.lexists(path):
        found = sorted(name for name in glob.iglob(path, recursive=True) if not os.path.isdir(name))
        if not found:
            raise InputError(path, "no file fits this pattern; check it")
        yield from found
    else:
        yield path


def _of_folder(path: str) -> Iterator[str]:
    some = False
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                some = True
                yield os.path.join(folder, name)
    if not some:
        raise InputError(path, "is a folder without files; check the name")


def opened(path: str, outlet: str | None, fetch: Fetch) -> Source:
    """The source of one path. Raises InputError where it is not there, may not be read, or is no file."""
    if is_address(path):
        found = fetch(path)
        found.outlet = outlet
        return found
    try:
        if path == "-":
            return source("-", "", sys.stdin.buffer, outlet=outlet)
        file = Path(path).open("rb", buffering=0)  # noqa: SIM115  # closed with the source that reads it
        state = os.fstat(file.fileno())
        return source(shown(path), Path(path).name, file, outlet=outlet, size=state.st_size if stat.S_ISREG(state.st_mode) else None)
    except FileNotFoundError:
        raise InputError(path, "there is no such file; check the name") from None
    except PermissionError:
        raise InputError(path, "may not be read: its permissions forbid it (chmod +r)") from None
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
