"""What tests of several rooms stand on: a library in each of the databases that hold one."""

from __future__ import annotations

import glob
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of Debian's package, started for these tests on a socket of its own."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'whence[postgres]')")
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not programs:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    who = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a cluster is a thousand files: slow to make and to remove on a busy disk
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory))
    try:
        folder.chmod(0o755)
        if who:
            shutil.chown(folder, who)
        data = str(folder / "data")
        run = {"user": who, "group": who, "extra_groups": [], "check": True, "capture_output": True, "cwd": folder} if who else \
            {"check": True, "capture_output": True, "cwd": folder}  # fmt: skip
        subprocess.run([f"{programs[-1]}/initdb", "-D", data, "-A", "trust", "-U", "whence", "-E", "UTF8", "--locale=C", "--no-sync"], **run)
        options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=40"
        subprocess.run([f"{programs[-1]}/pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"], **run)
        try:
            yield f"postgresql://whence@/postgres?host={folder}"
        finally:
            subprocess.run([f"{programs[-1]}/pg_ctl", "-D", data, "-m", "immediate", "stop"], **{**run, "check": False})
        assert psycopg
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new library may be made: once in a folder, once in PostgreSQL, in a schema of its own."""
    if request.param == "sqlite":
        return str(tmp_path / "library")
    import psycopg

    address = str(request.getfixturevalue("server"))
    name = f"library{next(_COUNT)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{address}&options=-csearch_path%3D{name}"
