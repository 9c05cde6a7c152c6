"""Every part of a corpus once: what was done is not done again, what fails is cut in two until the article that fails stands alone among the rejects.

What a part gives is written first and its receipt last, so that a part without a receipt was not done, whatever killed the run.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from ..engine import Engine, Lost
from ..errors import WhenceError
from ..types import Value
from . import places
from .inputs import Part, first_place, halves

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Made", "Receipt", "Reject", "Step", "each", "read_table", "rows_in", "write_table"]

ALONE = 2
"""Times that a part is tried by itself before it is cut: a process may die of its neighbour's hunger for memory."""

SURELY = 8
"""Parts that fail all together are no fault of an article in each of them."""


class Reject(Value):
    """What could not be used: where it stood, what it is called, in which step, and why. ``rows`` articles stand behind it."""

    step: str
    path: str
    place: int
    id: str | None
    why: str
    rows: int = 1


class Made(Value):
    """What a step made of a part: tables by their names, what it counted, and what it could not use."""

    tables: dict[str, Any]
    counts: dict[str, int]
    rejects: tuple[Reject, ...] = ()


class Receipt(Value):
    """That a part is done, and what came in and out; or into which parts it was cut."""

    part: Part
    counts: dict[str, int]
    cut: tuple[Part, ...] = ()


class Step(Value):
    """A step as a worker gets it: its function by name, its settings, and the folders of its tables (the rest go below ``out``)."""

    name: str
    work: Callable[[Part, Any], Made]
    settings: Any
    receipts: str
    tables: dict[str, str]


class Worker:
    """A step bound to nothing but values, so that it can be sent to another process."""

    def __init__(self, step: Step) -> None:
        self.step = step

    def __call__(self, spec: str) -> None:
        """Do a part, unless it was done; what goes wrong is written down in the place of its receipt, and nothing is raised."""
        step, part = self.step, msgspec.json.decode(spec, type=Part)
        if places.exists(_receipt(step, part)):
            return
        places.write(_begun(step, part), b"")
        try:
            made = step.work(part, step.settings)
            for name, table in made.tables.items():
                write_table(places.join(step.tables[name], f"part-{part.id}.parquet"), table)
            if made.rejects:
                write_table(places.join(step.tables["rejects"], f"{step.name}-{part.id}.parquet"), reject_table(made.rejects))
            places.write(_receipt(step, part), msgspec.json.encode(Receipt(part=part, counts=made.counts)))
        except Exception:
            places.write(_failed(step, part), traceback.format_exc(limit=-3).encode("utf-8", "replace"))


def each(engine: Engine, step: Step, parts: Sequence[Part]) -> list[Receipt]:
    """Do a step for every part and return the receipts. Raises WhenceError where many parts fail and none is done, which no article can be the cause of."""
    waiting = [part for whole in parts for part in _undone(step, whole)]
    for part in waiting:
        places.remove(_begun(step, part))
        places.remove(_failed(step, part))
    alone: dict[str, int] = {}
    while waiting:
        lost = ""
        together = [part for part in waiting if part.id not in alone] or waiting[:1]
        try:
            engine.map(Worker(step), [msgspec.json.encode(part).decode() for part in together])
        except Lost as error:
            lost = str(error)
        failed = {part.id: _why(step, part) for part in together}
        if len(together) >= SURELY and all(failed.values()):
            first = together[0]
            why = failed[first.id].strip().splitlines()[-1]
            raise WhenceError(f"{step.name}: {len(together)} parts failed and none is done, the first with {why}; the whole is in {_failed(step, first)}")
        left = [part for part in waiting if part not in together]
        for part in together:
            if places.exists(_receipt(step, part)):
                continue
            if failed[part.id]:
                left += _cut(step, part, failed[part.id])
            elif not places.exists(_begun(step, part)):
                left.append(part)  # its turn had not come
            else:
                places.remove(_begun(step, part))
                alone[part.id] = alone.get(part.id, -1) + 1 if len(together) > 1 or part.id in alone else 1
                left += [part] if alone[part.id] < ALONE else _cut(step, part, f"the process that worked on it died each time ({lost})")
        waiting = left
    return list(_receipts(step, parts))


def _undone(step: Step, part: Part) -> list[Part]:
    """A part, or the parts into which it was cut, without what is done."""
    if not places.exists(_receipt(step, part)):
        return [part]
    cut = msgspec.json.decode(places.read(_receipt(step, part)), type=Receipt).cut
    return [undone for smaller in cut for undone in _undone(step, smaller)]


def _cut(step: Step, part: Part, why: str) -> list[Part]:
    """The halves of a part that fails; a part that cannot be cut goes to the rejects."""
    two = halves(part)
    places.remove(_failed(step, part))
    if two is not None:
        places.write(_receipt(step, part), msgspec.json.encode(Receipt(part=part, counts={}, cut=two)))
        return list(two)
    reject = Reject(step=step.name, path=part.path, place=first_place(part), id=None, why=why.strip().splitlines()[-1])
    write_table(places.join(step.tables["rejects"], f"{step.name}-{part.id}.parquet"), reject_table([reject]))
    places.write(_receipt(step, part), msgspec.json.encode(Receipt(part=part, counts={"in": 1, "rejected": 1})))
    return []


def _receipts(step: Step, parts: Sequence[Part]) -> Iterator[Receipt]:
    for part in parts:
        receipt = msgspec.json.decode(places.read(_receipt(step, part)), type=Receipt)
        if receipt.cut:
            yield from _receipts(step, receipt.cut)
        else:
            yield receipt


def _why(step: Step, part: Part) -> str:
    """What was raised for a part; empty where nothing was."""
    place = _failed(step, part)
    return places.read(place).decode() if places.exists(place) else ""


def _receipt(step: Step, part: Part) -> str:
    return places.join(step.receipts, step.name, f"{part.id}.done")


def _begun(step: Step, part: Part) -> str:
    return places.join(step.receipts, step.name, f"{part.id}.begun")


def _failed(step: Step, part: Part) -> str:
    return places.join(step.receipts, step.name, f"{part.id}.failed")


def reject_table(rejects: Sequence[Reject]) -> pa.Table:
    """Rejects as a table."""
    import pyarrow as pa

    schema = pa.schema([("step", pa.string()), ("path", pa.string()), ("place", pa.int64()), ("id", pa.string()), ("why", pa.string()), ("rows", pa.int64())])
    return pa.Table.from_pylist([msgspec.structs.asdict(r) for r in rejects], schema=schema)


def write_table(place: str, table: Any) -> None:
    """A table as a file that is there whole or not at all; a list of tables as one file with a group of rows for each. Numbers that never repeat are kept
    as they are."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    groups = table if isinstance(table, list) else [table]
    schema = groups[0].schema
    repeating = [f.name for f in schema if pa.types.is_string(f.type) and f.name not in ("text", "annotation", "census", "id", "why")]
    encoded = [*repeating, "n", "outlet"] if "gram" in schema.names else repeating
    with pq.ParquetWriter(out, schema, compression="lz4", use_dictionary=encoded) as file:
        for group in groups:
            file.write_table(group)
    places.write(place, out.getvalue())


def read_table(folder: str, columns: Sequence[str] | None = None) -> pa.Table:
    """All rows of a table, or of a block of one; a table without columns where there is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pieces = []
    for place in places.listed(folder, ".parquet"):
        with places.open_read(place) as file:
            pieces.append(pq.ParquetFile(file).read(columns=columns))
    return pa.concat_tables(pieces) if pieces else pa.table({})


def rows_in(folder: str) -> int:
    """Rows of a table, read from the ends of its files."""
    import pyarrow.parquet as pq

    total = 0
    for place in places.listed(folder, ".parquet"):
        with places.open_read(place) as file:
            total += pq.read_metadata(file).num_rows
    return total
