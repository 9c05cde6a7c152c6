"""Noun phrases next to a cue, found without a parser: walk from the cue to the nearest word that cannot belong to the phrase."""

from __future__ import annotations

from bisect import bisect_left

from ..types import Region
from .cues import Cues, word_set
from .tokens import QUOTE, Line

__all__ = ["AUXILIARY", "BE", "Shape", "after", "antecedent", "before", "frames", "is_adverb", "region"]

BE = word_set("be")
AUXILIARY = word_set("auxiliary") | BE
_ADVERB = word_set("adverb")
_STOP = word_set("stop") | {QUOTE}
_BREAK = word_set("break")
_FINITE = word_set("finite")
_PRONOUN = word_set("pronoun")
_OBJECT_PRONOUN = frozenset({"it", "them", "him", "her", "this"})
_ARTICLE = frozenset({"a", "an", "the", "its", "his", "her", "their"})
_DONE = frozenset({"seen", "read", "got", "heard", "found", "shown", "written", "sent"})
_RELATIVE = word_set("relative")
_BEFOREHAND = frozenset({"earlier", "later", "recent", "recently"})
_TIME = word_set("time")
Shape = tuple[int, int]


def is_adverb(low: str) -> bool:
    """True for words that may stand between a subject and its verb."""
    return low in _ADVERB or (
        len(low) > 4
        and low.endswith("ly")
        and low not in ("family", "ally", "assembly", "italy", "weekly", "daily", "july", "anomaly", "monopoly", "july")
    )


def _untimed(line: Line, start: int, end: int, cues: Cues) -> int:
    """The end of a subject without the day or the pronoun that may follow it ("Lund on Monday", "the two themselves")."""
    while end - start > 1 and (
        line.low[end - 1] in cues.days | _SELF or (line.low[end - 1] in ("on", "late", "early", "last", "this") and end - start > 1)
    ):
        end -= 1
    return end


def _matching_comma(line: Line, comma: int, low: int) -> int | None:
    """The comma that opens the apposition which ``comma`` closes."""
    i = comma - 1
    while i > low:
        if line.low[i] == "," and comma - i > 1:
            return i
        if line.low[i] in (";", ":", QUOTE, ".", "—", "–"):
            return None
        i -= 1
    return None


def before(line: Line, verb: int, low: int, cues: Cues) -> tuple[Shape | None, int, str]:
    """The subject of a verb, the first token of the verb group, and how it was found ("np", "shared", "relative", "none")."""
    i = verb - 1
    while i >= low and (
        line.low[i] in AUXILIARY
        or is_adverb(line.low[i])
        or (line.low[i] in ("not", "n't", "to") and i > low and line.low[i - 1] in ("on", "went", "have", "had"))
        or (line.low[i] == "since" and i > low and line.low[i - 1] in ("has", "have", "had"))
    ):
        i -= 1
    group = i + 1
    if i < low:
        return None, group, "none"
    if line.low[i] in ("and", "but", "then", "or"):
        return None, group, "shared"
    if line.low[i] in _OBJECT_PRONOUN and (who := next((j for j in range(i - 1, max(low, i - 6), -1) if line.low[j] in _RELATIVE), None)) is not None:
        whole = _relative(line, who, low, cues)[0]  # "one of those who had read it complained"
        return None if whole is None else (whole[0], i + 1), group, "relative"
    if line.low[i] in _RELATIVE or line.low[i] == "that":
        return _relative(line, i, low, cues)[0], group, "relative"
    end = i + 1
    if line.low[i] == ")":
        j = i
        while j > low and line.low[j] != "(":
            j -= 1
        i = j - 1
    if (i >= low and line.low[i] == ",") or (i >= low and line.low[i] in ("—", "–", "--", "-")):
        mark = line.low[i]
        opened = _matching_comma(line, i, low) if mark == "," else next((j for j in range(i - 2, low, -1) if line.low[j] == mark), None)
        if opened is None or opened <= low or i - opened > 26:
            return None, group, "none"
        head = _left(line, _ageless(line, opened - 1, low), low, cues)
        if head is None:
            return None, group, "none"
        return (head, i + 1), group, "apposition"
    start = _left(line, i, low, cues)
    if start is None:
        return None, group, "none"
    if start - 2 > low and line.low[start - 1] in _BREAK and (who := _within_relative(line, start - 2, low)) is not None:
        head = _left(line, who - 1, low, cues)
        if head is not None:
            return (head, who), group, "np"
    end = _untimed(line, start, end, cues)
    if line.low[start] in _RELATIVE and start > low:
        return _relative(line, start, low, cues)[0], group, "relative"
    if start - 2 > low and line.low[start - 1] == "," and line.is_name(start - 2) and line.low[start] in _DESCRIBES:
        first = start - 2
        while first > low and (line.is_name(first - 1) or line.low[first - 1] in ("al", "bin", "de", "van", "von", "el")):
            first -= 1
        if first == low or line.low[first - 1] in _STOP:
            return (first, end), group, "np"
    return (start, end), group, "np"


def _ageless(line: Line, at: int, low: int) -> int:
    """The last token of a name, its bearer's age behind it left out ("Ana Cruz, 44")."""
    return at - 2 if at - 2 > low and line.low[at].isdigit() and line.low[at - 1] == "," else at


def _within_relative(line: Line, at: int, low: int) -> int | None:
    """The "who" of a clause that runs on to ``at`` ("a mechanic who worked there until December has alleged")."""
    who = next((j for j in range(at, max(low, at - 14), -1) if line.low[j] == "who" or line.low[j] in _STOP), None)
    return who if who is not None and line.low[who] == "who" and line.low[who - 1] not in _STOP else None


def _relative(line: Line, who: int, low: int, cues: Cues) -> tuple[Shape | None, int]:
    i = who - 1
    if i >= low and line.low[i] == ",":
        i = _ageless(line, i - 1, low)
    if i < low:
        return None, who
    start = _left(line, i, low, cues)
    if start is None:
        return None, who
    for j in range(i - 1, max(start, low + 1) - 1, -1):  # "had obtained | a memo, which": the object alone
        if line.low[j - 1] in AUXILIARY and (line.low[j].endswith("ed") or line.low[j] in _DONE) and line.low[j + 1] in _ARTICLE:
            return (j + 1, i + 1), who
    return (start, i + 1), who


def antecedent(line: Line, at: int, cues: Cues) -> Region | None:
    """Whom "who" at an offset of the paragraph means: the phrase before it; None where there is none."""
    who = bisect_left(line.start, at)
    first = max((lo for lo, _ in line.sentences if lo <= who), default=0)
    if who >= len(line.low) or (line.low[who] not in _RELATIVE and line.low[who] != "that"):
        return None
    shape = _relative(line, who, first, cues)[0]
    return None if shape is None else region(line, shape)


def _left(line: Line, at: int, low: int, cues: Cues) -> int | None:
    """The first token of the phrase that ends at ``at``; None where there is none."""
    i = at
    words = line.low
    if i < low or (words[i] in _STOP and words[i] not in ")]"):
        return None
    if words[i] in _PRONOUN:
        return i
    limit = max(low, at - 24)
    while i >= limit:
        w = words[i]
        if w in (")", "]"):
            while i > limit and words[i] not in "([":
                i -= 1
            i -= 1
            continue
        if w in _RELATIVE and i > limit and words[i - 1] in cues.prepositions:
            break
        if w in _RELATIVE and i > limit and words[i - 1] not in _STOP:
            i -= 1
            continue
        if w in _FINITE and i > limit and words[i - 1] in _RELATIVE:
            i -= 1
            continue
        if w in _STOP or w in _BREAK or (w in _FINITE and i < at and not (line.is_name(i - 1) and line.is_name(i + 1))):
            break
        if w == "and" and not _joint(line, i, limit):
            break
        i -= 1
    start = i + 1
    start = _strip(line, start, at, cues)
    return None if start > at else start


_LINKS = word_set("links")


def _joint(line: Line, at: int, low: int) -> bool:
    """True where "A and B" can be one subject: left of "and" stands a short phrase from the clause's start, without a verb."""
    i = at - 1
    names = 0
    while i >= low and line.low[i] not in _STOP and line.low[i] not in _BREAK:
        w = line.low[i]
        if w in _FINITE or w.endswith("ed") or at - i > 9:
            return False
        names += line.is_name(i) or w in _LINKS
        i -= 1
    n = at - 1 - i
    if names == n and n and line.is_name(at - 1) and at + 1 < len(line.low) and line.is_name(at + 1):
        return True
    if i >= low and line.low[i] == ",":
        return n <= 4
    return 0 < n <= 7 and (i < low or line.low[i] in _STOP)


def _strip(line: Line, start: int, at: int, cues: Cues) -> int:
    """The phrase without a time or place phrase before it ("On Thursday security sources")."""
    while start < at:
        w = line.low[start]
        if w in ("whose", "and", "but", "or", "so", "also", "meanwhile", "however", "then", "now", "still", "yet"):
            start += 1
        elif w in cues.days or (w in _TIME and line.low[start + 1] in cues.days | cues.months | {"week", "month", "year", "night", "morning"}):
            start += 1 if w in cues.days else 2
        elif w in (
            "on",
            "in",
            "at",
            "during",
            "after",
            "before",
            "by",
            "for",
            "from",
            "with",
            "amid",
            "among",
            "under",
            "despite",
            "following",
            "to",
            "inside",
            "outside",
        ):
            n = _phrase_end(line, start, at + 1, cues)
            if n is None or n > at:
                n = start + 1
            start = n
        else:
            break
    return start


def _plain(low: str) -> str:
    return low[:-2] if low.endswith(("'s", "’s")) else low


def _phrase_end(line: Line, at: int, high: int, cues: Cues) -> int | None:
    """Where a preposition's phrase ends; None where it has no known end."""
    i = at + 1
    while i < min(high, at + 9):
        w = _plain(line.low[i])
        if w in _STOP or w == "that":
            return i
        if w in _BEFOREHAND and line.low[i - 1] in _ARTICLE:  # "an earlier dispatch"
            i += 1
            continue
        settled = w in cues.occasions or w in cues.days or w in cues.months or w[0].isdigit() or (line.is_name(i) and w not in ("i",)) or w in _HERE
        if settled:
            nxt = line.low[i + 1] if i + 1 < high else "."
            if not (
                line.low[i] != w
                or nxt in cues.occasions
                or nxt in cues.days
                or nxt in cues.months
                or nxt[0].isdigit()
                or nxt in ("of", "'s", "’s", "and", "&", "ago")
                or (i + 1 < high and line.is_name(i + 1))
            ):
                return i + 1
        i += 1
    return i if i >= high else None


_HERE = word_set("here")
_ISSUED = word_set("issued")
_SELF = word_set("self")
_EVENT = word_set("event")


def frames(line: Line, at: int, high: int, cues: Cues, *, to: bool = False) -> int:
    """The first token after the time, place and occasion that may follow a cue ("on Monday", "in a statement to Reuters")."""
    i = at
    while i < high:
        w = line.low[i]
        if (
            w in cues.days
            or is_adverb(w)
            or (
                w in ("last", "this", "earlier", "late", "early")
                and i + 1 < high
                and line.low[i + 1] in cues.occasions | cues.days | cues.months | {"in", "this", "on", "last"}
            )
        ):
            i += 2 if w in ("last", "this") else 1
        elif (w in _ISSUED and i > at and i + 1 < high and (line.low[i + 1] in cues.days or line.low[i + 1] in cues.prepositions)) or (
            w in cues.occasions and i > at and line.low[i - 1] in cues.days
        ):
            i += 1
        elif w == "(":
            j = i
            while j < high and line.low[j] != ")":
                j += 1
            i = min(high, j + 1)
        elif w in cues.prepositions and w not in ("when", "while", "as", "of", "about", "since") and not (w == "to" and i == at and not to):
            end = _phrase_end(line, i, high, cues)
            if end is None:
                return i
            if w in _EVENT and line.is_name(end - 1) and line.low[end - 1] not in cues.days | cues.months | cues.occasions:
                return i
            i = end
        else:
            return i
    return i


def after(line: Line, at: int, high: int, cues: Cues) -> Shape | None:
    """The phrase that begins at ``at``, with the apposition that follows it where one does ("said Ana Cruz, the head of …")."""
    i = at
    words = line.low
    if i >= high or words[i] in _STOP:
        return None
    if words[i] in _PRONOUN:
        return i, i + 1
    while i < high:
        w = words[i]
        if w == "(":
            while i < high and words[i] != ")":
                i += 1
            i += 1
            continue
        if w in _STOP or (w in _BREAK and w not in ("it",)) or w in _FINITE or w in ("who", "which", "whose"):
            break
        if w == "to" and i > at and words[i - 1] not in _TOWARDS:
            break
        if (
            w in ("the", "a", "an", "its", "their")
            and i > at
            and words[i - 1] not in cues.prepositions
            and words[i - 1] not in _LINKS
            and words[i - 1] not in ("both", "all")
        ):
            break
        if i > at and (
            (w in cues.days and (i + 1 >= high or words[i + 1] not in ("by", "from", "of")))
            or (w in ("on", "in", "at", "during", "after", "by", "late", "last", "earlier", "this") and _leaves(line, i, high, cues))
        ):
            break
        i += 1
    end = i = min(i, high)
    while end > at and words[end - 1] in _LOOSE:
        end -= 1
    if end == at:
        return None
    if end < i:
        return at, end
    if i < high and words[i] == "," and i + 1 < high:
        end = _apposition(line, i, high, cues, end)
    return at, end


def _leaves(line: Line, at: int, high: int, cues: Cues) -> bool:
    """True where a preposition begins a frame and not a part of the name ("the minister on Monday", but "the office in Geneva")."""
    nxt = line.low[at + 1] if at + 1 < high else "."
    if nxt in cues.days or nxt in cues.months or nxt[0].isdigit():
        return True
    if line.low[at] in ("late", "last", "earlier", "this", "after", "during", "by"):
        return True
    return nxt in ("a", "an", "his", "her", "their", "its", "the") and any(w in cues.occasions for w in line.low[at + 2 : min(high, at + 5)])


_ROLES = word_set("roles")
_TOWARDS = word_set("towards")
_LOOSE = word_set("loose")
_DESCRIBES = word_set("describes")


def _apposition(line: Line, comma: int, high: int, cues: Cues, end: int) -> int:
    first = line.low[comma + 1]
    if first in ("who", "whose", "which", "adding", "referring"):
        return end
    if line.is_name(comma + 1) and (line.low[comma - 1].split("-")[0] in _ROLES or line.low[comma - 1] in _ROLES):
        i = comma + 1
        while i < high and (line.is_name(i) or line.low[i] in ("al", "bin", "de", "van", "von", "el")):
            i += 1
        if i - comma <= 5 and (i >= high or line.low[i] in _STOP):
            return i
    if first not in _DESCRIBES and not (line.is_name(comma + 1) and any(w in _DESCRIBES for w in line.low[comma + 2 : comma + 6])):
        return end
    i = comma + 1
    while i < high and line.low[i] not in _STOP and line.low[i] not in ("who", "which", "when", "while", "after", "adding"):
        if line.low[i] in _FINITE:
            return end
        i += 1
    return i


def region(line: Line, shape: Shape) -> Region:
    """The offsets of a token range."""
    return line.start[shape[0]], line.end[shape[1] - 1]
