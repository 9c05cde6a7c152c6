"""A library read by many threads at once: none falls, and all read the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = """
import sys, threading
from whence.library import open_library
library = open_library(sys.argv[1])
sys.setswitchinterval(1e-6)
together = threading.Barrier(16)
told, failed = [], []
def read(story):
    together.wait()
    try:
        for _ in range(3):
            library.stories(limit=5)
            told.append(len(library.story(story).reports))
    except BaseException as error:
        failed.append(error)
story = library.stories()[0].id
threads = [threading.Thread(target=read, args=(story,)) for _ in range(16)]
[t.start() for t in threads]
[t.join() for t in threads]
assert not failed, failed[0]
print(len(told), {*told})
"""


def test_sixteen_threads_begin_to_read_at_once(tmp_path: Path) -> None:
    from whence.library import open_library
    from whence.read import read_pages

    place = str(tmp_path / "library")
    with open_library(place, create=True) as library:
        library.add(read_pages([f"{n}={ROOT}/examples/laundered-memo/reports/{n}.txt" for n in ("ledger", "skyline")])[0])
        library.regroup()
        library.story(library.stories()[0].id)
    for _ in range(6):
        done = subprocess.run([sys.executable, "-c", READ, place], capture_output=True, text=True, timeout=120, check=False)
        assert (0, "48 {2}") == (done.returncode, done.stdout.strip()), done.stderr
