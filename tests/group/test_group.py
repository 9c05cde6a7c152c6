"""Which of the given reports tell one story."""

from __future__ import annotations

from whence.group import group
from whence.types import Annotated, Article, Fact, Marks

BRIDGE = "Engineers found cracks in the third pier of the Kallio bridge in Orra, and the town closed it to lorries on Monday."
AGAIN = "Lorries were kept off the Kallio bridge in Orra from Monday after cracks were found in its third pier by engineers."
PRIZE = "Violinist Hana Sato won the Meridian prize in Lisbon with a concerto that nobody had performed before."


def related(*texts: str) -> list[bool]:
    return [r.related for r in group([Annotated(id=f"r{i}", article=Article(path=f"{i}.txt", text=t), marks=_NONE) for i, t in enumerate(texts, 1)])]


_NONE = Marks()


class TestGroup:
    def test_reports_of_one_happening_are_related(self) -> None:
        assert [True, True] == related(BRIDGE, AGAIN)

    def test_a_report_of_another_is_not(self) -> None:
        assert [True, False, True] == related(BRIDGE, PRIZE, AGAIN)

    def test_their_order_changes_nothing(self) -> None:
        assert [False, True, True] == related(PRIZE, AGAIN, BRIDGE)

    def test_a_report_that_cannot_be_read_is_not_the_story(self) -> None:
        strange = Annotated(id="r1", article=Article(path="1.txt", text="المسؤول قال", language=Fact(value="ar", basis="letters")), marks=_NONE)
        plain = Annotated(id="r2", article=Article(path="2.txt", text=BRIDGE, language=Fact(value="en", basis="common-words")), marks=_NONE)
        assert [False, True] == [r.related for r in group([strange, plain])]

    def test_one_report_alone_is_related(self) -> None:
        assert [True] == related(PRIZE)

    def test_no_report_is_no_error(self) -> None:
        assert [] == related()
