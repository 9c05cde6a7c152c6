"""Names as they stand in a text: the fullest form of every surname, and the phrase that a sentence begins with."""

from __future__ import annotations

from collections.abc import Mapping

from .. import expressions as re
from ..text import fold
from .credits import after_dateline
from .cues import word_set
from .mentions import Mention, strip_titles, words_of

__all__ = ["leading", "surely", "surnames"]

_RUN = re.compile(
    r"(?<![^\W_])(?:[A-Z]\.\s?|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Prof|Rev|Adm|Brig|Insp)\.\s|[^\W\d_a-zß-öø-ÿ][\w’'\-]*[ \u00a0])"
    r"(?:(?:[A-Z]\.\s?|(?:al|el|bin|ibn|ben|abu|de|del|da|dos|di|van|von|der|la|le)[\s\-])*(?:[^\W\d_a-zß-öø-ÿ][\w\-]*(?:[’'][^\Ws_][\w\-]*)*)[ ]?){1,5}"
)
_INTRO = re.compile(r"(?:On|In|At|After|Before|By|During|Late|Early|Last|Meanwhile|However)\b[^,.“\"]{0,90},\s+")
_CAPITAL = re.compile(r"\s+[A-Z]")
_DESCRIBED = re.compile(r", (?:an? |the |\d\d,|who\b)")
_GOVERNED = re.compile(r"\b(?:with|to|by|of|for|from|in|at|the)\s$")
_FULL = re.compile(r"(?<![^\W_])[A-Z][\w’\-]+(?:\s[A-Z][\w’\-]+)+")
_WORDS = re.compile(r"\S+")
_CLOSED = word_set("closed")


def surnames(text: str) -> dict[str, tuple[int, str]]:
    """The fullest name in the text for every surname, with where it first stands."""
    w = words_of()
    out: dict[str, tuple[int, str]] = {}
    for m in _RUN.finditer(text):
        parts = [p for p in m.group().split() if p]
        if len(parts) < 2 or parts[-1].lower().rstrip(".") in w.body_nouns:
            continue
        while parts and parts[0].lower().strip("’'") in _CLOSED:
            parts = parts[1:]
        if len(parts) < 2:
            continue
        _titles, name = strip_titles(parts, w)
        full = " ".join(name)
        if not 2 <= len(name) <= 5 or full in w.known or full in w.places:
            continue
        for key in {fold(name[-1]), fold(" ".join(name[-2:]))}:
            if key not in out or (len(full) > len(out[key][1]) and fold(out[key][1]) in fold(full)):
                out[key] = (out[key][0] if key in out else m.start(), full)
    return out


def leading(text: str, start: int, end: int, known: Mapping[str, tuple[int, str]]) -> str:
    """The phrase that a sentence begins with: capitalised words and the nouns of roles and bodies among them."""
    w = words_of()
    out: list[str] = []
    solid = 0
    start = after_dateline(text, (start, end))[0]
    intro = _INTRO.match(text, start, end)
    for m in _WORDS.finditer(text, intro.end() if intro else start, min(end, start + 160)):
        word = m.group()
        low = word.lower()
        if (not out and low in _CLOSED and low not in ("the", "a", "an", "mr", "mrs", "ms", "his", "her", "one", "two", "three")) or word[
            0
        ] in "\"“‘'«":
            break
        if word[0].isupper() or low in w.one or low in w.several or low in w.bodies or low in w.public:
            out.append(word)
            solid = len(out)
        elif (
            out and len(out) < 4 and word.isalpha() and low not in _CLOSED and not low.endswith(("ed", "ing", "s")) and _CAPITAL.match(text, m.end())
        ) or (out and low in ("of", "for", "the", "al", "bin", "de", "van", "von", "senior", "chief")):
            out.append(word)
        else:
            break
        if word[-1] in ",.;:":
            break
    phrase = " ".join(out[:solid]).rstrip(",.;:")
    if not phrase or phrase.lower() in ("the", "a", "an", "his", "her"):
        first = _WORDS.match(text, start)
        if first is not None and first.group().lower() in _CLOSED:
            start = first.end()
        full = _FULL.search(text, start, min(end, start + 90))
        apart = full is not None and not _GOVERNED.search(text[start : full.start()])
        return full.group().strip() if full and apart and fold(full.group().split()[-1]) in known else ""
    return phrase


def surely(text: str, m: Mention, phrase: str, at: int, known: Mapping[str, tuple[int, str]]) -> bool:
    """True where a name at a sentence's head is a person's: in full, with a title, known, or with an apposition."""
    if len(m.name.split()) > 1 or m.heads or fold(m.name) in known or phrase.split()[0].lower().rstrip(".") in words_of().titles:
        return True
    rest = text[text.find(phrase, at) + len(phrase) :][:12]
    return bool(_DESCRIBED.match(rest))
