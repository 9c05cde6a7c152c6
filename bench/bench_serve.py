"""Fifty readers at once for a minute while articles are added: errors, and how long answers take.

    python bench/bench_serve.py [--seconds 60] [--readers 50] [--pause 2.0] [--adding 2.0] [--warm 10]

Starts ``whence serve`` over a library made of the shipped stories in a folder of its own, reads its pages as fifty readers would (each waits up to
``--pause`` seconds between two pages, evenly spread; 0 asks without end), and sends a new report every ``--adding`` seconds. The first ``--warm``
seconds are not counted: a server that was just started draws each page once. Prints a line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import Request, urlopen

import psutil

from whence.library import open_library
from whence.read import read_pages

ROOT = Path(__file__).parents[1]
THINGS = ("bridge", "school", "harbour", "museum", "tunnel", "airfield", "library", "dam", "market")
TOWNS = ("Tolmir", "Aunsund", "Velland", "Skerry", "Port Sela", "Kandal", "Orton")
PLACES = ("", "/rows", "/texts/r1", "?claim=whole", "/charts")


def filled(place: str) -> list[str]:
    """A library of the shipped examples with their stories told; the ids of those of two reports or more."""
    pages, _ = read_pages(sorted(str(p) for p in ROOT.glob("examples/*/reports/*.txt")))
    with open_library(place, create=True) as library:
        library.add(pages)
        library.regroup()
        stories = [s.id for s in library.stories(least=2)]
        for s in stories:
            library.story(s)
    return stories


def served(place: str) -> tuple[subprocess.Popen[str], int]:
    """The server as a process of its own, and its port."""
    command = [sys.executable, "-m", "whence", "serve", "--library", place, "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    found = re.search(r":(\d+)/", server.stderr.readline())
    if found is None:
        raise SystemExit("the server did not start")
    return server, int(found.group(1))


async def get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str) -> tuple[int, float, float]:
    """Status, seconds to the first byte and to the last."""
    began = time.perf_counter()
    writer.write(f"GET {place} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    first = time.perf_counter() - began
    length = re.search(rb"content-length: (\d+)", head, re.I)
    await reader.readexactly(int(length.group(1)) if length else 0)
    return int(head.split(b" ", 2)[1]), first, time.perf_counter() - began


async def one(port: int, places: list[str], counting: float, until: float, pause: float, seed: int, found: list[tuple[int, float, float]]) -> None:
    """One reader: a connection, page after page."""
    choose = random.Random(seed)
    await asyncio.sleep(choose.random() * pause)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        try:
            answer = await get(reader, writer, choose.choice(places))
            if time.perf_counter() > counting:
                found.append(answer)
        except (OSError, asyncio.IncompleteReadError):
            found.append((0, 0.0, 0.0))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(choose.random() * pause)
    writer.close()


def post(port: int, n: int) -> None:
    """One more report, of a happening of its own."""
    what = f"{THINGS[n % len(THINGS)]} of {TOWNS[n // len(THINGS) % len(TOWNS)]}"
    text = f"{what} is closed\n\nThe council closed the {what} on Monday after {n + 2} faults were found, the mayor said.\n\n“We had no choice,” she said."
    body = json.dumps({"articles": [{"text": text, "outlet": f"Paper {n % 7}", "published": "2026-03-02"}]}).encode()
    request = Request(f"http://localhost:{port}/api/v1/articles", data=body, headers={"content-type": "application/json"})
    with urlopen(request, timeout=30) as answer:
        answer.read()


async def adding(port: int, until: float, every: float) -> int:
    """How many reports were sent."""
    n = 0
    while every and time.perf_counter() < until:
        await asyncio.to_thread(post, port, n)
        n += 1
        await asyncio.sleep(every)
    return n


async def measured(port: int, stories: list[str], asked: argparse.Namespace) -> dict[str, float]:
    """The minute."""
    places = ["/", "/", "/charts", *(f"/stories/{s}{p}" for s in stories for p in PLACES), "/api/v1/stories", "/search?words=council"]
    found: list[tuple[int, float, float]] = []
    counting = time.perf_counter() + asked.warm
    until = counting + asked.seconds
    readers = [one(port, places, counting, until, asked.pause, i, found) for i in range(asked.readers)]
    sent, *_ = await asyncio.gather(adding(port, until, asked.adding), *readers)
    last = sorted(x for status, _, x in found if status == 200)
    return {
        "readers": asked.readers, "seconds": asked.seconds, "pause": asked.pause, "requests": len(found), "errors": sum(s != 200 for s, _, _ in found),
        "added": sent, "p50_ms": round(last[len(last) // 2] * 1000, 1), "p95_ms": round(last[int(len(last) * 0.95)] * 1000, 1),
        "most_ms": round(last[-1] * 1000, 1),
    }  # fmt: skip


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--warm", type=float, default=10.0)
    parser.add_argument("--adding", type=float, default=2.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        stories = filled(place)
        server, port = served(place)
        try:
            done = asyncio.run(measured(port, stories, asked))
            used = psutil.Process(server.pid).cpu_times()
            print(json.dumps({**done, "server_cpu_s": round(used.user + used.system, 1), "load": round(os.getloadavg()[0], 1)}))
        finally:
            ended = server.poll()
            server.terminate()
            said = server.communicate(timeout=30)[1]
            if said or ended is not None:
                print(f"the server ended with {ended} and said: {said[-4000:]}", file=sys.stderr)


if __name__ == "__main__":
    main()
