"""How given cells stand to each other, without alignment: what each test of a relation takes for its own and what it leaves."""

from __future__ import annotations

import pytest

from whence.compare.relation import relate
from whence.pipeline import marked
from whence.types import Annotated, Article, Cell, Fact

Told = tuple[str, str]
"""A report's text and the words of it that are the cell; a tilde before them makes the cell doubtful."""


def relation(*told: Told, sure: float = 1.0) -> str:
    """The relation of one cell a report; each report is told by an outlet of its own."""
    reports, cells = {}, []
    for i, (text, words) in enumerate(told, 1):
        reports[f"r{i}"] = report = reported(text, f"r{i}")
        start = text.index(words.removeprefix("~"))
        end = start + len(words.removeprefix("~"))
        said = [a for a in report.marks.attributions if any(c.start < end and start < c.end for c in a.content)]
        names = {p.id: p.name for p in report.marks.parties}  # whose ids are each report's own
        chain = tuple(names.get(p, p) for p in (said[0].chain if said else (report.marks.own or "",)))
        cells.append(
            Cell(report=f"r{i}", start=start, end=end, text=text[start:end], chain=chain, basis="unattributed", doubtful=words.startswith("~"))
        )
    return relate(cells, reports, sure)[0]


def reported(text: str, name: str) -> Annotated:
    return marked(
        Article(path=f"{name}.txt", text=text, outlet=Fact(value=f"The {name} Post", basis="given"), language=Fact(value="en", basis="given")), name
    )


def whole(text: str) -> Told:
    """The text is the cell."""
    return text, text


FIGURES = [
    ("conflicting", "The pump spilled 1,400 litres of diesel.", "The pump spilled 1,400 gallons of diesel."),
    ("conflicting", "The dam holds 36 million tonnes.", "The dam holds 36 thousand tonnes."),
    ("evolving", "Nine people died in the Orra tunnel.", "The number of dead in the Orra tunnel has risen to 12."),
    ("same", "The port shipped 764,000 tons last year.", "The port shipped 764,000 tonnes last year."),
    ("evolving", "Six people were killed at the Orra dam.", "The clinic in Orra received seven bodies."),
    ("evolving", "About 900 people were told to leave Orra.", "The order to leave Orra takes in 1,400 people."),
    ("same", "Nine people died at the crossing in 2011.", "At the crossing in 2018 two people died."),
    ("converted", "The lake lies 1.9 metres above the mark.", "The lake lies more than 6 feet above the mark."),
    ("same", "Ilya Renn worked there for 187 days.", "Ilya Renn worked there for over five months."),
    ("more-specific", "The mast stood 40 kilometres from Orra.", "The mast stood far from Orra."),
    ("more-specific", "The slide on the Orra road buried nine lorries.", "The slide on the Orra road buried several lorries."),
]
TIMES = [
    ("conflicting", "The bridge was opened on 4 March.", "The bridge was opened on March 11."),
    ("conflicting", "The divers were released on Sunday evening.", "The divers were released on Monday."),
    ("same", "The divers were released on Sunday, an aide said.", "The divers were released, an aide said on Monday."),
    ("same", "The bridge is closed since Sunday.", "The bridge is closed until Monday."),
    ("conflicting", "The bridge is closed until Sunday.", "The bridge is closed until Monday."),
    ("conflicting", "The sample was taken on 20 April.", "The sample was taken on April 12, and not on April 20."),
    ("differs", "The divers were released on Sunday night.", "The divers were released on Monday morning."),
    ("evolving", "On Monday 9 people were found dead in Orra.", "On Tuesday 14 people were found dead in Orra."),
    ("evolving", "The river stood at 7.4 metres on Sunday.", "The river stood at 5.6 metres on Thursday."),
    ("conflicting", "The ferry, 40 metres long, sank on Sunday.", "The ferry, 40 metres long, sank on Thursday."),
    ("more-specific", "The pier was rebuilt in 1998 after a storm.", "The pier was rebuilt in the nineties after a storm."),
    ("more-specific", "The trial resumes on May 17.", "The trial resumes in about two months."),
    ("more-specific", "The bridge was opened on 4 March.", "The bridge was opened in the spring."),
    ("same", "The bridge was opened on 4 March.", "The bridge was opened on March 4."),
]
QUOTES = [
    ("quote-wording", "“We have gone back to paper and pens,” said Ana Ruiz.", "“We have returned to paper and to pens,” said Ana Ruiz."),
    ("same", "“We hear the pump ... at night,” Ana Ruiz said.", "“We hear the pump...at night,” Ana Ruiz said."),
    (
        "quote-wording",
        "“My only thought is for the crew,” Ana Ruiz said.",
        "“My only thought is for the crew. All names follow tomorrow,” Ana Ruiz said.",
    ),
    ("quote-wording", "“We never paid for one bolt of theirs,” Ana Ruiz said.", "“Not a single screw came out of our purse,” Ana Ruiz said."),
    ("differs", "“We never paid for one bolt of theirs,” Ana Ruiz said.", "“Not a single screw came out of our purse,” Petra Lund said."),
    ("same", 'Officers seized 94 grams of "K2" or incense in Orra.', 'They spoke of "K2", a drug. Officers seized 94 grams of incense in Orra.'),
]


class TestWhatHolds:
    @pytest.mark.parametrize(("expected", "left", "right"), FIGURES)
    def test_figures(self, expected: str, left: str, right: str) -> None:
        assert expected == relation(whole(left), whole(right))

    @pytest.mark.parametrize(("expected", "left", "right"), TIMES)
    def test_times(self, expected: str, left: str, right: str) -> None:
        assert expected == relation(whole(left), whole(right))

    def test_days_of_a_row_that_may_answer_two_questions_contradict_nothing(self) -> None:
        told = whole("The divers were released on Sunday evening."), whole("The divers were released on Monday.")
        assert ("conflicting", "same") == (relation(*told), relation(*told, sure=0.6))

    @pytest.mark.parametrize(("expected", "left", "right"), QUOTES)
    def test_quotations(self, expected: str, left: str, right: str) -> None:
        assert expected == relation(whole(left), whole(right))

    def test_a_quotation_is_known_though_its_marks_stand_outside_the_cell(self) -> None:
        left = ("“We have gone back to paper and pens,” said Ana Ruiz.", "gone back to paper and pens")
        right = ("“We have returned to paper and to pens,” said Ana Ruiz.", "returned to paper and to pens")
        assert "quote-wording" == relation(left, right)


class TestWhoSaysIt:
    def test_what_stands_beside_a_source_is_not_what_it_says(self) -> None:
        beside = "Ilya Renn, who fell ill two years ago, said that the harbour office had forgotten him."
        assert "attribution-dropped" != relation(whole("Ilya Renn fell ill two years ago."), (beside, beside[:-1]))

    def test_a_source_in_the_sentence_that_the_cell_cuts_off_is_its_source(self) -> None:
        full = "The ferry Santa Rita sank twice in her first year, harbour records show."
        assert "attribution-dropped" == relation(
            (full, "The ferry Santa Rita sank twice"), whole("The ferry Santa Rita sank twice in her first year.")
        )

    def test_who_does_something_is_no_source_of_it(self) -> None:
        told = "“Three drones came from the west at the gates,” the minister, Ruslan Bek, told reporters."
        assert "attribution-dropped" == relation(whole(told), whole("Three drones attacked the gates from the west."))

    def test_who_opposes_something_has_not_said_what_it_cost(self) -> None:
        opposed = "The town council opposed the new bridge over the Orra, which cost six million euros."
        left = opposed, "the new bridge over the Orra, which cost six million euros"
        assert reported(opposed, "r1").marks.attributions
        assert "attribution-dropped" != relation(left, whole("The new bridge over the Orra cost six million euros."))

    def test_hearsay_names_nobody(self) -> None:
        told = "Police said the young man is believed to have sold the drug in Orra."
        assert "attribution-dropped" == relation(whole(told), whole("The young man was believed to have sold the drug in Orra."))

    def test_a_source_is_named_though_not_by_all_its_words(self) -> None:
        left = "The firm has 4.7 per cent of the market, according to the National Bank's bulletin for April."
        right = "National Bank figures put the firm at 4.7 per cent of the market."
        assert "same" == relation((left, "The firm has 4.7 per cent of the market"), whole(right))

    def test_a_hedge_of_another_figure_is_no_hedge_of_this_one(self) -> None:
        left = "Orra had 118,300 inhabitants in the census, and nearly one in eight of them ran."
        right = "Orra had 118,300 inhabitants in the census."
        assert "same" == relation(whole(left), whole(right))

    def test_two_ways_to_say_that_it_is_not_yet_certain_are_no_change(self) -> None:
        left, right = "The sale is expected to close in June.", "The close of the sale is pencilled in for June."
        assert "same" == relation(whole(left), whole(right))

    def test_the_month_of_may_is_no_hedge(self) -> None:
        assert "same" == relation(whole("The hearing was put off until May 17."), whole("The hearing was put off until 17 May."))


class TestWhichCells:
    def test_a_doubtful_cell_takes_part_where_it_counts_the_same(self) -> None:
        told = [whole("Nine people died in the Orra tunnel."), whole("Nine people died in the tunnel at Orra.")]
        more = "Two days on, the number of dead in the tunnel is 12."
        assert "same" == relation(*told)
        assert "evolving" == relation(*told, (more, "~" + more))

    def test_a_doubtful_cell_takes_part_where_its_figure_has_slipped(self) -> None:
        told = [whole("The scheme has cost Rs 46.5 crore since 2016."), whole("The scheme of 2016 has built 83 bridges.")]
        slip = "So far the programme has cost Rs 46.5 million."
        assert "conflicting" == relation(*told, (slip, "~" + slip))

    def test_a_doubtful_cell_of_other_things_takes_no_part(self) -> None:
        told = [whole("Nine people died in the Orra tunnel."), whole("Nine people died in the tunnel at Orra.")]
        other = "The tunnel is 12 kilometres long and never had a second exit."
        assert "same" == relation(*told, (other, "~" + other))

    def test_cells_with_no_word_in_common_differ_where_they_surely_answer_one_question(self) -> None:
        told = whole("A cook left the stove on."), whole("Lightning struck the roof.")
        assert "differs" == relation(*told)
        assert "same" == relation(*told, sure=0.5)

    def test_one_cell_alone_is_only_in_its_report(self) -> None:
        assert "only-in" == relation(whole("Nine people died in the Orra tunnel."))
