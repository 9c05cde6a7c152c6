"""Sums of money in two currencies against the rates that the user gives."""

from __future__ import annotations

from whence.annotate.quantities import find_quantities
from whence.annotate.sentences import split
from whence.compare.arithmetic import sums
from whence.types import Annotated, Arithmetic, Article, Fact, Marks, Rate

TEXT = "The group will pay 3.4 billion ringgit ($790 million) for the airline."


def report(text: str, published: str | None) -> Annotated:
    sentences = split(text)
    article = Article(path="r1", text=text, published=Fact(value=published, basis="given") if published else None)
    return Annotated(id="r1", article=article, marks=Marks(sentences=sentences, own="p1", quantities=find_quantities(text, sentences, "r1")))


def rate(source: str, target: str, value: float, date: str | None = None, line: int = 2) -> Rate:
    return Rate(from_=source, to=target, rate=value, date=date, place=f"r.csv, line {line}")


def converted(*given: Rate, text: str = TEXT, published: str | None = None) -> list[Arithmetic]:
    return [a for a in sums([report(text, published)], [], given=given) if "at the rate given" in a.reading]


class TestExchange:
    def test_without_a_table_nothing_is_converted(self) -> None:
        assert [] == converted()

    def test_the_rate_and_its_place_are_shown(self) -> None:
        (a,) = converted(rate("USD", "MYR", 4.3, "2025-05-12"))
        assert "MYR into USD at the rate given: 1 USD = 4.3 MYR on 2025-05-12 (r.csv, line 2)" == a.reading
        assert "consistent" == a.verdict
        assert a.low is not None
        assert abs(a.low - 3.35e9 / 4.3) < 1

    def test_a_sum_that_the_rate_does_not_make_is_inconsistent(self) -> None:
        assert ["inconsistent"] == [a.verdict for a in converted(rate("MYR", "USD", 0.5))]

    def test_two_lines_with_a_currency_in_common_make_a_rate(self) -> None:
        (a,) = converted(rate("EUR", "USD", 1.1), rate("EUR", "MYR", 4.73, line=3))
        assert "1 EUR = 4.73 MYR (r.csv, line 3); 1 EUR = 1.1 USD (r.csv, line 2)" in a.reading
        assert "consistent" == a.verdict

    def test_the_last_day_no_later_than_the_report_counts(self) -> None:
        days = [rate("USD", "MYR", 9.0, "2025-06-01", 2), rate("USD", "MYR", 4.3, "2025-05-10", 3), rate("USD", "MYR", 8.0, "2025-01-01", 4)]
        (a,) = converted(*days, published="2025-05-12")
        assert "line 3" in a.reading
