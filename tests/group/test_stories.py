"""Stories of a corpus: what is put together, under which constraints, and that adding later is as good as adding at once."""

from __future__ import annotations

import itertools
import random

import pytest

from whence.group import Item, assign, candidates, signatures, stories
from whence.group import terms as terms_of

PLACES = ["Orra", "Kallio", "Veldt", "Brannock", "Tessaly", "Quorn"]
EVENTS = [
    ("a ferry", "sank off", "drowned", "lifeboats", "harbour master"),
    ("a grain store", "burned in", "injured", "firefighters", "fire chief"),
    ("a cable car", "stopped above", "stranded", "climbers", "operator"),
    ("a dam", "cracked near", "evacuated", "engineers", "water board"),
    ("a circus tent", "collapsed at", "bruised", "acrobats", "ringmaster"),
    ("a swarm of bees", "settled in", "stung", "beekeepers", "market warden"),
]
NAMES = ["Ilse Marrant", "Teodor Quill", "Hana Sato", "Bram Oosting", "Priya Venkat", "Olof Dahl"]
FILLER = ["The council meets again on Thursday.", "Roads nearby stayed closed.", "Neighbours brought soup and blankets.", "Schools opened an hour late."]


def told(place: str, event: tuple[str, ...], name: str, number: int, seed: int) -> str:
    """One of several ways to tell one happening."""
    what, did, harmed, helpers, title = event
    ways = [
        f"Shortly before dawn {what} {did} {place}, and {number} people were {harmed}, {title} {name} said.",
        f"{title.capitalize()} {name} told reporters that {number} people had been {harmed} when {what} {did} {place}.",
        f"In {place}, {helpers} worked through the night after {what} {did} {place}; {number} were {harmed}.",
        f"Questions are asked of {name}, the {title}, after {number} people were {harmed} near {place}.",
    ]
    rng = random.Random(seed)
    return " ".join([*rng.sample(ways, 3), *rng.sample(FILLER, 2)])


def corpus() -> tuple[list[Item], list[int]]:
    """Six happenings, five reports of each, out of order; every other one undated."""
    items, gold = [], []
    for k, (place, name) in enumerate(zip(PLACES, NAMES, strict=True)):
        for n in range(5):
            text = told(place, EVENTS[k], name, 11 + 7 * k, 10 * k + n)
            items.append(Item(text=text, published=f"2026-03-{k + 1:02d}" if n % 2 else None))
            gold.append(k)
    order = list(range(len(items)))
    random.Random(3).shuffle(order)
    return [items[i] for i in order], [gold[i] for i in order]


ITEMS, GOLD = corpus()
BLOBS = signatures(ITEMS)


def pairs(labels: list[int] | tuple[int, ...]) -> set[tuple[int, int]]:
    return {(i, j) for i, j in itertools.combinations(range(len(labels)), 2) if labels[i] == labels[j]}


class TestStories:
    def test_happenings_are_told_apart(self) -> None:
        found, right = pairs(stories(BLOBS).labels), pairs(GOLD)
        assert len(found & right) >= 0.8 * len(right)
        assert len(found - right) <= 0.05 * len(right)

    def test_a_story_is_named_by_its_first_article(self) -> None:
        for i, label in enumerate(stories(BLOBS).labels):
            assert label <= i
            assert label == stories(BLOBS).labels[label]

    def test_no_article_is_no_error(self) -> None:
        assert () == stories([]).labels
        assert [] == candidates([])

    def test_an_article_without_words_stands_alone(self) -> None:
        labels = stories(signatures([*ITEMS[:6], Item(text=""), Item(text="…")])).labels
        assert (6, 7) == labels[6:]

    def test_articles_far_apart_in_time_are_of_two_stories(self) -> None:
        text = ITEMS[0].text
        assert [0, 0] == list(stories(signatures([Item(text=text, published="2026-03-01"), Item(text=text, published="2026-03-02")])).labels)
        assert [0, 1] == list(stories(signatures([Item(text=text, published="2024-03-01"), Item(text=text, published="2026-03-02")])).labels)

    def test_a_date_that_is_none_is_no_date(self) -> None:
        assert signatures([Item(text="One", published="yesterday")]) == signatures([Item(text="One")])

    def test_candidates_are_few_and_hold_the_stories(self) -> None:
        found, right = set(candidates(BLOBS)), pairs(GOLD)
        assert len(found & right) >= 0.95 * len(right)


class TestConstraints:
    def test_what_must_stand_together_does(self) -> None:
        i, j = next((i, j) for i, j in itertools.combinations(range(len(GOLD)), 2) if GOLD[i] != GOLD[j])
        labels = stories(BLOBS, must=[(i, j)]).labels
        assert labels[i] == labels[j]

    def test_what_must_not_does_not(self) -> None:
        i, j = next(iter(sorted(pairs(stories(BLOBS).labels))))
        labels = stories(BLOBS, cannot=[(i, j)]).labels
        assert labels[i] != labels[j]

    def test_a_contradiction_is_reported(self) -> None:
        done = stories(BLOBS, must=[(0, 1), (1, 2)], cannot=[(0, 2)])
        assert ((0, 2),) == done.contradicted
        assert 1 == len({done.labels[i] for i in (0, 1, 2)})

    def test_they_survive_when_articles_are_added(self) -> None:
        i, j = next(iter(sorted(pairs(stories(BLOBS[:20]).labels))))
        first = stories(BLOBS[:20], cannot=[(i, j)])
        labels = assign(BLOBS[20:], BLOBS[:20], first.labels, cannot=[(i, j)]).labels
        assert labels[i] != labels[j]


class TestAdding:
    @pytest.mark.parametrize("size", [1, 7, 20])
    def test_adding_later_gives_the_stories_of_adding_at_once(self, size: int) -> None:
        labels: tuple[int, ...] = ()
        for at in range(0, len(BLOBS), size):
            labels = assign(BLOBS[at : at + size], BLOBS[:at], labels).labels
        at_once, later = pairs(stories(BLOBS).labels), pairs(labels)
        assert len(at_once ^ later) <= 0.05 * len(at_once)

    def test_nothing_new_changes_nothing(self) -> None:
        labels = stories(BLOBS).labels
        assert labels == assign([], BLOBS, labels).labels


class TestSignatures:
    def test_a_signature_depends_on_its_article_alone(self) -> None:
        assert BLOBS[:3] == [signatures([i])[0] for i in ITEMS[:3]]

    def test_other_forms_of_its_words_met_before_change_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one = Item(text="The investigators investigated the bridges of Velmora while bridging loans were financed by financiers of the province.")
        other = Item(text="An investigation investigates: bridge, bridged, bridging, loan, loaned, loaning, finances, financing, investigator, provinces.")
        alone = signatures([one])
        monkeypatch.setattr(terms_of, "_known", type(terms_of._known)())
        signatures([other])
        assert alone == signatures([one])
        monkeypatch.setattr(terms_of, "_known", type(terms_of._known)())
        assert alone == signatures([one])

    def test_one_of_another_format_is_refused_by_its_place(self) -> None:
        with pytest.raises(ValueError, match="signature 1 is not of format"):
            stories([BLOBS[0], b"\7" + BLOBS[1][1:]])
        with pytest.raises(ValueError, match="signature 0"):
            stories([BLOBS[0][:-2]])
