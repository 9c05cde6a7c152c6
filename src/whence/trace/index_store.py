"""An index in a folder: the words of all documents added so far, appended to, with a head that is written last.

``index.json`` (format, documents, words), ``documents.jsonl`` (id, outlet, date, first word) and one file an array. What an interrupted run left
behind the end that the head names is cut off by the next.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec
import numpy as np

from ..errors import InputError
from . import kernels_words, reuse_words
from .index import Index, Known

FORMAT = 1

ARRAYS = (("hashes.u32", np.uint32), ("starts.u32", np.uint32), ("info.u8", np.uint8), ("weights.u8", np.uint8))


class Head(msgspec.Struct, frozen=True):
    """What an index says of itself. ``words_by`` is a digest of how text is read into words: other words, other hashes."""

    format: int
    words_by: str
    documents: int
    words: int
    bytes: int


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A document of the index."""

    id: str
    outlet: str | None
    published: str | None
    first_word: int


def words_by() -> str:
    """A digest of the sources and tables that turn text into words."""
    parts = [Path(str(m.__file__)).read_bytes() for m in (kernels_words, reuse_words)]
    tables = Path(__file__).parent.parent / "lang"
    parts += [p.read_bytes() for p in sorted(tables.glob("*/reuse.toml"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def load(folder: str) -> Index:
    """The index of a folder, empty where there is none. Raises InputError where it was written by another version or is damaged."""
    root, index = Path(folder), Index()
    if not (root / "index.json").exists():
        return index
    try:
        head = msgspec.json.decode((root / "index.json").read_bytes(), type=Head)
    except msgspec.DecodeError as error:
        raise InputError(folder, "the index's head cannot be read; delete the folder and add the texts again to rebuild it") from error
    if (head.format, head.words_by) != (FORMAT, words_by()):
        raise InputError(folder, "the index was written by another version; delete the folder and add the texts again to rebuild it")
    index.arrays = [np.fromfile(root / name, kind, head.words) for name, kind in ARRAYS]
    lines = (root / "documents.jsonl").read_bytes()[: head.bytes].splitlines()
    if any(a.size != head.words for a in index.arrays) or len(lines) != head.documents:
        raise InputError(folder, "the index is damaged; delete the folder and add the texts again to rebuild it")
    decoder = msgspec.json.Decoder(Line)
    known = [decoder.decode(line) for line in lines]
    index.texts = [Known(k.id, k.outlet, k.published) for k in known]
    index.doc_start = [*(k.first_word for k in known), head.words]
    index.remember_outlets([k.outlet for k in known])
    return index


def save(index: Index, folder: str, before: int) -> None:
    """Write the documents from number ``before`` on to a folder that holds those before them."""
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    first, words = index.doc_start[before], index.doc_start[-1]
    for (name, kind), array in zip(ARRAYS, index.arrays, strict=True):
        _append(root / name, first * np.dtype(kind).itemsize, array[first:words].tobytes())
    new = [Line(k.id, k.outlet, k.published, at) for k, at in zip(index.texts[before:], index.doc_start[before:-1], strict=True)]
    held = msgspec.json.decode((root / "index.json").read_bytes(), type=Head).bytes if before else 0
    lines = b"".join(msgspec.json.encode(line) + b"\n" for line in new)
    _append(root / "documents.jsonl", held, lines)
    head = Head(FORMAT, words_by(), len(index.texts), words, held + len(lines))
    (root / "index.json.new").write_bytes(msgspec.json.encode(head))
    os.replace(root / "index.json.new", root / "index.json")


def _append(path: Path, size: int, data: bytes) -> None:
    """Cut a file to a size, write after it, and see that it reaches the disk."""
    with open(path, "r+b" if path.exists() else "w+b") as out:
        out.truncate(size)
        out.seek(size)
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
