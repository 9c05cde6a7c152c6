"""Search: by words, quote, number, meaning and filters, alike in both databases; what is found is shown by its words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from made_pages import DAM, FERRY, SHIP, page, pages

from whence.errors import InputError
from whence.library import Library, open_library
from whence.types import Query


@pytest.fixture
def library(place: str) -> Iterator[Library]:
    with open_library(place, create=True) as made:
        made.add(pages())
        yield made


def found(library: Library, query: Query) -> list[str]:
    """Ids, as given, of the articles found; every mark and passage is checked on the way."""
    names = []
    for hit in library.search(query):
        article = library.article(hit.article.id).annotated.article
        assert hit.passage == article.text[hit.start : hit.end]
        assert all(0 <= a < b <= len(article.text) for a, b in hit.marks)
        assert list(hit.marks) == sorted(hit.marks)
        names.append(str(article.id))
    return names


class TestWords:
    def test_all_words_must_be_there(self, library: Library) -> None:
        assert {"ship", "ferry"} == set(found(library, Query(words="ferry Kelmar")))
        assert ["ferry"] == found(library, Query(words="ferry insurers"))
        assert [] == found(library, Query(words="ferry crowns"))

    @pytest.mark.parametrize("words", ["insurer", "INSURERS", "Insurers", "ínsurers"])
    def test_case_accents_and_the_plural_make_no_difference(self, library: Library, words: str) -> None:
        assert ["ferry"] == found(library, Query(words=words))

    def test_words_in_quotation_marks_stand_together(self, library: Library) -> None:
        assert ["ship"] == found(library, Query(words='"ran aground" kelmar'))
        assert [] == found(library, Query(words='"aground ran"'))

    def test_the_words_found_are_marked(self, library: Library) -> None:
        (hit,) = library.search(Query(words="insurers sandbank"))
        assert ["sandbank", "insurers"] == [FERRY[a:b] for a, b in hit.marks]
        assert "sandbank" in hit.passage

    def test_operators_of_the_database_are_words(self, library: Library) -> None:
        for words in ("NEAR(ferry", "ferry* OR dam", "' & !ferry", 'title: "', "a:b:c", "-ferry ^dam", "%"):
            try:
                library.search(Query(words=words))
            except InputError as error:
                assert "no word" in str(error)  # noqa: PT017

    def test_nothing_asked_gives_the_latest(self, library: Library) -> None:
        assert ["dam", "ferry", "ship"] == found(library, Query())

    def test_answers_go_on_where_they_stopped(self, library: Library) -> None:
        first = library.search(Query(words="said", limit=2))
        rest = library.search(Query(words="said", limit=2, after=first[-1].next))
        assert 3 == len({h.article.id for h in (*first, *rest)})
        assert [] == library.search(Query(words="said", limit=2, after=rest[-1].next))

    def test_only_the_last_version_is_searched(self, library: Library) -> None:
        library.add([page(DAM.replace("Pal Rist", "Ulla Brand"), "dam", outlet="Orrin Times", published="2025-06-11")])
        assert [] == found(library, Query(words="Rist"))
        assert ["dam"] == found(library, Query(words="Brand"))


class TestQuotes:
    @pytest.mark.parametrize("quote", ['"We heard a long scraping noise,"', "we heard a long scraping noise", "‘We heard a LONG scraping—noise’"])
    def test_typography_and_case_make_no_difference(self, library: Library, quote: str) -> None:
        assert ["ship"] == found(library, Query(quote=quote))

    @pytest.mark.parametrize("quote", ["we heard long scraping noise", "we heard a long scraping noises", "noise scraping long"])
    def test_other_words_do(self, library: Library, quote: str) -> None:
        assert [] == found(library, Query(quote=quote))

    def test_the_quote_is_marked_whole(self, library: Library) -> None:
        (hit,) = library.search(Query(quote="a long scraping noise"))
        assert ["a long scraping noise"] == [SHIP[a:b] for a, b in hit.marks]

    def test_a_quote_is_found_far_into_a_long_text(self, library: Library) -> None:
        filler = "the harbour of the town of the coast " * 3000
        library.add([page(f"{filler}\nNobody counted the green lanterns.\n", "long")])
        assert ["long"] == found(library, Query(quote="counted the green lanterns"))
        assert [] == found(library, Query(quote="counted green the lanterns"))


class TestNumbers:
    @pytest.mark.parametrize("number", ["918 million", "$918 million", "918,000,000", "918,000,000 dollars", "$0.918 billion"])
    def test_a_number_is_found_however_it_is_written(self, library: Library, number: str) -> None:
        assert "ferry" in found(library, Query(number=number))

    def test_an_interval_that_holds_it_is_found_after_the_number_itself(self, library: Library) -> None:
        assert ["ferry", "dam"] == found(library, Query(number="918 million"))

    def test_a_number_with_a_unit_is_of_that_unit(self, library: Library) -> None:
        assert ["ferry"] == found(library, Query(number="$918 million"))

    def test_a_hedge_widens_what_is_found(self, library: Library) -> None:
        assert ["ship"] == found(library, Query(number="31 people"))
        assert [] == found(library, Query(number="55 people"))

    def test_the_number_found_is_marked(self, library: Library) -> None:
        hit = library.search(Query(number="$918 million"))[0]
        assert ["$918 million"] == [FERRY[a:b] for a, b in hit.marks]

    def test_words_without_a_number_are_refused(self, library: Library) -> None:
        with pytest.raises(InputError, match="holds no number"):
            library.search(Query(number="many"))


class TestMeaning:
    def test_what_is_meant_is_found_in_other_words(self, library: Library) -> None:
        assert "dam" == found(library, Query(meaning="water reservoir budget overrun"))[0]
        assert "dam" == found(library, Query(meaning="vessels stuck at sea"))[-1]

    def test_the_nearest_sentence_is_shown(self, library: Library) -> None:
        hit = library.search(Query(meaning="cost of damage to the company", outlet="Coast Daily"))[0]
        assert "$918 million" in hit.passage

    def test_what_is_added_later_is_found_too(self, library: Library) -> None:
        library.search(Query(meaning="ships"))
        library.add([page("Violin wins prize\n\nA violin concerto by Ana Bell won the prize for new music on Monday, the jury said.\n", "music")])
        assert "music" == found(library, Query(meaning="orchestra composer award"))[0]

    def test_an_article_that_changed_is_found_by_what_it_means_now(self, library: Library) -> None:
        asked = Query(meaning="vessels stuck at sea")
        assert "dam" == found(library, asked)[-1]
        library.add([page("Vessels stuck at sea\n\nThree vessels are stuck at sea off Orrin, the ministry said.\n", "dam", outlet="Orrin Times")])
        assert "dam" == found(library, asked)[0]
        with open_library(library.place) if "://" not in library.place else contextlib.nullcontext(library) as again:
            assert [h.score for h in library.search(asked)] == pytest.approx([h.score for h in again.search(asked)], abs=1e-6)

    def test_words_of_no_known_meaning_are_refused(self, library: Library) -> None:
        with pytest.raises(InputError, match="meaning"):
            library.search(Query(meaning="и"))


class TestFilters:
    def test_each_filter_leaves_out_what_it_does_not_hold(self, library: Library) -> None:
        assert ["ferry"] == found(library, Query(outlet="Coast Daily"))
        assert ["dam"] == found(library, Query(since="2025-06"))
        assert ["ferry", "ship"] == found(library, Query(until="2025-05"))
        assert ["ferry"] == found(library, Query(since="2025-05-04", until="2025-05-04"))
        assert ["ship"] == found(library, Query(agency="Associated Press"))

    def test_filters_hold_for_every_kind_of_query(self, library: Library) -> None:
        assert ["ship"] == found(library, Query(words="coast guard", outlet="The Kelmar Post"))
        assert ["dam"] == found(library, Query(number="918 million", since="2025-06-01"))
        assert ["dam"] == found(library, Query(meaning="ferry aground", since="2025-06-01"))
        assert ["ferry"] == found(library, Query(words="said", number="918 million", until="2025-05-31"))

    def test_a_story_is_a_filter(self, library: Library) -> None:
        library.regroup()
        story = library.articles(outlet="Orrin Times")[0].story
        assert ["dam"] == found(library, Query(words="said", story=story))

    def test_an_article_without_a_date_is_on_no_day(self, library: Library) -> None:
        library.add([page("A plain note\n\nThe council met and said nothing about the lighthouse.\n", "undated")])
        assert ["undated"] == found(library, Query(words="lighthouse"))
        assert [] == found(library, Query(words="lighthouse", until="2030"))

    @pytest.mark.parametrize("day", ["yesterday", "2025-5-1", "12.05.2025"])
    def test_what_is_no_day_is_refused(self, library: Library, day: str) -> None:
        with pytest.raises(InputError, match="is no day"):
            library.search(Query(since=day))
