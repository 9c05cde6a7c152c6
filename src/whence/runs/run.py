"""A run: a corpus in, tables out, and a manifest that accounts for every article between. Where it was cut off it goes on."""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from typing import Any

import msgspec

from .. import __version__
from ..codec import encode
from ..engine import Engine
from ..errors import InputError, WhenceError
from ..types import Value
from . import places
from .inputs import Input, Part, inputs, parts
from .parts import Made, Receipt, Step, each, rows_in
from .statements import statements

__all__ = ["Manifest", "Run", "agree", "begun", "finished"]

Progress = Callable[[str], None]


class Counted(Value):
    """What came into a step and what came out of it."""

    step: str
    parts: int
    counts: dict[str, int]


class Manifest(Value):
    """What a run read, made and could not use. The counts agree with what lies in its tables, or it would not have been written."""

    schema: str
    command: str
    version: str
    digest: str
    settings: dict[str, Any]
    engine: str
    libraries: dict[str, str]
    inputs: tuple[Input, ...]
    articles: dict[str, int]
    steps: tuple[Counted, ...]
    tables: dict[str, int]
    rejects: dict[str, int]
    notes: dict[str, Any]


class Run:
    """A run that was begun: its engine and its folders. ``settings`` are what its answer depends on besides the corpus."""

    def __init__(self, command: str, files: Sequence[Input], out: str, work: str, engine: Engine, settings: Mapping[str, Any], progress: Progress) -> None:
        self.command, self.files, self.out, self.work, self.engine, self.progress = command, tuple(files), out, work, engine, progress
        self.settings = dict(settings)
        self.counted: list[Counted] = []
        self.notes: dict[str, Any] = {}

    def table(self, name: str) -> str:
        """The folder of a table that is thrown away at the end."""
        return places.join(self.work, "tables", name)

    def result(self, name: str) -> str:
        """The folder of a table that stays."""
        return places.join(self.out, name)

    def parts(self, size: int) -> list[Part]:
        """The corpus cut into parts of about ``size`` bytes."""
        return parts(self.files, size)

    def blocks(self, table: str, count: int) -> list[Part]:
        """A part for every block of a table that has rows."""
        rows = {n: rows_in(places.join(self.table(table), f"block={n}")) for n in range(count)}
        return [Part(id=f"{n:06d}", kind="block", path=self.table(table), file=n, first=0, last=of) for n, of in rows.items() if of]

    def map(self, name: str, work: Callable[[Part, Any], Made], of: Sequence[Part], settings: Any, tables: Mapping[str, str]) -> list[Receipt]:
        """Do a step for every part. ``tables``: folders of what it makes, by their names; rejects go to those of the run."""
        self.progress(f"{name}: {len(of):,} parts")
        step = Step(
            name=name, work=work, settings=settings, receipts=places.join(self.work, "receipts"), tables={**tables, "rejects": self.result("rejects")}
        )
        receipts = each(self.engine, step, of)
        total: Counter[str] = Counter()
        for receipt in receipts:
            total.update(receipt.counts)
        self.counted.append(Counted(step=name, parts=len(receipts), counts=dict(total)))
        agree(name, {"in": total["in"]}, {"in": total["out"] + total["rejected"]})
        return receipts

    def total(self, step: str) -> dict[str, int]:
        """What a step counted in all."""
        return next(c.counts for c in self.counted if c.step == step)

    def sql(self, file: str, *names: str, by: str | None = None, result: bool = False, **settings: int) -> None:
        """Make tables by the statements of those names in ``file``, unless they are made."""
        for name in names:
            text, wanted = statements(file)[name]
            done = places.join(self.work, "receipts", "sql", name)
            if places.exists(done):
                continue
            self.progress(f"{file}: {name}")
            known = {t: p for t in wanted for p in (self.table(t), self.result(t)) if places.exists(p)}
            straight = result and places.local(self.work) == places.local(self.out)
            self.engine.sql(text.format(**settings), known, self.result(name) if straight else self.table(name), by=by)
            if result and not straight:  # SQL on this machine writes to this machine
                for place in places.listed(self.table(name), ".parquet"):
                    places.write(places.join(self.result(name), place.rsplit("/", 1)[1]), places.read(place))
            places.write(done, b"")

    def sql_once(self, file: str, name: str, out: str, tables: Mapping[str, str]) -> str:
        """Make the table ``out`` by a statement whose tables lie elsewhere than under their own names; its folder comes back."""
        done, place = places.join(self.work, "receipts", "sql", out), self.table(out)
        if not places.exists(done):
            text, wanted = statements(file)[name]
            self.engine.sql(text, {t: tables[t] for t in wanted if t in tables}, place)
            places.write(done, b"")
        return place

    def reconcile(self, table: str, place: str, rows: int) -> None:
        """Compare what was counted with what lies in a table. Raises WhenceError."""
        agree(table, {"rows": rows_in(place)}, {"rows": rows})


def agree(where: str, found: Mapping[str, int], told: Mapping[str, int]) -> None:
    """Compare what is there with what was counted, name by name. Raises WhenceError."""
    for name, value in told.items():
        if found[name] != value:
            raise WhenceError(f"{where}: {found[name]:,} {name} are there where {value:,} were counted; delete the output and run again, and report it")


def begun(command: str, given: Sequence[str], out: str, settings: Mapping[str, Any], work: str | None) -> tuple[list[Input], str, Manifest | None]:
    """The inputs of a run, its folder for work, and its manifest where it was finished before. Raises InputError where ``out`` holds another run."""
    files = inputs(given)
    work = work or places.join(out, "_work")
    digest = _digest(command, files, settings)
    if places.exists(places.join(out, "manifest.json")):
        manifest = msgspec.json.decode(places.read(places.join(out, "manifest.json")), type=Manifest)
        if manifest.digest != digest:
            raise InputError(out, "holds another run: other inputs, settings or version; give another folder")
        return files, work, manifest
    mark = places.join(work, "run")
    if places.exists(mark) and places.read(mark).decode() != digest:
        raise InputError(out, "holds another run that was not finished: other inputs, settings or version; give another folder, or delete this one")
    if not places.exists(mark):
        if places.listed(out):
            raise InputError(out, "is not empty, and no run of this kind began it; give another folder")
        places.write(mark, digest.encode())
    return files, work, None


def finished(run: Run, tables: Sequence[str], engine: str, *, keep: bool) -> Manifest:
    """Reconcile, write the manifest, and throw away what was only needed on the way."""
    articles = _articles(run)
    reasons = _rejects(run)
    agree("rejects", {"rejects": sum(reasons.values())}, {"rejects": sum(c.counts.get("rejected", 0) for c in run.counted)})
    manifest = Manifest(
        schema="whence.run/1", command=run.command, version=__version__, digest=_digest(run.command, run.files, run.settings), settings=run.settings,
        engine=engine, libraries={**_libraries(), **run.engine.versions()}, inputs=run.files, articles=articles, steps=tuple(run.counted),
        tables={name: rows_in(run.result(name)) for name in tables}, rejects=reasons, notes=run.notes,
    )  # fmt: skip
    places.write(places.join(run.out, "manifest.json"), encode(manifest, indent=True))
    if not keep:
        places.remove(run.work)
    return manifest


def _articles(run: Run) -> dict[str, int]:
    """Articles in, out and rejected by the step that read the corpus; files that say how many they hold are believed and compared."""
    first = run.counted[0]
    return {name: first.counts.get(name, 0) for name in ("in", "out", "rejected")}


def _rejects(run: Run) -> dict[str, int]:
    """Articles rejected, by step and reason, as the table of rejects has them."""
    import pyarrow.parquet as pq

    found: Counter[str] = Counter()
    for place in places.listed(run.result("rejects"), ".parquet"):
        with places.open_read(place) as file:
            for row in pq.read_table(file, columns=["step", "why", "rows"]).to_pylist():
                found[f"{row['step']}: {row['why'][:200]}"] += row["rows"]
    return dict(sorted(found.items()))


def _digest(command: str, files: Sequence[Input], settings: Mapping[str, Any]) -> str:
    return hashlib.sha256(encode((command, __version__, tuple(files), sorted(settings.items())))).hexdigest()[:16]


def _libraries() -> dict[str, str]:
    names = ("whence", "msgspec", "numba", "numpy", "pyarrow")
    return {"python": platform.python_version(), **{n: metadata.version(n) for n in names if n != "whence"}}
