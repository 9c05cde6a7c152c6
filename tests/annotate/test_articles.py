"""Many articles at once have the marks that each has alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from whence import pipeline
from whence.annotate import annotate, annotate_batch
from whence.types import Annotation, Article, Fact, Page

ONE = "The bridge will close in May, two officials told the Harbour Courier. “It is rust,” one of them said."
OTHER = "Lena Orlov said that the mayor had told her to wait.\n\nShe did not wait, she said."


def article(text: str, number: int = 0) -> Article:
    return Article(path=f"{number}.txt", text=text, outlet=Fact(value="The Tarn Ledger", basis="given"))


class TestBatch:
    def test_two_articles_have_the_marks_they_have_alone(self) -> None:
        assert annotate_batch([(article(ONE), "r1"), (article(OTHER), "r2")]) == [annotate(article(ONE), "r1"), annotate(article(OTHER), "r2")]

    def test_an_empty_text_among_others_changes_nothing(self) -> None:
        assert annotate_batch([(article(""), "r1"), (article(ONE), "r2")])[1] == annotate(article(ONE), "r2")

    def test_none_give_none(self) -> None:
        assert annotate_batch([]) == []

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from([ONE, OTHER, "", "said", "\x00”“", "He said she said it. " * 40]), max_size=4))
    def test_company_never_matters(self, texts: list[str]) -> None:
        articles = [(article(t, i), f"r{i}") for i, t in enumerate(texts)]
        assert [m.attributions for m in annotate_batch(articles)] == [annotate(a, r).attributions for a, r in articles]


class TestLanguage:
    def test_a_text_in_another_language_says_that_its_rules_are_not_here(self) -> None:
        text = "Министр заявил, что мост закроют в мае. По его словам, ремонт займёт два года, и жители района об этом уже знают. " * 3
        (found,) = pipeline.annotate_pages([Page(path="most.txt", text=text, media="text")], [])
        assert isinstance(found, Annotation)
        assert "language" in [n.check for n in found.not_checked]

    def test_an_english_text_does_not(self) -> None:
        (found,) = pipeline.annotate_pages([Page(path="bridge.txt", text=f"{ONE} {OTHER} " * 3, media="text")], [])
        assert isinstance(found, Annotation)
        assert "language" not in [n.check for n in found.not_checked]
