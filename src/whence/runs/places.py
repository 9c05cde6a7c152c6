"""Files by path or URL: local ones by the system, the others by whatever fsspec opens (s3://, gs://, abfs://, hdfs://, https://, memory://)."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import InputError, MissingExtra

__all__ = ["at_hand", "exists", "expand", "join", "listed", "local", "open_read", "read", "remove", "size", "write"]


def local(place: str) -> bool:
    """True where a place is a path of this machine."""
    return "://" not in place


def join(place: str, *names: str) -> str:
    """A place below another."""
    return "/".join([place.rstrip("/"), *names])


def _files(place: str) -> Any:
    """The file system of a URL. Raises MissingExtra where there is none for it."""
    try:
        import fsspec
    except ImportError:
        raise MissingExtra(f"to open {place.partition('://')[0]}://", "remote") from None
    try:
        return fsspec.core.url_to_fs(place)[0]
    except (ImportError, ValueError) as error:
        raise InputError(place, f"cannot be opened: {error}") from None


def open_read(place: str) -> Any:
    """A place as a binary file that can be read from any offset. Raises InputError."""
    try:
        return Path(place).open("rb") if local(place) else _files(place).open(place, "rb")
    except OSError as error:
        raise InputError(place, f"cannot be read: {error.strerror or error}") from None


def read(place: str) -> bytes:
    """All of a small file. Raises InputError."""
    with open_read(place) as file:
        data: bytes = file.read()
    return data


def write(place: str, data: bytes) -> None:
    """A file that is there whole or not at all."""
    if local(place):
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        beside = Path(f"{place}.{os.getpid()}.unfinished")
        beside.write_bytes(data)
        os.replace(beside, place)
        return
    files = _files(place)
    files.makedirs(place.rsplit("/", 1)[0], exist_ok=True)
    with files.open(place, "wb") as file:  # object stores show a file when it is closed
        file.write(data)


@contextlib.contextmanager
def at_hand(place: str) -> Iterator[str]:
    """A place as a file of this machine: itself, or a copy for as long as it is used."""
    if local(place):
        yield place
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, place.rsplit("/", 1)[-1])
        _files(place).get(place, copy)
        yield copy


def exists(place: str) -> bool:
    """True where a file or folder is there."""
    return os.path.exists(place) if local(place) else bool(_files(place).exists(place))


def size(place: str) -> int:
    """Bytes of a file."""
    return os.stat(place).st_size if local(place) else int(_files(place).size(place))


def listed(place: str, ending: str = "") -> list[str]:
    """The files right in a folder with that ending, sorted; none where there is no folder. Names that begin with ``_`` or ``.`` are no data."""
    if local(place):
        names = [join(place, entry.name) for entry in os.scandir(place) if entry.is_file()] if os.path.isdir(place) else []
    else:
        files = _files(place)
        names = [files.unstrip_protocol(name) for name in files.ls(place, detail=False)] if files.isdir(place) else []
    return sorted(n for n in names if n.endswith(ending) and n.rsplit("/", 1)[1][0] not in "._")


def remove(place: str) -> None:
    """A file or a folder with all in it, if it is there."""
    if local(place):
        import shutil

        if os.path.isdir(place):
            shutil.rmtree(place)
        elif os.path.exists(place):
            os.unlink(place)
    elif exists(place):
        _files(place).rm(place, recursive=True)


def expand(given: str) -> list[str]:
    """The files that a place names: itself, the files of a folder, or what a pattern (``*``) finds; sorted. Raises InputError where there is none."""
    if any(c in given for c in "*?["):
        found = glob.glob(given) if local(given) else [_files(given).unstrip_protocol(n) for n in _files(given).glob(given)]
        found = sorted(found)
    elif local(given):
        found = listed(given) if os.path.isdir(given) else [given] if os.path.exists(given) else []
    else:
        files = _files(given)
        found = listed(given) if files.isdir(given) else [given] if files.exists(given) else []
    if not found:
        raise InputError(given, "there is no such file, or the folder is empty; check the name")
    return found
