"""A story's coverage counted: copies folded, credits, reporting that the text shows, origins, and who feeds whom."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from made_runs import OTHER, TEXT, put, whence

WIRE = (
    "TARN HEAD (AP) — Two ferries collided in thick fog off Tarn Head before dawn on Monday, and twelve of their passengers were taken ashore with cuts "
    "and broken bones, the coastguard said.\n\nBoth ships had left the old harbour within ten minutes of each other, and neither had slowed down, said "
    "Ann Lee, the harbour master, who has asked for a second radar since the winter.\n\nThe port will stay closed until Friday while divers look at the "
    "wrecks, and cars that wait on the quay will be sent round by the northern road."
)
OWN = (
    "Passengers of the two ferries that met in the fog off Tarn Head had put on their life jackets before anybody told them to. “We heard the horn and "
    "then the whole deck leaned,” Bo Carr, a teacher, told CNN by telephone from the hospital.\n\nHe and forty pupils were on their way home from a "
    "choir festival, and none of the children was badly hurt, though three of them lost their violins."
)
SILENT = (
    "A collision that nobody wanted to have foreseen has shut the busiest quay of the coast, wrote the mayor of the upper town, whose council runs the buses. "
    "Fog is common there in May. Shopkeepers said that they had lost a week of trade, and that the council owed them an answer before the summer fair opens. "
    "The railway added four trains, its spokesman said."
)
PAGES = [
    {"id": "star", "outlet": "Star Tribune", "text": WIRE},
    {"id": "globe", "outlet": "The Boston Globe", "text": "Ferries collide\n\n" + WIRE.replace("(AP) ", "") + "\n\nRead more on page four."},
    {"id": "cnn", "outlet": "CNN", "text": OWN},
    {"id": "post", "outlet": "New York Post", "text": SILENT},
]


def counted(folder: Path, pages: list[dict[str, str]]) -> dict[str, Any]:
    done = whence("origins", "--json", str(put(folder, "story.jsonl", "\n".join(map(json.dumps, pages)))))
    assert 0 == done.status, done.err
    census: dict[str, Any] = json.loads(done.out)
    return census


class TestCounts:
    def test_pages_texts_credits_and_reporting(self, tmp_path: Path) -> None:
        got = counted(tmp_path, PAGES)
        assert (4, 4, 3) == (got["pages"], got["outlets"], got["texts"])
        assert (1, 1) == (got["crediting"], got["uncredited"])
        assert (1, 3) == (got["own_low"], got["own_high"])
        assert (1, 3) == (got["origins"]["low"], got["origins"]["high"])

    def test_a_copy_is_folded_and_what_shows_reporting_is_the_words_of_the_text(self, tmp_path: Path) -> None:
        texts = {tuple(sorted(t["pages"])): t for t in counted(tmp_path, PAGES)["copies"]}
        assert {("globe", "star"), ("cnn",), ("post",)} == set(texts)
        assert ["The Associated Press"] == texts["globe", "star"]["credits"]
        shown = texts[("cnn",)]["shown"]
        assert ("shown", "CNN", "told CNN") == (texts[("cnn",)]["own"], texts[("cnn",)]["maker"], shown["text"])
        assert OWN[shown["start"] : shown["end"]] == shown["text"]

    def test_who_feeds_whom_knows_the_page_that_leaves_the_credit_out(self, tmp_path: Path) -> None:
        feeds = {(f["source"], f["outlet"]): f["strength"] for f in counted(tmp_path, PAGES)["feeds"]}
        assert {("The Associated Press", "Star Tribune"): "stated", ("The Associated Press", "The Boston Globe"): "shown"} == feeds

    def test_told_to_an_outlet_is_no_reporting_of_another(self, tmp_path: Path) -> None:
        got = counted(tmp_path, [{**PAGES[2], "outlet": "New York Post"}, PAGES[3]])
        assert 0 == got["own_low"]
        assert (1, 1) == (got["origins"]["low"], got["origins"]["high"])


class TestProperties:
    def test_the_order_of_pages_changes_no_count(self, tmp_path: Path) -> None:
        keys = ("texts", "crediting", "uncredited", "own_low", "own_high")
        found = set()
        for pages in permutations(PAGES):
            got = counted(tmp_path, list(pages))
            found.add((*(got[k] for k in keys), got["origins"]["low"], got["origins"]["best"], got["origins"]["high"]))
        assert 1 == len(found)

    @pytest.mark.parametrize("page", range(4))
    @pytest.mark.parametrize("outlet", ["Chicago Tribune", "CNN", "yahoo.com/news"])
    def test_a_copy_raises_no_count_of_texts_or_origins(self, tmp_path: Path, page: int, outlet: str) -> None:
        before = counted(tmp_path, PAGES)
        after = counted(tmp_path, [*PAGES, {**PAGES[page], "id": "again", "outlet": outlet}])
        assert before["texts"] == after["texts"]
        assert before["pages"] + 1 == after["pages"]
        assert after["origins"]["low"] <= before["origins"]["low"]
        assert after["origins"]["high"] <= before["origins"]["high"]
        assert after["own_low"] <= before["own_low"]


class TestShown:
    def test_the_table_fits_a_hundred_columns_and_says_what_was_not_checked(self, tmp_path: Path) -> None:
        done = whence("origins", str(put(tmp_path, "story.jsonl", "\n".join(map(json.dumps, PAGES)))))
        assert [] == [line for line in done.out.splitlines() if len(line) > 100]
        for words in ("4  pages of 4 outlets", "3  texts once copies are folded (1 page is a copy)", "1–3  origins", "WHO FEEDS WHOM", "NOT CHECKED"):
            assert words in done.out

    def test_the_picture_is_one_file_that_loads_nothing_and_the_same_again(self, tmp_path: Path) -> None:
        corpus = str(put(tmp_path, "story.jsonl", "\n".join(map(json.dumps, [{**PAGES[0], "outlet": "<b>&", "id": "x"}, *PAGES]))))
        one, two = tmp_path / "one.svg", tmp_path / "two.svg"
        assert 0 == whence("origins", corpus, "--svg", str(one)).status
        assert 0 == whence("origins", corpus, "--svg", str(two)).status
        assert one.read_bytes() == two.read_bytes()
        svg = ET.fromstring(one.read_text(encoding="utf-8"))
        assert "{http://www.w3.org/2000/svg}svg" == svg.tag
        assert 3 == len(svg.findall("{http://www.w3.org/2000/svg}path"))
        assert "href" not in one.read_text(encoding="utf-8")

    def test_files_are_pages_too(self, tmp_path: Path) -> None:
        done = whence("origins", "--json", f"CNN={put(tmp_path, 'a.txt', TEXT)}", f"Fog Daily={put(tmp_path, 'b.txt', OTHER)}")
        assert 0 == done.status
        assert 2 == json.loads(done.out)["pages"]


class TestBadInput:
    def test_a_bad_line_is_named_and_the_rest_is_counted(self, tmp_path: Path) -> None:
        corpus = put(tmp_path, "story.jsonl", "\n".join([json.dumps(PAGES[0]), "{bad", json.dumps(PAGES[2])]))
        done = whence("origins", "--json", str(corpus))
        assert 1 == done.status
        assert "story.jsonl, line 2" in done.err
        assert 2 == json.loads(done.out)["pages"]

    @pytest.mark.parametrize("content", ["", "\n\n", "{bad\n"])
    def test_nothing_read_is_status_2(self, tmp_path: Path, content: str) -> None:
        corpus = put(tmp_path, "story.jsonl", content)
        done = whence("origins", str(corpus))
        assert 2 == done.status
        assert "" == done.out
        assert str(corpus) in done.err

    def test_a_picture_in_no_folder_is_said_before_any_work(self, tmp_path: Path) -> None:
        done = whence("origins", "nowhere.jsonl", "--svg", str(tmp_path / "none" / "x.svg"))
        assert 2 == done.status
        assert "there is no folder" in done.err

    def test_a_picture_that_cannot_be_written_leaves_the_table(self, tmp_path: Path) -> None:
        corpus = str(put(tmp_path, "story.jsonl", json.dumps(PAGES[0])))
        (tmp_path / "x.svg").mkdir()
        done = whence("origins", corpus, "--svg", str(tmp_path / "x.svg"))
        assert 2 == done.status
        assert "x.svg" in done.err
