"""The web, against servers started here on the loopback, which is allowed by name: politeness, limits, and what is refused."""

from __future__ import annotations

import gzip
import itertools
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from made_site import ARTICLE, Reply, Site

from whence.errors import InputError
from whence.read import pages, stream
from whence.read import web as web_module
from whence.read.source import whole
from whence.read.web import Web
from whence.read.web_addresses import is_public
from whence.read.web_client import Manners
from whence.types import Page, Refused


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web(["127.0.0.1"], QUICK)
    yield made
    made.close()


QUICK = Manners(agent="whence/test", delay=0.0, wait=0.01, seconds=1.5, limit=1_000_000)


def fetched(web: Web, url: str) -> str:
    return whole(web.fetch(url)).decode()


def why(web: Web, url: str) -> str:
    with pytest.raises(InputError) as found:
        web.fetch(url)
    assert url == found.value.path
    return found.value.why


class TestPrivateAddresses:
    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255",
         "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
    )  # fmt: skip
    def test_not_public(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
    def test_public(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
    def test_refused_however_it_is_written(self, site: Site, host: str) -> None:
        site.page("/a")
        web = Web([], QUICK)
        assert "of this machine or of a private network" in why(web, f"http://{host}:{site.port}/a")
        assert [] == site.asked

    def test_refused_after_a_redirect(self, site: Site, web: Web) -> None:
        url = site.page("/a", "", 302, Location=f"http://localhost:{site.port}/b")
        assert "--allow localhost" in why(web, url)
        assert ["/a"] == site.paths()

    def test_the_address_that_was_checked_is_the_one_connected_to(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = iter(["93.184.216.34", "127.0.0.1"])
        asked: list[str] = []

        def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

        connected: list[str] = []

        def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
            connected.append(address[0])
            raise ConnectionRefusedError("closed")

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(socket, "create_connection", connect)
        web = Web([], Manners(agent="whence/test", attempts=1))
        assert "cannot be reached" in why(web, f"http://rebind.example:{site.port}/a")
        assert (["rebind.example"], ["93.184.216.34"]) == (asked, connected)
        assert "stands at 127.0.0.1" in why(web, f"http://rebind.example:{site.port}/a")
        assert ["93.184.216.34"] == connected


class TestPolitely:
    def test_it_says_who_it_is_and_asks_robots_once(self, site: Site, web: Web) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /closed/\n")
        assert ARTICLE == fetched(web, site.page("/a"))
        assert ARTICLE == fetched(web, site.page("/b"))
        assert ["/robots.txt", "/a", "/b"] == [path for path, _, _ in site.asked]
        assert {"whence/test"} == {headers["user-agent"] for _, headers, _ in site.asked}

    def test_what_robots_closes_is_not_asked_for(self, site: Site, web: Web) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /closed/\n")
        assert "closed to programs by its site's robots.txt" in why(web, site.page("/closed/a"))
        url = site.page("/open", "", 301, Location="/closed/a")
        assert "robots.txt" in why(web, url)
        assert ["/open"] == site.paths()

    def test_a_site_that_does_not_give_its_robots_is_not_read(self, site: Site, web: Web) -> None:
        site.page("/robots.txt", "", 503)
        assert "does not give its robots.txt (503)" in why(web, site.page("/a"))
        assert [] == site.paths()

    @pytest.mark.parametrize("asked", ["", "User-agent: *\nCrawl-delay: 0.3\n"])
    def test_a_pause_between_two_pages_of_a_host(self, site: Site, asked: str) -> None:
        site.page("/robots.txt", asked)
        web = Web(["127.0.0.1"], Manners(agent="whence/test", delay=0.0 if asked else 0.3))
        for path in ("/a", "/b", "/c"):
            fetched(web, site.page(path))
        times = [at for path, _, at in site.asked if path != "/robots.txt"]
        assert all(later - earlier >= 0.28 for earlier, later in itertools.pairwise(times))

    def test_busy_servers_are_asked_again_a_few_times(self, site: Site, web: Web) -> None:
        site.page("/a", "", 503)
        assert "was not given (503): try later" in why(web, site.root + "/a")
        assert ["/a"] * 3 == site.paths()

        def second_time(_: BaseHTTPRequestHandler) -> Reply:
            return (429, {"Retry-After": "0"}, b"") if site.paths().count("/b") < 2 else (200, {}, ARTICLE.encode())

        site.replies["/b"] = second_time
        assert ARTICLE == fetched(web, site.root + "/b")

    def test_what_is_kept_is_asked_for_by_condition(self, site: Site, tmp_path: Path) -> None:
        def page(asked: BaseHTTPRequestHandler) -> Reply:
            if asked.headers.get("If-None-Match") == '"v1"':
                return 304, {"ETag": '"v1"'}, b""
            return 200, {"ETag": '"v1"', "Cache-Control": "no-cache", "Content-Type": "text/html"}, ARTICLE.encode()

        site.replies["/a"] = page
        for _ in range(2):  # a new client each time: the cache is a file
            web = Web(["127.0.0.1"], QUICK, cache=tmp_path / "cache" / "web.db")
            assert ARTICLE == fetched(web, site.root + "/a")
            web.close()
        assert [None, '"v1"'] == [headers.get("if-none-match") for path, headers, _ in site.asked if path == "/a"]

    def test_what_is_fresh_is_not_asked_for(self, site: Site, tmp_path: Path) -> None:
        site.page("/a", Cache_Control="max-age=600")
        for _ in range(2):
            web = Web(["127.0.0.1"], QUICK, cache=tmp_path / "web.db")
            fetched(web, site.root + "/a")
            web.close()
        assert ["/a"] == site.paths()


class TestLimits:
    def test_redirects_are_followed_and_the_last_address_is_kept(self, site: Site, web: Web) -> None:
        site.page("/c")
        site.page("/b", "", 308, Location="c#part")
        found = web.fetch(site.page("/a", "", 302, Location="/b"))
        assert (site.root + "/a", site.root + "/c", "utf-8") == (found.path, found.url, found.charset)

    def test_a_circle_of_redirects(self, site: Site, web: Web) -> None:
        site.page("/b", "", 302, Location="/a")
        assert "redirects in a circle" in why(web, site.page("/a", "", 302, Location="/b"))

    def test_redirects_without_end(self, site: Site, web: Web) -> None:
        for number in range(30):
            site.page(f"/{number}", "", 302, Location=f"/{number + 1}")
        assert "redirects more than 8 times" in why(web, site.root + "/0")

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/a", "javascript:1", "data:text/html,x"])
    def test_redirects_to_what_is_no_page(self, site: Site, web: Web, target: str) -> None:
        assert "which is no web address" in why(web, site.page("/a", "", 302, Location=target))

    @pytest.mark.parametrize("slow", ["head", "body"])
    def test_a_server_that_sends_a_byte_now_and_then(self, site: Site, web: Web, slow: str) -> None:
        def drip(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n" + (b"\r\n" if slow == "body" else b"X: "))
            for _ in range(100):
                try:
                    asked.wfile.write(b"x")
                    asked.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)

        site.replies["/a"] = drip
        began = time.monotonic()
        assert "did not send the page within 1.5 seconds" in why(web, site.root + "/a")
        assert time.monotonic() - began < 4

    def test_a_server_that_says_nothing(self, site: Site, web: Web) -> None:
        def silent(_: BaseHTTPRequestHandler) -> None:
            time.sleep(3)

        site.replies["/a"] = silent
        assert "did not send the page" in why(web, site.root + "/a")

    def test_a_page_too_large_is_not_read_to_its_end(self, site: Site, web: Web) -> None:
        sent = 0

        def endless(asked: BaseHTTPRequestHandler) -> None:
            nonlocal sent
            asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
            try:
                for _ in range(400):
                    asked.wfile.write(b"x" * 100_000)
                    sent += 100_000
            except OSError:
                pass

        site.replies["/a"] = endless
        assert "larger than the limit of 1 MB" in why(web, site.root + "/a")
        assert sent < 20_000_000

    def test_a_bomb_in_the_answer(self, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WHENCE_CACHE", str(tmp_path / "cache"))
        site.page("/a", gzip.compress(b"x" * 200_000_000, 9), Content_Encoding="gzip")
        (refused,) = pages([site.root + "/a"], allow=["127.0.0.1"])
        assert isinstance(refused, Refused)
        assert "is larger than the limit of 50 MB" in refused.why

    def test_a_packing_that_was_not_asked_for(self, site: Site, web: Web) -> None:
        assert "packed as 'br'" in why(web, site.page("/a", b"x", Content_Encoding="br"))

    def test_no_server_and_no_such_page(self, site: Site, web: Web) -> None:
        assert "is not there (404)" in why(web, site.root + "/none")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        assert "cannot be reached" in why(web, f"http://127.0.0.1:{port}/a")

    def test_a_name_and_password_are_not_sent(self, site: Site, web: Web) -> None:
        assert "holds a name or password" in why(web, f"http://me:secret@127.0.0.1:{site.port}/a")
        assert [] == site.asked


class TestPages:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("WHENCE_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(web_module, "_DELAY", 0.0)

    def read(self, *specs: str) -> list[Page | Refused]:
        return list(pages(specs, allow=["127.0.0.1"]))

    def test_a_page(self, site: Site) -> None:
        url = site.page("/a", ARTICLE.replace("Tarn", "Tårn").encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")
        (page,) = self.read(f"The Tarn Post={url}")
        assert isinstance(page, Page)
        assert (url, url, "html", "The Tarn Post") == (page.path, page.url, page.media, page.outlet)
        assert "Tårn" in page.text

    def test_a_feed_is_followed_where_it_gives_too_little(self, site: Site) -> None:
        site.page("/a", ARTICLE)
        site.page("/gone", "", 404)
        whole_text = "A ferry ran aground off Tarn on Sunday. " * 20
        items = [f"<item><title>T</title><link>{site.root}/{n}</link><description>Short.</description></item>" for n in ("a", "gone")]
        items.append(f"<item><title>W</title><link>{site.root}/w</link><description>{whole_text}</description></item>")
        feed = f'<rss version="2.0"><channel><title>Tarn Post</title>{"".join(items)}</channel></rss>'
        first, second, third = self.read(site.page("/feed", feed, Content_Type="text/html"))
        assert isinstance(first, Page)
        assert isinstance(third, Page)
        assert (site.root + "/a", whole_text.strip()) == (first.url, third.text.strip())
        assert second == Refused(path=site.root + "/gone", why="is not there (404): check the address")
        assert ["/feed", "/a", "/gone"] == site.paths()

    def test_an_index_of_sitemaps(self, site: Site) -> None:
        site.page("/a")
        site.page("/s.xml.gz", gzip.compress(f"<urlset><url><loc>{site.root}/a</loc></url></urlset>".encode()), Content_Type="application/gzip")
        index = site.page("/index.xml", f"<sitemapindex><sitemap><loc>{site.root}/s.xml.gz</loc></sitemap></sitemapindex>", Content_Type="text/xml")
        (page,) = self.read(index)
        assert isinstance(page, Page)
        assert site.root + "/a" == page.url

    def test_an_index_that_lists_itself_ends(self, site: Site) -> None:
        index = site.page("/index.xml", f"<sitemapindex><sitemap><loc>{site.root}/index.xml</loc></sitemap></sitemapindex>", Content_Type="text/xml")
        (refused,) = self.read(index)
        assert isinstance(refused, Refused)
        assert "lists 1 addresses" in refused.why
        assert len(site.paths()) <= 3

    def test_a_feed_with_ten_thousand_addresses_is_read_in_part_and_says_so(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stream, "_FOLLOWED", 3)
        items = "".join(f"<item><title>T</title><link>{site.root}/{n}</link></item>" for n in range(10_000))
        found = self.read(site.page("/feed", f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>', Content_Type="text/xml"))
        assert 4 == len(found)
        assert isinstance(found[-1], Refused)
        assert "lists 10,000 addresses: the first 3 were read" in found[-1].why

    def test_a_feed_on_disk_fetches_nothing(self, site: Site, tmp_path: Path) -> None:
        (tmp_path / "f.rss").write_text(f'<rss version="2.0"><channel><item><link>{site.root}/a</link></item></channel></rss>')
        (refused,) = self.read(str(tmp_path / "f.rss"))
        assert isinstance(refused, Refused)
        assert [] == site.asked
