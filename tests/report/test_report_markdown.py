"""Markdown that a reader of Markdown reads as it was meant, whatever a report says."""

from __future__ import annotations

import made_stories
import pytest
from lxml import html
from markdown_it import MarkdownIt

from whence.report import to_markdown
from whence.report.naming import CLOSING
from whence.report.plain import one_line


def rendered(name: str) -> html.HtmlElement:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    return html.document_fromstring(reader.render(to_markdown(made_stories.ALL[name]())))


@pytest.mark.parametrize("name", list(made_stories.ALL))
class TestEveryStory:
    def test_nothing_a_report_says_becomes_markup(self, name: str) -> None:
        tags = {e.tag for e in rendered(name).iter() if isinstance(e.tag, str)}
        assert tags <= {"html", "body", "h1", "h2", "h3", "p", "em", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br"}

    def test_every_line_of_a_table_has_as_many_cells_as_its_head(self, name: str) -> None:
        for table in rendered(name).xpath("//table"):
            assert 1 == len({len(row.xpath("./th|./td")) for row in table.xpath(".//tr")})

    def test_the_line_comes_out_as_it_went_in(self, name: str) -> None:
        story = made_stories.ALL[name]()
        assert one_line(story.summary) == "".join(rendered(name).xpath("//h1")[0].itertext())

    def test_the_last_line_says_what_this_is_not(self, name: str) -> None:
        assert to_markdown(made_stories.ALL[name]()).endswith(f"*{CLOSING}*\n")


class TestParts:
    def test_a_column_a_report(self) -> None:
        head = [c.text for c in rendered("two").xpath("//h2[text()='Side by side']/following-sibling::table[1]//th")]
        assert ["question", "The Coast Post", "Inland Times", "relation", "origins"] == head

    def test_more_reports_than_columns_are_listed(self) -> None:
        assert "How many people died?" in [h.text for h in rendered("many").xpath("//h3")]

    def test_words_that_differ_are_strong(self) -> None:
        assert "**Are** we **going to** cope?" in to_markdown(made_stories.two_reports())

    def test_addresses_are_not_made_links(self) -> None:
        story = made_stories.story([made_stories.report("r1", "t", "https://example.org www.example.org")], [])
        assert "https&#58;//example.org www&#46;example.org" in to_markdown(story)
