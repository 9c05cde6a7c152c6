"""Office Open XML archives without the time of writing, which is no part of the result."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

__all__ = ["NO_CLOCK", "without_clock"]

NO_CLOCK = datetime.datetime(2000, 1, 1)
_PLACE = (2000, 1, 1, 0, 0, 0)


def without_clock(archive: bytes) -> bytes:
    """The same archive with the time of every entry, and of the document itself, set alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, _PLACE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
