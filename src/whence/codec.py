"""Values to JSON and back, and the published JSON Schema of the report."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec

from .types import Story

__all__ = ["decode_story", "encode", "learn_types", "schema"]


def encode(value: object, *, indent: bool = False) -> bytes:
    """JSON of any value: UTF-8, fields in the order of their declaration, so that equal values give equal bytes."""
    raw = msgspec.json.encode(value)
    return msgspec.json.format(raw, indent=2) if indent else raw


def decode_story(raw: bytes) -> Story:
    """A story back from its JSON; raises msgspec.ValidationError where the bytes are no ``whence.report/1``."""
    return msgspec.json.decode(raw, type=Story)


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of ``whence.report/1``."""
    out = msgspec.json.schema(Story)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "whence.report/1", "title": "whence.report/1", **out}


def learn_types() -> None:
    """Has every value type that is loaded looked at once, before threads read values of it.

    msgspec 0.22 looks at a type when it first decodes one, and a second thread that decodes meanwhile reads what is half made: of thirty processes with
    twelve threads that each began by decoding a story, nine fell with a segmentation fault.
    """
    waiting = [msgspec.Struct]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            if found.__module__.startswith("whence"):
                with contextlib.suppress(TypeError):  # one that holds what JSON cannot is decoded nowhere
                    msgspec.json.Decoder(found)
