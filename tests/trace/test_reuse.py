"""Links between the reports of one story."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.trace import find_links
from whence.types import Article, Attribution, Credit, Fact, Furniture, Link, Marks, Party

LEAD = "Harbour police in Vessmark seized eleven crates of unregistered outboard engines from a warehouse beside the old cannery before dawn."
BODY = (
    "The engines, stripped of serial plates and wrapped in fishing nets, had been stacked behind frozen herring destined for inland markets. "
    "Two dockworkers were questioned and released while investigators traced a ferry manifest that listed the cargo as garden pumps. "
    "Customs clerks noticed the discrepancy when the weight of the pallets exceeded the declared figure by almost three hundred kilograms."
)
OWN = (
    "Residents near the cannery described hearing lorries through the night and complained that harbour patrols rarely visit the northern quay. "
    "A retired pilot who keeps a mooring there said thefts of equipment had doubled since the spring, and a chandler has begun chaining his stock."
)
SPEECH = (
    "We will not let our children inherit a harbour that belongs to smugglers, and every captain who looks away while stolen engines leave the quay "
    "should understand that silence has a price"
)


def article(name: str, text: str, published: str | None = None, furniture: tuple[Furniture, ...] = ()) -> Article:
    return Article(
        path=name,
        text=text,
        outlet=Fact(value=name, basis="given"),
        published=Fact(value=published, basis="given") if published else None,
        furniture=furniture,
    )


def links(*articles: Article, marks: tuple[Marks, ...] | None = None) -> tuple[Link, ...]:
    return find_links(articles, marks or (Marks(),) * len(articles), [f"r{n + 1}" for n in range(len(articles))])


def swapped(text: str, every: int) -> str:
    return " ".join("changed" if n % every == every - 1 else word for n, word in enumerate(text.split()))


class TestKinds:
    def test_a_text_taken_over_word_for_word_is_a_copy(self) -> None:
        (link,) = links(article("One", f"{LEAD}\n\n{BODY}"), article("Two", f"{LEAD}\n\n{BODY}"))
        assert (link.kind, link.containment.from_in_to, link.containment.to_in_from) == ("copies", 1.0, 1.0)

    def test_a_text_with_words_changed_is_an_edit(self) -> None:
        (link,) = links(article("One", f"{LEAD}\n\n{BODY}"), article("Two", swapped(f"{LEAD}\n\n{BODY}", 9)))
        assert link.kind == "edits"

    def test_two_words_in_five_changed_still_show(self) -> None:
        rng = random.Random(5)
        text = f"{LEAD} {BODY} {OWN}"
        other = " ".join(f"new{n}" if rng.random() < 0.4 else w for n, w in enumerate(text.split()))
        assert len(links(article("One", text), article("Two", other))) == 1

    def test_a_shared_quotation_alone_is_no_copy(self) -> None:
        one = f'{LEAD} "{SPEECH}," the mayor said.'
        two = f"{OWN}\n\nThe mayor told a crowd: “{SPEECH}.”"
        (link,) = links(article("One", one, "2031-05-01"), article("Two", two, "2031-05-03"))
        assert (link.kind, link.directed) == ("quotes", False)

    def test_a_set_phrase_of_the_trade_is_no_link(self) -> None:
        phrase = "said an official speaking on condition of anonymity because they were not authorized to speak to the media"
        assert links(article("One", f"{LEAD} That is wrong, {phrase}."), article("Two", f"{OWN} Nobody knew, {phrase}.")) == ()

    def test_reports_with_words_of_their_own_are_not_linked(self) -> None:
        assert links(article("One", BODY), article("Two", OWN)) == ()

    def test_furniture_is_no_shared_text(self) -> None:
        promo = (
            "Subscribe to our free morning letter for the best of harbour news, ship movements, tide tables, weather, "
            "obituaries, chess problems and recipes from the quay."
        )
        one, two = f"{BODY}\n{promo}", f"{promo}\n{OWN}"
        marked = [
            article("One", one, furniture=(Furniture(start=len(BODY) + 1, end=len(one), kind="promo"),)),
            article("Two", two, furniture=(Furniture(start=0, end=len(promo), kind="promo"),)),
        ]
        assert (len(links(*marked)), len(links(article("One", one), article("Two", two)))) == (0, 1)


class TestDirection:
    COPY = f"{LEAD}\n\n{BODY}"

    @pytest.mark.parametrize("turned", [False, True])
    def test_the_earlier_report_is_the_source_in_whatever_order_they_are_given(self, turned: bool) -> None:
        pair = [article("Early", self.COPY, "2031-05-01"), article("Late", self.COPY, "2031-05-02")]
        (link,) = links(*reversed(pair)) if turned else links(*pair)
        assert ("r2" if turned else "r1", True) == (link.from_, link.directed)

    def test_times_of_one_day_count_with_their_zones(self) -> None:
        (link,) = links(article("One", self.COPY, "2031-05-01T12:00:00+02:00"), article("Two", self.COPY, "2031-05-01T08:00:00+00:00"))
        assert (link.from_, link.directed) == ("r2", True)

    def test_one_day_without_times_leaves_it_open(self) -> None:
        (link,) = links(article("One", self.COPY, "2031-05-01"), article("Two", self.COPY, "2031-05-01"))
        assert link.directed is False

    def test_who_credits_the_other_has_it_from_the_other(self) -> None:
        credited = Marks(parties=(Party(id="p1", name="One", kind="agency"),), credits=(Credit(party="p1", start=0, end=0, text=""),))
        (link,) = links(article("One", self.COPY, "2031-05-03"), article("Two", self.COPY, "2031-05-02"), marks=(Marks(), credited))
        assert (link.from_, link.to, link.directed) == ("r1", "r2", True)

    def test_two_that_credit_one_agency_share_an_origin(self) -> None:
        credited = Marks(parties=(Party(id="p1", name="Coastal Wire", kind="agency"),), credits=(Credit(party="p1", start=0, end=0, text=""),))
        (link,) = links(article("One", self.COPY), article("Two", self.COPY), marks=(credited, credited))
        assert (link.kind, link.directed) == ("shares-origin", False)

    def test_an_agency_s_text_without_its_credit_is_told(self) -> None:
        wire = Marks(parties=(Party(id="p1", name="Coastal Wire", kind="agency"),), credits=(Credit(party="p1", start=0, end=0, text=""),))
        (link,) = links(article("One", self.COPY, "2031-05-01"), article("Two", self.COPY, "2031-05-03"), marks=(wire, Marks()))
        assert (link.kind, link.directed) == ("shares-origin", False)
        assert "r1 credits Coastal Wire; r2 has the same text without that credit" in link.why

    def test_credits_are_known_by_the_story_s_parties_too(self) -> None:
        moved = Marks(own="p2", credits=(Credit(party="p1", start=0, end=0, text=""),))
        parties = (Party(id="p1", name="One", kind="agency", report="r1"), Party(id="p2", name="Two", kind="outlet", report="r2"))
        pair = [article("One", self.COPY, "2031-05-03"), article("Two", self.COPY, "2031-05-02")]
        (link,) = find_links(pair, [Marks(own="p1"), moved], ["r1", "r2"], parties)
        assert (link.from_, link.to, link.directed) == ("r1", "r2", True)

    def test_a_common_source_is_named_where_one_text_lies_under_both(self) -> None:
        own = "Nothing of this was said before noon, when the harbour master opened the gates, counted the pumps and called the insurers in the capital."
        said = Attribution(id="a1", report="r1", kind="indirect", chain=("p1",), source=None, cue=None, content=(), confidence=1.0)
        both = Marks(parties=(Party(id="p1", name="The Harbour Post", kind="outlet"),), attributions=(said,))
        (link,) = links(article("One", f"{BODY} {OWN} {own}"), article("Two", f"{SPEECH}. {SPEECH[::-1]}. {BODY}"), marks=(both, both))
        assert (link.kind, "both cite The Harbour Post" in link.why) == ("shares-origin", True)

    def test_a_text_cut_from_the_end_of_a_longer_one_comes_from_it(self) -> None:
        (link,) = links(article("Short", LEAD + " " + BODY), article("Long", f"{LEAD} {BODY} {OWN}"))
        assert (link.from_, link.to, link.directed) == ("r2", "r1", True)


class TestPassages:
    def test_offsets_hold_the_shared_words_in_both_texts(self) -> None:
        one, two = f"{OWN}\n\n{LEAD}", f"«Ж» {LEAD} {BODY}"
        (link,) = links(article("One", one), article("Two", two))
        (passage,) = link.evidence
        assert LEAD.rstrip(".") == one[passage.from_.start : passage.from_.end]
        assert LEAD.rstrip(".") == two[passage.to.start : passage.to.end]

    def test_paragraphs_in_another_order_are_passages_of_their_own(self) -> None:
        (link,) = links(article("One", f"{LEAD}\n\n{BODY}\n\n{OWN}"), article("Two", f"{OWN}\n\n{BODY}\n\n{LEAD}"))
        assert len(link.evidence) == 3

    @settings(deadline=None)
    @given(st.lists(st.text(alphabet='ab \n.“”"é漢😀', max_size=60), min_size=2, max_size=5))
    def test_any_texts_give_links_within_their_texts(self, texts: list[str]) -> None:
        for link in links(*(article(f"o{n}", t) for n, t in enumerate(texts))):
            for passage in link.evidence:
                one, two = texts[int(link.from_[1:]) - 1], texts[int(link.to[1:]) - 1]
                assert 0 <= passage.from_.start < passage.from_.end <= len(one)
                assert 0 <= passage.to.start < passage.to.end <= len(two)

    @pytest.mark.parametrize("texts", [("", ""), ("one", "one"), ("", BODY), (LEAD * 3, LEAD * 5)])
    def test_small_and_repeating_texts_are_read(self, texts: tuple[str, str]) -> None:
        found = links(article("One", texts[0]), article("Two", texts[1]))
        assert len(found) == (texts[0].count("Harbour") > 0)


def test_a_speech_printed_without_marks_is_a_quotation_if_a_third_report_quotes_it() -> None:
    bare = [article("One", f"{LEAD} {SPEECH}."), article("Two", f"{OWN} {SPEECH}.")]
    quoting = article("Three", f'{BODY} "{SPEECH}."')
    assert "quotes" not in {link.kind for link in links(*bare)}
    assert {link.kind for link in links(*bare, quoting)} == {"quotes"}


class TestRewrites:
    """Few words running in common, but rare words in each other's company."""

    THIRD = f"{OWN} Fishermen sold their morning catch early, the market hall stayed open past noon and the ferry ran to time."

    @staticmethod
    def reworded(text: str) -> str:
        words = text.split()
        return " ".join(f"{w} {'quite' if n % 3 == 0 else ''}".strip() if n % 3 else f"indeed {w}" for n, w in enumerate(words))

    def test_a_text_reworded_throughout_is_a_rewrite_and_said_to_be_weaker(self) -> None:
        source = f"{LEAD} {BODY} Detectives suspect couriers shipped similar consignments through neighbouring estuaries during autumn storms."
        (link,) = links(article("One", source, "2031-05-01"), article("Two", self.reworded(source), "2031-05-03"), article("Three", self.THIRD))
        assert (link.kind, link.from_, link.to, link.directed) == ("rewrites", "r1", "r2", True)
        assert "weaker" in link.why
        assert link.confidence < 0.6
        assert all(source[p.from_.start : p.from_.end].strip() for p in link.evidence)

    def test_a_slip_that_two_reports_share_is_told(self) -> None:
        text, usual = f"{LEAD} {BODY}", f"{OWN} Investigators will speak on Friday."
        slip = text.replace("investigators", "invesitgators")
        bare = links(article("One", text), article("Two", text))[0]
        found = links(article("One", slip), article("Two", slip), article("Three", usual.lower()), article("Four", "The investigators left."))
        (link,) = (x for x in found if (x.from_, x.to) == ("r1", "r2"))
        assert "invesitgators" in link.why
        assert link.confidence >= bare.confidence

    def test_a_country_s_spelling_is_no_slip(self) -> None:
        text = f"{LEAD} {BODY} They were unauthorised."
        others = [article("Three", f"{OWN} It was unauthorized."), article("Four", "An unauthorized visit.")]
        assert not any("both spell" in x.why for x in links(article("One", text), article("Two", text), *others))


def test_copies_of_a_text_have_a_few_seeds_a_pair_and_not_one_a_word() -> None:
    from whence.trace.reuse_align import hits
    from whence.trace.reuse_words import read

    numbers: dict[str, int] = {}
    texts = [read(f"{LEAD} {BODY} {OWN}", (), "en", numbers) for _ in range(30)]
    found = hits(texts)
    assert 30 * 29 // 2 == len(found)
    assert max(map(len, found.values())) < len(texts[0].ids) / 20
