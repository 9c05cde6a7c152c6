"""Compiled functions: numba makes machine code of them once, later runs load it with llvmlite alone.

``compiled`` marks a function over arrays that others of its kind call; ``entry`` one that the interpreter calls. Marked functions allocate nothing
and raise nothing: what they need to write on is given to them. Numba itself costs 90 MB and half a second of every start, so it is imported only
where there is no machine code of these sources for this processor yet (``kernels_cache``).
"""

from __future__ import annotations

import ctypes
import functools
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from . import kernels_cache

__all__ = ["Taken", "compiled", "entries", "entry", "inner"]

entries: dict[str, Entry] = {}
"""Every function that the interpreter calls, by name."""

inner: list[Callable[..., Any]] = []
"""Every function that only compiled ones call."""

_code: dict[str, Any] = {}
_lock = threading.Lock()


class Taken(msgspec.Struct, frozen=True):
    """An argument of an entry: its type (``numpy``'s short name) and its dimensions, 0 for a number."""

    kind: str
    dimensions: int


class Entry(msgspec.Struct, frozen=True):
    """A function that the interpreter calls, with what it takes and gives (None for nothing)."""

    function: Callable[..., Any]
    takes: tuple[Taken, ...]
    gives: str | None


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function for compiling; as it stands it is interpreted."""
    inner.append(function)
    return function


def entry(signature: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a function that the interpreter calls; its calls run compiled, without holding the interpreter's lock.

    ``signature``: a word an argument, numpy's short name of its type and an asterisk a dimension (``u4*`` is an array of uint32, ``i8`` a
    number), then ``->`` and the type it gives, if any. Arrays are C-contiguous; a call with another type raises TypeError.
    """
    given, _, gives = (part.strip() for part in signature.partition("->"))
    takes = tuple(Taken(word.rstrip("*"), word.count("*")) for word in given.split())

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        entries[name] = Entry(function, takes, gives or None)

        @functools.wraps(function)
        def call(*arguments: Any) -> Any:
            run = _code.get(name) or _loaded()[name]
            result = ctypes.c_int64()
            flat: list[Any] = [ctypes.addressof(result), None]
            for argument, taken in zip(arguments, takes, strict=True):
                _flatten(argument, taken, flat)
            run(*flat)
            return result.value if gives else None

        return call

    return mark


def _flatten(argument: Any, taken: Taken, flat: list[Any]) -> None:
    """Append an argument as numba's functions take it: a number, or an array's owner (twice none), items, bytes an item, place, shape, strides."""
    if not taken.dimensions:
        flat.append(int(argument))
        return
    array = argument
    if not isinstance(array, np.ndarray) or array.dtype != taken.kind or array.ndim != taken.dimensions or not array.flags.c_contiguous:
        raise TypeError(f"an array of {taken.kind} with {taken.dimensions} dimensions was expected, C-contiguous")
    flat += (None, None, array.size, array.itemsize, array.__array_interface__["data"][0], *array.shape, *array.strides)


def _loaded() -> dict[str, Any]:
    """The machine code of every entry, made where there is none, loaded once a process."""
    with _lock:
        if not _code:
            from . import kernels_formula, kernels_grams, kernels_link, kernels_rows, kernels_words  # noqa: F401  # all marked functions are known from here on

            for name, address in kernels_cache.addresses(_made).items():
                numbers = [ctypes.c_int64 if not t.dimensions else None for t in entries[name].takes]
                flat: list[Any] = [ctypes.c_void_p, ctypes.c_void_p]
                for number, taken in zip(numbers, entries[name].takes, strict=True):
                    arrays = [ctypes.c_void_p] * 2 + [ctypes.c_int64] * 2 + [ctypes.c_void_p] + [ctypes.c_int64] * 2 * taken.dimensions
                    flat += [number] if number is not None else arrays
                _code[name] = ctypes.CFUNCTYPE(ctypes.c_int32, *flat)(address)
    return _code


def _made() -> dict[str, tuple[str, bytes]]:
    """Machine code made anew."""
    from .kernels_build import machine_code

    return machine_code(entries, inner)
