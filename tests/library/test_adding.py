"""Adding: once, again, changed, refused; in both databases."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from made_pages import DAM, FERRY, SHIP, page, pages

from whence.errors import InputError, LibraryError
from whence.library import open_library
from whence.store import sqlite
from whence.types import Added, Page, Query, Refused, Run


class TestAdding:
    def test_what_is_added_can_be_read_again_with_its_marks(self, place: str) -> None:
        from whence.pipeline import marked, prepare

        with open_library(place, create=True) as library:
            assert Added(new=3) == library.add(pages())
            rows = library.articles()
            assert ["2025-06-11", "2025-05-04", "2025-05-03"] == [r.published for r in rows]
            kept = library.article(rows[2].id).annotated
        articles, _ = prepare(pages()[:1])
        assert marked(articles[0], rows[2].id) == kept

    def test_the_same_again_changes_nothing(self, place: str) -> None:
        with open_library(place, create=True) as library:
            library.add(pages())
            before = library.articles()
            assert Added(same=3) == library.add(pages())
            assert Added(same=6) == library.add([*pages(), *pages()])
            assert before == library.articles()

    def test_the_same_twice_in_one_go_is_one(self, place: str) -> None:
        with open_library(place, create=True) as library:
            assert Added(new=3, same=3) == library.add([*pages(), *pages()])

    def test_the_same_file_from_another_folder_is_known(self, place: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        with open_library(place, create=True) as library:
            library.add([Page(path="/a/ship.txt", text=SHIP, media="text")])
            assert Added(same=1) == library.add([Page(path="/b/ship.txt", text=SHIP, media="text")])

    def test_the_same_text_of_two_outlets_is_two_articles(self, place: str) -> None:
        with open_library(place, create=True) as library:
            assert Added(new=2) == library.add([page(SHIP, "1", outlet="A"), page(SHIP, "1b", outlet="B")])

    @pytest.mark.parametrize("url", ["https://www.post.example/a?utm_source=x", "http://post.example/a#top", "https://post.example/a/"])
    def test_an_address_is_one_however_it_is_written(self, place: str, url: str) -> None:
        with open_library(place, create=True) as library:
            library.add([page(SHIP, "1", url="https://post.example/a")])
            assert Added(changed=1, nameless=1) == library.add([page(FERRY, "2", url=url)])

    def test_what_is_refused_is_kept_with_its_reason(self, place: str) -> None:
        with open_library(place, create=True) as library:
            refused = Refused(path="made.jsonl", line=7, why="is not valid JSON")
            assert Added(new=3, rejected=2) == library.add([*pages(), refused, Page(path="blank.txt", text=" \n", media="text")])
            assert Added(rejected=1) == library.add([refused])
            assert [("blank.txt", None), ("made.jsonl", 7)] == [(r.path, r.line) for r in library.rejects()]
            assert "no readable text" in library.rejects()[0].why

    def test_what_is_read_after_all_is_refused_no_longer(self, place: str) -> None:
        with open_library(place, create=True) as library:
            library.add([Refused(path="made.txt", why="may not be read")])
            library.add([Page(path="made.txt", text=SHIP, media="text")])
            assert [] == library.rejects()

    def test_a_character_no_database_takes_is_no_obstacle(self, place: str) -> None:
        with open_library(place, create=True) as library:
            done = library.add([page(SHIP + "\0 null \ud800 half", "odd"), page(DAM, "dam")])
            assert 1 <= done.new
            assert 2 == done.new + done.rejected


class TestVersions:
    def test_a_changed_article_is_a_new_version_with_its_differences(self, place: str) -> None:
        with open_library(place, create=True) as library:
            library.add(pages())
            later = page(SHIP.replace("214 people", "221 people"), "ship", outlet="The Kelmar Post", published="2025-05-03")
            assert Added(changed=1) == library.add([later])
            row = library.articles(outlet="The Kelmar Post")[0]
            assert (2, 2) == (row.version, row.versions)
            first, second = library.versions(row.id)
            assert () == first.changes
            assert [("214", "221")] == [(c.old_text, c.new_text) for c in second.changes]
            change = second.changes[0]
            assert change.old_text == library.article(row.id, 1).annotated.article.text[slice(*change.old)]
            assert change.new_text == library.article(row.id).annotated.article.text[slice(*change.new)]

    def test_a_version_knows_what_made_it(self, place: str) -> None:
        from whence import __version__

        with open_library(place, create=True, clock=lambda: "2025-06-12T08:00:00Z") as library:
            library.add(pages())
            (only,) = library.versions(library.articles()[0].id)
        expected = Run(id=only.run.id, step="add", version=__version__, settings='{"workers":1}', started="2025-06-12T08:00:00Z")
        assert expected == only.run

    def test_back_to_what_it_was_is_a_version_too(self, place: str) -> None:
        with open_library(place, create=True) as library:
            for text in (SHIP, FERRY, SHIP):
                library.add([Page(path="front.txt", text=text, media="text")])
            row = library.articles()[0]
            assert [SHIP, FERRY, SHIP] == [library.article(row.id, v).annotated.article.text for v in (1, 2, 3)]

    def test_a_version_there_is_not_is_said(self, place: str) -> None:
        with open_library(place, create=True) as library:
            library.add(pages())
            with pytest.raises(InputError, match="has no version 9"):
                library.article(library.articles()[0].id, 9)


class TestOutlets:
    def test_those_that_name_none_are_counted_once(self, place: str) -> None:
        with open_library(place, create=True) as library:
            assert Added(new=3, nameless=1) == library.add([*pages()[:2], page(DAM, "dam")])
            assert Added(same=1) == library.add([page(DAM, "dam")])


class TestForgetting:
    def test_nothing_of_a_forgotten_article_is_left(self, place: str) -> None:
        with open_library(place, create=True) as library:
            library.add(pages())
            library.regroup()
            row = library.articles(outlet="Orrin Times")[0]
            assert row.story is not None
            library.story(row.story)
            assert 1 == library.forget([row.id])
            assert 2 == len(library.articles())
            assert row.story not in [s.id for s in library.stories()]
            assert Added(new=1, same=2) == library.add(pages())

    def test_its_words_are_nowhere_in_the_files(self, tmp_path: Path) -> None:
        folder = tmp_path / "library"
        first = page("The zyxwomble of Orrin\n\nThe zyxwomble cost 918 million, Quennel Vabbitroy told the council on Monday.\n", "z", outlet="Orrin Times")
        second = page("The zyxwomble of Orrin\n\nThe zyxwomble cost 920 million, Quennel Vabbitroy told the council on Tuesday.\n", "z", outlet="Orrin Times")
        with open_library(str(folder), create=True) as library:
            library.add([*pages(), first])
            library.add([second])
            library.regroup()
            row = next(r for r in library.articles() if "zyxwomble" in (r.title or ""))
            assert row.story is not None
            told = library.story(row.story)
            library.keep_watched(library.story_row(row.story), told)
            with sqlite3.connect(folder / "library.db") as database:
                blobs = [b for (b,) in database.execute("SELECT report FROM told UNION ALL SELECT report FROM watched")]
                blobs += [b for t in ("marks", "signature") for (b,) in database.execute(f"SELECT {t} FROM versions WHERE text LIKE '%zyxwomble%'")]
                blobs += [b for (b,) in database.execute("SELECT vector FROM articles WHERE id = ?", [row.id])]
            database.close()
            wanted = [b"zyxwomble", b"vabbitroy", *(b[20:60] for b in blobs)]
            assert [] == [w for w in wanted if not self.stands(folder, w)], "all of it is in the files before"
            library.forget([row.id])
            assert [] == [w for w in wanted if self.stands(folder, w)]
            assert 3 == len(library.search(Query())) == len(library.articles())
        assert [] == [w for w in wanted if self.stands(folder, w)]

    @staticmethod
    def stands(folder: Path, words: bytes) -> bool:
        return any(words in p.read_bytes() or words in p.read_bytes().lower() for p in folder.iterdir())

    def test_a_reader_that_keeps_the_old_state_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite, "_WAIT", 1)
        with open_library(str(tmp_path / "library"), create=True) as library:
            library.add(pages())
            reader = sqlite3.connect(tmp_path / "library/library.db", isolation_level=None)
            try:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM articles").fetchone()
                with pytest.raises(LibraryError, match="until every process that has the library open ends"):
                    library.forget([library.articles()[0].id])
            finally:
                reader.close()
            assert 2 == len(library.articles())

    def test_an_article_that_is_not_there_is_said(self, place: str) -> None:
        with open_library(place, create=True) as library, pytest.raises(InputError, match="no such article"):
            library.forget(["0000000000000000"])


class TestWorkers:
    def test_several_processes_keep_what_one_keeps_in_the_same_order(self, place: str) -> None:
        many = [page(f"{SHIP}\nNumber {i} of a long list.\n", f"n{i}", published="2025-05-03") for i in range(150)]
        with open_library(place, create=True) as library:
            seen: list[Added] = []
            assert Added(new=150) == library.add(many, seen.append, workers=2)
            assert sorted(seen, key=lambda a: a.new) == seen
            found = library.articles(limit=200)
            assert [f"n{i}" for i in range(150)] == [library.article(r.id).annotated.article.id for r in reversed(found)][:150]
            one = library.article(found[0].id).annotated
        from whence.pipeline import marked, prepare

        assert marked(prepare(many[-1:])[0][0], one.id) == msgspec.structs.replace(one)


class TestMemory:
    def test_it_does_not_grow_with_the_input(self, tmp_path: Path) -> None:
        def reports(first: int, count: int) -> Iterator[Page | Refused]:
            for n in range(first, first + count):
                yield page(f"Report {n}\n\n" + f"Nothing happened in Orra on that day, {n} people said. " * 20, f"r{n}", outlet="Orra Post")
                yield Refused(path="made.jsonl", line=n, why="is no report")

        def most(first: int, count: int) -> int:
            tracemalloc.start()
            try:
                done = library.add(reports(first, count))
                assert (count, count) == (done.new, done.rejected)
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        with open_library(str(tmp_path / "library"), create=True) as library:
            most(0, 100)  # what is loaded once
            assert most(1000, 600) < 1.2 * most(100, 150)
