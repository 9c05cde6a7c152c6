"""Cleaning: a page to a readable text with what is known about it, its furniture marked and nothing taken away."""

from .article import clean

__all__ = ["clean"]
