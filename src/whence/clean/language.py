"""What language a text is in: English and its like by their commonest words, other scripts and tongues by a model of letters."""

from __future__ import annotations

import functools
from typing import Any

from .. import expressions as re
from ..types import Fact

__all__ = ["language_of"]

# Words of English that are common in it and in none of the other languages.
_ENGLISH = frozenset(
    (
        *("the", "and", "that", "with", "from", "has", "have", "had", "were", "are", "been", "will", "would", "said"),
        *("its", "his", "who", "they", "this", "which", "after", "about", "their", "but", "not"),
    )
)
_CANDIDATES = ["en", "fr", "de", "es", "pt", "it", "nl", "ru", "uk", "ar", "fa", "he", "tr", "zh", "ja", "ko", "hi", "pl", "sv", "el"]
_SAMPLE = 4_000  # characters
_FEWEST_WORDS = 12
_ENGLISH_SHARE = 0.07  # in English reports 0.09 to 0.3; in other languages below 0.02
_SURE = 0.95
_LATIN_WORD = re.compile(r"[a-z]+")
_NOT_SPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def language_of(text: str) -> Fact | None:
    """The language as ISO 639-1 where the text is long enough to tell, else None."""
    sample = text[:_SAMPLE]
    words = sample.lower().split()
    if len(words) < _FEWEST_WORDS and len(_NOT_SPACED.findall(sample)) < 2 * _FEWEST_WORDS:
        return None
    latin = _LATIN_WORD.findall(sample.lower())
    common = sum(word in _ENGLISH for word in latin)
    if latin and common >= _ENGLISH_SHARE * len(words):
        return Fact(value="en", basis="common-words")
    language, sure = _model().classify(sample)
    return Fact(value=str(language), basis="letters") if float(sure) >= _SURE else None


@functools.cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_CANDIDATES)
    return model
