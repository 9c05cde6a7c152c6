"""The story as something to read: one line, terminal, HTML, Markdown."""

from __future__ import annotations

from .census import census_picture, census_table
from .markdown import to_markdown
from .page import to_html
from .summary import summary_line
from .terminal import to_terminal

__all__ = ["census_picture", "census_table", "summary_line", "to_html", "to_markdown", "to_terminal"]
