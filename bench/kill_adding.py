"""Kills a process that adds to a library, with SIGKILL at random moments, and looks each time at what it had acknowledged:

    python bench/kill_adding.py FOLDER --times 50
    python bench/kill_adding.py postgresql://user@host/database --times 50

Every round gives more pages than the one before, so that there is always work in hand. Prints JSON: ``lost`` pages were acknowledged and are not there,
``doubled`` ones are there twice, ``torn`` ones have no version, no marks or no place in the index. ``in_hand`` kills came before the work was done,
``after_new`` ones after new pages had been acknowledged. A kill comes after none, one or two commits of new pages, and a random while.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator

from whence.library import open_library
from whence.types import Added, Page, Query

EACH = 80
TEXT = """Meeting {n} of the harbour board

PORT SELA, May {day}, 2025 – The harbour board will spend {sum} million crowns on pier {n}, its chair said on Monday, according to the Sela Ledger.

“We have waited for this since {year},” engineer Ada Holm{n} told the paper. About {people} people work there.
"""


def pages(count: int) -> Iterator[Page]:
    """Small reports, each with a number of its own."""
    for n in range(count):
        text = TEXT.format(n=n, day=1 + n % 28, sum=3 + n * 7, year=1950 + n % 70, people=100 + n * 10)
        yield Page(path="made.jsonl", text=text, media="text", id=f"n{n}", line=n + 1, outlet=f"Outlet {n}")


def add(place: str, count: int, workers: int) -> None:
    """What the killed process does: adds, and says after each commit how many pages were acknowledged."""
    with open_library(place, create=True) as library:
        print("ready", flush=True)
        library.add(pages(count), lambda done: print(_asked(done), done.new, flush=True), workers=workers)
    print("done", flush=True)


def trial(place: str, times: int, seed: int = 1, workers: int = 1, longest: float = 2.0) -> dict[str, int]:
    """Kills as often as asked, looks each time, and lets a last process finish the work."""
    rng = random.Random(seed)
    found = {"kills": 0, "in_hand": 0, "after_new": 0, "lost": 0, "doubled": 0, "torn": 0}
    for i in range(times):
        acknowledged, new, running = _killed(place, EACH * (i + 1), rng.choice((0, 1, 1, 2)), rng.uniform(0, longest), workers)
        found["kills"] += 1
        found["in_hand"] += running
        found["after_new"] += new > 0
        for name, n in _looked(place, acknowledged).items():
            found[name] += n
    add_all = subprocess.run(_command(place, EACH * times, workers), capture_output=True, text=True, check=True)
    assert add_all.stdout.endswith("done\n")
    for name, n in _looked(place, EACH * times).items():
        found[name] += n
    with open_library(place) as library:
        found["articles"] = len(library.articles(limit=10**6))
        found["expected"] = EACH * times
    return found


def _killed(place: str, count: int, commits: int, after: float, workers: int) -> tuple[int, int, bool]:
    """How many pages a process had acknowledged when it was killed, how many of them new, and whether it was still at work.

    It is killed when it has committed new pages so often, and then a while.
    """
    child = subprocess.Popen(_command(place, count, workers), stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [child.stdout.readline()]
    assert said == ["ready\n"]
    while len({line.split()[1] for line in said if line[0].isdecimal()} - {"0"}) < commits and said[-1] not in ("", "done\n"):
        said.append(child.stdout.readline())
    time.sleep(after)
    running = child.poll() is None
    child.kill()  # which does nothing where it has ended by itself
    said += [line + "\n" for line in child.stdout.read().split("\n")[:-1]]  # what stands before the last line's end was written whole
    child.wait()
    asked, new = max(((int(a), int(b)) for a, b in (line.split() for line in said if line[:1].isdecimal())), default=(0, 0))
    return asked, new, running


def _command(place: str, count: int, workers: int) -> list[str]:
    return [sys.executable, __file__, place, "--add", str(count), "--workers", str(workers)]


def _looked(place: str, acknowledged: int) -> dict[str, int]:
    """What is wrong with the library, given how many of the pages (the first ones) were acknowledged."""
    with open_library(place, create=True) as library:
        rows = library.articles(limit=10**6)
        names = [str(r.outlet) for r in rows]
        lost = {f"Outlet {n}" for n in range(acknowledged)} - set(names)
        torn = 0
        for row in rows[:: max(1, len(rows) // 40)]:
            kept = library.article(row.id)
            own = f"Holm{str(row.outlet).split()[1]}"
            whole = bool(kept.annotated.marks.sentences) and row.versions == 1 == len(library.versions(row.id))
            torn += not (whole and [row.id] == [h.article.id for h in library.search(Query(words=own))])
    return {"lost": len(lost), "doubled": len(names) - len(set(names)), "torn": torn}


def _asked(done: Added) -> int:
    return done.new + done.changed + done.same + done.rejected


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--longest", type=float, default=2.0, help="seconds, at most, from the commit it waits for to the kill")
    parser.add_argument("--add", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.add is not None:
        add(given.place, given.add, given.workers)
    else:
        print(json.dumps(trial(given.place, given.times, given.seed, given.workers, given.longest)))
