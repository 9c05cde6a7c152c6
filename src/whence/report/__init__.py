"""The story as something to read: one line, terminal, HTML, Markdown; and the views that pages are made of."""

from __future__ import annotations

from .census import census_picture, census_table
from .figures import figures_of, sums_of
from .lineage import Lineage, Node, Tie, lineage_of, whole_lineage_of
from .markdown import to_markdown
from .marking import Paragraph
from .naming import Cast, and_list, cast_of, interval, origins_text, party_name, plural, unchecked_of, weakest_text, witnesses_text
from .page import to_html
from .picture import phone_picture_of, picture_of
from .plain import clip, one_line
from .reading import leaning, reading_of
from .rows import Answer, Row, alike, reports_in_order, rows_of, solitary_of
from .sheets import Sheet, sheet_of, web_address
from .summary import differences_apart, lead_claim, origin_chains, summary_line
from .terminal import to_terminal
from .timeline import Moment, timeline_of
from .views import closing, lineage_values, other_values, rows_values

__all__ = [
    "Answer", "Cast", "Lineage", "Moment", "Node", "Paragraph", "Row", "Sheet", "Tie", "alike", "and_list", "cast_of", "census_picture",
    "census_table", "clip", "closing", "differences_apart", "figures_of", "interval", "lead_claim", "leaning", "lineage_of", "lineage_values",
    "one_line", "origin_chains", "origins_text", "other_values", "party_name", "phone_picture_of", "picture_of", "plural", "reading_of",
    "reports_in_order", "rows_of", "rows_values", "sheet_of", "solitary_of", "summary_line", "sums_of", "timeline_of", "to_html", "to_markdown",
    "to_terminal", "unchecked_of", "weakest_text", "web_address", "whole_lineage_of", "witnesses_text",
]  # fmt: skip
