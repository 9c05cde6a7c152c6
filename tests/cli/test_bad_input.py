"""Bad input, one by one: the message names the file, the others are still read, nothing raises, and the exit status says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_runs import OTHER, TEXT, Done, put, whence
from made_site import Site


@pytest.fixture
def good(tmp_path: Path) -> str:
    return str(put(tmp_path, "good.txt", TEXT))


@pytest.fixture
def other(tmp_path: Path) -> str:
    return str(put(tmp_path, "other.txt", OTHER))


ARABIC = "قال خفر السواحل إن عبارتين اصطدمتا يوم الاثنين في الضباب. وأضاف مكتب الميناء أن اثني عشر شخصا أصيبوا بجروح. "


def sparse(folder: Path) -> Path:
    path = folder / "bad.txt"
    with path.open("wb") as file:
        file.write(TEXT.encode() * 500)
        file.truncate(200 * 1024 * 1024)
    return path


REFUSED = {
    "missing file": (lambda d: d / "bad.txt", "no such file"),
    "empty file": (lambda d: put(d, "bad.txt", b""), "empty"),
    "white space": (lambda d: put(d, "bad.txt", b" \n\t\n"), "empty"),
    "binary": (lambda d: put(d, "bad.txt", bytes(range(256)) * 40), "binary"),
    "a picture": (lambda d: put(d, "bad.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "PNG"),
    "a folder without files": (lambda d: (d / "bad.txt").mkdir() or d / "bad.txt", "folder without files"),
    "200 MB": (sparse, "larger than the limit"),
    "HTML with no text": (
        lambda d: put(d, "bad.html", "<html><head><title>t</title></head><body><script>f()</script></body></html>"),
        "no readable text",
    ),
}


class TestRefused:
    @pytest.mark.parametrize("case", REFUSED)
    def test_it_is_named_and_the_others_are_read(self, case: str, tmp_path: Path, good: str, other: str) -> None:
        make, why = REFUSED[case]
        bad = str(make(tmp_path))
        done = whence("brief", good, bad, other)
        assert 1 == done.status
        assert [line for line in done.err.splitlines() if bad in line and why in line], done.err
        assert done.out.startswith("2 reports")

    @pytest.mark.parametrize("case", REFUSED)
    def test_alone_it_leaves_nothing_to_do(self, case: str, tmp_path: Path) -> None:
        make, why = REFUSED[case]
        bad = str(make(tmp_path))
        done = whence("brief", bad)
        assert 2 == done.status
        assert "" == done.out
        assert bad in done.err
        assert why in done.err

    def test_a_web_address_of_this_machine_is_fetched_where_its_host_is_allowed_alone(self, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WHENCE_CACHE", str(tmp_path / "cache"))
        site = Site()
        url = site.page("/report.html", f"<html><body><h1>Fog</h1><p>{OTHER}</p></body></html>")
        done = whence("brief", url, good)
        assert 1 == done.status
        assert f"{url}: stands at 127.0.0.1, an address of this machine" in done.err
        assert [] == site.asked
        done = whence("brief", url, good, "--allow", "127.0.0.1")
        assert 0 == done.status
        assert done.out.startswith("2 reports")
        site.close()

    def test_the_same_file_twice_is_read_once(self, good: str, other: str) -> None:
        done = whence("brief", good, other, good)
        assert 1 == done.status
        assert f"{good}: is given twice" in done.err
        assert done.out.startswith("2 reports")

    def test_a_copy_under_another_name_is_read_once(self, tmp_path: Path, good: str) -> None:
        copy = str(put(tmp_path, "copy.txt", TEXT))
        done = whence("brief", good, copy)
        assert 1 == done.status
        assert f"{copy}: is the same, letter for letter, as {good}" in done.err
        assert done.out.startswith("1 report")

    def test_a_copy_that_two_outlets_ran_is_two_reports(self, tmp_path: Path, good: str) -> None:
        copy = put(tmp_path, "copy.txt", TEXT)
        done = whence("brief", f"The Tarn Bell={good}", f"The Fog: Daily={copy}")
        assert 0 == done.status
        assert done.out.startswith("2 reports · 1 origin")


class TestReadWithCare:
    def test_one_report_alone_says_that_there_is_nothing_to_compare_with(self, good: str) -> None:
        done = whence("brief", good)
        assert 0 == done.status
        assert "nothing to compare with" in done.out

    def test_invalid_utf8_is_replaced_and_said(self, tmp_path: Path, other: str) -> None:
        bad = str(
            put(tmp_path, "bad.txt", (TEXT + "Zoë, Łukasz, Ağrı, José, Søren, Çelik and Đặng saw it.").encode() + b" One \xff and two \xfe more.")
        )
        done = whence("brief", bad, other)
        assert 0 == done.status
        assert f"{bad}: 2 invalid byte sequences in utf-8" in said(done)

    def test_a_language_not_known_is_named_and_not_judged(self, tmp_path: Path, good: str, other: str) -> None:
        swedish = "Två färjor kolliderade i dimman på måndagen, uppgav kustbevakningen. Tolv personer skadades, enligt hamnkontoret. "
        foreign = str(put(tmp_path, "svenska.txt", swedish * 3))
        done = whence("brief", good, other, foreign)
        assert 0 == done.status
        assert f"{foreign} is in a language that is not known here (sv)" in said(done)

    def test_a_language_that_cannot_be_told_is_said_too(self, tmp_path: Path, good: str, other: str) -> None:
        finnish = "Kaksi lauttaa törmäsi maanantaina sumussa, kertoi merivartiosto. Kaksitoista ihmistä loukkaantui, sanoi satamatoimisto. "
        foreign = str(put(tmp_path, "suomi.txt", finnish * 3))
        done = whence("brief", good, other, foreign)
        assert 0 == done.status
        assert f"the language of {foreign} could not be told" in said(done)

    def test_right_to_left_text_is_read_and_named(self, tmp_path: Path, good: str, other: str) -> None:
        arabic = str(put(tmp_path, "ar.txt", ARABIC * 3))
        done = whence("brief", good, arabic, other)
        assert 0 == done.status
        assert f"{arabic} is in a language that is not known here (ar)" in said(done)

    @pytest.mark.parametrize("extra", ['"', "“", "”", "'", "«", '""" “'])
    def test_an_odd_number_of_quotes_is_no_fault(self, tmp_path: Path, other: str, extra: str) -> None:
        odd = str(put(tmp_path, "odd.txt", TEXT.replace("Twelve", extra + "Twelve")))
        done = whence("brief", odd, other)
        assert 0 == done.status
        assert done.out.startswith("2 reports")


class TestNames:
    @pytest.mark.parametrize("name", ["with space.txt", "with\nline.txt", "a=b.txt", "ünïcode.txt", "-dash.txt", "no ending"])
    def test_odd_names_are_read(self, tmp_path: Path, other: str, name: str) -> None:
        odd = put(tmp_path, name, TEXT)
        assert 0 == whence("brief", str(odd), other).status

    def test_a_name_that_is_no_utf8_is_read_and_shown(self, tmp_path: Path) -> None:
        odd = tmp_path / "na\udcffme.txt"
        odd.write_text(TEXT, encoding="utf-8")
        done = whence("brief", "--json", str(odd))
        assert 0 == done.status
        assert "na\ufffdme.txt" in done.out

    def test_standard_input_is_a_report(self, other: str) -> None:
        done = whence("brief", "-", other, stdin=TEXT.encode())
        assert 0 == done.status
        assert done.out.startswith("2 reports")

    def test_an_option_that_is_a_name_says_how_to_give_it(self) -> None:
        done = whence("brief", "-x.txt")
        assert 2 == done.status
        assert "./-name" in done.err


def said(done: Done) -> str:
    """What was not checked, its lines joined as they were before they were wrapped for the terminal."""
    _, _, tail = done.out.partition("NOT CHECKED")
    return " ".join(tail.split())
