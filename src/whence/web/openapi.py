"""The API described as OpenAPI 3.1, made from the same values that check what comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from .. import __version__
from .calls import Call, Failure

__all__ = ["document"]

_ERRORS = {"400": "Not understood", "403": "Not from here, or read only", "404": "Nothing of this id", "413": "Too large", "415": "Not JSON"}


def document(calls: Iterable[Call], *, token: bool) -> dict[str, Any]:
    """The whole description; with ``token`` it says that a bearer token is needed."""
    calls = list(calls)
    types = [t for c in calls for t in (c.query, c.body, c.answer) if t not in (None, dict)] + [Failure]
    schemas, parts = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    found = iter(schemas)
    paths: dict[str, dict[str, Any]] = {}
    for c in calls:
        query, body, answer = ((next(found) if t not in (None, dict) else None) for t in (c.query, c.body, c.answer))
        paths.setdefault(f"/api/v1{c.path}", {})[c.method.lower()] = _operation(c, query, body, answer, parts)
    out: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "whence", "version": __version__, "description": "A library of news reports: stories, their claims, and where they come from."},
        "paths": paths,
        "components": {"schemas": parts},
    }
    if token:
        out["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        out["security"] = [{"token": []}]
    return out


def _operation(c: Call, query: Any, body: Any, answer: Any, parts: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}
        for name in re.findall(r"{(\w+)}", c.path)
    ]
    if query is not None:
        asked = parts[query["$ref"].rpartition("/")[2]]
        required = asked.get("required", [])
        parameters += [{"name": n, "in": "query", "required": n in required, "schema": _plain(s)} for n, s in asked["properties"].items()]
    content = {"application/json": {"schema": answer if answer is not None else {"type": "object"}}}
    said: dict[str, Any] = {str(c.status): {"description": c.what} if c.status == 204 else {"description": c.what, "content": content}}
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}
    said |= {status: {"description": why, "content": failure} for status, why in _ERRORS.items()}
    out: dict[str, Any] = {"operationId": c.name, "summary": c.what, "parameters": parameters, "responses": said}
    if body is not None:
        out["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return out


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A query parameter's schema without the null that stands for its absence."""
    ways = [s for s in schema.get("anyOf", []) if s != {"type": "null"}]
    return ways[0] if len(ways) == 1 else {k: v for k, v in schema.items() if k != "default" or v is not None}
