"""What a library withstands: a kill, two writers, a full disk, a file that is damaged, newer, another's, or may not be written."""

from __future__ import annotations

import importlib.util
import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from made_pages import pages

from whence.errors import LibraryError
from whence.library import open_library
from whence.types import Query

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "bench/kill_adding.py"


def _load() -> Any:
    spec = importlib.util.spec_from_file_location("kill_adding", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def adding(place: str, count: int, workers: int = 1) -> subprocess.Popen[str]:
    command = [sys.executable, str(SCRIPT), place, "--add", str(count), "--workers", str(workers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class TestKilled:
    def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(self, place: str) -> None:
        found = _load().trial(place, 3, seed=7, longest=0.4)
        assert {"kills": 3, "lost": 0, "doubled": 0, "torn": 0, "articles": 240, "expected": 240}.items() <= found.items()

    def test_workers_end_with_the_process_they_work_for(self, tmp_path: Path) -> None:
        psutil = pytest.importorskip("psutil")
        child = adding(str(tmp_path / "library"), 2000, workers=2)
        parent = psutil.Process(child.pid)
        for _ in range(600):
            workers = [p for p in parent.children() if "spawn_main" in " ".join(p.cmdline())]
            if len(workers) == 2 or child.poll() is not None:
                break
            time.sleep(0.1)
        assert 2 == len(workers)
        child.kill()
        child.communicate()
        _, alive = psutil.wait_procs(workers, timeout=60)
        assert [] == alive


class TestTwoWriters:
    def test_they_take_turns_and_each_page_is_there_once(self, place: str) -> None:
        with open_library(place, create=True):
            pass
        both = [adding(place, 70), adding(place, 70)]
        for child in both:
            said, errors = child.communicate(timeout=300)
            lines = said.splitlines()
            assert ["70", "done"] == [lines[-2].split()[0], lines[-1]], errors
        with open_library(place) as library:
            names = [r.outlet for r in library.articles(limit=1000)]
            assert 70 == len(names) == len(set(names))
            assert {1} == {r.versions for r in library.articles(limit=1000)}
            assert 1 == len(library.search(Query(words="Holm7")))

    def test_one_reads_while_another_writes(self, tmp_path: Path) -> None:
        place = str(tmp_path / "library")
        with open_library(place, create=True) as one, open_library(place) as other:
            one.add(pages())
            with one._store.writing():
                assert 3 == len(other.articles())
                assert 1 == len(other.search(Query(words="insurers")))


class TestBadPlaces:
    def test_a_full_disk_is_said_and_what_was_acknowledged_is_kept(self, tmp_path: Path) -> None:
        place = str(tmp_path / "library")
        limit = 300_000
        child = subprocess.Popen(
            [sys.executable, str(SCRIPT), place, "--add", "200"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
        said, errors = child.communicate(timeout=300)
        assert "the disk is full, or cannot be written" in errors.splitlines()[-1]
        acknowledged = max((int(line.split()[0]) for line in said.splitlines() if line[:1].isdecimal()), default=0)
        with open_library(place) as library:
            assert acknowledged <= len(library.articles(limit=1000)) < 200
            done = library.add(_load().pages(200))
            assert 200 == done.new + done.same

    def test_a_newer_library_is_left_alone(self, tmp_path: Path) -> None:
        open_library(str(tmp_path), create=True).close()
        with sqlite3.connect(tmp_path / "library.db") as connection:
            connection.execute("UPDATE library SET version = 999, made_by = '9.9'")
        connection.close()
        with pytest.raises(LibraryError, match=r"made by a newer whence \(9\.9"):
            open_library(str(tmp_path))

    def test_a_damaged_file_is_said(self, tmp_path: Path) -> None:
        with open_library(str(tmp_path), create=True) as library:
            library.add(pages())
        file = tmp_path / "library.db"
        data = bytearray(file.read_bytes())
        data[4096 : len(data)] = os.urandom(len(data) - 4096)
        file.write_bytes(data)
        with pytest.raises(LibraryError, match="is damaged"), open_library(str(tmp_path)) as library:
            library.articles()

    def test_a_file_of_another_kind_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "library.db").write_bytes(b"This is not a database. " * 200)
        with pytest.raises(LibraryError, match="is damaged"):
            open_library(str(tmp_path))

    def test_what_may_not_be_written_can_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with open_library(str(tmp_path), create=True) as library:
            library.add(pages())
            library.regroup()
        before = sorted((p.name, p.stat().st_size) for p in tmp_path.iterdir())
        from whence.store import sqlite

        monkeypatch.setattr(sqlite.os, "access", lambda path, mode: False)
        with open_library(str(tmp_path)) as library:
            assert library.readonly
            assert 1 == len(library.search(Query(words="insurers")))
            assert 1 <= len(library.story(library.stories()[0].id).reports)
            with pytest.raises(LibraryError, match="may be read but not written"):
                library.add(pages())
        assert before == sorted((p.name, p.stat().st_size) for p in tmp_path.iterdir())

    def test_another_programs_tables_are_left_alone(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / "library.db") as connection:
            connection.execute("CREATE TABLE articles (x)")
        connection.close()
        with pytest.raises(LibraryError, match="holds other things"):
            open_library(str(tmp_path), create=True)

    @pytest.mark.parametrize(("name", "why"), [("no/such", "there is no library here"), ("file", "is a file")])
    def test_a_place_that_is_none(self, tmp_path: Path, name: str, why: str) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(LibraryError, match=why):
            open_library(str(tmp_path / name))

    def test_a_server_that_does_not_answer(self) -> None:
        pytest.importorskip("psycopg")
        with pytest.raises(LibraryError, match="cannot be reached"):
            open_library("postgresql://nobody@127.0.0.1:9/none")

    def test_a_password_is_never_shown(self) -> None:
        pytest.importorskip("psycopg")
        with pytest.raises(LibraryError) as caught:
            open_library("postgresql://nobody:hunter2@127.0.0.1:9/none")
        assert "hunter2" not in str(caught.value)
