"""What an XML document is, by the name of its root."""

from __future__ import annotations

import re

from .decode import decode

__all__ = ["xml_root"]

_ROOT = re.compile(r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<([\w:.-]+)", re.S | re.I)


def xml_root(head: bytes) -> str | None:
    """The name of the root element, its prefix dropped and in lower case; None where the bytes do not begin as XML does."""
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith((b"<", b"\0<")):
        return None
    found = _ROOT.match(decode(head[:8192], markup=True).text)
    return found[1].rpartition(":")[2].lower() if found else None
