"""The commands over a corpus, each a list of steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from ..engine import open_engine
from ..errors import InputError
from . import places
from .annotate import annotate
from .links import Settings, links
from .origins import origins
from .run import Manifest, Run, begun, finished
from .stories import group_corpus

__all__ = ["COMMANDS", "Manifest", "run"]

COMMANDS = ("annotate", "links", "stories", "origins")

TABLES = {
    "annotate": ("annotations",),
    "links": ("links", "common"),
    "stories": ("members", "stories", "capped"),
    "origins": ("members", "stories", "capped", "origins"),
}
"""The tables that each command leaves."""

STEPS: dict[str, Callable[..., None]] = {"annotate": annotate, "links": links, "stories": group_corpus, "origins": origins}


def run(
    command: str,
    given: Sequence[str],
    out: str,
    *,
    engine: Literal["process", "duckdb", "spark"] = "duckdb",
    workers: int | None = None,
    memory: int = 2 << 30,
    part: int | None = None,
    work: str | None = None,
    master: str | None = None,
    keep: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Manifest:
    """Run a command over the files ``given`` into the folder ``out``, and return its manifest; a run that was finished before is not done again.

    ``part``: bytes of the corpus that one task takes. ``work``: folder for what is only needed on the way, by default inside ``out``; an engine on one
    machine needs it on that machine. Raises InputError where the inputs or ``out`` cannot be used, WhenceError where the counts do not agree.
    """
    settings = msgspec.structs.asdict(Settings()) if command == "links" else {}
    files, work, before = begun(command, given, out, settings, work)
    if before is not None:
        return before
    if engine != "spark" and not places.local(work):
        raise InputError(out, f"the engine {engine} works on this machine and needs a folder of it for what lies between: give one with --work")
    scratch = places.join(work, "spill") if places.local(work) else None
    with open_engine(engine, workers=workers, memory=memory, scratch=scratch, master=master) as opened:
        this = Run(command, files, out, work, opened, settings, progress)
        STEPS[command](this, **({} if part is None else {"part": part}))
        return finished(this, TABLES[command], engine, keep=keep)
