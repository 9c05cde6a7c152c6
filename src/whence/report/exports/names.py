"""What the linked forms call things: one IRI a report, party, claim and cell, the same in every form, derived from the story's own bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from ... import expressions as re
from ...codec import encode
from ...types import Report, Story

__all__ = ["Json", "address_of", "as_json", "base_of", "moment_of"]

Json = Mapping[str, object]

_MOMENT = re.compile(r"(?P<minute>\d{4}-\d\d-\d\dT\d\d:\d\d)(?P<second>:\d\d(\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)")


def base_of(story: Story) -> str:
    """ "urn:whence:5f2c…": the same for equal stories of one version; what is in a story is named by a fragment of it."""
    return f"urn:whence:{hashlib.sha256(encode(story)).hexdigest()[:32]}"


def address_of(report: Report, base: str) -> str:
    """The report's own address where it has one of the web, else its name within the story."""
    if report.url and urlsplit(report.url).scheme in ("http", "https"):
        return quote(report.url, safe="/:?#[]@!$&'()*+,;=%~")
    return f"{base}#{report.id}"


def moment_of(published: str | None) -> str | None:
    """A report's date as xsd:dateTime, where its time and zone are known; None where it is not: nothing is made up."""
    found = _MOMENT.fullmatch(published or "")
    if found is None:
        return None
    return f"{found['minute']}{found['second'] or ':00'}{found['zone']}"


def as_json(document: Json | Sequence[Json]) -> bytes:
    """A document as JSON text, lone surrogates replaced, for people to read as well."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
