"""The gazetteer: the list is sound, and mentions are found where a reader sees one and nowhere else."""

from __future__ import annotations

import re

import pytest

from whence.data import gazetteer

MENTIONS = [
    ("The Wall Street Journal (WSJ) reported on it.", [("The Wall Street Journal",) * 2, ("The Wall Street Journal", "WSJ")]),
    ("There is no time left, and Time flies.", []),
    ("He told Time magazine so.", [("Time", "Time magazine")]),
    ("A guardian told the Guardian that Guardian Angels came.", [("The Guardian", "the Guardian")]),
    ("LAGOS (AP) - Rain fell.", [("The Associated Press", "AP")]),
    ("The Palestinian Authority (PA) told the PA's own radio.", []),
    ("The New York Times wrote it first; the Times has since amended it.", [("The New York Times",) * 2, ("The New York Times", "the Times")]),
    ("The Times has since amended it.", []),
    ("Mayor Michael Bloomberg spoke to Bloomberg.", [("Bloomberg", "Bloomberg")]),
    ("A quake struck Fars province, Fars reported.", [("Fars", "Fars")]),
    ("Interfax-Ukraine and Interfax differ.", [("Interfax-Ukraine", "Interfax-Ukraine"), ("Interfax", "Interfax")]),
    ("AFPX and eTASS are no agencies, nor is someone@cnn.com one.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(outlet.name, text[start:end]) for (start, end), outlet in gazetteer.find_outlets(text)] == expected


def test_a_known_outlet_lends_its_short_form() -> None:
    text = "He told The Post that it was late."
    post = gazetteer.by_name("The Jerusalem Post")
    assert post is not None
    assert gazetteer.find_outlets(text) == []
    assert gazetteer.find_outlets(text, known=[post]) == [((8, 16), post)]


def test_only_the_regions_are_searched() -> None:
    text = "Reuters here. Reuters there."
    assert [region for region, _ in gazetteer.find_outlets(text, [(14, 28)])] == [(14, 21)]


def test_a_host_is_matched_on_label_borders() -> None:
    cnn = gazetteer.by_name("CNN")
    assert cnn is not None
    assert gazetteer.by_domain("edition.cnn.com") == cnn
    assert gazetteer.by_domain("notcnn.com") is None
    online = gazetteer.by_domain("english.ahram.org.eg")
    assert online is not None
    assert online.name == "Ahram Online"


@pytest.mark.parametrize("name", ["wall street journal", "THE WALL STREET JOURNAL", "The WSJ", "WSJ"])
def test_a_name_is_folded(name: str) -> None:
    found = gazetteer.by_name(name)
    assert found is not None
    assert found.name == "The Wall Street Journal"


def test_a_shared_short_form_names_nobody() -> None:
    assert gazetteer.by_name("the Times") is None


def test_the_list_is_sound() -> None:
    listed = gazetteer.outlets()
    assert len(listed) >= 450
    assert len({(outlet.name, outlet.country) for outlet in listed}) == len(listed)
    assert len({outlet.country for outlet in listed}) > 100
    domains = [domain for outlet in listed for domain in outlet.domains]
    assert sorted(set(domains)) == sorted(domains)
    for outlet in listed:
        assert re.fullmatch("[A-Z]{2}", outlet.country), outlet
        assert all(re.fullmatch(r"[a-z0-9.-]+\.[a-z]+", domain) for domain in outlet.domains), outlet
        for written in (outlet.name, *outlet.aliases, *outlet.short):
            assert written == written.strip() != "", outlet
