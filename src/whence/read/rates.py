"""A table of exchange rates that the user gives, as CSV or TOML; a bad line is refused by its number."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import InputError
from ..types import Rate

__all__ = ["read_rates"]

_CODE = re.compile(r"[A-Z]{3}")
_TABLE = re.compile(r"^\s*\[\[\s*rate\s*\]\]", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+)")
_NEEDED = ("from", "to", "rate")
_LARGEST = 4_000_000  # bytes: every day of a year for every currency is less


def read_rates(path: str) -> tuple[Rate, ...]:
    """The rates of a file, in its order: how many units of ``to`` one unit of ``from`` is, on ``date`` where it is given.

    CSV has a header line with the columns ``from``, ``to``, ``rate`` and, if wanted, ``date``; a file ending in ``.toml`` has ``[[rate]]`` tables with the
    same keys. Currencies are ISO 4217 codes, dates ISO 8601. Raises InputError, with the line, for what is none of this.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise InputError(path, f"the table of rates could not be read ({error.strerror})") from None
    if len(raw) > _LARGEST:
        raise InputError(path, f"larger than {_LARGEST:,} bytes: no table of rates")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(path, "not UTF-8; save the table of rates as UTF-8", line=line) from None
    rows = _toml(path, text) if path.lower().endswith(".toml") else _csv(path, text)
    found = tuple(_rate(path, line, row) for line, row in rows)
    if not found:
        raise InputError(path, "no rate in it; CSV needs the columns from,to,rate and a line a rate, TOML a [[rate]] table each")
    return found


def _csv(path: str, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            raise InputError(path, f"no column {', '.join(missing)}; the first line names the columns: from,to,rate,date", line=1)
        for row in lines:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    raise InputError(path, f"{len(row)} cells where the header has {len(header)}", line=lines.line_num)
                yield lines.line_num, dict(zip(header, (cell.strip() for cell in row), strict=True))
    except csv.Error as error:
        raise InputError(path, f"not CSV ({error})", line=lines.line_num) from None


def _toml(path: str, text: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        m = _AT_LINE.search(str(error))
        raise InputError(path, f"not TOML ({error})", line=int(m[1]) if m else None) from None
    rows = table.get("rate", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(path, "rates are [[rate]] tables, one each")
    places = [text.count("\n", 0, m.end()) + 1 for m in _TABLE.finditer(text)]
    for i, row in enumerate(rows):
        yield places[i] if i < len(places) else 1, row


def _rate(path: str, line: int, row: Mapping[str, object]) -> Rate:
    missing = [name for name in _NEEDED if row.get(name) in (None, "")]
    if missing:
        raise InputError(path, f"no {', '.join(missing)}", line=line)
    codes = [str(row[name]).upper() for name in ("from", "to")]
    for code in codes:
        if not _CODE.fullmatch(code):
            raise InputError(path, f"“{code[:20]}” is no ISO 4217 code, such as USD", line=line)
    if codes[0] == codes[1]:
        raise InputError(path, f"a rate from {codes[0]} to itself", line=line)
    try:
        value = float(str(row["rate"]))
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise InputError(path, f"“{str(row['rate'])[:20]}” is no rate: a number above nought, with a point for decimals and no thousands marks", line=line)
    return Rate(from_=codes[0], to=codes[1], rate=value, date=_date(path, line, row.get("date")), place=f"{Path(path).name}, line {line}")


def _date(path: str, line: int, given: object) -> str | None:
    if given in (None, ""):
        return None
    try:
        return datetime.date.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise InputError(path, f"“{str(given)[:20]}” is no date: write it as 2025-05-12", line=line) from None
