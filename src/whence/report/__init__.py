"""The story as something to read: one line, terminal, HTML, Markdown."""

from __future__ import annotations

from .markdown import to_markdown
from .page import to_html
from .summary import summary_line
from .terminal import to_terminal

__all__ = ["summary_line", "to_html", "to_markdown", "to_terminal"]
