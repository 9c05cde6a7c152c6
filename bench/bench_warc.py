"""Pages a second out of a WARC archive in the shape of CC-NEWS: ``python bench/bench_warc.py [--pages 8000] [--workers 2] [--profile]``.

The archive is made here, of generated pages (about 75 kB: navigation, scripts, teasers, 300 to 900 words of a report, comments). Prints the pages read,
the seconds of the whole, the CPU-seconds a page of reading and of cleaning, and pages a second on as many processes as there are workers.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import itertools
import json
import multiprocessing
import pstats
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from whence.clean import clean
from whence.read import pages
from whence.types import Page

SYLLABLES = ["ta", "rn", "fel", "mo", "sek", "ol", "dra", "vin", "hus", "kar", "bel", "ost", "lu", "min", "gor", "pe", "ran", "til", "ves", "nor"]
JOINING = [
    "the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "as", "said", "at", "by", "from", "it", "is", "had", "but", "were",
    "which", "after", "their", "has", "be", "an",
]  # fmt: skip


def vocabulary(draw: random.Random) -> list[str]:
    return ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(6_000)]


def sentence(draw: random.Random, words: list[str]) -> str:
    chosen = [draw.choice(JOINING) if draw.random() < 0.45 else draw.choice(words) for _ in range(draw.randint(8, 30))]
    return " ".join(chosen).capitalize() + "."


def page(number: int, words: list[str]) -> str:
    draw = random.Random(number)
    title = " ".join(draw.choices(words, k=8)).capitalize()
    paragraphs = "".join(
        f'<p class="body-text">{" ".join(sentence(draw, words) for _ in range(draw.randint(1, 4)))} <a href="/tag/{n}">{draw.choice(words)}</a></p>\n'
        for n in range(draw.randint(8, 22))
    )
    menu = "".join(f'<li class="menu-item menu-item-{n}"><a href="/section/{n}" data-track="nav">{draw.choice(words)}</a></li>' for n in range(90))
    teasers = "".join(
        f'<div class="teaser card"><a href="/story/{n}"><img src="/i/{n}.jpg" alt=""><h3>{" ".join(draw.choices(words, k=7))}</h3></a>'
        f'<p class="teaser-text">{sentence(draw, words)}</p><span class="time">{n} h</span></div>\n'
        for n in range(45)
    )
    comments = "".join(f'<div class="comment"><b>{draw.choice(words)}</b><p>{sentence(draw, words)}</p></div>' for _ in range(12))
    script = "".join(f"var a{n}={{k:{draw.random()},v:'{draw.choice(words)}'}};\n" for n in range(700))
    style = "".join(f".c{n}{{margin:{n}px;color:#{n:06x}}}\n" for n in range(300))
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    linked = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day, "publisher": {"name": "Tarn Post"}}
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Tarn Post</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Tarn Post">
<script type="application/ld+json">{json.dumps(linked)}</script><style>{style}</style><script>{script}</script></head>
<body><header class="site-header"><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>
<div class="byline">By {draw.choice(words).title()} {draw.choice(words).title()}</div><time datetime="{day}">{day}</time>
<figure><img src="/a.jpg"><figcaption>{sentence(draw, words)}</figcaption></figure>{paragraphs}</article>
<aside class="related-stories">{teasers}</aside><section id="comments">{comments}</section></main>
<footer><ul>{menu}</ul><p>© Tarn Post. All rights reserved.</p></footer><script>{script}</script></body></html>"""


def archive(place: Path, count: int) -> None:
    """Writes an archive of so many pages, each in a gzip member of its own after its request."""
    words = vocabulary(random.Random(7))
    with place.open("wb") as file:
        for number in range(count):
            body = page(number, words).encode()
            http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
            for kind, block in (("request", b"GET / HTTP/1.1\r\nHost: tarn.example\r\n\r\n"), ("response", http)):
                head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://tarn.example/{number}\r\nWARC-Date: 2024-03-03T09:30:00Z\r\n"
                head += f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
                file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6))


def only_pages(place: Path) -> Iterator[Page]:
    for item in pages([str(place)]):
        if not isinstance(item, Page):
            raise SystemExit(f"refused: {item}")
        yield item


def cleaned(item: Page) -> tuple[int, float]:
    """The characters of the article outside its furniture, and the CPU-seconds it took."""
    began = time.process_time()
    article = clean(item)
    return len(article.text) - sum(m.end - m.start for m in article.furniture), time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--profile", action="store_true", help="profile the cleaning of the first 200 pages in this process")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "made.warc.gz"
        archive(place, options.pages)
        if options.profile:
            few = list(itertools.islice(only_pages(place), 200))
            clean(few[0])
            profile = cProfile.Profile()
            profile.runcall(lambda: [clean(item) for item in few])
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
            return
        began = time.process_time()
        count = sum(1 for _ in only_pages(place))
        reading = time.process_time() - began
        print(f"{count} pages of {place.stat().st_size / count / 1e3:.0f} kB packed; reading: {1e3 * reading / count:.2f} CPU-ms a page")
        began = time.monotonic()
        with multiprocessing.get_context("fork").Pool(options.workers) as pool:
            done = list(pool.imap(cleaned, only_pages(place), chunksize=8))
        took = time.monotonic() - began
        cpu = sum(seconds for _, seconds in done)
        print(f"cleaning: {1e3 * cpu / count:.2f} CPU-ms a page; {sum(n for n, _ in done) / count:.0f} characters of report a page")
        print(f"{count / took:.0f} pages a second by the clock with {options.workers} processes; {2 * count / (cpu + reading):.0f} by CPU-seconds on two cores")


if __name__ == "__main__":
    main()
