"""From marked functions to machine code, by numba: the only module that imports it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .kernels import Entry

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Nothing that would call back into numba or the interpreter: what it makes is loaded where neither is."""


def _once(dispatcher: Any) -> Any:
    """A compiled function that takes a constant for a number of its kind: else numba compiles it, and all it calls, for every constant again."""
    from numba.core import types

    unliteral: Any = types.unliteral
    template = dispatcher.get_call_template
    dispatcher.get_call_template = lambda args, kws: template(tuple(unliteral(a) for a in args), {k: unliteral(a) for k, a in kws.items()})
    return dispatcher


def machine_code(entries: Mapping[str, Entry], inner: Sequence[Callable[..., Any]]) -> dict[str, tuple[str, bytes]]:
    """For every entry the name of its symbol and an object file for this processor.

    The functions are compiled as copies whose names for each other mean the compiled ones; those that stand in modules stay interpreted.
    """
    from numba import njit, types

    marked = [*inner, *(e.function for e in entries.values())]
    made: dict[Any, Any] = {}
    scopes: list[dict[str, Any]] = []
    for function in marked:
        assert isinstance(function, FunctionType)
        scope = dict(function.__globals__)
        scopes.append(scope)
        copy = FunctionType(function.__code__, scope, function.__name__, function.__defaults__, function.__closure__)
        copy.__module__ = function.__module__
        made[function] = _once(njit(**OPTIONS)(copy))
    for scope in scopes:
        for name, value in scope.items():
            if isinstance(value, FunctionType) and value in made:
                scope[name] = made[value]
    numbers = {kind: getattr(types, name) for kind, name in (("u1", "uint8"), ("u2", "uint16"), ("u4", "uint32"), ("u8", "uint64"), ("i4", "int32"))}
    numbers |= {"i8": types.int64, "b1": types.boolean}
    found = {}
    for name, e in entries.items():
        taken = tuple(types.Array(numbers[t.kind], t.dimensions, "C") if t.dimensions else numbers[t.kind] for t in e.takes)
        gives = numbers[e.gives] if e.gives else types.none
        dispatcher = made[e.function]
        dispatcher.compile(gives(*taken))
        result = dispatcher.overloads[taken]
        found[name] = result.fndesc.llvm_func_name, result.library._get_compiled_object()
    return found
