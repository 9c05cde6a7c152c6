"""Where machine code lies between runs, and how it is loaded. Imports llvmlite when it loads, numba never.

One file for each state of the sources, each processor and each version of numba: older ones of this package are removed when a new one is written.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

__all__ = ["addresses", "compiled_before"]

CONSTANTS = ("reuse_align.py", "reuse_judge.py", "reuse_words.py")
"""Where the compiled functions that are also interpreted, and the constants of both, stand."""

CACHE = Path(__file__).parent / "__pycache__"

_engines: list[Any] = []
"""What holds the loaded code; it lives as long as the process."""


def _elsewhere() -> Path:
    """The user's own folder for what can be made again."""
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    return Path(home) / "whence" if home else Path.home() / ".cache" / "whence"


def _name() -> str:
    """The file's name: a digest of every source from which code is made, of what makes it, and of the processor it is made for."""
    from importlib.metadata import version  # it reads mail headers: 10 ms

    import llvmlite.binding as llvm

    room = Path(__file__).parent
    parts = [p.read_bytes() for p in (*sorted(room.glob("kernels*.py")), *(room / name for name in CONSTANTS))]
    made_by = (version("numba"), version("llvmlite"), platform.machine(), sys.platform, llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())
    return f"kernels-{hashlib.sha256(bytes(0).join([*parts, *(x.encode() for x in made_by)])).hexdigest()[:24]}.code"


def addresses(make: Callable[[], Mapping[str, tuple[str, bytes]]]) -> dict[str, int]:
    """Where every entry's machine code lies in memory; ``make`` gives symbols and object files where none are kept."""
    import llvmlite.binding as llvm

    name = _name()
    kept = next((p for p in (CACHE / name, _elsewhere() / name) if p.is_file()), None)
    code = _read(kept) if kept is not None else None
    if code is None:
        code = dict(make())
        _keep(name, code)
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), llvm.Target.from_default_triple().create_target_machine())
    for _, data in code.values():
        engine.add_object_file(llvm.ObjectFileRef.from_data(data))
    engine.finalize_object()
    _engines.append(engine)
    return {entry: engine.get_function_address(symbol) for entry, (symbol, _) in code.items()}


def _read(path: Path) -> dict[str, tuple[str, bytes]] | None:
    """The code of a file, None where it cannot be read: it is then made anew."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, tuple[str, bytes]])
    except (OSError, msgspec.DecodeError):
        return None


def _keep(name: str, code: Mapping[str, tuple[str, bytes]]) -> None:
    """Keep the code beside the package or, where that cannot be written, in the user's folder; without either the next run makes it again."""
    for folder in (CACHE, _elsewhere()):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole = folder / f"{name}.{os.getpid()}"
            whole.write_bytes(msgspec.msgpack.encode(dict(code)))
            os.replace(whole, folder / name)
            for old in folder.glob("kernels-*.code"):
                if old.name != name:
                    old.unlink(missing_ok=True)
            return
        except OSError:
            continue


def compiled_before() -> bool:
    """False where the first links of a corpus will wait for compiling."""
    name = _name()
    return any((folder / name).is_file() for folder in (CACHE, _elsewhere()))
