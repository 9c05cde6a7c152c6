"""Marks on one article: sentences, attributions with their chains, parties, quantities, dates, credits."""

from __future__ import annotations

from .articles import annotate, annotate_batch
from .dates_story import date_by_story

__all__ = ["annotate", "annotate_batch", "date_by_story"]
