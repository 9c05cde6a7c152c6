"""A table of exchange rates that the user gives: what it holds, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence.errors import InputError
from whence.read import read_rates

BAD = [
    ("no column", "a.csv", "from,to\nUSD,EUR\n", r"a\.csv, line 1: no column rate"),
    ("no number", "a.csv", "from,to,rate\nUSD,EUR,0.9\nUSD,MYR,4\u00b73\n", r"a\.csv, line 3: “4·3” is no rate"),
    ("thousands mark", "a.csv", 'from,to,rate\nUSD,IDR,"16,400"\n', r"line 2: “16,400” is no rate"),
    ("nought", "a.csv", "from,to,rate\nUSD,EUR,0\n", r"line 2: “0” is no rate"),
    ("endless", "a.csv", "from,to,rate\nUSD,EUR,inf\n", r"line 2: “inf” is no rate"),
    ("no code", "a.csv", "from,to,rate\nDollar,EUR,0.9\n", r"line 2: “DOLLAR” is no ISO 4217 code"),
    ("itself", "a.csv", "from,to,rate\nUSD,USD,1\n", r"line 2: a rate from USD to itself"),
    ("no date", "a.csv", "from,to,rate,date\nUSD,EUR,0.9,12/05/2025\n", r"line 2: “12/05/2025” is no date"),
    ("cells", "a.csv", "from,to,rate\nUSD,EUR,0.9,x\n", r"line 2: 4 cells where the header has 3"),
    ("quotes", "a.csv", 'from,to,rate\nUSD,"EUR"x,0.9\n', r"a\.csv, line 2: not CSV"),
    ("nothing", "a.csv", "from,to,rate\n", r"a\.csv: no rate in it"),
    ("no toml", "a.toml", '[[rate]]\nfrom = "USD\n', r"a\.toml, line 2: not TOML"),
    ("toml, no key", "a.toml", '[[rate]]\nfrom = "USD"\nto = "EUR"\nrate = 0.9\n\n[[rate]]\nfrom = "USD"\nto = "MYR"\n', r"a\.toml, line 6: no rate"),
    ("toml, another shape", "a.toml", "rate = 3\n", r"rates are \[\[rate\]\] tables"),
]


class TestRates:
    def test_csv_and_toml_say_the_same(self, tmp_path: Path) -> None:
        table, toml = tmp_path / "r.csv", tmp_path / "r.toml"
        table.write_text("\ufefffrom, to ,rate,date\n\nusd,MYR,4.3,2025-05-12\n", encoding="utf-8")
        toml.write_text('# rates\n[[rate]]\nfrom = "USD"\nto = "MYR"\nrate = 4.3\ndate = 2025-05-12\n', encoding="utf-8")
        (a,), (b,) = read_rates(str(table)), read_rates(str(toml))
        assert ("USD", "MYR", 4.3, "2025-05-12") == (a.from_, a.to, a.rate, a.date) == (b.from_, b.to, b.rate, b.date)
        assert ("r.csv, line 3", "r.toml, line 2") == (a.place, b.place)

    @pytest.mark.parametrize(("name", "text", "told"), [x[1:] for x in BAD], ids=[x[0] for x in BAD])
    def test_what_is_bad_is_named_with_its_line(self, tmp_path: Path, name: str, text: str, told: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=told):
            read_rates(str(tmp_path / name))

    def test_bytes_that_are_no_text_are_named_with_their_line(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"from,to,rate\nUSD,\xff,1\n")
        with pytest.raises(InputError, match="line 2: not UTF-8"):
            read_rates(str(tmp_path / "a.csv"))

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="could not be read"):
            read_rates(str(tmp_path / "nowhere.csv"))
